"""Patches: what a repair gives up, as a file that fits one intake and one policy, once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from matcher.analysis.repair_document import RepairPatch
from matcher.exceptions import InputError, UsageError
from matcher.issues import Issue, Location, Severity
from matcher.policy.loader import dump_policy
from matcher.policy.model import Policy, Solve
from matcher.profiles import Intake
from matcher.rules.idle_concessions import faults_of
from matcher.runs.record import sha256_of_text

AGAIN = "Run matcher repair with this intake and this policy, and give a patch that it writes."


def sha256_of_rules(policy: Policy) -> str:
    """SHA-256 of a policy without its part `solve`: a patch does not speak of how long to search."""
    return sha256_of_text(dump_policy(policy.model_copy(update={"solve": Solve()})))


def patched(policy: Policy, patch: RepairPatch) -> Policy:
    """Return the policy with the concessions of a repair."""
    granted = tuple(change.concession for change in patch.changes)
    return policy.model_copy(update={"concessions": (*policy.concessions, *granted)})


def read_patch(path: Path, intake: Intake, policy: Policy) -> RepairPatch:
    """Read a patch and check that it was made for this intake and this policy.

    Parameters
    ----------
    path : Path
        A ``repair-1.json`` as `matcher repair` wrote it.
    intake : Intake
    policy : Policy
        Without the patch: a policy that holds its concessions is another one.

    Returns
    -------
    RepairPatch

    Raises
    ------
    UsageError
        If the file is not there.
    InputError
        If it is no patch, was changed since, was made for another intake or policy, or gives up something
        that is not there; all faults at once.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"The patch {path} cannot be read: {error.strerror}.") from error
    try:
        patch = RepairPatch.model_validate_json(text)
    except (ValidationError, ValueError) as error:
        problem, advice = "This is not a patch of matcher repair.", "Give a repair-1.json as it was written."
        fault = Issue(Severity.ERROR, "patch-unreadable", Location(file=path.name), "", problem, advice)
        raise InputError((fault,)) from error
    faults = tuple(
        Issue(Severity.ERROR, code, Location(file=path.name, header=key), value, problem, AGAIN)
        for code, key, value, problem in _misfits(patch, intake, policy)
    )
    if faults:
        raise InputError(faults)
    return patch


def _misfits(patch: RepairPatch, intake: Intake, policy: Policy) -> Iterator[tuple[str, str, str, str]]:
    """Code, key, value and problem of all that does not fit."""
    if patch.sha256 != patch.seal():
        yield "patch-altered", "sha256", patch.sha256, "The patch was changed after it was written."
    if patch.intake_title != intake.title:
        problem = f"The patch was made for another intake; this one is called {intake.title}."
        yield "patch-other-intake", "intake_title", patch.intake_title, problem
    granted = [change.concession for change in patch.changes]
    if granted and all(one in policy.concessions for one in granted):
        problem = "The policy holds the concessions of this patch already."
        yield "patch-applied-already", "changes", f"repair {patch.number}", problem
    elif patch.policy_sha256 != sha256_of_rules(policy):
        problem = f"The patch was made for another policy, or for {policy.name} before it was changed."
        yield "patch-other-policy", "policy_sha256", patch.policy_name, problem
    for at, one in enumerate(granted):
        for value, problem in faults_of(one, intake, policy):
            yield "patch-without-effect", f"changes[{at}]", value, problem
