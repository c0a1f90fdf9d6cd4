# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What people get wrong in tables, recipes and commands: each is told in one line that says where, what and what to do."""

from __future__ import annotations

import gzip
import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from drehkreuz.cli import main

HEAD = """\
name = "tiny"
title = "Winzig"
day = 2026-11-02
provenance = { kind = "modelled", source = "Beispiel", licence = "CC0-1.0", date = 2026-11-02 }
"""
FOLDER = '\n[[source]]\nkind = "folder"\npath = "."\n'


def sources(*tables: str) -> str:
    """Return the sections of a recipe that read each of some tables from a CSV file of its name."""
    return "".join(f'\n[[source]]\nkind = "table"\ntable = "{table}"\npath = "{table}.csv"\n' for table in tables)


ZONES = sources("zones")
MAPPED_OCCUPATIONS = HEAD + '[map]\noccupations = "isco08"\n' + sources("person_occupations", "occupations_local")


@dataclass(frozen=True)
class Fault:
    """
    A folder with one fault and what must be said about it.

    Attributes:
        name: The fault.
        says: Pieces that the line must hold, in this order: file and row, value, problem, remedy.
        recipe: The region.toml.
        files: The other files.
        command: Arguments after `drehkreuz region`; `{}` is the folder.
    """

    name: str
    says: tuple[str, ...]
    recipe: Any = HEAD + ZONES
    files: dict[str, Any] = field(default_factory=lambda: {"zones.csv": "zone_id,lat,lon\nz,50.7,6.1\n"})
    command: tuple[str, ...] = ("build", "{}/region.toml")


def zones(*lines: str) -> dict[str, Any]:
    return {"zones.csv": "\n".join(lines) + "\n"}


def table(name: str, text: str) -> dict[str, Any]:
    return {"recipe": HEAD + sources(name), "files": {f"{name}.csv": text}}


def packed(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


WITH_ZIP = HEAD + ZONES.replace("zones.csv", "zones.zip")

FAULTS = [
    # tables
    Fault("empty file", ("zones.csv: the file is empty", "Get it again"), files={"zones.csv": ""}),
    Fault("header only", ("zones.csv: has a header and no rows", "Fill it in"), files=zones("zone_id,lat,lon")),
    Fault(
        "missing column",
        ("zones.csv:1: column lon is missing", "Add it", "columns = { lon"),
        files=zones("zone_id,lat", "z,50"),
    ),
    Fault(
        "unknown column",
        ("zones.csv:1: heading 'populaton'", "no column of table zones", "Did you mean 'population'?"),
        files=zones("zone_id,lat,lon,populaton", "z,50,6,9"),
    ),
    Fault(
        "one column twice",
        ("zones.csv:1: heading 'Breite'", "means column lat, as 'lat' does", "Keep one"),
        files=zones("zone_id,lat,lon,Breite", "z,50,6,50"),
    ),
    Fault(
        "same heading twice",
        ("zones.csv:1: column 'lat' stands twice", "Rename"),
        files=zones("zone_id,lat,lon,lat", "z,50,6,50"),
    ),
    Fault(
        "empty required cell",
        ("zones.csv:3: zone_id '': is empty", "Fill in the cell"),
        files=zones("zone_id,lat,lon", "z,50,6", ",50,6"),
    ),
    Fault(
        "repeated key",
        ("zones.csv:4: zone_id 'z': repeats row 2", "Keep one"),
        files=zones("zone_id,lat,lon", "z,50,6", "y,50,6", "z,51,7"),
    ),
    Fault(
        "coordinate outside",
        ("zones.csv:2: lat '507.7': is more than 90 degrees", "Correct the value"),
        files=zones("zone_id,lat,lon", "z,507.7,6"),
    ),
    Fault(
        "word for a number",
        ("zones.csv:2: lon 'six': is not a number", "Write digits only"),
        files=zones("zone_id,lat,lon", "z,50,six"),
    ),
    Fault(
        "half a person",
        ("zones.csv:2: population '2.5': is not a whole number", "without decimals"),
        files=zones("zone_id,lat,lon,population", "z,50,6,2.5"),
    ),
    Fault(
        "negative people",
        ("zones.csv:2: population '-3': is less than 0 people", "Correct the value"),
        files=zones("zone_id,lat,lon,population", "z,50,6,-3"),
    ),
    Fault(
        "more people than can be counted",
        ("zones.csv:2: population '99999999999': is more than 2147483647", "Correct"),
        files=zones("zone_id,lat,lon,population", "z,50,6,99999999999"),
    ),
    Fault(
        "formula in place of a number",
        ("zones.csv:2: population '=SUM(A1:A9)': is a formula", "paste the value"),
        files=zones("zone_id,lat,lon,population", "z,50,6,=SUM(A1:A9)"),
    ),
    Fault(
        "failed formula",
        ("zones.csv:2: name '#BEZUG!': is what a failed formula leaves", "Mend the formula"),
        files=zones("zone_id,lat,lon,name", "z,50,6,#BEZUG!"),
    ),
    Fault(
        "ambiguous number",
        ("tariffs.csv:2: value '1.234': may mean 1234 or 1.2340", "decimal separator"),
        **table(
            "tariffs",
            "tariff_id,value,unit,valid_from,source,checked_on\ncar_km,1.234,EUR/km,2026-01-01,x,2026-01-01\n",
        ),
    ),
    Fault(
        "comma where the file has points",
        ("zones.csv:2: lat '50,7': is not a number", "Write digits only"),
        recipe=HEAD + ZONES + 'decimal = "."\n',
        files=zones("zone_id;lat;lon", "z;50,7;6.1"),
    ),
    Fault(
        "day that does not exist",
        ("service_days.csv:2: date '31.02.2026': is a day that does not exist", "Correct the day"),
        **table("service_days", "service_id;date\ns;31.02.2026\n"),
    ),
    Fault(
        "American date",
        ("service_days.csv:2: date '11/03/2026': is not a date", "Write 2026-11-03"),
        **table("service_days", "service_id;date\ns;11/03/2026\n"),
    ),
    Fault(
        "spreadsheet's day number",
        ("service_days.csv:2: date '46329': is not a date", "unformatted date"),
        **table("service_days", "service_id;date\ns;46329\n"),
    ),
    Fault(
        "end of all days",
        ("service_days.csv:2: date '31.12.9999': lies outside the years 1900 to 2199", "empty"),
        **table("service_days", "service_id;date\ns;31.12.9999\n"),
    ),
    Fault(
        "minute 60",
        ("person_times.csv:2: to '14:60': is not a time of day", "26:00 is two o'clock"),
        **table("person_times", "person_id,day,from,to\np,0,6:00,14:60\n"),
    ),
    Fault(
        "neither yes nor no",
        ("person_languages.csv:2: certified 'vielleicht': is neither yes nor no", "ja or nein"),
        **table("person_languages", "person_id,language,cefr,certified\np,de,B2,vielleicht\n"),
    ),
    Fault(
        "value not allowed",
        ("person_languages.csv:2: cefr 'b2': is not one of the values allowed", "A1, A2", "Did you mean 'B2'?"),
        **table("person_languages", "person_id,language,cefr\np,de,b2\n"),
    ),
    Fault(
        "leading zero lost",
        ("occupations.csv:2: kldb2010 '1234': does not have the form", "dropped a leading zero"),
        **table("occupations", "occupation_id,kldb2010\no,1234\n"),
    ),
    Fault(
        "too few fields",
        ("zones.csv:3: 2 fields where the header has 3", "Write 3 fields"),
        files=zones("zone_id,lat,lon", "z,50,6", "y,50"),
    ),
    Fault(
        "quotation mark left open",
        ("zones.csv:3:", "quotation mark", "mend"),
        files=zones("zone_id,lat,lon,name", "z,50,6,a", 'y,50,6,"b'),
    ),
    Fault(
        "another encoding",
        ("zones.csv:2: not UTF-8", "'ü'", 'encoding = "cp1252"'),
        files={"zones.csv": "zone_id,lat,lon,name\nz,50,6,Jülich\n".encode("cp1252")},
    ),
    Fault(
        "several files in a zip",
        ("zones.zip", "holds 2 files", "Name the one"),
        WITH_ZIP,
        {"zones.zip": packed(a=b"x", b=b"y")},
    ),
    Fault(
        "zip that is none", ("zones.zip", "is not a zip archive", "Get it again"), WITH_ZIP, {"zones.zip": b"zone_id"}
    ),
    Fault(
        "broken gzip",
        ("zones.csv", "is broken", "Get it again"),
        recipe=HEAD + ZONES.replace("zones.csv", "zones.csv.gz"),
        files={"zones.csv.gz": gzip.compress(b"zone_id,lat,lon\nz,50,6\n" * 50)[:30]},
    ),
    Fault(
        "workbook in place of a CSV",
        ("zones.csv", "is a spreadsheet", "Save each sheet as CSV"),
        files={"zones.csv": packed(**{"[Content_Types].xml": b"<Types/>"})},
    ),
    # recipes
    Fault("no TOML", ("region.toml:1: cannot be read as TOML", "Write key = value"), "name = tiny\n"),
    Fault("cut off", ("region.toml:2: cannot be read as TOML", "key = value"), 'name = "x"\ntitle = "'),
    Fault("not UTF-8", ("region.toml:1: not UTF-8", "Save it as UTF-8"), 'title = "Düren"'.encode("latin-1")),
    Fault("empty recipe", ("region.toml: the file is empty", "Get it again"), ""),
    Fault("no day", ("region.toml: the recipe has no day", "Add day"), HEAD.replace("day = 2026-11-02\n", "") + ZONES),
    Fault("no source", ("region.toml: the recipe has no source", "Add source"), HEAD),
    Fault(
        "misspelt key",
        ("region.toml:5: titel 'Winzig': no such key here", "Did you mean 'title'?"),
        HEAD + 'titel = "Winzig"\n' + ZONES,
    ),
    Fault(
        "name that leads elsewhere",
        ("region.toml:1: name '../tiny': cannot be a folder's name", "Use up to 100 letters"),
        HEAD.replace('"tiny"', '"../tiny"') + ZONES,
    ),
    Fault(
        "one section where a list of them is asked",
        ("region.toml:6: source", "is not a list of sections", "[[source]]"),
        HEAD + ZONES.replace("[[source]]", "[source]"),
    ),
    Fault(
        "path without a name",
        ("region.toml:9: path '': is not text", "Write text"),
        HEAD + ZONES.replace("zones.csv", ""),
    ),
    Fault(
        "two thousand columns",
        ("zones.csv:1: heading 'c0'", "no column of table zones", "and 1000 more"),
        files=zones(",".join(["zone_id,lat,lon", *(f"c{i}" for i in range(2_000))]), "z,50,6" + ",1" * 2_000),
    ),
    Fault(
        "day as text",
        ("region.toml:3: day '2026-11-02': is not a day", "without quotation marks"),
        HEAD.replace("2026-11-02", '"2026-11-02"', 1) + ZONES,
    ),
    Fault(
        "unknown kind of source",
        ("region.toml:7: kind 'tabel': is not a kind of source", "Did you mean 'table'?"),
        HEAD + ZONES.replace('"table"', '"tabel"', 1),
    ),
    Fault(
        "unknown table",
        ("region.toml:8: table 'zonen': is not one of the values allowed", "Did you mean 'zones'?"),
        HEAD + ZONES.replace('"zones"', '"zonen"'),
    ),
    Fault(
        "key of another kind of source",
        ("region.toml:10: feed 'x': no such key here", "Known are"),
        HEAD + ZONES + 'feed = "x"\n',
    ),
    Fault(
        "no provenance",
        ("region.toml:6: provenance '': nothing says where the rows are from", "Add provenance"),
        HEAD.replace("provenance", "# provenance") + ZONES,
    ),
    Fault(
        "real people",
        ("region.toml:4: kind 'consented': is not one of the values allowed", "observed, modelled, assumed"),
        HEAD.replace("modelled", "consented") + ZONES,
    ),
    Fault(
        "missing file",
        ("region.toml:9: path 'zone.csv': there is no such file", "Did you mean 'zones.csv'?"),
        HEAD + ZONES.replace("zones.csv", "zone.csv"),
    ),
    Fault(
        "mapping of what is no column",
        ("zones.csv: columns 'zone': table zones has no such column", "Did you mean 'zone_id'?"),
        HEAD + ZONES + 'columns = { zone = "zone_id" }\n',
    ),
    Fault(
        "mapping of what is no heading",
        ("zones.csv:1: columns 'ids': the file has no such heading", "Did you mean 'id'?"),
        HEAD + ZONES + 'columns = { zone_id = "ids" }\n',
        zones("id,lat,lon", "z,50,6"),
    ),
    Fault(
        "ignoring what is not there",
        ("zones.csv:1: ignore 'school': the file has no such heading", "Did you mean 'schools'?"),
        HEAD + ZONES + 'ignore = ["school"]\n',
        zones("zone_id,lat,lon,schools", "z,50,6,1"),
    ),
    Fault(
        "two ways to ignore",
        ("region.toml:11: rest 'ignore': says the same as ignore", "Keep ignore"),
        HEAD + ZONES + 'ignore = ["lat"]\nrest = "ignore"\n',
    ),
    Fault(
        "one feed for two timetables",
        ("region.toml:14: feed 'a': names two timetables", "a feed of its own"),
        HEAD + '\n[[source]]\nkind = "gtfs"\npath = "."\nfeed = "a"\n' * 2,
    ),
    Fault(
        "occupation that is nowhere",
        ("occupations_local:baker: occupation_id 'baker': is in no list", "named by 1 row", "Add it"),
        MAPPED_OCCUPATIONS,
        {
            "person_occupations.csv": "person_id,occupation_id,years\np,baker,3\n",
            "occupations_local.csv": "occupation_id,isco08,label\nminer,8111,Miner\n",
        },
    ),
    Fault(
        "occupation that is nowhere, no taxonomy",
        ("occupations_local:bakr: occupation_id 'bakr'", "named by 1 row", "ISCO-08 or KldB", "Did you mean 'baker'?"),
        HEAD + sources("person_occupations", "occupations_local"),
        {
            "person_occupations.csv": "person_id,occupation_id,years\np,bakr,3\n",
            "occupations_local.csv": "Beruf,KldB\nbaker,29222\n",
        },
    ),
    Fault(
        "own occupations beside a taxonomy",
        ("occupations_local: nothing says how to find them", "Add a section [map]"),
        HEAD + sources("occupations", "occupations_local"),
        {
            "occupations.csv": "occupation_id\nminer\n",
            "occupations_local.csv": "Beruf,KldB\nbaker,29222\n",
        },
    ),
    Fault(
        "occupation without ISCO code to map by",
        ("occupations_local:baker: isco08 '': has no ISCO-08 code", "Add the code"),
        MAPPED_OCCUPATIONS,
        {
            "person_occupations.csv": "person_id,occupation_id,years\np,baker,3\n",
            "occupations_local.csv": "Beruf,KldB\nbaker,29222\n",
        },
    ),
    Fault(
        "file that is no table's",
        ("region.toml:8: path 'vacancies - Kopie.csv'", "not the name of a table", "Did you mean 'vacancies.csv'?"),
        HEAD + FOLDER,
        {"vacancies - Kopie.csv": "x\n1\n"},
    ),
    Fault(
        "spreadsheet not saved as CSV",
        ("zones.xlsx: is", "Save"),
        HEAD + FOLDER,
        {
            "zones.csv": "zone_id,lat,lon\n",
            "zones.xlsx": packed(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}),
        },
    ),
    Fault(
        "file in place of a folder",
        ("region.toml:8: path 'zones.csv': is a file, not a folder", 'kind = "table"'),
        HEAD + FOLDER.replace('"."', '"zones.csv"'),
    ),
    Fault(
        "nothing filled in",
        ("source '': no file of the folders holds a row", "Fill in"),
        HEAD + FOLDER,
        {"zones.csv": "zone_id;lat;lon\n;;\n"},
    ),
    Fault(
        "German word nobody knows",
        ("places.csv:2: kind 'Betreib'", "workplace (Arbeitsort)", "Did you mean 'Betrieb'?"),
        **table("places", "place_id,name,kind,lat,lon\np,Werk,Betreib,50,6\n"),
    ),
    Fault(
        "rows that do not fit together",
        ("people:p: zone_id 'y'", "zones"),
        HEAD + sources("zones", "people"),
        zones("zone_id,lat,lon", "z,50,6")
        | {
            "people.csv": "person_id,zone_id,employment_status,net_need_eur_month,max_minutes,available_from\n"
            "p,y,employed,1500,45,2026-12-01\n"
        },
    ),
    # commands
    Fault(
        "no such recipe",
        ("regoin.toml: there is no such file", "Did you mean 'region.toml'?"),
        command=("build", "{}/regoin.toml"),
    ),
    Fault("recipe is a folder", ("is a folder", "Name"), command=("build", "{}")),
    Fault(
        "no such region", ("nowhere: there is no such folder", "drehkreuz region new"), command=("show", "{}/nowhere")
    ),
    Fault("folder without a region", ("is no region", "drehkreuz region build"), command=("check", "{}")),
    Fault(
        "unknown model",
        ("no model region 'vilage'", "Did you mean 'village'?"),
        command=("new", "{}/v", "--model", "vilage"),
    ),
    Fault(
        "village at twice its size",
        ("cannot be scaled by 2", "Leave out --scale"),
        command=("new", "{}/v", "--scale", "2"),
    ),
    Fault(
        "village by another seed", ("no seed changes it", "Leave out --seed"), command=("new", "{}/v", "--seed", "7")
    ),
    Fault("misspelt verb", ("no verb 'biuld'", "Did you mean 'build'?", "--help"), command=("biuld",)),
    Fault("misspelt option", ("'--lenent'", "Did you mean", "--lenient"), command=("build", "x", "--lenent")),
    Fault("no argument", ("Missing argument 'DIR'", "drehkreuz region show --help"), command=("show",)),
    Fault("templates over a file", ("zones.csv: is already there", "Name another folder"), command=("template", "{}")),
]


def test_names_are_told_apart() -> None:
    """Each fault of the table has a name of its own."""
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_fault_is_told_in_one_line(fault: Fault, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A fault ends with exit code 2 and one line that names file, row, value and remedy; no region is written."""
    for name, content in {"region.toml": fault.recipe, **fault.files}.items():
        (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(SystemExit) as exited:
        main(["region", *(argument.format(tmp_path) for argument in fault.command)])
    output = capsys.readouterr()
    assert (exited.value.code, output.out) == (2, "")
    (line,) = output.err.splitlines()
    assert line.startswith("drehkreuz: ")
    assert "Traceback" not in line
    position = 0
    for piece in fault.says:
        assert piece in line[position:], f"{piece!r} is not in {line!r}"
        position = line.index(piece, position) + len(piece)
    assert not list(tmp_path.glob("*/current"))
