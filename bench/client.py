"""One keep-alive HTTP client, a process of its own: sends the requests of one job in turn and times each answer.

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


def exchange(line: socket.socket, request: bytes) -> Answer:
    """(status, Location or empty, body) of one answer, read to its end."""
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
    return int(head.split(" ", 2)[1]), place[1] if place else "", got[end + 4 :]


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
    with socket.create_connection((job["host"], job["port"])) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        requests = [text.encode() for text in job["requests"]]
        for request in requests[: job["warm"]]:
            check(exchange(line, request), job["status"], job["place"])
        print("ready", flush=True)
        sys.stdin.readline()
        seconds, first = [], time.monotonic()
        for request in requests[job["warm"] :]:
            begun = time.monotonic()
            answer = exchange(line, request)
            seconds.append(time.monotonic() - begun)
            check(answer, job["status"], job["place"])
        print(json.dumps({"first": first, "last": time.monotonic(), "seconds": seconds}), flush=True)


if __name__ == "__main__":
    main()
