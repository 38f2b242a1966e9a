"""`matcher repair`: why no plan exists, and the cheapest ways out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matcher.cli.check import DATE
from matcher.cli.interrupt import stop_on_interrupt
from matcher.cli.messages import Reporter, answer, say

if TYPE_CHECKING:
    from matcher.analysis.repair_document import RepairDocument

PATH = click.Path(path_type=Path)


@click.command("repair")
@click.argument("intake", type=PATH)
@click.option(
    "--policy", "policy_file", type=PATH, help="Policy file (YAML); its part repair: says what may give."
)
@click.option(
    "--out", type=PATH, help="Folder for repair.html, repair.json and the patches; must not exist yet."
)
@click.option(
    "--most", type=click.IntRange(1, 100), default=5, show_default=True, help="Repairs listed at most."
)
@click.option("--apply", "chosen", type=click.IntRange(1), help="Also match with this repair, into OUT/run.")
@click.option("--as-of", type=DATE, help="Date (2026-09-01) on which links count as in force.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON to stdout.")
@click.option("--quiet", is_flag=True, help="Say nothing but faults.")
def repair_command(
    intake: Path,
    policy_file: Path | None,
    out: Path | None,
    *,
    most: int,
    chosen: int | None,
    as_of: datetime | None,
    as_json: bool,
    quiet: bool,
) -> int:
    """Name the smallest conflict of INTAKE's hard rules, and the cheapest repairs the policy allows."""
    from matcher.cli.match import _policy, _read  # noqa: PLC0415 - start fast
    from matcher.exceptions import UsageError  # noqa: PLC0415
    from matcher.pipeline import Watch  # noqa: PLC0415
    from matcher.routes.repair import apply_repair, repair  # noqa: PLC0415
    from matcher.routes.repair_files import write_repair  # noqa: PLC0415

    if chosen is not None and out is None:
        raise UsageError("--apply writes a run: give --out a folder that does not exist yet.")
    if out is not None and out.exists():
        raise UsageError(f"{out} is already there. Give --out a folder that does not exist yet.")
    reporter = Reporter(quiet=quiet)
    with stop_on_interrupt() as interrupt:
        watch = Watch(reporter.stage, reporter.progress, interrupt)
        policy = _policy(policy_file)
        reading, issues = _read(intake, as_of, watch)
        document = repair(reading.intake, policy, most=most, watch=watch)
        if chosen is not None and chosen > len(document.repairs):
            raise UsageError(f"There is no repair {chosen}; {len(document.repairs)} were found.")
        if out is not None:
            write_repair(document, out)
        if chosen is not None and out is not None:
            apply_repair(reading, issues, policy, document.repairs[chosen - 1].patch, out / "run", watch)
    if as_json:
        answer(document.as_dict())
    if not quiet:
        say(_text(document, out))
    if interrupt():
        return 130
    return _CODES.get(document.state, 0)


_CODES = {"impossible": 4, "unsettled": 6, "found": 5}


def _text(document: RepairDocument, out: Path | None) -> str:
    lines = ["", *document.conflict, "", document.state_sentence]
    for one in document.repairs:
        lines += ["", f"Repair {one.number}, price {one.price:g}:"]
        lines += [f"  - {sentence}" for sentence in one.sentences]
        lines.append(f"  {one.quality}")
    if out is not None:
        lines += ["", f"Report: {out / 'repair.html'}"]
        lines += [f"Patches: {out / 'repair-1.json'} …"] if document.repairs else []
    return "\n".join(lines)
