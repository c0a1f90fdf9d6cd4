# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A firm's file: what is read, what is refused, and that no message repeats a cell."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from drehkreuz.commuting import MODES, UNKNOWN
from drehkreuz.errors import InputError
from drehkreuz.reach.modes import DayType
from drehkreuz.region import Region
from drehkreuz.sources.laea import cell_centre, to_degrees
from drehkreuz.sources.park_part import read_part
from drehkreuz.sources.rota import read_rotas
from drehkreuz.sources.workforce import read_centres, read_workforce

ROTA = """\
[[shift]]
name = "früh"
start = "06:00"
end = "14:00"

[[shift]]
name = "nacht"
start = "22:00"
end = "06:00"
day = "saturday"

[[rota]]
name = "wechsel"
shifts = ["früh", "nacht"]
"""

ERIKA = "Erika Mustermann"


def written(folder: Path, text: str, name: str = "staff.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refusal(path: Path, region: Region, folder: Path) -> str:
    rotas = read_rotas(written(folder, ROTA, "rota.toml"))
    with pytest.raises(InputError) as refused:
        read_workforce(path, region, rotas)
    return "\n".join(str(finding) for finding in refused.value.findings)


def test_a_point_of_the_grid_of_europe_lies_where_the_guidance_says() -> None:
    """The worked example of IOGP Guidance Note 7-2: 50° N 5° E is 3,962,799.45 m east and 2,999,718.85 m north."""
    assert to_degrees(3_962_799.45, 2_999_718.85) == pytest.approx((50.0, 5.0), abs=1e-7)
    assert to_degrees(4_321_000.0, 3_210_000.0) == (52.0, 10.0)


def test_both_spellings_of_a_cell_are_the_same_cell() -> None:
    """The short and the long code name one square; what is none is none."""
    assert cell_centre("1kmN3100E4050") == cell_centre("CRS3035RES1000mN3100000E4050000")
    assert cell_centre("100kmN31E40") is None
    assert cell_centre(ERIKA) is None


def test_groups_do_not_depend_on_the_order_of_rows(village: Region, tmp_path: Path) -> None:
    """Rows of the same home, shift, mode and days are one group, whatever stands between them."""
    head = "Wohnort;Schicht;Verkehrsmittel;Anzahl;Tage\n"
    rows = ["Z01;früh;Auto;3;5", "Z02;wechsel;ÖPNV;1;4,5", "Z01;früh;pkw;2;5", "Z03;06:00-14:00;;1;"]
    rotas = read_rotas(written(tmp_path, ROTA, "rota.toml"))
    one = read_workforce(written(tmp_path, head + "\n".join(rows)), village, rotas).staff
    other = read_workforce(written(tmp_path, head + "\n".join(reversed(rows)), "b.csv"), village, rotas).staff
    assert (one.total, len(one)) == (7, 3)
    for name in ("zone", "rota", "mode", "people", "days"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    assert one.rotas == other.rotas
    assert one.people.tolist() == [5, 1, 1]
    assert [MODES[mode].value if mode != UNKNOWN else "" for mode in one.mode] == ["car", "transit", ""]
    assert one.days.tolist() == [5.0, 4.5, 5.0]


def test_a_rota_file_knows_nights_days_and_turns(tmp_path: Path) -> None:
    """A night ends on the next day, of Saturday's on Sunday; a rota is worked on all its shifts."""
    rotas = read_rotas(written(tmp_path, ROTA, "rota.toml"))
    night = rotas["nacht"].shifts[0].times
    assert (night.day_out, night.day_back) == (DayType.SATURDAY, DayType.SUNDAY)
    assert [shift.name for shift in rotas["wechsel"].shifts] == ["früh", "nacht"]
    assert rotas["wechsel"].clock == "06:00-14:00+22:00-06:00 saturday"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ROTA.replace('06:00"\nend', '6 Uhr"\nend'), "no time of day"),
        (ROTA.replace('"früh", "nacht"', '"fruh"'), "is no shift of this file"),
        (ROTA.replace('name = "wechsel"', 'name = "nacht"'), "there already"),
        ("[[rota]]\n", "shift"),
    ],
)
def test_a_rota_file_that_is_wrong_is_said(tmp_path: Path, text: str, told: str) -> None:
    """Times, names and keys are checked, with the line."""
    with pytest.raises(InputError, match=told):
        read_rotas(written(tmp_path, text, "rota.toml"))


def test_a_rota_of_the_region_may_be_named(village: Region, tmp_path: Path) -> None:
    """A shift that no rota file names may be a rota of the region, by its id."""
    rota = village.table("shifts").filter(on_call=False)["shift_system_id"][0]
    staff = read_workforce(written(tmp_path, f"where,shift\nZ01,{rota}\n"), village, {}).staff
    assert staff.rotas[0].name == rota


def test_coordinates_are_snapped_and_dropped(village: Region, tmp_path: Path) -> None:
    """A point becomes the nearest cell; one far away lies outside; nothing else of it is kept."""
    lat, lon = village.table("zones").select("lat", "lon").row(4)
    text = f"lat,lon,shift\n{lat + 0.001},{lon},06:00-14:00\n52.5,13.4,06:00-14:00\n"
    read = read_workforce(written(tmp_path, text), village, {})
    assert read.snapped
    assert read.staff.zone.tolist() == [UNKNOWN, 4]


def test_postcodes_lie_where_a_list_says(village: Region, tmp_path: Path) -> None:
    """Postcodes that are no cells of the region need a list of their centres."""
    lat, lon = village.table("zones").select("lat", "lon").row(2)
    centres = read_centres(written(tmp_path, f"PLZ;lat;lon\n52249;{lat};{lon}\n", "plz.csv"))
    staff = read_workforce(written(tmp_path, "plz,shift\n52249,06:00-14:00\n"), village, {}, centres).staff
    assert staff.zone.tolist() == [2]


@pytest.mark.parametrize(
    "heading",
    [
        "Name", "Vorname", "Nachname", "first name", "Last_Name", "Mitarbeiter", "E-Mail", "email", "Telefon", "Mobilnummer",
        "Personalnummer", "Pers.-Nr.", "staff id", "ID", "Ausweis", "Geburtsdatum", "geb.", "birth date", "DOB", "Alter",
        "Straße", "Hausnummer", "Adresse", "street", "Geschlecht", "Abteilung", "Gehalt", "Steuer-ID", "IBAN",
    ],
)  # fmt: skip
def test_what_points_to_people_is_refused(village: Region, tmp_path: Path, heading: str) -> None:
    """A column that looks like names, numbers, addresses or birth dates refuses the file; no cell is repeated."""
    path = written(tmp_path, f"where,{heading},shift\nZ01,{ERIKA},früh\n")
    told = refusal(path, village, tmp_path)
    assert "column 2 looks like" in told
    assert ERIKA not in told
    assert "Delete the column" in told


@pytest.mark.parametrize(
    "text",
    [
        f"{ERIKA},Z01,früh\n{ERIKA},Z02,früh\n",  # no headings at all
        f"where,Bemerkung,shift\nZ01,{ERIKA},früh\n",  # a column nobody knows
        f"where,shift\n{ERIKA},früh\n",  # a name in place of a cell
        f"where,shift\nZ01,{ERIKA}\n",
        f"where,shift,mode\nZ01,früh,{ERIKA}\n",
        f"where,shift,count\nZ01,früh,{ERIKA}\n",
        f"where,shift\nZ01,früh,{ERIKA}@example.org\n",
        f"where,shift\n{ERIKA} 01.02.1970,früh\n",
        f"lat,lon,shift\n{ERIKA},6.3,früh\n",
    ],
)
def test_no_message_repeats_what_stands_in_a_file(village: Region, tmp_path: Path, text: str) -> None:
    """Whatever is wrong is told by row and column alone."""
    told = refusal(written(tmp_path, text), village, tmp_path)
    assert "Mustermann" not in told
    assert "1970" not in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "empty"),
        ("where,shift\n", "no row of people"),
        ("where\nZ01\n", "no column shift"),
        ("shift\nfrüh\n", "no column where"),
        ("where,wohnort,shift\nZ01,Z01,früh\n", "both mean where"),
        ("where,shift,count\nZ01,früh,1.5\n", "whole number"),
        ("where,shift,days\nZ01,früh,9\n", "number in range"),
    ],
)
def test_a_file_that_is_wrong_is_said(village: Region, tmp_path: Path, text: str, told: str) -> None:
    """What is missing or out of range is named, with what to do."""
    assert told in refusal(written(tmp_path, text), village, tmp_path)


def test_a_park_takes_no_list_of_people_and_no_small_group(village: Region, tmp_path: Path) -> None:
    """Only tables of groups of five and more are taken; a refusal repeats nothing of the file."""
    with pytest.raises(InputError, match="no table for a business park") as refused:
        read_part(written(tmp_path, f"name,where\n{ERIKA},Z01\n"), village, 5)
    assert "Mustermann" not in str(refused.value)
    head = "level,area,times,mode,people,days\n"
    with pytest.raises(InputError, match="fewer than 5"):
        read_part(written(tmp_path, f"{head}zone,Z01,06:00-14:00,car,4,5.0\n"), village, 5)
    with pytest.raises(InputError, match="no group of such a table"):
        read_part(written(tmp_path, f"{head}zone,Z01,06:00-14:00,rocket,9,5.0\n"), village, 5)
    part = read_part(written(tmp_path, f"{head}zone,Z01,06:00-14:00+22:00-06:00 saturday,car,9,5.0\n"), village, 5)
    assert part.rotas[0] is not None
    assert part.rotas[0].shifts[1].times.day_back is DayType.SUNDAY
