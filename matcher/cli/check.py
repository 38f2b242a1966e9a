"""`matcher check` and `matcher template`: before a match."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from matcher.cli.messages import answer, say

PATH = click.Path(path_type=Path)
DATE = click.DateTime(["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"])


@click.command("check")
@click.argument("intake", type=PATH)
@click.option("--policy", "policy_file", type=PATH, help="Policy under which reach is judged.")
@click.option("--as-of", type=DATE, help="Date (2026-09-01) on which links count as in force.")
@click.option("--marked", type=PATH, help="Also write a workbook (.xlsx) with the faulty cells marked.")
@click.option("--force", is_flag=True, help="Replace the --marked file if it is there.")
@click.option("--json", "as_json", is_flag=True, help="Print the faults as JSON to stdout.")
def check_command(
    intake: Path,
    policy_file: Path | None,
    as_of: datetime | None,
    marked: Path | None,
    *,
    force: bool,
    as_json: bool,
) -> int:
    """List every fault of INTAKE at once: where it is, what is wrong, what to do."""
    from matcher.intake.checks.listing import issues_as_text  # noqa: PLC0415 - start fast
    from matcher.intake.marked import write_marked_workbook  # noqa: PLC0415
    from matcher.pipeline import check  # noqa: PLC0415
    from matcher.policy.loader import load_policy  # noqa: PLC0415

    refuse_existing(marked, force=force)
    policy = None if policy_file is None else load_policy(policy_file)
    reading, issues = check(intake, policy, as_of=as_of.date() if as_of else None)
    has_errors = any(issue.is_error for issue in issues)
    if marked is not None:
        write_marked_workbook(reading, issues, marked, source=intake)
        say(f"Marked copy, to look at: {marked}. Correct your own file, then check that again.")
    if as_json:
        answer({"ok": not has_errors, "issues": [issue.as_dict() for issue in issues]})
    else:
        click.echo(issues_as_text(issues))
        if policy_file is None:
            say("Judged by the default policy; give yours with --policy to see what its rules bar.")
    return 3 if has_errors else 0


@click.command("template")
@click.argument("out", type=PATH)
@click.option("--changes", "for_changes", is_flag=True, help="Write an empty changes file instead.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
def template_command(out: Path, *, for_changes: bool, force: bool) -> int:
    """Write an empty intake workbook with drop-downs, notes and an example row a sheet.

    With --changes, an empty form for `matcher rematch` (.xlsx, .csv or .json).
    """
    from matcher.intake.changes_writer import write_changes  # noqa: PLC0415 - start fast
    from matcher.intake.template import write_template  # noqa: PLC0415

    if for_changes:
        refuse_existing(out, force=force)
        write_changes((), out)
        say(f"Changes file: {out}")
        return 0
    refuse_existing(out, force=force, suffix=".xlsx")
    write_template(out)
    say(f"Template: {out}")
    return 0


def refuse_existing(path: Path | None, *, force: bool, suffix: str | None = None) -> None:
    """Raise UsageError if a file or folder is there and may not be replaced, or has the wrong ending."""
    from matcher.exceptions import UsageError  # noqa: PLC0415 - start fast

    if path is None:
        return
    if suffix is not None and path.suffix.lower() != suffix:
        raise UsageError(f"{path} must end in {suffix}.")
    if path.exists() and not force:
        raise UsageError(f"{path} is already there. Give another name, or add --force to replace it.")
    if not path.parent.exists():
        raise UsageError(f"The folder {path.parent} does not exist. Make it first, or give another name.")
