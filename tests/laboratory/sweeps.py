"""A small sweep whose tasks can be counted: two countries that do not touch, so two parts a policy."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

from matcher.intake.checks import check_intake
from matcher.intake.origin import IntakeReading
from matcher.laboratory.answers import Answer
from matcher.laboratory.cache import Cache, MemoryCache
from matcher.laboratory.engine import run_variants
from matcher.laboratory.tasks import Material, Task, material_of
from matcher.laboratory.variant import Outcome
from matcher.laboratory.variants import variants_of
from matcher.laboratory.workers import Here
from matcher.policy.model import Policy
from tests.encoding.builders import intake, school, wish, wish_policy

# one place more than schools in Croatia, two fewer in Hungary
SCHOOLS = (
    *(school(name) for name in "abcd"),
    *(school(name, country="HU") for name in "efgh"),
    school("m1", max_load=2),
    school("m2", max_load=3),
    school("m3", country="HU", max_load=2),
)
WISHES = tuple(one for name in "abcd" for one in wish(name, "m1", "m2"))
INTAKE = intake(*SCHOOLS, wishes=WISHES)
RULES = {"country": {"strength": "hard"}, "unassigned": {"allowed": True, "price": 50}}
STRICT = RULES | {"unassigned": {"allowed": False}}
OPEN = wish_policy(name="open", rules=RULES)
TOO_STRICT = wish_policy(name="strict", rules=STRICT)
VARY = {"rules.unassigned.price": (10, 20, 30, 40)}
PARTS = 2
TASKS = PARTS + 1
"""Of one variant: its parts, and saying what the plan is."""


def material() -> Material:
    reading = IntakeReading(INTAKE)
    return material_of(reading, check_intake(reading))


def texts(outcomes: tuple[Outcome, ...]) -> list[str]:
    """All that an outcome says, time apart."""
    return [
        f"{one.variant.key}/{one.layer}: {one.failure}{one.document.to_json() if one.document else ''}"
        for one in outcomes
    ]


class Counting(Here):
    """Makes tasks in this process and notes what it makes; lost is whose turn ends without an answer."""

    def __init__(self, *, lose: tuple[int, ...] = ()) -> None:
        super().__init__()
        self.made: list[str] = []
        self.turns = 0
        self._lose = lose

    def submit(self, task: Task) -> Future[Answer]:
        self.turns += 1
        if self.turns in self._lose:
            lost: Future[Answer] = Future()
            lost.set_exception(ConnectionError("lost"))
            return lost
        self.made.append(task.label)
        return super().submit(task)

    def is_loss(self, error: BaseException) -> bool:
        return isinstance(error, ConnectionError)


def sweep(
    *policies: Policy, workers: Counting | None = None, cache: Cache | None = None
) -> tuple[Outcome, ...]:
    return run_variants(
        material(), variants_of(policies, VARY), workers or Counting(), cache or MemoryCache()
    )


def entries(folder: Path) -> list[Path]:
    """Files of a cache but its marker."""
    return sorted(folder.glob("*/*.json"))
