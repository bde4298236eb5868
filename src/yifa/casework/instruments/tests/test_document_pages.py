"""Papers at the desk: who is turned away, what is wrong and kept, and the way from draft to sealed paper."""

from __future__ import annotations

import pytest
from django.test import Client

from yifa.casework.cases.tests import desk
from yifa.casework.instruments import actions
from yifa.casework.instruments.models import DRAFT, Instrument, TemplateEdition
from yifa.casework.instruments.queries import reading
from yifa.casework.instruments.tests import factories as make
from yifa.casework.instruments.typed import shown
from yifa.ledger.queries import event_count

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"


def of(case, paper=None, tail: str = "") -> str:
    return f"/desk/cases/{case.no}/documents/" + (f"{paper.no}/{tail}" if paper else "")


def form(paper: Instrument, **changes: str) -> dict[str, str]:
    """The form of a draft as a browser would post it."""
    typed = {one.key: shown(one, paper.fields.get(one.label)) for one in reading(paper).fields}
    return {"do": "save", "dated_on": "2021-09-01", **typed, **changes}


def test_another_organs_paper_is_as_unknown_as_none():
    paper = make.decision_paper()
    client = desk.login("0101")
    Instrument.objects.filter(no=paper.no).update(organ=make.make.organ("120198-cgw"))
    assert client.get(of(paper.case, paper)).status_code == 404
    assert client.get(of(paper.case, paper, "paper.pdf")).status_code == 404


def test_who_does_not_handle_the_case_may_read_and_not_write():
    paper = make.decision_paper()
    client = desk.login("0201")
    assert "定稿取号" not in desk.main_of(client.get(of(paper.case, paper)))
    answer = client.post(of(paper.case, paper), form(paper))
    assert answer.status_code == 403 and "承办人" in desk.main_of(answer)
    assert client.post(of(paper.case), {"form": "prior_notice"}).status_code == 403


@pytest.mark.parametrize("who", ["0101", "0301"])
def test_who_is_recused_begins_finishes_and_voids_no_papers(who):
    paper, sealed = make.decision_paper(), make.fixed()
    for case in {paper.case, sealed.case}:
        make.make.recused(case, who, decided_by="0301", at="2021-08-30T09:00:00+08:00")
    client = desk.login(who)
    assert client.post(of(paper.case), {"form": "prior_notice"}).status_code == 403
    for one, deed in ((paper, "fix"), (sealed, "issue"), (sealed, "void")):
        answer = client.post(of(one.case, one), form(one, do=deed, reason="写错"))
        assert answer.status_code == 403, deed
        assert "回避" in desk.main_of(answer) or deed == "void"


def test_an_auxiliary_makes_no_papers():
    case = make.decided()
    assert desk.login("0501").post(of(case), {"form": "prior_notice"}).status_code == 403


def test_a_handler_does_not_void_a_number():
    paper = make.fixed()
    answer = desk.login("0101").post(of(paper.case, paper), {"do": "void", "reason": "写错"})
    assert answer.status_code == 403 and "负责人" in desk.main_of(answer)


def test_what_cannot_be_read_is_said_at_its_field_and_kept():
    case = make.decided()
    paper = actions.begin(case=case, form="demand_notice", by="0101", actor=make.ACTOR, dated_on=make.DAY)
    before = event_count()
    answer = desk.login("0101").post(
        of(case, paper), form(paper, owed_fen="二百元", demanded_on="昨天", dated_on="九月")
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "<title>错误：" in page
    assert "不是金额" in page and "成文日期不是日期" in page and "二百元" in page
    assert event_count() == before


def test_missing_contents_are_named_and_the_paper_stays_a_draft():
    case = make.decided()
    paper = actions.begin(case=case, form="penalty_decision", by="0101", actor=make.ACTOR, dated_on=make.DAY)
    answer = desk.login("0101").post(of(case, paper), form(paper, do="fix"))
    assert answer.status_code == 409 and "缺少法定事项“住址”" in desk.main_of(answer)
    assert Instrument.objects.get(no=paper.no).state == DRAFT


def test_a_reason_is_asked_for():
    paper = make.fixed()
    assert desk.login("0301").post(of(paper.case, paper), {"do": "void", "reason": " "}).status_code == 422


def test_a_character_no_font_has_is_said_on_the_page_of_the_paper():
    paper = make.decision_paper(住址="😀")
    answer = desk.login("0101").get(of(paper.case, paper, "paper.pdf"))
    assert answer.status_code == 409 and "U+1F600" in desk.main_of(answer)


def test_what_back_sends_again_begins_no_second_paper_until_another_is_meant():
    case = make.decided()
    client = desk.login("0101")
    assert client.post(of(case), {"form": "prior_notice"}).status_code == 303
    before = event_count()
    twice = client.post(of(case), {"form": "prior_notice"})
    page = desk.main_of(twice)
    assert twice.status_code == 409 and "没有再制作" in page
    assert f'documents/{case.no}-W01/">' in page and '<option value="prior_notice" selected>' in page
    assert event_count() == before and Instrument.objects.count() == 1
    again = f"instrument:{case.no}-W01"
    assert f'name="again" value="{again}"' in page
    assert client.post(of(case), {"form": "penalty_decision", "again": again}).status_code == 303
    assert client.post(of(case), {"form": "prior_notice", "again": again}).status_code == 303
    third = Instrument.objects.get(no=f"{case.no}-W03")
    typed = {**third.fields, "住址": "改过"}
    actions.change(no=third.no, fields=typed, dated_on=make.DAY, actor=make.ACTOR)
    assert client.post(of(case), {"form": "prior_notice"}).status_code == 303


def test_from_the_list_to_a_sealed_paper():
    case = make.decided()
    client = desk.login("0101")
    assert "还没有文书" in desk.main_of(client.get(of(case)))
    begun = client.post(of(case), {"form": "penalty_decision"})
    assert begun.status_code == 303
    paper = Instrument.objects.get()
    filled = form(paper, party_address="示例路1号", performance="15日内缴纳。", do="fix")
    fixed = client.post(of(case, paper), filled, follow=True)
    assert "待用印" in desk.main_of(fixed) and "津示城管罚决字〔2021〕第001号" in desk.main_of(fixed)
    sealed = client.post(of(case, paper), {"do": "issue"}, follow=True)
    assert "已用印" in desk.main_of(sealed)
    listed = desk.main_of(client.get(of(case)))
    assert "津示城管罚决字〔2021〕第001号" in listed and "已用印" in listed
    file = client.get(of(case, paper, "paper.pdf"))
    assert file.content.startswith(b"%PDF") and file.content == bytes(Instrument.objects.get().file.pdf)
    assert client.get(of(case, paper, "paper.docx")).content.startswith(b"PK")
    assert client.get(of(case, paper, "receipt.json")).json()["format"] == "yifa-receipt/1"


def test_the_preview_shows_what_is_typed_and_keeps_nothing():
    paper = make.decision_paper()
    before = event_count()
    answer = desk.login("0101").post(
        of(paper.case, paper, "preview/"), form(paper, party_address="新的住址<b>")
    )
    assert "新的住址&lt;b&gt;" in answer.content.decode() and event_count() == before


def test_who_neither_heads_nor_reviews_does_not_publish_a_text():
    answer = desk.login("0101").post(
        "/desk/templates/prior_notice/", {"do": "publish", "text": "{当事人}", "valid_from": "2999-01-01"}
    )
    assert answer.status_code == 403 and not TemplateEdition.objects.exists()


def test_a_wrong_text_is_not_published_and_its_line_is_named():
    answer = desk.login("0301").post(
        "/desk/templates/prior_notice/",
        {"do": "publish", "text": "好\n{没有这个}", "valid_from": "2999-01-01"},
    )
    page = desk.main_of(answer)
    assert answer.status_code == 422 and "第 2 行" in page and "没有这个" in page
    assert not TemplateEdition.objects.exists()


def test_an_edition_does_not_begin_in_the_past():
    answer = desk.login("0301").post(
        "/desk/templates/prior_notice/", {"do": "publish", "text": "{当事人}", "valid_from": "2020-01-01"}
    )
    assert answer.status_code == 422 and not TemplateEdition.objects.exists()


def test_a_text_is_revised_with_a_preview_and_published():
    client: Client = desk.login("0301")
    assert "行政处罚决定书" in desk.main_of(client.get("/desk/templates/"))
    shown_ = client.post(
        "/desk/templates/prior_notice/",
        {"do": "preview", "text": "新的告知：{当事人}"},
        headers={"HX-Request": "true"},
    )
    assert "新的告知：〔当事人〕" in shown_.content.decode() and "<html" not in shown_.content.decode()
    done = client.post(
        "/desk/templates/prior_notice/",
        {"do": "publish", "text": "新的告知：{当事人}", "valid_from": "2999-01-01", "note": "改写"}, follow=True,
    )  # fmt: skip
    assert "本机关第1版" in desk.main_of(done) and TemplateEdition.objects.get().text == "新的告知：{当事人}"
