"""`matcher verify`: whether a run is what it says it is."""

from __future__ import annotations

from pathlib import Path

import click

from matcher.cli.messages import answer, say

PATH = click.Path(path_type=Path)


@click.command("verify")
@click.argument("run", type=PATH)
@click.option(
    "--earlier", type=PATH, multiple=True, help="Where earlier runs are, besides the folders beside RUN."
)
@click.option("--questions", type=PATH, help="Log of questions; RUN.questions.json beside RUN if not given.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON to stdout.")
@click.option("--quiet", is_flag=True, help="Say nothing but faults.")
def verify_command(
    run: Path, *, earlier: tuple[Path, ...], questions: Path | None, as_json: bool, quiet: bool
) -> int:
    """Check a RUN folder from its sealed inputs: hashes, eligibility, every rule, the objective.

    Then follow the chain of runs that it came from, and check the questions that were put on record.
    """
    from matcher.runs.verify import verify_run  # noqa: PLC0415 - start fast

    found = verify_run(run, earlier=earlier, questions=questions)
    if as_json:
        found_out = {
            "passed": list(found.passed),
            "skipped": list(found.skipped),
            "faults": list(found.faults),
        }
        answer({"ok": found.ok, **found_out})
    for line in () if as_json or quiet else found.passed:
        click.echo(f"ok     {line}")
    for line in () if as_json or quiet else found.skipped:
        click.echo(f"LEFT   {line}")
    for line in () if as_json else found.faults:
        click.echo(f"FAULT  {line}")
    if not found.ok:
        say(f"{len(found.faults)} fault(s): something is not what it was when it was written.")
        return 3
    return 0
