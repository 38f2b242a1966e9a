"""Make the words of a run again from its sealed inputs and its plan, and compare."""

from __future__ import annotations

import tempfile
from pathlib import Path

from matcher.analysis.build import build_document
from matcher.analysis.document import PlanDocument
from matcher.encoding import Encoding
from matcher.policy.loader import dump_policy
from matcher.result import Result, SolveStatus, StoppedBy
from matcher.runs.explained import explanation_inputs
from matcher.runs.files import RESULT_NAME, document_files
from matcher.runs.record import RECORD_NAME, RunRecord, sha256_of_file, sha256_of_text
from matcher.solution import Solution

_OF_PROOF = ("seed", "status", "method", "stopped_by", "referee", "versions")
"""Fields that the record and the proof have in common."""


def retold_faults(
    record: RunRecord, document: PlanDocument, encoding: Encoding, solution: Solution
) -> list[str]:
    """Say which words of a run are not what its sealed inputs and its plan give.

    Parameters
    ----------
    record : RunRecord
        Its hashes stand for the files: whether these are as recorded is seen elsewhere.
    document : PlanDocument
        What ``result.json`` says; its objective and bound have been checked.
    encoding : Encoding
        The sealed inputs.
    solution : Solution
        The plan, which breaks no hard rule.

    Returns
    -------
    list of str
        One sentence for each part or file that differs.
    """
    told = _retell(document, encoding, solution)
    faults = [
        f"{RESULT_NAME}: the part {part!r} is not what the sealed inputs and the plan give."
        for part in PlanDocument.model_fields
        if getattr(told, part) != getattr(document, part)
    ]
    same = all(getattr(record, name) == getattr(told.proof, name) for name in _OF_PROOF)
    if not same or (record.policy_name, record.policy_sha256) != (told.policy.name, told.policy.sha256):
        faults.append(f"{RECORD_NAME} does not say of the plan what {RESULT_NAME} and the policy say.")
    if record.explanations != explanation_inputs(document, record.files):
        faults.append(f"{RECORD_NAME} does not say from what {RESULT_NAME} was explained.")
    return faults + _file_faults(record, told)


def _retell(document: PlanDocument, encoding: Encoding, solution: Solution) -> PlanDocument:
    proof = document.proof
    result = Result(
        status=SolveStatus(proof.status),
        host_of=solution.host_of,
        objective=proof.objective_units,
        bound=proof.bound_units,
        method=proof.method,
        reason=proof.method_reason,
        stopped_by=StoppedBy(proof.stopped_by),
        seed=proof.seed,
        versions=proof.versions,
    )
    digest = sha256_of_text(dump_policy(encoding.policy))
    told = build_document(encoding, result, (), policy_sha256=digest)
    # what the search alone knows rests on its hash
    kept = {"warnings": document.warnings, "outlook": document.outlook, "rematch": document.rematch}
    return told.model_copy(
        update=kept | {"proof": told.proof.model_copy(update={"parts": document.proof.parts})}
    )


def _file_faults(record: RunRecord, told: PlanDocument) -> list[str]:
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        for name, write in document_files(told).items():
            again = Path(folder) / name
            write(again)
            if record.files.get(name) != sha256_of_file(again):
                faults.append(f"{name} is not what the sealed inputs and the plan give.")
    return faults
