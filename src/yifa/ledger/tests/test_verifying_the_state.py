"""Every legal and personal column of every bound table: changed once behind the product's back, it is named."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, models, transaction

from yifa.casework.cases.actions import record_act
from yifa.casework.cases.models import Act, Case
from yifa.casework.committee.actions import Plan, call
from yifa.casework.committee.models import AgendaItem, Attendance, ItemRecusal, MinutesSignature
from yifa.casework.dossiers import actions as dossiers
from yifa.casework.evidence import actions as evidence
from yifa.casework.evidence.store import store
from yifa.casework.evidence.uploads import Arrived
from yifa.casework.hearings.models import Hearing, TranscriptLine, TranscriptSignature
from yifa.casework.instruments import actions as instruments
from yifa.casework.proposals.actions import Draft, ask_deliberation, submit, vote
from yifa.casework.proposals.models import Proposal
from yifa.casework.review.models import ReviewPoint, ReviewRound
from yifa.casework.supervision.actions import order
from yifa.governance.training.models import Training
from yifa.intake.workbook.actions import organ_to_found, take_in
from yifa.intake.workbook.tests.factories import NUMBER, sheets, write
from yifa.law.calendar.notice import from_toml
from yifa.law.calendar.tests.test_notices import TOML as NOTICE
from yifa.law.sources.tests.test_reading_texts import text
from yifa.ledger import queries
from yifa.ledger.actions import Actor, writing
from yifa.ledger.bound import BINDINGS, Binding, opaque
from yifa.ledger.clock import SHANGHAI
from yifa.ledger.digest import row_name
from yifa.ledger.models import Event
from yifa.ledger.verify import Fault, Verification, every_table
from yifa.registry.laws.actions import Move, take_in_holidays
from yifa.registry.organs.models import Organ
from yifa.registry.people.models import Person
from yifa.site.accounts.actions import enter_account
from yifa.site.accounts.models import User
from yifa.site.cli.main import run
from yifa.site.cli.verify import TABLE_NAMES, sentence
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


@pytest.fixture(autouse=True)
def keys(tmp_path, settings) -> None:
    """No head signed by the installation these tests run in."""
    settings.KEYS = tmp_path / "keys"
    settings.HOME = tmp_path


@pytest.fixture
def year(transactional_db, tmp_path):
    """One row at least of every bound table, entered as the product enters it."""
    path = write(tmp_path / "book.xlsx", sheets(**MORE))
    outcome = take_in(path=path, organ=organ_to_found("120115"), actor=Actor("system:import"))
    assert outcome.problems == []
    case = Case.objects.filter(closed_on=None).first() or Case.objects.first()
    asked_and_answered(case)
    written(case)
    looked_at(case)
    filed(Case.objects.exclude(pk=case.pk).first() or case)
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
    act = Act.objects.filter(case=case).first()
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


def laws(owner: Organ, folder) -> None:
    """A statute text, an edition and a moved deadline, which no workbook carries."""
    path = folder / "law.md"
    path.write_text(text(), encoding="utf-8")
    assert run(["law", "text", str(path)]) == 0
    notice = from_toml(NOTICE)
    move = Move("2021-0001", "R-APL-60-1", 0, "2021-10-13", "2021-10-14")
    take_in_holidays(organ=owner, notice=notice, moves=[move], actor=Actor("system:law"))


def faults(organ: str = "") -> list[Fault]:
    return list(Verification(organ=organ, tables=every_table()).faults())


def other(column: models.Field, value: Any) -> Any:
    """A value of the same type that the column can hold and does not hold now."""
    while isinstance(column, models.ForeignKey):
        column = column.target_field
    if isinstance(column, models.JSONField):
        return {"changed": True}
    if isinstance(column, models.BooleanField):
        return not value
    if isinstance(column, models.IntegerField):
        return (value or 0) + 1000
    if isinstance(column, models.DateTimeField):
        return (value or datetime.fromisoformat("2020-01-01T00:00:00+08:00")) + timedelta(seconds=1)
    if isinstance(column, models.DateField):
        return (value or date(2020, 1, 1)) + timedelta(days=1)
    return ("~" if str(value or "")[:1] != "~" else "!") + str(value or "")[1:]


def change(binding: Binding, obj: models.Model, name: str) -> None:
    """One UPDATE of one column, as a database administrator would write it."""
    column = next(c for c in binding.model._meta.concrete_fields if c.attname == name)
    stored = column.get_db_prep_save(other(column, getattr(obj, name)), connection)
    table, key = binding.model._meta.db_table, binding.model._meta.pk
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table}" SET "{column.column}" = %s WHERE "{key.column}" = %s', [stored, obj.pk]
        )
        assert cursor.rowcount == 1


def named(found: list[Fault], before: str, column: str) -> bool:
    """The row and the column are named; where the column is part of the key: the old name gone, a new one extra."""
    mine = [fault for fault in found if fault.row == before]
    if any(fault.code == "altered" and column in fault.columns and fault.idx is not None for fault in mine):
        return True
    table = before.partition(":")[0]
    extra = [fault for fault in found if fault.code == "unrecorded" and fault.row.partition(":")[0] == table]
    return [fault.code for fault in mine] == ["missing"] and mine[0].idx is not None and len(extra) == 1


def test_every_legal_and_personal_column_of_every_table_is_named_when_changed(year):
    unnoticed, changed = [], 0
    assert faults() == []
    for binding in BINDINGS.values():
        obj = binding.model._base_manager.order_by("-pk").first()
        assert obj is not None, f"{binding.table} has no row to change"
        before = row_name(binding.table, binding.key(obj))
        for column in (*binding.legal, *binding.personal, "version"):
            with transaction.atomic():
                change(binding, obj, column)
                if not named(faults(), before, column):
                    unnoticed.append(f"{before} {column}")
                transaction.set_rollback(True)
            changed += 1
    assert unnoticed == []
    assert changed == sum(len(b.legal) + len(b.personal) + 1 for b in BINDINGS.values()) > 150
    assert faults() == []


def test_a_deleted_row_of_any_table_is_missing_at_its_latest_entry(year):
    for binding in BINDINGS.values():
        obj = binding.model._base_manager.order_by("-pk").first()
        before = row_name(binding.table, binding.key(obj))
        with transaction.atomic():
            with connection.cursor() as cursor:
                if connection.vendor == "postgresql":
                    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
                table, key = binding.model._meta.db_table, binding.model._meta.pk.column
                cursor.execute(f'DELETE FROM "{table}" WHERE "{key}" = %s', [obj.pk])
            (only,) = [fault for fault in faults() if fault.row == before]
            transaction.set_rollback(True)
        assert only.code == "missing"
        assert before in Event.objects.get(idx=only.idx).columns


def test_a_row_slipped_in_is_extra(year):
    owner = Organ.objects.get()
    Training.objects.create(organ=owner, on=date(2021, 7, 1), name="没开过的会", form="x", attendances=40)
    (only,) = faults()
    assert sentence(only) == f"培训 {owner.code}/2021-07-01/{opaque('没开过的会')} 库中有这一行，日志没有记录"


def test_a_second_row_of_the_same_name_is_not_taken_for_the_first(year, monkeypatch):
    """With the unique constraint dropped, a copy of a row has a digest that the log knows."""
    (constraint,) = Training._meta.constraints
    monkeypatch.setattr(Training._meta, "constraints", [])
    with connection.schema_editor() as editor:
        editor.remove_constraint(Training, constraint)
    twin = Training.objects.get()
    twin.pk = None
    twin.save(force_insert=True)
    found = faults()
    twin.delete()
    monkeypatch.undo()
    with connection.schema_editor() as editor:
        editor.add_constraint(Training, constraint)
    assert [(fault.code, fault.row.split("/")[1]) for fault in found] == [("twice", DAY)]


def test_a_changed_salt_is_named_by_its_column(year):
    person = Person.objects.first()
    Person.objects.filter(pk=person.pk).update(salts={**person.salts, "name": "00" * 32})
    (only,) = faults()
    assert (only.code, only.columns) == ("altered", ("name",))


def test_rows_are_compared_with_the_latest_entry_that_carried_them(year, tmp_path):
    content = sheets(**MORE)
    content["人员"][1][1] = "赵新任"
    take_in(path=write(tmp_path / "b.xlsx", content), organ=Organ.objects.get(), actor=Actor("system:import"))
    assert faults() == []
    Person.objects.filter(staff_no="0001").update(name="赵主任")
    (only,) = faults()
    assert only.idx == queries.last_event(f"person:{Organ.objects.get().code}/0001").idx


def test_an_organ_by_itself_is_checked_with_its_missing_rows(year):
    code = Organ.objects.get().code
    Organ.objects.create(code="other", name="别处", territory="120115", document_prefix="别")
    assert [fault.row for fault in faults()] == ["organ:other"]
    assert faults(code) == []
    Training.objects.all().delete()
    assert [fault.code for fault in faults(code)] == ["missing"]
    assert [fault.row for fault in faults("other")] == ["organ:other"]


def test_the_number_of_queries_does_not_grow_with_the_rows(year, django_assert_max_num_queries):
    with django_assert_max_num_queries(2 * len(BINDINGS) + 8):
        assert faults() == []
    assert Act.objects.count() + Case.objects.filter(number=NUMBER).count() > 8


def test_the_command_says_yes_no_and_cannot_tell(year, capsys):
    assert run(["verify", "state"]) == 0
    assert "培训 1" in capsys.readouterr().out
    Training.objects.update(attendances=41)
    assert run(["verify", "state"]) == 1
    assert "与日志记录不一致（列 attendances）" in capsys.readouterr().out
    assert run(["verify", "log"]) == 0
    capsys.readouterr()
    assert run(["verify", "state", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert set(answer["rows"]) == set(every_table()) == set(TABLE_NAMES)
    (fault,) = answer["faults"]
    assert (fault["columns"], fault["code"]) == (["attendances"], "altered")
