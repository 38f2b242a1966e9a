"""`matcher score`: a hand edit, judged at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from matcher.cli.interrupt import code_of, stop_on_interrupt
from matcher.cli.messages import Reporter, answer, say
from matcher.cli.recording import keep_on_record, record_options

if TYPE_CHECKING:
    from matcher.analysis.edit_document import EditBreach, EditReport

PATH = click.Path(path_type=Path)
BREAKS_RULES = 7
"""Exit code of an edit that breaks a rule that must hold."""


@click.command("score")
@click.argument("run", type=PATH)
@click.option(
    "--edit",
    type=PATH,
    required=True,
    help="Changes file with rows 'pin' and 'move', or a corrected result.xlsx.",
)
@record_options
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON to stdout.")
@click.option("--quiet", is_flag=True, help="Say nothing but faults.")
def score_command(
    run: Path, edit: Path, *, record: bool, author: str | None, as_json: bool, quiet: bool
) -> int:
    """Judge a hand edit of a RUN: broken rules, points by school, the best plan that keeps it.

    Exit code 0 if the edit keeps every rule that must hold, 7 if it does not; 5 if a limit, 130 if Ctrl-C
    ended the search for the best plan that keeps it.
    """
    from matcher.pipeline import Watch  # noqa: PLC0415 - start fast
    from matcher.routes.changes import read_request  # noqa: PLC0415
    from matcher.routes.score import score_run  # noqa: PLC0415
    from matcher.runs.opened import open_run  # noqa: PLC0415
    from matcher.runs.record import must_be_run  # noqa: PLC0415

    must_be_run(run)
    reporter = Reporter(quiet=quiet)
    with stop_on_interrupt() as interrupt:
        watch = Watch(reporter.stage, reporter.comparing, interrupt)
        with watch.stage("read"):
            opened = open_run(run)
            request = read_request(opened, edit, only_edits=True)
        report = score_run(opened, request, watch)
    if record:
        settings = opened.encoding.policy.solve.model_dump(mode="json")
        edits = [one.model_dump(mode="json") for one in request.changes]
        question = {"edits": edits, "settings": settings}
        keep_on_record(opened, "score", question, report.model_dump(mode="json"), author=author, quiet=quiet)
    if as_json:
        answer(report.model_dump(mode="json"))
    elif not quiet:
        click.echo(_verdict(report))
    if not quiet:
        for issue in request.warnings:
            say(str(issue))
    return code_of(report.stopped_by) or (0 if report.allowed else BREAKS_RULES)


def _verdict(report: EditReport) -> str:
    lines = [*report.sentences]
    if report.broken:
        lines += ["", "Rules that must hold and do not:", *(_breach(one) for one in report.broken)]
    if report.gave_way:
        lines += ["", "Rules that give way, at a price:", *(_breach(one) for one in report.gave_way)]
    if report.schools:
        lines += ["", "Points by school (before → after):"]
    for one in report.schools:
        lines.append(
            f"  {one.school_id} {one.name}: {one.before:,.1f} → {one.after:,.1f} ({one.change:+,.1f})"
        )
    if report.rest:
        lines.append(f"  of no single school: {report.rest:+,.1f}")
    lines.append(
        f"The plan: {report.points_before:,.1f} → {report.points_after:,.1f} points ({report.change:+,.1f})."
    )
    if report.answer is not None and report.answer.diffs:
        lines += ["", "Further moves of the best plan that keeps the edit:"]
        for diff in report.answer.diffs:
            before, after = diff.before or "none", diff.after or "none"
            lines.append(f"  {diff.school_id} {diff.name}: {before} → {after}. {diff.why}")
    return "\n".join(lines)


def _breach(one: EditBreach) -> str:
    price = "" if one.price is None else f" ({one.price:,.1f} points)"
    head = "" if one.detail.startswith(f"{one.rule}:") else f"{one.rule}: "
    return f"  {head}{one.detail}{price}"
