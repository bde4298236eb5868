"""Seven points, each tied to its place; an opinion that follows from them; rounds that stay."""

from __future__ import annotations

import pytest

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make
from yifa.casework.instruments.actions import begin
from yifa.casework.instruments.models import Instrument
from yifa.casework.proposals.models import Proposal
from yifa.casework.proposals.tests.asking import proposed
from yifa.casework.review.models import ReviewPoint, ReviewRound
from yifa.law.review import POINTS
from yifa.ledger import clock
from yifa.ledger import queries as ledger
from yifa.registry.people.models import Person

pytestmark = pytest.mark.django_db
BOTH = ["0101", "0102"]
KEYS = [one.key for one in POINTS]


@pytest.fixture(autouse=True)
def in_august(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-08-20")


def event(kind: str, at: str, **keys):
    return {"at": f"{at}+08:00", "kind": kind, "by": BOTH, **keys}


@pytest.fixture
def case() -> Case:
    desk.staff()
    Person.objects.create(organ=make.organ(), staff_no="0202", name="乙二", roles="|reviewer|")
    return make.case_with(
        make.lead(), make.opening(), make.interview(),
        event("evidence_added", "2021-08-04T10:00:00", id="证据1", evidence_kind="documentary", verified=True,
              lawful_source=True, proves=["乱扔废弃物"]),
        event("investigation_closed", "2021-08-05T09:00:00", tier="ordinary",
              proposal={"kinds": ["fine"], "fine_fen": 200_000}),
    )  # fmt: skip


@pytest.fixture
def sent(case) -> Proposal:
    return proposed(desk.login("0101"), case, "legality-reviewed", to_person="0201")


def judged(**changes: str) -> dict[str, str]:
    return {f"verdict.{key}": changes.get(key, "pass") for key in KEYS} | {
        name: value for name, value in changes.items() if "." in name
    }


def post(sent: Proposal, deed: str, who: str = "0201", **typed):
    expected = str(Case.objects.get(no=sent.case_id).act_count)
    return desk.login(who).post(f"/desk/reviews/{sent.no}/", {"do": deed, "expected": expected, **typed})


def opinions(case) -> list[Act]:
    return list(Act.objects.filter(case=case, kind="legality_reviewed"))


@pytest.mark.parametrize("who", ["0101", "0301", "0202", "0401"])
def test_nobody_but_the_reviewer_asked_judges(sent, who):
    answer = post(sent, "opine", who, **judged(), opinion="agree")
    assert answer.status_code == 403 and not ReviewRound.objects.exists()


def test_an_opinion_needs_every_point(case, sent):
    answer = post(sent, "opine", **judged(law=""), opinion="agree")
    assert answer.status_code == 409 and "还有审核事项没有结论：适用法律、裁量适当" in desk.main_of(answer)
    assert opinions(case) == [] and not ReviewRound.objects.exists()


@pytest.mark.parametrize("deed", ["confirm", "return"])
def test_the_page_of_the_proposal_leads_to_the_points_and_confirms_nothing(case, sent, deed):
    page = f"/desk/proposals/{sent.no}/"
    shown = desk.main_of(desk.login("0201").get(page))
    assert f"/desk/reviews/{sent.no}/" in shown and "确认并记录" not in shown and "退回的理由" not in shown
    typed = {
        "do": deed,
        "expected": str(case.act_count),
        "opinion": "agree",
        "confirmed": "yes",
        "reason": "补正",
    }
    answer = desk.login("0201").post(page, typed)
    assert answer.status_code == 409 and "按七项逐项" in desk.main_of(answer)
    assert opinions(case) == [] and Proposal.objects.get().state == "open"


def test_a_reviewer_does_not_record_an_opinion_without_the_points(case, sent):
    address = f"/desk/cases/{case.no}/do/legality-reviewed/"
    typed = {"expected": str(case.act_count), "at": "2021-08-20T09:00:00", "by": "0201", "opinion": "agree"}
    for answer in (desk.login("0201").get(address), desk.login("0201").post(address, typed)):
        assert answer.status_code in (302, 303) and answer.url == f"/desk/cases/{case.no}/review/"
    assert opinions(case) == []


def test_a_point_not_passed_needs_words_and_a_place(case, sent):
    answer = post(sent, "return", **judged(procedure="fail"))
    shown = desk.main_of(answer)
    assert (
        answer.status_code == 422 and "“程序合法”不通过，请写明问题" in shown and "请指明是哪件证据" in shown
    )
    assert Proposal.objects.get().state == "open"


def test_agreement_does_not_go_with_a_point_not_passed_nor_another_opinion_with_all_passed(case, sent):
    failing = judged(facts="fail", **{"words.facts": "没有照片", "tie.facts.1": "evidence:证据1"})
    assert "不能出具“同意”" in desk.main_of(post(sent, "opine", **failing, opinion="agree"))
    assert "不能出具“补充调查”" in desk.main_of(post(sent, "opine", **judged(), opinion="supplement"))
    assert "没有要补正的" in desk.main_of(post(sent, "return", **judged()))
    assert opinions(case) == []


@pytest.mark.parametrize("at", ["", "没有这一栏", "第9999行", "0"])
def test_a_place_in_a_paper_is_a_field_or_a_line(case, sent, at):
    paper = begin(case=case, form="assist_letter", by="0101", actor=make.ACTOR, dated_on=clock.today())
    typed = judged(
        papers="fail", **{"words.papers": "x", "tie.papers.1": f"paper:{paper.no}", "at.papers.1": at}
    )
    answer = post(sent, "return", **typed)
    assert answer.status_code == 422 and "栏目名" in desk.main_of(answer)


def test_what_is_saved_is_no_opinion_and_is_there_again(case, sent):
    answer = post(
        sent,
        "save",
        **{"verdict.subject": "pass", "words.subject": "证件有效", "tie.subject.1": "evidence:证据1"},
    )
    assert answer.status_code == 303 and opinions(case) == []
    shown = desk.main_of(desk.login("0201").get(f"/desk/reviews/{sent.no}/"))
    assert "证件有效" in shown
    assert "证件有效" not in desk.main_of(desk.login("0101").get(f"/desk/cases/{case.no}/review/"))
    assert ledger.last_event(f"review_point:{sent.no}-R1/subject").body["type"] == "review_point_judged"


def test_return_resubmission_and_opinion_are_rounds_that_stay(case, sent):
    paper = begin(case=case, form="assist_letter", by="0101", actor=make.ACTOR, dated_on=clock.today())
    failing = judged(
        procedure="fail",
        **{"words.procedure": "没有载明期限", "tie.procedure.1": f"paper:{paper.no}", "at.procedure.1": "1"},
    )
    assert post(sent, "return", **failing).status_code == 303
    reason = Proposal.objects.get().steps.last().words
    assert reason == f"二、程序合法：不通过。没有载明期限（见：{paper.definition.name} {paper.no} “第1行”）"
    assert post(sent, "opine", **judged(), opinion="agree").status_code == 409
    again = desk.login("0101").post(
        f"/desk/cases/{case.no}/propose/legality-reviewed/",
        {"expected": str(case.act_count), "again": sent.no, "to_person": "0201", "message": "已补正"},
    )
    assert again.status_code == 303
    shown = desk.main_of(desk.login("0201").get(f"/desk/reviews/{sent.no}/"))
    assert "上一轮：" in shown and "第 2 轮" in shown
    assert post(sent, "opine", **judged(), opinion="agree", last_words="已补正").status_code == 303
    (act,) = opinions(case)
    assert (
        act.by == ["0201"]
        and act.data["opinion"] == "agree"
        and act.words["note"].startswith("一、主体合法：通过。")
    )
    assert [one.state for one in ReviewRound.objects.order_by("serial")] == ["returned", "opined"]
    assert ReviewPoint.objects.count() == 14
    history = desk.main_of(desk.login("0301").get(f"/desk/cases/{case.no}/review/"))
    assert "没有载明期限" in history and "各轮审核 2" in history


def test_the_written_opinion_is_filled_from_the_points(case, sent):
    post(sent, "opine", **judged(), opinion="agree")
    assert post(sent, "paper", "0101").status_code == 403
    assert post(sent, "paper").status_code == 303
    paper = Instrument.objects.get(form="legal_review_opinion")
    assert len(paper.fields["审核事项"]) == 7 and paper.fields["审核意见"] == "同意"


def test_the_catalogue_says_whether_and_why(case):
    page = desk.main_of(desk.login("0101").get(f"/desk/cases/{case.no}/review/"))
    assert "须经法制审核" in page and "罚款2,000元达到听证数额" in page


def test_the_list_counts_days_and_reviewers(case, sent):
    page = desk.main_of(desk.login("0201").get("/desk/reviews/"))
    assert case.no in page and "2021-08-27" in page and "还剩 5 个工作日" in page
    assert desk.login("0201").get("/desk/reviews/none/").status_code == 404
