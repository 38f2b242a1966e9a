"""From a run and a school to its explanation, and to the price of wishing otherwise."""

from __future__ import annotations

from pathlib import Path

from matcher.analysis.asked_school import school_of
from matcher.analysis.cluster_story import ClusterStory, cluster_story
from matcher.analysis.document_part import DocumentPart
from matcher.analysis.explanation import Explanation, explain
from matcher.analysis.outlook_document import Relaxation
from matcher.analysis.relaxations import relaxations_of
from matcher.analysis.why_not import Known, why_not_host, why_not_swap
from matcher.analysis.why_not_document import WhyNot
from matcher.analysis.wording import said_points
from matcher.exceptions import UsageError
from matcher.models import refuse_if_ordered
from matcher.pipeline import Watch, settings_of
from matcher.profiles import Role
from matcher.questions import Answers
from matcher.runs.opened import OpenRun, open_run
from matcher.solution import UNASSIGNED

NOBODY = "none"
"""Stands for no mentor at all."""


class SchoolStory(DocumentPart):
    """What there is to say about one school of a run."""

    explanation: Explanation
    cluster: ClusterStory | None
    """Where its cluster's points come from; None where it is in none."""

    def text(self) -> str:
        """Return it as plain text, one fact a line."""
        own, parts = self.explanation.school.school_id, [self.explanation.text()]
        if self.cluster is None:
            return parts[0]
        if self.explanation.school.role is Role.MENTOR:
            return f"{parts[0]}\n{self.cluster.text()}"
        shared = [one for one in self.cluster.shared if own in (one.first, one.second)]
        lines = ["What it adds by sharing a cluster (cohesion):"] if shared else []
        for one in shared:
            other = one.second if one.first == own else one.first
            lines.append(f"  - with {self.cluster.names[other]} ({other}): {said_points(one.points)} points")
        return "\n".join([*parts, *lines, ""]) if lines else parts[0]


def explain_school(run: OpenRun | Path | str, school: str) -> SchoolStory:
    """Explain one school or cluster of a run.

    Parameters
    ----------
    run : OpenRun, Path or str
    school : str
        Id of a mentee, a mentor or a cluster.

    Returns
    -------
    SchoolStory

    Raises
    ------
    UsageError
        If the run has no such school or cluster; the message names the nearest.
    """
    run = _opened(run)
    document = run.document
    own = school_of(document, school)
    explanation = explain(document, own)
    card = explanation.cluster
    return SchoolStory(
        explanation=explanation,
        cluster=None if card is None else cluster_story(document, run.encoding, card),
    )


def explain_why_not(
    run: OpenRun | Path | str, mentee: str, mentor: str | None, *, watch: Watch | None = None
) -> WhyNot:
    """Say why a mentee does not have a mentor: the rules that bar it, or the exact price of insisting.

    The pair is locked and the plan made anew; its price is the difference of the two best plans.

    Parameters
    ----------
    run : OpenRun, Path or str
    mentee, mentor : str
        School ids; `mentor` None asks for leaving the mentee without one.
    watch : Watch, optional
        Listens to the search and may stop it.

    Returns
    -------
    WhyNot

    Raises
    ------
    UsageError
        If there is no such school, or it has the other role; the message names the nearest.
    VerificationError
        If the run was changed after it was written.
    """
    run = _opened(run)
    at = _position(run, mentee, Role.MENTEE)
    host = UNASSIGNED if mentor is None else _position(run, mentor, Role.MENTOR)
    return why_not_host(_known(run, watch), at, host)


def explain_swap(run: OpenRun | Path | str, mentee: str, other: str, *, watch: Watch | None = None) -> WhyNot:
    """Say what two mentees exchanging their mentors would cost.

    Parameters
    ----------
    run : OpenRun, Path or str
    mentee, other : str
        School ids of two mentees with different mentors.
    watch : Watch, optional
        Listens to the search and may stop it.

    Returns
    -------
    WhyNot

    Raises
    ------
    UsageError
        If there is no such mentee, or the two have the same mentor.
    """
    run = _opened(run)
    first, second = _position(run, mentee, Role.MENTEE), _position(run, other, Role.MENTEE)
    if int(run.solution.host_of[first]) == int(run.solution.host_of[second]):
        raise UsageError(f"{mentee} and {other} have the same mentor: there is nothing to exchange.")
    return why_not_swap(_known(run, watch), first, second)


def find_relaxations(run: OpenRun | Path | str, *, watch: Watch | None = None) -> tuple[Relaxation, ...]:
    """Find what would improve a plan most, if it were given up; at most ten, most valuable first.

    Parameters
    ----------
    run : OpenRun, Path or str
    watch : Watch, optional

    Returns
    -------
    tuple of Relaxation
        Each solved anew.
    """
    run = _opened(run)
    known = _known(run, watch)
    return relaxations_of(
        known.encoding,
        known.plan,
        bound=known.bound,
        answers=known.answers,
        large_groups=True,
        on_item=None if watch is None else watch.on_item,
    )


def _position(run: OpenRun, asked: str, role: Role) -> int:
    own = school_of(run.document, asked, role)
    ids = run.encoding.mentee_ids if role is Role.MENTEE else run.encoding.host_ids
    if own not in ids:
        card = run.document.school(own)
        raise UsageError(f"{card.name} ({own}) is a {card.role}; a {role} is asked for here.")
    return ids.index(own)


def _opened(run: OpenRun | Path | str) -> OpenRun:
    return run if isinstance(run, OpenRun) else open_run(run)


def _known(run: OpenRun, watch: Watch | None) -> Known:
    refuse_if_ordered(run.encoding.policy, "The price of a wish or of a relaxed rule", run.document.first)
    watch = watch or Watch()
    bound = run.document.proof.bound_units
    answers = Answers(
        settings_of(run.encoding.policy), on_progress=watch.on_progress, should_stop=watch.should_stop
    )
    answers.remember(run.encoding.problem, run.solution, bound=bound)
    return Known(run.encoding, run.solution, bound, answers)
