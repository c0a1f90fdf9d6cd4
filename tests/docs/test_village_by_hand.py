# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The village by hand: plain Python over its CSV and GTFS rows, against the software's answers and the tutorial."""

from __future__ import annotations

import csv
import heapq
import json
import math
import re
import tomllib
from collections import defaultdict
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
from click.testing import CliRunner
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from drehkreuz.cli.main import drehkreuz

ROOT: Final = Path(__file__).parents[2]
VILLAGE: Final = ROOT / "src" / "drehkreuz" / "model" / "village"
PAGE: Final = (ROOT / "docs" / "tutorial" / "village.md").read_text(encoding="utf-8")
WELDER: Final = ROOT / "examples" / "schweisserin.toml"
ME: Final[dict[str, Any]] = tomllib.loads(WELDER.read_text(encoding="utf-8"))
TODAY, HORIZON = "2026-11-02", "2029-11-02"
WAYS: Final = ("V032", "V115", "V029", "V084", "V080")
KMH: Final = {"walk": 4.8, "bike": 15.0}
MOST: Final = {"walk": 30, "bike": ME["bike_max_minutes"]}  # minutes in one go; of buses only `max_minutes` counts
WEEKS_PER_MONTH: Final = 52 / 12
BITS: Final = {"skill": 1, "training": 2, "reach": 4, "hours": 8, "language": 16, "formal": 32, "pay": 64}
NEVER: Final = 10**7  # seconds

Row = dict[str, str]
Call = tuple[str, int, int]  # a run at a stop: arrives, departs, in seconds after midnight


@cache
def rows(name: str) -> list[Row]:
    with (VILLAGE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def one(name: str, value: str) -> Row:
    """Return the row whose first column has a value."""
    return next(row for row in rows(name) if next(iter(row.values())) == value)


@cache
def column(table: str, key: str, value: str, wanted: str, **where: str) -> frozenset[str]:
    """Return a column of the rows that name something."""
    return frozenset(row[wanted] for row in rows(table) if row[key] == value and where.items() <= row.items())


MINE: Final = column("occupation_skills.csv", "occupation_id", "o-welder", "skill_id")  # optional ones too: eight years


def asked_by(skill: str) -> int:
    return len(column("occupation_skills.csv", "skill_id", skill, "occupation_id"))


def weight(skill: str) -> float:
    return math.log((1 + len(rows("occupations.csv"))) / (1 + asked_by(skill))) + 1


@cache
def siblings(skill: str) -> frozenset[str]:
    groups = column("broader.csv", "concept_id", skill, "broader_id")
    return frozenset().union(*(column("broader.csv", "broader_id", g, "concept_id") for g in groups)) - {skill}


def must(vacancy: str) -> frozenset[str]:
    occupation = one("vacancies.csv", vacancy)["occupation_id"]
    skills = column("occupation_skills.csv", "occupation_id", occupation, "skill_id", relation="essential")
    skills -= column("vacancy_skills.csv", "vacancy_id", vacancy, "skill_id", demand="not_asked")
    return skills | column("vacancy_skills.csv", "vacancy_id", vacancy, "skill_id", demand="must")


def counts(skill: str, held: frozenset[str] = MINE) -> float:
    return weight(skill) * (1.0 if skill in held else 0.5 if len(siblings(skill) & MINE) >= 2 else 0.0)


def brought(vacancy: str, *courses: str) -> float:
    """Return the weight of what she brings to a post, after some courses."""
    held = MINE.union(*(column("course_skills.csv", "course_id", course, "skill_id") for course in courses))
    return sum(counts(skill, held) for skill in sorted(must(vacancy)))


def asked(vacancy: str) -> float:
    return sum(map(weight, sorted(must(vacancy))))


def target(vacancy: str) -> float:
    return (0.75 - float(one("vacancies.csv", vacancy)["trainable_share"] or 0)) * asked(vacancy)


def at(trip: str, stop: str) -> str:
    """Return when a run leaves a stop."""
    here = (r for r in rows("gtfs/stop_times.txt") if (r["trip_id"], r["stop_id"]) == (trip, stop))
    return next(here)["departure_time"][:5]


def clock(text: str) -> int:
    hours, minutes, *rest = map(int, text.split(":"))
    return hours * 3600 + minutes * 60 + sum(rest)


@cache
def node(table: str, key: str) -> str:
    at = one(table, key)
    here = (at.get("lat") or at["stop_lat"], at.get("lon") or at["stop_lon"])
    return next(row["node"] for row in rows("street_nodes.csv") if (row["lat"], row["lon"]) == here)


@cache
def metres(mode: str, root: str) -> dict[str, float]:
    """Return the shortest ways from a street node (Dijkstra); at one speed everywhere they are the fastest."""
    done: dict[str, float] = {}
    heap = [(0.0, root)]
    while heap:
        far, at = heapq.heappop(heap)
        if at not in done:
            done[at] = far
            for row in rows("street_edges.csv"):
                if row["from_node"] == at and row[mode] == "true":
                    heapq.heappush(heap, (far + float(row["length_m"]), row["to_node"]))
    return done


def seconds(mode: str, start: str, end: str) -> int:
    return math.ceil(metres(mode, start).get(end, NEVER) / (KMH[mode] / 3.6) - 1e-6)


@cache
def runs(service: str) -> list[list[Call]]:
    """Return the runs of a kind of day, those every 30 minutes written out; a stop without a time is left out."""
    calls: dict[str, list[Call]] = defaultdict(list)
    for r in rows("gtfs/stop_times.txt"):
        if r["departure_time"]:
            calls[r["trip_id"]].append((r["stop_id"], clock(r["arrival_time"]), clock(r["departure_time"])))
    found = []
    for trip in [row["trip_id"] for row in rows("gtfs/trips.txt") if row["service_id"] in {service, "tg"}]:
        first = calls[trip][0][2]
        starts = [first]
        for f in [row for row in rows("gtfs/frequencies.txt") if row["trip_id"] == trip]:
            starts = list(range(clock(f["start_time"]), clock(f["end_time"]), int(f["headway_secs"])))
        found += [[(stop, a + s - first, d + s - first) for stop, a, d in calls[trip]] for s in starts]
    return found


def near(mode: str, at: str, limit: int, *, towards: bool) -> dict[str, int]:
    """Return the stops near a node with the seconds to them, or from them (towards the node)."""
    stops = {row["stop_id"]: node("gtfs/stops.txt", row["stop_id"]) for row in rows("gtfs/stops.txt")}
    way = {stop: seconds(mode, n, at) if towards else seconds(mode, at, n) for stop, n in stops.items()}
    return {stop: takes for stop, takes in way.items() if takes <= limit}


@cache
def changes() -> dict[tuple[str, str], int]:
    """Return seconds from ride to ride: a walk of ten minutes at most, never under two, or what transfers.txt says."""
    stops = [row["stop_id"] for row in rows("gtfs/stops.txt")]
    walks = {s: near("walk", node("gtfs/stops.txt", s), 600, towards=False) for s in stops}
    said = {(r["from_stop_id"], r["to_stop_id"]): int(r["min_transfer_time"]) for r in rows("gtfs/transfers.txt")}
    return {(a, b): max(takes, 120) for a in stops for b, takes in walks[a].items()} | said


def arrivals(service: list[list[Call]], ready: dict[str, int], change: dict[tuple[str, str], int]) -> dict[str, int]:
    """Return the earliest arrival at each stop with at most four rides, from when one stands ready at some."""
    best: dict[str, int] = {}
    for _ in range(4):
        now: dict[str, int] = {}
        for run in service:
            aboard = False
            for stop, arrive, depart in run:
                if aboard:
                    now[stop] = min(now.get(stop, NEVER), arrive)
                aboard = aboard or depart >= ready.get(stop, NEVER)
        best |= {stop: min(t, best.get(stop, NEVER)) for stop, t in now.items()}
        pairs = [(b, now[a] + takes) for (a, b), takes in change.items() if a in now]
        ready = {stop: min(t for b, t in pairs if b == stop) for stop, _ in pairs}
    return best


@cache
def ways(place: str, begin: str, end: str, service: str = "wk") -> dict[str, tuple[int, int]]:
    """Return her minutes out and back, rounded up, for one shift: on foot, by bicycle, by bus, by bicycle and bus."""
    home, door, start, stop = node("zones.csv", ME["zone_id"]), node("places.csv", place), clock(begin), clock(end)
    mirrored = [[(s, -depart, -arrive) for s, arrive, depart in reversed(run)] for run in runs(service)]
    ready = {s: takes - start for s, takes in near("walk", door, 1200, towards=True).items()}
    out = arrivals(mirrored, ready, {(b, a): takes for (a, b), takes in changes().items()})
    ready = {s: takes + stop for s, takes in near("walk", door, 1200, towards=False).items()}
    back = arrivals(runs(service), ready, changes())

    def rides(mode: str, limit: int) -> list[tuple[int, int]]:
        there, again = (near(mode, home, limit, towards=homewards) for homewards in (False, True))
        both = sorted(there.keys() & again.keys())
        return [(start + there[s] + out.get(s, NEVER), back.get(s, NEVER) + again[s] - stop) for s in both]

    found = {mode: (seconds(mode, home, door), seconds(mode, door, home)) for mode in KMH}
    found["transit"] = (min(o for o, _ in rides("walk", 1200)), min(b for _, b in rides("walk", 1200)))
    found["bike_transit"] = min(rides("bike", 900), key=sum)  # the bicycle waits at one stop
    return {means: (math.ceil(there / 60), math.ceil(again / 60)) for means, (there, again) in found.items()}


def usable(place: str, begin: str, end: str, service: str = "wk") -> dict[str, tuple[int, int]]:
    """Return the ways within her limits, both directions."""
    found = ways(place, begin, end, service)
    return {means: way for means, way in found.items() if max(way) <= min(MOST.get(means, NEVER), ME["max_minutes"])}


@cache
def commute(vacancy: str) -> tuple[str | None, int, int, float, float]:
    """
    Return the means of the first shift, the longest minutes out and back, EUR a month, days a week.

    Each shift takes the least of EUR and minutes at 8 EUR an hour; she has a month's ticket, a km by bicycle costs 5 ct.
    """
    post = one("vacancies.csv", vacancy)
    km = metres("bike", node("zones.csv", ME["zone_id"]))[node("places.csv", post["place_id"])] / 1000
    shifts = [row for row in rows("shifts.csv") if row["shift_system_id"] == post["shift_system_id"]]
    rota = one("shift_systems.csv", post["shift_system_id"])
    days = min(float(post["presence_days"]), len(shifts) / int(rota["weeks"]))
    chosen, euro = [], 0.0
    for shift in shifts:
        found = usable(post["place_id"], shift["start"], shift["end"], {"5": "sa", "6": "so"}.get(shift["day"], "wk"))
        if not found:
            return None, NEVER, NEVER, 0.0, days
        trips = {means: 2 * km * 0.05 * (means == "bike") for means in found}
        best = min(found, key=lambda means: trips[means] + sum(found[means]) * 8 / 60)  # used at once
        chosen.append((best, *found[best]))
        euro += trips[best] * 4.33 * days / len(shifts)
    return chosen[0][0], max(o for _, o, _ in chosen), max(b for _, _, b in chosen), euro, days


def can_begin(course: str, done: frozenset[str]) -> bool:
    """Say whether level, German and what must come before are there (she has B1, C31 leads to B2)."""
    row = one("courses.csv", course)
    held = MINE.union({"q-weld-mag", "A2", "B1"}, done, {"B2"} if "C31" in done else ())
    before = column("course_prerequisites.csv", "course_id", course, "required_id") | {row["entry_cefr"]}
    return int(row["entry_eqf"]) <= ME["eqf"] and before <= held


def fits(session: Row) -> bool:
    """Say whether a session has a seat, lies within three years, and can be reached both ways."""
    if not int(session["seats"]) or session["start"] < TODAY or session["end"] > HORIZON:
        return False
    service = "sa" if one("courses.csv", session["course_id"])["format"] == "weekend" else "wk"
    place = session["place_id"]
    return not place or bool(usable(place, session["day_start"], session["day_end"], service))


@cache
def plan(vacancy: str) -> tuple[Row, ...]:
    """Return the cheapest sequence of sessions; a week counts 100 EUR, and a voucher can meet all fees here."""
    courses = {c["course_id"]: 100 * float(c["weeks"]) for c in rows("courses.csv")}
    # what adds to what she brings, and what such courses need first: C11 to C14 in a row, German B2
    useful = {c for c in courses if brought(vacancy, c) > brought(vacancy)} | {"C11", "C12", "C13", "C31"}
    sessions = [s for s in rows("course_sessions.csv") if s["course_id"] in useful and fits(s)]
    heap: list[tuple[float, str, int, tuple[Row, ...]]] = [(0.0, "", 0, ())]
    number = count(1)
    while True:
        cost, end, _, taken = heapq.heappop(heap)
        done = frozenset(s["course_id"] for s in taken)
        if brought(vacancy, *done) >= target(vacancy) - 1e-9:
            return taken
        for s in sessions:
            if s["course_id"] not in done and s["start"] >= end and can_begin(s["course_id"], done):
                heapq.heappush(heap, (cost + courses[s["course_id"]], s["end"], next(number), (*taken, s)))


def weeks(vacancy: str) -> float:
    days = [date.fromisoformat(session[day]) for session in plan(vacancy) for day in ("start", "end")]
    return ((days[-1] - days[0]).days + 1) / 7 if days else 0.0


def lasting(vacancy: str) -> float:
    """Return the share of the 36 months ahead that she can work in a post: from the end of her plan to that of the contract."""
    post = one("vacancies.csv", vacancy)
    begins = max([ME["available_from"].isoformat(), post["start"], *(session["end"] for session in plan(vacancy))])
    days = (date.fromisoformat(post["contract_end"] or "9999-12-31") - date.fromisoformat(begins)).days + 1
    return max(0.0, min(1.0, days / (36 * 365.25 / 12)))


@cache
def pay(vacancy: str) -> dict[str, float]:
    """Return gross pay at mid-range and what leaves it: contributions of 2026, § 32a (1) no. 3 EStG; EUR."""
    post = one("vacancies.csv", vacancy)
    hourly = float(post["hours_max"]) * WEEKS_PER_MONTH if post["pay_period"] == "hour" else 1
    gross = (float(post["pay_min"]) + float(post["pay_max"])) / 2 * hourly
    parts = {"pension": gross * 0.093, "health": gross * 0.0875, "care": gross * 0.024, "unemployment": gross * 0.013}
    precaution = parts["pension"] + parts["health"] + parts["care"]
    taxable = math.floor((gross - precaution) * 12 - 1230 - 36)
    z = (taxable - 17_799) / 10_000
    tax = math.floor((173.10 * z + 2397) * z + 1034.87)
    net = gross - sum(parts.values()) - tax / 12
    terms = {"taxable": taxable, "z": z, "tax": tax, "gross": gross, "net": net, "after": net - commute(vacancy)[3]}
    return parts | terms


@cache
def worth(vacancy: str) -> dict[str, float]:
    """Return the terms of what a post is worth to her (EUR a month), and the score of both sides."""
    post, share = one("vacancies.csv", vacancy), brought(vacancy) / asked(vacancy)
    _, out, back, _, days = commute(vacancy)
    outlook = {"shrinking": -500, "stable": 0, "growing": 100}[one("occupations.csv", post["occupation_id"])["outlook"]]
    way, learning = (out + back) / 60 * days * WEEKS_PER_MONTH * 10, weeks(vacancy) * 100 / 36
    quality = outlook - 120 * bool(post["contract_end"]) - 180 * (post["agency"] == "true")
    mine = (pay(vacancy)["after"] - way + 300 * share + quality) * lasting(vacancy) - learning
    a, b = min(1.0, mine / (2 * ME["net_need_eur_month"])), share * 2 ** (-weeks(vacancy) / 52)
    terms = {"way": way, "fit": 300 * share, "post": quality, "learning": learning, "mine": mine}
    return terms | {"a": a, "b": b, "score": 2 * a * b / (a + b)}


class Market:
    """The pairs that `drehkreuz match --out` wrote, matched again with every opening a seat of its own."""

    def __init__(self, file: Path) -> None:
        openings = {row["vacancy_id"]: int(row["openings"] or 1) for row in rows("vacancies.csv")}
        first = dict(zip(openings, np.cumsum([0, *openings.values()]).tolist(), strict=False))
        person = {row["person_id"]: p for p, row in enumerate(rows("people.csv"))}
        seats = [
            (person[pair["person_id"]], first[pair["vacancy_id"]] + k, int(pair["barriers"]))
            for pair in csv.DictReader(file.read_text(encoding="utf-8").splitlines())
            for k in range(openings[pair["vacancy_id"]])
        ]
        self.person, self.seat, self.mask = np.array(seats).T
        self.v = [self._most(allowed) for allowed in range(128)]

    def _most(self, allowed: int) -> int:
        kept = (self.mask & ~allowed) == 0
        pairs = csr_array((np.ones(kept.sum()), (self.person[kept], self.seat[kept])), shape=(300, 233))
        return int((maximum_bipartite_matching(pairs) >= 0).sum())

    def share(self, name: str) -> float:
        """Return what thinking a barrier away gains, the mean over all orders of the seven (Shapley)."""
        without = [bits for bits in range(128) if not bits & BITS[name]]
        orders = [math.factorial(bits.bit_count()) * math.factorial(6 - bits.bit_count()) for bits in without]
        gains = [self.v[bits | BITS[name]] - self.v[bits] for bits in without]
        return sum(n * gain for n, gain in zip(orders, gains, strict=True)) / math.factorial(7)


@pytest.fixture(scope="module")
def told(village_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the command line answers, and the market counted again."""
    folder = tmp_path_factory.mktemp("match")
    asking = {"answer": ("paths", "--person", WELDER, "--top", 50), "headline": ("match", "--out", folder)}
    found: dict[str, Any] = {}
    for name, (verb, *rest) in asking.items():
        done = CliRunner().invoke(drehkreuz, [*map(str, (verb, village_folder, *rest)), "--json"])
        assert done.exit_code == 0, done.output
        found[name] = json.loads(done.stdout)
    return found | {"market": Market(folder / "edges.csv")}


def test_the_best_paths_are_as_worked_by_hand(told: dict[str, Any]) -> None:
    """Skills, plan, way, pay, worth and order of the welder's five paths are those of plain Python over the rows."""
    best = {path["vacancy_id"]: path for path in told["answer"]["paths"]}
    assert list(best) == sorted(WAYS, key=lambda v: -worth(v)["score"])
    for v, path in best.items():
        way, learned, net = path["commute"], path["learning"], pay(v)["net"]
        assert path["brings"]["share"] == round(brought(v) / asked(v), 3)
        steps = [(step["course_id"], step["start"], step["end"]) for step in learned["steps"]]
        assert steps == [(session["course_id"], session["start"], session["end"]) for session in plan(v)]
        assert (learned["weeks"], learned["own_fee_eur"]) == (round(weeks(v), 1), 0)
        assert (way["chain"], way["minutes_out"], way["minutes_back"]) == commute(v)[:3]
        assert way["cost_eur_month"] == round(commute(v)[3])
        money = [path["pay"][f"{name}_eur_month"] for name in ("gross", "net", "net_after_commute", "change")]
        by_hand = (pay(v)["gross"], net, pay(v)["after"], net - ME["net_today_eur_month"])
        assert money == list(map(round, by_hand))
        assert path["utility_eur_month"] == round(worth(v)["mine"])


def test_the_blocked_posts_are_as_worked_by_hand(told: dict[str, Any]) -> None:
    """One post has no bus to the early shift, the other asks a certificate whose only course is out of reach."""
    near_by = {post["vacancy_id"]: post for post in told["answer"]["nearly"]}
    bits = {v: [(b["barrier"], b["reasons"], b["slack"]) for b in near_by[v]["barriers"]] for v in ("V033", "V034")}
    assert bits["V034"] == [("reach", ["reach_out", "reach_back"], None)]
    assert commute("V034")[0] is None
    assert bits["V033"] == [("training", ["training_place"], float(one("courses.csv", "C07")["weeks"]))]
    assert column("courses.csv", "leads_to", "q-weld-tig", "course_id") == {"C07"}
    assert not usable("P19", "08:00", "15:00")


def test_the_column_closes_as_counted_again(told: dict[str, Any]) -> None:
    """Largest numbers and shares of the headline are those of another matching algorithm over the pairs written."""
    market, headline = told["market"], told["headline"]
    assert headline["filled_today"] == market.v[0]
    assert {s["barrier"]: s["share"] for s in headline["shares"]} == {b: round(market.share(b), 2) for b in BITS}
    assert headline["openings"] - headline["no_person_left"] == market.v[127]
    assert market.v[0] + sum(map(market.share, BITS)) == pytest.approx(market.v[127])


def test_the_tutorial_shows_these_numbers(told: dict[str, Any]) -> None:
    """Each number of the page with an expression in a comment behind it is the expression's value."""
    shown = re.findall(r"([^\s|*(]+)<!-- (.+?) -->", PAGE)
    assert len(shown) > 150
    for text, expression in shown:
        value = eval(expression, globals() | told)  # noqa: S307  # the expressions stand in this repository
        decimals = len(text.partition(".")[2])
        assert text == (value if isinstance(value, str) else f"{value:,.{decimals}f}"), expression
