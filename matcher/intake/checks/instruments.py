"""Maturity instruments as the checks know them: names, scale, areas.

The intake stands above nothing but the profiles, so it keeps this small table of its own; a test keeps it
equal to the one in ``matcher.features.instruments``, which says where the instruments come from.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from matcher.intake.folding import fold


@dataclass(frozen=True, slots=True)
class InstrumentScale:
    """What can be judged of a value without reckoning with it.

    Attributes
    ----------
    key : str
        Name that messages give.
    lowest, highest : float
        Ends of the scale.
    areas : tuple of str
        Short name of each area, then its titles, joined by ``|``.
    names : tuple of str
        Other names under which the instrument is found.
    """

    key: str
    lowest: float
    highest: float
    areas: tuple[str, ...]
    names: tuple[str, ...]

    def has_area(self, written: str) -> bool:
        """Whether `written` is an area by its short name, a title, or both; case and accents do not count."""
        return fold(written) in {name for area in self.areas for name in _area_names(area)}

    @property
    def area_keys(self) -> tuple[str, ...]:
        """Short names of the areas."""
        return tuple(area.split("|")[0] for area in self.areas)


SCALES: tuple[InstrumentScale, ...] = (
    InstrumentScale(
        "selfie",
        1,
        5,
        (
            "A|Leadership",
            "B|Collaboration and networking",
            "C|Infrastructure and equipment",
            "D|Continuing professional development",
            "E|Pedagogy: supports and resources",
            "F|Pedagogy: implementation in the classroom",
            "G|Assessment practices",
            "H|Student digital competence",
        ),
        ("selfie report", "selfie for schools", "pt-selfie", "selfie-pt", "selfie check-in"),
    ),
    InstrumentScale(
        "hr-eschools",
        1,
        5,
        (
            "1|Planning, management and leadership|planiranje, upravljanje i vođenje",
            "2|ICT in learning and teaching|IKT u učenju i poučavanju",
            "3|Development of digital competences|razvoj digitalnih kompetencija",
            "4|ICT culture|IKT kultura",
            "5|ICT infrastructure|IKT infrastruktura|IKT resursi i infrastruktura",
        ),
        ("e-schools", "eschools", "e-škole", "hr e-schools", "hr e-škole"),
    ),
    InstrumentScale(
        "hu-dnr",
        1,
        5,
        (
            "1|Management and organisation|leadership",
            "2|Teaching and learning|pedagogy|tanulás-tanítás",
            "3|Staff competence and professional development|professional development",
            "4|Pupils' digital competence|student digital competence",
            "5|Digital infrastructure|infrastructure|infrastruktúra",
        ),
        ("dnr", "digitális névjegy rendszer", "digitális névjegy"),
    ),
    InstrumentScale(
        "cz-skola21",
        1,
        4,
        (
            "1|Management and planning|řízení a plánování|leadership",
            "2|ICT in the school's education programme|ICT ve školním vzdělávacím programu"
            "|ICT in the curriculum",
            "3|Professional development|profesní rozvoj",
            "4|Integration of ICT into the life of the school|integrace ICT do života školy",
            "5|ICT infrastructure|ICT infrastruktura|infrastructure",
        ),
        ("škola21", "profil škola21", "profil škola 21", "skola 21"),
    ),
)
"""Every instrument that can be read."""


def find_scale(name: str) -> InstrumentScale | None:
    """Return the instrument that bears `name` (case and accents do not count); None if there is none."""
    return _by_name().get(fold(name))


def known_instruments() -> tuple[str, ...]:
    """Names of all instruments, as messages give them."""
    return tuple(scale.key for scale in SCALES)


@cache
def _by_name() -> dict[str, InstrumentScale]:
    return {fold(name): scale for scale in SCALES for name in (scale.key, *scale.names)}


@cache
def _area_names(area: str) -> frozenset[str]:
    key, *titles = area.split("|")
    names = (key, f"area {key}", *titles, *(f"{key} {title}" for title in titles))
    return frozenset(fold(name) for name in names)
