"""From a run to several good plans that differ from it and from each other."""

from __future__ import annotations

from pathlib import Path

from matcher.analysis.document_part import DocumentPart
from matcher.analysis.wording import counted, rounded, rounded_or_none, said_points
from matcher.exceptions import UsageError
from matcher.models import refuse_if_ordered
from matcher.pipeline import Watch, settings_of
from matcher.problem import SCALE
from matcher.questions import Answers
from matcher.questions.several import OtherPlan, several_plans
from matcher.report.rows import Row, write_csv
from matcher.runs.files import text_file
from matcher.runs.folder import Kind, fresh_folder, write_all
from matcher.runs.opened import OpenRun, open_run
from matcher.runs.record import RunReference, reference_to
from matcher.solution import UNASSIGNED

TABLE, ANSWER = "plans.csv", "plans.json"
PLANS = Kind("several plans", ANSWER)


class PlanSketch(DocumentPart):
    """One of several plans."""

    number: int
    """1 is the plan of the run."""
    points: float
    behind: float
    """Points that it is worth less than the plan of the run."""
    at_most: float | None
    """Points that no plan exceeds which differs as much from all earlier ones; None if unknown."""
    proven: bool
    """Whether it is the best that differs as much from all earlier ones."""
    differences: tuple[int, ...]
    """Schools that have another mentor, or none, than in plans 1, 2 and so on."""
    mentors: dict[str, str | None]
    """Mentor of each mentee, by id; None for none."""


class SeveralPlans(DocumentPart):
    """Several good plans."""

    run: RunReference
    differ: int
    """Schools that have another mentor, or none, than in every earlier plan, at least."""
    plans: tuple[PlanSketch, ...]
    exhausted: bool
    """Whether it is proven that there is no further plan that differs enough."""
    names: dict[str, str]
    """Names of all schools, by id."""

    def text(self) -> str:
        """Return it as plain text, one plan a line and what is otherwise in it below."""
        first = self.plans[0]
        lines = [f"Plan 1, that of the run: {said_points(first.points)} points."]
        for plan in self.plans[1:]:
            share = f" ({plan.behind / first.points:.2%})" if first.points > 0 else ""
            sure = "proven the best that differs so much" if plan.proven else "not proven"
            lines.append(
                f"Plan {plan.number}: {said_points(plan.points)} points, {said_points(plan.behind)} fewer"
                f"{share}; {sure}. {counted(plan.differences[0], 'school is', 'schools are')} elsewhere:"
            )
            lines += [
                f"  - {self._named(mentee)}: {self._named(first.mentors[mentee])} → {self._named(mentor)}"
                for mentee, mentor in plan.mentors.items()
                if mentor != first.mentors[mentee]
            ]
        if self.exhausted:
            lines.append(
                f"No further plan differs from these in {counted(self.differ, 'school', 'schools')}."
            )
        return "\n".join(lines) + "\n"

    def _named(self, school_id: str | None) -> str:
        return "no mentor" if school_id is None else f"{self.names[school_id]} ({school_id})"

    def rows(self) -> list[Row]:
        """One row a mentee: its mentor in each plan; empty for none."""
        found: list[Row] = []
        for mentee in self.plans[0].mentors:
            row: Row = {"mentee_id": mentee, "mentee": self.names[mentee]}
            row.update({f"plan_{plan.number}": plan.mentors[mentee] for plan in self.plans})
            found.append(row)
        return found

    def write(self, out: Path | str, *, force: bool = False) -> Path:
        """Write ``plans.csv`` and ``plans.json`` into a new folder; raises UsageError if it may not be."""
        rows = self.rows()
        with fresh_folder(Path(out), force=force, kind=PLANS) as scratch:
            write_all(scratch, {TABLE: lambda path: write_csv(rows, path)})
            write_all(scratch, {ANSWER: text_file(self.model_dump_json(indent=2) + "\n")})
        return Path(out)


def find_plans(
    run: OpenRun | Path | str, *, count: int = 5, differ: int = 3, watch: Watch | None = None
) -> SeveralPlans:
    """Find the best plans that differ from the plan of a run, and from each other.

    Each is the best among all plans that differ enough from every earlier one, with its own proof.

    Parameters
    ----------
    run : OpenRun, Path or str
    count : int
        Plans in all, that of the run included; at least 2.
    differ : int
        Schools that have another mentor, or none, than in every earlier plan; at least 1.
    watch : Watch, optional
        Listener of the searches; once it says stop, no further plan is sought.

    Returns
    -------
    SeveralPlans

    Raises
    ------
    UsageError
        If `count` or `differ` is too small.
    """
    if count < 2 or differ < 1:
        raise UsageError("Ask for at least 2 plans that differ in at least 1 assignment.")
    run = run if isinstance(run, OpenRun) else open_run(run)
    refuse_if_ordered(run.encoding.policy, "The worth of other plans", run.document.first)
    watch = watch or Watch()
    encoding, bound = run.encoding, run.document.proof.bound_units
    answers = Answers(
        settings_of(encoding.policy), on_progress=watch.on_progress, should_stop=watch.should_stop
    )
    answers.remember(encoding.problem, run.solution, bound=bound)

    def on_plan(number: int) -> None:
        if watch.on_item is not None:
            watch.on_item(number, count, "seeking the best that differs enough from those before")

    found = several_plans(
        encoding.problem,
        run.solution,
        bound=bound,
        count=count,
        differ=differ,
        answers=answers,
        on_plan=on_plan,
    )
    return SeveralPlans(
        run=reference_to(run.folder, run.record),
        differ=differ,
        plans=tuple(_sketch(run, number, plan) for number, plan in enumerate(found.plans, start=1)),
        exhausted=found.exhausted,
        names={card.school_id: card.name for card in run.document.schools},
    )


def _sketch(run: OpenRun, number: int, found: OtherPlan) -> PlanSketch:
    ids = run.encoding.host_ids
    hosts = [None if host == UNASSIGNED else ids[host] for host in found.plan.host_of.tolist()]
    return PlanSketch(
        number=number,
        points=rounded(found.objective / SCALE),
        behind=rounded(found.loss / SCALE),
        at_most=rounded_or_none(None if found.bound is None else found.bound / SCALE),
        proven=found.is_proven,
        differences=found.differences,
        mentors=dict(zip(run.encoding.mentee_ids, hosts, strict=True)),
    )
