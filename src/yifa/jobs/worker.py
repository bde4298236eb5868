"""The worker: takes jobs one by one, ticks the schedules, shows that it lives, ends when asked."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

from yifa.jobs import heartbeat, running, schedules
from yifa.jobs.errors import TRANSIENT

POLL = 1.0
TICK_SECONDS = 5.0
PATIENCE = (1, 2, 5, 10)


class Worker:
    """`parent`: process id of a supervisor; the worker ends when that process is no longer its parent (0: none)."""

    def __init__(self, *, parent: int = 0) -> None:
        self.parent = parent
        self._asked = threading.Event()
        self._ticked = float("-inf")

    def stop(self, *_: object) -> None:
        self._asked.set()

    def stopping(self) -> bool:
        return self._asked.is_set() or (self.parent != 0 and os.getppid() != self.parent)

    def run(self) -> None:
        """Until asked to stop by SIGTERM or SIGINT. A database that is gone or locked is waited for."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        faults = 0
        while not self.stopping():
            try:
                worked = self.step()
                faults = 0
            except TRANSIENT as error:
                faults += 1
                if faults == 1:
                    print(
                        f"数据库暂时不能用，等它恢复：{str(error).strip().splitlines()[0]}", file=sys.stderr
                    )
                self._asked.wait(PATIENCE[min(faults, len(PATIENCE)) - 1])
                continue
            if not worked:
                self._asked.wait(POLL)

    def step(self) -> bool:
        """One round; True where a job was run. Raises what the database raises."""
        running.drop_broken_connections()
        heartbeat.beat()
        if time.monotonic() - self._ticked >= TICK_SECONDS:
            self._ticked = time.monotonic()
            schedules.tick()
        running.take_back_from_the_dead()
        taken = running.take()
        if taken is None:
            return False
        job, held = taken
        running.run(job, held, stopping=self.stopping)
        return True
