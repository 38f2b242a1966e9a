"""Plain words for the codes of the intake form."""

from __future__ import annotations

from matcher.analysis.document import MaturityBandName
from matcher.features.languages import language_name
from matcher.profiles import Challenge, CoordinateQuality, Phase, Role, Rurality, Strength, WorkMode

CHALLENGES = {
    Challenge.DISADVANTAGED_PUPILS: "Disadvantaged pupils",
    Challenge.EARLY_LEAVING: "Early school leaving",
    Challenge.GIFTED_PUPILS: "Gifted pupils",
    Challenge.MIGRANTS: "Newly arrived migrants",
    Challenge.SMALL_REMOTE: "Small and remote schools",
    Challenge.MULTI_AGE: "Multi-age classes",
    Challenge.STEM: "STEM",
    Challenge.INCLUSION: "Inclusion",
    Challenge.DISTANCE_LEARNING: "Distance learning",
    Challenge.CURRICULUM: "Curriculum development",
    Challenge.LEARNING_SPACES: "Learning spaces",
    Challenge.ASSESSMENT: "Assessment",
    Challenge.PERSONALISED: "Personalised learning",
    Challenge.DIGITAL_PEDAGOGY: "Digital pedagogy",
    Challenge.TEAM_TEACHING: "Team teaching",
    Challenge.ENVIRONMENT: "Environment",
}
PHASES = {
    Phase.PRIMARY: "primary",
    Phase.LOWER_SECONDARY: "lower secondary",
    Phase.UPPER_SECONDARY: "upper secondary",
    Phase.VOCATIONAL: "vocational",
    Phase.SPECIAL: "special",
}
RURALITY = {Rurality.URBAN: "urban", Rurality.INTERMEDIATE: "town or suburb", Rurality.RURAL: "rural"}
WORK_MODES = {
    WorkMode.FACE_TO_FACE: "works face to face",
    WorkMode.BLENDED: "works face to face and online",
    WorkMode.VIRTUAL: "works online",
}
ROLES = {Role.MENTOR: "mentor", Role.MENTEE: "mentee"}
QUALITY = {
    CoordinateQuality.SITE: "the school's own site",
    CoordinateQuality.STREET: "its street",
    CoordinateQuality.MUNICIPALITY: "its town's centre",
}
BANDS = {
    MaturityBandName.STARTING: "starting",
    MaturityBandName.DEVELOPING: "developing",
    MaturityBandName.ESTABLISHED: "established",
    MaturityBandName.UNKNOWN: "not known",
}
STRENGTHS = {Strength.HARD: "Must hold", Strength.SOFT: "Costs points", Strength.OFF: "Switched off"}


def language(text: str) -> str:
    """Name a language in a phrase that begins with its code.

    Examples
    --------
    >>> language("it (native)"), language("xx (B2)"), language("Italian")
    ('Italian (native)', 'xx (B2)', 'Italian')
    """
    code, space, rest = text.partition(" ")
    return language_name(code) + space + rest


def capital(text: str) -> str:
    """Begin with a capital and leave the rest as it is."""
    return text[:1].upper() + text[1:]
