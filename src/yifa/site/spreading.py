"""Connections spread over the processes of the server: where two meet in one, the one answered first tries its luck again.

The kernel deals new connections to the processes as it comes, and a browser keeps its own for many requests. Python runs
one thread at a time in a process, so two busy connections in one process wait for each other while another idles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

CLOSE = ("Connection", "close")
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Spread:
    """A WSGI application that asks for a connection to be made anew while it answers another request as well.

    For a server that takes `Connection` from its application, as granian does; no request is ever turned away.
    """

    def __init__(self, application: Application) -> None:
        self.application, self.running, self._lock = application, 0, Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, CLOSE] if self.running > 1 else headers, *rest)

        with self._lock:
            self.running += 1
        try:
            return self.application(environ, start)
        finally:
            with self._lock:
                self.running -= 1
