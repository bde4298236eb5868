"""Pages under /en/: every message has its English, and Chinese that stays is marked as Chinese."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest

from yifa.casework.cases.tests import factories as make
from yifa.listing.tests import registers
from yifa.site import catalogue

ROOT = Path(__file__).resolve().parents[4]
CHINESE = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uff00-\uffef]")
VOID = {"meta", "link", "input", "br", "hr", "img", "track"}
READ_OUT = ("aria-label", "placeholder", "alt", "data-label")


class Unmarked(HTMLParser):
    """Collects Chinese outside elements that say they are Chinese. The title may name data and is left out."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.languages: list[tuple[str, str]] = []
        self.found: list[str] = []
        self.feed(text)

    @property
    def here(self) -> str:
        return self.languages[-1][1] if self.languages else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        language = told.get("lang") or self.here
        if language == "en":
            self.found += [told[name] for name in READ_OUT if CHINESE.search(told.get(name) or "")]
        if tag not in VOID:
            self.languages.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while self.languages and self.languages.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.here == "en" and CHINESE.search(data) and self.languages[-1][0] != "title":
            self.found.append(data.strip())


def entries() -> list[polib.POEntry]:
    return [entry for entry in polib.pofile(str(catalogue.SOURCE)) if not entry.obsolete]


def test_no_message_is_without_english():
    assert entries(), "the catalogue is empty: nothing was checked"
    assert [entry.msgid for entry in entries() if not entry.msgstr.strip(" ")] == []


def test_no_translation_still_holds_chinese_or_loses_a_placeholder():
    placeholder = re.compile(r"%\(\w+\)s")
    for entry in entries():
        assert not CHINESE.search(entry.msgstr), entry.msgid
        assert sorted(placeholder.findall(entry.msgstr)) == sorted(placeholder.findall(entry.msgid)), (
            entry.msgid
        )


def test_the_catalogue_has_exactly_the_ids_of_the_pages():
    done = subprocess.run(
        [sys.executable, "tools/messages.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_changed_catalogue_is_compiled_anew(tmp_path):
    source = tmp_path / "django.po"
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "案件"\nmsgstr "Case"\n'
    )
    assert catalogue.stale(source)
    compiled = catalogue.compile_catalogue(source)
    assert not catalogue.stale(source)
    assert [entry.msgstr for entry in polib.mofile(str(compiled))] == ["Case"]


@pytest.fixture
def case(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-08-20")
    return make.case_with(make.lead(), make.opening(), make.interview())


def english(client, address: str) -> str:
    answer = client.get(f"/en{address}")
    assert answer.status_code == 200, address
    text = answer.content.decode()
    assert '<html lang="en"' in text
    return text


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/login/", "/style/"])
def test_a_public_page_holds_no_unmarked_chinese(client, address):
    assert Unmarked(english(client, address)).found == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/desk/", "/desk/reports/annual/2021/"])
def test_a_page_of_the_desk_holds_no_unmarked_chinese(client, case, address):
    client.force_login(registers.user(case.organ))
    assert Unmarked(english(client, address)).found == []


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["", "clocks/"])
def test_a_case_holds_no_unmarked_chinese(client, case, part):
    client.force_login(registers.user(case.organ))
    text = english(client, f"/desk/cases/{case.no}/{part}")
    assert Unmarked(text).found == []


@pytest.mark.django_db
def test_a_list_has_its_conditions_heads_and_rows_in_english(client, case):
    client.force_login(registers.user(case.organ))
    text = english(client, "/desk/cases/")
    parts = re.findall(r'<form class="query".*?</form>|<table.*?</table>', text, re.S)
    assert len(parts) == 2
    for part in parts:
        assert Unmarked(f'<html lang="en">{part}</html>').found == []


@pytest.mark.django_db
def test_english_leads_to_english_and_back(client, case):
    client.force_login(registers.user(case.organ))
    text = english(client, "/desk/cases/?sort=number")
    assert f'href="/en/desk/cases/{case.no}/"' in text
    assert 'href="/desk/cases/?sort=number" hreflang="zh-CN"' in text
    chinese = client.get("/desk/cases/?sort=number").content.decode()
    assert 'href="/en/desk/cases/?sort=number" hreflang="en"' in chinese


@pytest.mark.django_db
def test_a_log_in_asked_for_in_english_is_in_english(client):
    assert client.get("/en/desk/")["Location"] == "/en/login/?next=/en/desk/"


@pytest.mark.parametrize("address", ["/en/healthz", "/en/log/case/checkpoint", "/en/static/yifa/tokens.css"])
@pytest.mark.django_db
def test_what_machines_read_has_one_address(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_a_public_page_names_its_other_language(client):
    text = client.get("/").content.decode()
    assert '<html lang="zh-CN"' in text
    assert '<link rel="alternate" hreflang="en" href="/en/">' in text
