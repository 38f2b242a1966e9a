"""The files of `matcher repair`: a page for people, JSON for tools, a patch for each repair."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from pathlib import Path

from matcher.analysis.repair_document import RepairDocument, RepairOption
from matcher.analysis.repair_words import LONG, rows_of
from matcher.exceptions import UsageError
from matcher.report.html.page import joined
from matcher.runs.files import Writer
from matcher.runs.folder import Kind, fresh_folder, refuse_occupied, write_all

REPAIRS = Kind("repairs", "repair.json")
_OURS = re.compile(r"repair(\.html|\.json|-\d+\.json)")
STYLES = ("tokens", "base", "layout", "tables", "print")


def refuse_taken(out: Path, *, force: bool) -> None:
    """Raise UsageError if repairs may not be written to `out`.

    Earlier repairs are replaced with `force` alone, and never a folder that holds anything else.
    """
    if out.exists() and not force:
        raise UsageError(
            f"{out} is already there. Give --out a folder that does not exist yet, or add --force to "
            "replace earlier repairs."
        )
    refuse_occupied(out, force=force, kind=REPAIRS)
    names = sorted(path.name for path in out.iterdir()) if out.is_dir() else []
    foreign = [name for name in names if not _OURS.fullmatch(name)]
    if foreign:
        raise UsageError(
            f"{out} holds what `matcher repair` did not write there: {', '.join(foreign)}. Nothing was "
            "replaced; move it elsewhere, or give --out another folder."
        )


def write_repair(
    document: RepairDocument, out: Path, *, force: bool = False, run: Writer | None = None
) -> None:
    """Write ``repair.html``, ``repair.json`` and ``repair-1.json``, ``repair-2.json`` and so on.

    Parameters
    ----------
    document : RepairDocument
    out : Path
        The folder is there whole, or not at all.
    force : bool
        Replace earlier repairs there.
    run : callable, optional
        Writes the run of a repair that is applied, into ``run``.

    Raises
    ------
    UsageError
        If the folder is there and may not be replaced, or cannot be made.
    """
    refuse_taken(out, force=force)
    texts = {"repair.html": repair_page(document), "repair.json": document.to_json()}
    texts |= {f"repair-{one.number}.json": one.patch.to_json() for one in document.repairs}

    def writer(text: str) -> Callable[[Path], object]:
        return lambda path: path.write_text(text, encoding="utf-8", newline="\n")

    files: dict[str, Writer] = {name: writer(text) for name, text in texts.items()}
    if run is not None:
        files["run"] = run
    with fresh_folder(out, force=force, kind=REPAIRS) as scratch:
        write_all(scratch, files)


def repair_page(document: RepairDocument) -> str:
    """One self-contained page: the conflict, and a table of repairs."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    made_up = "<p><strong>Synthetic data.</strong> The schools of this page are made up.</p>"
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex, nofollow">\n<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(document.title)} – repairs</title>\n"
        f"<style>\n{joined('css', STYLES)}\n</style>\n</head>\n<body>\n"
        '<header class="hero" id="top"><div class="hero-in"><p class="eyebrow">School-to-school mentoring · '
        f"rules that contradict each other</p><h1>{escape(document.title)}</h1>\n"
        f'<p class="claim">{escape(document.state_sentence)}</p></div></header>\n'
        f"{f'<aside class=synthetic>{made_up}</aside>' if document.synthetic else ''}\n"
        '<div class="frame"><main id="main" style="grid-column: 1 / -1">\n'
        f"{_conflict(document)}\n{_repairs(document)}\n</main></div>\n"
        '<footer class="foot"><p>Confidential. This page names schools.</p></footer>\n</body>\n</html>\n'
    )


def _conflict(document: RepairDocument) -> str:
    head = '<section id="conflict"><div class="head"><h2>The smallest conflict</h2></div>'
    if not document.conflict:
        return f"{head}<p>There is none.</p></section>"
    first = f'<p class="big-prose">{escape(document.conflict[0])}</p>'
    *rest, proof = (document.conflict_in_full or document.conflict)[1:] or ("",)
    lines = "".join(f"<p>{escape(line)}</p>" for line in rest)
    if document.conflict_size > LONG:
        lines = f"<details><summary>What is demanded, kind by kind</summary>{lines}</details>"
    return (
        f'{_counted(document)}{head}<div class="prose">{first}{lines}<p>{escape(proof)}</p></div></section>'
    )


def _counted(document: RepairDocument) -> str:
    """Say what counting finds of every conflict, before the smallest of them."""
    said = "".join(f"<p>{escape(line)}</p>" for line in (*document.findings, *document.shortage))
    head = '<section id="counted"><div class="head"><h2>What counting finds</h2></div>'
    return f'{head}<div class="prose">{said}</div></section>\n' if said else ""


def _repairs(document: RepairDocument) -> str:
    rows = "".join(_row(row) for row in rows_of(document.repairs))
    names = ("Repair", "Price", "What is given up", "The plan then", "Patch")
    heads = "".join(f'<th scope="col">{name}</th>' for name in names)
    caption = "<caption>The best plan first, among repairs of the same price</caption>"
    grid = (
        f'<table class="grid" style="min-width: 44rem">{caption}<thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
    scroll = '<div class="scroll" role="region" tabindex="0" aria-label="Cheapest repairs">'
    table = f"{scroll}{grid}</div>{_HOW}" if rows else ""
    lead = f'<p class="lead">{escape(document.state_sentence)}</p>'
    return f'<section id="repairs"><div class="head"><h2>Cheapest repairs</h2>{lead}</div>{table}</section>'


_HOW = (
    '<div class="prose"><p>The price of a repair adds up the prices that the policy sets, under '
    "<code>repair:</code>, on each thing given up. Prices serve to compare repairs with each other; they are "
    "no points of the plan.</p><p>To apply a repair, make the plan anew with the same intake and policy, and "
    "with its patch: <code>matcher match INTAKE --policy POLICY --patch repair-1.json --out FOLDER</code>. "
    "The policy of that run then holds what was given up, and its report says so.</p></div>"
)


def _row(row: tuple[RepairOption, ...]) -> str:
    first = row[0]
    given = "".join(f"<li>{escape(sentence)}</li>" for one in row for sentence in one.sentences)
    given = f"<ul>{given}</ul>"
    if len(row) > 1:
        given = f"<p>Any one of these:</p>{given}"
    elif first.summary:
        given = f"<p>{escape(first.summary)}</p><details><summary>All of them</summary>{given}</details>"
    given += "".join(f"<p>{escape(sentence)}</p>" for one in row[:1] for sentence in one.stand_ins)
    quality = "<br>".join(escape(one.quality) for one in row)
    names = [f"repair-{one.number}.json" for one in row]
    patches = "<br>".join(f'<a href="{name}">{name}</a>' for name in names)
    numbers = ", ".join(str(one.number) for one in row)
    return (
        f"<tr><td>{numbers}</td><td>{first.price:g}</td><td>{given}</td>"
        f"<td>{quality}</td><td>{patches}</td></tr>"
    )
