"""From a run to its letters; the run itself is only read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from matcher.exceptions import UsageError, VerificationError
from matcher.report.letters import letter_texts, letters_of, load_templates, shipped_templates
from matcher.report.letters.contacts import read_contacts
from matcher.runs.chain import unsealed
from matcher.runs.files import RESULT_NAME, text_file
from matcher.runs.folder import Kind, fresh_folder, refuse_occupied, write_all
from matcher.runs.opened import open_run
from matcher.runs.record import RecordPart, RunReference, reference_to, sha256_of_text

MANIFEST = "letters.json"
LETTERS = Kind("letters", MANIFEST)
REFERENCE_DIGITS = 12


class LettersRecord(RecordPart):
    """Contents of ``letters.json``: the run, and hashes of all letters and templates."""

    schema_version: Literal["1.0"] = "1.0"
    run: RunReference
    reference: str
    contacts: tuple[str, ...]
    templates: dict[str, str]
    files: dict[str, str]

    def to_json(self) -> str:
        """Text of ``letters.json``."""
        return self.model_dump_json(indent=2) + "\n"


@dataclass(frozen=True, slots=True)
class LettersWritten:
    """What was written.

    Attributes
    ----------
    folder : Path
    schools, mentors : int
        Numbers of letters; one more goes to the ministry.
    without_mentor : int
        How many schools' letters say that there is no mentor yet.
    synthetic : bool
    around : str
        What clusters form around: mentor, hub or group.
    """

    folder: Path
    schools: int
    mentors: int
    without_mentor: int
    synthetic: bool
    around: str = "mentor"


def write_letters(
    run: Path | str,
    out: Path | str,
    *,
    templates: Path | str | None = None,
    contacts: Sequence[str] = (),
    force: bool = False,
) -> LettersWritten:
    """Write one page for each school, mentor and the ministry, all of them on one page, and an index.

    Parameters
    ----------
    run : Path or str
        Run folder; it is not changed.
    out : Path or str
        Folder of the letters.
    templates : Path or str, optional
        Folder with the ministry's own templates.
    contacts : sequence of str
        Whom to contact inside the programme: a text for everybody, ``CC=text`` for one country.
    force : bool
        Replace letters that are in `out`.

    Returns
    -------
    LettersWritten

    Raises
    ------
    UsageError
        If `run` is no run, `out` may not be written, or a contact is wrong.
    VerificationError
        If the run was changed.
    InputError
        If a template has faults; all are listed.
    """
    out = Path(out)
    refuse_occupied(out, force=force, kind=LETTERS)
    opened = open_run(run)
    changed = unsealed(opened.folder, opened.record)
    if changed:
        raise VerificationError(
            f"The run {opened.folder} was changed, so it gives no letters. {' '.join(changed)}"
        )
    checked = load_templates(None if templates is None else Path(templates))
    reference = opened.record.files[RESULT_NAME][:REFERENCE_DIGITS]
    letters = letters_of(opened.document, read_contacts(contacts, opened.document), reference)
    texts = letter_texts(letters, checked)
    record = LettersRecord(
        run=reference_to(opened.folder, opened.record),
        reference=reference,
        contacts=tuple(contacts),
        templates={name: sha256_of_text(text) for name, text in sorted(checked.sources.items())},
        files={name: sha256_of_text(text) for name, text in sorted(texts.items())},
    )
    with fresh_folder(out, force=force, kind=LETTERS) as scratch:
        write_all(scratch, {name: text_file(text) for name, text in texts.items()})
        write_all(scratch, {MANIFEST: text_file(record.to_json())})
    without = sum(letter.mentor is None for letter in letters.schools)
    without += sum(letter.group is None for letter in letters.peers)
    schools = len(letters.schools) + len(letters.peers)
    ministry = letters.ministry
    return LettersWritten(
        out, schools, len(letters.mentors), without, ministry.programme.synthetic, ministry.around
    )


def write_templates(folder: Path | str) -> tuple[str, ...]:
    """Write the templates that come along, with comments on their fields, for a ministry to change.

    Parameters
    ----------
    folder : Path or str
        Must not exist yet, or be empty.

    Returns
    -------
    tuple of str
        Names of the files.

    Raises
    ------
    UsageError
        If there is something in `folder`.
    """
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty. Templates are never overwritten; name another folder.")
    texts = shipped_templates()
    with fresh_folder(folder, force=False) as scratch:
        write_all(scratch, {name: text_file(text) for name, text in texts.items()})
    return tuple(texts)
