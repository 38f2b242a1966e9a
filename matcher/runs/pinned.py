"""Pins of a result workbook as edits of the record."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.analysis.document import PlanDocument
from matcher.exceptions import UsageError
from matcher.report.pins import PinEdit
from matcher.runs.opened import OpenRun
from matcher.runs.record import MENTOR, NOT_GRANTED, EditRecord


def edits_of(
    pins: Sequence[PinEdit],
    earlier: OpenRun | None,
    *,
    author: str | None = None,
    reason: str | None = None,
) -> tuple[EditRecord, ...]:
    """Turn the pins of a workbook into edits for the record.

    Parameters
    ----------
    pins : sequence of PinEdit
    earlier : OpenRun or None
        The run that the workbook is said to be of.
    author, reason : str, optional
        Where the workbook gives none.

    Returns
    -------
    tuple of EditRecord

    Raises
    ------
    UsageError
        If `author` or `reason` is given but nothing is pinned, or if what a row says of the mentor before
        is not what the earlier run says.
    """
    if not pins and (author or reason):
        raise UsageError("--author and --reason say who set pins and why, but there are none; give --pins.")
    if earlier is not None:
        hosts = {row.mentee_id: row.host_id for row in earlier.document.assignments}
        wrong = [pin for pin in pins if hosts.get(pin.mentee_id) != pin.before]
        if wrong:
            lines = [
                f"  - {pin.place}: {pin.mentee_id} had mentor {pin.before or 'none'} there, "
                f"{hosts.get(pin.mentee_id) or 'none'} in the run."
                for pin in wrong
            ]
            raise UsageError(
                "\n".join(
                    [
                        f"The workbook of --pins is not of the run {earlier.folder} given with --earlier:",
                        *lines,
                    ]
                )
            )
    return tuple(
        EditRecord(
            what=MENTOR,
            school=pin.mentee_id,
            before=pin.before,
            after=pin.after,
            author=pin.author or author,
            reason=pin.reason or reason,
            source=pin.place,
        )
        for pin in pins
    )


def answered(edits: Sequence[EditRecord], document: PlanDocument) -> tuple[EditRecord, ...]:
    """Say of each edit whether the plan grants it: under a policy whose locks give way it need not.

    Parameters
    ----------
    edits : sequence of EditRecord
        As they were asked for.
    document : PlanDocument
        The plan that was made.

    Returns
    -------
    tuple of EditRecord
        Those about mentors say :data:`~matcher.runs.record.NOT_GRANTED` where the plan gives another one.
    """
    hosts = {row.mentee_id: row.host_id for row in document.assignments}
    return tuple(
        edit.model_copy(update={"what": NOT_GRANTED})
        if edit.what == MENTOR and hosts.get(edit.school) != edit.after
        else edit
        for edit in edits
    )
