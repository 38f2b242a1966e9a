"""Rows of results: one a (case, instance, solver), kept as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from matcher.problem import SCALE
from matcher.result import relative_gap


@dataclass(frozen=True, slots=True)
class Row:
    """What one solver made of one problem.

    Attributes
    ----------
    run : str
        Stamp of the run, see :class:`benchmarks.machine.Stamp`; ratios come from rows of one run.
    case, instance, solver : str
    commit : str
        State of the library.
    problem : str
        Digest of the problem's arrays: rows with different digests are not comparable.
    limit_s, limit_gap : float
        Limits that the solver was given.
    workers : int
    status : str
        As the solver claims; ``broken`` if the referee finds a hard rule broken, ``failed`` if the
        process ended without an answer, ``refused`` if the method does not apply.
    objective : int or None
        Objective units, as the referee judges the plan.
    bound : int or None
        Objective units, as the solver claims.
    reference, tolerance : int or None
        Best value known and what rounding may cost (see :class:`benchmarks.instances.Reference`).
    seconds : float or None
        The whole call, median of `repeats`, after a call on a tiny problem that takes `warm_up_s`.
    cpu_s : float or None
        Processor seconds of the same call, all threads: what a busy machine does not inflate as much.
    load : float
        Load average of the machine when the row was begun: above the number of workers, others were at work.
    build_s : float
        Seconds that making or reading the problem took, outside `seconds`.
    peak_mb : float
        Peak memory of the process, all libraries included.
    cohesion_share : float or None
        Share of the plan's pair values and cohesion that is cohesion.
    size : dict of str to int
        Mentees, hosts, pairs, cohesion pairs, rivals.
    words : str
    versions : dict of str to str
    extra : dict of str to float
    """

    run: str
    case: str
    instance: str
    solver: str
    commit: str
    limit_s: float
    limit_gap: float
    workers: int
    status: str
    problem: str = ""
    objective: int | None = None
    bound: int | None = None
    reference: int | None = None
    tolerance: int = 0
    seconds: float | None = None
    cpu_s: float | None = None
    repeats: int = 0
    load: float = 0.0
    warm_up_s: float = 0.0
    build_s: float = 0.0
    peak_mb: float = 0.0
    cohesion_share: float | None = None
    unassigned: int | None = None
    size: dict[str, int] = field(default_factory=dict)
    words: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    extra: dict[str, float] = field(default_factory=dict)

    @property
    def proven(self) -> bool:
        """Whether the solver claims to have proven the plan optimal."""
        return self.status == "optimal"

    @property
    def busy_s(self) -> float | None:
        """Seconds of the call without waiting for a processor, where one thread makes that known."""
        if self.seconds is None or self.cpu_s is None or self.workers > 1:
            return self.seconds
        return min(self.seconds, self.cpu_s)

    @property
    def starved(self) -> bool:
        """Whether its limit ended it while others had the processor for more than a tenth of the time."""
        stopped = self.seconds is not None and self.seconds >= self.limit_s and not self.proven
        return stopped and self.cpu_s is not None and self.cpu_s < 0.9 * self.limit_s

    @property
    def points(self) -> float | None:
        """Objective in points."""
        return None if self.objective is None else self.objective / SCALE

    @property
    def gap(self) -> float | None:
        """Relative gap between the solver's own bound and its plan; 0 when it claims a proof."""
        return 0.0 if self.proven else relative_gap(self.objective, self.bound)

    @property
    def to_reference(self) -> float | None:
        """How far the plan is below the best value known, relative to it; negative when above."""
        if self.reference is None or self.objective is None:
            return None
        return (self.reference - self.objective) / max(1, abs(self.reference))

    @property
    def reaches_reference(self) -> bool:
        """Whether the plan reaches the best value known, up to rounding."""
        if self.reference is None or self.objective is None:
            return False
        return self.objective + self.tolerance >= self.reference


@dataclass(frozen=True, slots=True)
class Timing:
    """A measurement of one part of the library, without a competitor.

    Attributes
    ----------
    run, name, what, commit : str
    seconds, worst_s : float
        Median and worst of `repeats`.
    repeats : int
    figure_s : float or None
        Seconds to reach, if the issue names them.
    extra : dict of str to float
    """

    run: str
    name: str
    what: str
    commit: str
    seconds: float
    worst_s: float
    repeats: int
    figure_s: float | None = None
    extra: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Results:
    """Everything in a file of results.

    Attributes
    ----------
    stamps : tuple of dict
        Header of each run.
    rows : tuple of Row
    timings : tuple of Timing
    """

    stamps: tuple[dict[str, Any], ...]
    rows: tuple[Row, ...]
    timings: tuple[Timing, ...]

    def latest(self) -> dict[tuple[str, str, str], Row]:
        """Last row of each (case, instance, solver), in the order in which they first came.

        Where the problem itself has changed, rows of the older one are left out.
        """
        newest = {(row.case, row.instance): row.problem for row in self.rows if row.problem}
        found: dict[tuple[str, str, str], Row] = {}
        for row in self.rows:
            if row.problem in ("", newest.get((row.case, row.instance), "")):
                found[row.case, row.instance, row.solver] = row
        return found

    def of_case(self, case: str) -> list[Row]:
        """Latest rows of one case."""
        return [row for row in self.latest().values() if row.case == case]


def append(path: Path, kind: str, item: Row | Timing | dict[str, Any]) -> None:
    """Add one line to a file of results and flush it."""
    content = item if isinstance(item, dict) else asdict(item)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"kind": kind, **content}, sort_keys=False) + "\n")


def read(paths: Iterable[Path]) -> Results:
    """Read files of results; a file that does not exist holds nothing."""
    stamps: list[dict[str, Any]] = []
    rows: list[Row] = []
    timings: list[Timing] = []
    known = {item.name for item in fields(Row)}
    for path in paths:
        if not path.exists():
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            content = json.loads(line)
            kind = content.pop("kind")
            if kind == "run":
                stamps.append(content)
            elif kind == "row":
                rows.append(Row(**{key: value for key, value in content.items() if key in known}))
            elif kind == "timing":
                timings.append(Timing(**content))
    return Results(tuple(stamps), tuple(rows), tuple(timings))
