"""From one intake and many policies to a comparison, and its files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.analysis.comparison_document import ComparisonDocument
from matcher.exceptions import InputError, UsageError
from matcher.intake.checks import check_intake
from matcher.intake.origin import IntakeReading
from matcher.issues import Issue
from matcher.laboratory.asides import Asides, asides_of
from matcher.laboratory.cache import Cache, FolderCache, MemoryCache
from matcher.laboratory.comparison import build_comparison, plan_key, yardstick_of
from matcher.laboratory.engine import SweepState, run_variants
from matcher.laboratory.findings import with_findings
from matcher.laboratory.ground import Ground
from matcher.laboratory.noise import kept_by_plan
from matcher.laboratory.tasks import material_of
from matcher.laboratory.trade import Axes, read_trades
from matcher.laboratory.variant import Outcome, Variant
from matcher.laboratory.variants import Grid, read_policies, refuse_twice, variants_of
from matcher.laboratory.workers import Cluster, Here, Processes, Workers
from matcher.pipeline import NO_PLAN_IN_TIME, Watch
from matcher.policy.model import Policy
from matcher.profiles import Intake
from matcher.report.compare import DOCUMENT_NAME, PAGE_NAME, TABLE_NAME, WORKBOOK_NAME, comparison_files
from matcher.report.compare.tidy import tidy_rows
from matcher.runs.folder import Kind, fresh_folder, write_all

if TYPE_CHECKING:
    import pandas as pd

COMPARISON = Kind("a comparison", DOCUMENT_NAME, (PAGE_NAME, WORKBOOK_NAME, TABLE_NAME, DOCUMENT_NAME))
SMALL = 20_000
"""Pairs of schools, over all policies and points, that one process has done before others are there."""
LIMITS = ("work-limit", "time-limit")


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison, and what it was made from.

    Attributes
    ----------
    document : ComparisonDocument
    outcomes : tuple of Outcome
        Of the variants, in their order.
    """

    document: ComparisonDocument
    outcomes: tuple[Outcome, ...]

    @property
    def exit_code(self) -> int:
        """0 done; 4 if no policy gave a plan; 5 if a limit ended a search before its proof."""
        limited = any(one.failure == NO_PLAN_IN_TIME or _at_limit(one) for one in self.outcomes)
        if limited:
            return 5
        return 0 if any(one.document is not None for one in self.outcomes) else 4

    def to_frame(self) -> pd.DataFrame:
        """Every figure in a row of its own, as in ``compare.csv``; unknown is NaN."""
        import pandas as pd  # noqa: PLC0415 - `import matcher` stays light

        frame = pd.DataFrame(tidy_rows(self.document))
        return frame.astype({"value": "float64"})

    def write(self, out: Path | str, *, force: bool = False) -> Path:
        """Write page, workbook, table and document into a new folder; raises UsageError if it may not be."""
        with fresh_folder(Path(out), force=force, kind=COMPARISON) as scratch:
            write_all(scratch, comparison_files(self.document))
        return Path(out)


def compare(
    intake: Intake | IntakeReading,
    policies: Sequence[Policy | Path | str],
    *,
    vary: Grid | None = None,
    trade: Sequence[str] = (),
    sensitivity: float | None = None,
    noise: int = 0,
    baseline: str | None = None,
    seed: int | None = None,
    jobs: int = 1,
    cluster: str | None = None,
    cache: Path | str | None = None,
) -> Compared:
    """Run many policies, and every point of sweeps over them, on one intake, side by side.

    Parameters
    ----------
    intake : Intake or IntakeReading
        What `read_intake` returned, whole, or an intake built in code.
    policies : sequence of Policy, Path or str
        Policies, policy files, or names of policies that come with matcher.
    vary : mapping of str to sequence, optional
        Values of settings by their dotted name, e.g. ``{"criteria.travel": [0, 0.5, 1]}``, tried in every
        combination for every policy, beside each policy as it is.
    trade : sequence of str
        Two metrics each, ``"fit_mean:km_mean"``: the plans that no other beats in both.
    sensitivity : float, optional
        Change every weight and price of every policy by this share, down and up, and switch off every rule,
        one at a time; None leaves it out.
    noise : int
        How often maturity scores are drawn anew within their uncertainty and every policy is run on them.
    baseline : str, optional
        Name of the policy against which the others are told, and by which all are judged.
    seed : int, optional
        Of everything random; each policy's own if not given.
    jobs : int
        Processes.
    cluster : str, optional
        Address of a Dask scheduler; then `jobs` does not count.
    cache : Path or str, optional
        Folder in which answers are kept, so that nothing is done twice.

    Returns
    -------
    Compared
        The same for any number of processes.

    Raises
    ------
    InputError
        If the intake, a policy or a setting has faults; all are listed.
    UsageError
        If two policies have the same name, the baseline is none of them, there is no such metric or cluster,
        or the share or number of draws is out of its range.
    """
    reading = intake if isinstance(intake, IntakeReading) else IntakeReading(intake)
    issues = (*reading.issues, *check_intake(reading))
    if any(issue.is_error for issue in issues):
        raise InputError(issues)
    trades = read_trades(trade)
    variants = variants_of(_read(policies), vary, seed=seed)
    refuse_baseline(variants, baseline)
    asides = asides_of(variants, reading.intake, sensitivity=sensitivity, noise=noise, seed=seed or 0)
    kept: Cache = MemoryCache() if cache is None else FolderCache(Path(cache))
    workers = workers_for([*variants, *asides.variants], reading.intake, jobs=jobs, cluster=cluster)
    return compare_variants(
        reading,
        issues,
        variants,
        workers,
        kept,
        asides=asides,
        trades=trades,
        baseline=baseline,
        seed=seed,
    )


def compare_variants(
    reading: IntakeReading,
    issues: tuple[Issue, ...],
    variants: Sequence[Variant],
    workers: Workers,
    cache: Cache,
    *,
    asides: Asides | None = None,
    trades: Sequence[Axes] = (),
    baseline: str | None = None,
    seed: int | None = None,
    watch: Watch | None = None,
    on_state: Callable[[SweepState], None] | None = None,
) -> Compared:
    """Take variants to their plans and compare these; the checked route behind `compare`.

    Parameters
    ----------
    reading : IntakeReading
        Without errors.
    issues : tuple of Issue
        Warnings found so far.
    variants : sequence of Variant
    workers : Workers
    cache : Cache
    asides : Asides, optional
        What else is run, to be counted.
    trades : sequence of (str, str)
        Metrics that are held against each other.
    baseline : str, optional
    seed : int, optional
        Of the drop-outs drawn at random.
    watch : Watch, optional
    on_state : callable, optional
        Told how far the sweep is.

    Returns
    -------
    Compared

    Raises
    ------
    SweepStoppedError
        If the watch said stop before all plans were there.
    """
    watch, asides = watch or Watch(), asides or Asides()
    with watch.stage("compare"):
        every = run_variants(
            material_of(reading, issues),
            [*variants, *asides.variants],
            workers,
            cache,
            on_state=on_state,
            should_stop=watch.should_stop,
        )
    keys = {variant.key for variant in variants}
    outcomes = tuple(one for one in every if one.variant.key in keys)
    with watch.stage("measure"):
        ground = Ground(
            reading.intake,
            {plan_key(one): one for one in outcomes},
            asides,
            [one for one in every if one.variant.key not in keys],
            yardstick_of(reading.intake, outcomes, baseline=baseline)[0],
        )
        document = build_comparison(
            reading.intake,
            outcomes,
            baseline=baseline,
            noise=kept_by_plan(ground),
            seed=seed or 0,
            on_item=_from_one(watch.on_item),
            should_stop=watch.should_stop,
        )
        document = with_findings(document, ground, trades)
    return Compared(document, outcomes)


def workers_for(
    variants: Sequence[Variant],
    intake: Intake,
    *,
    jobs: int,
    cluster: str | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Workers:
    """Choose who makes the tasks; several processes only where they pay for their start.

    Parameters
    ----------
    variants : sequence of Variant
    intake : Intake
    jobs : int
        Processes at most.
    cluster : str, optional
        Address of a Dask scheduler.
    should_stop : callable, optional

    Raises
    ------
    UsageError
        If there is no such cluster, or Dask is not installed.
    """
    if cluster is not None:
        return Cluster(cluster)
    pairs = len(variants) * len(intake.mentees) * max(1, len(intake.mentors))
    number = min(jobs, len(variants) if pairs > SMALL or len(variants) > 2 else 1)
    return Processes(number) if number > 1 else Here(should_stop)


def refuse_baseline(variants: Sequence[Variant], baseline: str | None) -> None:
    """Raise UsageError if the baseline is none of the variants, before anything is run."""
    keys = [variant.key for variant in variants]
    layered = [f"{one.key}/{layer.key}" for one in variants for layer in one.policy.layers.of]
    if baseline is not None and baseline not in (*keys, *layered):
        raise UsageError(
            f"--baseline {baseline} is none of what is compared: {', '.join(keys[:20])}"
            f"{' …' if len(keys) > 20 else ''}. Give the 'name' that stands in one of the policy files."
        )


def _read(policies: Sequence[Policy | Path | str]) -> tuple[Policy, ...]:
    files = read_policies([one for one in policies if not isinstance(one, Policy)])
    read = iter(files)
    found = tuple(one if isinstance(one, Policy) else next(read) for one in policies)
    refuse_twice(found)
    return found


def _at_limit(outcome: Outcome) -> bool:
    document = outcome.document
    return document is not None and document.proof.stopped_by in LIMITS


def _from_one(on_item: Callable[[int, int, str], None] | None) -> Callable[[int, int, str], None] | None:
    """Count from 1 for whoever watches."""
    if on_item is None:
        return None
    return lambda number, of, title: on_item(number + 1, of, title)
