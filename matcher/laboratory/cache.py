"""Answers kept by the hash of what they depend on, so that a stopped sweep goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from matcher.exceptions import UsageError
from matcher.laboratory.answers import Answer

MARKER = "matcher-cache.json"
FORMAT = 1


class Cache(Protocol):
    """Keeps answers."""

    def get(self, key: str) -> Answer | None:
        """Answer of a task, None if it is not kept."""
        ...

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer."""
        ...


class MemoryCache:
    """Keeps answers for as long as it lives itself."""

    def __init__(self) -> None:
        self._kept: dict[str, Answer] = {}

    def get(self, key: str) -> Answer | None:
        """Answer of a task, None if it is not kept."""
        return self._kept.get(key)

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer."""
        self._kept[key] = answer


class FolderCache:
    """Keeps answers in a folder, one file each, written in one step.

    Parameters
    ----------
    folder : Path
        Created if it does not exist.
    warn : callable, optional
        Told about an entry that is damaged or foreign; it is left alone and its task made anew.

    Raises
    ------
    UsageError
        If the folder cannot be written or holds something else.
    """

    def __init__(self, folder: Path, warn: Callable[[str], None] = warnings.warn) -> None:
        self._folder, self._warn = folder, warn
        try:
            folder.mkdir(parents=True, exist_ok=True)
            marker = folder / MARKER
            if not marker.is_file():
                if any(folder.iterdir()):
                    raise UsageError(
                        f"{folder} holds files that are not a cache of matcher; it is left alone. "
                        "Give --cache another folder."
                    )
                _write(marker, json.dumps({"format": FORMAT, "holds": "answers of matcher compare"}) + "\n")
        except OSError as error:
            raise UsageError(
                f"{folder} cannot be written: {error.strerror}. Give --cache another folder."
            ) from error

    def get(self, key: str) -> Answer | None:
        """Answer of a task; None if it is not kept, or what is kept is not what was written."""
        path = self._path(key)
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError):
            text = ""
        try:
            return _opened(json.loads(text), key)
        except (ValueError, KeyError, TypeError):
            self._warn(f"{path} is damaged or not of matcher; it is not used, and its task is made anew.")
            return None

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer; raises UsageError if the folder cannot be written any more."""
        path = self._path(key)
        try:
            path.parent.mkdir(exist_ok=True)
            _write(path, json.dumps(_sealed(key, answer), ensure_ascii=False) + "\n")
        except OSError as error:
            raise UsageError(
                f"{path.parent} cannot be written: {error.strerror}. What was kept before stays; make room, "
                "or give --cache another folder."
            ) from error

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"


def _sealed(key: str, answer: Answer) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "key": key,
        "sha256": _seal(key, answer.text),
        "seconds": round(answer.seconds, 3),
        "answer": answer.text,
    }


def _opened(entry: dict[str, Any], key: str) -> Answer:
    text, seconds = entry["answer"], entry["seconds"]
    if entry["format"] != FORMAT or entry["key"] != key or entry["sha256"] != _seal(key, text):
        raise ValueError("not what was written under this key")
    return Answer(text, float(seconds))


def _seal(key: str, text: str) -> str:
    return hashlib.sha256(f"{key}\n{text}".encode()).hexdigest()


def _write(path: Path, text: str) -> None:
    """Write a file that is there whole or not at all, whoever else writes it or ends this process."""
    handle, name = tempfile.mkstemp(prefix=".", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
