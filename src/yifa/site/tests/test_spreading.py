"""Two requests that meet in one process: the one answered first is asked to connect anew, and granian does end it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from threading import Barrier, Event, Thread

import pytest

from yifa.site.spreading import CLOSE, Spread

PATH = {"/quick": b"quick", "/slow": b"slow"}


def slow_or_quick(environ, start_response):
    """`/slow` takes two seconds, in a process of granian's own."""
    body = PATH[environ["PATH_INFO"]]
    if body == b"slow":
        time.sleep(2)
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


served = Spread(slow_or_quick)


def test_only_what_is_answered_beside_another_asks_for_a_new_connection():
    both, first_done, told = Barrier(2), Event(), {}

    def application(environ, start_response):
        both.wait(10)
        if environ["name"] == "last":
            first_done.wait(10)
        start_response("200 OK", [("X", "1")])
        return []

    spread = Spread(application)

    def ask(name: str) -> None:
        spread({"name": name}, lambda status, headers: told.setdefault(name, headers))
        if name == "first":
            first_done.set()

    threads = [Thread(target=ask, args=(name,)) for name in ("first", "last")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert told == {"first": [("X", "1"), CLOSE], "last": [("X", "1")]}


def test_an_application_that_fails_is_no_longer_counted():
    def fails(environ, start_response):
        raise OSError

    spread = Spread(fails)
    for _ in range(2):
        with pytest.raises(OSError):
            spread({}, lambda *_: None)
    assert spread.running == 0


def exchange(line: socket.socket, path: str) -> str:
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
    got = b""
    while not got.endswith(PATH[path]):
        part = line.recv(4096)
        assert part, got
        got += part
    return got.decode().lower()


def connected(port: int) -> socket.socket:
    for _ in range(200):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=20)
        except ConnectionError:
            time.sleep(0.1)
    raise AssertionError("granian does not answer")


def test_granian_ends_the_connection_and_keeps_the_one_that_was_alone():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", "2", "--no-log", f"{__name__}:served"]
    server = subprocess.Popen(command)
    try:
        with connected(port) as alone:
            assert "connection: close" not in exchange(alone, "/quick")
            with connected(port) as other:
                slow = Thread(target=exchange, args=(other, "/slow"))
                slow.start()
                time.sleep(0.5)
                assert "connection: close" in exchange(alone, "/quick")
                assert alone.recv(1) == b""
                slow.join(20)
                assert "connection: close" not in exchange(other, "/quick")
    finally:
        server.terminate()
        server.wait(60)
