from __future__ import annotations

import pytest

from matcher.analysis.outlook import build_outlook
from matcher.questions import Answers
from matcher.questions.allowance import Allowance
from matcher.solution import Solution
from matcher.solvers.base import SolveSettings
from tests.analysis.plans import solved
from tests.encoding.builders import intake, school, wish_policy


@pytest.mark.parametrize(("mentees", "left_aside"), [(20, 0), (21, 21)])
def test_the_outlook_says_how_many_schools_are_in_groups_too_large_to_look_into(
    mentees: int, left_aside: int
) -> None:
    ids = [f"a{at:02}" for at in range(mentees)]
    schools = (*(school(one) for one in ids), school("m1", max_load=mentees))
    encoding, result = solved(intake(*schools), wish_policy())
    assert result.host_of is not None
    answers = Answers(SolveSettings(work_limit=1.0))
    found = build_outlook(encoding, Solution(result.host_of), bound=result.bound, answers=answers)
    assert found.left_aside == left_aside


def test_without_work_the_outlook_says_what_is_not_calculated_and_gives_no_figure_for_it() -> None:
    schools = (school("a1"), school("a2"), school("m1", max_load=2))
    encoding, result = solved(intake(*schools), wish_policy())
    assert result.host_of is not None
    answers = Answers(SolveSettings(work_limit=1.0), allowance=Allowance(0.0))
    found = build_outlook(encoding, Solution(result.host_of), bound=result.bound, answers=answers)
    assert (found.prices, found.relaxations, found.cover, found.robustness, found.holding) == (
        (),
        (),
        (),
        None,
        (),
    )
    assert found.not_calculated == (
        "what else would help",
        "for 2 schools, what insisting on another mentor would cost, and whether the mentor is sure",
        "who takes over from 1 mentor that drops out",
        "30 further drop-outs at random",
    )
