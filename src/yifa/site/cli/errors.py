"""How a command says no: lines for stderr and an exit code."""

from __future__ import annotations

from collections.abc import Sequence


class Refused(Exception):
    """The command stops. `lines` go to stderr one by one; `code` is 1 (the answer is no) or 2 (not understood)."""

    def __init__(self, lines: str | Sequence[str], code: int = 2) -> None:
        self.lines = [lines] if isinstance(lines, str) else list(lines)
        self.code = code
        super().__init__("\n".join(self.lines))
