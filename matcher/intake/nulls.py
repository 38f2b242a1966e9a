"""Words that people and registers write for *not known*."""

from __future__ import annotations

import unicodedata

# 'na' is deliberately not here: NA is the province of Napoli.
_WORDS = (
    "-|–|—|--|.|..|...|…|?|??|n/a|n.a.|n. a.|nan|null|none|not known|unknown|not available|not applicable"
    "|not stated|onbekend|niet bekend|niet beschikbaar|niet van toepassing|n.v.t.|nvt|geen|nepoznato"
    "|nije poznato|nije dostupno|nije primjenjivo|nema podataka|n/p|neznámo|není známo|neuvádí se|neuvedeno"
    "|není k dispozici|netýká se|ismeretlen|nem ismert|nincs adat|nincs|nem értelmezhető|n.é."
    "|non disponibile|non noto|sconosciuto|non applicabile|n.d.|desconhecido|não disponível|não se aplica"
    "|sem dados"
)


def _plain(text: str) -> str:
    if text.isascii():  # no accents to look for, and most cells by far
        return " ".join(text.lower().split())
    bare = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(char for char in bare if not unicodedata.combining(char)).split())


NULL_WORDS = frozenset(_plain(word) for word in _WORDS.split("|")) | {""}
"""Every word for *not known*, in lower case without accents; punctuation counts."""


def means_unknown(text: str) -> bool:
    """Whether `text` says that the value is not known. ``NA`` does not: it is Napoli."""
    return _plain(text) in NULL_WORDS
