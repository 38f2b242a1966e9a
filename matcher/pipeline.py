"""The whole route, the only module that knows it: file → … → plan → run folder."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from matcher.analysis.build import build_document
from matcher.analysis.conflict import conflict_sentences, locks_explain_all
from matcher.analysis.document import PlanDocument
from matcher.analysis.fairness import fairness_price
from matcher.analysis.first_things import first_things
from matcher.analysis.model_words import around_of, said
from matcher.analysis.outlook import build_outlook
from matcher.analysis.reach import reach_issues
from matcher.analysis.smallest import smallest_conflict
from matcher.encoding import Encoding, encode
from matcher.encoding.budget import budget_of
from matcher.encoding.leads import is_lock_row
from matcher.encoding.reserve import reserve_of
from matcher.exceptions import InfeasibleError, InputError, NoPlanError
from matcher.intake import read_intake
from matcher.intake.checks import check_intake
from matcher.intake.origin import IntakeReading, Origin
from matcher.issues import Issue
from matcher.models import find_plan
from matcher.plan import Plan
from matcher.policy.fairness import Fairness
from matcher.policy.loader import dump_policy
from matcher.policy.model import Policy
from matcher.profiles import Intake, Link
from matcher.questions import Answers
from matcher.questions.allowance import Allowance
from matcher.report.pins import REASON as PINNED
from matcher.result import Progress, Result, SolveStatus, StoppedBy
from matcher.rules.names import unresolved_names
from matcher.runs.record import sha256_of_text
from matcher.solution import Solution
from matcher.solvers.base import SolveSettings
from matcher.solvers.priorities import Ordered

OnStage = Callable[[str], None]

OWN_REACH = {"mentor-unreachable", "mentee-unplaceable"}
"""Codes of the checks that judge reach by the schools' own data."""
SUPPLY = {"no-mentors", "supply-short", "supply-short-country", "supply-short-language"}
"""Codes of the checks that count mentors and their places."""
POLICY_REACH = {"mentee-out-of-reach", "mentor-out-of-reach"}
"""Codes of the checks that judge reach under a policy; they name the rule that bars most."""
CONFLICT_WORK = 10.0
"""Work units that a match spends on the smallest conflict; `matcher repair` spends more."""
MOST_FINDINGS = 12
"""Findings about contradicting rules that a message lists."""
NO_PLAN_IN_TIME = (
    "The limit was reached before any plan was found. "
    "Raise solve.work_limit (or solve.time_limit_s) in the policy."
)


@dataclass(slots=True)
class Watch:
    """Listens to a run: names of stages, progress of the search, and whether to stop.

    Attributes
    ----------
    on_stage : callable or None
        Called with the name of each stage as it begins.
    on_progress : callable or None
        Called with the state of the search.
    should_stop : callable or None
        Asked during the search; the best plan so far is kept once it says True.
    on_check : callable or None
        Called during the search for the smallest conflict: problems solved, demands left.
    on_item : callable or None
        Called before each of many things is tried: which it is, of how many at most, and what it is.
    seconds : dict of str to float
        Wall-clock seconds of each stage that has ended.
    """

    on_stage: OnStage | None = None
    on_progress: Callable[[Progress], None] | None = None
    should_stop: Callable[[], bool] | None = None
    on_check: Callable[[int, int], None] | None = None
    on_item: Callable[[int, int, str], None] | None = None
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage and say that it begins."""
        if self.on_stage is not None:
            self.on_stage(name)
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = round(time.perf_counter() - began, 3)


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """A plan together with what it was made from.

    Attributes
    ----------
    plan : Plan
    encoding : Encoding
    result : Result
    """

    plan: Plan
    encoding: Encoding
    result: Result


def check(
    source: Path | str, policy: Policy | None = None, *, as_of: date | None = None
) -> tuple[IntakeReading, tuple[Issue, ...]]:
    """Read an intake and find all its faults.

    Parameters
    ----------
    source : Path or str
        Workbook, folder of CSV files, or JSON file.
    policy : Policy, optional
        Policy under which reach (who can be placed with whom) is judged; the default policy if None.
    as_of : date, optional
        Date on which links are judged; the intake's own if None.

    Returns
    -------
    reading : IntakeReading
    issues : tuple of Issue
        All faults: of reading, across rows and, when there is no error among them, of reach.

    Raises
    ------
    UsageError
        If `source` does not exist or is of no known kind.
    """
    reading = read_intake(source, as_of=as_of)
    issues = (*reading.issues, *check_intake(reading))
    if not any(issue.is_error for issue in issues):
        policy = policy or Policy()
        issues = with_policy_issues(issues, reading.intake, reading.origin, encode(reading.intake, policy))
    return reading, issues


def match(
    intake: Intake | IntakeReading,
    policy: Policy | None = None,
    *,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Plan:
    """Form clusters: the best plan under a policy, with its proof and explanations.

    Parameters
    ----------
    intake : Intake or IntakeReading
        Schools, maturity records, links, preferences. Hand over what `read_intake` or `intake_from_frames`
        returned, whole: records with a fault are not in its intake, and only the reading knows of them.
    policy : Policy, optional
        What counts and what must hold; the default policy if None.
    on_progress : callable, optional
        Called with a :class:`~matcher.result.Progress` during the search.
    should_stop : callable, optional
        Asked during the search; once it returns True the best plan so far is returned.

    Returns
    -------
    Plan

    Raises
    ------
    InputError
        If the intake has faults; the exception lists them all.
    InfeasibleError
        If the hard rules contradict each other.
    NoPlanError
        If a limit was reached before any plan was found.
    KeyboardInterrupt
        If `should_stop` ended the search before any plan was found.
    RefereeError
        If a solver's claim did not survive the independent check.
    """
    reading = intake if isinstance(intake, IntakeReading) else IntakeReading(intake)
    issues = without_needless((*reading.issues, *check_intake(reading)), policy or Policy())
    if any(issue.is_error for issue in issues):
        raise InputError(issues)
    watch = Watch(on_progress=on_progress, should_stop=should_stop)
    return form_clusters(reading.intake, policy or Policy(), issues, reading.origin, watch).plan


def form_clusters(
    intake: Intake, policy: Policy, issues: tuple[Issue, ...], origin: Origin, watch: Watch
) -> Match:
    """Encode, solve, referee and explain; the checked route behind `match` and the command line.

    Parameters
    ----------
    intake : Intake
        An intake without errors.
    policy : Policy
    issues : tuple of Issue
        Warnings found so far; they are shown in the plan.
    origin : Origin
        Where the intake's records stand.
    watch : Watch
        Listener; its `seconds` are filled.

    Returns
    -------
    Match

    Raises
    ------
    InfeasibleError, NoPlanError, RefereeError
        As for :func:`match`.
    """
    with watch.stage("score"):
        encoding = encode(intake, policy)
        issues = with_policy_issues(issues, intake, origin, encoding)
        known = conflict_sentences(encoding)
    if known:  # counting is a proof; only the smallest conflict has to be searched
        smallest = () if locks_explain_all(encoding) else _smallest(encoding, watch)
        raise InfeasibleError(contradiction_text(encoding, known, smallest, repairable=True))
    with watch.stage("solve"):
        ordered = find_plan(encoding, settings_of(policy), watch.on_progress, watch.should_stop)
        result = ordered.result
    smallest = _smallest(encoding, watch) if result.status is SolveStatus.INFEASIBLE else ()
    raise_without_plan(encoding, result, smallest)
    with watch.stage("explain"):
        document = build_document(
            encoding,
            result,
            issues,
            policy_sha256=sha256_of_text(dump_policy(policy)),
            first=first_things(ordered.reached),
        )
    document = with_outlook(document, encoding, result, watch)
    document = _with_fairness_price(document, intake, encoding, ordered, watch)
    return Match(Plan(document), encoding, result)


def _with_fairness_price(
    document: PlanDocument, intake: Intake, encoding: Encoding, ordered: Ordered, watch: Watch
) -> PlanDocument:
    """Add what fairness costs, where the policy asks for it and nobody stopped the run."""
    policy = encoding.policy
    if not policy.fairness.show_price or _is_stopped(watch):
        return document
    with watch.stage("price"):
        plain = encode(intake, policy.model_copy(update={"fairness": Fairness()}))
        found = find_plan(plain, settings_of(policy), watch.on_progress, watch.should_stop)
    if _is_stopped(watch):
        return document
    first_proven = all(step.is_proven for step in ordered.reached)
    price = fairness_price((encoding, ordered.result), (plain, found.result), first_proven=first_proven)
    return document.model_copy(update={"fairness_price": price})


def with_outlook(document: PlanDocument, encoding: Encoding, result: Result, watch: Watch) -> PlanDocument:
    """Add what could change in the plan, and at what price, where the policy asks for it.

    A search that was interrupted gets none: whoever stopped it wants to see the plan. Nor does a plan whose
    outlook was interrupted: half of one would look like a whole one.
    """
    if not has_outlook(encoding.policy) or _is_stopped(watch) or result.host_of is None:
        return document
    if document.first:  # prices are in points, and points did not come first
        return document
    with watch.stage("outlook"):
        plan, policy = Solution(result.host_of), encoding.policy
        limit = policy.outlook.work_limit
        allowance = Allowance() if limit is None else Allowance(limit)
        answers = Answers(settings_of(policy), should_stop=watch.should_stop, allowance=allowance)
        answers.remember(encoding.problem, plan, bound=result.bound)
        try:
            outlook = build_outlook(encoding, plan, bound=result.bound, answers=answers)
        except KeyboardInterrupt:
            if not _is_stopped(watch):  # not asked for through the watch: whoever calls wants to hear of it
                raise
            return document
    return document if _is_stopped(watch) else document.model_copy(update={"outlook": outlook})


def has_outlook(policy: Policy) -> bool:
    """Whether a plan gets an outlook: only where each cluster has one mentor, who may drop out."""
    return policy.outlook.enabled and not policy.peers.enabled and not policy.chooses_leads


def lacks_outlook(document: PlanDocument, policy: Policy) -> bool:
    """Whether a plan lacks the outlook that its policy asks for, because somebody stopped the run."""
    return has_outlook(policy) and document.outlook is None and not document.first


def _is_stopped(watch: Watch) -> bool:
    return watch.should_stop is not None and watch.should_stop()


def _smallest(encoding: Encoding, watch: Watch) -> tuple[str, ...]:
    """Find the smallest conflict and say it; empty once a stop was asked for."""
    if _is_stopped(watch):
        return ()
    with watch.stage("conflict"):
        return smallest_conflict(encoding, watch.should_stop, watch.on_check, CONFLICT_WORK)[2]


def settings_of(policy: Policy) -> SolveSettings:
    """Search limits of a policy, as the solvers take them."""
    limits = policy.solve
    return SolveSettings(
        work_limit=limits.work_limit,
        time_limit_s=limits.time_limit_s,
        relative_gap=limits.relative_gap,
        workers=limits.workers,
        seed=limits.seed,
    )


def with_pins(intake: Intake, pins: tuple[Link, ...]) -> Intake:
    """Return the intake with further links, e.g. the pins of a result workbook."""
    return intake.model_copy(update={"links": (*intake.links, *pins)}) if pins else intake


def with_overrides(policy: Policy, **changes: object) -> Policy:
    """Return the policy with some search settings replaced; None leaves a setting as it is.

    Raises
    ------
    pydantic.ValidationError
        If a value is out of range.
    """
    given = {name: value for name, value in changes.items() if value is not None}
    if not given:
        return policy
    solve_part = type(policy.solve).model_validate(policy.solve.model_dump() | given)
    return policy.model_copy(update={"solve": solve_part})


def without_needless(issues: tuple[Issue, ...], policy: Policy) -> tuple[Issue, ...]:
    """Take out what is no fault under a policy: groups of equals need neither mentors nor their places."""
    needless = OWN_REACH | SUPPLY if policy.peers.enabled else frozenset()
    return tuple(issue for issue in issues if issue.code not in needless)


def with_policy_issues(
    issues: tuple[Issue, ...], intake: Intake, origin: Origin, encoding: Encoding
) -> tuple[Issue, ...]:
    """Add what only a policy can tell; it takes the place of what the schools' own data told of reach.

    `intake` is in the order of its files, which the encoding's is not: rows are located by it.
    """
    reach = reach_issues(intake, origin, encoding)
    told = {issue.value for issue in reach if issue.code in POLICY_REACH}
    kept = tuple(
        issue
        for issue in without_needless(issues, encoding.policy)
        if issue.code not in OWN_REACH or issue.value not in told
    )
    return (*kept, *unresolved_names(intake, encoding.policy), *reach)


def contradiction_text(
    encoding: Encoding, known: tuple[str, ...], smallest: tuple[str, ...] = (), *, repairable: bool = False
) -> str:
    """Say what is known about why no plan exists, one finding a line, and what can be done.

    With `repairable`, the intake and the policy of the encoding are files that `matcher repair` can read.
    """
    lines = ["No plan can keep all hard rules:", *(f"  - {sentence}" for sentence in known[:MOST_FINDINGS])]
    if len(known) > MOST_FINDINGS:
        lines.append(f"  … and {len(known) - MOST_FINDINGS} more like these.")
    if smallest:
        lines += ["The smallest conflict found:", *(f"  · {sentence}" for sentence in smallest)]
    text = "\n".join([*lines, *_advice(encoding, (*known, *smallest), repairable=repairable)])
    return said(text, around_of(encoding.policy), [school.name for school in encoding.intake.schools])


def _advice(encoding: Encoding, told: tuple[str, ...], *, repairable: bool) -> list[str]:
    """Say what can be done about a contradiction; nothing that this intake and policy rule out.

    A budget is to be raised only where what is `told` of the contradiction names it.
    """
    pinned = any(link.reason == PINNED for link in encoding.intake.links)
    hard = [row.key for row in encoding.problem.rows if row.price is None]
    reserve = any(map(reserve_of, hard))
    budget = any(map(budget_of, hard)) and any("budget" in sentence.lower() for sentence in told)
    lines = []
    if repairable and not pinned and not hard:  # repair knows neither pins nor what a limit on sums is worth
        lines.append("`matcher repair` with the same intake and policy lists the cheapest ways out.")
    ways = ["Make one of these rules soft"]
    if len(encoding.problem.locked) or any(map(is_lock_row, hard)):
        ways.append("take out the pin or the lock that is named")
    if reserve:
        ways.append("ask for a smaller reserve (rules.load.reserve)")
    if budget:
        ways.append("raise the budget (money.budget)")
    said = ", or ".join(ways)
    if not encoding.policy.rules.unassigned.allowed:
        said += "; rules.unassigned.allowed: true in the policy lets a school stay without a mentor"
    return [*lines, f"{said}."]


def raise_without_plan(encoding: Encoding, result: Result, smallest: tuple[str, ...] = ()) -> None:
    """Raise what fits a result without a plan: infeasible, interrupted, or a limit that came too soon."""
    if result.host_of is not None:
        return
    if result.status is SolveStatus.INFEASIBLE:
        raise InfeasibleError(
            contradiction_text(
                encoding,
                ("The search proved it; counting alone does not show why.",),
                smallest,
                repairable=bool(smallest),
            )
        )
    if result.stopped_by is StoppedBy.INTERRUPT:
        raise KeyboardInterrupt
    raise NoPlanError(NO_PLAN_IN_TIME)
