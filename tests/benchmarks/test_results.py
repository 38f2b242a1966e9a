"""Results: what is written is read, the last row counts, and verdicts say what the rows say."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import pytest

from benchmarks import checks, plots, rows, table
from benchmarks.case import Case, Entry
from benchmarks.instances.tiny import tiny_programme
from benchmarks.page import page
from benchmarks.registry import all_cases
from benchmarks.rows import Results, Row, Timing
from benchmarks.summary import lines
from matcher.problem import SCALE

ROW = Row(
    run="r",
    case="c",
    instance="i",
    solver="ours",
    commit="x",
    limit_s=60,
    limit_gap=0.0,
    workers=1,
    status="optimal",
)


def ours(instance: str, seconds: float, objective: int = 10, bound: int | None = None) -> Row:
    status = "optimal" if bound is None else "feasible"
    return replace(ROW, instance=instance, seconds=seconds, objective=objective, bound=bound, status=status)


def theirs(instance: str, seconds: float, objective: int = 10) -> Row:
    return replace(ours(instance, seconds, objective), solver="highs")


def case(name: str = "c") -> Case:
    entries = (Entry("ours", 60), Entry("highs", 60))
    return Case(name, "a case", "a figure", tuple, tiny_programme, entries, checks.proven(2))


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "file.jsonl"
    timing = Timing("r", "flow", "a flow", "x", 0.1, 0.2, 5, 3.0, {"a": 1.0})
    rows.append(path, "run", {"run": "r"})
    rows.append(path, "row", ROW)
    rows.append(path, "timing", timing)
    assert rows.read([path]) == Results(({"run": "r"},), (ROW,), (timing,))
    assert rows.read([tmp_path / "none"]) == Results((), (), ())


def test_the_last_row_of_a_solver_on_an_instance_counts() -> None:
    results = Results((), (ours("i", 1.0), ours("i", 2.0)), ())
    assert [row.seconds for row in results.of_case("c")] == [2.0]


def test_rows_of_a_problem_that_has_changed_since_are_left_out() -> None:
    old, new = replace(theirs("i", 1.0), problem="old"), replace(ours("i", 2.0), problem="new")
    assert Results((), (old, new), ()).of_case("c") == [new]


def test_a_gap_is_that_of_bound_and_plan_and_none_while_either_is_unknown() -> None:
    assert ours("i", 1.0, 100, 110).gap == pytest.approx(0.1)
    assert ours("i", 1.0).gap == 0.0
    assert replace(ROW, status="unknown").gap is None


def test_a_row_that_others_kept_from_the_processor_until_its_limit_is_starved() -> None:
    stopped = replace(ours("i", 60.0, 10, 12), cpu_s=20.0)
    assert stopped.starved
    assert not replace(stopped, cpu_s=58.0).starved
    assert not replace(stopped, status="optimal").starved


def test_a_reference_is_reached_up_to_rounding() -> None:
    row = replace(ours("i", 1.0, objective=-1001), reference=-1000, tolerance=1)
    assert row.reaches_reference
    assert not replace(row, tolerance=0).reaches_reference
    assert row.to_reference == pytest.approx(0.001)


def test_proofs_are_asked_for_within_a_time_each() -> None:
    check = checks.proven(2, within_s=60)
    assert check([ours("a", 1), ours("b", 59)]).reached is True
    assert check([ours("a", 1), ours("b", 61)]).reached is False
    assert check([ours("a", 1)]).reached is None
    assert check([ours("a", 1, 10, 12)]).reached is False


def test_a_ratio_is_that_of_the_worst_instance_and_needs_our_proof() -> None:
    verdict = checks.faster_than("highs", 10.0)([ours("a", 1), theirs("a", 30), ours("b", 1), theirs("b", 9)])
    assert verdict.reached is False
    assert verdict.words.startswith("9.0 ×")
    assert checks.faster_than("highs", 10.0)([ours("a", 1), theirs("a", 10)]).reached is True
    assert checks.faster_than("highs")([ours("a", 1, 10, 12), theirs("a", 10)]).reached is False


def test_a_ratio_of_rows_of_different_runs_says_so() -> None:
    verdict = checks.faster_than("highs")([ours("a", 1), replace(theirs("a", 30), run="other")])
    assert "different runs" in verdict.words


def test_more_proven_than_another_needs_more_than_it_proved_here_too() -> None:
    check = checks.more_proven_than(1)
    assert check([ours("a", 1), ours("b", 1)]).reached is True
    assert check([ours("a", 1), ours("b", 1), theirs("a", 1), theirs("b", 1)]).reached is False


def test_the_exponent_is_the_slope_in_logarithms() -> None:
    sizes = [
        replace(ours(str(n), seconds=1e-3 * n**1.5), size={"mentees": n}, limit_gap=0.01)
        for n in (10, 100, 1000)
    ]
    assert checks.exponent(sizes) == pytest.approx(1.5)
    assert checks.exponent_within(1.3, 3)(sizes).reached is False
    assert checks.exponent(sizes[:2]) is None


def test_a_line_compares_with_the_best_that_anybody_found() -> None:
    results = Results((), (ours("i", 1, 90 * SCALE, 99 * SCALE), theirs("i", 3, 100 * SCALE)), ())
    mine, other = lines(case(), results)
    assert mine.below_best == pytest.approx(0.1)
    assert mine.gap == pytest.approx(0.1)
    assert (other.below_best, other.proven, other.seconds) == (0.0, 1, 3)


def test_refused_and_failed_rows_are_shown_with_their_reason() -> None:
    results = Results((), (replace(ROW, status="failed", words="ran out of memory"),), ())
    assert "ran out of memory" in table.as_text(table.HEAD, table.side_by_side([case()], results))


def test_tables_read_in_text_and_in_markdown() -> None:
    assert table.as_text(("a", "b"), [("x", "10")], frozenset({1})) == "a   b\nx  10"
    assert (
        table.as_markdown(("a", "b"), [("x|y", "10")], frozenset({1}))
        == "| a | b |\n| --- | --: |\n| x\\|y | 10 |"
    )


def test_the_same_results_give_the_same_page_and_plots(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="the extra `bench` is not installed")
    sizes = tuple(
        replace(ours(str(n), n / 100), case="sizes", size={"mentees": n}, limit_gap=0.01)
        for n in (100, 200, 400)
    )
    results = Results(
        ({**asdict(ROW), "cpus": 2, "cpu": "x", "memory_gb": 1, "system": "y", "versions": {}},), sizes, ()
    )
    cases = list(all_cases().values())
    texts = []
    for name in ("one", "two"):
        drawn = plots.draw_all(cases, results, tmp_path / name)
        texts.append([page(cases, results, drawn), *(path.read_text(encoding="utf-8") for path in drawn)])
    assert texts[0] == texts[1]
    assert any("size^1.00" in text for text in texts[0])
