"""Why not another mentor: the rules that bar it, or who would move and what it would cost."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.analysis.bars import bars_on, rule_label
from matcher.analysis.edit import judge_edit
from matcher.analysis.edit_document import EditBreach
from matcher.analysis.move_reasons import reason_of_move
from matcher.analysis.moves import MoveJudge
from matcher.analysis.totals import totals_of
from matcher.analysis.view import PlanView, view_of
from matcher.analysis.why_not_document import Mover, PointsPart, WhyNot
from matcher.analysis.wording import as_sentence, counted, rounded, rounded_or_none, said_points
from matcher.encoding import Encoding, decode
from matcher.problem import SCALE
from matcher.profiles import School
from matcher.questions import Answers
from matcher.questions.insist import Insistence, insist, insist_on_leaving, insist_on_swap
from matcher.solution import UNASSIGNED, Solution, evaluate


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A plan that questions are asked of.

    Attributes
    ----------
    encoding : Encoding
    plan : Solution
        One that keeps every hard rule.
    bound : int or None
        Proven upper bound of the objective, objective units.
    answers : Answers
    """

    encoding: Encoding
    plan: Solution
    bound: int | None
    answers: Answers


def why_not_host(known: Known, mentee: int, host: int) -> WhyNot:
    """Say why a mentee does not have a given host.

    Parameters
    ----------
    known : Known
    mentee, host : int
        Positions; `host` -1 asks for leaving the mentee without a mentor.

    Returns
    -------
    WhyNot
    """
    encoding, problem = known.encoding, known.encoding.problem
    school = encoding.intake.mentees[mentee]
    if host == UNASSIGNED:
        found = insist_on_leaving(problem, known.plan, mentee, bound=known.bound, answers=known.answers)
        return _told(known, {mentee: host}, f"{_named(school)} without a mentor", (), found)
    wish = f"{_named(school)} with {_named(encoding.intake.mentors[host])}"
    bars = bars_on(encoding, mentee, host)
    if bars:
        return _barred(wish, bars)
    found = insist(problem, known.plan, mentee, host, bound=known.bound, answers=known.answers)
    hindrances = _hindrances(known, mentee, host)
    return _told(known, {mentee: host}, wish, hindrances, found)


def why_not_swap(known: Known, first: int, second: int) -> WhyNot:
    """Say what two mentees exchanging their hosts would cost; raises ValueError if they share one."""
    encoding, plan = known.encoding, known.plan
    asked = {first: int(plan.host_of[second]), second: int(plan.host_of[first])}
    mentees = encoding.intake.mentees
    wish = f"{_named(mentees[first])} and {_named(mentees[second])} in each other's place"
    bars = tuple(
        f"{mentees[mentee].name} with {encoding.intake.mentors[host].name}: {bar}"
        for mentee, host in asked.items()
        if host != UNASSIGNED
        for bar in bars_on(encoding, mentee, host)
    )
    if bars:
        return _barred(wish, bars)
    found = insist_on_swap(encoding.problem, plan, first, second, bound=known.bound, answers=known.answers)
    return _told(known, asked, wish, (), found)


def _barred(wish: str, bars: tuple[str, ...]) -> WhyNot:
    rules = "a hard rule bars it" if len(bars) == 1 else "hard rules bar it"
    return _empty(wish, bars, sentences=(f"It may not be: {rules}.", *bars))


def _empty(wish: str, bars: tuple[str, ...], sentences: tuple[str, ...], **more: object) -> WhyNot:
    return WhyNot.model_validate(
        {
            "wish": wish,
            "barred_by": bars,
            "possible": False,
            "at_least": None,
            "at_most": None,
            "hindrances": (),
            "moves": (),
            "schools": (),
            "rest": 0.0,
            "parts": (),
            "gave_way": (),
            "sentences": sentences,
        }
        | more
    )


def _hindrances(known: Known, mentee: int, host: int) -> tuple[str, ...]:
    """Say what keeps the mentee from the host if nobody else moved: the rule or the load that binds."""
    if int(known.plan.host_of[mentee]) == host:
        return ()
    view = _view(known.encoding, known.plan)
    mentor = view.mentors[host].name
    return tuple(
        as_sentence(
            f"{mentor}: {one.words}" if one.words.startswith(("full", "only", "leads")) else one.words
        )
        for one in MoveJudge(view).hindrances(mentee, host)
    )


def _told(
    known: Known, asked: dict[int, int], wish: str, hindrances: tuple[str, ...], found: Insistence
) -> WhyNot:
    if not found.possible:
        proof = "No plan that keeps every hard rule grants this; the search with it proved so."
        return _empty(wish, (), (proof,), hindrances=hindrances)
    least, most = _points_of(found.at_least), _points_of(found.at_most)
    anew = (None, None) if found.anew is None else (_points_of(found.anew[0]), _points_of(found.anew[1]))
    granted = all(int(known.plan.host_of[mentee]) == host for mentee, host in asked.items())
    price = "That is how it is in this plan." if granted else said_price(least, most)
    if found.plan is None:
        unknown = "A limit was reached before a plan with it was found, so who would move is not known."
        return _empty(
            wish, (), (price, unknown), possible=True, hindrances=hindrances, at_least=least, at_most=most
        )
    judged = judge_edit(known.encoding, known.plan, decode(known.encoding, found.plan))
    before, after = _view(known.encoding, known.plan), _view(known.encoding, found.plan)
    moves = _moves(before, after, asked)
    return WhyNot(
        wish=wish,
        barred_by=(),
        possible=True,
        at_least=least,
        at_most=most,
        anew_at_least=anew[0],
        anew_at_most=anew[1],
        hindrances=hindrances,
        moves=moves,
        schools=judged.schools,
        rest=judged.rest,
        parts=_parts(before, after),
        gave_way=_without_unassigned(judged.gave_way),
        kept_again=_without_unassigned(judged.kept_again),
        sentences=(price, *_said_anew(*anew), *_extent(moves)),
    )


def said_price(least: float | None, most: float | None) -> str:
    """Say the price of insisting in one sentence.

    Examples
    --------
    >>> said_price(3.25, 3.25)
    'Insisting on it would cost the whole plan exactly 3.25 points.'
    >>> said_price(0.0, 0.0)
    'Insisting on it would cost nothing: another plan with it is just as good.'
    >>> said_price(-3.25, -3.25)
    'With it, and others placed better as well, the whole plan would gain exactly 3.25 points.'
    >>> said_price(1.0, 4.0)
    'Insisting on it would cost the whole plan at least 1 and at most 4 points.'
    """
    cost = "Insisting on it would cost"
    if least == most == 0:
        return f"{cost} nothing: another plan with it is just as good."
    if most is not None and (least or 0) < 0:
        return _said_gain(most, exact=least == most)
    if least is not None and least == most:
        return f"{cost} the whole plan exactly {_points(least)}."
    if most is not None:
        return f"{cost} the whole plan at least {said_points(least or 0)} and at most {_points(most)}."
    if least is not None and least > 0:
        return f"{cost} the whole plan at least {_points(least)}; how much more is not known."
    return "What insisting on it would cost is not known: a limit was reached before."


def _said_gain(most: float, *, exact: bool) -> str:
    """Say a price that is, or may be, below 0."""
    if most >= 0:
        return f"Insisting on it would cost the whole plan {_points(most)} at most; it may bring something."
    gain = f"{'exactly' if exact else 'at least'} {_points(-most)}"
    return f"With it, and others placed better as well, the whole plan would gain {gain}."


def _said_anew(least: float | None, most: float | None) -> tuple[str, ...]:
    """Say what the same schools would gain without the wish; nothing where that is nothing."""
    if least is None or most == 0:
        return ()
    gain = f"exactly {_points(least)}"
    if least != most:
        gain = f"{_points(least)} or more" if most is None else f"{said_points(least)} to {_points(most)}"
    return (
        f"This plan is not the best: placing the same schools anew without it would bring {gain}.",
        "Schools that depend on none of them stay where they are.",
    )


def _points_of(units: int | None) -> float | None:
    return rounded_or_none(None if units is None else units / SCALE)


def _points(points: float) -> str:
    return f"{said_points(points)} {'point' if points == 1 else 'points'}"


def _extent(moves: tuple[Mover, ...]) -> tuple[str, ...]:
    others = sum(not move.asked for move in moves)
    if not moves:
        return ()
    if not others:
        return ("No other school would have to move.",)
    return (f"{counted(others, 'other school', 'other schools')} would be placed otherwise then.",)


def _moves(before: PlanView, after: PlanView, asked: dict[int, int]) -> tuple[Mover, ...]:
    """Schools that are elsewhere afterwards, those of the wish first."""
    judge = MoveJudge(after)
    came = {
        host: tuple(one for one in members if before.host_of[one] != host)
        for host, members in enumerate(after.members)
    }
    moved = [at for at, host in enumerate(after.host_of) if before.host_of[at] != host]
    moved.sort(key=lambda at: (at not in asked, at))
    return tuple(_mover(before, after, judge, came, at, asked=at in asked) for at in moved)


def _mover(
    before: PlanView,
    after: PlanView,
    judge: MoveJudge,
    came: dict[int, tuple[int, ...]],
    mentee: int,
    *,
    asked: bool,
) -> Mover:
    was, now = before.host_of[mentee], after.host_of[mentee]
    why = "As asked."
    if not asked and was == UNASSIGNED:
        why = "It had no mentor; there is a place for it then."
    elif not asked:
        why = reason_of_move(after, judge, came, mentee, was)
    return Mover(
        school_id=after.mentees[mentee].school_id,
        name=after.mentees[mentee].name,
        before=None if was == UNASSIGNED else after.mentors[was].school_id,
        before_name=None if was == UNASSIGNED else after.mentors[was].name,
        after=None if now == UNASSIGNED else after.mentors[now].school_id,
        after_name=None if now == UNASSIGNED else after.mentors[now].name,
        asked=asked,
        why=why,
    )


def _parts(before: PlanView, after: PlanView) -> tuple[PointsPart, ...]:
    old, new = totals_of(before), totals_of(after)
    changes = (
        ("fit of the pairs", new.pair_points - old.pair_points),
        ("cohesion within clusters", new.cohesion_points - old.cohesion_points),
        ("soft rules broken", old.penalty_points - new.penalty_points),
        ("costs", old.money_points - new.money_points),
        ("clusters formed", old.opening_points - new.opening_points),
        ("schools without a mentor", old.unassigned_points - new.unassigned_points),
    )
    parts = (PointsPart(label=label, change=rounded(change)) for label, change in changes)
    return tuple(part for part in parts if part.change)


def _without_unassigned(breaches: tuple[EditBreach, ...]) -> tuple[EditBreach, ...]:
    """Leave out schools without a mentor: the points say them by themselves."""
    label = rule_label("unassigned")
    return tuple(one for one in breaches if one.rule != label)


def _named(school: School) -> str:
    return f"{school.name} ({school.school_id})"


def _view(encoding: Encoding, plan: Solution) -> PlanView:
    return view_of(encoding, plan, evaluate(encoding.problem, plan))
