"""``python -m benchmarks``: run cases, show the table, draw the plots, write the page."""

from __future__ import annotations

from pathlib import Path

import click

from benchmarks import measure, rows, runner, table
from benchmarks.case import Case
from benchmarks.machine import ROOT
from benchmarks.page import page
from benchmarks.plots import draw_all
from benchmarks.registry import all_cases

RESULTS = ROOT / "benchmarks" / "results"
RELEASE = RESULTS / "release.jsonl"
QUICK = ROOT / "out" / "benchmarks" / "quick.jsonl"
DOCS = ROOT / "docs"

FILES = click.option(
    "--results",
    "files",
    multiple=True,
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="File of results; may be given several times. Without: all of benchmarks/results/.",
)


@click.group()
def main() -> None:
    """Run and show the benchmarks."""


@main.command()
@click.option("--quick", is_flag=True, help="The quick set: fewer instances, short limits; prints the table.")
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
    """Run cases and add their rows to a file of results, release.jsonl unless it is the quick set."""
    known = all_cases()
    unknown = [name for name in names if name not in known]
    if unknown:
        raise click.ClickException(f"There is no case {unknown[0]!r}. Known cases: {', '.join(known)}.")
    chosen = tuple(known[name] for name in names) if names else tuple(known.values())
    out = out or (QUICK if quick else RELEASE)
    runner.run(runner.Plan(chosen, solvers, seeds, quick, seconds, workers, again), out)
    if quick:
        _show(out)


@main.command()
@click.option("--part", "names", multiple=True, help="Only this part; may be given several times.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=RELEASE, show_default=False)
def micro(*, names: tuple[str, ...], out: Path) -> None:
    """Measure parts of the library by themselves and add the timings to a file of results."""
    measure.run(names or measure.names(), out.resolve())


@main.command(name="table")
@FILES
def show(*, files: tuple[Path, ...]) -> None:
    """Print the side-by-side table, the figures and the parts."""
    _show(*_files(files))


@main.command()
@FILES
def plots(*, files: tuple[Path, ...]) -> None:
    """Draw the plots of docs/benchmarks/."""
    for path in draw_all(_cases(), rows.read(_files(files)), DOCS / "benchmarks"):
        print(path.relative_to(ROOT))


@main.command()
@FILES
def docs(*, files: tuple[Path, ...]) -> None:
    """Draw the plots and write docs/benchmarks.md."""
    results = rows.read(_files(files))
    drawn = draw_all(_cases(), results, DOCS / "benchmarks")
    (DOCS / "benchmarks.md").write_text(page(_cases(), results, drawn), encoding="utf-8")


def _cases() -> list[Case]:
    return list(all_cases().values())


def _files(given: tuple[Path, ...]) -> tuple[Path, ...]:
    return given or tuple(sorted(RESULTS.glob("*.jsonl")))


def _show(*files: Path) -> None:
    results = rows.read(files)
    cases = [case for case in _cases() if results.of_case(case.name)]
    print("\n" + table.as_text(table.HEAD, table.side_by_side(cases, results), table.RIGHT))
    print("\n" + table.as_text(table.FIGURES, table.figures(cases, results)))
    if results.timings:
        print("\n" + table.as_text(table.MICRO, table.micro(results), frozenset((2, 3, 4))))


if __name__ == "__main__":
    main()
