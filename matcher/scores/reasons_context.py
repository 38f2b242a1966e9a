"""Phrases for where and how the schools work: language, travel, size, surroundings, way of working.

Each function words a block of exactly one pair.
"""

from __future__ import annotations

import numpy as np

from matcher.features.columns import RURALITY_VALUE, WORK_MODE_VALUE
from matcher.features.languages import language_name
from matcher.features.words import say_lacking, say_list
from matcher.profiles import Cefr
from matcher.scores.components import COMPONENTS, PairBlock


def say_shared_language(block: PairBlock) -> str:
    """Word the best common language and the level of the weaker side."""
    mentee, host = block.of_mentee.languages[0], block.of_host.languages[0]
    mentee_lists = bool(block.data.mentees_list_languages[block.mentee[0]])
    host_lists = bool(block.data.hosts_list_languages[block.host[0]])
    if not (mentee_lists and host_lists):
        return say_lacking("languages", not mentee_lists, not host_lists)
    names = block.data.features.names
    codes = [name.removeprefix("language_") for name in names if name.startswith("language_")]
    if np.isnan(COMPONENTS["shared_language"](block)[0]):
        open_levels = (mentee != 0) & (host != 0) & np.isnan(mentee + host)
        unstated = [language_name(code) for code, is_open in zip(codes, open_levels, strict=True) if is_open]
        return f"not known: level in {say_list(unstated)} not stated on both sides"
    weaker = np.minimum(np.nan_to_num(mentee, nan=0.0), np.nan_to_num(host, nan=0.0))
    best = int(weaker.argmax())
    level = int(weaker[best])
    if level == 0:
        return "no common working language"
    both = list(Cefr)[level - 1]
    shown = "native" if both is Cefr.NATIVE else f"at least {both}"
    return f"both work in {language_name(codes[best])} ({shown})"


def say_travel(block: PairBlock) -> str:
    """Word the road distance and how precise it is."""
    km = float(block.km[0])
    features = block.data.features
    rows = block.of_mentee.rows[0], block.of_host.rows[0]
    if np.isnan(km):
        degrees = features.column("latitude") + features.column("longitude")
        return say_lacking("coordinates", *(bool(np.isnan(degrees[row])) for row in rows))
    mentee_town, host_town = (features.column("town_point")[row] == 1.0 for row in rows)
    distance = "under 1 km by road" if km < 1 else f"{km:,.0f} km by road"
    if mentee_town and host_town:
        return f"{distance} (town centres)"
    return f"{distance} (one point is a town centre)" if mentee_town or host_town else distance


def say_size(block: PairBlock) -> str:
    """Word the numbers of pupils."""
    mentee, host = float(block.of_mentee.pupils[0]), float(block.of_host.pupils[0])
    if np.isnan(mentee) or np.isnan(host):
        return say_lacking("pupils", bool(np.isnan(mentee)), bool(np.isnan(host)))
    return f"mentee has {mentee:,.0f} pupils, mentor {host:,.0f}"


def say_context(block: PairBlock) -> str:
    """Word surroundings and need; a part that weighs nothing is left out."""
    share = block.policy.criteria.context.rurality_share
    parts = []
    if share > 0:
        parts.append(("rurality", _say_rurality(block)))
    if share < 1:
        parts.append(("need index", _say_need(block)))
    told = [text for _, text in parts if text]
    lacking = [name for name, text in parts if not text]
    if not told:
        return f"not known: {' and '.join(lacking)} not given for both schools"
    return "; ".join([*told, *(f"{name} not known" for name in lacking)])


def say_work_mode(block: PairBlock) -> str:
    """Word the ways of working."""
    mentee, host = float(block.of_mentee.work_mode[0]), float(block.of_host.work_mode[0])
    text = _say_two_kinds(mentee, host, {value: kind.value for kind, value in WORK_MODE_VALUE.items()})
    return text or say_lacking("way of working", bool(np.isnan(mentee)), bool(np.isnan(host)))


def _say_two_kinds(mentee: float, host: float, words: dict[float, str]) -> str:
    """``both rural``, or ``mentee urban, mentor rural``; empty where either is unknown."""
    if np.isnan(mentee) or np.isnan(host):
        return ""
    if mentee == host:
        return f"both {words[mentee]}"
    return f"mentee {words[mentee]}, mentor {words[host]}"


def _say_rurality(block: PairBlock) -> str:
    words = {value: kind.value for kind, value in RURALITY_VALUE.items()}
    return _say_two_kinds(float(block.of_mentee.rurality[0]), float(block.of_host.rurality[0]), words)


def _say_need(block: PairBlock) -> str:
    mentee, host = float(block.of_mentee.need[0]), float(block.of_host.need[0])
    return "" if np.isnan(mentee) or np.isnan(host) else f"need index {mentee:.2f} and {host:.2f}"
