"""A ministry's own templates: what they may use, and what is said of a fault."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from matcher.exceptions import InputError, UsageError
from matcher.report.letters import Contacts, letter_texts, letters_of, load_templates, shipped_templates
from matcher.report.letters.fields import LETTERS, unknown_names
from matcher.report.letters.views import SchoolLetter
from tests.report.small import small_document


def faults(folder: Path, text: str, name: str = "school.html") -> list[tuple[str, str]]:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_templates(folder)
    return [(str(issue.location), issue.value) for issue in caught.value.issues]


def filled(folder: Path, text: str) -> str:
    (folder / "school.html").write_text(text, encoding="utf-8")
    letters = letters_of(small_document(synthetic=False), Contacts(), "r")
    return letter_texts(letters, load_templates(folder))["schools/school-A.html"]


def test_the_shipped_templates_have_no_fault_and_list_every_field() -> None:
    assert load_templates().sources == shipped_templates()
    for name, kind in LETTERS.items():
        for one in fields(kind):
            assert f"    letter.{one.name}: " in shipped_templates()[name]
    assert "    letter.mentees[…].distance_km: " in shipped_templates()["mentor.html"]


def test_written_templates_read_back_give_the_same_letters(tmp_path: Path) -> None:
    for name, text in shipped_templates().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    letters = letters_of(small_document(), Contacts(), "r")
    assert letter_texts(letters, load_templates(tmp_path)) == letter_texts(letters, load_templates())


def test_a_template_of_ones_own_takes_the_place_of_that_one_alone(tmp_path: Path) -> None:
    text = filled(
        tmp_path, "<h1>{{ letter.name }}</h1>{% for one in letter.companions %}{{ one.name }}{% endfor %}"
    )
    assert "<h1>=HYPERLINK(" in text
    assert "<title>" in text  # the page around it is the shipped one


@pytest.mark.parametrize(
    ("text", "place", "name"),
    [
        ("a\n{{ letter.score }}", "school.html [line 2, column 4]", "letter.score"),
        ("{{ letter['band'] }}", "school.html [line 1, column 1]", "letter.band"),
        (
            "{{ letter.mentor.maturity_band }}",
            "school.html [line 1, column 4]",
            "letter.mentor.maturity_band",
        ),
        (
            "{% if false %}{{ letter.nothing }}{% endif %}",
            "school.html [line 1, column 18]",
            "letter.nothing",
        ),
        (
            "{% for one in letter.companions %}\n{{ one.score }}\n{% endfor %}",
            "school.html [line 2, column 4]",
            "one.score",
        ),
        ("{% set m = letter.mentor %}{{ m.rivals }}", "school.html [line 1, column 31]", "m.rivals"),
        ("{{ document }}", "school.html [line 1, column 4]", "document"),
        ("{{ letter.companions[0].score }}", "school.html [line 1, column 1]", "….score"),
    ],
)
def test_a_field_that_is_not_there_is_named_with_file_and_line(
    text: str, place: str, name: str, tmp_path: Path
) -> None:
    assert faults(tmp_path, text) == [(place, name)]


def test_the_message_lists_the_fields_that_there_are(tmp_path: Path) -> None:
    (tmp_path / "school.html").write_text("{{ letter.score }}", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_templates(tmp_path)
    (issue,) = caught.value.issues
    assert issue.code == "template-unknown-field"
    assert all(one.name in issue.advice for one in fields(SchoolLetter))


def test_the_faults_of_all_templates_come_at_once(tmp_path: Path) -> None:
    (tmp_path / "mentor.html").write_text("{{ letter.mentor }}", encoding="utf-8")
    assert faults(tmp_path, "{{ letter.a }}\n{{ letter.b }}") == [
        ("mentor.html [line 1, column 4]", "letter.mentor"),
        ("school.html [line 1, column 4]", "letter.a"),
        ("school.html [line 2, column 4]", "letter.b"),
    ]


def test_what_is_no_template_is_located(tmp_path: Path) -> None:
    assert faults(tmp_path, "a\n\n{% if %}") == [("school.html [line 3, column 1]", "")]
    assert faults(tmp_path, "{{ letter.name|nonsense }}") == [("school.html [line 1, column 1]", "")]


def test_a_template_that_fails_when_it_is_filled_in_is_located(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        filled(tmp_path, "a\n{{ 1 // 0 }}")
    (issue,) = caught.value.issues
    assert (issue.code, str(issue.location)) == ("template-fault", "school.html [line 2, column 1]")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\n{% include 'school.html' %}", "It takes itself in, without end."),
        ("a\n{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "It takes itself in, without end."),
        ("a\n{{ '%0999999999d'|format(1) }}", "It makes more text than a letter may hold."),
        ("a\n{{ '%0999999999d' % 1 }}", "It makes more text than a letter may hold."),
        ("a\n{{ '{:0999999999d}'.format(1) }}", "It makes more text than a letter may hold."),
        ("a\n{{ '%*d'|format(999999999, 1) }}", "It makes more text than a letter may hold."),
        ("a\n{{ 'x' * 10000000000000 }}", "It makes more text than a letter may hold."),
        ("a\n{{ 'x'.ljust(999999999) }}", "It makes more text than a letter may hold."),
        ("a\n{{ letter.name|center(999999999) }}", "It makes more text than a letter may hold."),
        ("a\n{{ 10 ** 999999999 }}", "It makes more text than a letter may hold."),
        (
            "a\n{% for i in range(9999) %}{% for j in range(9999) %}xxxxxxxxx{% endfor %}{% endfor %}",
            "It makes more text than a letter may hold.",
        ),
        ("a\n{{ letter|attr('score') }}", "There is no 'score' here."),
        ("a\n{{ letter.name + 1 }}", "such as adding a number to a text"),
        ("a\n{% include 'none.html' %}", "There is no template 'none.html' in the folder."),
    ],
)
def test_a_fault_is_said_in_plain_words(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        filled(tmp_path, text)
    (issue,) = caught.value.issues
    assert issue.code == "template-fault"
    assert words in issue.problem
    assert "matcher." not in issue.problem
    assert str(issue.location).startswith("school.html [line ")


def test_a_template_nested_too_deeply_is_located(tmp_path: Path) -> None:
    (tmp_path / "school.html").write_text("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", encoding="utf-8")
    with pytest.raises(InputError, match="nested too deeply"):
        load_templates(tmp_path)


def test_formats_and_filters_within_bounds_still_work(tmp_path: Path) -> None:
    text = filled(tmp_path, "{{ '%05d'|format(7) }} {{ 'a' * 3 }} {{ 'b'|center(5) }} {{ 2 ** 3 * 2 }}")
    assert "00007 aaa   b   16" in text


@pytest.mark.parametrize(
    "text",
    [
        "{{ letter.__class__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ letter.companions.__class__.__base__.__subclasses__() }}",
        "{{ cycler.__init__.__globals__ }}",
        "{% include '/etc/hostname' %}",
        "{% include '../views.py' %}",
        "{{ ''|attr('__class__') }}",
    ],
)
def test_a_template_cannot_reach_beyond_its_letter(text: str, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        filled(tmp_path, text)


def test_macros_parts_of_ones_own_and_loops_are_known(tmp_path: Path) -> None:
    (tmp_path / "part.html").write_text("Yours, {{ letter.name }}", encoding="utf-8")
    text = filled(
        tmp_path,
        "{% macro town(school) %}{{ school.town }}{% endmacro %}"
        "{% for one in letter.companions if one.town %}{{ loop.index }} {{ town(one) }}{% endfor %}"
        "{% include 'part.html' %}",
    )
    assert "1 Town B" in text
    assert "Yours, =HYPERLINK(" in text


def test_a_folder_without_templates_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no template"):
        load_templates(tmp_path)
    with pytest.raises(UsageError, match="is not a folder"):
        load_templates(tmp_path / "nowhere")


def test_names_are_checked_against_the_scope_that_is_given() -> None:
    environment = load_templates().environment
    (found,) = unknown_names(environment, "{{ range(3)|length }}{{ other }}", {"letter": SchoolLetter})
    assert (found.name, found.known) == ("other", ("letter",))


@pytest.mark.parametrize(
    "text",
    [
        "<p>{{ letter.name }}</p>",
        "{% if letter.programme.synthetic %} {% endif %}",
        "{% if letter.mentor and letter.programme.synthetic %}An example.{% endif %}",
    ],
)
def test_a_template_that_does_not_say_that_data_is_synthetic_is_refused_for_such_data(
    text: str, tmp_path: Path
) -> None:
    (tmp_path / "school.html").write_text(text, encoding="utf-8")
    templates = load_templates(tmp_path)
    with pytest.raises(InputError) as caught:
        letter_texts(letters_of(small_document(), Contacts(), "r"), templates)
    (issue,) = caught.value.issues
    assert issue.location.file == "school.html"
    assert "The data of this run is synthetic" in issue.problem
    assert letter_texts(letters_of(small_document(synthetic=False), Contacts(), "r"), templates)


def test_a_page_without_its_letters_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<h1>{{ title }}</h1>{{ letters|length }}", encoding="utf-8")
    with pytest.raises(InputError, match="leaves out the letters"):
        letter_texts(letters_of(small_document(), Contacts(), "r"), load_templates(tmp_path))
