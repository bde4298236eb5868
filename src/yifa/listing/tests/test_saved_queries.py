"""A query is saved under a name by one person for one list; others see it only where it was shared in the organ."""

from __future__ import annotations

import pytest
from django.test import Client

from yifa.listing.models import SavedView
from yifa.listing.tests import registers

pytestmark = pytest.mark.django_db


def login(name: str, organ: str = "one") -> Client:
    client = Client()
    client.force_login(registers.user(registers.organ(organ), name))
    return client


def save(client: Client, **typed: str):
    return client.post("/desk/cases/views/", {"name": "在办", "query": "open=yes", **typed})


def test_another_persons_query_can_neither_be_seen_nor_changed():
    save(login("a"))
    number = SavedView.objects.get().pk
    other = login("b")
    assert "在办</a>" not in other.get("/desk/cases/").content.decode()
    assert other.get(f"/desk/cases/views/{number}/").status_code == 404
    assert other.post(f"/desk/cases/views/{number}/", {"delete": "yes"}).status_code == 404
    assert SavedView.objects.count() == 1


def test_a_shared_query_stays_within_the_organ():
    save(login("a"), shared="yes")
    assert "在办</a>" in login("b").get("/desk/cases/").content.decode()
    assert "在办</a>" not in login("c", "two").get("/desk/cases/").content.decode()


@pytest.mark.parametrize("typed", [{"name": " "}, {"query": "unheard=1"}, {"query": "opened_from=x"}])
def test_a_query_without_a_name_or_sense_is_refused_in_words(typed):
    answer = save(login("a"), **typed)
    assert answer.status_code == 422
    assert "<title>错误：" in answer.content.decode()
    assert not SavedView.objects.exists()


def test_the_same_name_is_saved_once_with_the_latest_query():
    client = login("a")
    save(client)
    answer = save(client, query="open=no&page=3&count=all&sort=-no")
    assert answer["Location"] == "/desk/cases/?open=no&sort=-no"
    assert SavedView.objects.get().query == "open=no&sort=-no"


def test_it_is_renamed_and_deleted_by_its_owner():
    client = login("a")
    save(client)
    save(client, name="另一个")
    one = SavedView.objects.get(name="在办").pk
    assert client.post(f"/desk/cases/views/{one}/", {"name": "另一个"}).status_code == 422
    assert client.post(f"/desk/cases/views/{one}/", {"name": "我的在办"}).status_code == 303
    assert "我的在办</a>" in client.get("/desk/cases/").content.decode()
    client.post(f"/desk/cases/views/{one}/", {"delete": "yes"})
    assert [view.name for view in SavedView.objects.all()] == ["另一个"]


def test_the_order_is_chosen_in_the_form_and_kept_by_the_files():
    text = login("a").get("/desk/cases/?sort=-fine_fen").content.decode()
    assert '<select id="f-sort" name="sort">' in text
    assert '<option value="-fine_fen" selected>' in text
