"""Verify a run folder from its sealed inputs, without any solver."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pydantic import ValidationError

from matcher.analysis.document import PlanDocument
from matcher.exceptions import UsageError, VerificationError
from matcher.runs.files import RESULT_NAME
from matcher.runs.opened import plan_of
from matcher.runs.record import RECORD_NAME, RunRecord, files_of, sha256_of_file
from matcher.runs.retold import retold_faults
from matcher.solution import UNASSIGNED, Evaluation, evaluate


@dataclass(frozen=True, slots=True)
class Verification:
    """What verifying a run found.

    Attributes
    ----------
    passed : tuple of str
        Checks that hold, one plain sentence each.
    faults : tuple of str
        What does not agree, one plain sentence each, naming the file.
    """

    passed: tuple[str, ...]
    faults: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether everything agrees."""
        return not self.faults


def verify_run(run: Path | str) -> Verification:
    """Check hashes, eligibility, every rule, the objective and every word of a run from its sealed inputs.

    The words (rows of the result, tables, report) are made again and compared, so that even a change
    under forged hashes is found; only with the version of matcher that wrote them, since a later one
    may put things differently. The workbook and the warnings about the intake's files rest on their hashes.

    Parameters
    ----------
    run : Path or str
        Run folder.

    Returns
    -------
    Verification
        All checks that hold and all faults found.

    Raises
    ------
    UsageError
        If `run` is not a run folder.
    """
    run = Path(run)
    if not (run / RECORD_NAME).is_file():
        raise UsageError(f"{run} is not a run folder: it has no {RECORD_NAME}.")
    try:
        text = (run / RECORD_NAME).read_text(encoding="utf-8")
        record = RunRecord.model_validate_json(text)
    except (ValidationError, ValueError):
        return Verification((), (f"{RECORD_NAME} was changed: it can no longer be read.",))
    passed: list[str] = []
    faults = _seal_faults(record, text) + _hash_faults(run, record)
    if not faults:
        passed.append(f"All {len(record.files)} files and the record are as they were written.")
    try:
        held, differing = _replay(run, record)
        passed, faults = passed + held, faults + differing
    except VerificationError as error:
        faults.append(str(error))
    return Verification(tuple(passed), tuple(faults))


def _seal_faults(record: RunRecord, text: str) -> list[str]:
    # The seal covers the content, the comparison of texts what surrounds it (spaces, order of keys).
    if record.seal == record.expected_seal() and text == record.to_json():
        return []
    return [f"{RECORD_NAME} was changed: its seal does not fit its content."]


def _hash_faults(run: Path, record: RunRecord) -> list[str]:
    faults = []
    present = set(files_of(run))
    for name, digest in sorted(record.files.items()):
        if name not in present:
            faults.append(f"{name} is missing.")
        elif sha256_of_file(run / name) != digest:
            faults.append(f"{name} was changed after the run.")
    faults += [f"{name} was added after the run." for name in sorted(present - set(record.files))]
    return faults


def _replay(run: Path, record: RunRecord) -> tuple[list[str], list[str]]:
    """Re-encode the sealed inputs and let the referee judge the plan; return what holds and what does not."""
    document, encoding, solution = plan_of(run)
    evaluation = evaluate(encoding.problem, solution)
    if evaluation.broken:
        names = ", ".join(sorted({violation.rule for violation in evaluation.broken}))
        raise VerificationError(f"{RESULT_NAME}: the plan breaks hard rules: {names}.")
    _check_claims(document, record, evaluation)
    placed = int((solution.host_of != UNASSIGNED).sum())
    passed = [
        f"The plan places {placed} of {len(encoding.mentee_ids)} schools; every pair is eligible.",
        "Every hard rule holds, recomputed from the sealed inputs.",
        f"The objective is {evaluation.objective} units, as the run says.",
    ]
    if record.matcher_version != version("mensi-matcher"):
        passed.append(
            f"The words were not compared: the run was made by matcher {record.matcher_version}, "
            f"this is {version('mensi-matcher')}."
        )
        return passed, []
    faults = retold_faults(record, document, encoding, solution)
    if not faults:
        passed.append("The result, the tables and the report say what the sealed inputs and the plan give.")
    return passed, faults


def _check_claims(document: PlanDocument, record: RunRecord, evaluation: Evaluation) -> None:
    for claim, where in (
        (document.proof.objective_units, RESULT_NAME),
        (record.objective_units, RECORD_NAME),
    ):
        if claim != evaluation.objective:
            raise VerificationError(
                f"{where}: the objective is given as {claim} units, "
                f"but the sealed inputs give {evaluation.objective}."
            )
    bound = document.proof.bound_units
    if bound != record.bound_units:
        raise VerificationError(f"{RESULT_NAME} and {RECORD_NAME} do not state the same bound.")
    if bound is not None and bound < evaluation.objective:
        raise VerificationError(
            f"{RESULT_NAME}: the bound {bound} is below the objective {evaluation.objective}."
        )
    if document.proof.status == "optimal" and bound != evaluation.objective:
        raise VerificationError(f"{RESULT_NAME}: the plan is called optimal, but bound and objective differ.")
