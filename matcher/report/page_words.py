"""Say a finished page in the words of its model: text and spoken labels, never tags, styles or scripts."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import escape

from matcher.analysis.document import PlanDocument
from matcher.analysis.model_words import Around, said

_VERBATIM = re.compile(r"(<(script|style)\b.*?</\2>|<[^>]*>)", re.DOTALL)
_SPOKEN = re.compile(r'((?:aria-label|placeholder|title|alt)=")([^"]*)(")')


def page_in_words(page: str, document: PlanDocument) -> str:
    """Say a page about a plan in the words of what its clusters form around.

    What people wrote stays as it is: names of schools, titles, the policy's own words.

    Parameters
    ----------
    page : str
        HTML.
    document : PlanDocument

    Returns
    -------
    str
        The same text where clusters form around a mentor.
    """
    around = Around(document.around)
    if around is Around.MENTOR:
        return page
    kept = frozenset(form for text in _of_people(document) for form in (text, escape(text), _escaped(text)))
    pieces = _VERBATIM.split(page)  # text, tag, name of a verbatim element or None, text, …
    told = []
    for at in range(0, len(pieces), 3):
        told.append(said(pieces[at], around, kept))
        if at + 1 < len(pieces):
            tag = pieces[at + 1]
            told.append(tag if pieces[at + 2] else _spoken(tag, around, kept))
    return "".join(told)


def _spoken(tag: str, around: Around, kept: Collection[str]) -> str:
    return _SPOKEN.sub(lambda found: found[1] + said(found[2], around, kept) + found[3], tag)


def _of_people(document: PlanDocument) -> set[str]:
    policy = document.policy
    own = {document.title, policy.name, policy.title, policy.description, policy.model}
    own |= {school.name for school in document.schools}
    own |= {school.municipality for school in document.schools if school.municipality}
    own |= {rule.label for rule in document.rules} | {
        words for rule in document.rules for words in rule.given_up
    }
    own |= {words for issue in document.warnings for words in (issue.problem, issue.advice, issue.value)}
    return own - {""}


def _escaped(text: str) -> str:
    """Escape as the templates do."""
    return escape(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")
