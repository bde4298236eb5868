"""Sizes, names and contents of files."""

from __future__ import annotations

import re

from tests.house.plan import ROOT, SOURCE, python_files, rooms, tracked

LIMIT = 400
HAND_WRITTEN = {".py", ".css", ".js", ".html", ".sh"}
# path → why it may be longer
LONGER = {"src/yifa/proof/verify.html": "the verifier as a page: one file that loads nothing"}
# Exempt by the plan: the stand-alone verifier is one file, so that an outsider can carry it alone.
STAND_ALONE = "src/yifa/proof/verify.py"
FORBIDDEN_NAMES = {"services", "utils", "helpers", "common", "misc", "base", "manager"}
# Spelled so that this file does not contain what it forbids.
MACHINE = re.compile(r"/" + r"(?:work|farm|root|home/\w+)/[a-z.]|/tmp/" + r"bash_|\bfile:///" + r"opt\b")
INDEX_HOST = re.compile(r"--(?:extra-)?index-url|--find-links|files\." + r"pythonhosted|pypi\." + r"org")
TEXT = {".py", ".md", ".toml", ".txt", ".in", ".html", ".css", ".js", ".json", ".yml", ".example", ""}


def lines(path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def test_no_hand_written_file_is_past_four_hundred_lines():
    long = {
        str(path.relative_to(ROOT)): lines(path)
        for path in tracked()
        if path.suffix in HAND_WRITTEN and "migrations" not in path.parts and lines(path) > LIMIT
    }
    assert {name: size for name, size in long.items() if name not in LONGER and name != STAND_ALONE} == {}


def test_files_listed_as_longer_exist_and_are_longer():
    stale = [name for name in LONGER if not (ROOT / name).exists() or lines(ROOT / name) <= LIMIT]
    assert stale == []


def test_no_module_has_a_name_that_says_nothing():
    wrong = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.is_relative_to(SOURCE)
        and path.suffix in {".py", ".css", ".js"}
        and FORBIDDEN_NAMES & {path.stem, *path.parent.relative_to(SOURCE).parts}
    ]
    assert wrong == []


def test_every_room_says_what_it_is_for():
    silent = [str(room.relative_to(SOURCE)) for room in rooms() if not (room / "README.md").exists()]
    assert silent == []


def test_every_module_opens_with_its_question():
    """apps, urls, tests' packages and migrations speak for themselves."""
    silent = []
    for path in python_files():
        if path.name in ("apps.py", "__init__.py", "urls.py") or {"migrations", "tests"} & set(path.parts):
            continue
        if not path.read_text(encoding="utf-8").lstrip().startswith(('"""', "#!")):
            silent.append(str(path.relative_to(ROOT)))
    assert silent == []


def texts():
    return [path for path in tracked() if path.suffix in TEXT and path.name != "LICENSE"]


def test_no_tracked_file_names_one_machine():
    wrong = [
        str(path.relative_to(ROOT)) for path in texts() if MACHINE.search(path.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_requirements_name_no_host_and_pin_hashes():
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        assert not INDEX_HOST.search(text), path
        pins = re.findall(r"^[a-z0-9].*==", text, re.M)
        assert pins, path
        assert text.count(" \\\n    --hash=sha256:") >= len(pins), path


def test_tests_are_never_skipped_in_silence():
    """A skip hides what did not run; a missing need is an error that says what to install."""
    skip = re.compile(r"pytest\.(?:mark\.)?(?:skip|skipif|xfail|importorskip)\b")
    wrong = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix == ".py"
        and path.name != "test_files.py"
        and skip.search(path.read_text(encoding="utf-8"))
    ]
    assert wrong == []
