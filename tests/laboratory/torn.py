"""Two mentees and two mentors whose wishes pull apart, so that the weights decide.

With v the value of the mentee's wish (weight w) and u that of the mentor's (weight x), 1 for a first choice,
3/4 for a second, 0 if not named:

- as the mentees wish (a with m1, b with m2): v = 1 + 3/4, u = 0 + 3/4;
- as the mentors wish (a with m2, b with m1): v = 0 + 1, u = 1 + 1.

The first is better where 3/4 w > 5/4 x. It is at w = 2, x = 1 (the policy as it is) and at w = 2.4; it is not
at w = 1.6; at x = 1.2 both are worth 137.5 points.
"""

from __future__ import annotations

from typing import Any

from matcher.policy.loader import policy_from_mapping
from matcher.policy.model import Policy
from tests.encoding.builders import intake, school, wish, wish_policy

INTAKE = intake(
    school("a"),
    school("b"),
    school("m1", max_load=1),
    school("m2", max_load=1),
    wishes=(*wish("a", "m1"), *wish("b", "m1", "m2"), *wish("m1", "b"), *wish("m2", "a", "b")),
)
LIKE_MENTEES = {"a": ("m1",), "b": ("m2",)}
LIKE_MENTORS = {"a": ("m2",), "b": ("m1",)}
FIT, OTHER_FIT = (200 / 3 + 75) / 2, (100 / 3 + 100) / 2
"""Mean fit of the two plans by the policy as it is, in points."""


def torn_policy(**parts: Any) -> Policy:
    plain = wish_policy(name="torn", title="Torn").model_dump(mode="json")
    plain["criteria"]["mentee_preference"]["weight"] = 2
    plain["criteria"]["mentor_preference"]["weight"] = 1
    return policy_from_mapping(plain | parts)
