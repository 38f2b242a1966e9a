"""English names of languages, for sentences; a code without a name stands for itself."""

from __future__ import annotations

LANGUAGE_NAMES: dict[str, str] = {
    "bg": "Bulgarian",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "eu": "Basque",
    "fi": "Finnish",
    "fr": "French",
    "fur": "Friulian",
    "ga": "Irish",
    "gl": "Galician",
    "hr": "Croatian",
    "hu": "Hungarian",
    "is": "Icelandic",
    "it": "Italian",
    "lad": "Ladino",
    "lld": "Ladin",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mt": "Maltese",
    "mwl": "Mirandese",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "rom": "Romani",
    "ru": "Russian",
    "rue": "Rusyn",
    "sc": "Sardinian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sq": "Albanian",
    "sr": "Serbian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
}


def language_name(code: str) -> str:
    """Name a language in English, e.g. ``Italian`` for ``it``; the code itself if it has no name here."""
    return LANGUAGE_NAMES.get(code, code)
