"""``python -m benchmarks``: run cases, show the table, draw the plots, write the page."""

from __future__ import annotations

from pathlib import Path

import click

from benchmarks import runner
from benchmarks.machine import ROOT
from benchmarks.registry import all_cases

RELEASE = ROOT / "benchmarks" / "results" / "release.jsonl"
QUICK = ROOT / "out" / "benchmarks" / "quick.jsonl"


@click.group()
def main() -> None:
    """Run and show the benchmarks."""


@main.command()
@click.option("--quick", is_flag=True, help="The quick set: fewer instances, short limits.")
@click.option("--case", "names", multiple=True, help="Only this case; may be given several times.")
@click.option("--solver", "solvers", multiple=True, help="Only this solver; may be given several times.")
@click.option("--seeds", type=int, help="Only the first so many instances of each case.")
@click.option("--seconds", type=float, help="One limit for all, instead of the cases' own.")
@click.option("--workers", type=int, default=1, show_default=True, help="Threads of every solver.")
@click.option("--again", is_flag=True, help="Run also what the file has already.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File of results.")
def run(
    *,
    quick: bool,
    names: tuple[str, ...],
    solvers: tuple[str, ...],
    seeds: int | None,
    seconds: float | None,
    workers: int,
    again: bool,
    out: Path | None,
) -> None:
    """Run cases and add their rows to a file of results."""
    known = all_cases()
    unknown = [name for name in names if name not in known]
    if unknown:
        raise click.ClickException(f"There is no case {unknown[0]!r}. Known cases: {', '.join(known)}.")
    chosen = tuple(known[name] for name in names) if names else tuple(known.values())
    plan = runner.Plan(chosen, solvers, seeds, quick, seconds, workers, again)
    runner.run(plan, out or (QUICK if quick else RELEASE))


if __name__ == "__main__":
    main()
