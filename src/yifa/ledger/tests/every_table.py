"""One row at least of every bound table, entered as the product enters it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from yifa.casework.cases.actions import record_act
from yifa.casework.cases.models import Case
from yifa.casework.committee.actions import Plan, call
from yifa.casework.committee.models import AgendaItem, Attendance, ItemRecusal, MinutesSignature
from yifa.casework.delivery.actions import Told, attempt
from yifa.casework.dossiers import actions as dossiers
from yifa.casework.evidence import actions as evidence
from yifa.casework.evidence.receiving import open_upload
from yifa.casework.evidence.store import store
from yifa.casework.evidence.uploads import Arrived
from yifa.casework.execution import actions as payments
from yifa.casework.execution.bank_file import read as read_bank_file
from yifa.casework.execution.matching import check as check_payments
from yifa.casework.execution.models import InstalmentDue
from yifa.casework.hearings.models import Hearing, TranscriptLine, TranscriptSignature
from yifa.casework.instruments import actions as instruments
from yifa.casework.instruments import approving
from yifa.casework.instruments.models import Instrument, InstrumentCorrection
from yifa.casework.measures.actions import list_item
from yifa.casework.proposals.actions import Draft, ask_deliberation, submit, vote
from yifa.casework.proposals.models import Proposal
from yifa.casework.review.models import ReviewPoint, ReviewRound
from yifa.casework.supervision.actions import order
from yifa.intake.workbook.actions import organ_to_found, take_in
from yifa.intake.workbook.tests.factories import sheets, write
from yifa.law.calendar.notice import from_toml
from yifa.law.calendar.tests.test_notices import TOML as NOTICE
from yifa.law.sources.tests.test_reading_texts import text
from yifa.ledger.actions import Actor, writing
from yifa.ledger.clock import SHANGHAI
from yifa.registry.laws.actions import Move, take_in_holidays
from yifa.registry.organs.models import Organ
from yifa.site.accounts.models import User
from yifa.site.accounts.opening import enter_account
from yifa.site.cli.main import run
from yifa.site.erasures.actions import ask

DAY = "2021-06-01"
MORE = {
    "双随机": [
        ["任务编号", "事项", "抽取日期", "对象总数", "抽取对象数", "人员总数", "抽取人员数"],
        ["SSJ1", "运输企业", DAY, 40, 4, 20, 4],
    ],
    "移交": [["编号", "日期", "材料", "接收部门"], ["YJ1", DAY, "名单", "区生态环境局"]],
    "普法": [["日期", "名称", "形式"], [DAY, "进社区", "社区宣讲"]],
    "公开事项": [
        ["类别", "名称", "操作", "日期", "审核人", "发布人"],
        ["绿化管理", "砍伐审批", "新增", DAY, "0101", "0001"],
    ],
    "法律审查": [["日期", "类型", "名称", "审查人", "意见"], [DAY, "合同", "环卫合同", "0001", "同意"]],
    "制度文件": [["名称", "类别", "操作", "日期"], ["裁量基准", "裁量基准", "制定", DAY]],
    "会议履职": [["日期", "类型", "主持人", "议题"], [DAY, "领导小组会议", "0001", "研究计划"]],
}


def entered_year(tmp_path: Path) -> None:
    """The year of a small workbook, and beside it what no workbook brings."""
    path = write(tmp_path / "book.xlsx", sheets(**MORE))
    outcome = take_in(path=path, organ=organ_to_found("120115"), actor=Actor("system:import"))
    assert outcome.problems == []
    case = Case.objects.filter(closed_on=None).first() or Case.objects.first()
    asked_and_answered(case)
    written(case)
    looked_at(case)
    after_the_decision(case)
    filed(case)
    laws(Organ.objects.get(), tmp_path)
    person = enter_account(
        User(username="甲", organ=Organ.objects.get(), roles="|security_admin|"), actor=Actor("system:import")
    )
    ask(by=person, subject="person.birth_on", number="0101", ground="PIPL-47-1-4", words="误录")


def asked_and_answered(case: Case) -> None:
    """A proposal, a deliberation with a vote and a follow-up, entered by their own actions."""
    head = {"id": "0001", "name": "赵主任", "roles": ["head", "handler"]}
    actor = Actor("user:1", role="head", organ=case.organ_id)
    draft = Draft(kind="handlers_assigned", event={"by": ["0101"], "handlers": ["0101"], "note": "请批"})
    handler = {"id": "0101", "name": "承办", "roles": ["handler"]}
    submit(case_no=case.no, draft=draft, person=handler, actor=actor, expected=case.act_count)
    meeting = ask_deliberation(
        case_no=case.no, question="幅度", members=["0001"], chair="0001", person=head, actor=actor,
        expected=case.act_count,
    )  # fmt: skip
    vote(no=meeting.no, person=head, actor=actor, choice="for", reason="同意")
    heard(case, person=head, actor=actor)
    met(case, person=head, actor=actor)
    order(case_no=case.no, to="0101", due_on=date(2022, 1, 1), words="抓紧", person=head, actor=actor)


def heard(case: Case, **by: Any) -> None:
    """A hearing with a line and a signature, and a review with a point."""
    at = datetime.fromisoformat("2022-01-10T09:00:00+08:00")
    row = {"organ_id": case.organ_id}
    with writing() as unit:
        hearing = Hearing(
            **row, no=f"{case.no}-H1", case=case, serial=1, presided_by="0103", recorder="0101", starts_at=at, place="会议室",
            arranged_by="0101", arranged_at=at, participants="当事人", private_reason="隐私", report="意见", words="改期",
        )  # fmt: skip
        line = TranscriptLine(
            **row, hearing=hearing, serial=1, side="party", speaker="甲", words="冤枉", by="0101", at=at
        )
        signed = TranscriptSignature(
            **row,
            hearing=hearing,
            serial=1,
            side="party",
            name="甲",
            outcome="refused",
            words="不服",
            by="0101",
            at=at,
        )
        of = Proposal.objects.get(case=case)
        review = ReviewRound(
            **row,
            no=f"{of.no}-R1",
            case=case,
            proposal=of,
            serial=1,
            reviewer="0101",
            began_at=at,
            words="退回",
        )
        point = ReviewPoint(**row, round=review, key="law", verdict="fail", words="条款有误", at=at)
        rows = [hearing, line, signed, review, point]
        unit.log(type="hearing_arranged", actor=by["actor"], agency=case.organ_id, rows=rows)
        for one in rows:
            one.save(force_insert=True)


def met(case: Case, **by: Any) -> None:
    """A meeting with a case, a recusal, somebody there and a signature."""
    at = datetime.fromisoformat("2022-01-10T09:00:00+08:00")
    plan = Plan(starts_at=at, place="会议室", members=["0001"], chaired_by="0001")
    meeting = call(organ=case.organ_id, plan=plan, **by)
    row = {"organ_id": case.organ_id}
    with writing() as unit:
        item = AgendaItem(
            **row, meeting=meeting, serial=1, case=case, question="幅度", put_by="0001", put_at=at
        )
        here = Attendance(**row, meeting=meeting, person="0001", at=at)
        signed = MinutesSignature(
            **row, meeting=meeting, person="0001", choice="objected", words="保留", at=at
        )
        rows = [item, here, signed]
        unit.log(type="committee_item_added", actor=by["actor"], agency=case.organ_id, rows=rows)
        for one in rows:
            one.save(force_insert=True)
        out = ItemRecusal(**row, item=item, person="0001", reason="亲属", at=at)
        unit.log(type="committee_recused", actor=by["actor"], agency=case.organ_id, rows=[out])
        out.save(force_insert=True)


def written(case: Case) -> None:
    """A paper with a number, and an edition of a text."""
    actor, on = Actor("user:1", role="handler", organ=case.organ_id), date(2022, 1, 1)
    paper = instruments.begin(case=case, form="assist_letter", by="0101", actor=actor, dated_on=on)
    typed = {
        "协助机关": "示例机关",
        "协助事项": "提供材料",
        "答复期限": "2022-01-10",
        "机关电话": "022-00000000",
    }
    instruments.change(no=paper.no, fields={**paper.fields, **typed}, dated_on=on, actor=actor)
    sheet = instruments.begin(case=case, form="case_closing", by="0101", actor=actor, dated_on=on)
    approving.submit(no=sheet.no, by="0101", actor=actor)
    approving.send_back(
        no=sheet.no,
        person={"id": "0001", "roles": ["head"]},
        reason="不全",
        actor=replace(actor, id="user:2"),
    )
    with writing() as unit:
        row = InstrumentCorrection(
            organ_id=case.organ_id, paper=sheet, corrects=paper, begun_by="0101", begun_at=sheet.made_at, reason="写错"
        )  # fmt: skip
        unit.log(type="instrument_correction_begun", actor=actor, agency=case.organ_id, rows=[row])
        row.save(force_insert=True)
    instruments.fix(no=paper.no, actor=actor)
    instruments.publish_edition(
        organ=case.organ,
        form="assist_letter",
        text="请协助：{协助事项}",
        valid_from=on,
        note="改写",
        by="0001",
        actor=actor,
    )


def looked_at(case: Case) -> None:
    """Evidence with a file, its custody and a mark."""
    actor = Actor("user:1", role="handler", organ=case.organ_id)
    event = {
        "at": "2022-01-02T09:00:00+08:00", "kind": "evidence_added", "by": ["0101", "0102"], "id": "E1", "evidence_kind": "audio_visual",
        "verified": True, "lawful_source": True, "proves": ["占道"],
    }  # fmt: skip
    act = record_act(case_no=case.no, event=event, actor=actor)
    incoming = store().incoming()
    incoming.write(b"sound")
    file = Arrived(incoming.keep(), incoming.sm3.hexdigest(), incoming.size, "audio/wav", "录音.wav")
    row = evidence.add_file(act=act, file=file, by="0101", actor=actor, words="来源")
    made = evidence.add_file(
        act=act, file=replace(file, sha256=kept(b"part"), sm3="0" * 64), by="0101", actor=actor, words="截取", form="derived",
        derived_from=row,
    )  # fmt: skip
    evidence.note_custody(
        act=act, kind="handed_over", by="0101", to="0001", words="封存", actor=actor, file=made
    )
    evidence.mark(file=row, second=41, words="出示证件", by="0101", actor=actor)
    open_upload(case=act.case, name="录像.mp4", size=9, owner="user:1", by="0101", actor=actor)


def kept(data: bytes) -> str:
    incoming = store().incoming()
    incoming.write(data)
    return incoming.keep()


def filed(case: Case) -> None:
    """A sealed dossier of an archived case, and a case closed on paper."""
    actor, on = (
        Actor("user:1", role="archivist", organ=case.organ_id),
        datetime(2022, 1, 3, 9, tzinfo=SHANGHAI),
    )
    event = {"at": on.isoformat(), "kind": "case_archived", "by": []}
    record_act(case_no=case.no, event=event, actor=actor)
    dossiers.seal(organ=case.organ_id, case_no=case.no, at=on, by="0001", actor=actor)
    told = {
        "number": "旧1", "procedure": "ordinary", "matter": "M001", "party_kind": "citizen", "party_name": "甲",
        "decided_on": on.date(), "outcome": "penalty", "closed_on": on.date(), "close_reason": "performed", "pages": 3,
        "opened_on": on.date(), "note": "旧档",
    }  # fmt: skip
    dossiers.enter_paper(
        organ=case.organ, told=told, scan=b"%PDF-", media_type="application/pdf", by="0001", actor=actor
    )


def after_the_decision(case: Case) -> None:
    """A payment nobody knows the case of, an attempt to serve, a thing held: entered by their own actions."""
    actor = Actor("user:1", role="handler", organ=case.organ_id)
    body = "决定书文号,金额,日期,流水号\n查无此号,1,2021-08-05,A1\n".encode()
    upload = payments.receive(organ=case.organ, name="缴款.csv", body=body, actor=actor)
    checked = check_payments(case.organ_id, read_bank_file(body, date(2022, 1, 1)))
    payments.take_in(upload=upload, expected=checked.digest, actor=actor)
    with writing() as unit:
        row = InstalmentDue(
            organ_id=case.organ_id, case=case, act_seq=1, serial=1, due_on=date(2022, 1, 1), amount_fen=5000, entered_by="0101",
            entered_at=case.acts.first().at,
        )  # fmt: skip
        unit.log(type="instalment_entered", actor=actor, agency=case.organ_id, rows=[row])
        row.save(force_insert=True)
    paper = Instrument.objects.filter(case=case).first()
    Instrument.objects.filter(pk=paper.pk).update(state="issued")
    told = Told(
        mode="direct", at=datetime.fromisoformat("2021-12-01T09:00:00+08:00"), by=("0101",), reason="无人"
    )
    attempt(paper=paper, told=told, actor=actor)
    Instrument.objects.filter(pk=paper.pk).update(state="fixed")
    kept = {"id": "1", "approved_by": "0001", "items": ["宣传架"]}
    at = max(act.at for act in case.acts.all())
    event = {
        "at": at.astimezone().isoformat(),
        "kind": "preservation_ordered",
        "by": ["0101", "0102"],
        **kept,
    }
    record_act(case_no=case.no, event=event, actor=actor)
    list_item(
        case=case, family="preservation", measure="1", name="宣传架", specification="", quantity="1 个", condition="", place="库房",
        by="0101", actor=actor,
    )  # fmt: skip


def laws(owner: Organ, folder) -> None:
    """A statute text, an edition and a moved deadline, which no workbook carries."""
    path = folder / "law.md"
    path.write_text(text(), encoding="utf-8")
    assert run(["law", "text", str(path)]) == 0
    notice = from_toml(NOTICE)
    move = Move("2021-0001", "R-APL-60-1", 0, "2021-10-13", "2021-10-14")
    take_in_holidays(organ=owner, notice=notice, moves=[move], actor=Actor("system:law"))
