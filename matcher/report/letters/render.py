"""From view models to pages: one for each letter, all of them for printing, and an index."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from matcher.exceptions import InputError
from matcher.report.html.anchors import anchor
from matcher.report.letters.gather import Letters
from matcher.report.letters.index import index_page
from matcher.report.letters.sandbox import fault_words, filled_in
from matcher.report.letters.templates import PAGE, STYLE, LetterTemplates, template_fault
from matcher.report.letters.views import Letter

ALL, INDEX = "all.html", "index.html"


@dataclass(frozen=True, slots=True)
class Written:
    """One letter: where it goes, to whom, and its text without the page around it."""

    name: str
    reader: str
    body: Markup
    school_id: str | None = None
    """None for the ministry."""


def letter_texts(letters: Letters, templates: LetterTemplates) -> dict[str, str]:
    """Write every letter as a page of its own, all on one page, and an index.

    Parameters
    ----------
    letters : Letters
    templates : LetterTemplates

    Returns
    -------
    dict of str to str
        Relative name of the file → HTML. Equal letters and templates give equal texts.

    Raises
    ------
    InputError
        If a template fails while it is filled in, leaves out the letters, or does not say that data is
        synthetic; the issue names file and line.
    """
    _refuse_silence(letters, templates)
    written = list(_written(letters, templates))
    title = letters.ministry.programme.title or "School mentoring"
    pages = {one.name: _page(templates, f"{title} – {one.reader}", [one.body]) for one in written}
    everything = _page(templates, f"{title} – all letters", [one.body for one in written])
    changed = letters.changed
    listing = index_page(
        title,
        [(one.name, one.reader) for one in written],
        letters.ministry.programme,
        changed=None
        if changed is None
        else [(one.name, one.reader) for one in written if one.school_id in changed],
        left=letters.left,
    )
    return pages | {ALL: everything, INDEX: listing}


def _written(letters: Letters, templates: LetterTemplates) -> Iterator[Written]:
    taken: set[str] = set()
    for template, folder, many in (
        ("school.html", "schools", letters.schools),
        ("mentor.html", "mentors", letters.mentors),
        ("peer.html", "schools", letters.peers),
    ):
        for letter in many:
            name = f"{folder}/{anchor(template.removesuffix('.html'), letter.school_id)}"
            while name.lower() in taken:  # two ids may differ in case alone, which some file systems ignore
                name += "_"
            taken.add(name.lower())
            reader = f"{letter.name} ({letter.school_id})"
            yield Written(
                f"{name}.html", reader, _filled(templates, template, letter=letter), letter.school_id
            )
    yield Written("ministry.html", "Ministry", _filled(templates, "ministry.html", letter=letters.ministry))


def _refuse_silence(letters: Letters, templates: LetterTemplates) -> None:
    """Raise InputError for templates that leave out what each page has to hold."""
    issues = []
    marks = [Markup("letter-1"), Markup("letter-2")]
    page = str(_filled(templates, PAGE, title="", letters=marks, style=Markup("")))
    if not all(mark in page for mark in marks):
        problem = "It leaves out the letters. Write {% for letter in letters %}{{ letter }}{% endfor %}."
        issues.append(template_fault(PAGE, 1, problem))
    for name, many in (
        ("school.html", letters.schools),
        ("mentor.html", letters.mentors),
        ("peer.html", letters.peers),
        ("ministry.html", (letters.ministry,)),
    ):
        if any(_is_silent(templates, name, letter) for letter in many):
            problem = (
                "The data of this run is synthetic, and a letter does not say so. Write a sentence between "
                "{% if letter.programme.synthetic %} and {% endif %}, outside any other condition."
            )
            issues.append(template_fault(name, 1, problem))
    if issues:
        raise InputError(tuple(issues))


def _is_silent(templates: LetterTemplates, name: str, letter: Letter) -> bool:
    """Whether a letter on synthetic data reads as it would on real data."""
    if not letter.programme.synthetic:
        return False
    real = replace(letter, programme=replace(letter.programme, synthetic=False))
    text, other = (_filled(templates, name, letter=one) for one in (letter, real))
    return text.split() == other.split()


def _page(templates: LetterTemplates, title: str, bodies: list[Markup]) -> str:
    style = Markup(templates.sources[STYLE])
    return str(_filled(templates, PAGE, title=title, letters=bodies, style=style))


def _filled(templates: LetterTemplates, name: str, **given: Letter | str | list[Markup]) -> Markup:
    try:
        return filled_in(templates.environment, name, given)
    except Exception as error:  # whatever a template of somebody else's does, it is a fault of that template
        where, line = _place(error, templates, name)
        problem = f"It fails when it is filled in. {fault_words(error)}"
        raise InputError((template_fault(where, line, problem),)) from error


def _place(error: Exception, templates: LetterTemplates, name: str) -> tuple[str, int]:
    """File and line of the innermost template in which an error arose."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename in templates.sources or frame.filename == "<template>":
            return (frame.filename if frame.filename in templates.sources else name), frame.lineno or 1
    return name, 1
