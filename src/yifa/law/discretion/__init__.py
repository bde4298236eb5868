"""From the circumstances of a case to grade, range, amount and reasons: a worksheet, no decision. APL arts 30–34."""

from __future__ import annotations

from yifa.law.discretion.comparison import Comparison, compared
from yifa.law.discretion.leniency import Line
from yifa.law.discretion.worksheet import Deviation, Worksheet, worksheet

__all__ = ["Comparison", "Deviation", "Line", "Worksheet", "compared", "worksheet"]
