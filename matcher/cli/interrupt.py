"""Ctrl-C: the first asks the search to stop and keeps the best plan, the second ends at once."""

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
    before = signal.getsignal(signal.SIGINT)

    def handle(_number: int, _frame: FrameType | None) -> None:
        if interrupt.requested:
            raise KeyboardInterrupt
        interrupt.requested = True
        say("Stopping; the best plan so far is kept. Press Ctrl-C again to end at once.")

    signal.signal(signal.SIGINT, handle)
    try:
        yield interrupt
    finally:
        signal.signal(signal.SIGINT, before)
