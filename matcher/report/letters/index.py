"""The list of all letters, for the staff who send them out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Template
from markupsafe import Markup

from matcher.report.letters.views import Programme
from matcher.report.pages import page_environment


def index_page(
    title: str,
    letters: Sequence[tuple[str, str]],
    programme: Programme,
    *,
    changed: Sequence[tuple[str, str]] | None = None,
    left: Sequence[str] = (),
) -> str:
    """List letters with links.

    Parameters
    ----------
    title : str
    letters : sequence of (str, str)
        Relative name of the file and name of the reader, in order.
    programme : Programme
    changed : sequence of (str, str), optional
        Those that say something else than in the plan before; None without such a plan.
    left : sequence of str
        Schools that take part no more.

    Returns
    -------
    str
        HTML.
    """
    style = files("matcher.report.letters").joinpath("templates", "letter.css").read_text(encoding="utf-8")
    groups = [
        (heading, [one for one in letters if one[0].startswith(start)])
        for heading, start in (("Schools", "schools/"), ("Mentors", "mentors/"), ("Ministry", "ministry"))
    ]
    return _template().render(
        title=title, groups=groups, programme=programme, style=Markup(style), changed=changed, left=left
    )


@cache
def _template() -> Template:
    environment = page_environment("matcher.report.letters")
    return environment.get_template("index.html")
