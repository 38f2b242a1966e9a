"""The route as a whole: what one stage hands to the next."""

from __future__ import annotations

from pathlib import Path

from matcher.pipeline import check
from matcher.policy.model import Policy


def test_schools_out_of_reach_under_a_policy_are_located_where_the_file_has_them(tmp_path: Path) -> None:
    # the rows are not in the order of the ids, which is the order of the encoding
    rows = ["id,name,role,country", "z,Zeta,mentee,HR", "m,Mentor,mentor,HR", "a,Alpha,mentee,HU"]
    (tmp_path / "schools.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    policy = Policy.model_validate({"rules": {"language": {"strength": "off"}}})
    _, issues = check(tmp_path, policy)
    (alone,) = [issue for issue in issues if issue.code == "mentee-out-of-reach"]
    assert (alone.value, alone.location.row) == ("a", 4)
