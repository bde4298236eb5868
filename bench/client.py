"""One HTTP client, a process of its own: sends the requests of one job in turn and times each answer. It keeps its
connection, as a browser does, and makes a new one where the server ends it; that time counts.

Lean on purpose, since it runs on the cores of the server it measures. An answer of another status, an empty page or
another place to go on to than asked for ends it: an error is never counted as fast.
"""

from __future__ import annotations

import json
import re
import socket
import sys
import time

Answer = tuple[int, str, bytes]


class Line:
    """A connection that is kept from request to request."""

    def __init__(self, place: tuple[str, int]) -> None:
        self.place, self.made = place, 0
        self.open: socket.socket | None = None

    def exchange(self, request: bytes) -> Answer:
        """(status, Location or empty, body) of one answer, read to its end."""
        if self.open is None:
            self.open = socket.create_connection(self.place)
            self.open.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.made += 1
        answer, ends = exchange(self.open, request)
        if ends:
            self.open.close()
            self.open = None
        return answer


def exchange(line: socket.socket, request: bytes) -> tuple[Answer, bool]:
    """The answer, and whether the server ends the connection with it."""
    line.sendall(request)
    got = b""
    while (end := got.find(b"\r\n\r\n")) < 0:
        got += received(line)
    head = got[:end].decode("latin-1")
    length = re.search(r"(?im)^content-length: *(\d+)", head)
    if length is None:
        raise RuntimeError(f"an answer without a length:\n{head}")
    while len(got) < end + 4 + int(length[1]):
        got += received(line)
    place = re.search(r"(?im)^location: *(.+?)\r?$", head)
    ends = re.search(r"(?im)^connection: *close\r?$", head) is not None
    return (int(head.split(" ", 2)[1]), place[1] if place else "", got[end + 4 :]), ends


def received(line: socket.socket) -> bytes:
    part = line.recv(1 << 18)
    if not part:
        raise RuntimeError("the server closed the connection")
    return part


def check(answer: Answer, status: int, place: str) -> None:
    if answer[0] != status or not re.fullmatch(place, answer[1]) or (status == 200 and not answer[2]):
        raise RuntimeError(
            f"status {answer[0]} to {answer[1]!r}: {answer[2].decode(errors='replace')[:3000]}"
        )


def main() -> None:
    """stdin: the job as one line, then one more line to begin. stdout: `ready`, then the times as one line."""
    job = json.loads(sys.stdin.readline())
    line = Line((job["host"], job["port"]))
    requests = [text.encode() for text in job["requests"]]
    for request in requests[: job["warm"]]:
        check(line.exchange(request), job["status"], job["place"])
    print("ready", flush=True)
    sys.stdin.readline()
    seconds, first = [], time.monotonic()
    for request in requests[job["warm"] :]:
        begun = time.monotonic()
        answer = line.exchange(request)
        seconds.append(time.monotonic() - begun)
        check(answer, job["status"], job["place"])
    told = {"first": first, "last": time.monotonic(), "seconds": seconds, "connections": line.made}
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
