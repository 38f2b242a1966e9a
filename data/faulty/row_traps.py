"""Traps across rows, and of whole intakes."""

from __future__ import annotations

import json

from cases import CASES, Case, case, link, maturity, put, rank

# --- Across rows: references -----------------------------------------------------------------------------

t = case("fault-unknown-school", "A link, a wish and a maturity record of schools that are not in the list.")
link(t, "rivalry", "E2", "E9", "hard")
rank(t, "E2", "m2", "1")
maturity(t, "X1", "hr-eschools", "2026-03-02", "1", "3", "12")

t = case("fault-rejected-school", "One faulty school: what names it is not a second fault.")
put(t, "E1", role="mentie")

# --- Across rows: links ----------------------------------------------------------------------------------

t = case("fault-self-link", "A rivalry of a school with itself.")
link(t, "rivalry", "E2", "E2", "hard")

t = case("fault-link-roles", "A lock of two mentees, a must-link with a mentor, a rivalry of two mentors.")
link(t, "lock", "E1", "E2", "hard")
link(t, "must-link", "E1", "M1", "hard")
link(t, "rivalry", "M1", "M2", "hard")

t = case(
    "fault-link-contradiction",
    "A pair both locked and forbidden; rivals that must be together; hard and soft.",
)
link(t, "lock", "E1", "M1", "hard")
link(t, "forbid", "M1", "E1", "hard")
link(t, "must-link", "E3", "E1", "hard")
link(t, "rivalry", "E2", "E3", "hard")
link(t, "rivalry", "E2", "E3", "soft")

t = case("fault-locked-twice", "A mentee that takes one place, locked to two mentors.")
link(t, "lock", "E1", "M1", "hard")
link(t, "lock", "E1", "M2", "hard")

t = case("fault-locks-exceed-load", "More mentees locked to a mentor than it has places.")
put(t, "M1", max_load="1")
link(t, "lock", "E1", "M1", "hard")
link(t, "lock", "E2", "M1", "hard")

t = case("fault-lock-contradiction", "Rivals locked to one mentor; companions locked to two.")
link(t, "lock", "E1", "M1", "hard")
link(t, "lock", "E3", "M1", "hard")
link(t, "lock", "E2", "M2", "hard")
link(t, "must-link", "E1", "E2", "hard")

t = case(
    "tolerated-repeated-links",
    "A rivalry declared by both sides, a soft lock against a forbid, a partnership of mentees.",
)
link(t, "rivalry", "E3", "E1", "hard")
link(t, "lock", "E2", "M1", "soft")
link(t, "forbid", "E2", "M1", "hard")
link(t, "partnership", "E1", "E2", "hard")

t = case("tolerated-expired-link", "A rivalry that expired before the date of matching.")
t["Links"][-1][-1] = "2026-08-31"

t = case("tolerated-no-as-of-date", "An expiry date, and no date of matching to compare it with.")
t["Programme"].pop()

t = case("tolerated-rivals-exceed-hosts", "Three mutual rivals and two mentors.")
link(t, "rivalry", "E1", "E2", "hard")
link(t, "rivalry", "E2", "E3", "hard")

# --- Across rows: preferences and loads ------------------------------------------------------------------

t = case("fault-preference-contradiction", "One pair ranked first and second.")
rank(t, "E1", "M1", "2")

t = case("fault-self-preference", "A school that ranks itself.")
rank(t, "E2", "E2", "1")

t = case(
    "tolerated-preferences",
    "Gaps and ties in ranks are fine; a repeated row and a mentor's wish for a mentor are warnings.",
)
rank(t, "E1", "M2", "7")
rank(t, "E1", "M1", "1")
rank(t, "M1", "M2", "1")

t = case("fault-load-order", "A least load above the largest.")
put(t, "M1", min_load="4")

t = case("tolerated-role-columns", "Loads on a mentee, a demand on a mentor, a mentor that takes nobody.")
put(t, "E1", max_load="4")
put(t, "M1", demand="2", max_load="0", min_load="0")

# --- Across rows: supply and reach -----------------------------------------------------------------------

t = case("fault-no-mentors", "Every school is a mentee.")
for school in ("M1", "M2"):
    put(t, school, role="mentee", min_load="", max_load="")

t = case("fault-no-mentees", "Every school is a mentor.")
for school in ("E1", "E2", "E3"):
    put(t, school, role="mentor")
t["Links"].pop()

t = case("tolerated-supply-short", "Two places for three mentees; none in Hungary; too few for Hungarian.")
put(t, "M1", max_load="1")
put(t, "M2", max_load="1", languages="hr (native); hu (C1)")
for school, place in (("E1", ("46.07", "18.23")), ("E2", ("46.25", "20.15"))):
    put(
        t,
        school,
        country="HU",
        nuts="",
        municipality="",
        latitude=place[0],
        longitude=place[1],
        languages="hu (native)",
    )

t = case("tolerated-min-loads", "Least loads that add up to more than the mentees want.")
put(t, "M1", min_load="3")
put(t, "M2", min_load="3")

t = case(
    "tolerated-out-of-reach",
    "A mentee without a shared language; a mentor whose eligible regions hold nobody.",
)
put(t, "E1", languages="it (native)")
put(t, "M2", eligible="HR061")

# --- Across rows: maturity -------------------------------------------------------------------------------

t = case("fault-maturity-scale", "A value of 0 for *not answered*, and level 5 on a scale of four.")
t["Maturity"][3][4] = "0"
maturity(t, "E2", "cz-skola21", "2026-04-01", "1", "5", "12")

t = case("fault-instrument-unknown", "An instrument that is not known.")
t["Maturity"][3][1] = "HR e-schol"

t = case("fault-area-unknown", "An area that the instrument does not have.")
t["Maturity"][3][3] = "9"

t = case("fault-maturity-contradiction", "The same record twice with different values.")
maturity(t, "E1", "hr-eschools", "2026-03-02", "1", "4", "12")

t = case("tolerated-maturity", "A repeated record, two respondents, a school without any value.")
maturity(t, "E1", "hr-eschools", "2026-03-02", "1", "2", "12")
t["Maturity"][2][5] = "2"
t["Maturity"][5][4] = ""

# --- Whole intakes ---------------------------------------------------------------------------------------

CASES.append(
    Case(
        "fault-json-duplicate",
        "A JSON file in which two schools bear one id.",
        {},
        text=json.dumps(
            {
                "schools": [
                    {"school_id": school_id, "name": name, "role": role, "country": "HR"}
                    for school_id, name, role in (
                        ("M1", "A", "mentor"),
                        ("E1", "B", "mentee"),
                        ("E1", "C", "mentee"),
                    )
                ]
            },
            indent=1,
        )
        + "\n",
    )
)

case("tolerated-sound", "No trap at all: the sound intake that the others start from, as CSV files.")
case("tolerated-sound-workbook", "The same intake as a workbook.", as_workbook=True)

CASES.append(
    Case(
        "fault-json-value",
        "A JSON file with a role that does not exist.",
        {},
        text=json.dumps(
            {"schools": [{"school_id": "M1", "name": "M", "role": "boss", "country": "HR"}]}, indent=1
        )
        + "\n",
    )
)
