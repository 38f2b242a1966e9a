"""The clock of a search, which stands still while machine code is made for the first time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class _Pauses:
    """Seconds of this process in which the clock stood still."""

    seconds = 0.0


def now() -> float:
    """Seconds on the search's clock; only differences mean anything."""
    return time.perf_counter() - _Pauses.seconds


@contextmanager
def paused() -> Iterator[None]:
    """Let the clock stand still within the block: what happens there counts against no limit."""
    began = time.perf_counter()
    try:
        yield
    finally:
        _Pauses.seconds += time.perf_counter() - began
