"""From contradicting rules to a repaired run, on tiny programmes worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from matcher.analysis.repair_document import RepairDocument, RepairPatch
from matcher.cli import run
from matcher.encoding import encode
from matcher.exceptions import NoPlanError, UsageError
from matcher.generate import generate_intake
from matcher.intake.writers import write_intake
from matcher.pipeline import match
from matcher.policy.concessions import Concession
from matcher.policy.loader import policy_from_mapping
from matcher.policy.model import Policy
from matcher.profiles import Intake
from matcher.routes import repair as repair_route
from matcher.routes.patches import patched
from matcher.routes.repair import repair
from matcher.routes.repair_files import repair_page
from matcher.rules.names import unresolved_names
from matcher.solvers.dispatch import solve
from tests.encoding.builders import intake, link, school, wish, wish_policy
from tests.questions.national import national_intake, national_policy
from tests.report.parsed import Page

NONE_OUT = {"unassigned": {"allowed": False}}


def _one_place_short() -> tuple[Intake, Policy]:
    return intake(school("a"), school("b"), school("m1", max_load=1)), wish_policy(rules=NONE_OUT)


def test_a_missing_place_is_the_cheapest_thing_to_give() -> None:
    found = repair(*_one_place_short())
    assert found.conflict_minimal
    assert found.conflict_size == 3  # two schools to be placed, one mentor with one place
    assert found.state == "cheapest"
    assert found.complete
    assert [one.sentences for one in found.repairs] == [("School m1 (m1) takes 1 place more (1 → 2).",)]
    assert found.least_price == 10.0
    assert (found.repairs[0].placed, found.repairs[0].unassigned, found.repairs[0].status) == (
        2,
        0,
        "optimal",
    )


def test_a_policy_with_layers_is_refused_as_each_layer_has_its_own_rules() -> None:
    """Without its layers the policy contradicts nothing, and the second layer offers no place at all."""
    layers = {
        "of": [
            {"key": "idea", "title": "Idea"},
            {"key": "hub", "title": "Hub", "mentors": {"schools": ["b"]}},
        ]
    }
    policy = wish_policy(rules=NONE_OUT).model_dump(mode="json", exclude_unset=True) | {"layers": layers}
    with pytest.raises(UsageError, match="has layers, each with rules of its own"):
        repair(intake(school("a"), school("m1")), policy_from_mapping(policy))


def test_rivals_who_share_the_only_mentor_of_their_language_are_said_so() -> None:
    german = [{"code": "de", "level": "native"}]
    italian = [{"code": "it", "level": "native"}]
    tiny = intake(
        school("a", languages=german),
        school("b", languages=german),
        school("m1", languages=german),
        school("m2", languages=italian),
        links=(link("rivalry", "a", "b"),),
    )
    found = repair(tiny, wish_policy(rules=NONE_OUT | {"language": {"strength": "hard"}}))
    assert found.conflict[0] == (
        "These 2 schools all exclude each other, must all be placed, and only 1 mentor "
        "speaks German well enough."
    )
    assert [one.sentences for one in found.repairs] == [
        ("School a (a) and School b (b) may share a cluster: “Rivalry” is waived for the two.",)
    ]


def test_every_patch_gives_a_policy_under_which_a_plan_exists() -> None:
    tiny, policy = _one_place_short()
    dear = policy.model_copy(
        update={"repair": type(policy.repair).model_validate({"unassigned": {"price": 10.0}})}
    )
    found = repair(tiny, dear)
    assert len(found.repairs) == 3  # a place more, a left out, b left out
    for one in found.repairs:
        assert solve(encode(tiny, patched(dear, one.patch)).problem).host_of is not None


def test_among_repairs_of_one_price_the_one_with_the_best_plan_is_the_first() -> None:
    schools = (school("a"), school("b"), school("c"), school("m1", max_load=1), school("m2", max_load=1))
    wishes = wish("a", "m2") + wish("b", "m2")
    found = repair(intake(*schools, wishes=wishes), wish_policy(rules=NONE_OUT))
    assert [one.sentences[0].split(" takes")[0] for one in found.repairs] == [
        "School m2 (m2)",
        "School m1 (m1)",
    ]
    points = [one.points or 0 for one in found.repairs]
    assert points == sorted(points, reverse=True)
    assert points[0] > points[1]
    for number, one in enumerate(found.repairs, start=1):
        assert (one.number, one.patch.number) == (number, number)
        assert {change.concession.reason for change in one.patch.changes} == {
            f"repair {number} of contradicting rules"
        }
        assert one.patch.sha256 == one.patch.seal()


def test_where_nothing_is_allowed_no_repair_is_found_and_that_is_said_to_be_proven() -> None:
    tiny, policy = _one_place_short()
    closed = {"places": {"allowed": False}, "unassigned": {"allowed": False}}
    found = repair(tiny, policy.model_copy(update={"repair": type(policy.repair).model_validate(closed)}))
    assert (found.state, found.repairs) == ("impossible", ())


def test_rules_that_go_together_need_no_repair() -> None:
    found = repair(intake(school("a"), school("m1")), wish_policy(rules=NONE_OUT))
    assert (found.state, found.repairs, found.conflict) == ("no-conflict", (), ())


def _two_regions(**places_in: object) -> tuple[Intake, Policy]:
    """Four schools, and a place each at three mentors: two in HR02, one in HR03."""
    mentors = [
        school(f"m{at}", max_load=1, region=region) for at, region in enumerate(["HR03", "HR02", "HR02"])
    ]
    schools = [school(f"a{at}") for at in range(4)]
    entry = {"mentors": {"region": ["HR02"]}} | places_in
    return intake(*schools, *mentors), wish_policy(rules=NONE_OUT, repair={"places_in": [entry]})


def test_a_place_more_in_a_region_has_the_price_of_the_region_and_says_who_else_could_take_it() -> None:
    found = repair(*_two_regions(price=4.0), most=1)
    assert found.least_price == 4.0
    (only,) = found.repairs
    taker = only.patch.changes[0].concession.school
    other = {"m1": "m2", "m2": "m1"}[taker]
    assert only.sentences == (
        f"School {taker} ({taker}) takes 1 place more (1 → 2), as the policy allows for mentors with region "
        "HR02.",
    )
    assert only.stand_ins == (
        f"In place of School {taker} ({taker}), at the same price, School {other} ({other}) would do as "
        "well, as a plan shows.",
    )
    assert only.stand_ins[0] in repair_page(found)


def test_a_limit_of_a_region_sends_the_next_place_elsewhere() -> None:
    tiny, policy = _two_regions(price=4.0, most=1)
    five = tiny.model_copy(update={"schools": (*tiny.schools, school("a9"))})
    found = repair(five, policy)
    assert found.least_price == 4.0 + 10.0
    assert {change.concession.school for one in found.repairs for change in one.patch.changes} > {"m0"}


def test_a_region_whose_mentors_are_not_to_be_asked_gives_no_place() -> None:
    found = repair(*_two_regions(allowed=False))
    assert {change.concession.school for one in found.repairs for change in one.patch.changes} == {"m0"}


def test_a_region_that_no_mentor_is_in_is_warned_of() -> None:
    tiny, policy = _two_regions(mentors={"region": ["SE"]})
    (issue,) = unresolved_names(tiny, policy)
    assert issue.location.header == "repair.places_in[0].mentors"


def test_more_repairs_of_the_same_price_than_are_listed_are_said_to_be_there() -> None:
    found = repair(*_two_regions(price=10.0), most=2)
    assert not found.complete
    assert found.state_sentence.endswith(
        "There are more of that price, and the plan of one of them may be better: --most lists more."
    )
    assert repair(*_two_regions(price=10.0), most=3).complete


def test_a_way_that_is_stated_in_part_keeps_its_own_price() -> None:
    made = policy_from_mapping({"repair": {"unassigned": {"most": 60}, "forbid": {"price": 1.0}}}).repair
    assert (made.unassigned.price, made.unassigned.most) == (100.0, 60)
    assert not made.forbid.allowed


def _files(folder: Path) -> list[str]:
    tiny, _ = _one_place_short()
    write_intake(tiny, folder / "intake.json")
    (folder / "policy.yaml").write_text("rules:\n  unassigned: {allowed: false}\n", encoding="utf-8")
    return [str(folder / "intake.json"), "--policy", str(folder / "policy.yaml")]


def test_a_patch_makes_a_run_that_says_what_was_given_up(tmp_path: Path) -> None:
    arguments = _files(tmp_path)
    assert run(["repair", *arguments, "--out", str(tmp_path / "out"), "--quiet"]) == 0
    assert "takes 1 place more" in (tmp_path / "out" / "repair.html").read_text(encoding="utf-8")
    document = RepairDocument.model_validate_json(
        (tmp_path / "out" / "repair.json").read_text(encoding="utf-8")
    )
    assert document.repairs[0].patch.changes[0].after == "2 places at most"
    patch = str(tmp_path / "out" / "repair-1.json")
    assert run(["match", *arguments, "--patch", patch, "--out", str(tmp_path / "run"), "--quiet"]) == 0
    assert "m1 takes 1 more (repair 1" in (tmp_path / "run" / "report.html").read_text(encoding="utf-8")
    assert run(["verify", str(tmp_path / "run")]) == 0


def test_a_run_with_a_repair_applied_is_announced_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert run(["repair", *_files(tmp_path), "--out", str(out), "--apply", "1"]) == 0
    assert f"Run with repair 1: {out / 'run'}" in capsys.readouterr().err
    assert (out / "run" / "report.html").exists()


def test_a_repair_that_was_not_found_cannot_be_applied_but_those_found_are_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert run(["repair", *_files(tmp_path), "--out", str(out), "--apply", "9", "--quiet"]) == 2
    said = capsys.readouterr().err
    assert f"There is no repair 9; only one was found, written to {out}." in said
    assert (out / "repair-1.json").exists()
    assert not (out / "run").exists()


def test_concessions_in_force_are_said_in_the_summary_at_a_glance_and_at_the_cluster(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = _files(tmp_path)
    with (tmp_path / "policy.yaml").open("a", encoding="utf-8") as policy:
        policy.write("concessions: [{rule: places, school: m1, amount: 1, reason: agreed with a2}]\n")
    assert run(["match", *arguments, "--out", str(tmp_path / "run")]) == 0
    assert "1 concession is in force: Load: m1 takes 1 more (agreed with a2)." in capsys.readouterr().err
    page = Page((tmp_path / "run" / "report.html").read_text(encoding="utf-8"))
    assert "1 concession is in force: Load: m1 takes 1 more" in page.by_id("glance").text
    assert "A rule was given up here. Load: m1 takes 1 more" in page.by_id("clusters").text


def test_a_concession_is_shown_at_its_own_schools_alone(tmp_path: Path) -> None:
    tiny = intake(school("a"), school("b"), school("m1"), school("m2"))
    granted = [{"rule": "places", "school": "m1", "amount": 1, "reason": "agreed with m2"}]
    document = match(tiny, wish_policy(concessions=granted)).document
    assert document.concessions == ("Load: m1 takes 1 more (agreed with m2)",)
    assert document.concessions_for(["a", "m1"]) == document.concessions
    assert document.concessions_for(["m2", "b"]) == ()


def test_a_patch_for_another_intake_is_refused_school_by_school(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = _files(tmp_path)
    assert run(["repair", *arguments, "--out", str(tmp_path / "out"), "--quiet"]) == 0
    patch = tmp_path / "out" / "repair-1.json"
    patch.write_text(patch.read_text(encoding="utf-8").replace('"m1"', '"m9"'), encoding="utf-8")
    assert run(["match", *arguments, "--patch", str(patch), "--out", str(tmp_path / "run"), "--quiet"]) == 3
    assert "m9" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def _refusal(tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> str:
    patch = tmp_path / "out" / "repair-1.json"
    assert run(["match", *arguments, "--patch", str(patch), "--out", str(tmp_path / "run"), "--quiet"]) == 3
    assert not (tmp_path / "run").exists()
    return capsys.readouterr().err


def _with_patch(tmp_path: Path) -> list[str]:
    arguments = _files(tmp_path)
    assert run(["repair", *arguments, "--out", str(tmp_path / "out"), "--quiet"]) == 0
    return arguments


def test_a_patch_that_was_changed_by_hand_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = _with_patch(tmp_path)
    patch = tmp_path / "out" / "repair-1.json"
    forged = patch.read_text(encoding="utf-8").replace('"amount": 1.0', '"amount": 40.0')
    patch.write_text(forged, encoding="utf-8")
    assert "changed after it was written" in _refusal(tmp_path, capsys, arguments)


def test_a_patch_is_refused_under_another_policy_and_for_another_intake(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = _with_patch(tmp_path)
    (tmp_path / "policy.yaml").write_text("rules:\n  load: {max: 3}\n", encoding="utf-8")
    tiny, _ = _one_place_short()
    write_intake(tiny.model_copy(update={"title": "Next year"}), tmp_path / "intake.json")
    said = _refusal(tmp_path, capsys, arguments)
    assert "made for another policy" in said
    assert "made for another intake; this one is called Next year" in said


def test_a_patch_is_not_applied_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = _with_patch(tmp_path)
    patch = ["--patch", str(tmp_path / "out" / "repair-1.json"), "--quiet"]
    assert run(["match", *arguments, *patch, "--out", str(tmp_path / "first")]) == 0
    (sealed,) = (tmp_path / "first").rglob("policy.yaml")
    again = [arguments[0], "--policy", str(sealed)]
    assert "holds the concessions of this patch already" in _refusal(tmp_path, capsys, again)


def test_a_patch_that_gives_up_what_is_not_there_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = _with_patch(tmp_path)
    path = tmp_path / "out" / "repair-1.json"
    patch = RepairPatch.model_validate_json(path.read_text(encoding="utf-8"))
    idle = Concession(rule="rivalry", school="a", other="b")
    changed = patch.model_copy(
        update={"changes": (patch.changes[0].model_copy(update={"concession": idle}),), "sha256": ""}
    )
    path.write_text(changed.model_copy(update={"sha256": changed.seal()}).to_json(), encoding="utf-8")
    assert "no rivalry of these two schools" in _refusal(tmp_path, capsys, arguments)


def test_how_long_to_search_is_no_matter_of_the_patch(tmp_path: Path) -> None:
    arguments = _with_patch(tmp_path)
    patch = ["--patch", str(tmp_path / "out" / "repair-1.json"), "--seed", "7", "--quiet"]
    assert run(["match", *arguments, *patch, "--out", str(tmp_path / "run")]) == 0


def test_match_names_the_smallest_conflict_and_the_next_step(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["match", *_files(tmp_path), "--out", str(tmp_path / "run"), "--quiet"]) == 4
    said = capsys.readouterr().err
    assert "The smallest conflict found:" in said
    assert "can without any one of them" in said
    assert "matcher repair" in said


def test_an_output_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert run(["repair", *_files(tmp_path), "--out", str(tmp_path / "out"), "--quiet"]) == 2


def test_a_run_that_cannot_be_formed_leaves_no_half_made_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(*_: object) -> None:
        raise NoPlanError("The limit was reached before any plan was found.")

    monkeypatch.setattr(repair_route, "form_clusters", nothing)
    assert run(["repair", *_files(tmp_path), "--out", str(tmp_path / "out"), "--apply", "1", "--quiet"]) == 6
    assert not (tmp_path / "out").exists()


def test_a_repair_for_which_no_plan_was_found_within_the_limit_is_code_5(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = repair(*_one_place_short())
    open_question = found.repairs[0].model_copy(update={"works": None, "points": None})
    unsettled = found.model_copy(update={"repairs": (open_question,)})
    monkeypatch.setattr(repair_route, "repair", lambda *_, **__: unsettled)
    assert run(["repair", *_files(tmp_path), "--quiet"]) == 5


def test_the_answer_for_tools_is_the_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["repair", *_files(tmp_path), "--json", "--quiet"]) == 0
    assert json.loads(capsys.readouterr().out)["least_price"] == 10.0


@pytest.mark.slow
def test_a_national_programme_of_a_thousand_schools_is_repaired() -> None:
    found = repair(national_intake(), national_policy(), most=3)
    assert found.conflict_minimal
    assert found.state == "cheapest"
    assert found.least_price == 35.0 + 2 * 30.0  # the lock, and two of the rivalries
    assert all(one.works for one in found.repairs)


@pytest.mark.slow
def test_a_hundred_missing_places_of_a_national_programme_are_priced() -> None:
    intake = generate_intake(mentors=240, mentees=1000, countries=("IT",), seed=2021)
    policy = national_policy()
    places = policy.repair.places.model_copy(update={"most": 200})
    wide = policy.model_copy(update={"repair": policy.repair.model_copy(update={"places": places})})
    found = repair(intake, wide, most=2)
    assert found.shortage[0] == "Over the whole programme 100 places are missing."
    assert (found.state, found.least_price) == ("cheapest", 100 * 10.0)
    assert found.repairs[0].works
    assert not found.complete
