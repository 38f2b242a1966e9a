"""`matcher rematch`: the world has changed; as few schools as possible move."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matcher.cli.interrupt import OUTLOOK_LEFT_OUT, exit_code, stop_on_interrupt
from matcher.cli.messages import Reporter, answer, say

if TYPE_CHECKING:
    from matcher.analysis.rematch_document import RematchReport
    from matcher.routes.rematch import Rematch

PATH = click.Path(path_type=Path)


class Percent(click.ParamType[float]):
    """A share in per cent, with or without the sign; converted to [0, 1]."""

    name = "percent"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Take ``2``, ``2%`` or ``0.5 %``."""
        if isinstance(value, float):
            return value
        try:
            share = float(str(value).rstrip("% ")) / 100
        except ValueError:
            self.fail(f"{value!r} is no percentage; write 2 or 2%.", param, ctx)
        if not 0 <= share <= 1:
            self.fail(f"{value!r} is not between 0 and 100 %.", param, ctx)
        return share


@click.command("rematch")
@click.argument("run", type=PATH)
@click.option("--changes", type=PATH, help="Changes file (.xlsx, .csv, .json) or a corrected result.xlsx.")
@click.option("--pins", type=PATH, help="A result.xlsx with its 'Pin?' and 'Change to' columns filled in.")
@click.option("--new-schools", type=PATH, help="Intake with the schools that join.")
@click.option("--moves", type=click.IntRange(0), help="Take the best plan with at most so many moves.")
@click.option(
    "--at-most-loss", type=Percent(), help="Take the fewest moves at most so many % below the best plan."
)
@click.option("--out", type=PATH, required=True, help="Folder for the new run; must not exist yet.")
@click.option("--force", is_flag=True, help="Replace an earlier run in the --out folder.")
@click.option("--json", "as_json", is_flag=True, help="Print a summary as JSON to stdout.")
@click.option("--quiet", is_flag=True, help="Say nothing but faults.")
def rematch_command(
    run: Path,
    changes: Path | None,
    pins: Path | None,
    new_schools: Path | None,
    *,
    moves: int | None,
    at_most_loss: float | None,
    out: Path,
    force: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Answer changes to a RUN with as few moves as possible, and say what more moves would gain."""
    from matcher.pipeline import Watch, lacks_outlook  # noqa: PLC0415 - start fast
    from matcher.routes.changes import read_request  # noqa: PLC0415
    from matcher.routes.rematch import Choice, rematch_run  # noqa: PLC0415
    from matcher.runs.folder import refuse_occupied  # noqa: PLC0415
    from matcher.runs.opened import open_run  # noqa: PLC0415
    from matcher.runs.record import must_be_run  # noqa: PLC0415

    if moves is not None and at_most_loss is not None:
        raise click.UsageError("Give either --moves or --at-most-loss, not both.")
    refuse_occupied(out, force=force)
    must_be_run(run)
    reporter = Reporter(quiet=quiet)
    with stop_on_interrupt() as interrupt:
        watch = Watch(reporter.stage, reporter.comparing, interrupt)
        with watch.stage("read"):
            opened = open_run(run)
            request = read_request(opened, changes, pins=pins, new_schools=new_schools)
        made = rematch_run(opened, request, Choice(moves, at_most_loss), watch)
        with watch.stage("write"):
            made.write(out, force=force)
    document = made.plan.document
    lacks = lacks_outlook(document, made.encoding.policy)
    code = exit_code(document, lacks_outlook=lacks)
    if as_json:
        answer(_summary(made, out, code))
    if not quiet and document.rematch is not None:
        say(_closing(document.rematch, out))
        for issue in request.warnings:
            say(str(issue))
        if lacks:
            say(OUTLOOK_LEFT_OUT)
    return code


def _summary(made: Rematch, out: Path, code: int) -> dict[str, Any]:
    document = made.plan.document
    told = None if document.rematch is None else document.rematch.model_dump(mode="json")
    return {
        "exit_code": code,
        "out": str(out),
        "report": str(out / "report.html"),
        "proof": document.proof.model_dump(mode="json"),
        "rematch": told,
    }


def _closing(report: RematchReport, out: Path) -> str:
    lines = [
        "",
        "Moves against quality (a move: a school could keep its mentor if others left it, and does not; "
        "→: the plan that was written):",
    ]
    for point in report.line:
        lines.append(f"  {'→' if point.chosen else ' '} {point.words}")
    lines += ["", *report.sentences]
    if report.diffs:
        lines.append("")
    for diff in report.diffs:
        before, after = diff.before or "none", diff.after or "none"
        lines.append(f"  {diff.school_id} {diff.name}: {before} → {after}. {diff.why}")
    lines += [f"  {note}" for note in report.notes]
    lines += ["", f"Report: {out / 'report.html'}", f"Before and after: {out / 'changes.csv'}"]
    return "\n".join(lines)
