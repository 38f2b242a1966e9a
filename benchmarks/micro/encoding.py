"""From an intake to a problem."""

from __future__ import annotations

from benchmarks.micro.part import Measured, Part, timed
from matcher.encoding import encode
from matcher.generate.programme import generate_intake
from matcher.policy.model import Policy


def _measure() -> Measured:
    intake, policy = generate_intake(mentors=24, mentees=100), Policy()
    return timed(lambda: encode(intake, policy))


PART = Part("encoding", "encode a generated intake of 24 mentors and 100 mentees", _measure)
