# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""OCPI's locations and tariffs: the standard's own examples, hidden places, and that what is written comes back."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.errors import InputError
from drehkreuz.region import Manifest, Region
from drehkreuz.sources.charging_register import read_charging_register
from drehkreuz.sources.ocpi import TABLES_READ, read_ocpi
from drehkreuz.sources.ocpi_write import write_locations, write_tariffs

LOCATION: dict[str, Any] = {
    "country_code": "DE",
    "party_id": "MOD",
    "id": "L1",
    "publish": True,
    "name": "Modell-Ladeplatz",
    "address": "Musterweg 1",
    "city": "Düren",
    "postal_code": "52349",
    "country": "DEU",
    "coordinates": {"latitude": "50.800000", "longitude": "6.480000"},
    "operator": {"name": "Modellwerke"},
    "evses": [
        {
            "uid": "E1",
            "evse_id": "DE*MOD*E1",
            "status": "AVAILABLE",
            "connectors": [
                {
                    "id": "1", "standard": "IEC_62196_T2", "format": "SOCKET", "power_type": "AC_3_PHASE",
                    "max_voltage": 230, "max_amperage": 32, "tariff_ids": ["T1"], "last_updated": "2026-01-01T00:00:00Z",
                },
                {
                    "id": "2", "standard": "CHADEMO", "format": "CABLE", "power_type": "DC", "max_voltage": 400,
                    "max_amperage": 125, "max_electric_power": 50000, "last_updated": "2026-01-01T00:00:00Z",
                },
            ],
            "last_updated": "2026-01-01T00:00:00Z",
        }
    ],
    "opening_times": {
        "twentyfourseven": False,
        "regular_hours": [{"weekday": 1, "period_begin": "07:00", "period_end": "18:00"}],
    },
    "time_zone": "Europe/Berlin",
    "last_updated": "2026-01-01T00:00:00Z",
}  # fmt: skip

TARIFF: dict[str, Any] = {
    "country_code": "DE",
    "party_id": "MOD",
    "id": "T1",
    "currency": "EUR",
    "elements": [
        {
            "price_components": [{"type": "ENERGY", "price": 0.5, "vat": 19.0, "step_size": 1}],
            "restrictions": {"max_power": 22.0, "day_of_week": ["MONDAY"]},
        },
        {"price_components": [{"type": "FLAT", "price": 1.0}, {"type": "TIME", "price": 2.0, "step_size": 300}]},
    ],
    "tariff_alt_text": [{"language": "en", "text": "half a euro"}, {"language": "de", "text": "ein halber Euro"}],
    "last_updated": "2026-01-01T00:00:00Z",
}


def write(folder: Path, document: object, name: str = "ocpi.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def region(tables: dict[str, pl.DataFrame]) -> Region:
    return Region(Manifest("t", "T", date(2026, 11, 2), "de", {}), tables)


def test_a_location(tmp_path: Path) -> None:
    """A location gives a site, its points and plugs; a plug's power is voltage times current times phases."""
    tables, findings = read_ocpi(write(tmp_path, LOCATION))
    [site], [point] = tables["charging_sites"].to_dicts(), tables["charging_points"].to_dicts()
    assert findings == []
    assert (site["site_id"], site["lat"], site["country"], site["points"]) == ("DE*MOD*L1", 50.8, "DE", 1)
    assert (site["opening_hours"], site["fast"], point["power_kw"]) == ("Mo 07:00-18:00", True, 50)
    assert tables["charging_plugs"]["power_kw"].to_list() == [22.08, 50]
    assert tables["charging_plugs"]["tariff_ids"].to_list() == ["DE*MOD*T1", None]


def test_an_answer_of_a_server(tmp_path: Path) -> None:
    """A server's answer, a list and a folder of files give the same sites and prices."""
    single, _ = read_ocpi(write(tmp_path, [LOCATION, TARIFF]))
    answer, _ = read_ocpi(write(tmp_path, {"data": [LOCATION, TARIFF], "status_code": 1000}, "answer.json"))
    (tmp_path / "both").mkdir()
    write(tmp_path / "both", LOCATION, "l.json")
    write(tmp_path / "both", TARIFF, "t.json")
    folder, _ = read_ocpi(tmp_path / "both")
    for name in TABLES_READ:
        assert answer[name].equals(single[name])
        assert folder[name].equals(single[name])


def test_hidden_places(tmp_path: Path) -> None:
    """A location that is not to be published, such as one at home, is left out and counted."""
    tables, findings = read_ocpi(write(tmp_path, [LOCATION | {"publish": False, "id": "home"}, LOCATION]))
    assert tables["charging_sites"]["site_id"].to_list() == ["DE*MOD*L1"]
    assert "1 locations are not to be published" in str(findings[0])


def test_round_trip(tmp_path: Path) -> None:
    """What is read of a location and a tariff is read again of what is written of them."""
    tables, _ = read_ocpi(write(tmp_path, [LOCATION, TARIFF]))
    locations, findings = write_locations(region(tables))
    again = json.loads(locations) + json.loads(write_tariffs(region(tables)))
    reread, _ = read_ocpi(write(tmp_path, again, "again.json"))
    assert findings == []
    for name in TABLES_READ:
        assert reread[name].rows() == tables[name].rows(), name


def test_a_register_as_ocpi(tmp_path: Path) -> None:
    """An AC plug known by its power alone gets 230 V and its current; a DC plug without voltage is left out and listed."""
    path = tmp_path / "register.csv"
    path.write_text(
        "Betreiber;Straße;Postleitzahl;Ort;Breitengrad;Längengrad;Anzahl Ladepunkte;Steckertypen1;P1 [kW];Steckertypen2;P2 [kW]\n"
        "Modellwerke;Musterweg;52349;Düren;50,8;6,48;2;AC Steckdose Typ 2;22;DC CHAdeMO;50\n",
        encoding="utf-8",
    )
    tables, _ = read_charging_register(path)
    locations, [finding] = write_locations(region(tables))
    [site] = json.loads(locations)
    [evse] = site["evses"]
    assert {key: evse["connectors"][0][key] for key in ("power_type", "max_voltage", "max_amperage")} == {
        "power_type": "AC_3_PHASE",
        "max_voltage": 230,
        "max_amperage": 32,
    }
    assert {"country_code", "party_id", "id", "publish", "coordinates", "time_zone", "last_updated"} <= set(site)
    assert "CHADEMO" in str(finding)


@pytest.mark.parametrize("document", [{}, [], [1, "a"], {"data": None}, {"uid": "1", "connectors": []}])
def test_neither(tmp_path: Path, document: object) -> None:
    """A file without a whole location or tariff is refused in words."""
    with pytest.raises(InputError, match="holds no whole location and no tariff"):
        read_ocpi(write(tmp_path, document))


PATHS = [
    ("coordinates",),
    ("evses",),
    ("evses", 0, "connectors"),
    ("evses", 0, "uid"),
    ("opening_times",),
    ("country",),
    ("id",),
]
SCRAPS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "weekday", "standard"]), inner, max_size=2)
    ),
    max_leaves=6,
)


@settings(max_examples=8)
@given(path=st.sampled_from(PATHS), value=SCRAPS, key=st.sampled_from(sorted(TARIFF)), lenient=st.booleans())
def test_any_value_anywhere(
    tmp_path_factory: pytest.TempPathFactory, path: tuple[Any, ...], value: Any, key: str, *, lenient: bool
) -> None:
    """Whatever stands in the place of a property, it is read or refused in words."""
    location = copy.deepcopy(LOCATION)
    inner: Any = location
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    with suppress(InputError):
        read_ocpi(write(tmp_path_factory.mktemp("ocpi"), [location, TARIFF | {key: value}]), lenient=lenient)


@pytest.mark.data
def test_examples_of_the_standard(data: Path, tmp_path: Path) -> None:
    """Of the standard's 61 examples those that are whole locations and tariffs are read, and all others refused in words."""
    paths = sorted((data / "charging" / "ocpi-examples").glob("*.json"))
    whole: dict[str, list[Any]] = {"location": [], "tariff": []}
    for path in paths:
        document = json.loads(path.read_text(encoding="utf-8"))
        keys = set(document) if isinstance(document, dict) else set()
        kind = "location" if "coordinates" in keys else "tariff" if {"elements", "id"} <= keys else None
        if kind is None:
            with pytest.raises(InputError, match="no whole location and no tariff"):
                read_ocpi(path)
        else:
            whole[kind].append(document | {"id": path.stem})
    assert (len(paths), len(whole["location"])) == (61, 6)
    assert len(whole["tariff"]) >= 18
    tables, _ = read_ocpi(write(tmp_path, whole["tariff"]))
    elements = [element for tariff in whole["tariff"] for element in tariff["elements"]]
    assert len(tables["charging_tariffs"]) == sum(len(element["price_components"]) for element in elements)
    for location in whole["location"]:
        tables, _ = read_ocpi(write(tmp_path, location))
        assert len(tables["charging_sites"]) == location["publish"]


@pytest.mark.data
def test_all_examples_at_once(data: Path) -> None:
    """As a folder, the examples give the sites that may be shown, and say how many may not."""
    tables, findings = read_ocpi(data / "charging" / "ocpi-examples", lenient=True)
    assert "DE*ALL*14" in tables["charging_tariffs"]["tariff_id"]
    assert any("are not to be published" in str(finding) for finding in findings)
