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
    return 130 if interrupt.requested else 0


def _table(found: tuple[DropOut, ...]) -> str:
    lines = [f"{'mentor':<12} {'schools':>7} {'left over':>9} {'points lost':>11}  who takes over"]
    for one in found:
        hosts = sorted({move.host_id for move in one.cover.moves if move.host_id is not None})
        least = "" if one.cover.proven else " or less"
        lines.append(
            f"{one.cover.host_id:<12} {len(one.cover.moves):>7} {one.cover.uncovered:>9} "
            f"{one.cover.loss:>11,.1f}{least}  {', '.join(hosts) or 'nobody can'}"
        )
    return "\n".join(lines) + "\n"


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

    if out is not None:
        refuse_occupied(out, force=force, kind=PLANS)
    reporter = Reporter(quiet=quiet)
    with stop_on_interrupt() as interrupt:
        watch = Watch(reporter.stage, reporter.progress, interrupt)
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
