"""School-to-mentor matching and cluster formation, with a proof and an explanation for each school.

Importing `matcher` loads none of ortools, pandas or scikit-learn: each public name is loaded when it is
first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matcher.analysis.comparison_document import ComparisonDocument
    from matcher.analysis.document import PlanDocument
    from matcher.analysis.edit_document import EditReport
    from matcher.analysis.explanation import Explanation
    from matcher.analysis.why_not_document import WhyNot
    from matcher.changes import Change
    from matcher.encoding import Encoding, encode
    from matcher.exceptions import (
        InfeasibleError,
        InputError,
        MatcherError,
        NoPlanError,
        RefereeError,
        UsageError,
        VerificationError,
    )
    from matcher.features.build import build_features
    from matcher.features.table import FeatureTable
    from matcher.generate import generate_intake
    from matcher.intake import read_intake
    from matcher.intake.checks import check_intake
    from matcher.intake.frames import intake_from_frames
    from matcher.intake.origin import IntakeReading
    from matcher.intake.writers import write_intake
    from matcher.issues import Issue
    from matcher.pipeline import check, match
    from matcher.plan import Plan
    from matcher.policy.loader import load_policy, policy_from_mapping
    from matcher.policy.model import Policy
    from matcher.problem import Problem, make_problem
    from matcher.profiles import Intake, Link, MaturityRecord, Preference, School
    from matcher.result import Progress, Result
    from matcher.routes.compare import Compared, compare
    from matcher.routes.cover import DropOut, find_cover
    from matcher.routes.explain import explain_swap, explain_why_not, find_relaxations
    from matcher.routes.letters import write_letters
    from matcher.routes.plans import SeveralPlans, find_plans
    from matcher.routes.rematch import Rematch, rematch
    from matcher.routes.repair import repair
    from matcher.routes.score import score_edit
    from matcher.runs.verify import Verification, verify_run
    from matcher.solution import Evaluation, Solution, evaluate
    from matcher.solvers.base import SolveSettings
    from matcher.solvers.dispatch import solve
    from matcher.solvers.stopping import (
        FirstFeasible,
        Gap,
        NoImprovement,
        Runtime,
        SearchState,
        StoppingCriterion,
        Work,
    )

_HOME = {
    "Change": "matcher.changes",
    "Compared": "matcher.routes.compare",
    "ComparisonDocument": "matcher.analysis.comparison_document",
    "DropOut": "matcher.routes.cover",
    "EditReport": "matcher.analysis.edit_document",
    "Encoding": "matcher.encoding",
    "Evaluation": "matcher.solution",
    "Explanation": "matcher.analysis.explanation",
    "FeatureTable": "matcher.features.table",
    "FirstFeasible": "matcher.solvers.stopping",
    "Gap": "matcher.solvers.stopping",
    "InfeasibleError": "matcher.exceptions",
    "InputError": "matcher.exceptions",
    "Intake": "matcher.profiles",
    "IntakeReading": "matcher.intake.origin",
    "Issue": "matcher.issues",
    "Link": "matcher.profiles",
    "MatcherError": "matcher.exceptions",
    "MaturityRecord": "matcher.profiles",
    "NoImprovement": "matcher.solvers.stopping",
    "NoPlanError": "matcher.exceptions",
    "Plan": "matcher.plan",
    "PlanDocument": "matcher.analysis.document",
    "Policy": "matcher.policy.model",
    "Preference": "matcher.profiles",
    "Problem": "matcher.problem",
    "Progress": "matcher.result",
    "RefereeError": "matcher.exceptions",
    "Rematch": "matcher.routes.rematch",
    "Result": "matcher.result",
    "Runtime": "matcher.solvers.stopping",
    "School": "matcher.profiles",
    "SearchState": "matcher.solvers.stopping",
    "SeveralPlans": "matcher.routes.plans",
    "Solution": "matcher.solution",
    "SolveSettings": "matcher.solvers.base",
    "StoppingCriterion": "matcher.solvers.stopping",
    "UsageError": "matcher.exceptions",
    "Verification": "matcher.runs.verify",
    "VerificationError": "matcher.exceptions",
    "WhyNot": "matcher.analysis.why_not_document",
    "Work": "matcher.solvers.stopping",
    "build_features": "matcher.features.build",
    "check": "matcher.pipeline",
    "check_intake": "matcher.intake.checks",
    "compare": "matcher.routes.compare",
    "encode": "matcher.encoding",
    "evaluate": "matcher.solution",
    "explain_swap": "matcher.routes.explain",
    "explain_why_not": "matcher.routes.explain",
    "find_cover": "matcher.routes.cover",
    "find_plans": "matcher.routes.plans",
    "find_relaxations": "matcher.routes.explain",
    "generate_intake": "matcher.generate",
    "intake_from_frames": "matcher.intake.frames",
    "load_policy": "matcher.policy.loader",
    "make_problem": "matcher.problem",
    "match": "matcher.pipeline",
    "policy_from_mapping": "matcher.policy.loader",
    "read_intake": "matcher.intake",
    "rematch": "matcher.routes.rematch",
    "repair": "matcher.routes.repair",
    "score_edit": "matcher.routes.score",
    "solve": "matcher.solvers.dispatch",
    "verify_run": "matcher.runs.verify",
    "write_intake": "matcher.intake.writers",
    "write_letters": "matcher.routes.letters",
}

__all__ = [
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


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'matcher' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])
