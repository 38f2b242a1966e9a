"""What the command line says on stderr, and how it shows progress."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any

import click

from matcher.problem import SCALE
from matcher.result import PREPARING, Progress

if TYPE_CHECKING:
    from matcher.laboratory.engine import SweepState

STAGES = {
    "read": "Reading the intake",
    "check": "Checking the intake",
    "score": "Scoring the pairs",
    "solve": "Forming clusters",
    "conflict": "Looking for the smallest conflict",
    "repair": "Looking for the cheapest repairs",
    "prove": "Solving each repaired programme",
    "judge": "Judging the edit",
    "rematch": "Seeking the fewest moves",
    "explain": "Writing down the reasons",
    "insist": "Making the plan that grants it",
    "relax": "Trying what could be given up",
    "cover": "Seeking who takes over",
    "plans": "Seeking other good plans",
    "outlook": "Pricing what could change",
    "price": "Making the plan without fairness, to say what fairness costs",
    "write": "Writing the run folder",
    "tables": "Writing the comparison",
    "compare": "Forming clusters under each policy",
    "measure": "Measuring the plans",
}


def say(text: str) -> None:
    """Say something to the person at the keyboard (stderr)."""
    click.echo(text, err=True)


def answer(payload: dict[str, Any]) -> None:
    """Print a JSON answer to stdout."""
    click.echo(json.dumps(payload, ensure_ascii=False, indent=2))


class Reporter:
    """Shows stages and the state of the search on stderr.

    Parameters
    ----------
    quiet : bool
        Say nothing.
    every_s : float
        Seconds between two lines about a running search.
    numbered : str
        How one of many things that are tried is numbered.
    """

    def __init__(self, *, quiet: bool, every_s: float = 2.0, numbered: str = "item {} of at most {}") -> None:
        self._quiet = quiet
        self._every_s = every_s
        self._numbered = numbered
        self._last = time.monotonic()
        self._item = (0, 0)

    def stage(self, name: str) -> None:
        """Say that a stage begins."""
        if not self._quiet:
            say(f"{STAGES.get(name, name)} …")

    def comparing(self, state: Progress) -> None:
        """Say that many plans are being compared, of which none stands for the whole."""
        now = time.monotonic()
        if state.stage.endswith(PREPARING):
            self.progress(state)
        elif not self._quiet and now - self._last >= self._every_s:
            self._last = now
            say("  still comparing plans (Ctrl-C stops and keeps the best found) …")

    def item(self, number: int, of: int, words: str) -> None:
        """Say which of many things is tried, at most every few seconds; what follows is about it."""
        self._item = (number, of)
        now = time.monotonic()
        if not self._quiet and now - self._last >= self._every_s:
            self._last = now
            say(f"  {self._numbered.format(number, of)}: {words} (Ctrl-C keeps what is known) …")

    def sweep(self, state: SweepState) -> None:
        """Say how far a sweep is, at most every few seconds, and at its end."""
        now, over = time.monotonic(), state.ended == state.variants
        waits = now - self._last < self._every_s or not state.under_way
        if self._quiet or (waits and not over):
            return
        self._last = now
        kept = f" ({state.kept} kept from before)" if state.kept else ""
        shown = [*state.under_way[:3], *(["…"] if len(state.under_way) > 3 else [])]
        doing = f"; now: {'; '.join(shown)}" if shown else ""
        say(
            f"  {state.ended} of {state.variants} policies and points done, {state.made + state.kept} of "
            f"{state.known} tasks known so far{kept}, {state.seconds:.0f} s{doing}"
        )

    @property
    def tried(self) -> str:
        """How many of these were tried when somebody stopped it."""
        number, of = self._item
        return f"Stopped: {max(0, number - 1)} of at most {of} tried." if of else "Stopped: none tried."

    def checking(self, checks: int, left: int) -> None:
        """Say how far a conflict is narrowed down, at most every few seconds."""
        now = time.monotonic()
        if not self._quiet and now - self._last >= self._every_s:
            self._last = now
            say(f"  {checks:,} problems solved, {left:,} demands left (Ctrl-C keeps what is known) …")

    def progress(self, state: Progress) -> None:
        """Say how the search stands, at most every few seconds; what makes it wait, at once."""
        now = time.monotonic()
        if state.stage.endswith(PREPARING) and not self._quiet:
            say(f"  {PREPARING} (about a minute) …")
            return
        if self._quiet or now - self._last < self._every_s:
            return
        self._last = now
        number, of = self._item
        which = f"{self._numbered.format(number, of)}, " if of else ""
        stands = f"{which}{state.stage}, {state.seconds:.0f} s: {_plan_words(state)}"
        say(f"  {stands} (Ctrl-C stops and keeps the best plan)")


def _plan_words(state: Progress) -> str:
    if state.incumbent is None:
        return "no plan yet"
    if state.counted:
        least = "" if state.bound is None else f", no plan has fewer than {-state.bound}"
        return f"{state.counted} in the best plan: {-state.incumbent}{least}"
    value = f"best plan {state.incumbent / SCALE:,.1f} points"
    if state.bound is None or state.gap is None:
        return f"{value}, no bound yet"
    return f"{value}, no plan can exceed {state.bound / SCALE:,.1f} (gap {100 * state.gap:.2f} %)"


def utf8_output() -> None:
    """Let accents through on consoles that would refuse them."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
