"""From draft to sealed paper: what is refused, what is recorded, numbers without gaps, agreement with the notice."""

from __future__ import annotations

import hashlib

import pytest
from django.db import connection

from yifa.casework.instruments import actions
from yifa.casework.instruments.errors import Incomplete, MissingGlyph, WrongState
from yifa.casework.instruments.models import DRAFT, FIXED, ISSUED, Instrument, InstrumentNumber
from yifa.casework.instruments.queries import reading, told_of
from yifa.casework.instruments.tests import factories as make
from yifa.casework.instruments.told import Told, collected, course
from yifa.casework.instruments.typesetting import pdf
from yifa.law.forms.language import TextWrong
from yifa.ledger.queries import event_count, last_event
from yifa.ledger.verify import Verification, every_table

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"


def test_what_the_statute_requires_and_is_missing_is_named_and_nothing_is_written():
    draft = actions.begin(
        case=make.decided(), form="penalty_decision", by="0101", actor=make.ACTOR, dated_on=make.DAY
    )
    before = event_count()
    with pytest.raises(Incomplete) as caught:
        actions.fix(no=draft.no, actor=make.ACTOR)
    assert caught.value.reasons == [
        "缺少法定事项“住址”，请填写", "缺少法定事项“履行方式和期限”，请填写",
    ]  # fmt: skip
    assert event_count() == before and not InstrumentNumber.objects.exists()


def test_a_fixed_paper_is_not_changed():
    paper = make.fixed()
    with pytest.raises(WrongState, match="待用印"):
        actions.change(no=paper.no, fields={}, dated_on=make.DAY, actor=make.ACTOR)


def test_a_draft_is_not_sealed_and_a_sealed_paper_not_again():
    with pytest.raises(WrongState, match="草稿"):
        actions.issue(no=make.decision_paper().no, actor=make.ACTOR)


def test_a_paper_with_a_character_no_font_has_is_not_sealed():
    paper = make.fixed(住址="示例路😀号")
    with pytest.raises(MissingGlyph, match="😀"):
        actions.issue(no=paper.no, actor=make.ACTOR)
    assert Instrument.objects.get(no=paper.no).state == FIXED


def test_a_decision_that_differs_from_the_notice_is_not_fixed():
    case = make.decided()
    notice = actions.begin(case=case, form="prior_notice", by="0101", actor=make.ACTOR, dated_on=make.DAY)
    filled = {**notice.fields, **make.TYPED, "拟处罚内容": "罚款200元", "机关电话": "022-00000000"}
    actions.change(no=notice.no, fields=filled, dated_on=make.DAY, actor=make.ACTOR)
    actions.fix(no=notice.no, actor=make.ACTOR)
    actions.issue(no=notice.no, actor=make.ACTOR)
    draft = make.decision_paper(case, 违法事实="乱扔废弃物，并且拒不改正。")
    with pytest.raises(Incomplete, match="事实与告知书不一致"):
        actions.fix(no=draft.no, actor=make.ACTOR)
    same = actions.change(
        no=draft.no, fields={**draft.fields, "违法事实": "乱扔废弃物。"}, dated_on=make.DAY, actor=make.ACTOR
    )
    assert [(one.what, one.words) for one in reading(same).comparisons] == [
        ("事实", "一致"), ("依据", "一致"), ("幅度", "未加重"),
    ]  # fmt: skip


def test_a_paper_is_filled_from_the_case():
    fields = make.decision_paper().fields
    assert fields["当事人"] == "示例当事人"
    assert fields["处罚内容"] == "罚款200元（人民币贰佰元整）。"
    assert [row[1] for row in fields["证据"]] == ["1", "2"]
    assert "示例区人民法院" in fields["救济途径"] and "上一级主管部门" in fields["救济途径"]
    assert fields["申辩情况"] == "当事人放弃陈述、申辩。"


def test_sealing_leaves_two_entries_the_second_with_the_hash_of_the_file():
    paper = make.issued()
    entry = last_event(f"instrument:{paper.no}").body
    assert (entry["type"], paper.state) == ("instrument_issued", ISSUED)
    assert entry["doc_hashes"] == [paper.pdf_sha256] == [hashlib.sha256(bytes(paper.file.pdf)).hexdigest()]


def test_the_same_paper_is_typeset_to_the_same_bytes_again():
    paper = make.fixed()
    proof = actions.prove_contents(paper)
    assert actions.typeset(paper, proof) == actions.typeset(Instrument.objects.get(no=paper.no), proof)


def test_numbers_have_no_gaps_and_a_void_one_stays_with_its_reason():
    case = make.decided()
    first = make.fixed(case)
    back = actions.void_number(no=first.no, reason="当事人名称写错", actor=make.ACTOR)
    assert (back.state, back.number) == (DRAFT, "")
    second = actions.fix(no=first.no, actor=make.ACTOR)
    assert second.number == "津示城管罚决字〔2021〕第002号"
    rows = InstrumentNumber.objects.order_by("serial").values_list("serial", "void", "reason")
    assert list(rows) == [(1, True, "当事人名称写错"), (2, False, "")]


def test_a_number_the_record_names_is_the_number_of_the_paper_and_the_series_goes_on_after_it():
    named = make.fixed(make.decided(numbered="津示城管罚决字〔2021〕第007号"))
    later = make.fixed(make.decided("津示城管罚立字〔2021〕第002号"))
    assert [named.number[-4:], later.number[-4:]] == ["007号", "008号"]


def test_a_refused_fixing_takes_no_number():
    case = make.decided()
    draft = actions.begin(case=case, form="penalty_decision", by="0101", actor=make.ACTOR, dated_on=make.DAY)
    with pytest.raises(Incomplete):
        actions.fix(no=draft.no, actor=make.ACTOR)
    assert make.fixed(case).number.endswith("第001号")


def test_a_revoked_paper_keeps_its_number_and_its_file():
    paper = make.issued()
    revoked = actions.revoke(no=paper.no, reason="复议撤销", actor=make.ACTOR)
    assert revoked.state_words == "已撤销" and revoked.number and bytes(revoked.file.pdf)


def test_a_text_that_is_wrong_is_not_published():
    with pytest.raises(TextWrong):
        actions.publish_edition(
            organ=make.make.organ(), form="prior_notice", text="{没有的字段}", valid_from=make.DAY, note="", by="0301",
            actor=make.ACTOR,
        )  # fmt: skip


def test_an_edition_holds_for_papers_begun_from_its_day_on():
    case = make.decided()
    actions.publish_edition(
        organ=case.organ, form="hearing_announcement", text="新版：{听证地点}", valid_from=make.DAY, note="改写", by="0301",
        actor=make.ACTOR,
    )  # fmt: skip
    early = actions.begin(
        case=case,
        form="hearing_announcement",
        by="0101",
        actor=make.ACTOR,
        dated_on=make.DAY.replace(month=8),
    )
    late = actions.begin(
        case=case, form="hearing_announcement", by="0101", actor=make.ACTOR, dated_on=make.DAY
    )
    assert (early.template_edition, late.template_edition) == ("标准1", "本机关第1版")
    assert late.text == "新版：{听证地点}"


def test_every_row_of_papers_agrees_with_the_log():
    case = make.decided()
    paper = make.issued(case)
    actions.revoke(no=paper.no, reason="更正", actor=make.ACTOR)
    again = make.fixed(case)
    actions.void_number(no=again.no, reason="写错", actor=make.ACTOR)
    actions.publish_edition(
        organ=case.organ,
        form="prior_notice",
        text="{当事人}",
        valid_from=make.DAY,
        note="",
        by="0301",
        actor=make.ACTOR,
    )
    result = Verification(organ="", tables=every_table(), signed=None)
    tables = ("instrument:", "instrument_number:", "template_edition:")
    assert [fault for fault in result.faults() if fault.row.startswith(tables)] == []
    assert result.rows["instrument"] == 2 and result.rows["instrument_number"] == 2


def test_what_is_one_for_the_whole_case_is_typed_in_its_first_paper_only():
    case = make.decided()
    first = actions.begin(case=case, form="identity_confirm", by="0101", actor=make.ACTOR)
    assert "住址" not in first.fields
    actions.change(no=first.no, fields={**first.fields, "住址": "示例路9号"}, dated_on=None, actor=make.ACTOR)
    assert (
        actions.begin(case=case, form="penalty_decision", by="0101", actor=make.ACTOR).fields["住址"]
        == "示例路9号"
    )
    other = make.decided(number="津示城管罚立字〔2021〕第002号")
    assert (
        "住址" not in actions.begin(case=other, form="penalty_decision", by="0101", actor=make.ACTOR).fields
    )


def test_what_belongs_to_one_paper_alone_is_not_carried_over():
    case = make.decided()
    first = actions.begin(case=case, form="questioning_record", by="0101", actor=make.ACTOR)
    typed = {**first.fields, "开始时间": "2021-08-04T09:00"}
    actions.change(no=first.no, fields=typed, dated_on=None, actor=make.ACTOR)
    assert (
        "开始时间"
        not in actions.begin(case=case, form="questioning_record", by="0101", actor=make.ACTOR).fields
    )


def test_a_report_tells_what_came_before_it_and_the_closing_what_became_of_the_decision():
    raw = told_of(make.decided(), make.DAY).raw
    turned = {"at": "2021-10-08T09:00:00+08:00", "kind": "decision_changed", "by": [], "result": "revoked"}
    told = Told({**raw, "events": [*raw["events"], turned]}, make.DAY)
    assert course(told).endswith("2021年8月10日调查终结。") and "处罚决定" not in course(told)
    assert collected(told) == "2021年10月8日，处罚决定被撤销。" and collected(Told(raw, make.DAY)) == ""


def test_a_paper_under_seal_has_no_blank_and_a_record_may_be_filled_by_hand():
    case = make.decided()
    letter = actions.begin(case=case, form="assist_letter", by="0101", actor=make.ACTOR, dated_on=make.DAY)
    with pytest.raises(Incomplete, match="“协助事项”在正文中还是空白"):
        actions.fix(no=letter.no, actor=make.ACTOR)
    typed = {
        "协助机关": "示例机关",
        "协助事项": "提供材料",
        "答复期限": "2021-09-10",
        "机关电话": "022-00000000",
    }
    actions.change(no=letter.no, fields={**letter.fields, **typed}, dated_on=make.DAY, actor=make.ACTOR)
    assert actions.fix(no=letter.no, actor=make.ACTOR).number
    record = actions.begin(case=case, form="identity_confirm", by="0101", actor=make.ACTOR, dated_on=make.DAY)
    assert actions.fix(no=record.no, actor=make.ACTOR).state == FIXED


def test_what_is_asked_only_beside_another_field_is_no_blank_without_it():
    draft = actions.begin(
        case=make.decided(), form="enforcement_decision", by="0101", actor=make.ACTOR, dated_on=make.DAY
    )
    assert "代履行人" not in reading(draft).empty_places
    draft.fields = {**draft.fields, "代履行标的": "清运"}
    assert "代履行人" in reading(draft).empty_places


def test_later_papers_name_the_number_of_the_decision_sealed_here():
    case = make.decided()
    number = make.issued(case).number
    later = actions.begin(case=case, form="case_closing", by="0101", actor=make.ACTOR, dated_on=make.DAY)
    assert later.fields["决定书文号"] == number


def test_a_decision_without_a_penalty_may_find_other_than_the_notice_told():
    case = make.decided()
    typed = {**make.TYPED, "拟处罚内容": "罚款200元", "机关电话": "022-00000000"}
    notice = actions.begin(case=case, form="prior_notice", by="0101", actor=make.ACTOR, dated_on=make.DAY)
    actions.change(no=notice.no, fields={**notice.fields, **typed}, dated_on=make.DAY, actor=make.ACTOR)
    actions.fix(no=notice.no, actor=make.ACTOR)
    actions.issue(no=notice.no, actor=make.ACTOR)
    draft = actions.begin(
        case=case, form="no_penalty_decision", by="0101", actor=make.ACTOR, dated_on=make.DAY
    )
    assert reading(draft).comparisons == []


def test_nothing_is_typeset_inside_a_transaction(monkeypatch):
    inside: list[bool] = []

    def watched(*given):
        inside.append(connection.in_atomic_block)
        return pdf(*given)

    monkeypatch.setattr(actions, "pdf", watched)
    assert make.issued().pdf_sha256 and inside == [False]
