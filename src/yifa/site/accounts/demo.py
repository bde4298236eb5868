"""Log-ins of the demo (演示账号): one for each role, known password, only for an organ marked as demonstration."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction

from yifa.registry.organs.models import Organ
from yifa.registry.people.models import Person
from yifa.site.accounts.models import User

PASSWORD = "yifa-demo"


@dataclass(frozen=True)
class DemoLogin:
    """A log-in: user name, the person it acts as (empty: nobody), roles of docs/guide, what it is good for."""

    username: str
    staff_no: str
    roles: tuple[str, ...]
    title: str


LOGINS = (
    DemoLogin("handler", "0201", ("handler",), "承办：办案、送达、结案"),
    DemoLogin("reviewer", "0101", ("reviewer",), "法制审核：审核非本人承办的案件"),
    DemoLogin("head", "0001", ("head", "committee"), "负责人：审批、决定、主持集体讨论"),
    DemoLogin("committee", "0104", ("committee",), "案审委员：参加集体讨论"),
    DemoLogin("presiding", "0103", ("presiding",), "听证主持：主持听证"),
    DemoLogin("counsel", "0901", ("counsel",), "法律顾问：答复交办的法律审查"),
    DemoLogin("auxiliary", "0801", ("auxiliary",), "协管：巡查、登记线索"),
    DemoLogin("office", "0105", ("office",), "领导小组办公室：会议、培训、普法、年度报告"),
    DemoLogin("clerk", "", ("disclosure_clerk",), "公示：公示报送、政务公开"),
    DemoLogin("supervisor", "", ("supervisor",), "监督：查看全部、抽查评查"),
)


def create_demo_logins(*, organ: Organ) -> int:
    """Create the log-ins that are missing; returns how many. Raises ValueError for an organ that is no demonstration."""
    if not organ.demo:
        raise ValueError(f"{organ.code} 不是演示机关")
    there = set(User.objects.values_list("username", flat=True))
    missing = [login for login in LOGINS if login.username not in there]
    if not missing:
        return 0
    people = {person.staff_no: person for person in Person.objects.filter(organ=organ)}
    secret = make_password(
        PASSWORD
    )  # one hash for all: the password is public anyway, and hashing is slow on purpose
    users = [
        User(
            username=login.username, password=secret, organ=organ, person=people.get(login.staff_no),
            roles=f"|{'|'.join(login.roles)}|", demo=True,
        )
        for login in missing
    ]  # fmt: skip
    with transaction.atomic():
        User.objects.bulk_create(users)
    return len(users)
