"""A job: one variant from its policy to its outcome, as tasks that somebody else makes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from matcher.analysis.conflict import conflict_sentences
from matcher.analysis.document import PlanDocument
from matcher.encoding import encode
from matcher.exceptions import MatcherError
from matcher.laboratory.answers import Answer, result_from_json
from matcher.laboratory.redraw import redrawn
from matcher.laboratory.tasks import MatchWhole, Material, SolvePart, Task, Tell
from matcher.laboratory.variant import Outcome, Variant
from matcher.models.search import is_ordered
from matcher.pipeline import NO_PLAN_IN_TIME, settings_of
from matcher.policy.model import Policy
from matcher.result import Result, SolveStatus
from matcher.solvers.dispatch import judge
from matcher.solvers.division import Division, divide, unite


def is_whole(policy: Policy) -> bool:
    """Whether a policy is matched in one go: its parts are not independent of each other.

    So it is where something comes before points, where layers are tied together, and where a gap of the
    whole is allowed, which the parts share.
    """
    return is_ordered(policy) or bool(policy.layers.of) or policy.solve.relative_gap > 0


@dataclass(slots=True, eq=False)
class Job:
    """One variant on its way.

    Attributes
    ----------
    variant : Variant
    material : Material
    outcomes : tuple of Outcome
        One, or one a layer; empty until the job is done.
    """

    variant: Variant
    material: Material
    outcomes: tuple[Outcome, ...] = ()
    _seconds: float = 0.0
    _division: Division | None = None
    _results: list[Result | None] = field(default_factory=list)

    def begin(self) -> Sequence[Task]:
        """Encode and split; the first tasks, none if the job is over before it began."""
        policy = self.variant.policy
        if self.variant.draw is not None:
            self.material = redrawn(self.material, self.variant.draw)
        if is_whole(policy):
            return self._whole()
        try:
            encoding = encode(self.material.intake, policy)
            if conflict_sentences(encoding):
                return self._whole()
            division = divide(encoding.problem, policy.solve.method)
        except MatcherError as error:
            return self._fail(str(error))
        if division.is_contradiction:
            return self._whole()
        self._division, self._results = division, [None] * len(division.parts)
        return [
            SolvePart(
                f"{self.variant.key}, part {number} of {len(division.parts)}",
                part.problem,
                settings_of(policy),
                policy.solve.method,
            )
            for number, part in enumerate(division.parts, start=1)
        ]

    def take(self, slot: int, answer: Answer) -> Sequence[Task]:
        """Take the answer of the task at `slot` of the latest tasks; the next tasks once all are there."""
        content = answer.content
        if "result" in content:
            self._seconds += answer.seconds
            self._results[slot] = result_from_json(content["result"])
            return self._united()
        if "failure" in content:
            return self._fail(content["failure"])
        if self._division is None:  # it was matched in one go
            self._seconds += answer.seconds
        return self._end(
            Outcome(self.variant, PlanDocument.from_json(text), seconds=self._seconds, layer=layer)
            for layer, text in content["documents"]
        )

    def _united(self) -> Sequence[Task]:
        """Put the parts together and let the referee judge; nothing until all are there."""
        division, policy = self._division, self.variant.policy
        results = [result for result in self._results if result is not None]
        if division is None or len(results) < len(division.parts):
            return ()
        whole = unite(division, results, policy.solve.seed)
        judge(division.problem, whole)
        self._results = []
        if whole.status is SolveStatus.INFEASIBLE:
            return self._whole()
        if whole.host_of is None:
            return self._fail(NO_PLAN_IN_TIME)
        return [Tell(f"{self.variant.key}, reasons", self.material, policy, whole)]

    def _whole(self) -> Sequence[Task]:
        """Match in one go; where rules contradict each other, that finds the smallest conflict, too."""
        self._division = None
        return [MatchWhole(self.variant.key, self.material, self.variant.policy)]

    def _fail(self, failure: str) -> Sequence[Task]:
        return self._end([Outcome(self.variant, None, failure=failure, seconds=self._seconds)])

    def _end(self, outcomes: Iterable[Outcome]) -> Sequence[Task]:
        self.outcomes, self._division = tuple(outcomes), None
        return ()
