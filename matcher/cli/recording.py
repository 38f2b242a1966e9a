"""The options `--record` and `--author` of commands that answer a question about a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from matcher.cli.messages import say

if TYPE_CHECKING:
    from matcher.runs.opened import OpenRun


def record_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--record` and `--author` to a command that takes a RUN; the second alone is a wrong call.

    Whether an answer can be put on record is looked at before the command begins.
    """

    @wraps(command)
    def checked(*arguments: Any, record: bool, author: str | None, **options: Any) -> Any:
        if author is not None and not record:
            raise click.UsageError("--author says who puts a question on record; add --record.")
        if record:
            from matcher.runs.question_log import refuse_unfit  # noqa: PLC0415 - start fast

            refuse_unfit(options["run"])
        return command(*arguments, record=record, author=author, **options)

    signed = click.option("--author", help="With --record: who asks.")(checked)
    return click.option(
        "--record", is_flag=True, help="Put question and answer on record beside RUN, in RUN.questions.json."
    )(signed)


def keep_on_record(
    run: OpenRun,
    command: str,
    question: Mapping[str, Any],
    answer: Mapping[str, Any],
    *,
    author: str | None,
    quiet: bool,
) -> None:
    """Put a question and its answer on record, and say where.

    Parameters
    ----------
    run : OpenRun
        It is not changed.
    command : str
        Such as ``explain``.
    question, answer : mapping
        JSON-ready: everything that was asked for with its settings, and all that was answered.
    author : str or None
    quiet : bool

    Raises
    ------
    UsageError, VerificationError
        If the log is of another run, was changed, or cannot be written.
    """
    from matcher.runs.folder import log_beside  # noqa: PLC0415 - start fast
    from matcher.runs.question_log import put_on_record  # noqa: PLC0415

    entry = put_on_record(run, command, question, answer, author=author)
    if not quiet:
        say(f"On record as question {entry.number} in {log_beside(run.folder)}.")
