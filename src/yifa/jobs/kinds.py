"""The kinds of job: rooms declare theirs in `jobs.py`, imported when the room starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yifa.jobs.errors import UnknownKind

if TYPE_CHECKING:
    from yifa.jobs.progress import Progress


@dataclass(frozen=True)
class Result:
    """What came out, in a sentence, and the address where it can be seen."""

    words: str
    link: str = ""


Function = Callable[[Mapping[str, Any], "Progress"], Result]


@dataclass(frozen=True)
class JobKind:
    """`cancellable`: stopping half-way leaves nothing half done. `by_item`: the function takes `only`, a list of items.
    `alone`: one at a time in an organ."""

    name: str
    title: str
    function: Function
    cancellable: bool = False
    by_item: bool = False
    alone: bool = False


_KINDS: dict[str, JobKind] = {}


def job_kind(
    name: str, *, title: str, cancellable: bool = False, by_item: bool = False, alone: bool = False
) -> Callable[[Function], Function]:
    """Decorator: `function(arguments, progress)` does jobs of this kind, and may be run again for the same job.

    Raises ValueError on a name used twice.
    """

    def register(function: Function) -> Function:
        if name in _KINDS:
            raise ValueError(f"job kind {name} is registered twice")
        _KINDS[name] = JobKind(name, title, function, cancellable, by_item, alone)
        return function

    return register


def kind_named(name: str) -> JobKind:
    """Raises UnknownKind."""
    if name not in _KINDS:
        raise UnknownKind(f"这个版本没有“{name}”这种任务，请联系系统管理员")
    return _KINDS[name]
