"""compare.html: the comparison as one self-contained page in the look of the report."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from matcher.analysis.comparison_document import ComparisonDocument
from matcher.report.compare.findings import sweep_views, trade_views
from matcher.report.compare.maps import draw_maps
from matcher.report.compare.views import FAMILIES, ComparisonView, gather
from matcher.report.html.atlas.ground import lay_ground
from matcher.report.html.page import FIRST_SCRIPT, STYLES, digest, joined, report_environment

PACKAGE = "matcher.report.compare"
SCRIPTS = ("core", "navigate", "sort", "filter")
"""Scripts of the report that this page shares."""


def render_comparison(document: ComparisonDocument) -> str:
    """Write a comparison as one self-contained HTML page.

    Like the report it needs no network and no script, and forbids every remote reference; it is the same
    text for the same document.

    Parameters
    ----------
    document : ComparisonDocument

    Returns
    -------
    str
        HTML; every line ends in a line feed.
    """
    view = gather(document)
    ground = lay_ground(document.cards)
    script = "\n".join((joined("js", SCRIPTS), joined("js", ("schools",), PACKAGE)))
    style = "\n".join((joined("css", STYLES), joined("css", ("compare", "plots"), PACKAGE)))
    return (
        report_environment(PACKAGE, "matcher.report.html")
        .get_template("compare.html.j2")
        .render(
            doc=document,
            view=view,
            sweeps=sweep_views(document),
            trades=trade_views(document),
            overview=None if ground is None else {"ground": ground},
            ground=ground,
            maps=() if ground is None else draw_maps(document, ground),
            taking_part={card.country for card in document.cards},
            not_drawn=len(document.cards) - (0 if ground is None else len(ground.places)),
            families=FAMILIES,
            sections=_sections(document, view),
            style=Markup(style),
            first_script=Markup(FIRST_SCRIPT),
            script=Markup(script),
            script_hashes=" ".join(f"'sha256-{digest(text)}'" for text in (FIRST_SCRIPT, script)),
        )
    )


def write_comparison(document: ComparisonDocument, path: Path) -> None:
    """Write the page to a file, UTF-8, with the same bytes on every system."""
    path.write_text(render_comparison(document), encoding="utf-8", newline="\n")


def _sections(document: ComparisonDocument, view: ComparisonView) -> list[tuple[str, str]]:
    """Id and name of each section that the page has, in order."""
    ends = [("guide", "How to read"), ("run", "About this comparison")]
    if not document.found:
        return [("glance", "At a glance"), *ends]
    return [
        ("glance", "At a glance"),
        ("policies", "Policy by policy"),
        *((f"theme-{one.theme.key}", one.theme.label) for one in view.themes),
        *([("sweeps", "Sweeps")] if document.sweeps else []),
        *([("trades", "Trade-offs")] if document.trades else []),
        *([("sensitivity", "What the plan hangs on")] if document.sensitivity else []),
        *([("noise", "If scores are not exact")] if document.noise else []),
        ("schools", "School by school"),
        *([("agreement", "Agreement")] if document.agreement else []),
        ("maps", "Maps"),
        *ends,
    ]
