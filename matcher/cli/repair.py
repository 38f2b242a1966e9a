"""`matcher repair`: why no plan exists, and the cheapest ways out."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matcher.cli.check import DATE
from matcher.cli.interrupt import stop_on_interrupt
from matcher.cli.messages import Reporter, answer, say

if TYPE_CHECKING:
    from matcher.analysis.repair_document import RepairDocument, RepairOption

PATH = click.Path(path_type=Path)


@click.command("repair")
@click.argument("intake", type=PATH)
@click.option(
    "--policy", "policy_file", type=PATH, help="Policy file (YAML); its part repair: says what may give."
)
@click.option(
    "--out", type=PATH, help="Folder for repair.html, repair.json and the patches; must not exist yet."
)
@click.option("--force", is_flag=True, help="Replace earlier repairs in the --out folder.")
@click.option(
    "--most", type=click.IntRange(1, 100), default=5, show_default=True, help="Repairs listed at most."
)
@click.option("--apply", "chosen", type=click.IntRange(1), help="Also match with this repair, into OUT/run.")
@click.option(
    "--time-limit", type=click.FloatRange(0, min_open=True), help="Seconds; what is known by then is said."
)
@click.option("--as-of", type=DATE, help="Date (2026-09-01) on which links count as in force.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON to stdout.")
@click.option("--quiet", is_flag=True, help="Say nothing but faults.")
def repair_command(
    intake: Path,
    policy_file: Path | None,
    out: Path | None,
    *,
    force: bool,
    most: int,
    chosen: int | None,
    time_limit: float | None,
    as_of: datetime | None,
    as_json: bool,
    quiet: bool,
) -> int:
    """Name the smallest conflict of INTAKE's hard rules, and the cheapest repairs the policy allows."""
    from matcher.cli.match import _policy, _read  # noqa: PLC0415 - start fast
    from matcher.exceptions import UsageError  # noqa: PLC0415
    from matcher.pipeline import Watch  # noqa: PLC0415
    from matcher.routes.repair import repair, repaired_run  # noqa: PLC0415
    from matcher.routes.repair_files import refuse_taken, write_repair  # noqa: PLC0415

    if chosen is not None and out is None:
        raise UsageError("--apply writes a run: give --out a folder that does not exist yet.")
    if out is not None:
        refuse_taken(out, force=force)
    reporter = Reporter(quiet=quiet)
    with stop_on_interrupt() as interrupt:
        watch = Watch(reporter.stage, reporter.progress, _until(interrupt, time_limit), reporter.checking)
        policy = _policy(policy_file)
        reading, issues = _read(intake, as_of, watch)
        document = repair(reading.intake, policy, most=most, watch=watch)
        if chosen is not None and chosen > len(document.repairs):
            if out is not None:  # the work is done: keep what was found
                write_repair(document, out, force=force)
            raise UsageError(_no_such(chosen, document, out))
        run = None
        if chosen is not None:
            run = repaired_run(reading, issues, policy, document.repairs[chosen - 1].patch, watch)
        if out is not None:
            write_repair(document, out, force=force, run=run)
    if as_json:
        answer(document.as_dict())
    if not quiet:
        say(_text(document, out))
    if run is not None and out is not None and not quiet:
        say(f"Run with repair {chosen}: {out / 'run'} (report: {out / 'run' / 'report.html'})")
    if interrupt():
        return 130
    return _code(document)


def _no_such(chosen: int, document: RepairDocument, out: Path | None) -> str:
    """Say that a repair that was to be applied is not among those found, and where these are."""
    number = len(document.repairs)
    if not number:
        return f"There is no repair {chosen}: {document.state_sentence}"
    found = "only one was" if number == 1 else f"{number} were"
    return (
        f"There is no repair {chosen}; {found} found, written to {out}. No run was made: apply one with "
        "`matcher match … --patch repair-1.json`, or list more with --most."
    )


def _until(interrupt: Callable[[], bool], seconds: float | None) -> Callable[[], bool]:
    """Stop when asked to, or when the time is over."""
    if seconds is None:
        return interrupt
    end = time.monotonic() + seconds
    return lambda: interrupt() or time.monotonic() >= end


SHOWN = 5
"""Things given up by a long repair that the terminal names."""
_CODES = {"impossible": 4, "unsettled": 6, "found": 5}


def _code(document: RepairDocument) -> int:
    """Exit code; 5 also where a limit came before a plan was found that keeps to a repair."""
    unsettled = any(one.works is None for one in document.repairs)
    return _CODES.get(document.state, 5 if unsettled else 0)


def _text(document: RepairDocument, out: Path | None) -> str:
    from matcher.analysis.repair_words import rows_of  # noqa: PLC0415 - start fast

    counted = [*document.findings, *document.shortage]
    lines = ["", *(["What counting finds:", *(f"  - {line}" for line in counted), ""] if counted else [])]
    lines += [*(["The smallest conflict:"] if counted and document.conflict else []), *document.conflict]
    lines += ["", document.state_sentence]
    for row in rows_of(document.repairs):
        lines += ["", *_row(row)]
    if out is not None:
        lines += ["", f"Report: {out / 'repair.html'}"]
        lines += [f"Patches: {out / 'repair-1.json'} …"] if document.repairs else []
    return "\n".join(lines)


def _row(row: tuple[RepairOption, ...]) -> list[str]:
    """One repair, or several that differ in a single choice."""
    first = row[0]
    if len(row) > 1:
        numbers = ", ".join(str(one.number) for one in row)
        lines = [f"Repairs {numbers}, price {first.price:g} each; any one of these:"]
        return lines + [f"  {one.number}. {one.sentences[0]} {one.quality}" for one in row]
    lines = [f"Repair {first.number}, price {first.price:g}:"]
    shown = first.sentences[:SHOWN] if first.summary else first.sentences
    lines += [f"  {first.summary}"] if first.summary else []
    lines += [f"  - {sentence}" for sentence in shown]
    left = len(first.sentences) - len(shown)
    lines += [f"  {sentence}" for sentence in first.stand_ins]
    lines += [f"  - … and {left} more; the patch has them all."] if left else []
    return [*lines, f"  {first.quality}"]
