"""The public surface is fixed here: changing it is a decision, not an accident."""

from __future__ import annotations

import subprocess
import sys

import pytest

import matcher

PUBLIC = [
    "Change",
    "Compared",
    "ComparisonDocument",
    "DropOut",
    "EditReport",
    "Encoding",
    "Evaluation",
    "Explanation",
    "FeatureTable",
    "FirstFeasible",
    "Gap",
    "InfeasibleError",
    "InputError",
    "Intake",
    "IntakeReading",
    "Issue",
    "Link",
    "MatcherError",
    "MaturityRecord",
    "NoImprovement",
    "NoPlanError",
    "Plan",
    "PlanDocument",
    "Policy",
    "Preference",
    "Problem",
    "Progress",
    "RefereeError",
    "Rematch",
    "Result",
    "Runtime",
    "School",
    "SearchState",
    "SeveralPlans",
    "Solution",
    "SolveSettings",
    "StoppingCriterion",
    "UsageError",
    "Verification",
    "VerificationError",
    "WhyNot",
    "Work",
    "build_features",
    "check",
    "check_intake",
    "compare",
    "encode",
    "evaluate",
    "explain_swap",
    "explain_why_not",
    "find_cover",
    "find_plans",
    "find_relaxations",
    "generate_intake",
    "intake_from_frames",
    "load_policy",
    "make_problem",
    "match",
    "policy_from_mapping",
    "read_intake",
    "rematch",
    "repair",
    "score_edit",
    "solve",
    "verify_run",
    "write_intake",
    "write_letters",
]

LIGHT = """
import sys
{act}
heavy = [name for name in ("ortools", "pandas", "sklearn") if name in sys.modules]
sys.exit(f"loaded: {{heavy}}" if heavy else 0)
"""


def _run(act: str) -> subprocess.CompletedProcess[str]:
    code = LIGHT.format(act=act)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_the_public_names_are_these_and_sorted() -> None:
    assert matcher.__all__ == PUBLIC
    assert sorted(PUBLIC) == PUBLIC


def test_every_public_name_can_be_had() -> None:
    missing = [name for name in matcher.__all__ if getattr(matcher, name, None) is None]
    assert missing == []


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        getattr(matcher, "no_such_name")  # noqa: B009 - the name is not there


def test_importing_matcher_loads_no_heavy_library() -> None:
    assert _run("import matcher").returncode == 0


def test_the_help_loads_no_heavy_library() -> None:
    done = _run("from matcher.cli import run\nassert run(['--help']) == 0")
    assert done.returncode == 0, done.stderr
    assert "match" in done.stdout
