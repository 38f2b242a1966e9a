"""Plan: what a tool author gets back from `match()`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from matcher.analysis.asked_school import unknown_school
from matcher.analysis.document import PlanDocument
from matcher.analysis.explanation import Explanation, explain
from matcher.exceptions import UsageError
from matcher.report.tables import (
    CLUSTER_COLUMNS,
    POINTS,
    UNASSIGNED_COLUMNS,
    Row,
    assignment_columns,
    assignments_rows,
    clusters_rows,
    unassigned_rows,
)

if TYPE_CHECKING:
    import pandas as pd


class Plan:
    """One plan with its proof and explanations.

    Parameters
    ----------
    document : PlanDocument
        Everything that is known about the plan; it is also what ``result.json`` holds.

    Examples
    --------
    >>> import matcher
    >>> plan = matcher.match(matcher.generate_intake(mentors=2, mentees=4, countries=("HR",)))
    >>> plan.document.proof.status
    'optimal'
    """

    def __init__(self, document: PlanDocument) -> None:
        self.document = document

    @property
    def hosts(self) -> dict[str, str | None]:
        """Mentor id of each mentee id; None for a mentee that is left unassigned."""
        placed: dict[str, str | None] = {row.mentee_id: row.host_id for row in self.document.assignments}
        placed.update({row.mentee_id: None for row in self.document.unassigned})
        return dict(sorted(placed.items()))

    @property
    def assignments(self) -> pd.DataFrame:
        """One row an assignment: ids, names, score, points of each criterion, distance, flags."""
        return _frame(assignments_rows(self.document), assignment_columns(self.document))

    @property
    def clusters(self) -> pd.DataFrame:
        """One row a cluster: mentor, mentees, load, points, distance."""
        return _frame(clusters_rows(self.document), CLUSTER_COLUMNS)

    @property
    def unassigned(self) -> pd.DataFrame:
        """One row a mentee without a mentor: price, reason, best options."""
        return _frame(unassigned_rows(self.document), UNASSIGNED_COLUMNS)

    def explain(self, school_id: str) -> Explanation:
        """Why a school is where it is: scores by criterion, rules, next-best hosts.

        Parameters
        ----------
        school_id : str
            Id of a mentee or a mentor of the plan.

        Returns
        -------
        Explanation

        Raises
        ------
        KeyError
            If the plan has no such school; it names the nearest.
        """
        if all(card.school_id != school_id for card in self.document.schools):
            raise KeyError(unknown_school(self.document, school_id))
        return explain(self.document, school_id)

    def to_json(self) -> str:
        """Return the plan as JSON text (schema: ``matcher schema result``)."""
        return self.document.to_json()

    @classmethod
    def from_json(cls, text: str) -> Plan:
        """Read a plan back from its JSON text; raises pydantic.ValidationError if it is not one."""
        return cls(PlanDocument.from_json(text))

    @classmethod
    def from_run(cls, run: Path | str) -> Plan:
        """Read the plan of a run folder; raises UsageError if there is none."""
        try:
            return cls.from_json((Path(run) / "result.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            if not Path(run).exists():
                raise UsageError(f"There is no folder {run}.") from None
            raise UsageError(f"{run} is not a run folder: it has no result.json.") from None

    def __repr__(self) -> str:
        totals, proof = self.document.totals, self.document.proof
        return f"<Plan {self.document.title!r}: {totals.assigned} of {totals.mentees} placed, {proof.status}>"


FRACTIONS = {"score", "penalty", "price", "known_share", "points", "cohesion_points"}
WHOLE = {"load", "min_load", "max_load"}


def _frame(rows: list[Row], columns: tuple[str, ...]) -> pd.DataFrame:
    """Make a frame whose column types depend on the column alone, not on what happens to be known."""
    import pandas as pd  # noqa: PLC0415 - `import matcher` stays light

    frame = pd.DataFrame(rows, columns=list(columns))
    return frame.astype({column: _type(column) for column in columns})


def _type(column: str) -> str:
    if column in FRACTIONS or column.endswith("_km") or column.startswith(POINTS):
        return "float64"
    if column in WHOLE:
        return "int64"
    return "bool" if column == "locked" else "string"
