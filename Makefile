# The front door. `make` prints what there is.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
PY := $(VENV)/bin/python
YIFA := $(VENV)/bin/yifa
PORT ?= 8000
ROWS ?= 100000
KILLS ?= 1000
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help env dev run check fix test test-full faults bench screens generate lock clean

help: ## print this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "make %-10s %s\n", $$1, $$2}' Makefile

env: $(VENV)/run.stamp ## build .venv with the yifa command in it

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "请先安装 Python 3.11：apt-get install python3.11 python3-venv" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "请先安装：apt-get install python3-venv" >&2; exit 2; }

$(VENV)/run.stamp: requirements/run.txt tools/link.py src/yifa/site/locale/en/LC_MESSAGES/django.po | $(VENV)/bin/python
	$(PY) -m pip install -q --require-hashes -r requirements/run.txt
	$(PY) tools/link.py
	@touch $@

dev: $(VENV)/dev.stamp

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	$(PY) -m pip install -q --require-hashes -r requirements/dev.txt
	@touch $@

run: env ## environment, database, sample year, server; prints address, log-ins, what to click first
	@$(YIFA) demo
	@cat docs/first-clicks.txt
	@$(YIFA) serve --port $(PORT)

check: dev ## format, lint, types, import arrows, migrations, generated files
	$(PY) tools/check.py

fix: dev ## put format and imports in order, write generated files anew
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .
	$(PY) tools/generate.py

test: check ## all tests on SQLite, the database ones on PostgreSQL too, journeys in Chromium
	$(PY) tools/test.py $(ARGS)

test-full: check ## make test with the slow tests: large random runs
	$(PY) tools/test.py --full $(ARGS)

faults: dev ## kill writers, stop PostgreSQL, fill the disk, and look at what is left (KILLS=1000)
	$(PY) -m faults --kills $(KILLS)

bench: dev ## the table of ratios (ROWS=100000 cases)
	$(PY) -m bench --rows $(ROWS)

screens: dev ## the pictures of README, from the sample year
	$(PY) tools/screens.py

generate: dev ## write generated files anew (GLOSSARY.md, the ids of the English catalogue)
	$(PY) tools/generate.py

lock: dev ## compile requirements/*.in into hashed *.txt
	for name in run dev postgres; do $(VENV)/bin/uv pip compile -q --generate-hashes --no-header --no-annotate --python-version 3.11 requirements/$$name.in -o requirements/$$name.txt; done

clean: ## remove .venv and caches; the data in var/ stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .import_linter_cache .hypothesis
