"""What is wrong with one cell, before it is known where the cell stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from matcher.issues import Issue, Location, Severity


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of one cell; with a place and a value it becomes an issue."""

    severity: Severity
    code: str
    problem: str
    advice: str

    def at(self, location: Location, value: str) -> Issue:
        """Return the issue that this fault is at `location`."""
        return Issue(self.severity, self.code, location, value, self.problem, self.advice)

    @property
    def is_error(self) -> bool:
        """Whether the fault stops the run."""
        return self.severity is Severity.ERROR


class Parsed(NamedTuple):
    """What a cell means (None when unknown) and what is wrong with it."""

    value: Any
    faults: tuple[Fault, ...] = ()


def error(code: str, problem: str, advice: str) -> Fault:
    """Return a fault that stops the run."""
    return Fault(Severity.ERROR, code, problem, advice)


def warning(code: str, problem: str, advice: str) -> Fault:
    """Return a fault that does not stop the run."""
    return Fault(Severity.WARNING, code, problem, advice)


def refused(code: str, problem: str, advice: str) -> Parsed:
    """Return no value and one error."""
    return Parsed(None, (error(code, problem, advice),))
