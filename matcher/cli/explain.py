"""`matcher explain`: why a school is where it is, and what it would cost otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matcher.cli.interrupt import stop_on_interrupt
from matcher.cli.messages import Reporter, answer
from matcher.cli.recording import keep_on_record, record_options

if TYPE_CHECKING:
    from matcher.analysis.outlook_document import Relaxation
    from matcher.pipeline import Watch
    from matcher.runs.opened import OpenRun


RESERVE_ASIDE = (
    "Not looked at: more travel or a rule waived for one school, because a limit on a sum (a reserve, a "
    "budget, a bound between groups) must hold, costs count, or the policy has a floor or draws lots."
)


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
    from matcher.runs.record import must_be_run  # noqa: PLC0415

    if school is None and not (relaxations and why_not is None and swap is None):
        raise click.UsageError("Name a school, for example: matcher explain out/pilot IT-008")
    must_be_run(run)
    reporter = Reporter(quiet=quiet)
    told = _Told()
    with stop_on_interrupt() as interrupt:
        watch = Watch(reporter.stage, reporter.progress, interrupt, on_item=reporter.item)
        with watch.stage("read"):
            opened = open_run(run)
        if school is not None:
            _tell_school(told, opened, school, why_not=why_not, swap=swap, watch=watch)
        if relaxations:
            with watch.stage("relax"):
                best = route.find_relaxations(opened, watch=watch)
            told.parts["relaxations"] = [one.model_dump(mode="json") for one in best]
            told.texts.append(_relaxations(best, pair_rules=opened.encoding.takes_new_pairs))
            told.settled &= all(one.settled for one in best)
            if interrupt.requested:
                told.parts["stopped"] = reporter.tried
                told.texts.append(f"{reporter.tried}\n")
    if record:
        question = {"school": school, "why_not": why_not, "swap": swap, "relaxations": relaxations}
        keep_on_record(opened, "explain", question, told.parts, author=author, quiet=quiet)
    if as_json:
        answer(told.parts)
    else:
        click.echo("\n".join(told.texts), nl=False)
    return 130 if interrupt.requested else 0 if told.settled else 5


@dataclass(slots=True)
class _Told:
    """What was found: by question for tools, as text, and whether no limit left anything open."""

    parts: dict[str, Any] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    settled: bool = True


def _tell_school(
    told: _Told, run: OpenRun, school: str, *, why_not: str | None, swap: str | None, watch: Watch
) -> None:
    from matcher.routes import explain as route  # noqa: PLC0415 - start fast

    if why_not is None and swap is None:
        story = route.explain_school(run, school)
        told.parts["explanation"] = story.model_dump(mode="json")
        told.texts.append(story.text())
    for key, other in (("why_not", why_not), ("swap", swap)):
        if other is None:
            continue
        with watch.stage("insist"):
            if key == "swap":
                found = route.explain_swap(run, school, other, watch=watch)
            else:
                mentor = None if other == route.NOBODY else other
                found = route.explain_why_not(run, school, mentor, watch=watch)
        told.parts[key] = found.model_dump(mode="json")
        told.texts.append(found.text())
        told.settled &= found.settled


def _relaxations(found: tuple[Relaxation, ...], *, pair_rules: bool) -> str:
    aside = "" if pair_rules else f"{RESERVE_ASIDE}\n"
    if not found:
        return f"Nothing that was looked at would improve the plan.\n{aside}"
    lines = ["What would help most, each by itself:"]
    return "\n".join([*lines, *(f"  - {one.words}: {one.worth_words}" for one in found)]) + f"\n{aside}"
