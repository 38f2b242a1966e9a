"""Put an intake into one order, so that the order of its rows can never matter."""

from __future__ import annotations

from collections import Counter

from matcher.exceptions import UsageError
from matcher.profiles import Intake


def in_order(intake: Intake) -> Intake:
    """Return the intake with every table sorted, once its ids are seen to fit together.

    Parameters
    ----------
    intake : Intake

    Returns
    -------
    Intake
        Schools by id; maturity records, links and preferences by all their values.

    Raises
    ------
    UsageError
        If two schools have one id, or a record names a school that is not in the intake. (Reading a file
        finds these as located issues; an intake built in code meets them here.)
    """
    counts = Counter(school.school_id for school in intake.schools)
    repeated = sorted(school_id for school_id, count in counts.items() if count > 1)
    if repeated:
        raise UsageError(f"school ids must be unique; these are not: {', '.join(repeated)}")
    named = {record.school_id for record in intake.maturity}
    named |= {school_id for link in intake.links for school_id in (link.school_a, link.school_b)}
    named |= {school_id for wish in intake.preferences for school_id in (wish.from_school, wish.to_school)}
    strangers = sorted(named - set(counts))
    if strangers:
        raise UsageError(f"these ids are named but no school has them: {', '.join(strangers)}")
    return intake.model_copy(
        update={
            "schools": tuple(sorted(intake.schools, key=lambda school: school.school_id)),
            "maturity": tuple(sorted(intake.maturity, key=lambda record: record.model_dump_json())),
            "links": tuple(sorted(intake.links, key=lambda link: link.model_dump_json())),
            "preferences": tuple(sorted(intake.preferences, key=lambda wish: wish.model_dump_json())),
        }
    )
