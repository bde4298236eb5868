"""One worker beside the web: started again when it dies, ended with the web, never left alone."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

PAUSES = (1, 2, 5, 15, 30)
GRACE_SECONDS = 10


class Supervisor:
    """`with Supervisor():` keeps a `yifa work` alive meanwhile. The worker also ends by itself when this process is gone."""

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._keep, name="worker-supervisor", daemon=True)

    def __enter__(self) -> Supervisor:
        # Before the web server forks: a fork in the midst of Popen would inherit the pipe on which Popen waits for
        # the exec, and Popen would wait for ever.
        self._worker = started()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        with self._lock:
            worker = self._worker
        end(worker)
        self._thread.join(GRACE_SECONDS)

    def _keep(self) -> None:
        deaths = 0
        while True:
            code = self._worker.wait()
            if self._ending.is_set():
                return
            print(f"后台任务进程停止（{code}），重新启动", file=sys.stderr)
            self._ending.wait(PAUSES[min(deaths, len(PAUSES) - 1)])
            deaths += 1
            with self._lock:
                if self._ending.is_set():
                    return
                self._worker = started()


def started() -> subprocess.Popen:
    command = [sys.executable, "-m", "yifa", "work", "--parent", str(os.getpid())]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def end(worker: subprocess.Popen) -> None:
    """Ask it to end; kill it where it does not within ten seconds: its job is taken again by the next."""
    worker.terminate()
    try:
        worker.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
