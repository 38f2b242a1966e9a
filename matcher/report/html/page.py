"""The page: templates, style and script inlined into one file."""

from __future__ import annotations

import base64
import hashlib
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from matcher.analysis.document import PlanDocument
from matcher.features.countries import country_name
from matcher.profiles import Strength
from matcher.report.fairness_table import has_fairness
from matcher.report.html import charts, numbers, words
from matcher.report.html.anchors import anchor
from matcher.report.html.atlas.ground import MARGIN, lay_ground
from matcher.report.html.atlas.overview import draw_overview
from matcher.report.html.atlas.plate import Plate, draw_plate
from matcher.report.html.views import facts, gather
from matcher.report.page_words import page_in_words
from matcher.report.pages import page_environment

STYLES = ("tokens", "base", "layout", "figures", "map", "cards", "tables", "print")
SCRIPTS = ("core", "navigate", "find", "sort", "filter", "table", "map")
FIRST_SCRIPT = "document.documentElement.classList.add('js');"
"""Runs before the page is drawn, so that what needs no script does not flash."""
SECTIONS = (
    ("glance", "At a glance"),
    ("map", "Map"),
    ("clusters", "Clusters"),
    ("assignments", "All assignments"),
    ("unassigned", "Without a mentor"),
    ("rules", "Rules"),
    ("criteria", "What counted"),
    ("points", "Points"),
    ("proof", "Proof"),
    ("warnings", "Weak data"),
    ("directory", "All schools"),
    ("guide", "How to read"),
    ("run", "This run"),
)
"""Id and name of each section, in order."""
CHANGED = ("changed", "What changed")
"""Comes second after a rematch."""
HELPS = ("helps", "What would help most")
"""Section of a plan with an outlook."""
COVER = ("cover", "If a mentor drops out")
MONEY = ("money", "What it costs")
"""Section of a plan whose policy counts money."""
CHOSEN = ("chosen", "Mentors chosen")
"""Section of a plan whose policy chooses among the candidates."""
ROBUST = ("robust", "How robust the plan is")
STABILITY = ("stability", "What the schools wished")
"""Section of a plan whose policy asks for stability."""
FAIRNESS = ("fairness", "How fair it is")
"""Section of a plan whose policy asks for fairness or lots."""
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


def render_report(document: PlanDocument) -> str:
    """Write a plan as one self-contained HTML page.

    The page needs no network and no script, forbids every remote reference by its content security
    policy, and is the same text for the same document.

    Parameters
    ----------
    document : PlanDocument

    Returns
    -------
    str
        HTML; every line ends in a line feed.

    Raises
    ------
    KeyError
        If the document names a school of which it holds no card.
    """
    ground = lay_ground(document.schools)
    view = gather(document, ground)
    overview = None if ground is None else draw_overview(document, view.schools, ground)
    plates: tuple[Plate, ...] = ()
    if ground is not None and overview is not None:
        drawn = (draw_plate(country.code, overview.groups, ground) for country in view.countries)
        plates = tuple(plate for plate in drawn if plate is not None)
    hard = [rule for rule in document.rules if rule.strength is Strength.HARD]
    script = joined("js", SCRIPTS)
    page = (
        report_environment("matcher.report.html")
        .get_template("page.html.j2")
        .render(
            doc=document,
            view=view,
            overview=overview,
            margin=MARGIN,
            plates=plates,
            steps=_steps(document),
            hard_rules=len(hard),
            hard_kept=sum(rule.holds for rule in hard),
            soft_broken=sum(not rule.holds and rule.strength is Strength.SOFT for rule in document.rules),
            sections=_sections(document),
            style=Markup(joined("css", STYLES)),
            first_script=Markup(FIRST_SCRIPT),
            script=Markup(script),
            script_hashes=" ".join(f"'sha256-{digest(text)}'" for text in (FIRST_SCRIPT, script)),
        )
    )
    return page_in_words(page, document)


def write_report(document: PlanDocument, path: Path) -> None:
    """Write the page to a file, UTF-8, with the same bytes on every system."""
    path.write_text(render_report(document), encoding="utf-8", newline="\n")


def joined(kind: str, names: tuple[str, ...], package: str = "matcher.report.html") -> str:
    """Join style sheets or scripts of a package into one text."""
    folder = files(package).joinpath("static")
    return "\n".join(folder.joinpath(f"{name}.{kind}").read_text(encoding="utf-8") for name in names)


def digest(text: str) -> str:
    """SHA-256 of a script in base64, as a content security policy names it."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _sections(document: PlanDocument) -> tuple[tuple[str, str], ...]:
    """Sections of this document in the order of the page."""
    found, outlook = list(SECTIONS), document.outlook
    at = [name for name, _ in found].index("unassigned") + 1
    asked = (
        (MONEY, document.money is not None),
        (CHOSEN, document.choice is not None),
        (FAIRNESS, has_fairness(document)),
        (STABILITY, document.stability is not None),
        (HELPS, outlook is not None),
        (COVER, outlook is not None and bool(outlook.cover)),
        (ROBUST, outlook is not None and outlook.robustness is not None),
    )
    found[at:at] = [section for section, shown in asked if shown]
    if document.rematch is not None:
        found.insert(1, CHANGED)
    return tuple(found)


def _steps(document: PlanDocument) -> tuple[charts.Step, ...]:
    totals = document.totals
    return charts.running_steps(
        (
            *(
                []
                if document.around == "group"
                else [("Fit of the pairs", "Points of all mentees with their mentors.", totals.pair_points)]
            ),
            ("Cohesion", "Points for mentees who suit each other in one cluster.", totals.cohesion_points),
            ("Soft rules broken", "What the breaches cost.", -totals.penalty_points),
            ("Clusters formed", "Price of forming clusters.", -totals.opening_points),
            *([("Costs", "What costs take.", -totals.money_points)] if totals.money_points else []),
            *([("Lots", "They break ties only.", totals.lot_points)] if totals.lot_points else []),
            ("Schools without a mentor", "Price of leaving them out.", -totals.unassigned_points),
        ),
        ("The plan", "All of it together.", document.proof.objective),
    )


@cache
def report_environment(*packages: str) -> Environment:
    """Environment of pages in the look of the report: its filters, over the templates of some packages."""
    environment = page_environment(*packages)
    environment.filters.update(
        num=numbers.number,
        pct=numbers.percent,
        km=numbers.kilometres,
        aid=lambda name, prefix: anchor(prefix, name),
        facts=facts,
        country=country_name,
        language=words.language,
        capital=words.capital,
        day=_day,
    )
    environment.globals.update(_globals())
    return environment


def _globals() -> dict[str, Any]:
    return {
        "challenges": words.CHALLENGES,
        "bands": words.BANDS,
        "strengths": words.STRENGTHS,
        "roles": words.ROLES,
        "counted": numbers.counted,
        "share_bar": charts.share_bar,
        "span_bar": charts.span_bar,
        "hues": charts.HUES,
    }


def _day(when: date) -> str:
    """Write a date as ``1 March 2022``."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"
