from __future__ import annotations

import pytest

from matcher.exceptions import InputError
from matcher.policy.loader import policy_from_mapping


def test_a_minimum_load_above_the_maximum_is_refused() -> None:
    with pytest.raises(InputError, match="min must not exceed max"):
        policy_from_mapping({"rules": {"load": {"min": 5, "max": 3}}})


def test_an_unknown_method_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="set-partition"):
        policy_from_mapping({"solve": {"method": "magic"}})
