"""Every error that matcher raises on purpose, in one tree.

A caller who wants to catch all of them catches :class:`MatcherError`. Each class knows the exit code
that the command line ends with, so that the two can never disagree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher.issues import Issue


class MatcherError(Exception):
    """Base class of all errors that matcher raises on purpose."""

    exit_code: int = 1


class UsageError(MatcherError):
    """The call itself is wrong: a path that does not exist, an output that is already there."""

    exit_code = 2


class InputError(MatcherError):
    """The intake or the policy has faults; all of them are in :attr:`issues`.

    Parameters
    ----------
    issues : sequence of Issue
        The located faults, errors and warnings, in reading order.
    """

    exit_code = 3

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        self.issues = issues
        errors = [issue for issue in issues if issue.is_error]
        head = "; ".join(str(issue) for issue in errors[:3])
        more = f" (and {len(errors) - 3} more)" if len(errors) > 3 else ""
        super().__init__(f"{len(errors)} fault(s) in the input: {head}{more}")


class InfeasibleError(MatcherError):
    """The hard rules contradict each other: no plan exists."""

    exit_code = 4


class NoPlanError(MatcherError):
    """A limit was reached before any plan was found."""

    exit_code = 6


class RefereeError(MatcherError):
    """A solver's claim does not survive the independent referee. Always a defect of matcher."""


class VerificationError(MatcherError):
    """A run folder does not agree with its own record."""
