"""The public page of proof: what it can and cannot show, the head, and red words where nobody witnesses."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from yifa.ledger import clock
from yifa.ledger.checkpoints import RolledBack, last_signed, verifier_keys
from yifa.ledger.tests.factories import histories
from yifa.ledger.witnesses import CosignatureRefused, Witnessed
from yifa.site import proving

pytestmark = pytest.mark.django_db


def page(address: str = "/proof/") -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_where_nothing_can_be_signed_the_page_says_so_without_the_reason(monkeypatch):
    def refuse() -> None:
        raise RolledBack("/srv/geheim")

    monkeypatch.setattr(proving, "sign", refuse)
    text = page()
    assert "日志头暂停签发" in text and "geheim" not in text


def test_the_signed_head_keys_and_downloads_are_there_for_everyone():
    histories(1, 3)
    text = page()
    assert last_signed().size == 3
    for expected in (*last_signed().notes.values(), *verifier_keys(), "/log/yifa-verify.py", "/log/yifa-verify.html",
                     "/log/case/checkpoint", "/log/case/sm3/checkpoint", "/log/case/tile/0/000.p/3", "当初录入的内容是真的"):  # fmt: skip
        assert expected in text
    assert Client().get("/log/case/tile/0/000.p/3").status_code == 200
    assert 'href="/proof/"' in page("/")
    assert "cannot prove" in page("/en/proof/") and 'lang="en"' in page("/en/proof/")


def test_no_witness_and_a_stale_witness_are_red_and_a_fresh_one_is_not(monkeypatch):
    assert "还没有见证方" in page()
    at = clock.now()
    old, new = (
        Witnessed("甲局/w", 5, at - timedelta(hours=73)),
        Witnessed("乙局/w", 7, at - timedelta(hours=71)),
    )
    access = Witnessed("乙局/w", 90, at - timedelta(hours=1), "access")
    for seen, red, badges in (
        ([old, access], True, 1),
        ([Witnessed("丙局/w"), access], True, 1),
        ([old, new, access], False, 1),
        ([new, access], False, 0),
    ):
        monkeypatch.setattr(proving, "witnessed", lambda seen=seen: seen)
        text = page()
        assert (
            ("72 小时内没有人见证" in text) == red
            and "查阅记录的日志</span>" in text
            and text.count("超过 72 小时没有见证") == badges
        )
        assert all(one.name in text for one in seen)

    monkeypatch.setattr(proving, "witnessed", lambda: [new, Witnessed("乙局/w", log="access-2")])
    assert "72 小时内没有人见证查阅记录的日志" in page()

    def broken() -> None:
        raise CosignatureRefused("witnesses.txt 里有一行不是见证公钥")

    monkeypatch.setattr(proving, "witnessed", broken)
    assert "72 小时内没有人见证" in page()
