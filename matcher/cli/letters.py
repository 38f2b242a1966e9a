"""`matcher letters`: one page for each school, mentor and the ministry."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from matcher.cli.messages import answer, say

if TYPE_CHECKING:
    from matcher.routes.letters import LettersWritten

PATH = click.Path(path_type=Path)


@click.command("letters")
@click.argument("run", type=PATH, required=False)
@click.option("--out", type=PATH, help="Folder for the letters; must not exist yet.")
@click.option("--force", is_flag=True, help="Replace letters in the --out folder.")
@click.option("--templates", type=PATH, help="Folder with templates of your own.")
@click.option(
    "--contact", multiple=True, help="Whom to contact inside the programme; 'HR=…' for one country."
)
@click.option("--write-templates", type=PATH, help="Write the templates into this folder, to be changed.")
@click.option("--json", "as_json", is_flag=True, help="Print a summary as JSON to stdout.")
@click.option("--quiet", is_flag=True, help="Say nothing but faults.")
def letters_command(
    run: Path | None,
    *,
    out: Path | None,
    force: bool,
    templates: Path | None,
    contact: tuple[str, ...],
    write_templates: Path | None,
    as_json: bool,
    quiet: bool,
) -> int:
    """Write the letters of a RUN: for each reader a page with only what it may see.

    With --write-templates no RUN is needed.
    """
    from matcher.exceptions import UsageError  # noqa: PLC0415 - start fast
    from matcher.routes import letters as route  # noqa: PLC0415

    if write_templates is not None:
        if run is not None or out is not None:
            raise UsageError("--write-templates goes without RUN and --out: it writes templates, no letters.")
        names = route.write_templates(write_templates)
        if as_json:
            answer({"folder": str(write_templates), "templates": list(names)})
        if not quiet:
            say(f"Templates written to {write_templates}. Change them and give the folder to --templates.")
        return 0
    if run is None or out is None:
        raise UsageError("Say of which run, and where to write: matcher letters RUN --out DIR.")
    written = route.write_letters(run, out, templates=templates, contacts=contact, force=force)
    if as_json:
        answer(
            {
                "out": str(out),
                "schools": written.schools,
                "mentors": written.mentors,
                "without_mentor": written.without_mentor,
                "synthetic": written.synthetic,
            }
        )
    if not quiet:
        say(_closing(written, contact))
    return 0


def _closing(written: LettersWritten, contact: tuple[str, ...]) -> str:
    mentors = "" if written.around == "group" else f"{written.mentors} to mentors, "
    lines = [
        f"{written.schools} letters to schools ({written.without_mentor} without a {written.around}), "
        f"{mentors}one to the ministry.",
        "Send each reader its own letter only.",
    ]
    if not contact:
        lines.append("No --contact was given; the letters name the programme office.")
    if written.synthetic:
        lines.append("The data of this run is synthetic; every letter says so.")
    lines += ["", f"Index: {written.folder / 'index.html'}", f"To print: {written.folder / 'all.html'}"]
    return "\n".join(lines)
