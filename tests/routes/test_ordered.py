"""Questions that are answered in points, asked of a run in which points do not come first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.changes import Change, ChangeKind
from matcher.exceptions import UsageError
from matcher.intake.checks import check_intake
from matcher.intake.origin import IntakeReading, Origin
from matcher.layered import form_layers
from matcher.pipeline import Watch
from matcher.policy.loader import policy_from_mapping
from matcher.policy.stability import Stability, StabilityMode
from matcher.routes.cover import find_cover
from matcher.routes.explain import explain_school, explain_swap, explain_why_not, find_relaxations
from matcher.routes.layers import write_layers
from matcher.routes.plans import find_plans
from matcher.routes.rematch import rematch
from matcher.routes.repair import repair
from matcher.routes.score import NOT_OF_A_LAYER, NOT_SOUGHT, score_edit
from matcher.runs.verify import verify_run
from matcher.runs.write import RunInputs
from tests.routes.runs import intake, policy, write_small_run

STABLE = Stability(mode=StabilityMode.FEWEST_BLOCKING)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    used = policy().model_copy(update={"stability": STABLE})
    return write_small_run(tmp_path_factory.mktemp("ordered") / "run", used)


@pytest.mark.parametrize(
    ("ask", "what"),
    [
        (lambda run: explain_why_not(run, "E1", "M2"), "The price of a wish"),
        (lambda run: explain_swap(run, "E1", "E3"), "The price of a wish"),
        (find_relaxations, "The price of a wish or of a relaxed rule"),
        (find_plans, "The worth of other plans"),
        (find_cover, "What a drop-out costs"),
        (lambda run: rematch(run, [Change(change=ChangeKind.SCHOOL_LEAVES, school="E1")]), "What moves gain"),
    ],
    ids=["why-not", "swap", "relaxations", "plans", "cover", "rematch"],
)
def test_a_question_counted_in_points_is_refused_with_the_reason(
    run: Path, ask: Callable[[Path], object], what: str
) -> None:
    with pytest.raises(UsageError, match=f"{what}.* is counted in points, but in policy 'closeness'"):
        ask(run)


def test_a_school_is_still_explained(run: Path) -> None:
    assert explain_school(run, "E1").explanation.school.school_id == "E1"


def test_an_edit_is_judged_but_no_best_plan_with_it_is_sought(run: Path) -> None:
    report = score_edit(run, [Change(change=ChangeKind.MOVE, school="E2", other="M3")])
    assert report.allowed
    assert report.answer is None
    assert report.sentences[1:] == (NOT_SOUGHT,)


def test_a_repair_says_that_it_works_and_nothing_of_points() -> None:
    tight = policy(unassigned={"allowed": False}, load={"min": 0, "max": 1})
    found = repair(intake(), tight.model_copy(update={"stability": STABLE}))
    assert found.repairs
    assert {(one.works, one.points, one.placed) for one in found.repairs} == {(True, None, None)}
    assert found.repairs[0].quality.startswith("A plan was found that keeps all other rules")


def test_such_a_run_verifies(run: Path) -> None:
    assert verify_run(run).faults == ()


@pytest.fixture(scope="module")
def layer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A layer found with another: the one mentor near by is taken, so that it is not its own best plan."""
    layers = {"of": [{"key": "one", "title": "One"}, {"key": "two", "title": "Two"}]}
    used = policy_from_mapping(policy().model_dump(mode="json", exclude_unset=True) | {"layers": layers})
    given, folder = intake(), tmp_path_factory.mktemp("layered") / "plan"
    layered = form_layers(given, used, check_intake(IntakeReading(given)), Origin(), Watch())
    write_layers(folder, layered, used, RunInputs(given, used), {})
    return folder / "two"


@pytest.mark.parametrize(
    "ask",
    [
        lambda run: explain_why_not(run, "E1", "M2"),
        find_relaxations,
        find_plans,
        find_cover,
        lambda run: rematch(run, [Change(change=ChangeKind.SCHOOL_LEAVES, school="E1")]),
    ],
    ids=["why-not", "relaxations", "plans", "cover", "rematch"],
)
def test_of_one_layer_among_several_no_question_counted_in_points_is_answered(
    layer: Path, ask: Callable[[Path], object]
) -> None:
    """Its bound holds with the other layers as they are, not for its own policy: worths would be wrong."""
    with pytest.raises(UsageError, match="this run is one layer of several"):
        ask(layer)


def test_an_edit_of_a_layer_is_judged_alone(layer: Path) -> None:
    report = score_edit(layer, [Change(change=ChangeKind.MOVE, school="E2", other="M3")])
    assert report.answer is None
    assert NOT_OF_A_LAYER in " ".join(report.sentences)
    assert verify_run(layer).passed
