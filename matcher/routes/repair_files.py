"""The files of `matcher repair`: a page for people, JSON for tools, a patch for each repair."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

from matcher.analysis.repair_document import RepairDocument, RepairOption
from matcher.exceptions import UsageError
from matcher.report.html.page import joined
from matcher.runs.folder import write_all

STYLES = ("tokens", "base", "layout", "tables", "print")


def write_repair(document: RepairDocument, out: Path) -> None:
    """Write ``repair.html``, ``repair.json`` and ``repair-1.json``, ``repair-2.json`` and so on.

    Raises
    ------
    UsageError
        If the folder is there or cannot be made.
    """
    try:
        out.mkdir(parents=True)
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror}. Give --out another folder.") from error
    texts = {"repair.html": repair_page(document), "repair.json": document.to_json()}
    texts |= {f"repair-{one.number}.json": one.patch.to_json() for one in document.repairs}

    def writer(text: str) -> Callable[[Path], object]:
        return lambda path: path.write_text(text, encoding="utf-8", newline="\n")

    write_all(out, {name: writer(text) for name, text in texts.items()})


def repair_page(document: RepairDocument) -> str:
    """One self-contained page: the conflict, and a table of repairs."""
    conflict = "".join(f"<li>{escape(line)}</li>" for line in document.conflict)
    rows = "".join(_row(one) for one in document.repairs)
    table = (
        "<table><thead><tr><th>Repair</th><th>Price</th><th>What is given up</th><th>The plan then</th>"
        f"<th>Patch</th></tr></thead><tbody>{rows}</tbody></table>"
        if rows
        else ""
    )
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex, nofollow">\n'
        f"<title>{escape(document.title)} – repairs</title>\n"
        f"<style>\n{joined('css', STYLES)}\n</style>\n</head>\n"
        '<body>\n<main id="main">\n'
        f"<h1>{escape(document.title)}: where the rules contradict each other</h1>\n"
        f'<section id="conflict"><h2>The smallest conflict</h2><ul>{conflict}</ul></section>\n'
        f'<section id="repairs"><h2>Cheapest repairs</h2><p>{escape(document.state_sentence)}</p>\n'
        f"{table}</section>\n"
        '</main>\n<footer class="foot"><p>Confidential. This page names schools.</p></footer>\n'
        "</body>\n</html>\n"
    )


def _row(one: RepairOption) -> str:
    given = "".join(f"<li>{escape(sentence)}</li>" for sentence in one.sentences)
    return (
        f"<tr><td>{one.number}</td><td>{one.price:g}</td><td><ul>{given}</ul></td>"
        f"<td>{escape(one.quality)}</td><td>repair-{one.number}.json</td></tr>"
    )
