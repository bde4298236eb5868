"""The rule book: every duty that can be checked, one file per duty, each citing its article."""

from __future__ import annotations

import importlib
import pkgutil

from yifa.law.rules.rule import REGISTRY, Rule

_FRAME = {"rule", "moments", "tests"}

for _info in pkgutil.iter_modules(__path__):
    if _info.name not in _FRAME:
        importlib.import_module(f"{__name__}.{_info.name}")

RULES: dict[str, Rule] = dict(sorted(REGISTRY.items()))

GUARDS: dict[str, list[Rule]] = {}
"""Guards by event kind, in the order of rule ids."""

for _rule in RULES.values():
    if _rule.guard is not None:
        for _kind in _rule.moments:
            GUARDS.setdefault(_kind, []).append(_rule)

CLOCKED: list[Rule] = [rule for rule in RULES.values() if rule.clock is not None]

__all__ = ["CLOCKED", "GUARDS", "RULES", "Rule"]
