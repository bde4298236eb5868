"""Recording begins with a serving process and ends with it, however that is asked to end."""

from __future__ import annotations

import atexit
from multiprocessing import util

from yifa.ledger.access import recorder


def begin() -> None:
    recorder.start()
    # the server's workers are processes of `multiprocessing`, which run the one or the other on their way out
    util.Finalize(None, recorder.stop, exitpriority=10)
    atexit.register(recorder.stop)
