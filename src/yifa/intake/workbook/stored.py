"""What the database already holds of a batch of cases: a fixed number of queries for any number of cases."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.queries import assemble
from yifa.casework.process_record.models import RecordingLink
from yifa.casework.remedies.models import Dispute
from yifa.fieldwork.recordings.models import Recording
from yifa.intake.workbook.models import ActRow
from yifa.openness.publicity.models import Posting
from yifa.registry.organs.models import Organ

HEAD_KEYS = ("number", "procedure", "matter", "other_proceedings", "party", "violation", "entrustment")


@dataclass
class StoredCase:
    """One case as stored. `events` in order of entry (seq); an event that links a recording points into it."""

    case: Case | None = None
    events: list[dict[str, Any]] = field(default_factory=list)
    bare: set[int] = field(default_factory=set)
    rows: dict[int, tuple[int, str]] = field(default_factory=dict)
    postings: dict[str, Posting] = field(default_factory=dict)
    disputes: dict[tuple[str, Any], Dispute] = field(default_factory=dict)
    linked: set[str] = field(default_factory=set)

    @property
    def head(self) -> dict[str, Any] | None:
        if self.case is None:
            return None
        return {**{key: getattr(self.case, key) for key in HEAD_KEYS}, "campaign": self.case.campaign or None}


def load(organ: Organ | None, numbers: Sequence[str], recordings: Sequence[str]) -> dict[str, StoredCase]:
    """案号 → what is stored. `recordings`: numbers of the recordings the workbook brings for these cases."""
    found = {number: StoredCase() for number in numbers}
    if organ is None or organ._state.adding:
        return found
    cases = list(Case.objects.select_related("organ").filter(organ=organ, number__in=numbers))
    by_no = {case.no: found[case.number] for case in cases}
    for case in cases:
        found[case.number].case = case
    acts: dict[str, list[Act]] = {}
    for act in Act.objects.filter(case__in=list(by_no)).order_by("seq"):
        acts.setdefault(act.case_id, []).append(act)
    for case in cases:
        enter_acts(found[case.number], acts.get(case.no, []))
    for row in ActRow.objects.filter(organ=organ, case_number__in=numbers):
        found[row.case_number].rows[row.ordinal] = (row.seq, row.digest)
    for posting in Posting.objects.filter(case__in=list(by_no)):
        by_no[posting.case_id].postings[posting.channel] = posting
    for dispute in Dispute.objects.filter(case__in=list(by_no)):
        by_no[dispute.case_id].disputes[dispute.kind, dispute.filed_on] = dispute
    for recording in linked_recordings(organ, recordings):
        if recording.case_number in found:
            found[recording.case_number].linked.add(recording.number)
    return found


def linked_recordings(organ: Organ, numbers: Sequence[str]) -> list[Recording]:
    with_link = RecordingLink.objects.filter(organ=organ, recording__number__in=numbers).select_related(
        "recording"
    )
    return [link.recording for link in with_link]


def enter_acts(stored: StoredCase, acts: list[Act]) -> None:
    if not acts or stored.case is None:
        return
    ordered, record = assemble(stored.case, acts, {})
    stored.events = [{}] * len(acts)
    for act, event in zip(ordered, record["events"], strict=True):
        if event["kind"] == "recording_linked":
            event = {**event, "event": ordered[event["event"]].seq - 1}
        stored.events[act.seq - 1] = event
        if act.at_is_date:
            stored.bare.add(act.seq - 1)


def event_digest(event: dict[str, Any], bare: bool) -> str:
    """Fingerprint of an event as entered, to tell a repeated row from a changed one."""
    spelt = json.dumps([event, bare], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(spelt.encode()).hexdigest()
