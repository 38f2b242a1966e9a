"""Changes files: every fault at once, located; what we write reads back; what applying them does."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from matcher.changes import Change, ChangeKind
from matcher.exceptions import UsageError
from matcher.intake.changes_apply import apply_changes
from matcher.intake.changes_checks import check_changes, soft_notes
from matcher.intake.changes_columns import KINDS
from matcher.intake.changes_reader import read_changes
from matcher.intake.changes_writer import write_changes
from matcher.intake.origin import IntakeReading
from matcher.issues import Issue
from matcher.policy.loader import policy_from_mapping
from matcher.policy.model import Policy
from matcher.profiles import (
    Intake,
    Link,
    LinkKind,
    MaturityRecord,
    Preference,
    Role,
    School,
)

HOSTS = {"E1": "M1", "E2": "M1", "E3": None}


def school(school_id: str, role: Role, **more: object) -> School:
    return School.model_validate(
        {"school_id": school_id, "name": f"School {school_id}", "role": role, "country": "IT", **more}
    )


def small() -> Intake:
    return Intake(
        schools=(
            school("M1", Role.MENTOR, min_load=2, max_load=3),
            school("M2", Role.MENTOR),
            school("E1", Role.MENTEE),
            school("E2", Role.MENTEE),
            school("E3", Role.MENTEE),
        ),
        maturity=(MaturityRecord(school_id="M1", instrument="selfie", area="A", value=4.0),),
        links=(
            Link(kind=LinkKind.LOCK, school_a="E1", school_b="M1"),
            Link(kind=LinkKind.RIVALRY, school_a="E1", school_b="E2"),
        ),
        preferences=(Preference(from_school="E1", to_school="M1", rank=1),),
    )


def written(tmp_path: Path, text: str, name: str = "changes.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def told(issues: Iterable[Issue]) -> list[tuple[str, str]]:
    return [(issue.code, issue.location.cell) for issue in issues]


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)


@st.composite
def any_change(draw: st.DrawFn) -> Change:
    kind = draw(st.sampled_from(ChangeKind))
    rule = KINDS[kind]
    other = draw(TEXTS) if "other" in rule.needs or (rule.may_have and draw(st.booleans())) else None
    return Change(
        change=kind,
        school=draw(TEXTS),
        other=other,
        value=draw(st.integers(0, 99)) if "value" in rule.needs else None,
        reason=draw(st.none() | TEXTS),
        author=draw(st.none() | TEXTS),
    )


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".json"])
@given(changes=st.lists(any_change(), max_size=5))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_written_reads_back(tmp_path: Path, suffix: str, changes: list[Change]) -> None:
    path = tmp_path / f"changes{suffix}"
    write_changes(changes, path)
    reading = read_changes(path)
    assert [issue for issue in reading.issues if issue.is_error] == []
    assert reading.changes == tuple(changes)


def test_the_same_changes_give_the_same_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    changes = [Change(change=ChangeKind.MENTOR_LEAVES, school="=1+1")]
    write_changes(changes, one)
    write_changes(changes, two)
    assert one.read_bytes() == two.read_bytes()


def test_every_fault_of_a_file_is_named_at_once(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Change,School,Other school,Value\n"
        "mentor-leave,M1,,\n"
        "capacity,M1,,many\n"
        "capacity,M1,,\n"
        "move,E1,,\n"
        "school-leaves,,M1,\n"
        "rivalry,E1,E2,3\n",
    )
    reading = read_changes(path)
    assert reading.rows == ()
    assert told(reading.issues) == [
        ("unknown-word", "A2"),
        ("not-a-number", "D3"),
        ("value-missing", "D4"),
        ("value-missing", "C5"),
        ("id-missing", "B6"),
        ("not-needed", "C6"),
        ("not-needed", "D7"),
    ]
    assert reading.issues[0].advice == "Did you mean 'mentor-leaves'?"


def test_faults_of_json_name_the_line_and_the_key(tmp_path: Path) -> None:
    first = '{"change": "pin", "school": "E1", "why": "x"}'
    text = '{"changes": [\n' + first + ',\n{"change": "swap", "school": 7},\n 3\n]}'
    issues = read_changes(written(tmp_path, text, "changes.json")).issues
    assert [(one.code, one.location.row, one.location.header, one.value) for one in issues] == [
        ("unknown-key", 2, "", "why"),
        ("unknown-word", 3, "change", "swap"),
        ("json-broken", 4, "", "3"),
    ]


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("{", "changes.json", "json-broken"),
        ("{}", "changes.json", "json-broken"),
        ("a,b\n1,2\n", "changes.csv", "column-missing"),
        ("Change,Reason\npin,x\n", "changes.csv", "column-missing"),
        ("Change,School,School\npin,x,y\n", "changes.csv", "column-twice"),
    ],
)
def test_a_file_that_holds_no_changes_says_so(tmp_path: Path, text: str, name: str, code: str) -> None:
    assert [issue.code for issue in read_changes(written(tmp_path, text, name)).issues] == [code]


def test_a_file_without_headings_is_told_to_write_them_into_a_row(tmp_path: Path) -> None:
    (issue,) = read_changes(written(tmp_path, "a,b\n1,2\n", "changes.csv")).issues
    assert issue.problem == "No row holds the headings Change and School."
    assert issue.advice.startswith("Write both into one row, above the changes.")


def test_a_heading_that_is_not_known_is_a_fault(tmp_path: Path) -> None:
    """Under 'Mentor' a pin would lose its mentor without a word and mean the present one."""
    path = written(tmp_path, "Change,School,Mentor\npin,E1,M2\n")
    assert told(read_changes(path).issues) == [("unknown-key", "C1")]


def test_a_cell_under_no_heading_is_a_fault(tmp_path: Path) -> None:
    path = written(tmp_path, "Change,School,,Reason\npin,E1,M2,nearer\npin,E2,,nearer,or not\n")
    assert told(read_changes(path).issues) == [("unknown-key", "C2"), ("unknown-key", "E3")]


def test_a_file_that_is_no_workbook_is_a_fault_of_the_input(tmp_path: Path) -> None:
    issues = read_changes(written(tmp_path, "PK, but no workbook", "changes.xlsx")).issues
    assert [issue.code for issue in issues] == ["unreadable-file"]


@pytest.mark.parametrize("value", ["true", "[4]", '{"E1": 1}'])
@pytest.mark.parametrize("key", ["school", "value"])
def test_json_holds_texts_and_numbers_only(tmp_path: Path, key: str, value: str) -> None:
    item = {"change": '"capacity"', "school": '"M1"', "value": "4"} | {key: value}
    text = ", ".join(f'"{name}": {one}' for name, one in item.items())
    reading = read_changes(written(tmp_path, f'{{"changes": [{{{text}}}]}}', "changes.json"))
    assert [(one.code, one.location.header) for one in reading.issues] == [("json-broken", key)]
    assert reading.rows == ()


def test_a_row_with_a_bad_number_still_has_its_school_looked_up(tmp_path: Path) -> None:
    reading = read_changes(written(tmp_path, "Change,School,Value\ncapacity,M7,many\ncapacity,M1,1\n"))
    assert told(reading.issues) == [("not-a-number", "C2")]
    found = check_changes(reading.rows, small(), Policy(), hosts=HOSTS, faulty=reading.faulty)
    assert told(found) == [("unknown-school", "B2")]


def test_a_workbook_without_the_sheet_says_so(tmp_path: Path) -> None:
    path = tmp_path / "changes.xlsx"
    Workbook().save(path)
    assert [issue.code for issue in read_changes(path).issues] == ["missing-sheet"]


def test_a_file_of_another_kind_or_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not a file"):
        read_changes(tmp_path / "nothing.csv")
    with pytest.raises(UsageError, match=r"must be \.xlsx, \.csv or \.json"):
        read_changes(written(tmp_path, "", "changes.docx"))


def test_changes_are_held_against_the_intake_and_each_other(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Change,School,Other school,Value\n"
        "capacity,E1,,3\n"
        "school-leaves,E9,,\n"
        "pin,E3,,\n"
        "move,M1,E1,\n"
        "school-joins,N1,,\n"
        "school-joins,E1,,\n"
        "rivalry,E2,E2,\n"
        "mentor-leaves,M1,,\n"
        "pin,E2,,\n"
        "forbid,E2,M1,\n"
        "move,E2,M2,\n",
    )
    reading = read_changes(path)
    assert reading.issues == ()
    issues = check_changes(reading.rows, small(), Policy(), hosts=HOSTS)
    assert told(issues) == [
        ("wrong-role", "B2"),
        ("unknown-school", "B3"),
        ("no-mentor", "B4"),
        ("wrong-role", "B5"),
        ("wrong-role", "C5"),
        ("unknown-school", "B6"),
        ("unknown-school", "B7"),
        ("same-school", "C8"),
        ("changes-contradict", "B12"),  # pinned in row 10, moved in row 12
        ("changes-contradict", "B5"),  # M1 leaves by row 9
        ("changes-contradict", "C10"),  # the pin means M1, which leaves
        ("changes-contradict", "C11"),  # M1 leaves
        ("changes-contradict", "C11"),  # and row 10 pins this very pair
    ]


def test_pairs_that_stand_there_twice_and_rivals_put_together_contradict(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Change,School,Other school\n"
        "rivalry,E1,E2\n"
        "rivalry,E2,E1\n"
        "forbid,E3,M1\n"
        "forbid,E3,M1\n"
        "pin,E1,\n"
        "move,E2,M1\n"
        "rivalry,M2,E3\n"
        "move,E3,M2\n",
    )
    issues = check_changes(read_changes(path).rows, small(), Policy(), hosts=HOSTS)
    assert {issue.code for issue in issues} == {"changes-contradict"}
    # rows 6 and 7 put rivals with M1; 3 repeats 2 the other way round, 5 repeats 4; 9 puts E3 with its rival
    assert [issue.location.cell for issue in issues] == ["C2", "C3", "C5", "C8"]


def test_a_new_school_without_a_mentor_has_nothing_to_keep(tmp_path: Path) -> None:
    rows = read_changes(written(tmp_path, "Change,School\nschool-joins,N1\npin,N1\n")).rows
    joining = IntakeReading(Intake(schools=(school("N1", Role.MENTEE),)))
    issues = check_changes(rows, small(), Policy(), hosts=HOSTS, joining=joining)
    assert told(issues) == [("no-mentor", "B3")]


def test_a_rule_that_the_policy_switches_off_carries_no_change(tmp_path: Path) -> None:
    policy = policy_from_mapping({"name": "loose", "rules": {"lock": {"strength": "off"}}})
    rows = read_changes(written(tmp_path, "Change,School,Other school\nmove,E1,M2\n")).rows
    assert told(check_changes(rows, small(), policy, hosts=HOSTS)) == [("rule-off", "A2")]


def test_a_rule_that_the_policy_makes_soft_is_told_but_for_what_was_asked_by_hand() -> None:
    soft = {"strength": "soft", "price": 5}
    policy = policy_from_mapping({"name": "soft", "rules": {"lock": soft, "rivalry": soft}})
    changes = [
        Change(change=ChangeKind.PIN, school="E1"),
        Change(change=ChangeKind.PIN, school="E2"),
        Change(change=ChangeKind.RIVALRY, school="E1", other="E3"),
    ]
    assert soft_notes(changes, policy) == (
        "The policy lets the rule 'rivalry' give way at a price, so 'rivalry' is a wish here.",
    )
    assert soft_notes(changes, Policy()) == ()


def test_new_schools_must_be_new_and_known(tmp_path: Path) -> None:
    rows = read_changes(written(tmp_path, "Change,School\nschool-joins,N1\nschool-joins,N2\n")).rows
    joining = Intake(schools=(school("N1", Role.MENTEE), school("E1", Role.MENTEE)))
    issues = check_changes(rows, small(), Policy(), hosts=HOSTS, joining=IntakeReading(joining))
    assert [(issue.code, issue.value) for issue in issues] == [
        ("unknown-school", "N2"),
        ("duplicate-id", "E1"),
    ]


def test_what_leaves_takes_its_links_wishes_and_values_with_it() -> None:
    changes = [Change(change=ChangeKind.MENTOR_LEAVES, school="M1")]
    after, notes = apply_changes(small(), changes, hosts=HOSTS)
    assert [one.school_id for one in after.schools] == ["M2", "E1", "E2", "E3"]
    assert [one.kind for one in after.links] == [LinkKind.RIVALRY]
    assert (after.maturity, after.preferences) == ((), ())
    assert notes == (
        "The lock between E1 and M1 went with the school that leaves.",
        "1 wish of or for schools that leave went with them.",
    )


def test_each_kind_of_link_that_goes_is_said_in_plain_words() -> None:
    links = tuple(Link(school_a="E1", school_b="M1", kind=kind) for kind in LinkKind)
    intake = small().model_copy(update={"links": links})
    _, notes = apply_changes(intake, [Change(change=ChangeKind.MENTOR_LEAVES, school="M1")], hosts=HOSTS)
    told = [note.removesuffix(" E1 and M1 went with the school that leaves.") for note in notes[:5]]
    assert told == [
        "The rivalry between",
        "The bond between",
        "The lock between",
        "The ban on pairing",
        "The earlier partnership between",
    ]


def test_a_move_takes_the_place_of_an_earlier_lock() -> None:
    changes = [Change(change=ChangeKind.MOVE, school="E1", other="M2", reason="closer", author="desk")]
    after, notes = apply_changes(small(), changes, hosts=HOSTS)
    locks = [one for one in after.links if one.kind is LinkKind.LOCK]
    assert [(one.school_b, one.reason, one.declared_by) for one in locks] == [("M2", "closer", "desk")]
    assert notes == ("The earlier lock of E1 and M1 no longer holds.",)


def test_fewer_places_than_the_least_lower_the_least() -> None:
    changes = [Change(change=ChangeKind.CAPACITY, school="M1", value=1)]
    after, notes = apply_changes(small(), changes, hosts=HOSTS)
    assert (after.schools[0].min_load, after.schools[0].max_load) == (1, 1)
    assert len(notes) == 1


def test_a_pin_without_a_mentor_means_the_present_one_and_new_schools_join() -> None:
    changes = [
        Change(change=ChangeKind.PIN, school="E2"),
        Change(change=ChangeKind.RIVALRY, school="E3", other="N1"),
        Change(change=ChangeKind.FORBID, school="E1", other="M1"),
    ]
    joining = Intake(schools=(school("N1", Role.MENTEE),))
    after, notes = apply_changes(small(), changes, hosts=HOSTS, joining=joining)
    assert after.schools[-1].school_id == "N1"
    assert [(one.kind.value, one.school_a, one.school_b) for one in after.links] == [
        ("rivalry", "E1", "E2"),
        ("lock", "E2", "M1"),
        ("rivalry", "E3", "N1"),
        ("forbid", "E1", "M1"),
    ]
    assert notes == ("The earlier lock of E1 and M1 no longer holds.",)


def test_applying_leaves_the_intake_as_it_was() -> None:
    before = small()
    text = json.dumps(before.model_dump(mode="json"))
    apply_changes(before, [Change(change=ChangeKind.SCHOOL_LEAVES, school="E1")], hosts=HOSTS)
    assert json.dumps(before.model_dump(mode="json")) == text
