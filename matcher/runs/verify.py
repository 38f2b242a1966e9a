"""Verify a run folder from its sealed inputs, without any solver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from matcher.analysis.document import PlanDocument
from matcher.analysis.wording import said_points
from matcher.exceptions import VerificationError
from matcher.problem import SCALE
from matcher.runs.chain import edit_faults, follow_chain, unsealed
from matcher.runs.files import RESULT_NAME
from matcher.runs.opened import plan_of
from matcher.runs.question_log import check_questions
from matcher.runs.record import RECORD_NAME, RunRecord, read_record
from matcher.runs.rematched import origin_faults
from matcher.runs.retold import figure_faults, retold_faults
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
    skipped : tuple of str
        What could not be compared, and why, one plain sentence each.
    """

    passed: tuple[str, ...]
    faults: tuple[str, ...]
    skipped: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether everything that was compared agrees."""
        return not self.faults


def verify_run(
    run: Path | str, *, earlier: Sequence[Path | str] = (), questions: Path | str | None = None
) -> Verification:
    """Check hashes, eligibility, every rule, the objective and every word of a run from its sealed inputs.

    Then follow the chain of earlier runs by their seals, and check the log of questions beside the run.

    The words (rows of the result, tables, report) are made again and compared, so that even a change
    under forged hashes is found. Of a run of another version of matcher, which may have put things
    differently, only pairs, points and totals are compared, and that is said. The workbook and the
    warnings about the intake's files rest on their hashes.

    Parameters
    ----------
    run : Path or str
        Run folder.
    earlier : sequence of Path or str
        Where earlier runs may be, besides the folders beside `run`: runs, or folders that hold runs.
    questions : Path or str, optional
        Log of questions; ``<run>.questions.json`` beside the run is looked at where there is one.

    Returns
    -------
    Verification
        All checks that hold and all faults found.

    Raises
    ------
    UsageError
        If `run` is not a run folder or was written in an older layout, or a given path is not there.
    """
    run = Path(run)
    try:
        record = read_record(run)
    except VerificationError as error:
        return Verification((), (str(error),))
    passed: list[str] = []
    skipped: list[str] = []
    faults = unsealed(run, record)
    if not faults:
        passed.append(f"All {len(record.files)} files and the record are as they were written.")
    try:
        held, differing, skipped = _replay(run, record)
        passed, faults = passed + held, faults + differing
    except VerificationError as error:
        faults.append(str(error))
    for held, differing in (
        follow_chain(run, record, [Path(folder) for folder in earlier]),
        check_questions(run, record, None if questions is None else Path(questions)),
    ):
        passed, faults = passed + held, faults + differing
    return Verification(tuple(passed), tuple(faults), tuple(skipped))


def _replay(run: Path, record: RunRecord) -> tuple[list[str], list[str], list[str]]:
    """Re-encode the sealed inputs and judge the plan: what holds, what does not, and what was left out."""
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
        f"The plan is worth {said_points(evaluation.objective / SCALE)} points, as the run says.",
    ]
    faults = edit_faults(record, document) + origin_faults(record, document)
    if record.matcher_version != version("mensi-matcher"):
        faults += (wrong := figure_faults(run, record, document, encoding, solution))
        if not wrong:
            passed.append("Pairs, points and totals of the result and the tables are what the inputs give.")
        told = (
            f"The words were not compared: the record says that matcher {record.matcher_version} made the "
            f"run, this is {version('mensi-matcher')}. Verify it with that version, too."
        )
        return passed, faults, [told]
    faults += (retold := retold_faults(record, document, encoding, solution))
    if not retold:
        passed.append("The result, the tables and the report say what the sealed inputs and the plan give.")
    return passed, faults, []


def _check_claims(document: PlanDocument, record: RunRecord, evaluation: Evaluation) -> None:
    for claim, where in (
        (document.proof.objective_units, RESULT_NAME),
        (record.objective_units, RECORD_NAME),
    ):
        if claim != evaluation.objective:
            raise VerificationError(
                f"{where}: the plan is said to be worth {_exact_points(claim)} points, "
                f"but the sealed inputs give {_exact_points(evaluation.objective)}."
            )
    bound = document.proof.bound_units
    if bound != record.bound_units:
        raise VerificationError(f"{RESULT_NAME} and {RECORD_NAME} do not state the same bound.")
    if bound is not None and bound < evaluation.objective:
        raise VerificationError(
            f"{RESULT_NAME}: no plan is said to be worth more than {_exact_points(bound)} points, "
            f"but this one is worth {_exact_points(evaluation.objective)}."
        )
    if document.proof.status == "optimal" and bound != evaluation.objective:
        raise VerificationError(f"{RESULT_NAME}: the plan is called optimal, but bound and objective differ.")


def _exact_points(units: int) -> str:
    """Say objective units in points with all decimals, as two values may differ in the last alone."""
    return f"{units / SCALE:,.6f}"
