"""Make the words of a run again from its sealed inputs and its plan, and compare."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from pydantic import BaseModel

from matcher.analysis.build import build_document
from matcher.analysis.document import PlanDocument
from matcher.encoding import Encoding
from matcher.policy.loader import dump_policy
from matcher.result import Result, SolveStatus
from matcher.runs.explained import explanation_inputs
from matcher.runs.files import POLICY_NAME, RESULT_NAME, document_files
from matcher.runs.record import RECORD_NAME, RunRecord, sha256_of_file, sha256_of_text
from matcher.solution import Solution

_OF_PROOF = ("seed", "status", "method", "stopped_by", "referee", "versions")
"""Fields that the record and the proof have in common."""
_FIGURES = ("assignments", "clusters", "unassigned", "totals", "proof")
"""Parts of the result whose ids and numbers no version may give otherwise."""
_IDS = ("mentee_id", "mentor_id", "host_id", "cluster_id", "school_id", "mentee_ids", "criterion")
_ASIDE = ("alternatives", "options", "parts")
"""Fields of those parts that say how something was found, or what else there was."""


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
    return faults + _record_faults(record, document) + _file_faults(record, told)


def figure_faults(
    run: Path, record: RunRecord, document: PlanDocument, encoding: Encoding, solution: Solution
) -> list[str]:
    """Say which ids and numbers are not what the sealed inputs and the plan give, whatever the words.

    For a run of another version of matcher, which may have put things otherwise.

    Parameters
    ----------
    run : Path
    record, document, encoding, solution
        As for :func:`retold_faults`.

    Returns
    -------
    list of str
    """
    told = _retell(document, encoding, solution)
    faults = [
        f"{RESULT_NAME}: ids or numbers of the part {part!r} are not what the sealed inputs give."
        for part in _FIGURES
        if _figures(getattr(told, part)) != _figures(getattr(document, part))
    ]
    return faults + _record_faults(record, document) + _table_faults(run, told)


def _record_faults(record: RunRecord, document: PlanDocument) -> list[str]:
    faults = []
    same = all(getattr(record, name) == getattr(document.proof, name) for name in _OF_PROOF)
    policy = (record.policy_name, record.policy_sha256, record.files.get(POLICY_NAME))
    sealed = record.policy_sha256 if policy[2] is None else policy[2]
    if not same or policy != (document.policy.name, document.policy.sha256, sealed):
        faults.append(f"{RECORD_NAME} does not say of the plan what {RESULT_NAME} and the policy say.")
    if record.explanations != explanation_inputs(document, record.files):
        faults.append(f"{RECORD_NAME} does not say from what {RESULT_NAME} was explained.")
    return faults


def _retell(document: PlanDocument, encoding: Encoding, solution: Solution) -> PlanDocument:
    proof = document.proof
    result = Result(
        status=SolveStatus(proof.status),
        host_of=solution.host_of,
        objective=proof.objective_units,
        bound=proof.bound_units,
        method=proof.method,
        reason=proof.method_reason,
        stopped_by=proof.stopped_by,
        seed=proof.seed,
        versions=proof.versions,
    )
    digest = sha256_of_text(dump_policy(encoding.policy))
    told = build_document(encoding, result, (), policy_sha256=digest, first=document.first)
    # what the search alone knows rests on its hash
    kept = {
        "warnings": document.warnings,
        "outlook": document.outlook,
        "rematch": document.rematch,
        "fairness_price": document.fairness_price,
    }
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


def _table_faults(run: Path, told: PlanDocument) -> list[str]:
    """Compare the tables cell by cell, in the columns that both versions have, where a cell is no words."""
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        for name, write in document_files(told).items():
            if not name.endswith(".csv"):
                continue
            write(Path(folder) / name)
            try:
                ours, theirs = _rows(Path(folder) / name), _rows(run / name)
            except (OSError, ValueError, csv.Error):
                faults.append(f"{name} cannot be read as a table.")
                continue
            if len(ours) != len(theirs) or any(map(_differ, ours, theirs)):
                faults.append(f"{name}: its ids or numbers are not what the sealed inputs and the plan give.")
    return faults


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _differ(ours: dict[str, str], theirs: dict[str, str]) -> bool:
    if not all(name in theirs for name in ours if name in _IDS):
        return True
    compared = (name for name in ours if name in theirs)
    return any(
        ours[name] != theirs[name] and (name in _IDS or _is_number(ours[name]) or _is_number(theirs[name]))
        for name in compared
    )


def _is_number(cell: str | None) -> bool:
    try:
        float(cell or "")
    except ValueError:
        return False
    return True


def _figures(part: object) -> object:
    """Ids and numbers of a part, without its words; what is not known is left out, too."""
    if isinstance(part, tuple):
        return tuple(_figures(one) for one in part if not isinstance(one, str))
    if isinstance(part, BaseModel):
        return {
            name: value if name in _IDS else _figures(value)
            for name, value in part
            if name not in _ASIDE and (name in _IDS or not (value is None or isinstance(value, str)))
        }
    return part if isinstance(part, int | float) else None
