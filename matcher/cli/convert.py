"""`matcher features`, `matcher schema`, `matcher generate`: from one form to another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from matcher.cli.check import refuse_existing
from matcher.cli.messages import answer, say

PATH = click.Path(path_type=Path)


@click.command("features")
@click.argument("intake", type=PATH)
@click.option("--policy", "policy_file", type=PATH, help="Policy that says how maturity is scaled.")
@click.option("--out", type=PATH, required=True, help="CSV file to write.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
def features_command(intake: Path, policy_file: Path | None, out: Path, *, force: bool) -> int:
    """Write the feature vectors of all schools of INTAKE as CSV (an empty cell is unknown)."""
    from matcher.exceptions import InputError  # noqa: PLC0415 - start fast
    from matcher.features.build import build_features  # noqa: PLC0415
    from matcher.features.export import write_features_csv  # noqa: PLC0415
    from matcher.intake import read_intake  # noqa: PLC0415
    from matcher.intake.checks import check_intake  # noqa: PLC0415
    from matcher.policy.loader import load_policy  # noqa: PLC0415
    from matcher.policy.model import Policy  # noqa: PLC0415

    refuse_existing(out, force=force, suffix=".csv")
    policy = Policy() if policy_file is None else load_policy(policy_file)
    reading = read_intake(intake)
    issues = (*reading.issues, *check_intake(reading))
    if any(issue.is_error for issue in issues):
        raise InputError(issues)
    features = build_features(reading.intake, policy)
    write_features_csv(features, out)
    say(f"{len(features.school_ids)} schools, {len(features.columns)} features: {out}")
    say("Maturity values are confidential to each school: keep this file inside the programme.")
    return 0


@click.command("schema")
@click.argument("what", type=click.Choice(["policy", "intake", "changes", "patch", "result", "record"]))
def schema_command(what: str) -> int:
    """Print the JSON Schema of a policy file, an intake, changes, a repair's patch, a result or a record."""
    answer(_schema(what))
    return 0


def _schema(what: str) -> dict[str, Any]:
    from pydantic import BaseModel  # noqa: PLC0415 - start fast

    from matcher.analysis.document import PlanDocument  # noqa: PLC0415
    from matcher.analysis.repair_document import RepairPatch  # noqa: PLC0415
    from matcher.changes import ChangesFile  # noqa: PLC0415
    from matcher.policy.schema import policy_schema  # noqa: PLC0415
    from matcher.profiles import Intake  # noqa: PLC0415
    from matcher.runs.record import RunRecord  # noqa: PLC0415

    if what == "policy":
        return policy_schema()
    models: dict[str, type[BaseModel]] = {
        "intake": Intake,
        "changes": ChangesFile,
        "patch": RepairPatch,
        "result": PlanDocument,
        "record": RunRecord,
    }
    return models[what].model_json_schema()


@click.command("generate")
@click.argument("out", type=PATH)
@click.option("--mentors", type=click.IntRange(0, 100_000), default=24, show_default=True)
@click.option("--mentees", type=click.IntRange(0, 100_000), default=100, show_default=True)
@click.option("--country", "countries", multiple=True, help="Country code; may be given several times.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=2021, show_default=True)
@click.option("--force", is_flag=True, help="Replace what is there.")
def generate_command(
    out: Path, mentors: int, mentees: int, countries: tuple[str, ...], seed: int, *, force: bool
) -> int:
    """Write a synthetic intake to OUT (.xlsx, .json, or a folder of CSV files)."""
    from matcher.generate import COUNTRIES, generate_intake  # noqa: PLC0415 - start fast
    from matcher.intake.writers import write_intake  # noqa: PLC0415

    unknown = sorted(set(countries) - set(COUNTRIES))
    if unknown:
        raise click.BadParameter(
            f"{', '.join(unknown)}: choose from {', '.join(COUNTRIES)}", param_hint="--country"
        )
    refuse_existing(out, force=force)
    intake = generate_intake(mentors=mentors, mentees=mentees, countries=countries or COUNTRIES, seed=seed)
    write_intake(intake, out)
    say(f"Synthetic intake with {mentors} mentors and {mentees} mentees: {out}")
    return 0
