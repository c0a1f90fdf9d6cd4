# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a region lends where its tables are silent."""

from __future__ import annotations

import json
from collections.abc import Callable

from drehkreuz.planning.sharing.offer import completed, kinds
from drehkreuz.region import TABLES, Region
from drehkreuz.sources.gbfs_write import write_gbfs

Make = Callable[..., Region]

BARE = [
    {"station_id": "1", "name": "A", "kind": "pedelec", "lat": 50.8, "lon": 6.1, "capacity": 4, "vehicles": 3, "system": "Rad"},
    {"station_id": "2", "name": "B", "kind": "carsharing", "lat": 50.8, "lon": 6.2, "vehicles": 2},
    {"station_id": "3", "name": "C", "kind": "pedelec", "lat": 50.8, "lon": 6.3},
]  # fmt: skip


def test_silent_tables(make_region: Make) -> None:
    """Stations without a lender get one of their kind; each lender has a type, a price and counts, and its feed can be written."""
    region = completed(make_region(sharing_stations=BARE))
    assert region.table("sharing_systems")["system_id"].to_list() == ["Rad", "lender-carsharing", "lender-pedelec"]
    assert region.table("sharing_station_vehicles").rows() == [
        ("1", "Rad:pedelec", 3, 4),
        ("2", "lender-carsharing:carsharing", 2, 4),
        ("3", "lender-pedelec:pedelec", 0, 0),
    ]
    for system in region.table("sharing_systems")["system_id"]:
        files, findings = write_gbfs(region, system, address="https://example.org")
        assert findings == []
        assert json.loads(files["system_pricing_plans.json"])["data"]["plans"]


def test_what_the_region_says_stays(make_region: Make) -> None:
    """A lender with types, counts and prices of its own keeps them as they are."""
    told = make_region(
        sharing_stations=BARE[:1],
        sharing_systems=[{"system_id": "Rad", "name": "Radverleih", "contact": "daten@example.org"}],
        sharing_vehicle_types=[{"vehicle_type_id": "Rad:x", "system": "Rad", "form_factor": "bicycle", "propulsion": "human", "plan_id": "Rad:p"}],
        sharing_station_vehicles=[{"station_id": "1", "vehicle_type_id": "Rad:x", "vehicles": 1, "capacity": 2}],
        sharing_prices=[{"plan_id": "Rad:p", "per": "trip", "step": 1, "price": 2.0, "currency": "EUR", "system": "Rad", "name": "P"}],
    )  # fmt: skip
    region = completed(told)
    for name in ("sharing_systems", "sharing_vehicle_types", "sharing_station_vehicles", "sharing_prices"):
        assert region.table(name).rows() == told.table(name).rows()


def test_every_kind_is_known() -> None:
    """Of every kind that a station may have it is assumed what is lent and at which price."""
    allowed = TABLES["sharing_stations"].columns["kind"].allowed
    assert allowed is not None
    assert set(kinds()) == set(allowed)
