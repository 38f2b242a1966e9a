"""`matcher match`: from an intake to a run folder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matcher.cli.check import DATE
from matcher.cli.interrupt import OUTLOOK_LEFT_OUT, code_of, exit_code, stop_on_interrupt
from matcher.cli.messages import Reporter, answer, say

if TYPE_CHECKING:
    from matcher.analysis.document import PlanDocument
    from matcher.intake.origin import IntakeReading
    from matcher.issues import Issue
    from matcher.pipeline import Watch
    from matcher.policy.model import Policy
    from matcher.report.pins import PinReading
    from matcher.runs.record import EditRecord

PATH = click.Path(path_type=Path)
METHODS = ["auto", "flow", "flow-fixing", "set-partition", "branch-and-price", "cp-sat"]


@click.command("match")
@click.argument("intake", type=PATH)
@click.option("--policy", "policy_file", type=PATH, help="Policy file (YAML); without it the default policy.")
@click.option("--out", type=PATH, required=True, help="Folder for the run; must not exist yet.")
@click.option("--force", is_flag=True, help="Replace an earlier run in the --out folder.")
@click.option("--as-of", type=DATE, help="Date (2026-09-01) on which links count as in force.")
@click.option("--pins", type=PATH, help="A result.xlsx with its 'Pin?' and 'Change to' columns filled in.")
@click.option("--patch", type=PATH, help="A repair-1.json of matcher repair, to be applied.")
@click.option("--author", help="Who set the pins, where the workbook does not say; goes on record.")
@click.option("--reason", help="Why they were set, where the workbook does not say; goes on record.")
@click.option("--earlier", type=PATH, help="Run that this one follows; its seal goes on record.")
@click.option("--beside", type=PATH, help="CSV of what was really decided, to be shown beside the plan.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), help="Seed; the policy's own if not given.")
@click.option(
    "--time-limit", type=click.FloatRange(0, min_open=True), help="Seconds; results may then differ."
)
@click.option("--work-limit", type=click.FloatRange(0, min_open=True), help="Work units after which to stop.")
@click.option("--workers", type=click.IntRange(1, 256), help="Threads of the search.")
@click.option("--method", type=click.Choice(METHODS), help="Solver to use; auto chooses.")
@click.option("--json", "as_json", is_flag=True, help="Print a summary as JSON to stdout.")
@click.option("--quiet", is_flag=True, help="Say nothing but faults.")
def match_command(
    intake: Path,
    policy_file: Path | None,
    out: Path,
    *,
    force: bool,
    as_json: bool,
    quiet: bool,
    **options: Any,
) -> int:
    """Form clusters from INTAKE and write report, workbook and record.

    INTAKE is a workbook (.xlsx, .ods), a folder of CSV files, or a JSON file.
    """
    from matcher.models import refuse_hubs  # noqa: PLC0415
    from matcher.pipeline import (  # noqa: PLC0415 - start fast
        Watch,
        form_clusters,
        lacks_outlook,
        with_overrides,
        with_pins,
    )
    from matcher.report.pins import pins_located  # noqa: PLC0415
    from matcher.runs.folder import refuse_occupied  # noqa: PLC0415
    from matcher.runs.opened import open_run  # noqa: PLC0415
    from matcher.runs.pinned import answered, edits_of  # noqa: PLC0415
    from matcher.runs.write import RunInputs, write_run  # noqa: PLC0415

    policy = with_overrides(
        _policy(policy_file),
        seed=options["seed"],
        time_limit_s=options["time_limit"],
        work_limit=options["work_limit"],
        workers=options["workers"],
        method=options["method"],
    )
    if policy.layers.of:
        return _match_layers(intake, policy, out, force=force, as_json=as_json, quiet=quiet, options=options)
    refuse_occupied(out, force=force)
    reporter = Reporter(quiet=quiet)
    earlier = None if options["earlier"] is None else open_run(options["earlier"])
    with stop_on_interrupt() as interrupt:
        watch = Watch(reporter.stage, reporter.progress, interrupt, reporter.checking)
        reading, issues = _read(intake, options["as_of"], watch, policy)
        policy = _patched(policy, options["patch"], reading)
        if options["pins"] is not None:
            refuse_hubs(policy, "A pin")
        pins = _pins(options["pins"], reading)
        asked = edits_of(pins.edits, earlier, author=options["author"], reason=options["reason"])
        matched = with_pins(reading.intake, pins.links)
        with pins_located(pins.edits):
            made = form_clusters(matched, policy, issues, reading.origin, watch)
        document = made.plan.document
        edits = answered(asked, document)
        beside, compared = _beside(options["beside"], document)
        lacks = lacks_outlook(document, policy)
        with watch.stage("write"):
            inputs = RunInputs(
                matched, policy, reading.sources, reading.dropped_columns, beside, earlier, edits
            )
            write_run(out, document, inputs, watch.seconds, force=force)
    code = exit_code(document, lacks_outlook=lacks)
    if as_json:
        answer(_summary(document, out, code))
    if not quiet:
        say(_closing(document, out, compared, _not_granted(edits), OUTLOOK_LEFT_OUT if lacks else ""))
    return code


def _match_layers(
    intake: Path,
    policy: Policy,
    out: Path,
    *,
    force: bool,
    as_json: bool,
    quiet: bool,
    options: dict[str, Any],
) -> int:
    """Match under a policy with layers: one run a layer in the folder, and a page beside them."""
    from matcher.exceptions import UsageError  # noqa: PLC0415 - start fast
    from matcher.layered import form_layers  # noqa: PLC0415
    from matcher.pipeline import Watch  # noqa: PLC0415
    from matcher.routes.layers import (  # noqa: PLC0415
        LAYERED,
        layer_sentence,
        summary_of,
        together_sentence,
        write_layers,
    )
    from matcher.runs.folder import refuse_occupied  # noqa: PLC0415
    from matcher.runs.write import RunInputs  # noqa: PLC0415

    given = [name for name in ("pins", "patch", "earlier", "beside") if options[name] is not None]
    if given:
        raise UsageError(
            f"A policy with layers takes no --{given[0]}: it would not say which layer it is for. Match one "
            "layer as a policy of its own instead."
        )
    refuse_occupied(out, force=force, kind=LAYERED)
    reporter = Reporter(quiet=quiet)
    with stop_on_interrupt() as interrupt:
        watch = Watch(reporter.stage, reporter.progress, interrupt, reporter.checking)
        reading, issues = _read(intake, options["as_of"], watch, policy)
        layered = form_layers(reading.intake, policy, issues, reading.origin, watch)
        with watch.stage("write"):
            inputs = RunInputs(reading.intake, policy, reading.sources, reading.dropped_columns)
            write_layers(out, layered, policy, inputs, watch.seconds, force=force)
    code = code_of(layered.joint.stopped_by)
    if as_json:
        answer({"exit_code": code, "out": str(out), **summary_of(layered)})
    if not quiet:
        lines = ["", *map(layer_sentence, layered.layers), together_sentence(layered)]
        say("\n".join([*lines, "", f"Overview: {out / 'layers.html'}"]))
    return code


def _policy(path: Path | None) -> Policy:
    from matcher.policy.loader import load_policy  # noqa: PLC0415 - start fast
    from matcher.policy.model import Policy  # noqa: PLC0415

    return Policy() if path is None else load_policy(path)


def _patched(policy: Policy, path: Path | None, reading: IntakeReading) -> Policy:
    if path is None:
        return policy
    from matcher.routes.patches import patched, read_patch  # noqa: PLC0415 - start fast

    return patched(policy, read_patch(path, reading.intake, policy))


def _read(
    source: Path, as_of: datetime | None, watch: Watch, policy: Policy | None = None
) -> tuple[IntakeReading, tuple[Issue, ...]]:
    from matcher.exceptions import InputError  # noqa: PLC0415 - start fast
    from matcher.intake import read_intake  # noqa: PLC0415
    from matcher.intake.checks import check_intake  # noqa: PLC0415
    from matcher.intake.reading import must_exist  # noqa: PLC0415
    from matcher.pipeline import without_needless  # noqa: PLC0415

    must_exist(source)
    with watch.stage("read"):
        reading = read_intake(source, as_of=as_of.date() if as_of else None)
    with watch.stage("check"):
        found = (*reading.issues, *check_intake(reading))
        issues = found if policy is None else without_needless(found, policy)
    if any(issue.is_error for issue in issues):
        raise InputError(issues)
    return reading, issues


def _pins(path: Path | None, reading: IntakeReading) -> PinReading:
    from matcher.exceptions import InputError  # noqa: PLC0415 - start fast
    from matcher.report.pins import PinReading, read_pins  # noqa: PLC0415

    if path is None:
        return PinReading((), ())
    pinned = read_pins(path, mentee_ids=[school.school_id for school in reading.intake.mentees])
    if any(issue.is_error for issue in pinned.issues):
        raise InputError(pinned.issues)
    return pinned


def _beside(path: Path | None, document: PlanDocument) -> tuple[dict[str, Any], str]:
    """Return the further file of a run beside a decision, and what it says in one sentence."""
    if path is None:
        return {}, ""
    from matcher.report.tables import (  # noqa: PLC0415 - start fast
        compare_with_decided,
        read_decided,
        summarise_beside,
        write_csv,
    )

    rows = compare_with_decided(document, read_decided(path))
    return {"beside.csv": lambda target: write_csv(rows, target)}, summarise_beside(rows).sentence


def _summary(document: PlanDocument, out: Path, code: int) -> dict[str, Any]:
    return {
        "exit_code": code,
        "out": str(out),
        "report": str(out / "report.html"),
        "proof": document.proof.model_dump(mode="json"),
        "totals": document.totals.model_dump(mode="json"),
        "unassigned": [row.mentee_id for row in document.unassigned],
        "warnings": len(document.warnings),
    }


def _not_granted(edits: Sequence[EditRecord]) -> str:
    from matcher.runs.record import NOT_GRANTED  # noqa: PLC0415 - start fast

    schools = ", ".join(edit.school for edit in edits if edit.what == NOT_GRANTED)
    if not schools:
        return ""
    return f"Not granted of what was pinned, because the policy lets locks give way (rules.lock): {schools}."


def _closing(document: PlanDocument, out: Path, *more: str) -> str:
    from matcher.analysis.model_words import said  # noqa: PLC0415 - start fast
    from matcher.analysis.wording import counted, listed  # noqa: PLC0415

    totals = document.totals
    lines = [
        "",
        f"{totals.assigned} of {totals.mentees} schools placed in "
        + said(
            f"{counted(totals.clusters, 'cluster', 'clusters')}; {totals.unassigned} without a mentor.",
            document.around,
        ),
        document.proof_sentence,
        document.proof.referee,
    ]
    if document.concessions:
        number = counted(len(document.concessions), "concession is", "concessions are")
        lines.append(f"{number} in force: {listed(document.concessions)}.")
    if document.warnings:
        lines.append(
            f"{counted(len(document.warnings), 'warning', 'warnings')} about the intake; see the report."
        )
    lines += [sentence for sentence in more if sentence]
    if document.synthetic:
        lines.append("The data of this run is synthetic.")
    lines += ["", f"Report: {out / 'report.html'}", f"Tables: {out / 'result.xlsx'}"]
    return "\n".join(lines)
