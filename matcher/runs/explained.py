"""What a run's explanations were made from, for its record."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.analysis.document import PlanDocument
from matcher.runs.files import INTAKE_NAME
from matcher.runs.record import ExplanationInputs


def explanation_inputs(document: PlanDocument, files: Mapping[str, str]) -> tuple[ExplanationInputs, ...]:
    """Say from which intake, policy, seed and settings each part of a result was explained.

    Parameters
    ----------
    document : PlanDocument
    files : mapping of str to str
        Hashes of the run's files, by relative name.

    Returns
    -------
    tuple of ExplanationInputs
        The plan's own explanations, and the outlook where there is one.
    """
    intake, policy = files[INTAKE_NAME], document.policy.sha256
    plan = ExplanationInputs(
        part="plan", intake_sha256=intake, policy_sha256=policy, seed=document.proof.seed, settings={}
    )
    outlook = document.outlook
    if outlook is None:
        return (plan,)
    settings, seed = {"tolerance": outlook.tolerance}, document.proof.seed
    if outlook.robustness is not None:
        settings |= {"samples": float(outlook.robustness.samples), "share": outlook.robustness.share}
        seed = outlook.robustness.seed
    told = ExplanationInputs(
        part="outlook", intake_sha256=intake, policy_sha256=policy, seed=seed, settings=settings
    )
    return (plan, told)
