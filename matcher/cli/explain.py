"""`matcher explain`: why a school is where it is, and what it would cost otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matcher.cli.interrupt import stop_on_interrupt
from matcher.cli.messages import Reporter, answer
from matcher.cli.recording import keep_on_record, record_options

if TYPE_CHECKING:
    from matcher.analysis.outlook_document import Relaxation


@click.command("explain")
@click.argument("run", type=click.Path(path_type=Path))
@click.argument("school", required=False)
@click.option(
    "--why-not", metavar="MENTOR", help="Price of this mentor instead; 'none' for no mentor at all."
)
@click.option("--swap", metavar="MENTEE", help="Price of exchanging mentors with this school.")
@click.option("--relaxations", is_flag=True, help="The ten rules or limits whose giving up would help most.")
@record_options
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON to stdout.")
@click.option("--quiet", is_flag=True, help="Say nothing but the answer and faults.")
def explain_command(
    run: Path,
    school: str | None,
    *,
    why_not: str | None,
    swap: str | None,
    relaxations: bool,
    record: bool,
    author: str | None,
    as_json: bool,
    quiet: bool,
) -> int:
    """Explain a SCHOOL of a RUN: its mentor, each criterion, the rules, other mentors and their price.

    SCHOOL is the id of a mentee, of a mentor or of a cluster; --relaxations alone needs none.
    """
    from matcher.pipeline import Watch  # noqa: PLC0415 - start fast
    from matcher.routes import explain as route  # noqa: PLC0415
    from matcher.runs.opened import open_run  # noqa: PLC0415

    if school is None and not (relaxations and why_not is None and swap is None):
        raise click.UsageError("Name a school, for example: matcher explain out/pilot IT-008")
    reporter = Reporter(quiet=quiet)
    told: dict[str, Any] = {}
    parts: list[str] = []
    with stop_on_interrupt() as interrupt:
        watch = Watch(reporter.stage, reporter.progress, interrupt)
        with watch.stage("read"):
            opened = open_run(run)
        if school is not None and why_not is None and swap is None:
            story = route.explain_school(opened, school)
            told["explanation"] = story.model_dump(mode="json")
            parts.append(story.text())
        if school is not None and why_not is not None:
            with watch.stage("insist"):
                mentor = None if why_not == route.NOBODY else why_not
                found = route.explain_why_not(opened, school, mentor, watch=watch)
            told["why_not"] = found.model_dump(mode="json")
            parts.append(found.text())
        if school is not None and swap is not None:
            with watch.stage("insist"):
                found = route.explain_swap(opened, school, swap, watch=watch)
            told["swap"] = found.model_dump(mode="json")
            parts.append(found.text())
        if relaxations:
            with watch.stage("relax"):
                best = route.find_relaxations(opened, watch=watch)
            told["relaxations"] = [one.model_dump(mode="json") for one in best]
            parts.append(_relaxations(best))
    if record:
        question = {"school": school, "why_not": why_not, "swap": swap, "relaxations": relaxations}
        keep_on_record(opened, "explain", question, told, author=author, quiet=quiet)
    if as_json:
        answer(told)
    else:
        click.echo("\n".join(parts), nl=False)
    return 130 if interrupt.requested else 0


def _relaxations(found: tuple[Relaxation, ...]) -> str:
    if not found:
        return "Nothing that was looked at would improve the plan.\n"
    lines = ["What would help most, each by itself:"]
    return "\n".join([*lines, *(f"  - {one.words}: {one.worth_words}" for one in found)]) + "\n"
