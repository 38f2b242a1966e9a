"""Published instances of stable matching, read as problems; the files are no part of this repository."""

from __future__ import annotations

import os
import re
from pathlib import Path

import numpy as np

from matcher.problem import Problem, make_problem
from matcher.solvers.stable import Preferences

ROOT = Path(os.environ.get("MATCHER_INSTANCES", Path(__file__).resolve().parents[4] / "shared" / "instances"))
FOLDER = ROOT / "stable"
Ranks = list[dict[int, int]]


def ranked(text: str) -> dict[int, int]:
    """Rank of each named number, from 0: ``3 (1 2)`` gives 2 → 1, 0 → 2, 1 → 2."""
    found: dict[int, int] = {}
    for rank, group in enumerate(re.findall(r"\([^)]*\)|\d+", text), start=1):
        found.update({int(number) - 1: rank for number in re.findall(r"\d+", group)})
    return found


def marriage(path: Path) -> tuple[Ranks, Ranks]:
    """Lists of both sides of ``n``, then n lists of one side and n of the other."""
    lines = path.read_text(encoding="utf-8").splitlines()
    n = int(lines[0])
    lists = [ranked(line.split(":", 1)[1]) for line in lines[1 : 2 * n + 1]]
    return lists[:n], lists[n:]


def hospitals(path: Path) -> tuple[Ranks, Ranks, list[tuple[int, int]]]:
    """Lists of residents and hospitals, and lower and upper quota of each hospital."""
    lines = path.read_text(encoding="utf-8").splitlines()
    n, m = map(int, lines[0].split())
    residents = [ranked(line.split(":", 1)[1]) for line in lines[1 : n + 1]]
    parts = [line.split(":") for line in lines[n + 1 : n + m + 1]]
    return residents, [ranked(part[3]) for part in parts], [(int(part[1]), int(part[2])) for part in parts]


def as_problem(
    mine: Ranks, theirs: Ranks, quotas: list[tuple[int, int]], *, must_open: bool = False, placed: int = 0
) -> tuple[Problem, Preferences]:
    """Pairs that both sides named; each is worth `placed` less the two ranks."""
    named = sorted((i, j) for i, ranks in enumerate(mine) for j in ranks if i in theirs[j])
    problem = make_problem(
        {(i, j): placed - mine[i][j] - theirs[j][i] for i, j in named},
        n_mentees=len(mine),
        n_hosts=len(theirs),
        min_load=np.array([low for low, _ in quotas]),
        max_load=np.array([high for _, high in quotas]),
        must_open=[must_open] * len(theirs),
    )
    ranks = Preferences(
        np.array([mine[i][j] for i, j in named], dtype=np.int64),
        np.array([theirs[j][i] for i, j in named], dtype=np.int64),
    )
    return problem, ranks


def numbers_after(path: Path, heading: str) -> list[int]:
    """Whole numbers on the line that begins with a heading, or on the next one if it stands alone."""
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.strip().startswith(heading))
    rest = lines[at].split(":", 1)[1]
    return [int(number) for number in re.findall(r"-?\d+", rest if rest.strip() else lines[at + 1])]
