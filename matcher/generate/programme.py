"""A whole made-up intake of any size."""

from __future__ import annotations

from datetime import date

from matcher.exceptions import UsageError
from matcher.generate.dice import Dice
from matcher.generate.links import make_links
from matcher.generate.maturity import make_maturity
from matcher.generate.names import STOCKS
from matcher.generate.preferences import make_preferences
from matcher.generate.reach import measure
from matcher.generate.roster import make_roster, share_out
from matcher.generate.schools import make_schools
from matcher.profiles import Intake, Link, MaturityRecord, Preference, School

COUNTRIES: tuple[str, ...] = ("BE", "HR", "CZ", "HU", "IT", "PT")
AS_OF = date(2026, 9, 1)


def generate_intake(
    *, mentors: int = 24, mentees: int = 100, countries: tuple[str, ...] = COUNTRIES, seed: int = 2021
) -> Intake:
    """Make up an intake in the shape of the MenSI pilot: real towns, invented schools.

    The last country's mentors offer a tenth fewer places than it has mentees, so that somebody there stays
    unassigned; everywhere else a tenth of the places is to spare. Equal arguments give an equal intake.

    Parameters
    ----------
    mentors, mentees : int, default 24 and 100
        How many schools, over all countries; at least two mentees and one mentor a country.
    countries : tuple of str, default BE, HR, CZ, HU, IT, PT
        ISO codes out of these six, each once.
    seed : int, default 2021
        Seed of everything random, 0 or more.

    Returns
    -------
    Intake
        Marked as synthetic.

    Raises
    ------
    UsageError
        If an argument is out of its range.

    References
    ----------
    MenSI project sheet, European Schoolnet: 24 mentors and about 100 mentees in six countries.

    Examples
    --------
    >>> intake = generate_intake(mentors=2, mentees=8, countries=("HR", "PT"))
    >>> [school.school_id for school in intake.mentors]
    ['HR-001', 'PT-001']
    """
    _check(mentors, mentees, countries, seed)
    schools: list[School] = []
    maturity: list[MaturityRecord] = []
    links: list[Link] = []
    preferences: list[Preference] = []
    before = 0
    leads = share_out(mentors, len(countries))
    follows = share_out(mentees, len(countries), extra_to_last=True)
    for country, lead, follow in zip(countries, leads, follows, strict=True):
        # One stream a country and a table: a change of one table leaves all others as they were.
        streams = [Dice(seed, sorted(STOCKS).index(country), table) for table in range(6)]
        places = make_roster(country, lead, follow, streams[0])
        reach = measure(places, streams[1])
        own = make_schools(places, reach, streams[2], short=country == countries[-1])
        own_links = make_links(own[:lead], own[lead:], reach, streams[4], before=before)
        schools += own
        before += follow
        maturity += make_maturity(own, streams[3])
        links += own_links
        preferences += make_preferences(own[:lead], own[lead:], reach, own_links, streams[5])
    return Intake(
        title=f"Synthetic programme of {mentors} mentors and {mentees} mentees",
        synthetic=True,
        as_of=AS_OF,
        schools=tuple(schools),
        maturity=tuple(maturity),
        links=tuple(links),
        preferences=tuple(preferences),
    )


def _check(mentors: int, mentees: int, countries: tuple[str, ...], seed: int) -> None:
    known = ", ".join(sorted(STOCKS))
    if not countries or len(set(countries)) < len(countries) or not set(countries) <= set(STOCKS):
        raise UsageError(
            f"countries must be some of {known}, each once, not {', '.join(countries) or 'none'}"
        )
    if mentors < len(countries):
        raise UsageError(f"mentors must be at least one a country ({len(countries)}), not {mentors}")
    if mentees < 2 * len(countries):
        raise UsageError(f"mentees must be at least two a country ({2 * len(countries)}), not {mentees}")
    if seed < 0:
        raise UsageError(f"seed must be 0 or more, not {seed}")
