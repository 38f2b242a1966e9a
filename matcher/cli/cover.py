"""`matcher cover` and `matcher plans`: what if a mentor drops out, and which other plans are good."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from matcher.cli.interrupt import stop_on_interrupt
from matcher.cli.messages import Reporter, answer, say

if TYPE_CHECKING:
    from matcher.routes.cover import DropOut

PATH = click.Path(path_type=Path)


@click.command("cover")
@click.argument("run", type=PATH)
@click.argument("mentor", required=False)
@click.option("--others-move", is_flag=True, help="Seek the best plan in which everybody may move, too.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON to stdout.")
@click.option("--quiet", is_flag=True, help="Say nothing but the answer and faults.")
def cover_command(run: Path, mentor: str | None, *, others_move: bool, as_json: bool, quiet: bool) -> int:
    """Say who takes over in a RUN if MENTOR drops out, and what is lost; each mentor if none is named."""
    from matcher.pipeline import Watch  # noqa: PLC0415 - start fast
    from matcher.routes.cover import find_cover  # noqa: PLC0415
    from matcher.runs.opened import open_run  # noqa: PLC0415
    from matcher.runs.record import must_be_run  # noqa: PLC0415

    must_be_run(run)
    reporter = Reporter(quiet=quiet)
    with stop_on_interrupt() as interrupt:
        watch = Watch(reporter.stage, reporter.progress, interrupt)
        with watch.stage("read"):
            opened = open_run(run)
        with watch.stage("cover"):
            found = find_cover(opened, mentor, others_move=others_move, watch=watch)
    if as_json:
        answer({"drop_outs": [one.model_dump(mode="json") for one in found]})
    else:
        text = "\n".join(one.text() for one in found) if mentor or others_move else _table(found)
        click.echo(text, nl=False)
    return 130 if interrupt.requested else 0 if all(one.settled for one in found) else 5


def _table(found: tuple[DropOut, ...]) -> str:
    """Lay the drop-outs out in columns, a mentor a line."""
    rows = [("mentor", "schools", "left over", "points lost", "who takes over")]
    for one in found:
        cover = one.cover
        loss = f"{cover.loss:,.1f}{'' if cover.proven else ' or less'}"
        who = f"{cover.host_id} {one.names[cover.host_id]}"
        rows.append((who, str(len(cover.moves)), str(cover.uncovered), loss, _takers(one)))
    wide = [max(len(row[at]) for row in rows) for at in range(4)]
    lines = [
        "  ".join((row[0].ljust(wide[0]), *(row[at].rjust(wide[at]) for at in (1, 2, 3)), row[4]))
        for row in rows
    ]
    return "\n".join(lines) + "\n"


def _takers(one: DropOut) -> str:
    """Name the mentors that take over, each with how many schools."""
    hosts = [move.host_id for move in one.cover.moves if move.host_id is not None]
    taken = {host: hosts.count(host) for host in sorted(set(hosts))}
    said = [f"{host} {one.names[host]} ({number} of them)" for host, number in taken.items()]
    return ", ".join(said) or "nobody can"


@click.command("plans")
@click.argument("run", type=PATH)
@click.option(
    "--count", type=click.IntRange(2, 100), default=5, help="Plans in all, that of the run included."
)
@click.option(
    "--differ",
    type=click.IntRange(1),
    default=3,
    help="Schools elsewhere than in each earlier plan, at least.",
)
@click.option("--out", type=PATH, help="Folder for plans.csv and plans.json; must not exist yet.")
@click.option("--force", is_flag=True, help="Replace earlier plans in the --out folder.")
@click.option("--json", "as_json", is_flag=True, help="Print the plans as JSON to stdout.")
@click.option("--quiet", is_flag=True, help="Say nothing but the answer and faults.")
def plans_command(
    run: Path, *, count: int, differ: int, out: Path | None, force: bool, as_json: bool, quiet: bool
) -> int:
    """Find the best plans that differ from the plan of a RUN and from each other, each with its proof."""
    from matcher.pipeline import Watch  # noqa: PLC0415 - start fast
    from matcher.routes.plans import PLANS, find_plans  # noqa: PLC0415
    from matcher.runs.folder import refuse_occupied  # noqa: PLC0415
    from matcher.runs.opened import open_run  # noqa: PLC0415
    from matcher.runs.record import must_be_run  # noqa: PLC0415

    if out is not None:
        refuse_occupied(out, force=force, kind=PLANS)
    must_be_run(run)
    reporter = Reporter(quiet=quiet, numbered="plan {} of {}")
    with stop_on_interrupt() as interrupt:
        watch = Watch(reporter.stage, reporter.progress, interrupt, on_item=reporter.item)
        with watch.stage("read"):
            opened = open_run(run)
        with watch.stage("plans"):
            found = find_plans(opened, count=count, differ=differ, watch=watch)
    if out is not None:
        found.write(out, force=force)
    if as_json:
        answer(found.model_dump(mode="json"))
    else:
        click.echo(found.text(), nl=False)
    if out is not None and not quiet:
        say(f"Table: {out / 'plans.csv'}")
    if interrupt.requested:
        return 130
    limited = len(found.plans) < count and not found.exhausted
    return 5 if limited or not all(plan.proven for plan in found.plans[1:]) else 0
