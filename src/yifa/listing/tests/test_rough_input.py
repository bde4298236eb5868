"""Whatever is pasted into a list is answered in words: never a server error, never an answer as long as the paste."""

from __future__ import annotations

import pytest
from django.test import Client

from yifa.listing.tests import registers

pytestmark = pytest.mark.django_db
HUGE = "粘" * 3_500_000  # ten megabytes
ROUGH = ["\0", "a\0b", "\ud800", "𠮷" * 200, "%", "\u202e", "\n\r\t", "'; --", "０" * 30, "粘" * 1500]
PARAMETERS = ["party", "number", "stage", "opened_from", "act", "campaign", "town", "rule", "sort", "per", "page", "count", "unheard"]  # fmt: skip


@pytest.fixture
def reader() -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(registers.user(registers.organ("one")))
    return client


def pasted(text: str) -> str:
    from urllib.parse import quote

    return quote(text, errors="surrogatepass")


@pytest.mark.parametrize("parameter", PARAMETERS)
@pytest.mark.parametrize("text", ROUGH, ids=range(len(ROUGH)))
def test_a_paste_is_answered_in_words(reader, parameter, text):
    query = f"{parameter}={pasted(text)}"
    assert reader.get("/desk/cases/", QUERY_STRING=query).status_code in (200, 400)
    for end in ("list.csv", "list.json"):
        assert reader.get(f"/desk/cases/{end}", QUERY_STRING=query).status_code in (200, 400)


@pytest.mark.parametrize("text", ROUGH, ids=range(len(ROUGH)))
def test_a_parameters_name_is_answered_in_words(reader, text):
    answer = reader.get("/desk/cases/", QUERY_STRING=f"{pasted(text)}=1")
    assert answer.status_code in (200, 400)


@pytest.mark.parametrize("parameter", ["party", "unheard"])
def test_the_answer_is_not_as_long_as_the_paste(reader, parameter):
    for end in ("", "list.csv", "list.json"):
        answer = reader.get(f"/desk/cases/{end}", QUERY_STRING=f"{parameter}={pasted(HUGE)}")
        assert answer.status_code == 400
        assert len(answer.content) < 40_000
        assert "太长" in answer.content.decode()
