"""Write a finished plan as a run folder."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from matcher.analysis.document import PlanDocument
from matcher.exceptions import UsageError
from matcher.intake import intake_to_json
from matcher.intake.origin import SourceFile
from matcher.policy.loader import dump_policy
from matcher.policy.model import Policy
from matcher.profiles import Intake
from matcher.report.workbook import write_result_workbook
from matcher.runs.changes import intake_changes
from matcher.runs.explained import explanation_inputs
from matcher.runs.files import INTAKE_NAME, POLICY_NAME, RESULT_NAME, Writer, document_files, text_file
from matcher.runs.folder import fresh_folder, write_all
from matcher.runs.opened import OpenRun, sealed_intake
from matcher.runs.record import (
    RECORD_NAME,
    EditRecord,
    RunRecord,
    SourceRecord,
    files_of,
    reference_to,
    sha256_of_file,
)


@dataclass(frozen=True, slots=True)
class RunInputs:
    """What a run was made from.

    Attributes
    ----------
    intake : Intake
        The intake as it was matched (pins included).
    policy : Policy
    sources : tuple of SourceFile
        Files that were read.
    dropped_columns : tuple of str
        Headings left out by the allow-list.
    extra : dict of str to callable
        Further files of the run: relative name → writer.
    earlier : OpenRun, optional
        The run that this one came from; the record holds its seal and what differs in the intake.
    edits : tuple of EditRecord
        What was changed by hand.
    """

    intake: Intake
    policy: Policy
    sources: tuple[SourceFile, ...] = ()
    dropped_columns: tuple[str, ...] = ()
    extra: dict[str, Writer] = field(default_factory=dict)
    earlier: OpenRun | None = None
    edits: tuple[EditRecord, ...] = ()


def write_run(
    out: Path, document: PlanDocument, inputs: RunInputs, seconds: dict[str, float], *, force: bool = False
) -> Path:
    """Write report, workbook, tables, result, sealed inputs and record.

    Parameters
    ----------
    out : Path
        Folder of the run.
    document : PlanDocument
        The plan.
    inputs : RunInputs
        What it was made from.
    seconds : dict of str to float
        Wall-clock seconds by stage; they go into the record alone.
    force : bool
        Replace an earlier run in `out`.

    Returns
    -------
    Path
        `out`.

    Raises
    ------
    UsageError
        If `out` may not be written, or is the earlier run.
    """
    if inputs.earlier is not None and inputs.earlier.folder.resolve() == out.resolve():
        raise UsageError(f"{out} is the run that this one follows. Give --out another folder.")
    with fresh_folder(out, force=force) as scratch:
        began = time.perf_counter()
        write_all(scratch, _writers(document, inputs))
        seconds = seconds | {"write": round(time.perf_counter() - began, 3)}
        files = {name: sha256_of_file(scratch / name) for name in files_of(scratch)}
        record = _record(document, inputs, seconds, files).sealed()
        (scratch / RECORD_NAME).write_text(record.to_json(), encoding="utf-8", newline="\n")
    return out


def _writers(document: PlanDocument, inputs: RunInputs) -> dict[str, Writer]:
    return {
        **document_files(document),
        "result.xlsx": lambda path: write_result_workbook(document, path),
        RESULT_NAME: text_file(document.to_json()),
        INTAKE_NAME: text_file(intake_to_json(inputs.intake)),
        POLICY_NAME: text_file(dump_policy(inputs.policy)),
        **inputs.extra,
    }


def _record(
    document: PlanDocument, inputs: RunInputs, seconds: dict[str, float], files: dict[str, str]
) -> RunRecord:
    proof, earlier = document.proof, inputs.earlier
    return RunRecord(
        matcher_version=version("mensi-matcher"),
        finished_at=datetime.now(UTC).isoformat(timespec="seconds"),
        earlier=None if earlier is None else reference_to(earlier.folder, earlier.record),
        changes=() if earlier is None else intake_changes(sealed_intake(earlier.folder), inputs.intake),
        edits=inputs.edits,
        sources=tuple(SourceRecord(name=source.name, sha256=source.sha256) for source in inputs.sources),
        dropped_columns=inputs.dropped_columns,
        policy_name=document.policy.name,
        policy_sha256=document.policy.sha256,
        seed=proof.seed,
        status=proof.status,
        method=proof.method,
        stopped_by=proof.stopped_by,
        objective_units=proof.objective_units,
        bound_units=proof.bound_units,
        referee=proof.referee,
        explanations=explanation_inputs(document, files),
        versions=proof.versions,
        seconds_by_stage=seconds,
        files=files,
    )
