# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`charging` on the village, as people meet it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import polars as pl
import pytest

from drehkreuz.region import Region, open_region
from drehkreuz.sources import ocpi_status

Run = Callable[..., tuple[int, str, str]]

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory, village: Region) -> Path:
    """A register with a slow site in the first cell of the village, a fast one in the second, and one far away."""
    zones = village.table("zones")
    head = "Betreiber;Straße;Hausnummer;Postleitzahl;Ort;Breitengrad;Längengrad;Inbetriebnahmedatum;Anschlussleistung;"
    head += "Art der Ladeeinrichung;Anzahl Ladepunkte;Steckertypen1;P1 [kW];Steckertypen2;P2 [kW]"
    rows = [
        (zones["lat"][0], zones["lon"][0], "01.02.2024", "44", "Normalladeeinrichtung", "22"),
        (zones["lat"][1], zones["lon"][1], "03.04.2025", "600", "Schnellladeeinrichtung", "300"),
        (54.1, 10.0, "03.04.2025", "600", "Schnellladeeinrichtung", "300"),
    ]
    lines = [
        f"Beispielwerke;Weg;{n};12345;Dorf;{lat};{lon};{day};{kw};{kind};2;AC Steckdose Typ 2;{each};AC Steckdose Typ 2;{each}"
        for n, (lat, lon, day, kw, kind, each) in enumerate(rows)
    ]
    path = tmp_path_factory.mktemp("register") / "register.csv"
    path.write_text("\n".join([head, *lines]), encoding="utf-8")
    return path


def picture_of(path: Path) -> ET.Element:
    """Parse a picture; it has a title and a description for who does not see it."""
    root = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314  # our own file
    assert root.tag == f"{SVG}svg"
    assert root.find(f"{SVG}title").text  # type: ignore[union-attr]
    assert root.find(f"{SVG}desc").text  # type: ignore[union-attr]
    return root


def test_need_on_screen_and_as_json_agree(run: Run, village_folder: Path, register: Path) -> None:
    """Points that stand are those of the register, on the screen, in JSON and by municipality; figures add up."""
    command = ("charging", "need", village_folder, "--register", register)
    code, out, err = run(*command)
    assert (code, err) == (0, "")
    assert "Ladebedarf für Pkw im Jahr 2030" in out
    assert "Neuester Ladestandort in den Daten: 03.04.2025." in out
    answer = json.loads(run(*command, "--json")[1])
    normal, fast = answer["classes"]
    assert (normal["existing"], fast["existing"], answer["away"]) == (2, 2, 1)
    assert sum(town["normal_need"] for town in answer["municipalities"]) == pytest.approx(
        normal["need"]["mid"], abs=0.01
    )
    assert sum(use["kwh"] for use in answer["uses"]) == pytest.approx(answer["kwh"]["mid"])
    assert answer["assumptions"]["parameters"]["car_kwh"]["kind"] == "assumed"


def test_without_a_register_that_is_said(run: Run, village_folder: Path) -> None:
    """A region without sites does not pretend that nothing was built: it says that it does not know."""
    assert "The region has no charging sites" in run("charging", "need", village_folder, "--lang", "en")[1].replace(
        "\n", " "
    )


@pytest.mark.parametrize(
    "command",
    [
        ("need",),
        ("need", "--vehicles", "truck", "--year", 2035),
        ("site", "--build", 2),
        ("site", "--class", "fast", "--build", 1, "--at", "stops"),
        ("afir", "--by", "2027-12-31"),
    ],
    ids=lambda command: " ".join(str(part) for part in command),
)
def test_every_verb_writes_a_table_points_and_a_map(
    run: Run, village_folder: Path, register: Path, tmp_path: Path, command: tuple[object, ...]
) -> None:
    """CSV and GeoJSON have the same rows, the map is a picture with words in the language asked."""
    verb, *options = command
    call = ("charging", verb, village_folder, "--register", register, *options)
    for name in ("a.csv", "a.geojson", "a.svg"):
        code, _, err = run(*call, "--lang", "en", "--out", tmp_path / "new" / name)
        assert (code, err) == (0, "")
    table = pl.read_csv(tmp_path / "new" / "a.csv")
    features = json.loads((tmp_path / "new" / "a.geojson").read_text(encoding="utf-8"))["features"]
    assert len(features) == len(table.drop_nulls(["lat", "lon"]))
    root = picture_of(tmp_path / "new" / "a.svg")
    written = " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
    assert any(word in written for word in ("assumed", "assumption", "yardstick"))


def test_the_same_input_gives_the_same_bytes(run: Run, village_folder: Path, register: Path, tmp_path: Path) -> None:
    """Two runs write the same picture and the same object."""
    call = ("charging", "need", village_folder, "--register", register)
    first, second = (run(*call, "--out", tmp_path / f"{n}.svg", "--json")[1] for n in (1, 2))
    assert first.replace("1.svg", "2.svg") == second
    assert (tmp_path / "1.svg").read_bytes() == (tmp_path / "2.svg").read_bytes()


def test_afir_by_direction_and_node(
    run: Run, village_folder: Path, village: Region, register: Path, tmp_path: Path
) -> None:
    """A road past the fast site lists each direction for cars and trucks; an unverified target says so."""
    lat, lon = village.table("zones")["lat"][1], village.table("zones")["lon"][1]
    rows = [
        f"Modell-A,core,{way},{lat},{lon + at}" for way, ends in (("Ost", (-1, 1)), ("West", (1, -1))) for at in ends
    ]
    roads = tmp_path / "roads.csv"
    roads.write_text("\n".join(["road,network,direction,lat,lon", *rows]), encoding="utf-8")
    call = ("charging", "afir", village_folder, "--register", register, "--roads", roads)
    code, out, _ = run(*call, "--by", "2035-12-31")
    assert code == 0
    assert "Modell-A → Ost" in out
    assert "ungeprüft" in out
    answer = json.loads(run(*call, "--json")[1])
    assert [(one["direction"], one["vehicles"], one["meeting"]) for one in answer["roads"]] == [
        ("Ost", "car", 1), ("Ost", "truck", 0), ("West", "car", 1), ("West", "truck", 0),
    ]  # fmt: skip
    assert {rule["id"] for rule in answer["rules"]} >= {"cars-core-2027", "trucks-core-2030", "fleet"}
    code, _, err = run(*call, "--node", "nowhere")
    assert code == 2
    assert "is no municipality of the region" in err


def test_import_shows_and_writes_only_when_asked(
    run: Run, village_folder: Path, register: Path, tmp_path: Path
) -> None:
    """Without --write the region stays as it is; with it, a new snapshot holds the sites, their source and licence."""
    folder = tmp_path / "village"
    shutil.copytree(village_folder, folder, symlinks=True)
    code, out, _ = run("charging", "import", folder, register)
    assert code == 0
    assert "Nichts geschrieben" in out
    assert open_region(folder).table("charging_sites").is_empty()
    answer = json.loads(run("charging", "import", folder, register, "--write", "--json")[1])
    assert (answer["sites"], answer["points"], answer["inside"], answer["away"]) == (3, 6, 2, 1)
    region = open_region(folder)
    assert len(region.table("charging_points")) == 6
    known = region.manifest.provenance["charging_sites"]
    assert (known.kind, known.licence) == ("observed", "CC-BY-4.0")
    assert "register.csv" in known.source
    needed = json.loads(run("charging", "need", folder, "--json")[1])
    assert needed["sites"] == 3


def test_import_shows_how_points_are_and_since_when(run: Run, village_folder: Path, tmp_path: Path) -> None:
    """Free, used and broken points are counted, with the times between which that was reported; the map has a dot for the site."""
    points = [
        {"uid": str(n), "status": s, "connectors": []} for n, s in enumerate(("AVAILABLE", "CHARGING", "INOPERATIVE"))
    ]
    site = {
        "country_code": "DE", "party_id": "EXA", "id": "1", "publish": True, "address": "Weg 1", "city": "Dorf", "country": "DEU",
        "coordinates": {"latitude": "50.8", "longitude": "6.4"}, "time_zone": "Europe/Berlin", "evses": points,
        "last_updated": "2026-11-23T10:00:00Z",
    }  # fmt: skip
    path = tmp_path / "locations.json"
    path.write_text(json.dumps([site]), encoding="utf-8")
    call = ("charging", "import", village_folder, path, "--kind", "ocpi", "--out", tmp_path / "map.svg")
    out = run(*call)[1]
    assert "2026-11-23 10:00 UTC" in out
    answer = json.loads(run(*call, "--json")[1])
    assert answer["status"] == {"available": 1, "busy": 1, "broken": 1, "other": 0}
    picture_of(tmp_path / "map.svg")


def test_nothing_is_fetched_unless_asked(run: Run, village_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address is only taken with --url and --kind ocpi; a file and an address at once are refused."""

    def never(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(ocpi_status, "urlopen", never)
    for options in (("--url", "https://example.org"), (), ("x.json", "--kind", "ocpi", "--url", "https://example.org")):
        code, _, err = run("charging", "import", village_folder, *options)
        assert code == 2
        assert "name either FILE, or --url" in err


def test_every_assumption_can_be_read(run: Run, tmp_path: Path) -> None:
    """The list shows each value with its source; a file of one's own is shown in its place."""
    own = tmp_path / "own.toml"
    own.write_text("[parameters.car_kwh]\nmid = 19.5\n", encoding="utf-8")
    code, out, err = run("charging", "assumptions", "--assumptions", own)
    assert (code, err) == (0, "")
    assert "19,5" in out
    answer = json.loads(run("charging", "assumptions", "--json")[1])
    assert set(answer) == {"parameters", "fleet", "split", "grid"}
    assert all(name in out for section in answer.values() for name in section)


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (("need", "--year", 2060), "2026 to 2040"),
        (("need", "--out", "x.pdf"), "has none of the endings"),
        (("need", "--register", "missing.csv"), "missing.csv"),
        (("need", "--official", "missing.csv"), "cannot be read"),
        (("need", "--freight", "depots.csv"), "--freight says nothing of --vehicles car"),
        (("need", "--vehicles", "truck", "--official", "cars.csv"), "--official says nothing"),
        (("need", "--vehicles", "truck", "--freight", "missing.csv"), "cannot be read"),
        (("afir", "--by", "2050-01-01"), "2026 to 2040"),
        (("site", "--build", 0), "--build"),
    ],
)
def test_faults_are_one_sentence(run: Run, village_folder: Path, options: tuple[object, ...], problem: str) -> None:
    """What cannot be answered is said in one line with exit code 2."""
    verb, *rest = options
    code, out, err = run("charging", verb, village_folder, *rest)
    assert (code, out) == (2, "")
    assert problem in err
    assert "Traceback" not in err


def test_a_real_register(run: Run, village_folder: Path, data: Path) -> None:
    """The newer layout of the register is read whole: every site and more points than sites."""
    path = data / "charging" / "Ladesaeulenregister_Koeln_2022.csv"
    answer = json.loads(run("charging", "import", village_folder, path, "--json")[1])
    assert answer["sites"] == 292
    assert answer["points"] > 292
