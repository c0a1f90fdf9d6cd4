# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The tables and sentences of the model region's page that are counted in the region."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import model_numbers
import polars as pl

from drehkreuz.model.aachen.population import groups
from drehkreuz.model.aachen.targets import FULL_TIME, SUNDAY, WORKDAY
from drehkreuz.region import Region

TOP: Final = 10
"""Occupations named at either end."""
ENDS: Final = 5
"""Municipalities named at either end."""
LEVELS: Final = {1: "helpers", 2: "skilled", 3: "specialists", 4: "experts"}
"""Anforderungsniveau of the KldB 2010."""
KINDS: Final = {
    "job": "jobs",
    "apprenticeship_dual": "dual apprenticeships",
    "apprenticeship_school": "apprenticeships at schools",
    "dual_study": "dual studies",
    "entry_qualification": "entry qualifications (EQ)",
    "internship": "internships",
}


def figure(value: float, decimals: int = 0) -> str:
    """Return a number as English writes it."""
    return f"{value:,.{decimals}f}"


def percent(share: float | None) -> str:
    """Return a share in whole percent, or a dash where there is none."""
    return "–" if share is None else f"{100 * share:.0f} %"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], numbers: str = "") -> str:
    """
    Return a table in Markdown.

    Args:
        head: Names of columns.
        rows: Cells.
        numbers: One letter a column, `r` where numbers stand to the right.
    """
    rule = ["---:" if at < len(numbers) and numbers[at] == "r" else "---" for at in range(len(head))]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, rule, *rows))


def glance(region: Region) -> str:
    """Return the size of the region in a few lines."""
    people, towns = region.table("people"), model_numbers.study(region)
    every = region.table("municipalities")
    counted = {name: figure(len(region.table(name))) for name in COUNTED}
    workplaces = region.table("places").filter(kind="workplace").height
    lines = (
        f"{len(towns)} municipalities with {figure(model_numbers.total(towns, 'population'))} residents in the study area",
        f"{len(every)} municipalities with {figure(model_numbers.total(every, 'population'))} residents in the labour-market area",
        f"{counted['zones']} inhabited cells of 1 km",
        f"{counted['people']} people in the sample, who stand for {figure(model_numbers.total(people, 'weight'))}",
        f"{figure(model_numbers.total(region.table('vacancies'), 'openings'))} openings in {counted['vacancies']} posts at {figure(workplaces)} workplaces",
        f"{counted['courses']} courses with {counted['course_sessions']} dates",
        f"{counted['stops']} stops, {counted['routes']} lines, {counted['street_edges']} pieces of street",
        f"{counted['occupations']} occupations, {counted['skills']} skills",
    )
    return "\n".join(f"- {line}" for line in lines)


COUNTED: Final = (
    *("zones", "people", "vacancies", "courses", "course_sessions"),
    *("stops", "routes", "street_edges", "occupations", "skills"),
)
GRADES: Final = (
    (("municipalities",), "names; residents (2020 to 2023)", "", "jobs at workplaces"),
    (
        ("zones",),
        "",
        "position of settlements (GeoNames)",
        "the cells; how residents spread over them; positions of villages",
    ),
    (("street_nodes", "street_edges"), "", "", "all: a proximity graph with classes and speeds"),
    (("stops",), "names and positions", "", "which stops are served"),
    (
        ("routes", "trips", "stop_times", "service_days", "transfers", "park_and_ride"),
        "",
        "",
        "all: model lines, departures, changes, parking spaces",
    ),
    (("sharing_stations",), "positions (at stops)", "", "stations, bicycles, cars"),
    (("tariffs",), "", "prices and emissions with a source in the row", "the others"),
    (("rules",), "law, with section and day of checking", "", ""),
    (("projects",), "", "dates of closures", "posts, steps, chances to fail; all example projects"),
    (
        ("occupations", "skills", "labels", "occupation_skills", "broader", "qualifications"),
        "codes of ISCO-08 and KldB 2010",
        "",
        "skills of occupations, weeks to learn, half-lives",
    ),
    (
        (
            "people",
            "person_occupations",
            "person_skills",
            "person_languages",
            "person_qualifications",
            "person_licences",
            "person_times",
        ),
        "",
        "ages with the lignite operator; upper bound of their number",
        "all else; nobody is real",
    ),
    (("care", "places"), "", "", "all: hours of care, workplaces, schools, providers"),
    (
        (
            "vacancies",
            "vacancy_skills",
            "vacancy_languages",
            "vacancy_qualifications",
            "vacancy_licences",
            "vacancy_places",
        ),
        "minimum wage",
        "order of size of pay and tightness",
        "all else",
    ),
    (("shift_systems", "shifts"), "", "", "all: rotas as they are usual"),
    (
        ("courses", "course_skills", "course_prerequisites", "course_sessions", "course_funding"),
        "",
        "",
        "all: types of provider with usual hours and lengths",
    ),
    (("commuting",), "", "median way to work", "all else: a gravity model"),
    (("targets",), "", "", "each row has its own grade, see below"),
)
"""Tables, and what in them is observed, secondary, assumed."""


def grades(region: Region) -> str:
    """Return what is observed, secondary and assumed in each table."""
    rows = [
        (
            ", ".join(f"`{name}`" for name in names),
            figure(sum(len(region.table(name)) for name in names)),
            *(words or "–" for words in known),
        )
        for names, *known in GRADES
    ]
    return table(("tables", "rows", "observed", "secondary", "assumed"), rows, "lr")


def composition(_region: Region) -> str:
    """Return the groups of people with their sum."""
    known = groups()
    columns = known.select("label_en", "label_de", "count", "weight", "source")
    rows = [
        (english, german, figure(count), figure(count / weight), str(weight), source.replace("|", "/"))
        for english, german, count, weight, source in columns.iter_rows()
    ]
    sample = int((known["count"] / known["weight"]).sum())
    rows.append(
        ("**all**", "**alle**", f"**{figure(model_numbers.total(known, 'count'))}**", f"**{figure(sample)}**", "", "")
    )
    return table(("group", "Gruppe", "people", "rows", "weight", "source"), rows, "llrrr")


def targets(region: Region) -> str:
    """Return every target beside its result."""
    rows = []
    for row in region.table("targets").sort("target_id").iter_rows(named=True):
        value, low, high, result = (_in_unit(row[column], row["unit"]) for column in ("value", "low", "high", "result"))
        met = "met" if row["low"] <= row["result"] <= row["high"] else "**missed**"
        unit = UNITS.get(row["unit"], "")
        label = f"{row['label_en']} ({unit})" if unit else row["label_en"]
        rows.append(
            (f"`{row['target_id']}`", label, value, f"{low} to {high}", result, met, row["grade"], row["source"])
        )
    head = ("target", "what", "aimed at", "allowed", "result", "", "grade", "source")
    return table(head, rows, "llrrr")


UNITS: Final = {"km": "km", "EUR/month": "€ a month"}
"""Units that a target's words leave open."""


def _in_unit(value: float, unit: str) -> str:
    if unit == "share":
        return percent(value)
    return figure(value, 0 if abs(value) >= 100 or value == int(value) else 1)


def missed(region: Region) -> str:
    """Return how many targets are met, and the names of those that are not."""
    known = region.table("targets").sort("target_id")
    off = known.filter(~pl.col("result").is_between(pl.col("low"), pl.col("high")))["label_en"].to_list()
    kept = f"{len(known) - len(off)} of {len(known)} targets are met."
    return f"{kept} Missed: {'; '.join(off)}." if off else kept


def kinds(region: Region) -> str:
    """Return openings by kind."""
    counted = region.table("vacancies").group_by("kind").agg(pl.col("openings").sum()).sort("openings", descending=True)
    rows = [(KINDS.get(kind, kind), figure(openings)) for kind, openings in counted.iter_rows()]
    return table(("kind", "openings"), rows, "lr")


def levels(region: Region) -> str:
    """Return openings, people and pay by requirement level."""
    jobs = region.table("vacancies").filter(kind="job").join(region.table("occupations"), on="occupation_id")
    pay = jobs.filter(pl.col("hours_max") >= FULL_TIME).with_columns(gross=(pl.col("pay_min") + pl.col("pay_max")) / 2)
    median = dict(pay.group_by("level").agg(pl.col("gross").median()).iter_rows())
    counted = model_numbers.by_occupation(region).group_by("level").agg(pl.col("openings", "people", "skilled").sum())
    rows = [
        (
            f"{level} {LEVELS[level]}",
            *map(figure, (openings, people, skilled)),
            figure(skilled / openings, 1),
            figure(median[level]),
        )
        for level, openings, people, skilled in counted.sort("level").iter_rows()
    ]
    head = (
        "requirement level",
        "openings",
        "unemployed of the occupations",
        "with the award",
        "of these per opening",
        "median gross pay, full-time, €",
    )
    return table(head, rows, "lrrrrr")


def short(region: Region) -> str:
    """Return the occupations with most openings beyond the people who hold the award."""
    rows = model_numbers.by_occupation(region).sort("gap", "occupation_id", descending=[True, False]).head(TOP)
    return _occupations(region, rows)


def surplus(region: Region) -> str:
    """Return the occupations with most people beyond the openings."""
    return _occupations(region, model_numbers.by_occupation(region).sort("gap", "occupation_id").head(TOP))


def _occupations(region: Region, rows: pl.DataFrame) -> str:
    english, german = model_numbers.preferred(region, "en"), model_numbers.preferred(region, "de")
    cells = [
        (
            english[name],
            german[name],
            LEVELS[level],
            *map(figure, (openings, skilled, people)),
            f"{gap:+,.0f}".replace("-", "−"),
        )
        for name, level, openings, skilled, people, gap in rows.select(
            "occupation_id", "level", "openings", "skilled", "people", "gap"
        ).iter_rows()
    ]
    head = (
        "occupation",
        "Beruf",
        "level",
        "openings",
        "unemployed with the award",
        "all unemployed of the occupation",
        "openings less people with the award",
    )
    return table(head, cells, "lllrrrr")


def commuting(region: Region) -> str:
    """Return where residents of each district work."""
    flows = model_numbers.commutes(region)
    rows = []
    for (district,), ways in sorted(flows.partition_by("home_district", as_dict=True).items()):
        total = model_numbers.total(ways, "commuters")
        shares = [
            model_numbers.total(ways.filter(scope=scope), "commuters") / total
            for scope in ("town", "district", "beyond")
        ]
        rows.append(
            (
                district,
                figure(round(total, -2)),
                *(percent(share) for share in shares),
                figure(model_numbers.middle_way(ways), 1),
            )
        )
    head = (
        "district",
        "employees living there",
        "work in their municipality",
        "elsewhere in the district",
        "outside",
        "median way, km",
    )
    return table(head, rows, "lrrrrr")


def early(region: Region) -> str:
    """Return where a start at six is reached best and worst."""
    found = (
        model_numbers.early_reach(region).drop_nulls("early").sort("early", "municipality", descending=[True, False])
    )
    ends = pl.concat([found.head(ENDS), found.tail(ENDS)])
    columns = ends.select("name", "district", "early", "walk", "later")
    rows = [(name, district, *(percent(share) for share in shares)) for name, district, *shares in columns.iter_rows()]
    head = ("workplace in", "district", "reached for 06:00", "of all, on foot alone", "reached for 08:00")
    return table(head, rows, "llrrr")


def courses(region: Region) -> str:
    """Return courses by format."""
    sessions = region.table("course_sessions").group_by("course_id").agg(pl.len().alias("dates"), pl.col("seats").sum())
    counted = region.table("courses").join(sessions, on="course_id", how="left").group_by("format")
    summed = counted.agg(pl.len().alias("courses"), pl.col("dates").sum(), pl.col("seats").sum()).sort(
        "courses", "format", descending=[True, False]
    )
    rows = [(name.replace("_", "-"), *(figure(count) for count in counts)) for name, *counts in summed.iter_rows()]
    return table(("format", "courses", "dates", "seats"), rows, "lrrr")


def timetable(region: Region) -> str:
    """Return what runs on a weekday and on a Sunday."""
    rail = pl.col("mode") == model_numbers.RAIL
    trips = region.table("trips").join(region.table("routes"), on="route_id")
    running = {
        day: trips.join(region.table("service_days").filter(date=day), on="service_id", how="semi")
        for day in (WORKDAY, SUNDAY)
    }
    rows = [
        (
            name,
            figure(region.table("routes").filter(kind).height),
            *(figure(on.filter(kind).height) for on in running.values()),
        )
        for name, kind in (("rail", rail), ("bus", ~rail))
    ]
    return table(("", "lines", "trips on a Tuesday", "trips on a Sunday"), rows, "lrrr")


def licences(region: Region) -> str:
    """Return sources and licences as the region's manifest states them."""
    known: dict[tuple[str, str], list[str]] = {}
    for name, origin in sorted(region.manifest.provenance.items()):
        known.setdefault((origin.source, origin.licence), []).append(f"`{name}`")
    rows = [(source, licence, ", ".join(names)) for (source, licence), names in known.items()]
    return table(("stated source", "licence", "tables"), rows)


BLOCKS: Final[dict[str, Callable[[Region], str]]] = {
    "glance": glance,
    "grades": grades,
    "composition": composition,
    "kinds": kinds,
    "levels": levels,
    "courses": courses,
    "timetable": timetable,
    "targets": targets,
    "missed": missed,
    "short": short,
    "surplus": surplus,
    "commuting": commuting,
    "early": early,
    "licences": licences,
}
"""What writes each block of the page."""
