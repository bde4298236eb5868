"""Who may see a job, and who may ask for all open cases to be checked again."""

from __future__ import annotations

from typing import Any

from yifa.jobs.models import Job
from yifa.site.accounts.roles import roles_of

ADMIN = "system_admin"
MAY_RECHECK = frozenset({"head", "supervisor"})
"""It judges cases: no work of an administrator."""

NOT_YOURS = "这是别人的任务。只有提出任务的人和系统管理员可以查看。"
NO_RECHECK = "“全部在办案件重新核对”由负责人或者监督人员提出。需要时请联系他们。"


def is_admin(user: Any) -> bool:
    return user.is_superuser or ADMIN in roles_of(user)


def can_see(user: Any, job: Job) -> bool:
    """Of a job of the user's own organ."""
    return job.asked_by == user.get_username() or is_admin(user)


def can_recheck(user: Any) -> bool:
    return user.is_superuser or bool(roles_of(user) & MAY_RECHECK)
