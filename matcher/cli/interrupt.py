"""Ctrl-C: the first asks the search to stop and keeps the best plan, the second ends at once.

A service's or cluster's wish to stop (SIGTERM) is taken in the same way.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from matcher.cli.messages import say

if TYPE_CHECKING:
    from matcher.analysis.document import PlanDocument


OUTLOOK_LEFT_OUT = "What could change in the plan, and at what price, was left out: the run was stopped."
KEEPS_PLAN = "Stopping; the best plan so far is kept. Press Ctrl-C again to end at once."
_CODES = {"work-limit": 5, "time-limit": 5, "interrupt": 130}


def exit_code(document: PlanDocument, *, lacks_outlook: bool) -> int:
    """Say how a run ended: 5 at a limit, 130 if somebody stopped it, be it after the plan was proven."""
    return 130 if lacks_outlook else code_of(document.proof.stopped_by)


def code_of(stopped_by: str) -> int:
    """Exit code for what ended a search; 0 for all but limits and people."""
    return _CODES.get(stopped_by, 0)


class Interrupt:
    """Whether Ctrl-C was pressed."""

    def __init__(self) -> None:
        self.requested = False

    def __call__(self) -> bool:
        """Return True once a stop was asked for."""
        return self.requested


@contextmanager
def stop_on_interrupt(words: str = KEEPS_PLAN) -> Iterator[Interrupt]:
    """Within the block, take Ctrl-C as a wish to stop with the best plan so far; `words` answer it."""
    interrupt = Interrupt()

    def handle(_number: int, _frame: FrameType | None) -> None:
        if interrupt.requested:
            raise KeyboardInterrupt
        interrupt.requested = True
        say(words)

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield interrupt
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
