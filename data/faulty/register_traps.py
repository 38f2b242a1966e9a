"""Traps of single cells and files: what real school registers do to an importer."""

from __future__ import annotations

from datetime import date

from cases import CASES, FIELDS, case, copy_school, link, put, rank

# --- 1 Encodings -----------------------------------------------------------------------------------------

t = case("tolerated-bom", "The files begin with a byte order mark.", encoding="utf-8-sig")
put(t, "E1", name="Škola Sisak")

t = case(
    "tolerated-cp1252-late",
    "Windows-1252, and the first byte that is not ASCII comes after more than 8 KiB.",
    encoding="cp1252",
)
link(t, "rivalry", "E1", "E2", "soft", "They compete. " * 700, "")
link(t, "rivalry", "E2", "E3", "soft", "Città, qualità, società: così è.", "")

t = case("tolerated-ascii-capitals", "Capitals, an apostrophe for an accent, a name cut at 40 characters.")
put(t, "M1", name="ISTITUTO COMPRENSIVO NICCOLO' MACHIAVELL", municipality="FORLI'")

# --- 2 Shape ---------------------------------------------------------------------------------------------

t = case("tolerated-semicolon", "Semicolons between cells, commas as decimal signs.", delimiter=";")
for school in ("M1", "M2", "E1", "E2", "E3"):
    row = next(row for row in t["Schools"] if row[0] == school)
    row[6:8] = [str(value).replace(".", ",") for value in row[6:8]]
    row[11] = str(row[11]).replace(".", ",")

case("tolerated-tab", "Tabulators in a file called .csv.", delimiter="\t")

t = case("tolerated-header-newline", "Line breaks inside quoted headings and inside a cell with a list.")
t["Schools"][0][0], t["Schools"][0][4] = "School\nid", "NUTS\nregion"
put(t, "E1", languages="hr (native)\nen (B2)")

t = case("tolerated-units-row", "A row of units in brackets right below the headings.")
t["Schools"].insert(1, [""] * 6 + ["(°)", "(°)"] + [""] * 5 + ["(km)"] + [""] * 4)

t = case("tolerated-doubtful-heading", "Headings that may mean a limit and may mean something else.")
t["Schools"][0][FIELDS.index("travel")] = "Raggio (km)"
t["Schools"][0][FIELDS.index("max_load")] = "Capacità"

t = case("fault-town-status", "The legal status of the town instead of its degree of urbanisation.")
for row, word in zip(t["Schools"], ("Rurality", "urban", "urban", "grad", "gradsko", ""), strict=True):
    row.append(word)

case(
    "tolerated-title-and-foot",
    "A title above the headings; a total and a source note at the foot.",
    above={"Schools": ("List of schools,,", "")},
    below={"Schools": ("Total,,,,,,,,,,967", "Source: the programme office")},
)

t = case("fault-slipped-cells", "A decimal comma without quotation marks shifts all cells behind it.")
t["Schools"][4][6:7] = ["44", "119"]

t = case("fault-missing-column", "The column with the roles is missing.")
t["Schools"] = [row[:2] + row[3:] for row in t["Schools"]]

t = case("fault-merged-cells", "Cells merged over two schools: only the first has a value.", as_workbook=True)
t["Schools"][4][3] = ""
CASES[-1].merged["Schools"] = ("D4:D5",)

case(
    "tolerated-hidden-row",
    "A filter hides a row, which counts all the same.",
    as_workbook=True,
    hidden={"Schools": (5,)},
)

t = case("fault-empty-cell", "A school without a name.")
put(t, "E2", name="")

t = case("fault-broken-quotes", "A quotation mark that is opened and never closed.")
CASES[-1].below["Links"] = ('rivalry,E1,E2,soft,"no end',)

case(
    "fault-broken-json",
    "A JSON file that ends in the middle.",
    text='{"schools": [{"school_id": "M1", "name": ',
)

t = case("fault-formula-error", "A formula that gives an error.", as_workbook=True)
put(t, "E1", pupils="#REF!")

# --- 3 Null words ----------------------------------------------------------------------------------------

t = case("tolerated-null-words", "Words of registers for *not known*: they are unknown, never 0.")
put(t, "E1", pupils="Non Disponibile", need="neuvádí se")
put(t, "E2", pupils="nan", need=".")

t = case("tolerated-suppressed-pupils", "Signs of registers for *withheld*: -1 and <=3.")
put(t, "E1", pupils="-1")
put(t, "E2", pupils="<=3")

t = case("tolerated-na-is-napoli", "NA is the province of Napoli and stays a text.")
put(
    t,
    "M1",
    country="IT",
    nuts="ITF33",
    municipality="NA",
    latitude="40.852",
    longitude="14.268",
    languages="it (native)",
)
put(
    t,
    "E3",
    country="IT",
    nuts="ITF33",
    municipality="NA",
    latitude="40.83",
    longitude="14.21",
    languages="it (native)",
)
t["Links"].pop()
t["Preferences"].pop(1)

t = case("fault-na-as-region", "NA in the column of regions: a province sign, not a NUTS code.")
put(t, "M1", country="IT", nuts="NA", municipality="Napoli", latitude="40.852", longitude="14.268")

# --- 4 Codes are text ------------------------------------------------------------------------------------

t = case("tolerated-leading-zeros", "007 stays 007 in every table.")
for rows in (t["Schools"], t["Maturity"], t["Links"]):
    for row in rows:
        row[:] = ["007" if cell == "E3" else cell for cell in row]

t = case("fault-lost-zeros", "A spreadsheet made 7 of 007; the links still say 007.", as_workbook=True)
put(t, "E3", id=7)
t["Maturity"][-1][0] = 7
t["Links"][-1][2] = "007"

t = case("fault-code-as-date", "A spreadsheet made a date of the code 3-4.", as_workbook=True)
put(t, "E2", id=date(2026, 4, 3))
t["Maturity"] = [row for row in t["Maturity"] if row[0] != "E2"]
t["Preferences"].pop()

# --- 5 Pupils --------------------------------------------------------------------------------------------

t = case("fault-pupils-words", "A number of pupils with words around it.")
put(t, "E1", pupils="about 180, at two sites")

# --- 6 Two editions --------------------------------------------------------------------------------------

t = case("fault-two-editions", "Wishes were collected with the codes of another edition of the register.")
rank(t, "E2", "M-1", "1")
rank(t, "E3", "HRX0001", "1")

# --- 7 Duplicates ----------------------------------------------------------------------------------------

t = case("fault-duplicate-id", "Two schools bear one code.")
copy_school(t, "E3", name="School Ogulin", municipality="Ogulin", latitude="45.266", longitude="15.226")

t = case("fault-phone-as-code", "A telephone number stands in the column of codes.")
put(t, "E2", id="+385 23 111 222")

t = case("tolerated-duplicate-name", "Two schools of one name in one town.")
put(t, "E3", name="Sisak", municipality="Sisak", nuts="HR028", latitude="45.48", longitude="16.36")

t = case(
    "tolerated-two-towns-otok", "Two towns called Otok, each with its own school of the same name: no fault."
)
put(
    t,
    "E1",
    name="School Otok",
    municipality="Otok (Vinkovci)",
    nuts="HR026",
    latitude="45.147",
    longitude="18.884",
)
put(
    t,
    "E2",
    name="School Otok",
    municipality="Otok (Sinj)",
    nuts="HR035",
    latitude="43.691",
    longitude="16.729",
)

t = case("tolerated-similar-id", "Two codes that differ by a zero alone.")
copy_school(
    t, "E3", id="0E3", name="School Ogulin", municipality="Ogulin", latitude="45.266", longitude="15.226"
)
t["Maturity"].append(["0E3", "hr-eschools", "2026-03-02", "1", "2", "12"])

# --- 8 Regions -------------------------------------------------------------------------------------------

t = case("fault-region-name", "The region's name instead of its code.")
put(t, "E2", nuts="Zadarska županija")

t = case("fault-region-split", "PT170, which NUTS 2024 split in two.")
for school, place in (("M2", ("38.722", "-9.139")), ("E2", ("38.524", "-8.889"))):
    put(t, school, country="PT", nuts="PT170", municipality="Lisboa", latitude=place[0], longitude=place[1])

t = case("tolerated-region-renamed", "PT16B, which is PT1D1 since NUTS 2024.")
for school, place in (("M2", ("39.404", "-9.135")), ("E2", ("39.36", "-9.157"))):
    put(t, school, country="PT", nuts="PT16B", municipality="Caldas", latitude=place[0], longitude=place[1])
t["Links"].pop()

t = case("fault-region-country", "A region of another country than the school's.")
put(t, "E2", nuts="HU331")

t = case("fault-region-unknown", "A code that NUTS 2024 does not have, among the eligible regions.")
put(t, "M2", eligible="HR03; HR09")

# --- 9 Coordinates ---------------------------------------------------------------------------------------

t = case("tolerated-no-coordinates", "A school without coordinates: its distances are unknown, not 0 km.")
put(t, "E1", latitude="", longitude="", coordinate="")

t = case("fault-coordinates-metres", "Metres of the national grid (HTRS96) instead of degrees.")
put(t, "E1", latitude="5036000", longitude="490500")

t = case("fault-coordinates-swapped", "Latitude and longitude swapped; each is a legal value.")
put(t, "E1", latitude="16.378", longitude="45.466")

t = case("tolerated-point-outside", "A point in Vienna for a school in Croatia.")
put(t, "E1", latitude="48.208", longitude="16.373")

t = case("tolerated-half-a-point", "A latitude without a longitude.")
put(t, "E1", longitude="")

t = case("tolerated-town-points", "Two schools at the centre of one town, 0 km apart on paper.")
for school in ("E1", "E3"):
    put(
        t,
        school,
        municipality="Sisak",
        nuts="HR028",
        latitude="45.466",
        longitude="16.378",
        coordinate="municipality",
    )

t = case("tolerated-shared-site", "Two schools that claim the very same site.")
put(t, "E3", municipality="Sisak", nuts="HR028", latitude="45.466", longitude="16.378")

# --- 10 Not candidates -----------------------------------------------------------------------------------

t = case("fault-not-a-candidate", "A school canteen from the register, with its kind in the column of roles.")
put(t, "E2", role="školní jídelna")

# --- 11 Personal data ------------------------------------------------------------------------------------

t = case("tolerated-contact-data", "Columns with personal data: they are not read, and that is said.")
t["Schools"] = [
    [*row, extra]
    for row, extra in zip(t["Schools"], ("Head teacher e-mail", "a@example.org", *[""] * 4), strict=True)
]

# --- 12 Languages ----------------------------------------------------------------------------------------

t = case("tolerated-bilingual-name", "A bilingual name says nothing of the languages, which stay unknown.")
put(t, "E1", name="Osnovna škola Rovinj / Scuola elementare Rovigno", languages="")

t = case("fault-language", "The town's two names in the column of languages.")
put(t, "E1", languages="Rovinj / Rovigno")
