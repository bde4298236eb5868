"""A case in which a hearing was asked for, and hearings as browsers would arrange and hold them."""

from __future__ import annotations

from typing import Any

from yifa.casework.cases.models import Case
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make
from yifa.casework.hearings.models import Hearing

BOTH = ["0101", "0102"]
FINE = {"kinds": ["fine"], "fine_fen": 200_000}
WHOLE = ["content", "facts", "reasons", "basis", "rights"]


def event(kind: str, at: str, **keys: Any) -> dict[str, Any]:
    return {"at": f"{at}+08:00", "kind": kind, "by": BOTH, **keys}


def told() -> Case:
    """A case with evidence, told of a fine of hearing level on 2021-08-09; a hearing asked for on the 11th."""
    desk.staff()
    return make.case_with(
        make.lead(), make.opening(), make.interview(),
        event("evidence_added", "2021-08-04T10:00:00", id="证据1", evidence_kind="documentary", verified=True,
              lawful_source=True, proves=["乱扔废弃物"]),
        event("investigation_closed", "2021-08-05T09:00:00", tier="ordinary", proposal=FINE),
        event("prior_notice_served", "2021-08-09T09:00:00", penalty=FINE, contents=WHOLE, hearing_right_told=True,
              mode="direct"),
        {**event("hearing_requested", "2021-08-11T09:00:00"), "by": []},
    )  # fmt: skip


def plan(**changes: str) -> dict[str, str]:
    return {
        "hearing_on": "2021-08-24", "hearing_at": "00:00", "place": "第一会议室", "presided_by": "0401", "recorder": "0201",
        "public": "yes", "private_reason": "", "participants": "示例当事人", **changes,
    }  # fmt: skip


def arrange(who: str, case: Case, **changes: str) -> Any:
    typed = plan(**changes)
    return desk.login(who).post(f"/desk/cases/{case.no}/hearing/", {"expected": str(now_of(case)), **typed})


def now_of(case: Case) -> int:
    return Case.objects.get(no=case.no).act_count


def arranged(case: Case, who: str = "0101") -> Hearing:
    answer = arrange(who, case)
    assert answer.status_code == 303, desk.main_of(answer)[:3000]
    return Hearing.objects.get(case=case)


def act_on(who: str, found: Hearing, deed: str, **typed: Any) -> Any:
    expected = str(now_of(found.case))
    return desk.login(who).post(f"/desk/hearings/{found.no}/", {"do": deed, "expected": expected, **typed})


def says(who: str, found: Hearing, **typed: Any) -> Any:
    return act_on(
        who,
        found,
        "say",
        **{"side": "presiding", "speaker": "丁一", "words": "现在开始听证", "point": "no", **typed},
    )
