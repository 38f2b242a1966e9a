"""Letters: one page for each school, mentor and the ministry, each with only what its reader may see.

A letter is made in two steps. A view model (:mod:`matcher.report.letters.views`) holds the few fields that
its reader may see and nothing else; a template, which a ministry may replace, puts words around them. A
template cannot show what its view model does not hold.
"""

from matcher.report.letters.contacts import Contacts
from matcher.report.letters.gather import Letters, letters_of
from matcher.report.letters.render import letter_texts
from matcher.report.letters.templates import LetterTemplates, load_templates, shipped_templates

__all__ = [
    "Contacts",
    "LetterTemplates",
    "Letters",
    "letter_texts",
    "letters_of",
    "load_templates",
    "shipped_templates",
]
