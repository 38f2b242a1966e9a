"""Maturity instruments that can be read, and how their areas map to the eight common ones.

The common areas are those of SELFIE. An instrument with fewer areas fills only the common areas that it
asks about; the others stay unknown. The crosswalks are this project's own reading of the published
frameworks, area title by area title; ``docs/features.md`` lists them for review by the programme.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

COMMON_AREAS: tuple[str, ...] = ("a", "b", "c", "d", "e", "f", "g", "h")

COMMON_AREA_TITLES: dict[str, str] = {
    "a": "Leadership",
    "b": "Collaboration and networking",
    "c": "Infrastructure and equipment",
    "d": "Continuing professional development",
    "e": "Pedagogy: supports and resources",
    "f": "Pedagogy: implementation in the classroom",
    "g": "Assessment practices",
    "h": "Student digital competence",
}


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """One area of an instrument.

    Attributes
    ----------
    key : str
        Short name: a letter for SELFIE, a number elsewhere.
    title : str
        English title.
    common : tuple of str
        Common areas (``a`` to ``h``) that it informs.
    names : tuple of str
        Other names under which it is found, e.g. in the national language.
    groups : tuple of str
        Respondent groups that the instrument asks about this area; empty if it knows no groups.
    """

    key: str
    title: str
    common: tuple[str, ...]
    names: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Instrument:
    """One maturity instrument.

    Attributes
    ----------
    key : str
        Name used by matcher.
    title : str
        Full title, with the source.
    lowest, highest : float
        Ends of its scale; a value outside is a fault, not a value.
    is_mean : bool
        True for a mean of ratings, x → (x − lowest)/(highest − lowest); False for a level of K,
        k → (k − ½)/K.
    areas : tuple of Area
        Its areas.
    names : tuple of str
        Other names under which it is found.
    """

    key: str
    title: str
    lowest: float
    highest: float
    is_mean: bool
    areas: tuple[Area, ...]
    names: tuple[str, ...] = ()

    def to_unit(self, value: float) -> float:
        """Bring a value within the scale to [0, 1] by the instrument's monotone table."""
        if self.is_mean:
            return (value - self.lowest) / (self.highest - self.lowest)
        return (value - self.lowest + 0.5) / (self.highest - self.lowest + 1)


_STAFF = ("leaders", "teachers")
_ALL = ("leaders", "teachers", "pupils")

SELFIE = Instrument(
    key="selfie",
    title="SELFIE (European Commission, JRC; after Kampylis, Punie and Devine, DigCompOrg, 2015)",
    lowest=1.0,
    highest=5.0,
    is_mean=True,
    areas=tuple(
        Area(
            letter.upper(), COMMON_AREA_TITLES[letter], (letter,), groups=_ALL if letter in "cfgh" else _STAFF
        )
        for letter in COMMON_AREAS
    ),
    names=("selfie report", "selfie for schools", "pt-selfie", "selfie-pt", "selfie check-in"),
)

HR_ESCHOOLS = Instrument(
    key="hr-eschools",
    title="Framework for the Digital Maturity of Schools (e-Schools, CARNET, Croatia)",
    lowest=1.0,
    highest=5.0,
    is_mean=False,
    areas=(
        Area("1", "Planning, management and leadership", ("a",), ("planiranje, upravljanje i vođenje",)),
        Area("2", "ICT in learning and teaching", ("e", "f", "g"), ("IKT u učenju i poučavanju",)),
        Area("3", "Development of digital competences", ("d", "h"), ("razvoj digitalnih kompetencija",)),
        Area("4", "ICT culture", ("b",), ("IKT kultura",)),
        Area("5", "ICT infrastructure", ("c",), ("IKT infrastruktura", "IKT resursi i infrastruktura")),
    ),
    names=("e-schools", "eschools", "e-škole", "hr e-schools", "hr e-škole"),
)

HU_DNR = Instrument(
    key="hu-dnr",
    title="Digitális Névjegy Rendszer (Hungary)",
    lowest=1.0,
    highest=5.0,
    is_mean=False,
    areas=(
        Area("1", "Management and organisation", ("a", "b"), ("leadership",)),
        Area("2", "Teaching and learning", ("e", "f", "g"), ("pedagogy", "tanulás-tanítás")),
        Area("3", "Staff competence and professional development", ("d",), ("professional development",)),
        Area("4", "Pupils' digital competence", ("h",), ("student digital competence",)),
        Area("5", "Digital infrastructure", ("c",), ("infrastructure", "infrastruktúra")),
    ),
    names=("dnr", "digitális névjegy rendszer", "digitális névjegy"),
)

CZ_SKOLA21 = Instrument(
    key="cz-skola21",
    title="Profil Škola21 (Czech Republic)",
    lowest=1.0,
    highest=4.0,
    is_mean=False,
    areas=(
        Area("1", "Management and planning", ("a",), ("řízení a plánování", "leadership")),
        Area(
            "2",
            "ICT in the school's education programme",
            ("e", "f", "h"),
            ("ICT ve školním vzdělávacím programu", "ICT in the curriculum"),
        ),
        Area("3", "Professional development", ("d",), ("profesní rozvoj",)),
        Area(
            "4", "Integration of ICT into the life of the school", ("b",), ("integrace ICT do života školy",)
        ),
        Area("5", "ICT infrastructure", ("c",), ("ICT infrastruktura", "infrastructure")),
    ),
    names=("škola21", "profil škola21", "profil škola 21", "skola 21"),
)

INSTRUMENTS: tuple[Instrument, ...] = (SELFIE, HR_ESCHOOLS, HU_DNR, CZ_SKOLA21)
"""All instruments; the position is the code in the feature ``maturity_instrument``."""

GROUP_NAMES: dict[str, str] = {
    "leaders": "leaders|leader|school leaders|heads|management|schoolleiders|schoolleiding|ravnatelji|vodstvo"
    "|vedeni|vedeni skoly|vezetok|iskolavezetok|dirigenti|dirigenti scolastici|lideres|direcao",
    "teachers": "teachers|teacher|staff|leraren|leerkrachten|ucitelji|nastavnici|ucitelji i nastavnici"
    "|ucitele|tanarok|pedagogusok|docenti|insegnanti|professores|docentes",
    "pupils": "pupils|pupil|students|student|learners|leerlingen|ucenici|zaci|tanulok|diakok|alunni|studenti"
    "|alunos|estudantes",
}
"""Names of each respondent group, English and the six languages, lower case and without accents."""


@cache
def find_instrument(name: str) -> Instrument | None:
    """Find an instrument by any of its names; capitals, accents and punctuation do not matter.

    Parameters
    ----------
    name : str
        As it stands in the intake.

    Returns
    -------
    Instrument or None
        None if no declared instrument has that name.
    """
    wanted = _plain(name)
    for instrument in INSTRUMENTS:
        if wanted in {_plain(known) for known in (instrument.key, *instrument.names)}:
            return instrument
    return None


@cache
def find_area(instrument: Instrument, name: str) -> Area | None:
    """Find an area of an instrument by its key, its title, or both (``F``, ``area F``, ``F Pedagogy …``).

    Parameters
    ----------
    instrument : Instrument
        The instrument that the value belongs to.
    name : str
        As it stands in the intake.

    Returns
    -------
    Area or None
        None if the instrument has no such area.
    """
    wanted = _plain(name)
    for area in instrument.areas:
        titles = (area.title, *area.names)
        known = [area.key, f"area {area.key}", *titles, *(f"{area.key} {title}" for title in titles)]
        if wanted in {_plain(one) for one in known}:
            return area
    return None


@cache
def group_key(name: str) -> str:
    """Bring a respondent group's name to one form: ``students`` and ``Pupils`` are both ``pupils``.

    A group that matcher does not know keeps its own name, in lower case.
    """
    wanted = _plain(name)
    for key, names in GROUP_NAMES.items():
        if wanted in names.split("|"):
            return key
    return wanted


def _plain(text: str) -> str:
    """Lower case, without accents, letters and digits only, single spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9đ]+", bare)).replace("đ", "d")
