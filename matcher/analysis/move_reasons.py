"""Why a school moved that could have stayed: what its going back alone would break, or cost."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from matcher.analysis.moves import Hindrance, MoveJudge, Obstacle
from matcher.analysis.view import PlanView
from matcher.analysis.wording import listed, said_points
from matcher.problem import SCALE
from matcher.solution import UNASSIGNED, Solution, evaluate


def reason_of_move(
    view: PlanView, judge: MoveJudge, came_to: Mapping[int, tuple[int, ...]], mentee: int, was: int
) -> str:
    """Say why a mentee is not where it was, in the new plan and all else in it unchanged.

    Parameters
    ----------
    view : PlanView
        The new plan.
    judge : MoveJudge
    came_to : mapping of int to tuple of int
        For each host the mentees that were not there before.
    mentee, was : int
        A mentee that could still be with its old host `was`.

    Returns
    -------
    str
        One or more sentences.
    """
    found = judge.hindrances(mentee, was)
    if found:
        return " ".join(_words(view, came_to, mentee, was, one) for one in found)
    host_of = list(view.host_of)
    host_of[mentee] = was
    back = evaluate(view.encoding.problem, Solution(np.array(host_of, dtype=np.int64)))
    gain = (view.evaluation.objective - back.objective) / SCALE
    if gain > 0:
        return f"Moving it is worth {said_points(gain)} points to the plan as a whole."
    return "It moves together with others; on its own the move would bring nothing."


def _words(
    view: PlanView, came_to: Mapping[int, tuple[int, ...]], mentee: int, was: int, one: Hindrance
) -> str:
    old = _host(view, was)
    if one.obstacle is Obstacle.FULL:
        newcomers = [_mentee(view, other) for other in came_to.get(was, ()) if other != mentee]
        if newcomers:
            return f"Moved to make room at {old} for {listed(newcomers)}."
        return f"{old} has no place for it any more: it is {one.words}."
    if one.obstacle is Obstacle.MINIMUM and view.host_of[mentee] != UNASSIGNED:
        own = view.host_of[mentee]
        least = int(view.encoding.problem.min_load[own])
        return f"It is needed at {_host(view, own)}, which takes {least} places at least to lead a cluster."
    if one.obstacle is Obstacle.CLOSED:
        return f"{old} {one.words}."
    if one.obstacle is Obstacle.RIVAL:
        return f"It cannot go back to {old}: {one.words}."
    return f"It cannot go back to {old}, as {one.words}."


def _host(view: PlanView, host: int) -> str:
    return f"{view.mentors[host].name} ({view.mentors[host].school_id})"


def _mentee(view: PlanView, mentee: int) -> str:
    return f"{view.mentees[mentee].name} ({view.mentees[mentee].school_id})"
