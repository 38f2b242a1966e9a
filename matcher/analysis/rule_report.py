"""The rules report: every rule of the policy that is not off, and whether the plan keeps it."""

from __future__ import annotations

from matcher.analysis.breaches import Finding, Findings, find_breaches
from matcher.analysis.document import BrokenRule, RuleReport
from matcher.analysis.totals import penalty_units_of
from matcher.analysis.view import PlanView
from matcher.analysis.wording import rounded
from matcher.encoding.budget import PRICED_CENTS, budget_label, budget_of, budget_words
from matcher.encoding.fairness import group_of
from matcher.encoding.leads import lead_words
from matcher.encoding.reserve import reserve_of
from matcher.exceptions import RefereeError
from matcher.problem import SCALE, Row
from matcher.profiles import Strength
from matcher.rules.registry import RuleEntry, rule_entries


def rules_of(view: PlanView) -> tuple[RuleReport, ...]:
    """Report every rule that is not off, in the policy's order, then limits on sums over the whole plan.

    A rule that is hard for some schools and soft for others has two rows, the second with ``:soft`` after
    its key.

    Parameters
    ----------
    view : PlanView

    Returns
    -------
    tuple of RuleReport

    Raises
    ------
    RefereeError
        If a hard rule is broken in words, or the prices in words do not add up to the referee's.
    """
    findings = find_breaches(view)
    _cross_check(view, findings)
    stated = [row for entry in rule_entries(view.encoding.policy) for row in _rows(entry, findings)]
    return (
        *stated,
        *(
            _limit(row, findings)
            for row in view.encoding.problem.rows
            if reserve_of(row.key) is None and group_of(row.key) is None and not lead_words(row.key)
        ),
    )


def _cross_check(view: PlanView, findings: Findings) -> None:
    for (key, strength), finding in sorted(findings.items()):
        if strength is Strength.HARD and finding.breaches:
            raise RefereeError(f"the hard rule {key} is broken: {finding.breaches[0].detail}")
    charged = sum(
        breach.units for (key, _), one in findings.items() for breach in one.breaches if key != "unassigned"
    )
    expected = penalty_units_of(view)
    if charged != expected:
        raise RefereeError(f"the breaches in words cost {charged} units, those of the plan {expected}")


def _rows(entry: RuleEntry, findings: Findings) -> list[RuleReport]:
    hard = findings.get((entry.key, Strength.HARD))
    soft = findings.get((entry.key, Strength.SOFT))
    if entry.strength is Strength.OFF:
        return []
    if entry.strength is Strength.HARD:
        rows = [_row(entry, Strength.HARD, hard or Finding())]
        return rows if soft is None else [*rows, _row(entry, Strength.SOFT, soft, second=True)]
    rows = [_row(entry, Strength.SOFT, soft or Finding())]
    return rows if hard is None else [_row(entry, Strength.HARD, hard), *rows]


def _row(entry: RuleEntry, strength: Strength, finding: Finding, *, second: bool = False) -> RuleReport:
    price = entry.price if strength is Strength.SOFT else None
    return RuleReport(
        key=f"{entry.key}:soft" if second else entry.key,
        label=f"{entry.label} (where it is soft)" if second else entry.label,
        statement=entry.statement,
        strength=strength,
        price=None if price is None else rounded(price),
        holds=not finding.breaches,
        checked=finding.checked,
        not_judged=finding.not_judged,
        broken=tuple(
            BrokenRule(schools=one.schools, detail=one.detail, price=rounded(one.units / SCALE))
            for one in finding.breaches
        ),
        given_up=() if second else entry.given_up,
    )


def _limit(row: Row, findings: Findings) -> RuleReport:
    """Report a limit that the problem has beside the policy's rules, such as a budget."""
    strength = Strength.HARD if row.price is None else Strength.SOFT
    ends = (("at least", row.at_least), ("at most", row.at_most))
    said = " and ".join(f"{words} {end}" for words, end in ends if end is not None)
    price = None if row.price is None else row.price / SCALE
    if budget_of(row.key) is not None:
        said, price = budget_words(row), None if price is None else price * PRICED_CENTS
        entry = RuleEntry(f"row:{row.key}", budget_label(row.key), said, strength, price)
        return _row(entry, strength, findings.get((entry.key, strength)) or Finding())
    entry = RuleEntry(
        key=f"row:{row.key}",
        label=row.key,
        statement=f"The sum of “{row.key}” over the plan is {said}.",
        strength=strength,
        price=price,
    )
    return _row(entry, strength, findings.get((entry.key, strength)) or Finding())
