"""What each reader may see, field by field: nothing else can reach a letter.

Never another school's score, maturity or band of maturity, need, wishes or declared rivals, and no reason
that names or hints at a rival. A field says what it holds; ``matcher letters --write-templates`` and the
message about an unknown field list these sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Programme:
    """What stands in every letter of a school."""

    title: Annotated[str, "title of the programme, from the intake; may be empty"]
    synthetic: Annotated[bool, "whether the data is made up; every letter must then say so"]
    contact: Annotated[str | None, "whom to contact inside the programme; None if --contact was not given"]
    reference: Annotated[str, "twelve letters and digits that name the plan; to be quoted in questions"]


@dataclass(frozen=True, slots=True)
class Named:
    """Another school, by name alone."""

    name: Annotated[str, "name of the school"]
    town: Annotated[str | None, "its municipality; None if not known"]
    country: Annotated[str, "its country, in English"]


@dataclass(frozen=True, slots=True)
class Partner:
    """The other side of a reader's own pair."""

    name: Annotated[str, "name of the school"]
    town: Annotated[str | None, "its municipality; None if not known"]
    country: Annotated[str, "its country, in English"]
    distance_km: Annotated[int | None, "estimated road distance in km; None if not known"]
    languages: Annotated[
        tuple[str, ...], "languages that both work in, in English; empty if they do not count"
    ]
    challenges: Annotated[
        tuple[str, ...],
        "challenges that the mentee named and the mentor is strong in; empty if they do not count",
    ]
    phases: Annotated[tuple[str, ...], "phases of education that both have; empty if they do not count"]
    wished: Annotated[bool, "whether the reader itself named this school among its wishes, and wishes count"]
    partners_before: Annotated[bool, "whether the two schools were partners before, and that counts"]
    set_by_programme: Annotated[bool, "whether the programme set the pair before the plan was made"]


@dataclass(frozen=True, slots=True)
class MentorBefore:
    """What a mentee's mentor was in the plan before."""

    stays: Annotated[bool, "whether it has the mentor it had, or has none as before"]
    name: Annotated[str | None, "name of the mentor it had; None if it stays or had none"]
    left: Annotated[bool, "whether that mentor takes part no more"]


@dataclass(frozen=True, slots=True)
class ClusterBefore:
    """How a mentor's cluster differs from that of the plan before."""

    joined: Annotated[tuple[str, ...], "names of the schools that are new in the cluster"]
    gone: Annotated[tuple[str, ...], "names of the schools that are no longer in it"]


@dataclass(frozen=True, slots=True)
class SchoolLetter:
    """What a mentee may see; :attr:`mentor` is None for one without a mentor."""

    programme: Annotated[Programme, "the programme"]
    school_id: Annotated[str, "id of the school that reads the letter"]
    name: Annotated[str, "its name"]
    town: Annotated[str | None, "its municipality; None if not known"]
    country: Annotated[str, "its country, in English"]
    mentor: Annotated[Partner | None, "its mentor; None if it has none in this plan"]
    before: Annotated[
        MentorBefore | None,
        "what was before, if the plan changes an earlier one that knew the school; else None",
    ]
    companions: Annotated[tuple[Named, ...], "the other schools of its cluster"]
    unknown: Annotated[tuple[str, ...], "what the intake does not know about the reader itself, in sentences"]


@dataclass(frozen=True, slots=True)
class MentorLetter:
    """What a mentor may see; :attr:`mentees` is empty for one that leads no cluster."""

    programme: Annotated[Programme, "the programme"]
    school_id: Annotated[str, "id of the school that reads the letter"]
    name: Annotated[str, "its name"]
    town: Annotated[str | None, "its municipality; None if not known"]
    country: Annotated[str, "its country, in English"]
    mentees: Annotated[tuple[Partner, ...], "the schools of its cluster; empty if it leads none in this plan"]
    leads_with: Annotated[tuple[Named, ...], "the other lead of its hub; empty where it leads alone"]
    before: Annotated[
        ClusterBefore | None, "what is different, if the plan changes an earlier one; else None"
    ]
    unknown: Annotated[tuple[str, ...], "what the intake does not know about the reader itself, in sentences"]


@dataclass(frozen=True, slots=True)
class PeerLetter:
    """What a school in a group of equals may see; :attr:`group` is None for one without a group."""

    programme: Annotated[Programme, "the programme"]
    school_id: Annotated[str, "id of the school that reads the letter"]
    name: Annotated[str, "its name"]
    town: Annotated[str | None, "its municipality; None if not known"]
    country: Annotated[str, "its country, in English"]
    group: Annotated[str | None, "name of its group; None if it has none in this plan"]
    others: Annotated[tuple[Named, ...], "the other schools of its group"]
    languages: Annotated[tuple[str, ...], "languages that all schools of the group work in, in English"]
    hub: Annotated[Named | None, "the school that is proposed to call the group together; None if none is"]
    is_hub: Annotated[bool, "whether the reader itself is that school"]
    reviews: Annotated[Named | None, "the school that it is proposed to review; None if no order is proposed"]
    reviewed_by: Annotated[Named | None, "the school that is proposed to review it; None likewise"]
    unknown: Annotated[tuple[str, ...], "what the intake does not know about the reader itself, in sentences"]


@dataclass(frozen=True, slots=True)
class Cluster:
    """One cluster, by names alone."""

    country: Annotated[str, "country of the mentor, in English"]
    mentor: Annotated[Named, "its mentor"]
    mentees: Annotated[tuple[Named, ...], "its schools"]


@dataclass(frozen=True, slots=True)
class RuleKept:
    """One rule of the ministry's own policy, over the whole plan."""

    label: Annotated[str, "name of the rule"]
    statement: Annotated[str, "the rule in one sentence, as the policy has it"]
    must_hold: Annotated[
        bool, "whether it must hold, if only for some schools; otherwise a breach costs points"
    ]
    may_give_way: Annotated[bool, "whether it may give way, if only for some schools"]
    breaches: Annotated[
        int | None, "how often it is not kept; None where the number could hint at one school's data"
    ]
    given_up: Annotated[
        int | None,
        "for how many cases the policy's concessions give it up; None for some, where the number could hint",
    ]


@dataclass(frozen=True, slots=True)
class MinistryLetter:
    """What the ministry may see: the plan by names, its proof, its rules; nothing about a single school."""

    programme: Annotated[Programme, "the programme"]
    schools: Annotated[int, "number of schools to be placed"]
    placed: Annotated[int, "how many have a mentor"]
    clusters: Annotated[tuple[Cluster, ...], "all clusters, by country and name of the mentor"]
    unplaced: Annotated[tuple[Named, ...], "schools without a mentor, by country and name"]
    idle: Annotated[tuple[Named, ...], "mentors that lead no cluster, by country and name"]
    proof: Annotated[str, "how good the plan is and how that is known, in one or two sentences"]
    referee: Annotated[str, "what the independent check found, in one sentence"]
    rules: Annotated[tuple[RuleKept, ...], "the rules of the policy and how far they are kept"]
    around: Annotated[str, "what clusters form around: mentor, hub, or group for groups of equals"]


Letter = SchoolLetter | MentorLetter | PeerLetter | MinistryLetter
