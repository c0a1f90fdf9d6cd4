# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The village's tables: they fit together, they are what its README says, and every case occurs that the engines must tell apart."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import networkx as nx
import polars as pl
import pytest

from drehkreuz.region import TABLES, Region
from drehkreuz.region.check import check
from drehkreuz.sources.build import build
from drehkreuz.sources.person import read_person
from drehkreuz.sources.recipe import TableSource, read_recipe

VILLAGE = Path(str(files("drehkreuz.model") / "village"))
EXAMPLES = Path(__file__).parents[2] / "examples"
TABLE_FILES = sorted(path.stem for path in VILLAGE.glob("*.csv"))
MINIMUM_WAGE = {2026: 13.90, 2027: 14.60}  # EUR an hour, fifth ordinance on the minimum wage
WEEKS_PER_MONTH = 52 / 12
TRAINED = ("apprenticeship_dual", "apprenticeship_school", "dual_study", "entry_qualification")

# Names that an invented region must not borrow.
REAL_NAMES = (
    "aachen", "aldenhoven", "düren", "eschweiler", "hambach", "inden", "jülich", "langerwehe", "niederzier", "stolberg",
    "weisweiler", "rwe", "rheinbraun", "streetscooter", "e.go", "talbot", "avv", "aseag", "rurtalbahn", "deutsche bahn",
)  # fmt: skip
INVENTED = {
    "zones": "name",
    "places": "name",
    "vacancies": "employer",
    "courses": "provider",
    "stops": "name",
    "routes": "name",
    "projects": "label",
}


@pytest.fixture(scope="session")
def village(tmp_path_factory: pytest.TempPathFactory) -> Region:
    """The village as `region build` reads it."""
    return build(read_recipe(VILLAGE / "region.toml"), tmp_path_factory.mktemp("village")).region


@cache
def gtfs(name: str) -> list[dict[str, str]]:
    with (VILLAGE / "gtfs" / f"{name}.txt").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def seconds(clock: str) -> int:
    hours, minutes, rest = (int(part) for part in clock.split(":"))
    return hours * 3600 + minutes * 60 + rest


def test_the_recipe_names_every_file_once() -> None:
    """Every table file of the folder stands in the recipe, once, and the README speaks of each."""
    recipe = read_recipe(VILLAGE / "region.toml")
    tables = [source.table for source in recipe.sources if isinstance(source, TableSource)]
    readme = (VILLAGE / "README.md").read_text(encoding="utf-8")
    assert sorted(tables) == TABLE_FILES
    assert all(name.split("_")[0] in readme for name in TABLE_FILES)


def test_nothing_is_wrong_with_it(village: Region) -> None:
    """The region's own check finds nothing, not even a warning."""
    assert [str(finding) for finding in check(village)] == []


@pytest.mark.parametrize("table", TABLE_FILES)
def test_files_are_tidy(table: str) -> None:
    """A file is UTF-8 without byte order mark, has plain line ends, no spaces around cells, and its rows stand in order of their key."""
    raw = (VILLAGE / f"{table}.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    rows = list(csv.DictReader(raw.decode("utf-8").splitlines()))
    assert all(cell == cell.strip() for row in rows for cell in row.values())
    assert list(rows[0]) == [name for name in TABLES[table].columns if name in rows[0]]
    keys = [
        tuple(int(row[k]) if TABLES[table].columns[k].type == "int" else row.get(k, "") for k in TABLES[table].key)
        for row in rows
    ]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("table", TABLE_FILES)
def test_every_column_says_something(table: str) -> None:
    """A column that only repeats the schema's default is left out."""
    rows = list(csv.DictReader((VILLAGE / f"{table}.csv").read_text(encoding="utf-8").splitlines()))
    for name in rows[0]:
        default = TABLES[table].columns[name].default
        said = {row[name] for row in rows} - {"", str(default).lower() if isinstance(default, bool) else str(default)}
        assert said or TABLES[table].columns[name].required, name


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("people", 300), ("vacancies", 120), ("courses", 40), ("stops", 12), ("routes", 4), ("zones", 24), ("places", 19),
        ("occupations", 39), ("skills", 181), ("qualifications", 42), ("street_nodes", 58), ("shift_systems", 20),
    ],
)  # fmt: skip
def test_it_is_as_large_as_its_readme_says(village: Region, table: str, rows: int) -> None:
    """The sizes that the README names."""
    assert len(village.table(table)) == rows


def test_nothing_bears_a_real_name(village: Region) -> None:
    """No place, employer, provider, stop, line or project is called like a real one of the lignite area."""
    said = [text.lower() for table, column in INVENTED.items() for text in village.table(table)[column].drop_nulls()]
    words = {word.strip(",.()") for text in said for word in text.split()}
    assert words.isdisjoint(REAL_NAMES)
    assert village.table("vacancies")["employer"].str.starts_with("Beispielbetrieb ").all()
    assert village.table("courses")["provider"].str.starts_with("Beispiel").all()
    assert village.table("routes")["name"].str.starts_with("Modell").all()


# ---------------------------------------------------------------------------------------------------------- taxonomy


def test_occupations_ask_a_handful_of_skills(village: Region) -> None:
    """Each occupation asks six to twelve essential and two to five optional skills, and every skill is asked somewhere."""
    asked = village.table("occupation_skills")
    counts = asked.group_by("occupation_id").agg(
        (pl.col("relation") == "essential").sum().alias("essential"),
        (pl.col("relation") == "optional").sum().alias("optional"),
    )
    assert len(counts) == len(village.table("occupations"))
    assert counts["essential"].is_between(6, 12).all()
    assert counts["optional"].is_between(2, 5).all()
    assert set(asked["skill_id"]) == set(village.table("skills")["skill_id"])


def test_names_in_every_language(village: Region) -> None:
    """Occupations have a name in four languages, skills and groups in German and English."""
    preferred = village.table("labels").filter(pl.col("kind") == "preferred")
    languages = preferred.group_by("concept", "concept_id").agg(pl.col("language").sort().str.join(" "))
    assert set(languages.filter(pl.col("concept") == "occupation")["language"]) == {"de en fr nl"}
    assert set(languages.filter(pl.col("concept") != "occupation")["language"]) == {"de en"}


def test_each_skill_and_occupation_has_one_group_with_a_name(village: Region) -> None:
    """Every skill and every occupation stands in exactly one named group."""
    broader = village.table("broader")
    members = {*village.table("skills")["skill_id"], *village.table("occupations")["occupation_id"]}
    assert set(broader["concept_id"]) == members
    assert len(broader) == len(members)
    groups = village.table("labels").filter(pl.col("concept").str.ends_with("_group"))
    assert set(broader["broader_id"]) == set(groups["concept_id"])


def test_the_fifth_digit_is_the_level(village: Region) -> None:
    """KldB 2010 says the Anforderungsniveau in its fifth digit."""
    occupations = village.table("occupations")
    assert (occupations["kldb2010"].str.slice(4, 1).cast(pl.Int32) == occupations["level"]).all()
    assert sorted(occupations["level"].unique()) == [1, 2, 3, 4]


# ---------------------------------------------------------------------------------------------------------- vacancies


def test_paid_hours_add_up(village: Region) -> None:
    """Paid hours are the mean presence of the rota, less half an hour's break on shifts over six hours."""
    presence = (pl.col("end") - pl.col("start")) / 60
    worked = (
        village.table("shifts")
        .filter(~pl.col("on_call"))
        .with_columns(hours=presence - pl.when(presence > 6).then(0.5).otherwise(0.0))
    )
    means = (
        worked.group_by("shift_system_id")
        .agg(pl.col("hours").sum())
        .join(village.table("shift_systems"), on="shift_system_id")
        .select(pl.col("hours") / pl.col("weeks") - pl.col("paid_hours"))
    )
    assert len(means) == len(village.table("shift_systems"))
    assert means.to_series().abs().max() == pytest.approx(0)


def test_four_crews_are_always_there(village: Region) -> None:
    """In the continuous rota, four crews a week apart cover each hour of the week once."""
    shifts = village.table("shifts").filter(pl.col("shift_system_id") == "konti")
    begins = sorted(day * 1440 + start for day, start in shifts.select("day", "start").iter_rows())
    assert len(begins) == 3 * 7
    assert {later - earlier for earlier, later in pairwise(begins)} == {8 * 60}
    assert set((shifts["end"] - shifts["start"]).to_list()) == {8 * 60}


def test_posts_are_worked_at_the_hours_of_their_rota(village: Region) -> None:
    """A post's most hours are the paid hours of its rota."""
    both = village.table("vacancies").join(village.table("shift_systems"), on="shift_system_id")
    assert (both["hours_max"] == both["paid_hours"]).all()


def test_nobody_is_offered_less_than_the_minimum_wage(village: Region) -> None:
    """Every post that is not a training pays the minimum wage of the year it begins in, or more."""
    for post in village.table("vacancies").filter(~pl.col("kind").is_in(TRAINED)).iter_rows(named=True):
        hourly = (
            post["pay_min"] if post["pay_period"] == "hour" else post["pay_min"] / post["hours_max"] / WEEKS_PER_MONTH
        )
        assert hourly >= MINIMUM_WAGE[post["start"].year], post["vacancy_id"]


def test_apprenticeships_name_their_length_and_their_school(village: Region) -> None:
    """An apprenticeship says its normal and shortest length and, taught in a firm, where its Berufskolleg is."""
    apprenticeships = village.table("vacancies").filter(
        pl.col("kind").is_in(["apprenticeship_dual", "apprenticeship_school"])
    )
    assert apprenticeships["months_normal"].null_count() == 0
    assert (apprenticeships["months_shortest"] <= apprenticeships["months_normal"]).all()
    schools = village.table("vacancy_places").join(village.table("places"), on="place_id")
    assert set(schools["vacancy_id"]) == set(apprenticeships["vacancy_id"])
    assert set(schools["kind"]) == {"learning"}
    assert set(schools["pattern"]) == {"days", "blocks"}


# ------------------------------------------------------------------------------------------------------------ courses


def test_lengths_of_courses_agree(village: Region) -> None:
    """Teaching units of 45 minutes, hours a week and weeks say the same length, to half a unit."""
    courses = village.table("courses")
    hours = courses["hours_per_week"] * courses["weeks"]
    assert (courses["teaching_units"] * 0.75 - hours).abs().max() <= 0.375


def test_sessions_last_as_long_as_their_course(village: Region) -> None:
    """From first to last day a session takes its course's weeks, a few days more or less, on days of its format."""
    sessions = village.table("course_sessions").join(village.table("courses"), on="course_id")
    days = (sessions["end"] - sessions["start"]).dt.total_days() + 1
    assert ((days / 7 - sessions["weeks"]).abs() <= 0.8).all()
    weekend = sessions["start"].dt.weekday() > 5
    assert (weekend == (sessions["format"] == "weekend")).all()
    assert sessions["start"].min() >= date(2026, 11, 2)
    assert (sessions["place_id"].is_null() == (sessions["format"] == "online")).all()


def test_modular_qualification_is_a_chain(village: Region) -> None:
    """The modules of the Teilqualifikation are numbered without a gap, each asks for the one before and can follow it in time."""
    modules = village.table("courses").filter(pl.col("module_number").is_not_null()).sort("module_number")
    assert modules["module_number"].to_list() == list(range(1, modules["modules_total"][0] + 1))
    before = dict(village.table("course_prerequisites").select("course_id", "required_id").iter_rows())
    ids = modules["course_id"].to_list()
    assert [before.get(course) for course in ids] == [None, *ids[:-1]]
    first = village.table("course_sessions").group_by("course_id").agg(pl.col("start").min(), pl.col("end").min())
    dates = {course: (start, end) for course, start, end in first.iter_rows()}
    assert all(dates[later][0] > dates[earlier][1] for earlier, later in pairwise(ids))


# -------------------------------------------------------------------------------------------------- streets and lines


def test_everything_stands_on_a_street(village: Region) -> None:
    """Every zone, place and stop has the coordinates of a street node."""
    nodes = set(village.table("street_nodes").select("lat", "lon").iter_rows())
    for table in ("zones", "places", "stops"):
        assert set(village.table(table).select("lat", "lon").iter_rows()) <= nodes, table


@pytest.mark.parametrize("mode", ["walk", "bike"])
def test_one_can_walk_and_cycle_from_everywhere_to_everywhere(village: Region, mode: str) -> None:
    """The streets open to feet, and those open to bicycles, hang together in both directions."""
    edges = village.table("street_edges").filter(pl.col(mode))
    graph = nx.DiGraph(edges.select("from_node", "to_node").iter_rows())
    assert set(graph) == set(village.table("street_nodes")["node"])
    assert nx.is_strongly_connected(graph)


def test_streets_have_their_three_oddities(village: Region) -> None:
    """There is a street for motor vehicles only, a path without them, and a lane that they may use in one direction."""
    edges = village.table("street_edges")
    assert len(edges.filter(pl.col("car") & ~pl.col("walk") & ~pl.col("bike"))) == 4
    assert len(edges.filter(~pl.col("car") & pl.col("walk") & pl.col("bike"))) == 8
    assert len(edges.filter(~pl.col("car") & pl.col("walk") & ~pl.col("bike"))) == 2
    assert (edges["car_kmh"].is_not_null() == edges["car"]).all()


def test_streets_are_no_shorter_than_the_crow_flies(village: Region) -> None:
    """An edge is at least as long as the straight line between its ends, to ten metres, and at most a tenth longer."""
    at = {node: (lat * 111_250, lon * 70_250) for node, lat, lon in village.table("street_nodes").iter_rows()}
    for tail, head, metres in village.table("street_edges").select("from_node", "to_node", "length_m").iter_rows():
        straight = ((at[tail][0] - at[head][0]) ** 2 + (at[tail][1] - at[head][1]) ** 2) ** 0.5
        assert straight - 10 <= metres <= straight * 1.1 + 10


def test_trips_run_forward_in_time() -> None:
    """Along each trip times rise, its first and last call are timed, and exactly one call of the feed is blank."""
    calls: dict[str, list[dict[str, str]]] = {}
    for call in gtfs("stop_times"):
        calls.setdefault(call["trip_id"], []).append(call)
    assert set(calls) == {trip["trip_id"] for trip in gtfs("trips")}
    for trip in calls.values():
        assert [int(call["stop_sequence"]) for call in trip] == list(range(1, len(trip) + 1))
        timed = [seconds(call["departure_time"]) for call in trip if call["departure_time"]]
        assert all(earlier < later for earlier, later in pairwise(timed))
        assert trip[0]["departure_time"]
        assert trip[-1]["arrival_time"]
    assert sum(call["arrival_time"] == "" for trip in calls.values() for call in trip) == 1


def test_first_bus_comes_after_the_early_shift_has_begun() -> None:
    """On a weekday nothing reaches the business park before 06:13, and the last bus leaves it before the late shift ends."""
    park = {"gewerbepark-nord", "gewerbepark-sued"}
    line = {trip["trip_id"] for trip in gtfs("trips") if trip["route_id"] == "B1" and trip["service_id"] == "wk"}
    there = [call for call in gtfs("stop_times") if call["stop_id"] in park]
    assert {call["trip_id"].split("-")[0] for call in there} == {"B1"}
    times = [seconds(call["arrival_time"]) for call in there if call["trip_id"] in line]
    assert min(
        seconds(c["arrival_time"]) for c in there if c["trip_id"] in line and c["trip_id"].endswith("hin")
    ) == seconds("06:13:00")
    assert max(times) < seconds("22:00:00")


def test_timetable_has_its_oddities() -> None:
    """Frequencies, a run after midnight, a bus line without Sundays, and one holiday on which the Sunday timetable holds."""
    trips = {trip["trip_id"]: trip for trip in gtfs("trips")}
    assert {row["trip_id"] for row in gtfs("frequencies")} == {"B2-wk-0630-hin", "B2-wk-0650-rueck"}
    late = {call["trip_id"] for call in gtfs("stop_times") if call["departure_time"] >= "24:00:00"}
    assert {trips[name]["route_id"] for name in late} == {"B2", "R1"}
    services = {
        line: {t["service_id"] for t in trips.values() if t["route_id"] == line} for line in ("R1", "B1", "B2", "B3")
    }
    assert services == {"R1": {"wk", "sa", "so"}, "B1": {"wk", "sa"}, "B2": {"wk", "sa", "tg"}, "B3": {"wk", "sa"}}
    assert {row["date"] for row in gtfs("calendar_dates")} == {"20261225"}


# -------------------------------------------------------------------------------------------------------------- cases

ALL_ALLOWED = [
    ("people", "employment_status"), ("people", "employer_group"), ("people", "residence_purpose"),
    ("person_qualifications", "recognition"), ("person_skills", "through"), ("vacancies", "kind"),
    ("vacancies", "pay_period", "hour", "month"), ("vacancies", "physical"), ("vacancy_skills", "demand"),
    ("courses", "format"), ("course_prerequisites", "requires"), ("shifts", "name"), ("places", "kind", "workplace", "learning", "care"),
    ("skills", "class"), ("occupations", "outlook"), ("qualifications", "kind"), ("tariffs", "tariff_id"),
    ("rules", "topic", "funding", "rights", "tax", "cross_border", "care"), ("projects", "kind"),
]  # fmt: skip


@pytest.mark.parametrize("case", ALL_ALLOWED, ids=lambda case: f"{case[0]}.{case[1]}")
def test_every_value_occurs(village: Region, case: tuple[str, ...]) -> None:
    """Every value that the schema allows, or that is named here, stands in some row."""
    table, column, *named = case
    allowed = named or TABLES[table].columns[column].allowed
    assert allowed
    assert set(village.table(table)[column].drop_nulls()) == set(allowed)


def people_with(village: Region, table: str, condition: pl.Expr) -> set[str]:
    return set(village.table(table).filter(condition)["person_id"])


PEOPLE_CASES = {
    "operator's staff aged 58 when the mine closes, in coal on the reference day": (
        "people",
        (pl.col("employer_group") == "lignite_operator")
        & (pl.col("birth_year_to") <= 1971)
        & pl.col("employed_on_2019_09_30"),
        8,
    ),
    "operator's staff just too young at the closure": (
        "people",
        (pl.col("employer_group") == "lignite_operator") & (pl.col("birth_year_from") == 1972),
        3,
    ),
    "contractors whose post ends with the mine": (
        "people",
        (pl.col("employer_group") == "contractor") & pl.col("closure_id").is_not_null(),
        15,
    ),
    "fixed-term contracts": ("people", pl.col("contract_end").is_not_null(), 5),
    "no car": ("people", ~pl.col("car"), 80),
    "pedelecs": ("people", pl.col("pedelec"), 10),
    "monthly passes": ("people", pl.col("transit_pass"), 15),
    "cannot learn online": ("people", ~pl.col("learning_online"), 20),
    "part-time wishes": ("people", pl.col("hours_max") <= 25, 20),
    "available only at the closure": ("people", pl.col("available_from") >= date(2029, 1, 1), 8),
    "net need above 2,600 EUR": ("people", pl.col("net_need_eur_month") >= 2600, 8),
    "care that closes by 14:15": ("care", pl.col("closes") <= 14 * 60 + 15, 10),
    "all-day school to come": ("care", pl.col("after_school_from").is_not_null(), 5),
    "named times": ("person_times", pl.col("from").is_not_null(), 30),
    "German at A2": ("person_languages", (pl.col("language") == "de") & (pl.col("cefr") == "A2"), 10),
    "German at B1": ("person_languages", (pl.col("language") == "de") & (pl.col("cefr") == "B1"), 15),
    "German not certified": ("person_languages", (pl.col("language") == "de") & ~pl.col("certified"), 10),
    "award from abroad": ("person_qualifications", pl.col("country") != "DE", 10),
    "part of a modular qualification": ("person_qualifications", pl.col("modules_done") < pl.col("modules_total"), 2),
    "found equal": ("person_qualifications", pl.col("validated"), 1),
    "certificates that run out": ("person_qualifications", pl.col("expires").is_not_null(), 10),
    "driver's qualification": ("person_licences", pl.col("code95_expires").is_not_null(), 5),
    "skills taken back": ("person_skills", pl.col("through") == "corrected_away", 2),
}


@pytest.mark.parametrize("case", PEOPLE_CASES)
def test_people_of_every_case(village: Region, case: str) -> None:
    """There are at least so many people of the case."""
    table, condition, least = PEOPLE_CASES[case]
    assert len(people_with(village, table, condition)) >= least


VACANCY_CASES = {
    "agency": ("vacancies", pl.col("agency"), 3),
    "fixed term": ("vacancies", pl.col("contract_end").is_not_null(), 5),
    "job ticket": ("vacancies", pl.col("transit_job_ticket"), 20),
    "remote days": ("vacancies", pl.col("remote_share") > 0, 5),
    "several posts": ("vacancies", pl.col("openings") > 1, 25),
    "career changers": ("vacancies", pl.col("employer_trains_career_changers"), 20),
    "night premiums": ("vacancies", pl.col("night") & (pl.col("premiums_tax_free_eur_month") > 0), 5),
    "part-time apprenticeship": ("vacancies", pl.col("part_time_share") < 1, 3),
    "continuous shifts": ("vacancies", pl.col("shift_system_id") == "konti", 4),
    "mornings": ("vacancies", pl.col("shift_system_id").str.starts_with("vormittag"), 10),
    "certified German": ("vacancy_languages", pl.col("certified"), 3),
    "German at C1": ("vacancy_languages", (pl.col("language") == "de") & (pl.col("cefr") == "C1"), 2),
    "English": ("vacancy_languages", pl.col("language") == "en", 4),
    "driver's qualification": ("vacancy_licences", pl.col("code95"), 4),
    "certificates": (
        "vacancy_qualifications",
        pl.col("qualification_id").is_in(["q-forklift", "q-crane", "q-weld-mag"]),
        5,
    ),
}


@pytest.mark.parametrize("case", VACANCY_CASES)
def test_vacancies_of_every_case(village: Region, case: str) -> None:
    """There are at least so many vacancies of the case."""
    table, condition, least = VACANCY_CASES[case]
    assert village.table(table).filter(condition)["vacancy_id"].n_unique() >= least


def test_regulated_professions_are_asked(village: Region) -> None:
    """Nurses, childcare assistants and educators are regulated, with act and authority, and posts ask for each."""
    regulated = village.table("occupations").filter(pl.col("regulated"))
    assert set(regulated["occupation_id"]) == {"o-nurse", "o-childcare-assistant", "o-educator"}
    assert (
        regulated.select("regulated_country", "regulated_authority", "regulated_act")
        .null_count()
        .sum_horizontal()
        .item()
        == 0
    )
    assert set(regulated["occupation_id"]) <= set(village.table("vacancies")["occupation_id"])


def test_courses_of_every_kind(village: Region) -> None:
    """Some courses may be paid by voucher and some not, some sessions are full, some offer care, some have no funding at all."""
    courses, sessions = village.table("courses"), village.table("course_sessions")
    assert set(courses["azav"]) == {True, False}
    assert set(courses["childcare"]) == {True, False}
    assert len(sessions.filter(pl.col("seats") == 0)) >= 3
    assert len(courses.filter(pl.col("leads_to_language").is_not_null())) == 3
    assert (
        courses.filter(pl.col("fee_eur") > 0)
        .join(village.table("course_funding"), on="course_id", how="anti")
        .is_empty()
    )


def test_about_two_thirds_drive(village: Region) -> None:
    """A car and the licence to drive it: about 65 in a hundred."""
    drivers = set(village.table("person_licences").filter(pl.col("licence").is_in(["B", "CE", "D"]))["person_id"])
    people = village.table("people")
    share = people.select((pl.col("car") & pl.col("person_id").is_in(list(drivers))).mean()).item()
    assert 0.6 <= share <= 0.7


def test_everybody_speaks_some_german(village: Region) -> None:
    """Each person has a level of German, so that LANGUAGE has something to compare."""
    spoken = village.table("person_languages").filter(pl.col("language") == "de")
    assert set(spoken["person_id"]) == set(village.table("people")["person_id"])


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_examples_are_read(village: Region, path: Path) -> None:
    """Each example is a whole person of the village with a role for a name."""
    person = read_person(path, village)
    assert person.label
    assert len(person.tables["people"]) == 1
    assert len(person.tables["person_languages"]) >= 1
