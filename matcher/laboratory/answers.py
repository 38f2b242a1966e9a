"""Answers of tasks as JSON text: what goes between processes and machines, and into the cache."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from matcher.result import PartOutcome, Result, SolveStatus, StoppedBy


@dataclass(frozen=True, slots=True)
class Answer:
    """What a task gave.

    Attributes
    ----------
    text : str
        JSON; the same on every machine.
    seconds : float
        Processor seconds that it took; never part of a deterministic output.
    """

    text: str
    seconds: float

    @property
    def content(self) -> dict[str, Any]:
        """The JSON object."""
        content: dict[str, Any] = json.loads(self.text)
        return content


def result_as_json(result: Result) -> dict[str, Any]:
    """Return a result as plain JSON values, without the seconds that it took."""
    plain = asdict(result)
    plain["host_of"] = None if result.host_of is None else result.host_of.tolist()
    del plain["runtime_s"]
    return plain


def result_from_json(plain: dict[str, Any]) -> Result:
    """Read a result back.

    Raises
    ------
    KeyError, TypeError, ValueError
        If the values are not those of a result.
    """
    host_of = plain["host_of"]
    parts = tuple(
        PartOutcome(
            **part
            | {
                "mentees": tuple(part["mentees"]),
                "hosts": tuple(part["hosts"]),
                "status": SolveStatus(part["status"]),
            }
        )
        for part in plain["parts"]
    )
    read = {
        "host_of": None if host_of is None else np.array(host_of, dtype=np.int64),
        "status": SolveStatus(plain["status"]),
        "stopped_by": StoppedBy(plain["stopped_by"]),
        "parts": parts,
    }
    return Result(**plain | read)
