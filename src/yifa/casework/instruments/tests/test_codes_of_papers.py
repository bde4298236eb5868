"""`/v/`: what a code tells everyone, and what it does not."""

from __future__ import annotations

import pytest
from django.test import Client

from yifa.casework.instruments import actions
from yifa.casework.instruments.codes import code_of, content_beginning
from yifa.casework.instruments.papers import proved
from yifa.casework.instruments.tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "code", ["", "7K3M", "7K3M-9QX0", "7K3M-9QXI", "7K3M-9QXD2", "<b>x</b>", "，，，，，，，，"]
)
def test_what_is_no_code_is_said_to_be_none(code):
    with pytest.raises(ValueError):
        content_beginning(code)
    answer = Client().get("/v/", {"code": code})
    assert answer.status_code == (422 if code else 200)


def test_a_code_of_no_paper_is_unknown_and_tells_what_to_do():
    answer = Client().get("/v/2222-2222/")
    assert answer.status_code == 404 and "请保留原件" in answer.content.decode()


def test_a_paper_not_sealed_yet_has_no_code_to_the_public():
    fixed = make.fixed()
    assert Client().get(f"/v/{code_of(fixed.content)}/").status_code == 404


def test_a_sealed_paper_is_genuine_and_its_contents_are_not_told():
    paper = make.issued()
    text = Client().get(f"/v/{code_of(paper.content)}/").content.decode()
    assert "真实：本机关出具" in text and paper.number in text and paper.pdf_sha256 in text
    assert "示例当事人" not in text and "乱扔废弃物" not in text and "示例路" not in text


def test_a_revoked_paper_says_so():
    paper = make.issued()
    actions.revoke(no=paper.no, reason="送错当事人", actor=make.ACTOR)
    text = Client().get(f"/v/{code_of(paper.content)}/").content.decode()
    assert "真实，但已撤销" in text and "送错当事人" not in text


def test_the_code_can_be_typed_as_people_type():
    paper = make.issued()
    code = code_of(paper.content)
    answer = Client().get("/v/", {"code": f" {code.lower().replace('-', ' ')} "})
    assert answer.status_code == 302 and answer["Location"] == f"/v/{code}/"
    assert content_beginning(code) == paper.content[:10]


def test_the_code_stands_on_the_paper():
    fixed = make.fixed()
    words = proved(actions.prove_contents(fixed))["words"]
    assert any(code_of(fixed.content) in line and "/v/" in line for line in words)
