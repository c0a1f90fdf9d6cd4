# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Home in one country, post in another: rules of the day are told, expired ones never."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from drehkreuz.region import Region
from drehkreuz.reports.border import border

MakeRegion = Callable[..., Region]


def rule(name: str, country: str, topic: str = "cross_border", until: date | None = None) -> dict[str, object]:
    return {
        "rule_id": name,
        "country": country,
        "topic": topic,
        "claim_de": f"{name} gilt.",
        "claim_en": f"{name} holds.",
        "who": "Grenzgänger",
        "valid_from": date(2026, 1, 1),
        "valid_to": until,
        "source": "Gesetz",
        "checked_on": date(2026, 11, 1),
        "who_to_ask": "GrenzInfoPunkt, Krankenkasse" if country == "DE" else "GrenzInfoPunkt",
    }


@pytest.fixture
def region(make_region: MakeRegion) -> Region:
    """Homes in Kerkrade and in Aachen; places in Germany, in the Netherlands, and one that nobody knows where."""
    at = {"lat": 50.8, "lon": 6.1}
    return make_region(
        municipalities=[
            {"municipality": "0928", "name": "Kerkrade", "country": "NL"},
            {"municipality": "05334002", "name": "Aachen", "country": "DE"},
        ],
        zones=[{"zone_id": "Z1", "country": "NL", **at}, {"zone_id": "Z2", "country": "DE", **at}],
        places=[
            {"place_id": "P1", "name": "Werk", "kind": "workplace", "municipality": "05334002", **at},
            {"place_id": "P2", "name": "Fabriek", "kind": "workplace", "municipality": "0928", **at},
            {"place_id": "P3", "name": "Irgendwo", "kind": "workplace", **at},
        ],
        people=[
            {
                "person_id": zone,
                "zone_id": zone,
                "employment_status": "employed",
                "net_need_eur_month": 1500.0,
                "max_minutes": 45,
                "available_from": date(2027, 1, 1),
            }
            for zone in ("Z1", "Z2")
        ],
        rules=[
            rule("r-insurance", "DE"),
            rule("r-home-office", "NL"),
            rule("r-old", "NL", until=date(2026, 11, 1)),
            rule("r-last-day", "NL", until=date(2026, 11, 2)),
            rule("r-belgium", "BE"),
            rule("r-allowance", "DE", topic="tax"),
        ],
    )


def test_rules_of_either_country_that_hold_today_are_told(region: Region) -> None:
    """Not those that ran out, of a third country, or that say nothing of a border; offices are named once."""
    found = border(region, 0, "P1", "de")
    assert found == {
        "home": "NL",
        "work": "DE",
        "known": ["r-home-office gilt.", "r-insurance gilt.", "r-last-day gilt."],
        "who_to_ask": ["GrenzInfoPunkt", "Krankenkasse"],
    }
    other = border(region, 1, "P2", "en")
    assert other is not None
    assert (other["home"], other["work"], other["known"][0]) == ("DE", "NL", "r-home-office holds.")


@pytest.mark.parametrize(("person", "place"), [(0, "P2"), (1, "P1"), (0, "P3")])
def test_without_a_border_nothing_is_said(region: Region, person: int, place: str) -> None:
    """Home and post in one country, or the country of the place unknown."""
    assert border(region, person, place, "de") is None


def test_without_rules_there_is_only_the_border(region: Region) -> None:
    """Where no rule holds, nothing is known and nobody named."""
    found = border(region.with_tables({"rules": region.table("rules").clear()}), 0, "P1", "de")
    assert found == {"home": "NL", "work": "DE", "known": [], "who_to_ask": []}
