from __future__ import annotations

import math

import pytest

from matcher.analysis.why_not import Known, why_not_host
from matcher.analysis.why_not_document import WhyNot
from matcher.questions import Answers
from matcher.solution import Solution
from matcher.solvers.base import SolveSettings
from tests.analysis.plans import solved
from tests.encoding.builders import intake, school, wish, wish_policy

SCHOOLS = (
    school("a", phases=["vocational"]),
    school("m1", phases=["primary"]),
    school("m2", country="HU", phases=["vocational"]),
)
RULES = {"country": {"strength": "soft", "price": 50}, "phase": {"strength": "soft", "price": 10}}


def asked(host: int) -> WhyNot:
    """School a is with m1 (worth 100 - 10 for the phase); m2 is worth 0 - 50 for the country."""
    encoding, result = solved(intake(*SCHOOLS, wishes=wish("a", "m1")), wish_policy(rules=RULES))
    assert result.host_of is not None
    assert result.host_of.tolist() == [0]
    answers = Answers(SolveSettings(work_limit=1.0))
    return why_not_host(Known(encoding, Solution(result.host_of), result.bound, answers), 0, host)


def test_each_soft_rule_that_breaks_or_holds_again_stands_with_its_price() -> None:
    text = asked(1).text()
    assert "  - soft rules broken: −40\n" in text
    assert (
        "Soft rules that it would break:\n"
        "  - Country: the mentee is in Croatia, the mentor in Hungary (−50 points)\n"
    ) in text
    assert "Soft rules that it would keep again:\n  - Phase: no phase in common" in text
    assert "(+10 points)" in text


@pytest.mark.parametrize("host", [1, -1])
def test_the_breaches_add_up_to_what_the_soft_rules_change(host: int) -> None:
    found = asked(host)
    change = sum(part.change for part in found.parts if part.label == "soft rules broken")
    lost, back = ([one.price or 0 for one in some] for some in (found.gave_way, found.kept_again))
    assert math.fsum(back) - math.fsum(lost) == change != 0


def test_a_school_left_without_a_mentor_is_counted_once() -> None:
    found = asked(-1)
    assert [part.label for part in found.parts].count("schools without a mentor") == 1
    assert found.gave_way == ()
    assert "Soft rules that it would break" not in found.text()
