"""What a match under a policy with layers writes: a run for each layer, and a page over them."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

from matcher.analysis.wording import counted, said_points
from matcher.layered import LayeredMatch, LayerMatch
from matcher.models.layers import intake_of_layer
from matcher.policy.model import Policy
from matcher.problem import SCALE
from matcher.report.html.page import joined
from matcher.report.rows import Row, write_csv
from matcher.result import SolveStatus
from matcher.runs.files import text_file
from matcher.runs.folder import Kind, fresh_folder, write_all
from matcher.runs.record import RECORD_NAME, files_of, sha256_of_file
from matcher.runs.write import RunInputs, write_run

LAYERED = Kind("a plan with layers", "layers.json")
SEALED = "sealed by itself"
_STYLES = ("tokens", "base", "layout", "tables", "print")


def write_layers(
    out: Path,
    layered: LayeredMatch,
    policy: Policy,
    inputs: RunInputs,
    seconds: dict[str, float],
    *,
    force: bool = False,
) -> None:
    """Write a run folder for each layer, ``layers.html``, ``layers.csv`` and ``layers.json``.

    Parameters
    ----------
    out : Path
        The folder is there whole, or not at all.
    layered : LayeredMatch
    policy : Policy
        With layers.
    inputs : RunInputs
        Of the whole; each layer's run seals its own intake and policy.
    seconds : dict of str to float
        Wall-clock seconds by stage.
    force : bool
        Replace an earlier plan with layers there.

    Raises
    ------
    UsageError
        If `out` may not be written.
    """
    with fresh_folder(out, force=force, kind=LAYERED) as scratch:
        for one in layered.layers:
            own = RunInputs(
                intake_of_layer(inputs.intake, one.layer),
                policy.of_layer(one.layer),
                inputs.sources,
                inputs.dropped_columns,
            )
            write_run(scratch / one.layer.key, one.match.plan.document, own, seconds)
        rows = school_rows(layered)
        write_all(
            scratch,
            {
                "layers.html": text_file(_page(layered, policy, rows)),
                "layers.csv": lambda path: write_csv(rows, path),
            },
        )
        # a record holds seconds and seals itself: its hash would differ from run to run
        files = {
            name: SEALED if name.endswith(RECORD_NAME) else sha256_of_file(scratch / name)
            for name in files_of(scratch)
        }
        summary = summary_of(layered) | {"files": files}
        text_file(json.dumps(summary, indent=2, ensure_ascii=False) + "\n")(scratch / LAYERED.marker)


def summary_of(layered: LayeredMatch) -> dict[str, object]:
    """Sum up what is known of all layers together, ready for JSON."""
    joint = layered.joint
    return {
        "status": str(joint.status),
        "objective_units": sum(one.match.result.objective or 0 for one in layered.layers),
        "bound_units": joint.bound,
        "stopped_by": str(joint.stopped_by),
        "layers": [
            {
                "key": one.layer.key,
                "title": one.layer.title,
                "proof": proof_words(one),
                "placed": one.match.plan.document.totals.assigned,
                "unassigned": one.match.plan.document.totals.unassigned,
                "clusters": one.match.plan.document.totals.clusters,
            }
            for one in layered.layers
        ],
    }


def school_rows(layered: LayeredMatch) -> list[Row]:
    """One row a school: its mentor in each layer; empty where it has none."""
    plans = [one.match.plan for one in layered.layers]
    rows: list[Row] = []
    for school_id in plans[0].hosts:
        row: Row = {"school_id": school_id, "name": plans[0].document.school(school_id).name}
        for one, plan in zip(layered.layers, plans, strict=True):
            host = plan.hosts[school_id]
            row[f"{one.layer.key}_id"] = host
            row[f"{one.layer.key}_mentor"] = None if host is None else plan.document.school(host).name
        rows.append(row)
    return rows


def together_sentence(layered: LayeredMatch) -> str:
    """Say how good the layers are as a whole, in one sentence."""
    worth = said_points(sum(one.match.result.objective or 0 for one in layered.layers) / SCALE)
    proven = layered.joint.status is SolveStatus.OPTIMAL
    return f"All layers together are worth {worth} points" + (
        ", and each step of the search is proven." if proven else "; that this is the best is not proven."
    )


def layer_sentence(one: LayerMatch) -> str:
    """Say what came of one layer, in one sentence."""
    totals = one.match.plan.document.totals
    clusters = counted(totals.clusters, "cluster", "clusters")
    return (
        f"{one.layer.title}: {totals.assigned} of {totals.mentees} schools placed in {clusters}; "
        f"{totals.unassigned} without a mentor."
    )


def proof_words(one: LayerMatch) -> str:
    """Say what is proven of one layer among the others; its own report says more."""
    document = one.match.plan.document
    return " ".join(thing.sentence for thing in document.first) or document.proof.sentence


def _page(layered: LayeredMatch, policy: Policy, rows: list[Row]) -> str:
    """One self-contained page: the layers, and each school's mentor in each of them."""
    csp = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    document = layered.layers[0].match.plan.document
    made_up = "<p><strong>Synthetic data.</strong> The schools of this page are made up.</p>"
    layers = "".join(
        f'<h2>{escape(one.layer.title)}</h2><div class="prose"><p>{escape(layer_sentence(one))}</p>'
        f"<p>{escape(proof_words(one))}</p>"
        f'<p><a href="{one.layer.key}/report.html">Report of this layer</a></p></div>'
        for one in layered.layers
    )
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{csp}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex, nofollow">\n<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(document.title)} – {escape(policy.title)}</title>\n"
        f"<style>\n{joined('css', _STYLES)}\n</style>\n</head>\n<body>\n"
        '<header class="hero" id="top"><div class="hero-in"><p class="eyebrow">School-to-school mentoring · '
        f"{escape(policy.title)}</p><h1>{escape(document.title)}</h1>\n"
        f'<p class="claim">{escape(together_sentence(layered))}</p></div></header>\n'
        f"{f'<aside class=synthetic>{made_up}</aside>' if document.synthetic else ''}\n"
        '<div class="frame"><main id="main" style="grid-column: 1 / -1">\n'
        f"<section>{layers}</section>\n{_table(layered, rows)}\n</main></div>\n"
        '<footer class="foot"><p>Confidential. This page names schools.</p></footer>\n</body>\n</html>\n'
    )


def _table(layered: LayeredMatch, rows: list[Row]) -> str:
    heads = "".join(f'<th scope="col">{escape(one.layer.title)}</th>' for one in layered.layers)
    body = "".join(
        f'<tr><th scope="row">{escape(str(row["name"]))} ({escape(str(row["school_id"]))})</th>'
        + "".join(
            f"<td>{escape(str(row[f'{one.layer.key}_mentor'] or 'none'))}"
            f"{_bracketed(row[f'{one.layer.key}_id'])}</td>"
            for one in layered.layers
        )
        + "</tr>\n"
        for row in rows
    )
    return (
        '<section id="schools"><div class="head"><h2>Every school and its mentors</h2></div>'
        '<div class="scroll" tabindex="0" role="region" aria-label="Every school and its mentors"><table>'
        f'<thead><tr><th scope="col">School</th>{heads}</tr></thead>\n<tbody>{body}</tbody></table></div>'
        "</section>"
    )


def _bracketed(school_id: object) -> str:
    return "" if school_id is None else f" ({escape(str(school_id))})"
