"""What a reader has to know before comparing, in plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.analysis.wording import counted, listed
from matcher.laboratory.differences import Named
from matcher.laboratory.variant import Outcome
from matcher.laboratory.yardstick import Yardstick
from matcher.policy.model import Policy


def yardstick_sentence(policy: Policy, *, is_baseline: bool, named_but_unfit: bool) -> str:
    """Say which policy is the yardstick, and why there has to be one."""
    why = (
        "Each policy gives points of its own, so points of two policies cannot be compared. "
        f"Every plan is therefore also scored by one and the same policy, the yardstick: “{policy.title}”"
    )
    if is_baseline:
        return f"{why}, which is also the policy that the others are told against."
    if named_but_unfit:
        return (
            f"{why}. The policy named as baseline cannot be it, since it forms clusters around something "
            "other than single mentor schools."
        )
    return f"{why}."


def notes_of(
    stick: Yardstick, plans: Sequence[Named], failed: Sequence[Outcome], unknown: Sequence[str], costs: str
) -> tuple[str, ...]:
    """Say what else has to be borne in mind; each note only where it applies.

    Parameters
    ----------
    stick : Yardstick
    plans : sequence of Named
    failed : sequence of Outcome
        Those without a plan.
    unknown : sequence of str
        Labels of the metrics that are known for no plan.
    costs : str
        Title of the policy whose cost model prices every plan; empty where there is none.
    """
    notes = [
        "A yardstick is a choice, too: a policy that is like it looks good by it. Name another with the "
        "option --baseline and see what changes.",
        "A mean over the placed schools says nothing of those left out: read it beside the number placed.",
    ]
    open_plans = [plan for plan in plans if plan.seen.document.proof.status != "optimal"]
    if open_plans:
        notes.append(
            f"Not proven best under their own policy: {listed([plan.title for plan in open_plans])}. What "
            "such a "
            "plan lacks may be the search's fault and not the policy's."
        )
    equals = [plan for plan in plans if not all(plan.seen.leads.values())]
    if equals:
        notes.append(
            f"Without a mentor: {listed([plan.title for plan in equals])}. Groups of equals have no "
            "mentor to fit "
            "or to travel to, so these figures are not known for them; the distance between members is."
        )
    hubs = [plan for plan in plans if any(len(leads) > 1 for leads in plan.seen.leads.values())]
    if hubs:
        notes.append(
            f"Hubs with several leads: {listed([plan.title for plan in hubs])}. Fit and distance of a "
            "school are "
            "the mean over the leads."
        )
    layered = [plan for plan in plans if plan.key != plan.variant]
    if layered:
        notes.append(
            f"Layers of one policy: {listed([plan.title for plan in layered])}. Each has figures of its own, "
            "and a school has a mentor in each; what the policy costs is the sum."
        )
    asked = set(stick.encoding.mentee_ids)
    others = [
        (plan.title, len({*plan.seen.placed, *plan.seen.unassigned} ^ asked))
        for plan in plans
        if {*plan.seen.placed, *plan.seen.unassigned} != asked
    ]
    notes += [
        f"{title} is not about the schools of the yardstick alone: "
        f"{counted(count, 'school differs', 'schools differ')}. Its counts are not on the same footing."
        for title, count in others
    ]
    if costs:
        notes.append(f"Costs are those of the cost model of “{costs}”, for every plan alike.")
    if unknown and plans:
        notes.append(f"Not known for any plan, and so not shown: {listed(unknown, limit=20)}.")
    if failed:
        names = listed([outcome.variant.title for outcome in failed])
        notes.append(f"Without a plan, and so in no table of figures: {names}. The reason stands with each.")
    return tuple(notes)
