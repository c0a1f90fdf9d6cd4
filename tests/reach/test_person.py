# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The choice of chains against every combination there is, and what a person is told about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.reach import (
    CANNOT,
    PARAMETERS,
    Chain,
    Minutes,
    ReachReason,
    Tariff,
    Triples,
    VacancyCommutes,
    chosen_chains,
    minutes,
    session_commutes,
    tariffs,
    triples,
    vacancy_commutes,
)
from drehkreuz.reach.choice import _kernels
from drehkreuz.reach.means import means
from drehkreuz.region import Region
from drehkreuz.region.csr import Csr

Build = Callable[..., Region]
OFFICE, CREW, APPRENTICE, REMOTE = range(4)
BASE = {"employment_status": "employed", "net_need_eur_month": 2000.0, "available_from": None, "max_minutes": 60}
CHAINS = len(Chain)
WEEKS, MINUTE = 4.33, 8.0 / 60


def prices(**values: float | None) -> dict[str, Tariff]:
    """Return tariffs, unknown but for those given."""
    names = ("transit_month", "transit_job_ticket_month", "transit_single", "car_km", "bike_km", "pedelec_km")
    names += ("shared_pedelec_ride",)
    return {name: Tariff(name, values.get(name)) for name in names}


FARES = prices(transit_month=63.0, transit_job_ticket_month=44.1, car_km=0.38, bike_km=0.0, pedelec_km=0.0)


def people(region: Region, *rows: Mapping[str, Any], licences: Mapping[str, str] | None = None) -> Region:
    """Return the region with people laid over it; licences by person."""
    known = [{"person_id": f"p{i}", "zone_id": "nah"} | BASE | row for i, row in enumerate(rows)]
    held = pl.DataFrame(
        {"person_id": list(licences or {}), "licence": list((licences or {}).values())},
        schema={"person_id": pl.String, "licence": pl.String},
    )
    return region.with_tables({"people": pl.DataFrame(known), "person_licences": held})


def ways(region: Region, fares: Mapping[str, Tariff] = FARES) -> VacancyCommutes:
    """Return the ways of all people to all posts."""
    found = triples(region)
    return vacancy_commutes(region, found, minutes(region, found), range(len(region.table("people"))), fares)


# ------------------------------------------------------------------------------------------------------------ means


def test_means(small: Region) -> None:
    """Without bicycle, pedelec, car or licence the chains are closed; the ways of cycling end where the person says."""
    rows = (
        {"walk_max_minutes": 25},
        {"bike": True, "bike_max_minutes": 40},
        {"pedelec": True, "bike_max_minutes": 35},
        {"car": True},
        {"car": True},
        {"car": True},
        {"walk_max_minutes": 25, "bike_max_minutes": 40},
    )
    region = people(small, *rows, licences={"p4": "CE", "p5": "AM"})
    region = region.with_tables({"person_sharing": pl.DataFrame({"person_id": ["p6"], "kind": ["pedelec"]})})
    assert means(region, range(7)).willing.tolist() == [
        [25, -1, -1, -1, 254, -1, -1, -1],
        [30, 40, -1, -1, 254, 254, -1, -1],
        [30, -1, 35, -1, 254, -1, -1, -1],
        [30, -1, -1, -1, 254, -1, -1, -1],
        [30, -1, -1, 254, 254, -1, -1, -1],
        [30, -1, -1, -1, 254, -1, -1, -1],
        [25, -1, -1, -1, 254, -1, 65, 254],
    ]


def test_a_block_is_a_part_of_the_whole(small: Region) -> None:
    """Computed in blocks, people get the same as all at once."""
    region = people(small, *({"max_minutes": 50 + 5 * i, "bike": i % 2 == 0, "bike_max_minutes": 40} for i in range(7)))
    found = triples(region)
    result = minutes(region, found)
    whole = vacancy_commutes(region, found, result, range(7), FARES)
    part = vacancy_commutes(region, found, result, range(3, 6), FARES)
    assert (whole.cost_eur_month[3:6] == part.cost_eur_month).all()
    assert (whole.slack_minutes[3:6] == part.slack_minutes).all()


# ------------------------------------------------------------------------------------------------ a golden household


def test_the_bicycle_reaches_everything(small: Region) -> None:
    """34 minutes by bicycle, for nothing, to every shift; the remote post needs no way."""
    result = ways(people(small, {"bike": True, "bike_max_minutes": 40}))
    assert result.reachable.all()
    assert result.chain[0].tolist() == [Chain.BIKE, Chain.BIKE, Chain.BIKE, -1]
    assert result.minutes_out[0].tolist() == [34, 34, 34, 0]
    assert result.slack_minutes[0].tolist() == [-26, -26, -26, -60]
    assert result.cost_eur_month[0].tolist() == [0, 0, 0, 0]


def test_the_bus_home_takes_too_long(small: Region) -> None:
    """With the bus alone the office is 57 minutes out and 67 back: for who has an hour, the way back fails by 7 minutes."""
    result = ways(people(small, {}))
    assert not result.reachable[0, OFFICE]
    assert result.reasons[0, OFFICE] == ReachReason.BACK
    assert result.slack_minutes[0, OFFICE] == 7
    assert (result.minutes_out[0, OFFICE], result.minutes_back[0, OFFICE]) == (57, 67)
    assert result.cheapest_cost_eur_month[0, OFFICE] == pytest.approx(44.1)


def test_the_worst_shift_decides(small: Region) -> None:
    """The rota's way home at 06:20 takes 77 minutes: who has 75 misses it by two, though the other shifts fit."""
    result = ways(people(small, {"max_minutes": 75}, {"max_minutes": 77}))
    assert result.slack_minutes[:, CREW].tolist() == [2, 0]
    assert result.reachable[:, CREW].tolist() == [False, True]
    assert result.minutes_back[1, CREW] == 77


def test_the_learning_place_fails(small: Region) -> None:
    """An apprentice who drives to the works but cannot get to school in time is told so."""
    region = people(small, {"zone_id": "fern", "max_minutes": 29, "car": True}, licences={"p0": "B"})
    found = triples(region)
    result = minutes(region, found)
    school = found.place == 1
    result.out[school, 1, Chain.CAR] = 40
    block = vacancy_commutes(region, found, result, range(1), FARES)
    assert block.reachable[0, OFFICE]
    assert block.reasons[0, APPRENTICE] == ReachReason.OUT | ReachReason.LEARNING_PLACE
    assert block.slack_minutes[0, APPRENTICE] == 40 - 29  # the bus takes 65 minutes


def test_a_ticket_counts_once_and_the_job_ticket_is_cheaper(small: Region) -> None:
    """By bus the office costs the job ticket, the rota the ordinary one, and nothing for who has a pass."""
    result = ways(people(small, {"max_minutes": 90}, {"max_minutes": 90, "transit_pass": True}))
    assert result.cost_eur_month[0].tolist() == pytest.approx([44.1, 63.0, 63.0, 0.0])
    assert result.cost_eur_month[1].tolist() == [0, 0, 0, 0]


def test_the_car_costs_by_use(small: Region) -> None:
    """Three days a week, 8.32 km each way, 0.38 € a km: 82.14 € a month."""
    result = ways(people(small, {"max_minutes": 30, "car": True}, licences={"p0": "B"}))
    assert result.chain[0, OFFICE] == Chain.CAR
    assert result.cost_eur_month[0, OFFICE] == pytest.approx(3 * 4.33 * 2 * 8.32 * 0.38, rel=1e-5)


def test_a_budget_brings_the_bus(small: Region) -> None:
    """Who may spend 50 € goes by bus though the car is faster; who may spend 40 € is told what is missing."""
    rows = ({"max_minutes": 90, "car": True, "max_commute_eur_month": euro} for euro in (150.0, 50.0, 40.0))
    result = ways(people(small, *rows, licences={f"p{i}": "B" for i in range(3)}))
    assert result.chain[:, OFFICE].tolist() == [Chain.CAR, Chain.TRANSIT, Chain.TRANSIT]
    assert result.reachable[:, OFFICE].tolist() == [True, True, False]
    assert result.reasons[2, OFFICE] == ReachReason.COST
    assert result.slack_eur[:, OFFICE].tolist() == pytest.approx([44.1 - 150, 44.1 - 50, 4.1], abs=1e-4)
    assert result.minutes_back[2, OFFICE] == 67


def test_single_rides_against_the_ticket(small: Region) -> None:
    """On one day a week single rides are cheaper than the ticket, on three they are not."""
    region = people(small, {"max_minutes": 90})
    fares = FARES | {"transit_single": Tariff("transit_single", 3.0)}
    assert ways(region, fares).cost_eur_month[0, OFFICE] == pytest.approx(44.1)
    rare = region.with_tables({"vacancies": region.table("vacancies").with_columns(presence_days=pl.lit(1.0))})
    assert ways(rare, fares).cost_eur_month[0, OFFICE] == pytest.approx(4.33 * 2 * 3.0)


def test_unknown_tariffs_are_named(small: Region) -> None:
    """What is unknown counts nothing and is named; what nobody is offered is not missed."""
    region = people(small, {"max_minutes": 90})
    result = ways(region, prices(transit_month=63.0, bike_km=0.0, pedelec_km=0.0))
    assert result.unknown_tariffs == ("car_km", "transit_job_ticket_month")
    assert result.cost_eur_month[0, OFFICE] == pytest.approx(63.0)
    result = ways(region, prices(transit_job_ticket_month=44.1, car_km=0.38, bike_km=0.0, pedelec_km=0.0))
    assert result.unknown_tariffs == ("transit_month",)
    assert result.cost_eur_month[0, [OFFICE, CREW]].tolist() == pytest.approx([44.1, 0.0])


def test_no_chain_at_all(small: Region) -> None:
    """Where nothing goes, slack is 255 and the cost is that of a bus still to come."""
    empty = small.with_tables(
        {name: small.table(name).clear() for name in ("stops", "trips", "stop_times", "service_days")}
    )
    result = ways(people(empty, {}))
    assert result.slack_minutes[0, CREW] == 255
    assert result.reasons[0, CREW] == ReachReason.OUT | ReachReason.BACK
    assert (result.minutes_out[0, CREW], result.minutes_back[0, CREW], result.chain[0, CREW]) == (CANNOT, CANNOT, -1)
    assert result.cheapest_cost_eur_month[0, CREW] == pytest.approx(63.0)


def test_no_limit_makes_a_way(small: Region) -> None:
    """Who would travel for five hours still cannot go where nothing goes, to a post or to a course."""
    region = people(small, {"max_minutes": 300})
    found = triples(region)
    result = minutes(region, found)
    result.out[:] = CANNOT
    assert vacancy_commutes(region, found, result, range(1), FARES).reachable[0].tolist() == [False, False, False, True]
    assert session_commutes(region, found, result, range(1)).reachable[0].tolist() == [False, False, True]


def test_chains_of_one_pair(small: Region) -> None:
    """For one person and post the chain of each triple is told: the car where only the car is in time, the bus elsewhere."""
    region = people(small, {"max_minutes": 70, "car": True, "transit_pass": True}, licences={"p0": "B"})
    found = triples(region)
    result = minutes(region, found)
    assert chosen_chains(region, found, result, 0, REMOTE, FARES) == {}
    costly = FARES | {"car_km": Tariff("car_km", 5.0)}
    chains = chosen_chains(region, found, result, 0, CREW, costly)
    assert list(chains.values()) == [Chain.CAR, Chain.CAR, Chain.CAR]
    result.out[found.start == 360], result.back[found.start == 360] = 40, 40
    assert next(iter(chosen_chains(region, found, result, 0, CREW, costly).values())) is Chain.TRANSIT


# --------------------------------------------------------------------------------------------------- brute force


@dataclass(frozen=True)
class Pair:
    """One person and one post, drawn at random."""

    out: np.ndarray
    back: np.ndarray
    bike_km: np.ndarray
    car_km: np.ndarray
    place: np.ndarray
    days: np.ndarray
    further: np.ndarray
    person: dict[str, Any]
    drives: bool
    shares: bool
    job_ticket: bool
    single: float | None


@st.composite
def pairs(draw: st.DrawFn) -> Pair:
    """Draw posts of up to four triples at two places, with ways around the person's limits."""
    n = draw(st.integers(1, 4))
    byte = st.sampled_from([10, 20, 29, 30, 31, 45, 60, 254, 255])
    chains = st.lists(byte, min_size=CHAINS, max_size=CHAINS)
    km = st.sampled_from([1.0, 4.0, 9.5, 22.0])
    person = {
        "walk_max_minutes": draw(st.sampled_from([15, 30])),
        "bike": draw(st.booleans()),
        "bike_max_minutes": draw(st.sampled_from([20, 40])),
        "pedelec": draw(st.booleans()),
        "car": draw(st.booleans()),
        "transit_pass": draw(st.booleans()),
        "max_minutes": draw(st.sampled_from([20, 30, 60])),
        "max_commute_eur_month": draw(st.sampled_from([None, 0.0, 20.0, 45.0, 63.0, 80.0, 120.0, 200.0])),
    }
    return Pair(
        out=np.array([draw(chains) for _ in range(n)], dtype=np.uint8)[:, None, :],
        back=np.array([draw(chains) for _ in range(n)], dtype=np.uint8)[:, None, :],
        bike_km=np.array([[draw(km)], [draw(km)]], dtype=np.float32),
        car_km=np.array([[draw(km)], [draw(km)]], dtype=np.float32),
        place=np.array([draw(st.integers(0, 1)) for _ in range(n)], dtype=np.int32),
        days=np.array([draw(st.sampled_from([0.5, 1.0, 1.5, 2.0])) for _ in range(n)]),
        further=np.array([draw(st.booleans()) for _ in range(n)]),
        person=person,
        drives=draw(st.booleans()),
        shares=draw(st.booleans()),
        job_ticket=draw(st.booleans()),
        single=draw(st.sampled_from([None, 0.8, 2.9])),
    )


def solve(make_region: Build, pair: Pair) -> VacancyCommutes:
    """Let the library choose."""
    region = make_region(
        zones=[{"zone_id": "nah", "lat": 50.0, "lon": 6.0}],
        vacancies=[{"vacancy_id": "v", "transit_job_ticket": pair.job_ticket}],
    )
    region = people(region, pair.person, licences={"p0": "B"} if pair.drives else {})
    members = ["p0"] if pair.shares else ["somebody else"]
    region = region.with_tables({"person_sharing": pl.DataFrame({"person_id": members, "kind": ["pedelec"]})})
    n = len(pair.days)
    nothing = np.zeros(n, dtype=np.int32)
    found = Triples(
        place=pair.place,
        start=nothing,
        end=nothing,
        day_out=nothing.astype(np.int8),
        day_back=nothing.astype(np.int8),
        of_vacancy=Csr(np.array([0, n], dtype=np.int64), np.arange(n, dtype=np.int32)),
        days=pair.days,
        further=pair.further,
        of_session=np.zeros(0, dtype=np.int32),
        findings=(),
    )
    result = Minutes(pair.out, pair.back, pair.bike_km, pair.car_km, assumed_ways=True, findings=())
    fares = FARES | {"transit_single": Tariff("transit_single", pair.single), "bike_km": Tariff("bike_km", 0.1)}
    fares |= {"shared_pedelec_ride": Tariff("shared_pedelec_ride", 1.5)}
    return vacancy_commutes(region, found, result, range(1), fares)


def combinations(pair: Pair) -> list[tuple[float, float, tuple[int, ...], bool]]:
    """Return every choice of chains the person would use: EUR a month, EUR and time, the chains, whether all are in time."""
    who = pair.person
    most = {
        Chain.WALK: who["walk_max_minutes"],
        Chain.BIKE: who["bike_max_minutes"] if who["bike"] else -1,
        Chain.PEDELEC: who["bike_max_minutes"] if who["pedelec"] else -1,
        Chain.CAR: 254 if who["car"] and pair.drives else -1,
        Chain.TRANSIT: 254,
        Chain.BIKE_TRANSIT: 254 if who["bike"] else -1,
        Chain.SHARED_PEDELEC: who["bike_max_minutes"] + who["walk_max_minutes"] if pair.shares else -1,
        Chain.SHARED_PEDELEC_TRANSIT: 254 if pair.shares else -1,
    }
    slower = np.maximum(pair.out, pair.back)[:, 0, :]
    options = [[c for c in Chain if row[c] <= most[c]] for row in slower]
    ticket = 0.0 if who["transit_pass"] else 44.1 if pair.job_ticket else 63.0
    found = []
    for chains in product(*options):
        by_use = time = rides = 0.0
        for i, chain in enumerate(chains):
            turns = pair.days[i] * WEEKS
            place = pair.place[i]
            per_km = {Chain.BIKE: 0.1 * pair.bike_km[place, 0], Chain.CAR: 0.38 * pair.car_km[place, 0]}.get(chain, 0.0)
            by_use += turns * 2 * float(per_km)
            time += turns * (float(pair.out[i, 0, chain]) + float(pair.back[i, 0, chain]))
            rides += turns * 2 * (chain in {Chain.TRANSIT, Chain.BIKE_TRANSIT, Chain.SHARED_PEDELEC_TRANSIT})
            lent = {Chain.SHARED_PEDELEC: 1, Chain.SHARED_PEDELEC_TRANSIT: 2}.get(chain, 0)
            by_use += turns * 2 * lent * 1.5
        singles = [] if pair.single is None else [rides * pair.single]
        transit = min([ticket, *singles]) if rides else 0.0
        in_time = all(slower[i, c] <= who["max_minutes"] for i, c in enumerate(chains))
        found.append((by_use + transit, by_use + transit + time * MINUTE, chains, in_time))
    return found


@settings(max_examples=300)
@given(pair=pairs())
def test_the_choice_is_the_best_of_all(make_region: Build, pair: Pair) -> None:
    """Reachable, reasons, slacks, cost and worth are those of the best of all combinations of chains."""
    result = solve(make_region, pair)
    budget = np.inf if pair.person["max_commute_eur_month"] is None else pair.person["max_commute_eur_month"]
    limit = pair.person["max_minutes"]
    every = combinations(pair)
    in_time = [choice for choice in every if choice[3]]
    affordable = [choice for choice in in_time if choice[0] <= budget + 1e-6]
    assert bool(result.reachable[0, 0]) == bool(affordable)
    assert bool(result.reasons[0, 0] & (ReachReason.OUT | ReachReason.BACK)) == (not in_time)
    if in_time:
        cheapest = min(choice[0] for choice in in_time)
        assert result.cheapest_cost_eur_month[0, 0] == pytest.approx(cheapest, abs=1e-3)
        assert bool(result.reasons[0, 0] & ReachReason.COST) == (not affordable)
    shown = affordable or [choice for choice in in_time if choice[0] <= cheapest + 1e-6] if in_time else []
    if shown:
        best = min(choice[1] for choice in shown)
        equals = [choice for choice in shown if choice[1] <= best + 1e-5]
        ways_out = {int(max(pair.out[i, 0, c] for i, c in enumerate(choice[2]))) for choice in equals}
        assert int(result.minutes_out[0, 0]) in ways_out
        assert any(choice[0] == pytest.approx(float(result.cost_eur_month[0, 0]), abs=1e-3) for choice in equals)
    slowest = [
        min((max(pair.out[i, 0, c], pair.back[i, 0, c]) for c in {choice[2][i] for choice in every}), default=255)
        for i in range(len(pair.days))
    ]
    if every:
        assert result.slack_minutes[0, 0] == max(map(int, slowest)) - limit
    else:
        assert result.slack_minutes[0, 0] == 255


@settings(max_examples=200)
@given(
    rows=st.lists(
        st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=CHAINS, max_size=CHAINS),
        min_size=1,
        max_size=5,
    ),
    budget=st.integers(0, 30),
)
def test_pick_is_exact_under_a_budget(rows: list[list[tuple[int, int]]], budget: int) -> None:
    """One chain a row, least worth within the budget: the same as trying every combination."""
    worth, euro = (np.array([[cell[k] for cell in row] for row in rows], dtype=float) for k in range(2))
    choice, trial = (np.zeros(len(rows), dtype=np.int64) for _ in range(2))
    total = _kernels.pick(worth, euro, len(rows), float(budget), choice, trial)
    every = (
        [
            sum(worth[i, c] for i, c in enumerate(chains))
            for chains in product(range(CHAINS), repeat=len(rows))
            if sum(euro[i, c] for i, c in enumerate(chains)) <= budget
        ]
        if len(rows) < 4
        else _by_money(worth, euro, budget)
    )
    if not every:
        assert total == _kernels.NEVER
    else:
        assert total == min(every)
        assert sum(euro[i, c] for i, c in enumerate(choice)) <= budget
        assert sum(worth[i, c] for i, c in enumerate(choice)) == total


def _by_money(worth: np.ndarray, euro: np.ndarray, budget: int) -> list[float]:
    """Return the least worth for every sum of whole EUR within the budget, row by row."""
    best = {0.0: 0.0}
    for row_worth, row_euro in zip(worth, euro, strict=True):
        then: dict[float, float] = {}
        for spent, value in best.items():
            for w, e in zip(row_worth, row_euro, strict=True):
                if spent + e <= budget:
                    then[spent + e] = min(then.get(spent + e, np.inf), value + w)
        best = then
    return list(best.values())


# -------------------------------------------------------------------------------------------------------- courses


def test_sessions(small: Region) -> None:
    """The near home walks to the course in 7 minutes, the far one takes the bus in 35; online needs no way."""
    region = people(
        small, {"max_minutes": 30}, {"zone_id": "fern", "max_minutes": 34}, {"zone_id": "fern", "max_minutes": 35}
    )
    found = triples(region)
    result = session_commutes(region, found, minutes(region, found), range(3))
    assert result.reachable.tolist() == [[True, True, True], [False, False, True], [True, True, True]]
    assert result.minutes_out[:, 0].tolist() == [7, 35, 35]
    assert result.chain[:, 0].tolist() == [Chain.WALK, Chain.TRANSIT, Chain.TRANSIT]
    assert result.minutes_out[:, 2].tolist() == [0, 0, 0]
    assert result.chain[0, 2] == -1


def test_no_sessions_and_no_people(small: Region) -> None:
    """A region without sessions, and a block without people, give empty arrays."""
    region = people(small, {})
    empty = region.with_tables({"course_sessions": region.table("course_sessions").clear()})
    found = triples(empty)
    assert session_commutes(empty, found, minutes(empty, found), range(1)).reachable.shape == (1, 0)
    found = triples(region)
    result = minutes(region, found)
    assert session_commutes(region, found, result, range(0)).reachable.shape == (0, 3)
    assert vacancy_commutes(region, found, result, range(0), FARES).reachable.shape == (0, 4)


# --------------------------------------------------------------------------------------------------------- tariffs


def test_prices_are_those_of_the_regions_day(small: Region) -> None:
    """Without prices given, the region's day decides; after the ticket's last day it is unknown, not carried on."""
    region = people(small, {"max_minutes": 90})
    found = triples(region)
    result = minutes(region, found)
    today = vacancy_commutes(region, found, result, range(1))
    assert today.cost_eur_month[0, CREW] == pytest.approx(63.0)
    assert today.unknown_tariffs == ()
    later = region.with_manifest(day=region.manifest.day.replace(year=2027))
    assert not tariffs(later)["transit_month"].known
    assert vacancy_commutes(later, found, result, range(1)).unknown_tariffs == (
        "transit_job_ticket_month",
        "transit_month",
    )


def test_worth_of_time_only_chooses(small: Region) -> None:
    """A higher worth of time changes which way is taken, never whether one is."""
    region = people(small, {"max_minutes": 90, "car": True}, licences={"p0": "B"})
    found = triples(region)
    result = minutes(region, found)

    patient = vacancy_commutes(region, found, result, range(1), FARES, replace(PARAMETERS, value_of_time_eur_hour=0.0))
    hasty = vacancy_commutes(region, found, result, range(1), FARES, replace(PARAMETERS, value_of_time_eur_hour=50.0))
    assert patient.chain[0, OFFICE] == Chain.TRANSIT
    assert hasty.chain[0, OFFICE] == Chain.CAR
    assert (patient.reachable == hasty.reachable).all()
