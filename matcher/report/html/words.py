"""Plain words for the codes of the intake form."""

from __future__ import annotations

from matcher.analysis.document import MaturityBandName
from matcher.profiles import Challenge, CoordinateQuality, Phase, Role, Rurality, Strength, WorkMode

COUNTRIES = {
    "AL": "Albania", "AD": "Andorra", "AT": "Austria", "BA": "Bosnia and Herzegovina", "BE": "Belgium",
    "BG": "Bulgaria", "BY": "Belarus", "CH": "Switzerland", "CY": "Cyprus", "CZ": "Czech Republic",
    "DE": "Germany", "DK": "Denmark", "EE": "Estonia", "ES": "Spain", "FI": "Finland", "FR": "France",
    "GB": "United Kingdom", "GR": "Greece", "HR": "Croatia", "HU": "Hungary", "IE": "Ireland",
    "IS": "Iceland", "IT": "Italy", "LI": "Liechtenstein", "LT": "Lithuania", "LU": "Luxembourg",
    "LV": "Latvia", "MC": "Monaco", "MD": "Moldova", "ME": "Montenegro", "MK": "North Macedonia",
    "MT": "Malta", "NL": "Netherlands", "NO": "Norway", "PL": "Poland", "PT": "Portugal", "RO": "Romania",
    "RS": "Serbia", "SE": "Sweden", "SI": "Slovenia", "SK": "Slovakia", "SM": "San Marino",
    "TR": "Türkiye", "UA": "Ukraine", "XK": "Kosovo",
}  # fmt: skip
LANGUAGES = {
    "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "et": "Estonian", "fi": "Finnish", "fr": "French", "fur": "Friulian",
    "ga": "Irish", "hr": "Croatian", "hu": "Hungarian", "it": "Italian", "lad": "Ladin", "lld": "Ladin",
    "lt": "Lithuanian", "lv": "Latvian", "mt": "Maltese", "mwl": "Mirandese", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "rom": "Romani",
    "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish",
    "tr": "Turkish", "uk": "Ukrainian",
}  # fmt: skip
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


def country(code: str) -> str:
    """Name of a country; a code that the list lacks stays as it is."""
    return COUNTRIES.get(code, code)


def language(text: str) -> str:
    """Name a language in a phrase that begins with its code.

    Examples
    --------
    >>> language("it (native)"), language("xx (B2)"), language("Italian")
    ('Italian (native)', 'xx (B2)', 'Italian')
    """
    code, space, rest = text.partition(" ")
    return LANGUAGES.get(code, code) + space + rest


def capital(text: str) -> str:
    """Begin with a capital and leave the rest as it is."""
    return text[:1].upper() + text[1:]
