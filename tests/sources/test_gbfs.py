# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""GBFS: the same system in versions 2 and 3, recorded feeds, and feeds of version 3.0 that are written."""

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
from drehkreuz.sources.gbfs import TABLES_READ, read_gbfs
from drehkreuz.sources.gbfs_write import write_gbfs
from sources.feeds import Pack

Feeds = dict[str, dict[str, Any]]

V2: Feeds = {
    "system_information": {
        "system_id": "modell", "language": "de", "name": "Modell-Rad", "timezone": "Europe/Berlin",
        "feed_contact_email": "daten@example.org",
    },
    "vehicle_types": {
        "vehicle_types": [
            {"vehicle_type_id": "p", "form_factor": "bicycle", "propulsion_type": "electric_assist", "max_range_meters": 60000.0},
            {"vehicle_type_id": "b", "form_factor": "bicycle", "propulsion_type": "human", "name": "Rad"},
        ]
    },
    "station_information": {
        "stations": [
            {"station_id": "1", "name": "Markt", "lat": 50.8, "lon": 6.48, "capacity": 12, "vehicle_capacity": {"p": 8, "b": 4}},
            {"station_id": "2", "name": "Bahnhof", "lat": 50.81, "lon": 6.49, "vehicle_type_capacity": {"b": 6}},
            {"station_id": "3", "name": "Abgebaut", "lat": 50.82, "lon": 6.5},
        ]
    },
    "station_status": {
        "stations": [
            {"station_id": "1", "num_bikes_available": 5, "vehicle_types_available": [{"vehicle_type_id": "p", "count": 5}], "is_installed": True},
            {"station_id": "2", "num_bikes_available": 2, "is_installed": 1},
            {"station_id": "3", "num_bikes_available": 0, "is_installed": False},
        ]
    },
    "system_pricing_plans": {
        "plans": [
            {
                "plan_id": "basis", "name": "Basis", "currency": "EUR", "price": 1, "is_taxable": False, "description": "je halbe Stunde",
                "per_min_pricing": [{"start": 30, "rate": 1.5, "interval": 30}, {"start": 30, "rate": 0.5, "interval": 0, "end": 60}],
            }
        ]
    },
    "free_bike_status": {"bikes": [{"bike_id": "x", "lat": 50.8, "lon": 6.4}, {"bike_id": "y", "station_id": "1", "lat": 1, "lon": 1}]},
}  # fmt: skip


def files(feeds: Feeds, version: str = "2.3") -> dict[str, str]:
    wrapped = {"last_updated": 1, "ttl": 0, "version": version}
    return {f"{name}.json": json.dumps(wrapped | {"data": data}) for name, data in feeds.items()}


def as_version_3(feeds: Feeds) -> Feeds:
    """The same system with the names and forms of version 3.0."""
    new = copy.deepcopy(feeds)
    information = new["system_information"]
    information["languages"] = [information.pop("language"), "en"]
    information["name"] = [{"text": "Model Bike", "language": "en"}, {"text": "Modell-Rad", "language": "de"}]
    for item in new["station_information"]["stations"]:
        item["name"] = [{"text": item["name"], "language": "de"}]
        counts = item.pop("vehicle_capacity", None) or item.pop("vehicle_type_capacity", {})
        item["vehicle_docks_capacity"] = [{"vehicle_type_ids": [own], "count": count} for own, count in counts.items()]
    for item in new["station_status"]["stations"]:
        item["num_vehicles_available"] = item.pop("num_bikes_available")
    for name, items in (
        ("vehicle_types", new["vehicle_types"]["vehicle_types"]),
        ("plans", new["system_pricing_plans"]["plans"]),
    ):
        for item in items:
            for key in ("name", "description"):
                if key in item:
                    item[key] = [{"text": item[key], "language": "de"}]
        assert name
    new["vehicle_status"] = {"vehicles": [{"vehicle_id": "x", "lat": 50.8, "lon": 6.4}]}
    del new["free_bike_status"]
    return new


def region(tables: dict[str, pl.DataFrame]) -> Region:
    return Region(Manifest("t", "T", date(2026, 11, 2), "de", {}), tables)


def test_a_system(pack: Pack) -> None:
    """A system gives its stations by the best vehicle they hold, its types, counts and prices; what is dismantled is left out."""
    tables, findings = read_gbfs(pack(files(V2), "feed"))
    stations = tables["sharing_stations"]
    assert stations.select("station_id", "kind", "capacity", "vehicles").rows() == [
        ("modell:1", "pedelec", 12, 5),
        ("modell:2", "bike", None, 2),
    ]
    assert tables["sharing_station_vehicles"].rows() == [
        ("modell:1", "modell:b", None, 4),
        ("modell:1", "modell:p", 5, 8),
        ("modell:2", "modell:b", None, 6),
    ]
    prices = tables["sharing_prices"].select("per", "start", "end", "interval", "price").rows()
    assert prices == [("minute", 30, None, 30, 1.5), ("minute", 30, 60, 0, 0.5), ("trip", 0, None, None, 1)]
    told = [finding.problem for finding in findings]
    assert told == [
        "1 stations are not installed and are left out",
        "1 vehicles stand free, outside of stations, and are not read: where one stands now says nothing of tomorrow",
    ]


def test_versions_agree(pack: Pack) -> None:
    """The same system in version 3.0 gives the same tables, names in the language asked for."""
    old, _ = read_gbfs(pack(files(V2), "old"))
    new, _ = read_gbfs(pack(files(as_version_3(V2), "3.0"), "new.zip"))
    for name in TABLES_READ:
        assert new[name].rows() == old[name].rows(), name


def test_version_1(pack: Pack) -> None:
    """In version 1, which knows no vehicle types, everything is a bicycle."""
    feeds = {name: V2[name] for name in ("system_information", "station_information", "station_status")}
    tables, _ = read_gbfs(pack(files(feeds, "1.0"), "feed"))
    assert set(tables["sharing_stations"]["kind"]) == {"bike"}


def test_unknown_version(pack: Pack) -> None:
    """A version after 3.0 is said, and read as that."""
    _, findings = read_gbfs(pack(files(V2, "4.1"), "feed"))
    assert any("version '4.1', which is not known" in str(finding) for finding in findings)


REQUIRED = {
    "system_information": ("", {"system_id", "languages", "name", "opening_hours", "feed_contact_email", "timezone"}),
    "vehicle_types": ("vehicle_types", {"vehicle_type_id", "form_factor", "propulsion_type"}),
    "station_information": ("stations", {"station_id", "name", "lat", "lon"}),
    "station_status": (
        "stations",
        {"station_id", "num_vehicles_available", "is_installed", "is_renting", "is_returning", "last_reported"},
    ),
    "system_pricing_plans": ("plans", {"plan_id", "name", "currency", "price", "is_taxable", "description"}),
}
"""What the schemas of GBFS 3.0 require, by feed: the list, and the keys of its items."""


def test_written_feeds(pack: Pack) -> None:
    """Written feeds have all that the schemas of 3.0 require, are listed in gbfs.json, and give the same tables again."""
    feeds = copy.deepcopy(V2)
    feeds["station_status"]["stations"][1]["vehicle_types_available"] = [{"vehicle_type_id": "b", "count": 2}]
    tables, _ = read_gbfs(pack(files(feeds), "feed"))
    written, findings = write_gbfs(region(tables), "modell", address="https://example.org/gbfs/")
    assert findings == []
    listed = json.loads(written["gbfs.json"])["data"]["feeds"]
    assert {(feed["name"], feed["url"]) for feed in listed} == {
        (name, f"https://example.org/gbfs/{name}.json") for name in REQUIRED
    }
    for name, (items, keys) in REQUIRED.items():
        content = json.loads(written[f"{name}.json"])
        assert (content["version"], content["ttl"], content["last_updated"]) == ("3.0", 86_400, "2026-11-02T00:00:00Z")
        for item in content["data"][items] if items else [content["data"]]:
            assert keys <= set(item), name
            if items:
                assert isinstance(item.get("name", []), list)
    again, _ = read_gbfs(pack({name: content.decode() for name, content in written.items()}, "again"))
    for name in TABLES_READ:
        assert again[name].rows() == tables[name].rows(), name


def test_every_station_tells_its_types(pack: Pack) -> None:
    """Where types are listed, a station's vehicles are of the one type it has docks for; else its status is left out."""
    tables, _ = read_gbfs(pack(files(V2), "feed"))
    written, findings = write_gbfs(region(tables), "modell", address="https://example.org")
    stations = json.loads(written["station_status.json"])["data"]["stations"]
    assert findings == []
    assert [station["vehicle_types_available"] for station in stations] == [
        [{"vehicle_type_id": "p", "count": 5}], [{"vehicle_type_id": "b", "count": 2}]
    ]  # fmt: skip
    of_first = tables["sharing_station_vehicles"].filter(station_id="modell:1")
    written, findings = write_gbfs(
        region(tables | {"sharing_station_vehicles": of_first}), "modell", address="https://example.org"
    )
    assert [(finding.row, finding.column) for finding in findings] == [("modell:2", "vehicles")]
    assert len(json.loads(written["station_status.json"])["data"]["stations"]) == 1


def test_what_cannot_be_written(pack: Pack) -> None:
    """A motor without range and a station without count are left out and listed; a system without contact is refused."""
    tables, _ = read_gbfs(pack(files(V2), "feed"))
    types = tables["sharing_vehicle_types"].with_columns(range_m=pl.lit(None, pl.Float64))
    stations = tables["sharing_stations"].with_columns(vehicles=pl.lit(None, pl.Int32))
    poor = region(tables | {"sharing_vehicle_types": types, "sharing_stations": stations})
    written, findings = write_gbfs(poor, "modell", address="https://example.org")
    assert [finding.column for finding in findings] == ["range_m", "vehicles", "vehicles"]
    assert len(json.loads(written["vehicle_types.json"])["data"]["vehicle_types"]) == 1
    silent = region(
        tables | {"sharing_systems": tables["sharing_systems"].with_columns(contact=pl.lit(None, pl.String))}
    )
    with pytest.raises(InputError, match="feed_contact_email"):
        write_gbfs(silent, "modell", address="https://example.org")
    with pytest.raises(InputError, match="It has modell"):
        write_gbfs(silent, "moddel", address="https://example.org")


def test_types_that_are_not_told(pack: Pack) -> None:
    """Counts of a vehicle type that the feed does not explain are left out, and that is said."""
    feeds = copy.deepcopy(V2)
    feeds["station_information"]["stations"][0]["vehicle_capacity"]["q"] = 1
    tables, findings = read_gbfs(pack(files(feeds), "feed"))
    assert len(tables["sharing_station_vehicles"]) == 3
    assert any("such as 'modell:q'" in str(finding) for finding in findings)


SCRAPS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["text", "station_id", "count"]), inner, max_size=2)
    ),
    max_leaves=6,
)


@settings(max_examples=8)
@given(
    feed=st.sampled_from(sorted(V2)),
    value=SCRAPS,
    key=st.sampled_from(["name", "price", "lat", "per_min_pricing", "vehicle_capacity", "system_id"]),
    lenient=st.booleans(),
)
def test_any_value_anywhere(
    tmp_path_factory: pytest.TempPathFactory, feed: str, value: Any, key: str, *, lenient: bool
) -> None:
    """Whatever stands in the place of a property or a whole feed, it is read or refused in words."""
    feeds = copy.deepcopy(V2)
    items = next(iter(feeds[feed].values()))
    (items[0] if isinstance(items, list) else feeds[feed])[key] = value
    folder = tmp_path_factory.mktemp("feed")
    for name, text in (files(feeds) | ({f"{feed}.json": json.dumps(value)} if lenient else {})).items():
        (folder / name).write_text(text, encoding="utf-8")
    with suppress(InputError):
        read_gbfs(folder, lenient=lenient)


RECORDED = {
    "gbfs-otp/lillestrombysykkel": (6, 1, 2),
    "gbfs-otp/tieroslo": (0, 0, 0),
    "gbfs-otp/ridecheck/almere": (0, 1, 0),
    "gbfs-otp/duplicate-stations-v2": (3, 0, 0),
    "gbfs-otp/duplicate-stations-v3": (3, 0, 0),
    "gbfs-lamassu/v2": (2, 2, 2),
    "gbfs-lamassu/v3": (2, 4, 7),
    "gbfs-cambio-aachen/cambio_aachen.json": (0, 0, 12),
}
"""Stations, vehicle types and steps of prices, by recorded feed."""


@pytest.mark.data
@pytest.mark.parametrize(("feed", "counts"), RECORDED.items())
def test_recorded(data: Path, feed: str, counts: tuple[int, int, int]) -> None:
    """Recorded feeds of versions 2.1 to 3.0 and the prices of a real car sharing system are read without a fault."""
    tables, _ = read_gbfs(data / "sharing" / feed)
    names = ("sharing_stations", "sharing_vehicle_types", "sharing_prices")
    assert tuple(len(tables[name]) for name in names) == counts


@pytest.mark.data
def test_recorded_with_faults(data: Path) -> None:
    """Of the ten stations of a shortened feed of version 1 five lack an id, a name or a place; the others are read."""
    folder = data / "sharing" / "gbfs-otp" / "helsinki"
    with pytest.raises(InputError) as refused:
        read_gbfs(folder)
    assert len({finding.row for finding in refused.value.findings}) == 5
    tables, _ = read_gbfs(folder, lenient=True)
    assert len(tables["sharing_stations"]) == 5
