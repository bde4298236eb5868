"""What can be named in a request: which row a number means, and what the law has to know about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models

from yifa.casework.cases.models import Act, Case
from yifa.casework.instruments.models import Instrument, InstrumentNumber, TemplateEdition
from yifa.fieldwork.inspections.models import Inspection, Visit
from yifa.registry.people.models import Person
from yifa.site.accounts.models import User


@dataclass(frozen=True)
class Subject:
    """One personal column people may ask about. `find(organ, number)` are the rows it could be."""

    table: str
    column: str
    words: str
    find: Callable[[str, str], models.QuerySet]
    facts: Callable[[Any], dict[str, object]]

    @property
    def name(self) -> str:
        return f"{self.table}.{self.column}"


def _cases(organ: str, number: str) -> models.QuerySet:
    return Case.objects.filter(models.Q(no=number) | models.Q(number=number), organ_id=organ)


def _acts(organ: str, number: str) -> models.QuerySet:
    case, _, seq = number.rpartition("/")
    return Act.objects.filter(organ_id=organ, case_id=case, seq=int(seq) if seq.isdecimal() else 0)


def _inspections(organ: str, number: str) -> models.QuerySet:
    return Inspection.objects.filter(organ_id=organ, number=number)


def _papers(organ: str, number: str) -> models.QuerySet:
    return Instrument.objects.filter(
        models.Q(no=number) | models.Q(number=number) & ~models.Q(number=""), organ_id=organ
    )


def _numbers(organ: str, number: str) -> models.QuerySet:
    return InstrumentNumber.objects.filter(organ_id=organ, number=number)


def _editions(organ: str, number: str) -> models.QuerySet:
    form, _, serial = number.rpartition("/")
    return TemplateEdition.objects.filter(
        organ_id=organ, form=form, serial=int(serial) if serial.isdecimal() else 0
    )


def _people(organ: str, number: str) -> models.QuerySet:
    return Person.objects.filter(organ_id=organ, staff_no=number)


def _accounts(organ: str, number: str) -> models.QuerySet:
    return User.objects.filter(organ_id=organ, username=number)


def _in_files(person: Person) -> dict[str, object]:
    named = Case.objects.filter(organ_id=person.organ_id, named__contains=f"|{person.staff_no}|").exists()
    return {"in_files": named or Visit.objects.filter(person=person).exists()}


def _none(row: Any) -> dict[str, object]:
    return {}


def _active(user: User) -> dict[str, object]:
    return {"is_active": user.is_active}


def _result(inspection: Inspection) -> dict[str, object]:
    return {"result": inspection.result}


def _state(paper: Instrument) -> dict[str, object]:
    """A paper that never had a number and was never served is no part of a file yet."""
    return {"draft": paper.state == "draft" and not paper.numbers.exists()}


SUBJECTS = {
    one.name: one
    for one in (
        Subject("inspection", "target", "检查：检查对象（填检查编号）", _inspections, _result),
        Subject("person", "birth_on", "人员：出生日期（填工号）", _people, _in_files),
        Subject("person", "name", "人员：姓名（填工号）", _people, _in_files),
        Subject("account", "email", "账号：电子邮箱（填登录名）", _accounts, _active),
        Subject("account", "last_name", "账号：姓（填登录名）", _accounts, _active),
        Subject("account", "first_name", "账号：名（填登录名）", _accounts, _active),
        Subject("account", "username", "账号：登录名（填登录名）", _accounts, _active),
        Subject("case", "party", "案件：当事人（填案号或案件编号）", _cases, _none),
        Subject("case", "violation", "案件：违法事实（填案号或案件编号）", _cases, _none),
        Subject("instrument", "fields", "文书：填写的内容（填文书编号或文号）", _papers, _state),
        Subject("instrument", "reason", "文书：撤销的原因（填文书编号或文号）", _papers, _state),
        Subject("instrument_number", "reason", "文号：作废的原因（填文号）", _numbers, _none),
        Subject("template_edition", "note", "文书模板：修订说明（填 文书代号/第几版）", _editions, _none),
        Subject("act", "words", "办案记录：文字内容（填 案件编号/第几步）", _acts, _none),
    )
}
