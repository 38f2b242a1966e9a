"""`matcher compare`: many policies on one intake, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matcher.cli.interrupt import stop_on_interrupt
from matcher.cli.match import _read
from matcher.cli.messages import Reporter, answer, say

if TYPE_CHECKING:
    from matcher.routes.compare import Compared

PATH = click.Path(path_type=Path)
NOISE_HELP = "Draw the maturity scores anew so many times within their uncertainty, and make each plan again."


@click.command("compare")
@click.argument("intake", type=PATH)
@click.argument("policies", nargs=-1, required=True, metavar="POLICY...")
@click.option("--out", type=PATH, required=True, help="Folder for the comparison; must not exist yet.")
@click.option("--force", is_flag=True, help="Replace an earlier comparison in the --out folder.")
@click.option(
    "--vary",
    multiple=True,
    metavar="NAME=VALUES",
    help="Try a setting's values, criteria.travel=0:1:0.1 or rules.rivalry=hard,off; may be repeated.",
)
@click.option(
    "--trade",
    multiple=True,
    metavar="METRIC:METRIC",
    help="Plot what one metric costs in another, fit_mean:km_mean; may be repeated.",
)
@click.option(
    "--sensitivity",
    type=float,
    is_flag=False,
    flag_value=0.2,
    metavar="[SHARE]",
    help="Change each weight and price by this share (0.2 if not given) and switch off each rule, in turn.",
)
@click.option("--noise", type=click.IntRange(0, 10_000), default=0, metavar="DRAWS", help=NOISE_HELP)
@click.option("--baseline", metavar="NAME", help="Policy that the others are told against and judged by.")
@click.option(
    "--jobs", type=click.IntRange(1, 256), help="Processes; as many as there are cores if not given."
)
@click.option("--cluster", metavar="URL", help="Address of a Dask scheduler to use instead, tcp://….")
@click.option("--cache", type=PATH, help="Folder that keeps what is done; OUT.cache if not given.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), help="Seed; each policy's own if not given.")
@click.option("--json", "as_json", is_flag=True, help="Print a summary as JSON to stdout.")
@click.option("--quiet", is_flag=True, help="Say nothing but faults.")
def compare_command(
    intake: Path,
    policies: tuple[str, ...],
    out: Path,
    *,
    force: bool,
    vary: tuple[str, ...],
    trade: tuple[str, ...],
    as_json: bool,
    quiet: bool,
    **options: Any,
) -> int:
    """Run each POLICY on INTAKE and write what they have in common and where they part.

    POLICY is a policy file, or the name of a policy that comes with matcher. A policy that no plan can
    keep is a result like any other, with its reason. What is done is kept: the same command goes on where
    it was stopped.
    """
    from matcher.laboratory.asides import asides_of  # noqa: PLC0415 - start fast
    from matcher.laboratory.cache import FolderCache  # noqa: PLC0415
    from matcher.laboratory.engine import SweepStoppedError  # noqa: PLC0415
    from matcher.laboratory.trade import read_trades  # noqa: PLC0415
    from matcher.laboratory.variants import read_policies, read_vary, variants_of  # noqa: PLC0415
    from matcher.pipeline import Watch  # noqa: PLC0415
    from matcher.routes.compare import (  # noqa: PLC0415
        COMPARISON,
        compare_variants,
        refuse_baseline,
        workers_for,
    )
    from matcher.runs.folder import refuse_occupied  # noqa: PLC0415

    refuse_occupied(out, force=force, kind=COMPARISON)
    reporter = Reporter(quiet=quiet)
    grid, trades = read_vary(vary), read_trades(trade)
    variants = variants_of(read_policies(policies), grid, seed=options["seed"])
    refuse_baseline(variants, options["baseline"])
    kept = options["cache"] or out.with_name(f"{out.name}.cache")
    with stop_on_interrupt("Stopping; what is done is kept. Press Ctrl-C again to end at once.") as interrupt:
        watch = Watch(reporter.stage, reporter.progress, interrupt, on_item=reporter.item)
        reading, issues = _read(intake, None, watch)
        asides = asides_of(
            variants,
            reading.intake,
            sensitivity=options["sensitivity"],
            noise=options["noise"],
            seed=options["seed"] or 0,
        )
        cache = FolderCache(kept, say)
        workers = workers_for(
            [*variants, *asides.variants],
            reading.intake,
            jobs=options["jobs"] or _cores(),
            cluster=options["cluster"],
            should_stop=interrupt,
        )
        try:
            compared = compare_variants(
                reading,
                issues,
                variants,
                workers,
                cache,
                asides=asides,
                trades=trades,
                baseline=options["baseline"],
                seed=options["seed"],
                watch=watch,
                on_state=reporter.sweep,
            )
        except SweepStoppedError as stopped:
            say(f"{stopped} They are kept in {kept}; the same command goes on from there.")
            return stopped.exit_code
        with watch.stage("tables"):
            compared.write(out, force=force)
    code = 130 if interrupt.requested else compared.exit_code
    if as_json:
        answer(_summary(compared, out, kept, code))
    if not quiet:
        say(_closing(compared, out, kept, stopped=interrupt.requested))
    return code


def _cores() -> int:
    """Cores that this process may use."""
    from joblib import cpu_count  # noqa: PLC0415 - start fast

    return int(cpu_count())


def _summary(compared: Compared, out: Path, kept: Path, code: int) -> dict[str, Any]:
    from matcher.report.compare import PAGE_NAME  # noqa: PLC0415 - start fast

    return {
        "exit_code": code,
        "out": str(out),
        "report": str(out / PAGE_NAME),
        "cache": str(kept),
        "policies": [
            {
                "key": one.variant.key,
                "title": one.variant.title,
                "layer": one.layer,
                "point": one.variant.point,
                "failure": one.failure,
                "proof": None if one.document is None else one.document.proof.model_dump(mode="json"),
                "totals": None if one.document is None else one.document.totals.model_dump(mode="json"),
            }
            for one in compared.outcomes
        ],
    }


def _closing(compared: Compared, out: Path, kept: Path, *, stopped: bool) -> str:
    from matcher.analysis.wording import counted  # noqa: PLC0415 - start fast
    from matcher.report.compare import PAGE_NAME, WORKBOOK_NAME  # noqa: PLC0415

    outcomes = compared.outcomes
    found = [one for one in outcomes if one.document is not None]
    proven = sum(one.document is not None and one.document.proof.status == "optimal" for one in found)
    lines = ["", f"{counted(len(found), 'plan', 'plans')} compared, {proven} of them proven best."]
    for one in outcomes:
        if one.failure:
            why = one.failure.splitlines()[0].removesuffix(":").removesuffix(".")
            lines.append(f"No plan under {one.variant.key}: {why}. See the report.")
    document = compared.document
    lines += [f"{one.title}: {one.sentences[0]}" for one in document.sensitivity]
    lines += [f"{one.title}: {one.sentence.partition('. ')[0]}." for one in document.noise]
    if stopped:
        lines.append("Drop-outs were left out in part: the comparison was stopped.")
    if compared.document.synthetic:
        lines.append("The data of this comparison is synthetic.")
    lines += ["", f"Report: {out / PAGE_NAME}", f"Tables: {out / WORKBOOK_NAME}"]
    return "\n".join([*lines, f"Kept for the next time: {kept}"])
