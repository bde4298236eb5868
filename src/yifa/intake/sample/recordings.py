"""The docking station's year: 425 recordings kept for good, tied to acts of cases, and others with a term."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from random import Random

from yifa.intake.sample.cases.history import SampleAct, SampleCase
from yifa.intake.sample.days import SHANGHAI
from yifa.intake.sample.inspections import Inspection
from yifa.law.labels import label

PERMANENT_ITEMS, PERMANENT_SECONDS, PERMANENT_BYTES = 425, 74_100, 28_600_000_000
ALWAYS = ("scene_recorded", "prior_notice_served", "instrument_served")
WHEN_THERE = (
    "preservation_ordered",
    "preservation_disposed",
    "hearing_held",
    "interview_recorded",
    "correction_rechecked",
    "correction_ordered",
)
SUMMARY_DAYS, PATROL_DAYS, PATROL_ITEMS = 1095, 183, 60


@dataclass
class Recording:
    """One row of 执法记录. `seconds` and `size` (bytes) are filled once all rows are known."""

    number: str
    officers: tuple[str, ...]
    start: datetime
    retention: str
    case: str = ""
    inspection: str = ""
    kind: str = ""
    seconds: int = 0
    size: int = 0

    def row(self) -> dict[str, object]:
        return {
            "编号": self.number,
            "案号": self.case or None,
            "检查编号": self.inspection or None,
            "环节": label("event_kind", self.kind) if self.kind else None,
            "设备编号": f"ZFJLY-{self.officers[0]}",
            "执法人员": "、".join(self.officers),
            "开始时间": self.start,
            "时长(秒)": self.seconds,
            "大小(字节)": self.size,
            "SHA256": sha256(f"示例录像 {self.number}".encode()).hexdigest(),
            "保存期限": self.retention,
        }


def recordings(
    *, ordinary: list[SampleCase], summary: list[SampleCase], inspections: list[Inspection]
) -> list[Recording]:
    """All recordings of the year in order of their start. Totals of the permanent ones are exact."""
    rng = Random(425)
    kept = [_of_act(case, act, "永久") for case, act in _chosen_acts(ordinary)]
    termed = [
        _of_act(case, act, str(SUMMARY_DAYS))
        for case in summary
        for act in case.acts
        if act.kind == "scene_recorded"
    ]
    termed += [
        _of_inspection(one, index)
        for index, one in enumerate(inspections[:: max(1, len(inspections) // PATROL_ITEMS)])
    ]
    _measure(kept, rng, seconds=PERMANENT_SECONDS, size=PERMANENT_BYTES)
    _measure(termed, rng, seconds=160 * len(termed), size=160 * len(termed) * 386_000)
    found = sorted(kept + termed, key=lambda one: (one.start, one.case, one.inspection))
    for serial, one in enumerate(found, 1):
        one.number = f"SL2021-{serial:04d}"
    return found


def _chosen_acts(cases: list[SampleCase]) -> Iterator[tuple[SampleCase, SampleAct]]:
    """Acts at the scene, of notice and of service in every case; then the others until the number is reached."""
    acts = [(case, act) for case in cases for act in case.acts if len(act.by) > 0]
    chosen = [pair for pair in acts if pair[1].kind in ALWAYS]
    for kind in WHEN_THERE:
        wanted = [pair for pair in acts if pair[1].kind == kind]
        chosen += wanted[: PERMANENT_ITEMS - len(chosen)]
    if len(chosen) != PERMANENT_ITEMS:
        raise ValueError(f"{len(chosen)} acts to record, not {PERMANENT_ITEMS}")
    return iter(chosen)


def _of_act(case: SampleCase, act: SampleAct, retention: str) -> Recording:
    return Recording(
        number="",
        officers=act.by,
        start=act.at + timedelta(minutes=1),
        retention=retention,
        case=case.number,
        kind=act.kind,
    )


def _of_inspection(one: Inspection, index: int) -> Recording:
    start = datetime(one.on.year, one.on.month, one.on.day, 9 + index % 8, index * 7 % 60, tzinfo=SHANGHAI)
    return Recording(
        number="", officers=one.officers, start=start, retention=str(PATROL_DAYS), inspection=one.number
    )


def _measure(found: list[Recording], rng: Random, *, seconds: int, size: int) -> None:
    """Spread the totals over the recordings; the last takes what rounding left."""
    weights = [rng.randrange(60, 241) for _ in found]
    jitter = [weight * rng.randrange(95, 106) for weight in weights]
    for one, weight, heavy in zip(found, weights, jitter, strict=True):
        one.seconds = seconds * weight // sum(weights)
        one.size = size * heavy // sum(jitter)
    found[-1].seconds += seconds - sum(one.seconds for one in found)
    found[-1].size += size - sum(one.size for one in found)
