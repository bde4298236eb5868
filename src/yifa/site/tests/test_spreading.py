"""Requests that meet in one process: taken in turn, some asked to connect anew, and granian does end their connection."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from threading import Barrier, Event, Thread

import pytest

from yifa.site import spreading
from yifa.site.spreading import CLOSE, EVERY, Spread

PATH = {"/quick": b"quick", "/slow": b"slow"}


def slow_or_quick(environ, start_response):
    """`/slow` takes four seconds, in a process of granian's own."""
    body = PATH[environ["PATH_INFO"]]
    if body == b"slow":
        time.sleep(4)
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


served = Spread(slow_or_quick, in_turn=True)


def told_at_meetings(count: int, meetings: int, *, in_turn: bool) -> list[dict[str, list]]:
    """What each of `count` requests was told that were all in one process at once, as often as said."""
    told: list[dict[str, list]] = []
    both = Barrier(count)

    def application(environ, start_response):
        both.wait(10)
        start_response("200 OK", [("X", "1")])
        both.wait(10)
        return []

    spread = Spread(application, in_turn=in_turn)

    def ask(turn: int, name: int) -> None:
        spread({}, lambda status, headers: told[turn].setdefault(name, headers))

    for turn in range(meetings):
        told.append({})
        threads = [Thread(target=ask, args=(turn, name)) for name in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
    assert spread.running == 0
    return told


@pytest.mark.parametrize("in_turn", [False, True])
def test_of_two_that_meet_again_and_again_one_answer_in_four_asks_for_a_new_connection(in_turn):
    told = [headers for one in told_at_meetings(2, meetings=4, in_turn=in_turn) for headers in one.values()]
    assert len(told) == 8 and told.count([("X", "1"), CLOSE]) == 2 and told.count([("X", "1")]) == 6


def test_three_that_meet_are_all_asked_for_a_new_connection_and_one_alone_never_is():
    assert told_at_meetings(3, meetings=1, in_turn=False) == [dict.fromkeys(range(3), [("X", "1"), CLOSE])]
    assert told_at_meetings(1, meetings=9, in_turn=True) == [{0: [("X", "1")]}] * 9


def test_requests_are_answered_in_turn_but_none_waits_for_one_that_takes_long(monkeypatch):
    inside, most, long = 0, 0, Event()

    def application(environ, start_response):
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        if environ:
            long.wait(20)
        time.sleep(0.001)
        inside -= 1
        return []

    spread = Spread(application, in_turn=True)
    monkeypatch.setattr(spreading, "PATIENCE", 20)
    quick = [Thread(target=spread, args=({}, None)) for _ in range(5)]
    for thread in quick:
        thread.start()
    for thread in quick:
        thread.join(20)
    assert most == 1
    monkeypatch.setattr(spreading, "PATIENCE", 0.2)
    slow = Thread(target=spread, args=({"takes": "long"}, None))
    slow.start()
    time.sleep(0.3)
    begun = time.monotonic()
    for _ in range(20):
        spread({}, None)
    assert most == 2 and time.monotonic() - begun < 20 * 0.2
    long.set()
    slow.join(20)


def test_an_application_that_fails_is_no_longer_counted():
    def fails(environ, start_response):
        raise OSError

    spread = Spread(fails, in_turn=True)
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
                for _ in range(EVERY - 1):
                    assert "connection: close" not in exchange(alone, "/quick")
                assert "connection: close" in exchange(alone, "/quick")
                assert alone.recv(1) == b""
                slow.join(20)
                assert "connection: close" not in exchange(other, "/quick")
    finally:
        server.terminate()
        server.wait(60)
