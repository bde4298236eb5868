"""The days on which procedure changed (procedure.md §0): steps before them follow the earlier text."""

from __future__ import annotations

from datetime import date

APL_2021 = date(2021, 7, 15)
"""行政处罚法 as revised on 2021-01-22."""

CPL_2021 = date(2022, 1, 1)
"""民事诉讼法 as amended in 2021: service by public notice."""

ARL_2023 = date(2024, 1, 1)
"""行政复议法 as revised on 2023-09-01."""
