"""A realistic plan document, made by hand and seed, on which the outputs are tested."""

from __future__ import annotations

import math
import random
from datetime import date

from matcher.analysis.document import (
    Alternative,
    AssignmentRow,
    ClusterCard,
    ComponentShare,
    MaturityBandName,
    PlanDocument,
    PolicySummary,
    SchoolCard,
    UnassignedRow,
)
from matcher.profiles import Challenge, CoordinateQuality, Phase, Role, Rurality, WorkMode
from tests.report.sample_findings import (
    CRITERIA,
    criteria_of_the_sample,
    proof_of_the_sample,
    rules_of_the_sample,
    totals_of_the_sample,
    warnings_of_the_sample,
)
from tests.report.towns import TOWNS

LANGUAGE = {"BE": "nl", "HR": "hr", "CZ": "cs", "HU": "hu", "IT": "it", "PT": "pt"}
LANGUAGE_NAME = {
    "nl": "Dutch",
    "hr": "Croatian",
    "cs": "Czech",
    "hu": "Hungarian",
    "it": "Italian",
    "pt": "Portuguese",
}
NAME = {
    "BE": "Basisschool De {}",
    "HR": "Osnovna škola {}",
    "CZ": "Základní škola {}",
    "HU": "{} Általános Iskola",
    "IT": "Istituto Comprensivo {}",
    "PT": "Agrupamento de Escolas {}",
}
WORDS = {
    "BE": ("Linde", "Regenboog", "Zonnebloem", "Sterrenhoek", "Klimop"),
    "HR": ("Antuna Mihanovića", "Vladimira Nazora", "Šćitarjevo", "Dragutina Tadijanovića", "Đure Deželića"),
    "CZ": ("Jiřího z Poděbrad", "Komenského", "Svatopluka Čecha", "Nad Řekou", "Školní"),
    "HU": ("Arany János", "Petőfi Sándor", "Kőrösi Csoma Sándor", "Zrínyi Ilona", "Dózsa György"),
    "IT": ("Leonardo da Vinci", "Don Milani", "Maria Montessori", "Alessandro Volta", "Grazia Deledda"),
    "PT": ("Sá da Bandeira", "Luís de Camões", "São Gonçalo", "João de Deus", "Maria Veleda"),
}
LONG_NAME = (
    "Istituto Comprensivo Statale ad indirizzo musicale «Giovanni Falcone e Paolo Borsellino» "
    "– plessi di via della Repubblica e contrada Sant’Anna"
)


def km_by_road(a: SchoolCard, b: SchoolCard) -> float | None:
    """Great-circle distance times 1.3, at least 2 km; None when a point is missing."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    p, q = math.radians(a.latitude), math.radians(b.latitude)
    cosine = math.sin(p) * math.sin(q) + math.cos(p) * math.cos(q) * math.cos(
        math.radians(a.longitude - b.longitude)
    )
    return max(2.0, 1.3 * 6371.0 * math.acos(min(1.0, cosine)))


def _school(rng: random.Random, country: str, number: int, role: Role, place: int) -> SchoolCard:
    town, latitude, longitude = TOWNS[country][place]
    code = LANGUAGE[country]
    word = rng.choice(WORDS[country])
    missing = role is Role.MENTEE and rng.random() < 0.05
    challenges = tuple(rng.sample(list(Challenge), rng.choice((1, 2, 2, 3))))
    mentor = role is Role.MENTOR
    band = rng.choice((MaturityBandName.STARTING, MaturityBandName.DEVELOPING, MaturityBandName.DEVELOPING))
    weak = ["No coordinates: distances are not known."] if missing else []
    if rng.random() < 0.08:
        band = MaturityBandName.UNKNOWN
        weak.append("No maturity values.")
    return SchoolCard(
        school_id=f"{country}-{'M' if mentor else 'S'}{number:02d}",
        name=LONG_NAME
        if (country, number, mentor) == ("IT", 3, False)
        else f"{NAME[country].format(word)}, {town}",
        role=role,
        country=country,
        region={"BE": "BE23", "HR": "HR05", "CZ": "CZ01", "HU": "HU11", "IT": "ITF3", "PT": "PT17"}[country],
        municipality=town,
        latitude=None if missing else latitude,
        longitude=None if missing else longitude,
        coordinate_quality=None if missing else CoordinateQuality.MUNICIPALITY,
        phases=(Phase.PRIMARY, Phase.LOWER_SECONDARY) if rng.random() < 0.6 else (Phase.UPPER_SECONDARY,),
        pupils=None if rng.random() < 0.07 else rng.randrange(60, 1300),
        rurality=rng.choice(list(Rurality)),
        languages=(f"{code} (native)", "en (B2)") if rng.random() < 0.7 else (f"{code} (native)",),
        challenges=() if mentor else challenges,
        strengths=tuple(rng.sample(list(Challenge), 4)) if mentor else (),
        work_mode=rng.choice((WorkMode.FACE_TO_FACE, WorkMode.BLENDED, WorkMode.BLENDED, WorkMode.VIRTUAL)),
        maturity_band=MaturityBandName.ESTABLISHED if mentor else band,
        weak_data=tuple(weak),
    )


def _share(rng: random.Random, mentee: SchoolCard, host: SchoolCard) -> tuple[ComponentShare, ...]:
    """Components as the policy's default does it: the known criteria share the weight."""
    values: dict[str, float | None] = {key: round(rng.uniform(0.35, 1.0), 3) for key, *_ in CRITERIA}
    distance = km_by_road(mentee, host)
    values["travel"] = None if distance is None else round(max(0.0, 1.0 - distance / 150.0), 3)
    values["shared_language"] = 1.0
    if mentee.maturity_band is MaturityBandName.UNKNOWN or host.maturity_band is MaturityBandName.UNKNOWN:
        values["maturity_band"] = None
    if mentee.pupils is None or host.pupils is None:
        values["size"] = None
    for wish in ("mentee_preference", "mentor_preference"):
        if rng.random() < 0.5:
            values[wish] = None
    total = sum(weight for key, _, _, weight in CRITERIA if values[key] is not None)
    language = LANGUAGE_NAME[LANGUAGE[mentee.country]]
    reasons = {
        "maturity_band": "mentor one step ahead in the areas that matter here",
        "challenge_fit": "strong in 2 of 2 challenges",
        "shared_language": f"both work in {language} (native)",
        "travel": "distance not known" if distance is None else f"{distance:.0f} km by road",
        "size": f"{mentee.pupils} and {host.pupils} pupils",
    }
    parts = []
    for key, _, _, weight in CRITERIA:
        value = values[key]
        points = 0.0 if value is None else 100.0 * weight * value / total
        reason = "not known" if value is None else reasons.get(key, "as both sides stated it")
        parts.append(ComponentShare(criterion=key, value=value, points=points, reason=reason))
    return tuple(parts)


def _alternatives(
    mentee: SchoolCard, host_id: str | None, hosts: list[SchoolCard]
) -> tuple[Alternative, ...]:
    found = []
    for k, host in enumerate(h for h in hosts if h.school_id != host_id):
        barred = ("Same country: Italy and Portugal differ.",) if host.country != mentee.country else ()
        if k == 2:
            barred = (
                "Declared rivals: both schools recruit pupils in one town (declared by the authority).",
            )
        found.append(
            Alternative(
                host_id=host.school_id,
                score=71.3 - 6.1 * k,
                distance_km=km_by_road(mentee, host),
                barred_by=barred,
                note="" if barred else "full (4 of 4 places)",
            )
        )
    return tuple(sorted(found, key=lambda option: (bool(option.barred_by), -option.score)))[:5]


def _assign(
    rng: random.Random, mentee: SchoolCard, host: SchoolCard, hosts: list[SchoolCard]
) -> AssignmentRow:
    parts = _share(rng, mentee, host)
    distance = km_by_road(mentee, host)
    known = sum(w for (key, _, _, w), part in zip(CRITERIA, parts, strict=True) if part.value is not None)
    language = LANGUAGE_NAME[LANGUAGE[mentee.country]]
    flags = []
    if rng.random() < 0.04:
        flags.append("Phase: the mentor does not teach upper secondary (soft rule, 10 points).")
    if distance is None:
        flags.append("Travel could not be judged: the school has no coordinates.")
    challenge = host.strengths[0].value.replace("-", " ")
    return AssignmentRow(
        mentee_id=mentee.school_id,
        host_id=host.school_id,
        cluster_id=f"C-{host.school_id}",
        score=sum(part.points for part in parts),
        penalty=10.0 if any("soft rule" in flag for flag in flags) else 0.0,
        components=parts,
        known_share=known / sum(weight for *_, weight in CRITERIA),
        distance_km=distance,
        shared_languages=(language,),
        why=(
            f"The mentor is strong in {challenge}, which this school named among its challenges.",
            f"Both schools work in {language}.",
            "The distance is not known."
            if distance is None
            else f"They are {distance:.0f} km apart by road.",
        ),
        flags=tuple(flags),
        locked=rng.random() < 0.02,
        alternatives=_alternatives(mentee, host.school_id, hosts),
    )


def _cluster(host: SchoolCard, rows: list[AssignmentRow]) -> ClusterCard:
    known = [row.distance_km for row in rows if row.distance_km is not None]
    return ClusterCard(
        cluster_id=f"C-{host.school_id}",
        host_id=host.school_id,
        mentee_ids=tuple(row.mentee_id for row in rows),
        load=len(rows),
        min_load=2,
        max_load=5 if host.school_id.endswith("1") else 4,
        points=sum(row.score - row.penalty for row in rows),
        cohesion_points=3.4,
        mean_distance_km=sum(known) / len(known) if known else None,
        shared_challenges=host.strengths[:2],
        why=(
            "All schools of this cluster work in one language.",
            "Two challenges are shared by at least half of it.",
        ),
    )


def build_document(per_cluster: int = 4, countries: tuple[str, ...] = tuple(TOWNS)) -> PlanDocument:
    """Four clusters a country of `per_cluster` mentees each, four unassigned mentees in the last country."""
    rng = random.Random(20221)
    schools: list[SchoolCard] = []
    rows: list[AssignmentRow] = []
    clusters: list[ClusterCard] = []
    unassigned: list[UnassignedRow] = []
    for country in countries:
        hosts = [_school(rng, country, k + 1, Role.MENTOR, 5 * k) for k in range(4)]
        schools += hosts
        for k, host in enumerate(hosts):
            mine = []
            for j in range(per_cluster):
                mentee = _school(rng, country, k * per_cluster + j + 1, Role.MENTEE, 5 * k + (j + 1) % 5)
                schools.append(mentee)
                mine.append(_assign(rng, mentee, host, hosts))
            rows += mine
            clusters.append(_cluster(host, mine))
        if country == countries[-1]:
            for k in range(4):
                mentee = _school(rng, country, 4 * per_cluster + k + 1, Role.MENTEE, 3 + 5 * k)
                schools.append(mentee)
                unassigned.append(
                    UnassignedRow(
                        mentee_id=mentee.school_id,
                        price=150.0,
                        reason="All four mentors in reach are full; each place does more good elsewhere.",
                        options=_alternatives(mentee, None, hosts),
                    )
                )
    totals = totals_of_the_sample(rows, clusters, len(unassigned))
    return PlanDocument(
        title="MenSI pilot 2022",
        synthetic=True,
        as_of=date(2022, 3, 1),
        policy=PolicySummary(
            name="mensi_pilot",
            title="MenSI pilot: one mentor, four mentees",
            description="Mentors chosen by the ministries lead clusters of schools of their own country.",
            model="advanced-less-advanced",
            sha256="3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea",
        ),
        proof=proof_of_the_sample(totals),
        totals=totals,
        criteria=criteria_of_the_sample(rows),
        rules=rules_of_the_sample(),
        clusters=tuple(clusters),
        assignments=tuple(sorted(rows, key=lambda row: row.mentee_id)),
        unassigned=tuple(unassigned),
        schools=tuple(sorted(schools, key=lambda card: card.school_id)),
        warnings=warnings_of_the_sample(),
    )


def sample_document() -> PlanDocument:
    """Six countries, 24 mentors, 96 of 100 mentees placed."""
    return build_document()
