"""Requests spread over the processes of the server, and in each process, on SQLite, one after another.

The kernel deals new connections to the processes as it comes, and a browser keeps its own for many requests. Python runs
one thread at a time in a process: two requests at once hand Python to each other at every statement and both take longer
than one after the other, while another process idles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Lock
from time import monotonic
from typing import Any

CLOSE = ("Connection", "close")
PATIENCE = 0.02
"""Seconds a request waits for the one before it. One that takes longer (an upload, a report) holds nobody up."""
EVERY = 4
"""Two that meet may have it no better elsewhere, so only every fourth meeting of two costs a connection."""
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Spread:
    """A WSGI application that asks for a connection to be made anew where requests meet, and may take them in turn.

    For a server that takes `Connection` from its application, as granian does; no request is ever turned away.
    `in_turn`: for requests that compute all the time; ones that wait for a database elsewhere are better off together.
    """

    def __init__(self, application: Application, *, in_turn: bool) -> None:
        self.application, self.in_turn, self.running, self.meetings = application, in_turn, 0, 0
        self._count, self._turn, self._since = Lock(), Lock(), 0.0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, CLOSE] if self._crowded() else headers, *rest)

        with self._count:
            self.running += 1
        mine = self.in_turn and self._turn.acquire(timeout=max(0.0, self._since + PATIENCE - monotonic()))
        if mine:
            self._since = monotonic()
        try:
            return self.application(environ, start)
        finally:
            if mine:
                self._turn.release()
            with self._count:
                self.running -= 1

    def _crowded(self) -> bool:
        with self._count:
            self.meetings += self.running == 2
            return self.running > 2 or (self.running == 2 and self.meetings % EVERY == 0)
