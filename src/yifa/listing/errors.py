"""What is wrong with a query string, in Chinese, all at once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One parameter that cannot be understood: its name and what to write instead."""

    name: str
    message: str


class BadFilter(ValueError):
    """A list was asked with conditions it does not understand; `problems` names each of them."""

    code = "bad_filter"

    def __init__(self, *problems: Problem) -> None:
        self.problems = list(problems)
        super().__init__("；".join(problem.message for problem in problems))
