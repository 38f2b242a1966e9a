"""What a relaxation is said to be worth is what a plan made with that very concession gains."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from matcher.analysis.relaxations import relaxation_candidates
from matcher.encoding import Encoding, encode
from matcher.policy.concessions import Concession
from matcher.policy.model import Policy
from matcher.profiles import Intake, Link
from matcher.questions import Answers
from matcher.questions.relaxations import NotApart, OnePlaceMore, Relaxing, Worth, most_valuable
from matcher.solution import Solution
from tests.encoding.builders import intake, link, school, wish_policy

MENTORS, MENTEES = ("m1", "m2", "m3"), tuple(f"s{number}" for number in range(1, 8))


def small_intake(seed: int, *, soft_locks: bool = False, soft_links: bool = False) -> Intake:
    """Seven schools and three mentors in two regions, up to 70 km apart, some of them rivals."""
    random = np.random.default_rng(seed)
    phases = (["primary"], ["vocational"], ["primary", "vocational"])
    schools = [
        school(
            one,
            latitude=45.0 + float(random.uniform(0, 0.6)),
            longitude=16.0,
            region=str(random.choice(["HR02", "HR03"])),
            phases=phases[int(random.integers(3))],
            max_load=int(random.integers(1, 4)) if one.startswith("m") else None,
            demand=int(random.choice([1, 1, 1, 2])) if one.startswith("s") else 1,
        )
        for one in (*MENTORS, *MENTEES)
    ]
    links: list[Link] = []
    for first, second in pairwise(MENTEES):
        if random.random() < 0.5:
            links.append(link("rivalry", first, second, reason="compete"))
        elif soft_links and random.random() < 0.7:
            links.append(link("must-link", first, second, "soft"))
    if soft_locks:
        links += [link("lock", one, str(random.choice(MENTORS)), "soft") for one in MENTEES[::2]]
    return intake(*schools, links=tuple(links))


def policy(**load: Any) -> Policy:
    """Cohesion counts; travel up to 30 km and the region are hard."""
    rules = {
        "travel": {"strength": "hard", "max_km": 30},
        "region": {"strength": "hard"},
        "phase": {"strength": "hard"},
        "load": {"min": 0, "min_strength": "off", "max": 3} | load,
        "unassigned": {"price": 60},
        "lock": {"price": 40},
        "must_link": {"price": 7},
    }
    return wish_policy(rules=rules, cohesion={"points_per_pair": 9})


def concessions(encoding: Encoding, one: Relaxing) -> tuple[Concession, ...]:
    """The concession that grants a relaxation, as a user would write it."""
    mentees, hosts = encoding.mentee_ids, encoding.host_ids
    if isinstance(one, OnePlaceMore):
        return (Concession(rule="places", school=hosts[one.host], amount=1),)
    if isinstance(one, NotApart):
        pair = one.first, one.second
        keys = {at.key for at in encoding.apart if at.price is None and (at.first, at.second) == pair}
        return tuple(
            Concession(rule=k, school=mentees[pair[0]], other=mentees[pair[1]]) for k in sorted(keys)
        )
    rule, mentee = one.key.split(" ")
    amount = 20.0 if rule == "travel" else None
    return (Concession(rule=rule, school=mentees[int(mentee)], amount=amount),)


def worths(given: Intake, asked: Policy) -> tuple[Encoding, int, list[Relaxing], tuple[Worth, ...]]:
    encoding = encode(given, asked)
    answers = Answers()
    best = answers.solve(encoding.problem)
    assert best.host_of is not None
    assert best.objective is not None
    plan = Solution(best.host_of)
    candidates = list(relaxation_candidates(encoding, plan))
    found = most_valuable(
        encoding.problem, plan, candidates, bound=best.bound, answers=answers, count=len(candidates)
    )
    return encoding, best.objective, candidates, found


CASES: dict[str, tuple[dict[str, bool], dict[str, Any]]] = {
    "plain": ({}, {}),
    "soft links": ({"soft_links": True}, {}),
    "soft locks": ({"soft_locks": True}, {}),
    "hard reserve of a share": ({}, {"reserve": {"strength": "hard", "share": 0.3}}),
    "hard reserve of places": ({}, {"reserve": {"strength": "hard", "places": 2, "per": "programme"}}),
    "soft reserve": ({}, {"reserve": {"strength": "soft", "share": 0.2, "price": 30}}),
    "soft loads": ({}, {"max_strength": "soft", "over_price": 11}),
}


@pytest.mark.parametrize("case", list(CASES))
def test_every_worth_is_what_a_plan_with_the_concession_gains(case: str) -> None:
    of_intake, of_load = CASES[case]
    seen = 0
    for seed in range(8):
        given, asked = small_intake(seed, **of_intake), policy(**of_load)
        encoding, objective, candidates, found = worths(given, asked)
        said = {candidates.index(one.relaxing): one for one in found}
        for at, one in enumerate(candidates):
            changed = encode(given, asked.model_copy(update={"concessions": concessions(encoding, one)}))
            truth = Answers().solve(changed.problem).objective
            assert truth is not None
            gain = truth - objective
            if at in said:
                assert (said[at].at_least, said[at].at_most) == (gain, gain), (seed, one)
                seen += 1
            else:
                assert gain <= 0, (seed, one)
    assert seen > 5
