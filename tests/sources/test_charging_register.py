# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The register of charging points: its layouts, and the numbers of the published files."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.errors import InputError
from drehkreuz.sources.charging_register import read_charging_register
from sources.workbooks import write_workbook

OLD = (
    "Ladesäulenregister Bundesnetzagentur;;;;;;;;;;;;;;\n;;\nStand: 19.07.2019\n"
    "Betreiber;Adresse;Postleitzahl Ort;Bundesland;Längengrad [DG];Breitengrad [DG];Inbetriebnahmedatum;"
    "Anschlussleistung [kW];Art der Ladeeinrichtung;Anzahl Ladepunkte;Steckertypen1;P1 [kW];Public Key1;Steckertypen2;P2 [kW]\n"
    "Modellwerke;Musterweg 1;52349 Düren;NRW;6,48;50,80;14.04.10;22,2;Normalladeeinrichtung;2;"
    "AC Steckdose Typ 2;22,2;;AC Schuko;3,7\n"
)
NEW_HEADINGS = (
    "Ladeeinrichtungs-ID;Betreiber;Anzeigename (Karte);Status;Art der Ladeeinrichtung;Anzahl Ladepunkte;"
    "Nennleistung Ladeeinrichtung [kW];Inbetriebnahmedatum;Straße;Hausnummer;Adresszusatz;Postleitzahl;Ort;"
    "Kreis/kreisfreie Stadt;Bundesland;Breitengrad;Längengrad;Standortbezeichnung;Informationen zum Parkraum;Bezahlsysteme;"
    "Öffnungszeiten;Öffnungszeiten: Wochentage;Öffnungszeiten: Tageszeiten;"
    "Steckertypen1;Nennleistung Stecker1;EVSE-ID1;Public Key1;Steckertypen2;Nennleistung Stecker2;EVSE-ID2;Public Key2"
)
NEW = (
    f"Ladesäulenregister Bundesnetzagentur;;\n;;\nLetzte Aktualisierung vom: 01.09.2026;;\n{NEW_HEADINGS}\n"
    "1001;Modellwerke;Modellwerke;In Betrieb;Schnellladeeinrichtung;2;150;11.01.2021;Musterweg;1;Hof;52349;Düren;Düren;NRW;"
    '50,80;6,48;;;"RFID-Karte;Kreditkarte";247;;;DC Fahrzeugkupplung Typ Combo 2 (CCS);150;DE*MOD*E1;K;'
    '"AC Typ 2 Steckdose; AC Schuko";"22; 3,7";;\n'
    "1002;Modellwerke;;In Wartung;Normalladeeinrichtung;1;22;2022-02-01;Musterweg;2;;52062;Aachen;Aachen;NRW;"
    '50,77;6,08;;;;Eingeschränkt;"Montag; Samstag";"08:00 - 20:00; 09:00 - 14:00";"AC Typ 2\nFahrzeugkupplung";22;;;;;;\n'
)


def write(folder: Path, text: str, name: str = "register.csv", encoding: str = "utf-8-sig") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


def test_layout_of_2019(tmp_path: Path) -> None:
    """In the first layout postcode and town share a cell, longitude stands before latitude, and years have two digits."""
    tables, findings = read_charging_register(write(tmp_path, OLD))
    [site] = tables["charging_sites"].to_dicts()
    assert findings == []
    assert (site["lat"], site["lon"], site["postcode"], site["town"]) == (50.8, 6.48, "52349", "Düren")
    assert (site["opened"], site["points"], site["fast"], site["power_kw"]) == (date(2010, 4, 14), 2, False, 22.2)
    assert tables["charging_points"]["power_kw"].to_list() == [22.2, 3.7]
    assert tables["charging_plugs"]["standard"].to_list() == ["IEC_62196_T2", "DOMESTIC_F"]


def test_todays_layout(tmp_path: Path) -> None:
    """In today's layout devices have numbers, plugs of a point their own power, and cells may hold line breaks."""
    tables, findings = read_charging_register(write(tmp_path, NEW))
    fast, slow = tables["charging_sites"].to_dicts()
    assert findings == []
    assert (fast["site_id"], fast["fast"], fast["in_service"], fast["opening_hours"]) == ("1001", True, True, "24/7")
    assert (slow["in_service"], slow["opening_hours"]) == (False, "Mo 08:00-20:00; Sa 09:00-14:00")
    assert slow["opened"] == date(2022, 2, 1)
    assert tables["charging_points"].select("point_id", "power_kw", "evse_id").rows() == [
        ("1001*1", 150, "DE*MOD*E1"),
        ("1001*2", 22, None),
        ("1002*1", 22, None),
    ]
    plugs = tables["charging_plugs"].select("point_id", "standard", "format", "power_type", "power_kw").rows()
    assert plugs == [
        ("1001*1", "IEC_62196_T2_COMBO", "CABLE", "DC", 150),
        ("1001*2", "IEC_62196_T2", "SOCKET", None, 22),
        ("1001*2", "DOMESTIC_F", "SOCKET", None, 3.7),
        ("1002*1", "IEC_62196_T2", "CABLE", None, 22),
    ]


def test_latin_1_is_said(tmp_path: Path) -> None:
    """A file that is not UTF-8 is read as cp1252, and that is said; with an encoding stated it is refused."""
    path = write(tmp_path, NEW, encoding="cp1252")
    tables, [finding] = read_charging_register(path)
    assert tables["charging_sites"]["town"].to_list() == ["Düren", "Aachen"]
    assert "was read as cp1252" in str(finding)
    with pytest.raises(InputError, match="not UTF-8"):
        read_charging_register(path, encoding="utf-8")


def test_postcodes(tmp_path: Path) -> None:
    """Rows of other postcodes are left out and counted."""
    tables, [finding] = read_charging_register(write(tmp_path, NEW), postcodes=["520"])
    assert tables["charging_sites"]["site_id"].to_list() == ["1002"]
    assert "1 rows have other postcodes" in str(finding)


def test_workbook_and_csv_agree(tmp_path: Path) -> None:
    """The same rows as a workbook give the same sites, ids included."""
    rows: list[list[str | float | None]] = [line.split(";") for line in OLD.splitlines()]
    rows[-1] = [
        "Modellwerke",
        "Musterweg 1",
        "52349 Düren",
        "NRW",
        6.48,
        50.8,
        "date:40282",
        22.2,
        *rows[-1][8:11],
        22.2,
        None,
        "AC Schuko",
        3.7,
    ]
    book = write_workbook(tmp_path / "register.xlsx", rows)
    by_sheet, _ = read_charging_register(book, sheet="Daten")
    by_csv, _ = read_charging_register(write(tmp_path, OLD))
    for name, table in by_csv.items():
        assert by_sheet[name].equals(table), name


REFUSED = {
    "somewhere": (NEW.replace("50,80;6,48", "95,80;6,48"), "lat '95.80': is more than 90"),
    "nowhere": (NEW.replace("50,80;6,48", ";"), "lat '': is empty"),
    "no number": (NEW.replace(";150;11.01", ";viel;11.01"), "power_kw 'viel': is not a number"),
    "no day": (NEW.replace("11.01.2021", "31.02.2021"), "opened '2021-02-31'"),
    "twice": (NEW.replace("1002;", "1001;"), "site_id '1001': stands twice"),
}


@pytest.mark.parametrize(("text", "problem"), REFUSED.values(), ids=REFUSED)
def test_refused(tmp_path: Path, text: str, problem: str) -> None:
    """A faulty row is refused with its line; a lenient reading keeps the others, and no point without its site."""
    path = write(tmp_path, text)
    with pytest.raises(InputError) as refused:
        read_charging_register(path)
    assert any(problem in str(finding) for finding in refused.value.findings)
    tables, _ = read_charging_register(path, lenient=True)
    assert len(tables["charging_sites"]) == 1
    assert set(tables["charging_points"]["site_id"]) == set(tables["charging_sites"]["site_id"])


@pytest.mark.parametrize("text", ["", "\n\n", "a;b\n1;2\n", "\0", "Betreiber;Anzahl Ladepunkte\n" * 200])
def test_no_register(tmp_path: Path, text: str) -> None:
    """A file without the register's headings is refused in words."""
    with pytest.raises(InputError):
        read_charging_register(write(tmp_path, text, encoding="utf-8"))


@settings(max_examples=12)
@given(cells=st.lists(st.text(max_size=12), min_size=1, max_size=31), at=st.integers(0, 30))
def test_any_cells(tmp_path_factory: pytest.TempPathFactory, cells: list[str], at: int) -> None:
    """Whatever stands in a row, it is read or refused in words."""
    line = NEW.splitlines()[4].split(";")
    line[at : at + len(cells)] = cells
    path = tmp_path_factory.mktemp("register") / "r.csv"
    path.write_bytes(f"{NEW_HEADINGS}\n{';'.join(line)}\n".encode("utf-8", "surrogatepass"))
    with suppress(InputError):
        read_charging_register(path, lenient=len(cells) % 2 == 0)


@pytest.mark.data
def test_register_of_2019(data: Path) -> None:
    """The register of July 2019 has 9,690 devices, 447 of them around Aachen; workbook and CSV agree, ids included."""
    folder = data / "charging"
    tables, _ = read_charging_register(folder / "ladesaeulen_2019-07-19.csv.gz")
    sites = tables["charging_sites"]
    assert len(sites) == 9_690
    assert len(sites.filter(pl.col("lon").is_between(5.9, 6.95), pl.col("lat").is_between(50.3, 51.25))) == 447
    assert sites["points"].sum() == 1_147 + 2 * 8_091 + 3 * 108 + 4 * 344
    assert sites["fast"].sum() == 1_258
    by_sheet, _ = read_charging_register(folder / "Ladesaeulenkarte_Datenbankauszug_25__2019-07-19.xlsx")
    assert by_sheet["charging_sites"]["site_id"].to_list() == sites["site_id"].to_list()
    assert by_sheet["charging_plugs"].equals(tables["charging_plugs"])


@pytest.mark.data
def test_register_of_cologne(data: Path) -> None:
    """The later layout, cut to Cologne, has 292 devices, equal ones counted on."""
    tables, findings = read_charging_register(data / "charging" / "Ladesaeulenregister_Koeln_2022.csv")
    assert len(tables["charging_sites"]) == 292
    assert set(tables["charging_sites"]["postcode"].str.slice(0, 2)) == {"50", "51"}
    assert findings == []
