# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Courses: which provider offers which type of course in which format, and what that means for hours, fees and funding."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any, Final

import numpy as np
import polars as pl

from drehkreuz.model.aachen.area import Area
from drehkreuz.model.aachen.course_sessions import sessions
from drehkreuz.model.aachen.course_types import DATA, SCHOOL_SHARE, CourseType, course_types, facts
from drehkreuz.model.aachen.draw import Draws
from drehkreuz.model.aachen.providers import learning_places, providers
from drehkreuz.model.core import Core, Market
from drehkreuz.region import TABLES

LONG: Final = 20
"""A course of more weeks has holidays."""
APPROVED_UNTIL: Final = (date(2027, 6, 30), date(2028, 6, 30), date(2029, 6, 30), date(2030, 6, 30), date(2031, 6, 30))
"""Approvals last five years; each provider's ends in one of these."""
FEES_DIFFER: Final = 0.12
"""How far a provider's fees lie from the usual ones at most, as a share; assumed."""
CHILDCARE: Final = 0.25
"""Share of part-time courses with care on site; assumed."""
EARLIER_OR_LATER: Final = (-30, -15, 0, 0, 15, 30)
"""Minutes by which a provider's days begin and end apart from the usual; assumed."""
HANDS: Final = 0.2
"""A course trains the hands if a larger share of its skills is manual; assumed."""
LANGUAGE_NAMES: Final = {"nl": "auf Niederländisch"}


def courses(core: Core, market: Market, area: Area, scale: float, draws: Draws) -> dict[str, pl.DataFrame]:
    """
    Return what can be learned in the region: tables courses, course_skills, course_prerequisites, course_sessions, course_funding.

    What is offered follows from the types of provider and of course alone, never from the people or posts of the region.

    Args:
        core: Taxonomy.
        market: Figures of the occupations; only skills of occupations that have some are taught.
        area: Where the towns are.
        scale: Share of the pairs of site and format that offer a type of course; one at least.
        draws: Where chance comes from.
    """
    types = course_types(core)
    held = _offered(types, core, scale, draws)
    held = held.filter(pl.col("place_id").is_in(learning_places(area)["place_id"].implode()))
    held = _terms(held, draws).sort("course_id")
    key = held.select("course_id", "key")
    asked = core.occupation_skills.filter(pl.col("occupation_id").is_in(market.frame["occupation_id"].implode()))
    taught = _exploded(types, "skills", "skill_id").filter(
        pl.col("skill_id").is_in(asked["skill_id"].unique().implode())
    )
    before = _exploded(types, "requires", "required_id").with_columns(
        requires=pl.when(pl.col("required_id").str.starts_with("s-"))
        .then(pl.lit("skill"))
        .otherwise(pl.lit("qualification"))
    )
    made = {
        "courses": held,
        "course_skills": key.join(taught, on="key"),
        "course_prerequisites": key.join(before, on="key"),
        "course_sessions": sessions(
            held.with_columns(place_id=pl.when(pl.col("format") != "online").then("place_id")), draws
        ),
        "course_funding": _funding(held),
    }
    return {name: _table(name, frame) for name, frame in made.items()}


def _table(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    schema = TABLES[name]
    return schema.conform(frame.select(column for column in frame.columns if column in schema.columns)).sort(schema.key)


def _exploded(types: tuple[CourseType, ...], column: str, name: str) -> pl.DataFrame:
    pairs = [(each.key, value) for each in types for value in getattr(each, column)]
    return pl.DataFrame(pairs, schema={"key": pl.String, name: pl.String}, orient="row")


def _offered(types: tuple[CourseType, ...], core: Core, scale: float, draws: Draws) -> pl.DataFrame:
    """
    Choose the sites and formats of every type of course; the modules of a Teilqualifikation stay together.

    What trains the hands is not taught online. Of all pairs of site and format that can hold it, as many as usual are drawn without replacement, by their weights; a
    smaller scale takes the first of the same ones.

    Source:
        Efraimidis, Spirakis: Weighted random sampling with a reservoir. Information Processing Letters 97 (2006).
    """
    manual = frozenset(core.skills.filter(pl.col("class") == "manual")["skill_id"])
    columns = [{**_curriculum(each), "hands": _trains_hands(each, manual)} for each in types]
    known = pl.DataFrame(columns, infer_schema_length=None)
    longest = known.group_by("chain", "family", "field", "places").agg(pl.col("units").max(), pl.col("hands").any())
    pairs = longest.join(_sites(), on=["family", "field"]).join(_modes(), on=["family", "field"])
    limit = pl.col("family").replace_strict({name: each["longest"] for name, each in facts()["families"].items()})
    impossible = (_weeks() > limit) | (pl.col("hands") & (pl.col("format") == "online"))
    pairs = pairs.filter(~impossible).sort("chain", "place_id", "mode")
    waits = np.round(-np.log1p(-draws.stream("courses").uniform(len(pairs))), 12)
    pairs = pairs.with_columns(wait=pl.Series(waits) / (pl.col("site_weight") * pl.col("mode_weight")))
    first = pl.col("wait").rank("ordinal").over("chain") <= (pl.col("places") * scale).round().clip(1)
    return pairs.filter(first).select("chain", "place_id", "mode").join(known, on="chain")


def _curriculum(each: CourseType) -> dict[str, Any]:
    return {name: value for name, value in asdict(each).items() if name not in {"skills", "requires"}}


def _trains_hands(each: CourseType, manual: frozenset[str]) -> bool:
    return len(manual.intersection(each.skills)) > HANDS * len(each.skills)


def _sites() -> pl.DataFrame:
    """Return `family`, `field`, `place_id`, `site_weight`: who may offer what."""
    offers = [(kind, family) for kind, each in facts()["kinds"].items() for family in each["families"]]
    families = pl.DataFrame(offers, schema=["kind", "family"], orient="row")
    sites = providers().explode("fields").join(families, on="kind")
    return sites.select("family", "place_id", field="fields", site_weight="weight")


def _modes() -> pl.DataFrame:
    """Return `family`, `field`, `mode`, `mode_weight` and the columns of `course_modes.csv`; nothing online that needs a workshop."""
    usual = [(f, m, float(w)) for f, each in facts()["families"].items() for m, w in each["modes"].items()]
    weights = pl.DataFrame(usual, schema=["family", "mode", "mode_weight"], orient="row")
    online = facts()["online"]
    at_home = {**dict.fromkeys(online["desk"], 1.0), **dict.fromkeys(online["theory"], online["theory_share"])}
    fields = pl.DataFrame({"field": providers()["fields"].explode().unique().sort()})
    share = pl.col("field").replace_strict(at_home, default=0.0, return_dtype=pl.Float64)
    weight = pl.col("mode_weight") * pl.when(pl.col("format") == "online").then(share).otherwise(1.0)
    both = weights.join(_formats(), on="mode").join(fields, how="cross").with_columns(mode_weight=weight)
    return both.filter(pl.col("mode_weight") > 0)


def _formats() -> pl.DataFrame:
    read = pl.read_csv((DATA / "course_modes.csv").read_bytes(), schema_overrides={"units_per_week": pl.Float64})
    minutes = [
        pl.col(name).str.slice(0, 2).cast(pl.Int32) * 60 + pl.col(name).str.slice(3).cast(pl.Int32)
        for name in ("day_start", "day_end")
    ]
    return read.with_columns(minutes)


def _weeks() -> pl.Expr:
    """Return the weeks from the first to the last day: whole ones with holidays, or days of a fifth of a week."""
    taught = pl.col("units") / pl.col("units_per_week")
    whole = (taught / pl.when(taught > LONG).then(SCHOOL_SHARE).otherwise(1.0)).round(6).ceil()
    days = (taught * 5).round(6).ceil() / 5
    return pl.when((taught >= 1) | pl.col("saturday")).then(whole).otherwise(days)


def _terms(held: pl.DataFrame, draws: Draws) -> pl.DataFrame:
    """Add what each course lasts, costs and asks."""
    held = (
        held.join(_formats(), on="mode")
        .join(_of_sites(draws), on="place_id")
        .join(_of_families(), on="family")
        .join(_of_both(), on=["kind", "family"])
        .sort("key", "place_id", "mode")
    )
    stream = draws.stream("terms of courses")
    approved, care = (pl.Series(stream.uniform(len(held))) for _ in range(2))
    share = pl.col("azav") * pl.when(pl.col("approval") > 1).then(pl.col("approval")).otherwise(
        pl.col("approval") * pl.col("approved")
    )
    usual = pl.coalesce("fee_eur", pl.col("units") * pl.col("fee"))
    step = pl.when(usual < 200).then(5.0).otherwise(10.0)
    note = pl.concat_str(
        "label", pl.col("teaches").replace_strict(LANGUAGE_NAMES, default=None), separator=", ", ignore_nulls=True
    )
    return held.with_columns(
        course_id=pl.format("c-{}-{}-{}", "key", pl.col("place_id").str.slice(2), "mode"),
        chained=pl.format("{} {} {}", "chain", "place_id", "mode"),
        title=pl.when(note == "").then("title").otherwise(pl.format("{} ({})", "title", note)),
        azav=approved < share,
        teaching_units="units",
        weeks=_weeks(),
        fee_eur=pl.when("free").then(0.0).otherwise((usual * pl.col("dearer") / step).round() * step),
        entry_language=pl.coalesce("leads_to_language", "teaches"),
        childcare=(pl.col("format") == "part_time") & (care < CHILDCARE),
        day_start=pl.col("day_start") + pl.col("shift"),
        day_end=pl.col("day_end") + pl.col("shift"),
    ).with_columns(azav_valid_to=pl.when("azav").then("until"))


def _of_sites(draws: Draws) -> pl.DataFrame:
    """Return what is the same for all courses of a site."""
    sites, stream = providers(), draws.stream("providers")
    n = len(sites)
    return sites.select("place_id", "provider", "kind", "teaches").with_columns(
        dearer=1 + FEES_DIFFER * (2 * pl.Series(stream.uniform(n)) - 1),
        until=pl.Series([APPROVED_UNTIL[i] for i in stream.choose([1.0] * len(APPROVED_UNTIL), n)]),
        shift=pl.Series([EARLIER_OR_LATER[i] for i in stream.choose([1.0] * len(EARLIER_OR_LATER), n)], dtype=pl.Int32),
    )


def _of_families() -> pl.DataFrame:
    names = ("fee", "seats", "min", "approval", "starts")
    rows: list[dict[str, Any]] = [
        {"family": family, **{name: each[name] for name in names}} for family, each in facts()["families"].items()
    ]
    return pl.DataFrame(rows)


def _of_both() -> pl.DataFrame:
    rows = [
        (kind, family, float(each["azav"]), family in each["free"])
        for kind, each in facts()["kinds"].items()
        for family in each["families"]
    ]
    return pl.DataFrame(rows, schema=["kind", "family", "azav", "free"], orient="row")


def _funding(held: pl.DataFrame) -> pl.DataFrame:
    """Return which rule of funding each course is eligible for, table `course_funding`."""
    eligible = [
        held.filter(
            pl.col("family").is_in(rule["families"]),
            pl.col("units") >= rule["units"],
            pl.col("azav") | pl.lit(not rule["approved"]),
        ).select("course_id", rule_id=pl.lit(name))
        for name, rule in facts()["funding"].items()
    ]
    return pl.concat(eligible)
