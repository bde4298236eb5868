"""Python's garbage collector, set for a process that loads a house of modules and law once and keeps it."""

from __future__ import annotations

import gc

THRESHOLDS = (10_000, 50, 100)


def leave_alone_what_is_loaded() -> None:
    """Call once all is loaded: without this each round of the collector walks through modules and law again."""
    if gc.get_freeze_count():
        return
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
