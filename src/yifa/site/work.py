"""What stands on the workbench of one log-in: 待办, 已办, 我发起的. Rooms say what; here it is joined, sorted, paged."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from yifa.casework.cases.clocks import DueDay, due_day
from yifa.casework.cases.queries import RECENT, WorkItem, cases_in_hand, recorded_by
from yifa.casework.committee import queries as committee
from yifa.casework.hearings import queries as hearings
from yifa.casework.instruments import work as instruments
from yifa.casework.proposals import queries as proposals
from yifa.casework.supervision import queries as supervision
from yifa.registry.people.reach import Reach

TABS = {"todo": "待办", "done": "已办", "mine": "我发起的"}
EMPTY = {
    "todo": "现在没有等您办理的事。别人送审、督办的，和您承办的在办案件，会列在这里。",
    "done": "您还没有办过事。您记录的办案环节，确认、退回的送审，表决和督办，办过之后列在这里。",
    "mine": "您还没有发起过送审、集体讨论或者督办。从案件页面的“现在可以做”提交。",
}
CUT = "自己记录的环节只列最近 200 条；更早的在各案件的时间线里。"
PER_PAGE = 20
Roles = Iterable[str]


@dataclass(frozen=True)
class Line:
    """One line as shown: the item, its deadline in words."""

    item: WorkItem
    due: DueDay


@dataclass(frozen=True)
class Work:
    """One tab, one page of it. `count`: all its items; `last`: the number of pages."""

    tab: str
    lines: list[Line]
    count: int
    page: int
    last: int

    @property
    def note(self) -> str:
        """What the tab leaves out, where it does."""
        return CUT if self.tab == "done" and self.count >= RECENT else ""

    @property
    def empty(self) -> str:
        return EMPTY[self.tab]


def todo(organ: str, who: str, roles: Roles, reach: Reach | None, _: str) -> list[WorkItem]:
    return [
        *proposals.waiting_for(organ, who, roles, reach),
        *instruments.waiting_for(organ, who, roles, reach),
        *supervision.waiting_for(organ, who),
        *hearings.waiting_for(organ, who),
        *committee.waiting_for(organ, who),
        *cases_in_hand(organ, who),
    ]


def done(organ: str, who: str, roles: Roles, reach: Reach | None, actor: str) -> list[WorkItem]:
    """An act that came of a proposal or a sitting stands there as what it was to this person, and only once."""
    handled = [*proposals.handled_by(organ, who), *supervision.handled_by(organ, who)]
    known = {(item.case_no, item.act_seq) for item in handled}
    own = recorded_by(organ, actor) if actor else []
    return [*handled, *(item for item in own if (item.case_no, item.act_seq) not in known)]


def mine(organ: str, who: str, *_: object) -> list[WorkItem]:
    return [*proposals.started_by(organ, who), *supervision.started_by(organ, who)]


FOUND: dict[str, Callable[..., list[WorkItem]]] = {"todo": todo, "done": done, "mine": mine}


def work(
    tab: str,
    page: int,
    *,
    organ: str,
    who: str,
    roles: Roles,
    today: date,
    reach: Reach | None = None,
    actor: str = "",
) -> Work:
    """One page of a tab, the nearest deadline first, without a deadline last; what is done: the latest first.

    `who`: staff number; `actor`: the log-in as acts name it. A page that is not there is the nearest one that is. The number of queries does not grow with the items.
    """
    items = FOUND[tab](organ, who, roles, reach, actor) if who else []
    if tab == "done":
        items.sort(key=lambda item: (item.since, item.case_no), reverse=True)
    else:
        items.sort(key=lambda item: (item.due_on or date.max, item.since, item.case_no))
    last = max(1, -(-len(items) // PER_PAGE))
    page = min(max(page, 1), last)
    shown = items[(page - 1) * PER_PAGE : page * PER_PAGE]
    lines = [Line(item, due_day(item.due_on, item.due_from, item.due_unit, today)) for item in shown]
    return Work(tab, lines, len(items), page, last)
