"""The letters' templates: those that come along, and a ministry's own in their place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from jinja2 import DictLoader, TemplateSyntaxError

from matcher.analysis.wording import listed
from matcher.exceptions import InputError, UsageError
from matcher.issues import Issue, Location, Severity
from matcher.report.letters.fields import ANY, LETTERS, UnknownName, described_fields, unknown_names
from matcher.report.letters.sandbox import LetterEnvironment

PAGE, STYLE = "page.html", "letter.css"
NAMES = (*LETTERS, PAGE, STYLE)
PAGE_NAMES = {"title": str, "letters": ANY, "style": str}
"""What the template :data:`PAGE` is given."""
_PAGE_FIELDS = (
    "title: title of the page",
    "letters: the letters on it, one or many, ready to be put in",
    "style: the style sheet letter.css, ready to be put in",
)
_HEAD = """{#-
  %s
  Written by matcher letters --write-templates. Change what you like, remove what you do not need: a file
  that is not in your folder is taken from matcher. Nothing but the following can be shown:

%s
-#}
"""
_ABOUT = {
    "school.html": "The letter to a school that is to be mentored.",
    "mentor.html": "The letter to a mentor school.",
    "peer.html": "The letter to a school in a group of equals.",
    "ministry.html": "The letter to the ministry.",
    PAGE: "The page around one letter, or around all of them. Set the language here: <html lang>.",
}


@dataclass(frozen=True, slots=True)
class LetterTemplates:
    """Checked templates.

    Attributes
    ----------
    sources : dict of str to str
        Text of each template by name.
    environment : LetterEnvironment
    """

    sources: dict[str, str]
    environment: LetterEnvironment


def shipped_templates() -> dict[str, str]:
    """Text of every template that comes along, by name; those in HTML begin with a list of their fields."""
    texts = {}
    for name in NAMES:
        text = files("matcher.report.letters").joinpath("templates", name).read_text(encoding="utf-8")
        if name in _ABOUT:
            fields = described_fields(LETTERS[name], "letter") if name in LETTERS else _PAGE_FIELDS
            text = _HEAD % (_ABOUT[name], "\n".join(f"    {line}" for line in fields)) + text
        texts[name] = text
    return texts


def load_templates(folder: Path | None = None) -> LetterTemplates:
    """Read and check the templates of a folder; what is not there is taken from those that come along.

    Parameters
    ----------
    folder : Path, optional
        With any of ``school.html``, ``mentor.html``, ``peer.html``, ``ministry.html``, ``page.html``,
        ``letter.css``, and
        further ``.html`` files that these include.

    Returns
    -------
    LetterTemplates

    Raises
    ------
    UsageError
        If the folder does not exist or holds no template.
    InputError
        For templates with faults: all of them, each with file, line and what is allowed.
    """
    sources = shipped_templates() | ({} if folder is None else _read(folder))
    environment = LetterEnvironment(DictLoader(sources))
    environment.filters["listed"] = listed
    del environment.filters["random"], environment.globals["lipsum"]  # equal plans give equal letters
    issues: list[Issue] = []
    for name, source in sorted(sources.items()):
        if name != STYLE:
            issues += _faults(environment, name, source)
    if issues:
        raise InputError(tuple(issues))
    return LetterTemplates(sources, environment)


def template_fault(name: str, line: int, problem: str, *, column: int = 1) -> Issue:
    """Locate a fault of a template that is neither a field nor a name."""
    place = Location(file=name, row=line, column=str(column))
    advice = "Correct the template, or write the shipped ones anew with --write-templates and compare."
    return Issue(Severity.ERROR, "template-fault", place, "", problem, advice)


def _read(folder: Path) -> dict[str, str]:
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder with templates.")
    paths = [path for path in sorted(folder.iterdir()) if path.suffix == ".html" or path.name == STYLE]
    if not any(path.name in NAMES for path in paths):
        raise UsageError(f"{folder} holds no template. Templates are called {listed(NAMES, 'or')}.")
    try:
        return {path.name: path.read_text(encoding="utf-8-sig") for path in paths}
    except (OSError, ValueError) as error:
        raise UsageError(f"{folder} holds a template that is not text in UTF-8.") from error


def _faults(environment: LetterEnvironment, name: str, source: str) -> list[Issue]:
    own = {"letter": LETTERS[name]} if name in LETTERS else {}
    scope = own | (PAGE_NAMES if name == PAGE else {})
    if name not in NAMES:  # included by others: it has the names of whoever includes it
        scope = {"letter": ANY} | PAGE_NAMES
    try:
        unknown = unknown_names(environment, source, scope)
        environment.compile(source, name)
    except TemplateSyntaxError as error:
        return [template_fault(name, error.lineno, f"This is not a template: {error.message}")]
    except RecursionError:
        return [template_fault(name, 1, "This is not a template: it is nested too deeply.")]
    return [_unknown(name, source, one) for one in unknown]


def _unknown(name: str, source: str, one: UnknownName) -> Issue:
    line = source.splitlines()[one.line - 1] if one.line <= len(source.splitlines()) else ""
    found = re.search(rf"{re.escape(one.name)}\b", line)
    place = Location(file=name, row=one.line, column=str(found.start() + 1 if found else 1))
    known = listed(one.known, limit=40) if one.known else "none"
    return Issue(
        Severity.ERROR,
        "template-unknown-field",
        place,
        one.name,
        "A letter of this kind holds no such field.",
        f"There are: {known}.",
    )
