"""Open a run folder again, to ask about its plan or to change it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from matcher.analysis.document import PlanDocument
from matcher.encoding import Encoding, encode, solution_from
from matcher.exceptions import InputError, MatcherError, VerificationError
from matcher.intake import intake_from_json
from matcher.policy.loader import load_policy
from matcher.profiles import Intake
from matcher.runs.files import INTAKE_NAME, POLICY_NAME, RESULT_NAME
from matcher.runs.record import RECORD_NAME, RunRecord, read_record, sha256_of_file
from matcher.solution import Evaluation, Solution, evaluate


@dataclass(frozen=True, slots=True, eq=False)
class OpenRun:
    """A run with its sealed inputs, encoded again.

    Attributes
    ----------
    folder : Path
    record : RunRecord
    document : PlanDocument
    encoding : Encoding
        Of the sealed intake and policy.
    solution : Solution
        The plan; it keeps every hard rule.
    evaluation : Evaluation
        What the referee finds on it.
    """

    folder: Path
    record: RunRecord
    document: PlanDocument
    encoding: Encoding
    solution: Solution
    evaluation: Evaluation


def open_run(folder: Path | str) -> OpenRun:
    """Open a run folder and check that its plan is what its sealed inputs give.

    Parameters
    ----------
    folder : Path or str

    Returns
    -------
    OpenRun

    Raises
    ------
    UsageError
        If `folder` is not a run folder, or was written in an older layout.
    VerificationError
        If the sealed inputs or the result were changed after the run, or do not fit each other.
    """
    folder = Path(folder)
    record = read_record(folder)
    if record.seal != record.expected_seal():
        raise VerificationError(f"{folder / RECORD_NAME} was changed: its seal does not fit its content.")
    for name in (INTAKE_NAME, POLICY_NAME, RESULT_NAME):
        if not (folder / name).is_file() or record.files.get(name) != sha256_of_file(folder / name):
            raise VerificationError(
                f"{folder / name} is not as it was written. "
                f"`matcher verify {folder}` says what else differs; make the run again."
            )
    document, encoding, solution = plan_of(folder)
    evaluation = evaluate(encoding.problem, solution)
    if evaluation.broken or evaluation.objective != document.proof.objective_units:
        raise VerificationError(
            f"The plan of {folder} is not what this version of matcher makes of its sealed inputs. "
            "Make the run again."
        )
    return OpenRun(folder, record, document, encoding, solution, evaluation)


def sealed_intake(run: Path) -> Intake:
    """Read the intake that a run was made from, in the order of its file."""
    return intake_from_json((run / INTAKE_NAME).read_text(encoding="utf-8"))


def plan_of(run: Path) -> tuple[PlanDocument, Encoding, Solution]:
    """Read plan and sealed inputs of a run; raises VerificationError if they cannot be put together."""
    try:
        intake = sealed_intake(run)
        policy = load_policy(run / POLICY_NAME)
        document = PlanDocument.from_json((run / RESULT_NAME).read_text(encoding="utf-8"))
        encoding = encode(intake, policy)
        hosts = {row.mentee_id: row.host_id for row in document.assignments}
        return document, encoding, solution_from(encoding, hosts)
    except (OSError, ValueError, KeyError, InputError, MatcherError) as error:
        raise VerificationError(f"The plan cannot be checked against its sealed inputs: {error}") from error
