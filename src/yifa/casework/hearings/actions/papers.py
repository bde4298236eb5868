"""Papers of a hearing (听证通知书、笔录、报告) and of what the party said, filled from them: nothing is typed twice."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from yifa.casework.cases.models import Case
from yifa.casework.cases.queries import acts_of
from yifa.casework.hearings.actions.holding import live_lines
from yifa.casework.hearings.errors import WrongState
from yifa.casework.hearings.models import CANCELLED, HELD, Hearing
from yifa.casework.hearings.points import points_of
from yifa.casework.instruments import actions as instruments
from yifa.casework.instruments.models import Instrument
from yifa.ledger.actions import Actor
from yifa.registry.people.queries import names_of

FORMS = {
    "hearing_notice": "听证通知书", "hearing_announcement": "听证公告", "hearing_record": "听证笔录",
    "hearing_report": "听证报告",
}  # fmt: skip


def prepare(*, no: str, form: str, by: str, actor: Actor) -> Instrument:
    """A draft with what the hearing says already in it. Raises WrongState, KeyError for no paper of a hearing."""
    found = Hearing.objects.select_related("case__organ").get(no=no)
    if form not in FORMS:
        raise KeyError(form)
    if form in ("hearing_record", "hearing_report") and found.state != HELD:
        raise WrongState(gettext("听证结束之后才能制作笔录和报告。"))
    return instruments.begin(case=found.case, form=form, by=by, actor=actor)


def of_hearing(case: Case) -> dict[str, Any]:
    """What papers hold of the last hearing of a case; nothing where there was none."""
    found = Hearing.objects.filter(case=case).exclude(state=CANCELLED).order_by("-serial").first()
    return told(found) if found else {}


def of_points(case: Case) -> dict[str, Any]:
    """What the party said, point by point, with the answers."""
    found = points_of(acts_of(case))
    return {
        "申辩意见": "\n".join(f"{place}. {one.words}" for place, one in enumerate(found, 1) if one.words),
        "复核意见": [[one.words or f"第{one.place}点", "", one.result_words, one.reason] for one in found],
    }


def told(found: Hearing) -> dict[str, Any]:
    """Values by label, as papers name them."""
    names = names_of(found.organ_id)
    lines = live_lines(found)
    values = {
        "听证日期": found.at.date().isoformat(), "听证时间": f"{found.at:%H}时{found.at:%M}分", "听证地点": found.place,
        "听证主持人": names.get(found.presided_by, ""), "听证记录人": names.get(found.recorder, ""),
        "听证参加人": found.participants,
        "听证过程": [[f"{one.side_words} {one.speaker}", with_evidence(one)] for one in lines],
        "申辩意见": "\n".join(one.words for one in lines if one.side in ("party", "agent")),
        "听证意见": found.report,
    }  # fmt: skip
    return {key: value for key, value in values.items() if value}


def with_evidence(line: Any) -> str:
    shown = f"（出示：{'、'.join(line.evidence)}）" if line.evidence else ""
    return " ".join(line.words.split()) + shown
