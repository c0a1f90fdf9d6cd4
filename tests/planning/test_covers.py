# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""From a region to a siting: cases on a straight road, and the village."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from drehkreuz.errors import InputError
from drehkreuz.planning import maximal_cover
from drehkreuz.planning.covers import Candidates, candidate_points, pairs_opened, question, too_near, within
from drehkreuz.reach import CANNOT, Chain, Minutes
from drehkreuz.reach.access import Opportunities
from drehkreuz.reach.modes import Mode
from drehkreuz.reach.points import Points, earth_xyz
from drehkreuz.reach.ways import StraightLines
from drehkreuz.region import Region
from drehkreuz.region.csr import Csr

MakeRegion = Callable[..., Region]
KM = 1 / 111.19493
"""Degrees of latitude in a kilometre."""


def road(*kilometres: float, name: str = "p") -> Points:
    """Return points on a meridian."""
    ids = tuple(f"{name}{k}" for k in range(len(kilometres)))
    return Points("places", ids, earth_xyz([50 + km * KM for km in kilometres], [6.0] * len(kilometres)))


def test_within_counts_up_to_the_limit() -> None:
    """A home just within the limit is served; one beyond is not; minutes stand beside the entries."""
    ways = StraightLines()
    speed = ways.parameters.metres_per_second(Mode.WALK) / ways.parameters.detour
    reach = speed * 600 / 1000
    covers, minutes = within(
        ways, road(0.0), road(0.0, reach / 2, 0.9999 * reach, 1.0001 * reach + 0.01), Mode.WALK, 10.0
    )
    assert covers.row(0).tolist() == [0, 1, 2]
    assert minutes.tolist() == pytest.approx([0, 5, 10], abs=0.02)


def test_too_near_is_less_than_the_distance() -> None:
    """Points a kilometre apart may stand with a spacing of 999 metres, not with one of 1,001."""
    points = road(0.0, 1.0, 3.0)
    assert [too_near(points, 999.0).row(k).tolist() for k in range(3)] == [[], [], []]
    assert [too_near(points, 1001.0).row(k).tolist() for k in range(3)] == [[1], [0], []]


def region_on_a_road(make_region: MakeRegion, **more: list[dict[str, object]]) -> Region:
    """Return three villages, 0, 5 and 6 km along a road, with a workplace in each of the outer ones and a stop with a platform."""
    at = [0.0, 5.0, 6.0]
    zones = [
        {"zone_id": f"z{k}", "lat": 50 + km * KM, "lon": 6.0, "municipality": "M" if k else "N", "population": 10 + k}
        for k, km in enumerate(at)
    ]
    places = [
        {"place_id": f"w{k}", "name": f"W{k}", "kind": "workplace", "lat": 50 + at[k] * KM, "lon": 6.0} for k in (0, 2)
    ]
    stops = [
        {"stop_id": "s", "name": "S", "lat": 50.0, "lon": 6.0},
        {"stop_id": "s1", "name": "S", "lat": 50.0, "lon": 6.0, "parent": "s"},
    ]
    return make_region(zones=zones, places=places, stops=stops, **more)


def test_a_question_of_a_region(make_region: MakeRegion) -> None:
    """Sites are workplaces, demand is residents, groups are municipalities; the better site serves two villages."""
    asked = question(region_on_a_road(make_region), Candidates.WORKPLACES, Mode.WALK, 20.0)
    assert asked.sites == ("w0", "w2")
    assert asked.groups == ("M", "N")
    assert asked.assumed_ways
    found = maximal_cover(asked.siting, 1)
    assert [asked.sites[site] for site in found.sites] == ["w2"]
    assert found.by_group()["served"].to_list() == [23, 0]


def test_outside_the_study_area_nobody_counts(make_region: MakeRegion) -> None:
    """Where M lies outside the study area, the one site goes to N."""
    outside = [{"municipality": "M", "name": "M", "study_area": False}, {"municipality": "N", "name": "N"}]
    region = region_on_a_road(make_region, municipalities=outside)
    asked = question(region, Candidates.WORKPLACES, Mode.WALK, 20.0)
    assert asked.siting.weight.tolist() == [10, 0, 0]
    assert [asked.sites[site] for site in maximal_cover(asked.siting, 2).sites] == ["w0"]


def test_existing_sites_spacing_and_floor_reach_the_siting(make_region: MakeRegion) -> None:
    """What stands at the second workplace bars it, and the floor holds for each municipality."""
    asked = question(
        region_on_a_road(make_region),
        Candidates.WORKPLACES,
        Mode.WALK,
        20.0,
        existing=road(6.0, name="old"),
        apart_metres=500.0,
        floor=0.5,
    )
    assert asked.sites == ("w0", "w2", "old0")
    found = maximal_cover(asked.siting, 1)
    assert found.sites.tolist() == [0]
    assert found.values.tolist() == [23, 33]


def test_a_floor_out_of_reach_names_the_municipality(make_region: MakeRegion) -> None:
    """The middle village has no workplace near, so M cannot have three fifths; the error names it by its key."""
    asked = question(region_on_a_road(make_region), Candidates.WORKPLACES, Mode.WALK, 1.0, floor=0.6)
    with pytest.raises(InputError, match=r"siting:M: floor '0\.6': is out of reach: all sites together serve 0\.522"):
        maximal_cover(asked.siting, 2)


def test_a_station_is_one_candidate(make_region: MakeRegion) -> None:
    """Platforms are left out, their station stays; every zone can be a candidate."""
    region = region_on_a_road(make_region)
    assert candidate_points(region, Candidates.STOPS).ids == ("s",)
    assert candidate_points(region, Candidates.ZONES).ids == ("z0", "z1", "z2")


def test_no_candidates_is_said(make_region: MakeRegion) -> None:
    """A region without learning places cannot choose among them."""
    with pytest.raises(InputError, match="no row to choose a site from"):
        question(region_on_a_road(make_region), Candidates.LEARNING, Mode.WALK, 20.0)


def test_pairs_opened_are_those_out_of_reach_today(make_region: MakeRegion) -> None:
    """Two openings that only the pedelec reaches count twice per resident; one that the bus reaches does not count."""
    region = region_on_a_road(make_region)
    out = np.full((2, 3, len(Chain)), CANNOT, dtype=np.uint8)
    out[0, :, Chain.PEDELEC] = [30, 60, 61]
    out[1, :, Chain.PEDELEC] = 20
    out[1, :, Chain.TRANSIT] = [40, 61, 60]
    nothing = np.zeros((0, 3), dtype=np.float32)
    ways = Minutes(out, out, bike_km=nothing, car_km=nothing, assumed_ways=False, findings=())
    posts = Opportunities(np.array([2.0, 5.0]), Csr.from_pairs([0, 1], [0, 1], 2), every=True)
    assert pairs_opened(region, posts, ways, Chain.PEDELEC).tolist() == [2 * 10, (2 + 5) * 11, 0]


def test_the_village(village: Region) -> None:
    """In the village every step adds, the groups close, and what is claimed is proven."""
    asked = question(village, Candidates.ZONES, Mode.BIKE, 10.0)
    found = maximal_cover(asked.siting, 2)
    assert found.gap == 0
    assert (np.diff(found.values) > 0).all()
    assert found.by_group()["served"].sum() == pytest.approx(found.value)
