"""One request at a time of a running `yifa serve`, whatever it answers."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bench.served import Server

UNREACHABLE = 0


@dataclass(frozen=True)
class Answer:
    """`status` 0: no answer at all, the server itself is gone."""

    status: int
    retry_after: str
    page: str


def ask(at: Server, address: str, form: dict[str, Any] | None = None) -> Answer:
    link = http.client.HTTPConnection("127.0.0.1", at.port, timeout=60)
    headers = {"Cookie": f"{at.cookie}; csrftoken={at.token}"}
    body = None
    if form is not None:
        body = urlencode({"csrfmiddlewaretoken": at.token, **form}, doseq=True)
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        link.request("POST" if body is not None else "GET", address, body, headers)
        found = link.getresponse()
        return Answer(found.status, found.headers.get("Retry-After", ""), found.read().decode())
    except OSError:
        return Answer(UNREACHABLE, "", "")
    finally:
        link.close()
