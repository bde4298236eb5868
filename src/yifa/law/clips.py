"""Recordings (音像) tied to the acts of a record."""

from __future__ import annotations

from yifa.law.facts import Facts
from yifa.law.labels import label
from yifa.law.record.model import Event


def clips(facts: Facts, step: Event) -> list[tuple[Event, Event]]:
    """(recording, the act it shows) for every recording linked before `step`."""
    return [
        (clip, facts.record.events[clip.data["event"]]) for clip in facts.before(step, "recording_linked")
    ]


def clips_of(facts: Facts, act: Event) -> list[Event]:
    """The recordings of one act, in the order they began."""
    return sorted(facts.recordings.get(act.index, ()), key=lambda clip: clip.data["start"])


def act_text(act: Event) -> str:
    """An act in a message: 3月5日现场笔录."""
    return f"{act.day.month}月{act.day.day}日{label('event_kind', act.kind)}"
