# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Real input, end to end: what docs/how-to/real-data.md tells a person to do works, and the answers make sense."""

from __future__ import annotations

import io
import runpy
import zipfile
from contextlib import chdir
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray
from scipy.stats import spearmanr

from drehkreuz.reach import CANNOT, PARAMETERS, Chain, DayType, Minutes, Triples, minutes, triples
from drehkreuz.reach.points import Points
from drehkreuz.region import Region
from journeys.brute_force import BruteForce
from journeys.page import Journey, Page, run_all

pytestmark = pytest.mark.data

HOMES = 10

DATES = {DayType.WEEKDAY: date(2019, 5, 14), DayType.SATURDAY: date(2019, 5, 18), DayType.SUNDAY: date(2019, 5, 19)}
"""The dates that stand for the kinds of day: a Tuesday, the Saturday and the Sunday after it; no holiday is near."""


# ------------------------------------------------------------------------------------- Aachen: ESCO, streets, own posts


def test_esco_alone_takes_at_most_ten_seconds(aachen: Journey, page: Page) -> None:
    """A region of the whole of ESCO, with German names, is built within ten seconds of processor time."""
    recipe = page.file("aachen/region.toml").partition('[[source]]\nkind = "osm"')[0]
    path = aachen.folder / "aachen" / "esco.toml"
    path.write_text(recipe.replace('[map]\noccupations = "isco08"\n', ""), encoding="utf-8")
    command = "drehkreuz region build aachen/esco.toml --out regions/esco"
    answer = run_all([command], aachen.folder)[command]
    rows = {name: table["rows"] for name, table in answer.said["tables"].items()}
    assert answer.seconds <= 10
    assert (rows["occupations"], rows["skills"], rows["occupation_skills"]) == (3007, 13896, 123855 - 67)


def test_nearly_every_occupation_has_a_german_name(aachen: Journey) -> None:
    """The German names of another version of ESCO reach 3,004 of the 3,007 occupations."""
    named = aachen.region.table("labels").filter(language="de", kind="preferred", concept="occupation")
    known = aachen.region.table("occupations").join(named, left_on="occupation_id", right_on="concept_id", how="semi")
    assert len(known) == 3004


def test_the_build_tells_what_was_left_out(aachen: Journey) -> None:
    """What ESCO itself lacks, islands of streets, and skills that only the village knows are told; none is an error."""
    findings = aachen["region build"].said["findings"]
    assert {finding["severity"] for finding in findings} == {"warning"}
    assert {Path(finding["where"]).name for finding in findings} == {
        "skills_en.csv",
        "occupationSkillRelations.csv",
        "broaderRelationsOccPillar.csv",
        "broaderRelationsSkillPillar.csv",
        "esco-1.2.0-de",
        "aachen.osm.pbf",
        "person_skills",
        "vacancy_skills",
        "course_skills",
        "course_prerequisites",
    }


def test_occupations_cross_to_their_isco_group(aachen: Journey) -> None:
    """Each of the village's 39 occupations becomes one of ESCO's with the same ISCO code, most of them by name."""
    mapped = aachen["region build"].said["mapped"]
    isco = dict(aachen.region.table("occupations").select("occupation_id", "isco08").iter_rows())
    assert len(mapped) == 39
    assert all(isco[one["mapped_to"]] == one["isco08"] for one in mapped)
    became = {one["label"]: one["mapped_label"].split("/")[0] for one in mapped}
    assert {name: became[name] for name in SAME} == SAME


SAME = {
    "Baggerfahrer/in im Tagebau": "Abraumbaggerfahrer",
    "Bandwärter/in im Tagebau": "Tagebauarbeiter",
    "Busfahrer/in": "Omnibusfahrer",
    "Gabelstaplerfahrer/in": "Gabelstaplerfahrer",
    "Hausmeister/in": "Hauswart",
    "Kauffrau/Kaufmann für Büromanagement": "Bürokaufmann",
    "Köchin/Koch": "Koch",
    "Kraftwerker/in": "Steuerer von Energieerzeugungsanlagen",
    "Landschaftsgärtner/in": "Landschaftsgärtner",
    "Pflegehelfer/in": "Pflegehelfer",
    "Schweißer/in": "Schweißer",
    "Softwareentwickler/in": "Softwareentwickler",
}


def test_the_region_of_aachen_is_in_order(aachen: Journey) -> None:
    """`region check` finds nothing."""
    assert (aachen["region check"].code, aachen["region check"].said["findings"]) == (0, [])


def test_the_miner_is_understood(aachen: Journey) -> None:
    """`Baggerfahrer Tagebau, 18 Jahre` is an operator of surface mine plant with 18 years, and is told not to resign."""
    answer = aachen["paths"].said
    assert answer["person"]["understood_as"][0]["label"].startswith("Abraumbaggerfahrer/")
    assert [(held["label"].split("/")[0], held["years"]) for held in answer["person"]["through"]] == [
        ("Abraumbaggerfahrer", 18.0)
    ]
    assert answer["person"]["skills"] > 20
    assert answer["ask_before_resigning"]


def test_what_nearly_works_for_the_miner_is_digging(aachen: Journey) -> None:
    """The nearest post is another excavator, close by, a third of whose skills he brings; no course teaches the rest."""
    answer = aachen["paths"].said
    nearest = answer["nearly"][0]
    assert nearest["occupation"]["isco08"] == "8342"
    assert 0.25 < nearest["brings"]["share"] < 0.4
    assert "operate excavator" in {skill["label"] for skill in nearest["brings"]["skills"]}
    assert [hurdle["reasons"] for hurdle in nearest["barriers"]] == [["training_no_course"]]
    assert nearest["missing"]["open"]
    assert nearest["missing"]["course"] == nearest["missing"]["on_the_job"] == []
    assert nearest["commute"]["chain"] == "car"
    assert 5 < nearest["commute"]["minutes_out"] < 20


def test_the_match_of_aachen_closes(aachen: Journey) -> None:
    """Filled posts and the shares of the hurdles add up to all openings, and a certificate covers every pair."""
    answer = aachen["match"].said
    shares = sum(entry["share"] for entry in answer["shares"])
    assert answer["certificate"]["exact"]
    assert answer["filled_today"] + shares + answer["no_person_left"] == pytest.approx(answer["openings"])
    assert 0 < answer["stable"] <= answer["filled_today"] < answer["people"]


@pytest.fixture(scope="module")
def ways_of_aachen(aachen: Journey) -> tuple[Triples, Minutes]:
    times = triples(aachen.region)
    return times, minutes(aachen.region, times)


def test_ways_in_aachen_are_plausible(aachen: Journey, ways_of_aachen: tuple[Triples, Minutes]) -> None:
    """Nobody beats the straight line; who lives farther away takes longer; the city is crossed in half an hour by car."""
    times, ways = ways_of_aachen
    straight = straight_metres(aachen.region, times)
    assert_no_faster_than_the_straight_line(ways, straight)
    for chain, like_distance in ((Chain.WALK, 0.95), (Chain.BIKE, 0.95), (Chain.CAR, 0.85)):
        assert spearmanr(straight.ravel(), ways.out[:, :, chain].ravel()).statistic > like_distance
    assert (ways.out[:, :, Chain.WALK] != CANNOT).all()
    assert ways.out[:, :, Chain.CAR].max() <= 35


def straight_metres(region: Region, times: Triples) -> NDArray[np.float64]:
    """Return the straight line between place and zone, float64[t, z]."""
    homes, places = Points.of(region, "zones"), Points.of(region, "places")
    return np.linalg.norm(places.xyz[times.place][:, None] - homes.xyz[None], axis=2)


def assert_no_faster_than_the_straight_line(ways: Minutes, straight: NDArray[np.float64]) -> None:
    """Compare walking, cycling and driving, there and back, with the straight line at their speed."""
    speeds = {Chain.WALK: PARAMETERS.walk_kmh, Chain.BIKE: PARAMETERS.bike_kmh, Chain.PEDELEC: PARAMETERS.pedelec_kmh}
    for table in (ways.out, ways.back):
        for chain, kmh in speeds.items():
            assert (table[:, :, chain] * kmh * 1000 / 60 >= straight - 1)[table[:, :, chain] != CANNOT].all()
        assert (table[:, :, Chain.CAR] >= PARAMETERS.car_extra_seconds / 60).all()


# --------------------------------------------------------------------------------------- Porto Alegre: a real timetable


@pytest.mark.parametrize("file", ["stops", "trips", "stop_times"])
def test_no_row_of_the_feeds_is_lost(porto_alegre: Journey, file: str) -> None:
    """The tables have as many rows as the two feeds together."""
    lines = 0
    for feed in ("bus.zip", "rail.zip"):
        with zipfile.ZipFile(porto_alegre.folder / "porto-alegre" / feed) as archive:
            lines += len(pl.read_csv(io.BytesIO(archive.read(f"{file}.txt")), infer_schema=False))
    assert len(porto_alegre.region.table(file)) == lines


def test_the_region_of_porto_alegre_is_in_order(porto_alegre: Journey) -> None:
    """Real feeds and streets give one warning, about islands of streets, another says that skills are assumed; `check` finds nothing."""
    findings = porto_alegre["region build"].said["findings"]
    assert {(finding["severity"], Path(finding["where"]).name) for finding in findings} == {
        ("warning", "streets.osm.pbf"),
        ("warning", "skills"),
    }
    assert porto_alegre["region check"].said["findings"] == []


@pytest.fixture(scope="module")
def commutes(porto_alegre: Journey) -> tuple[Triples, Minutes]:
    """The ways that the script of the page computes."""
    with chdir(porto_alegre.folder):
        names = runpy.run_path("commutes.py")
    return names["times"], names["ways"]


@pytest.fixture(scope="module")
def homes(porto_alegre: Journey) -> list[int]:
    """Ten cells where people live, by chance."""
    lived_in = np.flatnonzero(porto_alegre.region.table("zones")["population"].fill_null(0).to_numpy() > 0)
    return [int(zone) for zone in np.random.default_rng(2019).choice(lived_in, HOMES, replace=False)]


def test_rides_are_those_of_a_brute_force(
    porto_alegre: Journey, commutes: tuple[Triples, Minutes], homes: list[int]
) -> None:
    """From ten homes to five places for day, early, night, afternoon and Sunday shifts: the same minute, both ways."""
    times, ways = commutes
    plain = BruteForce(porto_alegre.region, homes, DATES)
    for row in range(len(times)):
        place, start, end = int(times.place[row]), int(times.start[row]) * 60, int(times.end[row]) * 60
        out = plain.out(place, start, DayType(times.day_out[row]))
        back = plain.back(place, end, DayType(times.day_back[row]))
        assert out == ways.out[row, homes, Chain.TRANSIT].tolist()
        assert back == ways.back[row, homes, Chain.TRANSIT].tolist()


def test_ways_in_porto_alegre_are_plausible(porto_alegre: Journey, commutes: tuple[Triples, Minutes]) -> None:
    """Nobody beats the straight line, and who lives farther away walks, cycles and drives longer."""
    times, ways = commutes
    straight = straight_metres(porto_alegre.region, times)
    assert_no_faster_than_the_straight_line(ways, straight)
    for chain, like_distance in ((Chain.WALK, 0.97), (Chain.BIKE, 0.95), (Chain.CAR, 0.75)):
        for row in range(len(times)):
            there = ways.out[row, :, chain] != CANNOT
            assert spearmanr(straight[row, there], ways.out[row, there, chain]).statistic > like_distance
            assert there.mean() > 0.98


def begins(times: Triples, at: str, day: DayType) -> NDArray[np.int64]:
    """Return the rows of the shifts that begin at a time of a kind of day."""
    hours, minutes_ = map(int, at.split(":"))
    return np.flatnonzero((times.start == hours * 60 + minutes_) & (times.day_out == day))


def test_the_bus_is_faster_than_walking(commutes: tuple[Triples, Minutes]) -> None:
    """In the afternoon, when the feed has its buses, nine of ten who would walk an hour or more are faster by transit."""
    times, ways = commutes
    rows = begins(times, "13:30", DayType.WEEKDAY)
    ride, walk = ways.out[rows][:, :, Chain.TRANSIT], ways.out[rows][:, :, Chain.WALK]
    far = (walk >= 60) & (ride != CANNOT) & (walk != CANNOT)
    assert far.sum() > 1000
    assert (ride < walk)[far].mean() > 0.9


def test_sundays_are_slower(commutes: tuple[Triples, Minutes]) -> None:
    """On Sundays the feed runs no bus: a tenth of the cells, those near the railway, get to work at all."""
    times, ways = commutes
    weekday, sunday = (
        ways.out[begins(times, "13:30", day)][:, :, Chain.TRANSIT] for day in (DayType.WEEKDAY, DayType.SUNDAY)
    )
    assert (weekday != CANNOT).mean() > 0.9
    assert (sunday != CANNOT).mean() < 0.1
    both = (weekday != CANNOT) & (sunday != CANNOT)
    assert np.mean(weekday[both]) <= np.mean(sunday[both])


@pytest.mark.parametrize("begin", ["06:00", "08:00", "22:00"])
def test_shifts_outside_the_buses_hours_have_the_railway_alone(commutes: tuple[Triples, Minutes], begin: str) -> None:
    """The bus feed covers noon to five: for early, day and night shifts few cells have a way by transit."""
    times, ways = commutes
    rides = ways.out[begins(times, begin, DayType.WEEKDAY)][:, :, Chain.TRANSIT]
    assert 0 < (rides != CANNOT).mean() < 0.1
