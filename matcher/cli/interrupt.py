"""Ctrl-C: the first asks the search to stop and keeps the best plan, the second ends at once.

A service's or cluster's wish to stop (SIGTERM) is taken in the same way.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from matcher.cli.messages import say


class Interrupt:
    """Whether Ctrl-C was pressed."""

    def __init__(self) -> None:
        self.requested = False

    def __call__(self) -> bool:
        """Return True once a stop was asked for."""
        return self.requested


@contextmanager
def stop_on_interrupt() -> Iterator[Interrupt]:
    """Within the block, take Ctrl-C as a wish to stop with the best plan so far."""
    interrupt = Interrupt()

    def handle(_number: int, _frame: FrameType | None) -> None:
        if interrupt.requested:
            raise KeyboardInterrupt
        interrupt.requested = True
        say("Stopping; the best plan so far is kept. Press Ctrl-C again to end at once.")

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield interrupt
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
