"""Log-ins of the demo (演示账号): one for each role, known password, only for an organ marked as demonstration."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from yifa.ledger.actions import Actor, writing
from yifa.registry.organs.models import Organ
from yifa.registry.people.models import Person
from yifa.site.accounts.backends import real_organs_here
from yifa.site.accounts.first import enter_unrecorded
from yifa.site.accounts.models import User
from yifa.site.accounts.opening import enter_account
from yifa.site.accounts.roles import default_reach, packed, words

PASSWORD = "yifa-demo"
ACTOR = Actor("system:demo")


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
    DemoLogin("clerk", "0105", ("disclosure_clerk",), "公示：公示报送、政务公开"),
    DemoLogin("supervisor", "", ("supervisor",), "监督：查看全部、抽查评查"),
    DemoLogin("archivist", "0102", ("archivist",), "档案：归档、保管期限"),
    DemoLogin("sysadmin", "", ("system_admin",), "系统管理员：开户、停用、重置密码"),
    DemoLogin("secadmin", "", ("security_admin",), "安全管理员：授予角色、可见范围、解除锁定"),
    DemoLogin("auditor", "", ("audit_admin",), "审计管理员：查看账号及其变更"),
)


def create_demo_logins(*, organ: Organ) -> int:
    """Create the log-ins that are missing; returns how many. Enters into the log those an earlier version made.

    Raises ValueError for an organ that is no demonstration, or beside one that is none.
    """
    if not organ.demo:
        raise ValueError(f"{organ.code} 不是演示机关")
    if real_organs_here():
        raise ValueError("数据库里有正式机关的数据，不能建立演示账号")
    enter_unrecorded()
    with writing():
        there = set(User.objects.values_list("username", flat=True))
        missing = [login for login in LOGINS if login.username not in there]
        people = {person.staff_no: person for person in Person.objects.filter(organ=organ)}
        # one hash for all: the password is public anyway, and hashing is slow on purpose
        secret = make_password(PASSWORD) if missing else ""
        for login in missing:
            person = people.get(login.staff_no)
            user = User(
                username=login.username, password=secret, organ=organ, person=person,
                roles=packed(login.roles), reach=default_reach(login.roles), demo=True,
            )  # fmt: skip
            enter_account(user, actor=ACTOR)
    return len(missing)


def further_roles(organ: Organ) -> dict[str, str]:
    """User name → what else the log-in may do, in words: roles of the register and of the account beside its first one."""
    people = {person.staff_no: person.role_keys() for person in Person.objects.filter(organ=organ)}
    return {
        login.username: words(
            packed(key for key in (*login.roles, *people.get(login.staff_no, ())) if key != login.roles[0])
        )
        for login in LOGINS
    }
