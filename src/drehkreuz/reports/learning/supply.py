# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region's supply against its demand: as plain values, as a paper, as tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching.market import Market
from drehkreuz.matching.teaching import Supply, digital, need, offers, supply
from drehkreuz.matching.teaching.calendar import FIRM
from drehkreuz.matching.teaching.digital import ALL
from drehkreuz.progress import SILENT, Progress
from drehkreuz.region import Region
from drehkreuz.reports.learning.telling import Telling
from drehkreuz.reports.pair import Values
from drehkreuz.reports.paper.document import Block, Cell, Document, Paragraph, Section
from drehkreuz.reports.paper.printing import write_file
from drehkreuz.reports.provenance import provenance
from drehkreuz.reports.sentences import kind
from drehkreuz.reports.words import Language

SHOWN: Final = 12
"""Rows of a table on paper; all stand in the files."""


@dataclass(frozen=True, slots=True, eq=False)
class Teaching:
    """
    What is taught in a region against what is needed.

    Attributes:
        region: The region.
        people: People counted.
        supply: Seats against people.
        calendar: Every offer, one row each (`drehkreuz.matching.teaching.offers`).
        digital: Digital skills asked and taught.
    """

    region: Region
    people: int
    supply: Supply
    calendar: pl.DataFrame
    digital: pl.DataFrame

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return every table by name; lists as text."""
        found = {
            "bundles": self.supply.bundles,
            "sessions": self.supply.sessions,
            "cells": self.supply.cells,
            "overlaps": self.supply.overlaps,
            "calendar": self.calendar,
            "digital": self.digital,
        }
        listed = pl.selectors.by_dtype(pl.List(pl.String)).list.join("; ")
        return {name: frame.with_columns(listed) for name, frame in found.items()}


def teaching(market: Market, relation: Mapping[str, NDArray[np.generic]], *, progress: Progress = SILENT) -> Teaching:
    """
    Work out what is taught in a region against what is needed.

    Args:
        market: The prepared region.
        relation: Its pair relation, from `relation_of_region`.
        progress: Told of every block of people.
    """
    found = need(market, relation, progress=progress)
    return Teaching(
        region=market.region,
        people=found.people,
        supply=supply(market.region, found),
        calendar=offers(market.region),
        digital=digital(market.region, market.taxonomy, market.requirements),
    )


def supply_answer(found: Teaching) -> Values:
    """Return plain values, fit for JSON: totals, why seats stay empty, and every table."""
    sessions = found.supply.sessions
    return {
        "provenance": provenance(found.region),
        "day": found.region.manifest.day,
        "people": found.people,
        "sessions_all": len(sessions),
        "seats": int(sessions["seats"].sum()),
        "empty": int(sessions["empty"].sum()),
        "full": int(sessions["full"].sum()),
        "why": [
            {"why": why, "seats": int(seats)}
            for why, seats in sessions.filter(pl.col("empty") > 0)
            .group_by("why")
            .agg(pl.col("empty").sum())
            .sort(["empty", "why"], descending=[True, False])
            .iter_rows()
        ],
        **{
            name: frame.to_dicts()
            for name, frame in {
                "bundles": found.supply.bundles,
                "sessions": sessions,
                "cells": found.supply.cells,
                "overlaps": found.supply.overlaps,
                "digital": found.digital,
            }.items()
        },
        "calendar": _by_kind(found.calendar).to_dicts(),
    }


def _by_kind(calendar: pl.DataFrame) -> pl.DataFrame:
    year = calendar.with_columns(year=pl.col("start").dt.year())
    summed = year.group_by("provider_kind", "year").agg(pl.len().alias("offers"), pl.col("seats").sum())
    return summed.sort("provider_kind", "year")


def write_supply(found: Teaching, folder: Path) -> list[str]:
    """
    Write every table as CSV; return the names of the files.

    Raises:
        InputError: If the folder cannot be written.
    """
    for name, frame in found.tables().items():
        write_file(folder / f"{name}.csv", frame.write_csv().encode(), "--out")
    return [f"{name}.csv" for name in found.tables()]


def supply_paper(answer: Values, region: Region, language: Language) -> Document:
    """
    Return the paper of a region's supply and demand.

    Args:
        answer: From `supply_answer`.
        region: The region, for names of places.
        language: `de` or `en`.
    """
    say = Telling(language)
    known, day = answer["provenance"], say.day(answer["day"])
    number = say.words.number
    title = "supply_title_for_region" if known["for_region"] else "supply_title"
    told = {name: number(answer[name]) for name in ("people", "seats", "empty", "full")}
    front: list[Block] = [
        Paragraph(say("supply_lead", sessions=number(answer["sessions_all"]), **told), "lead"),
        Paragraph(say("supply_empty", **told), "lead"),
        Paragraph(say("supply_method"), "note"),
    ]
    places = dict(region.table("places").select("place_id", "name").iter_rows())
    titles = {row["bundle"]: row["title"] for row in answer["bundles"]}
    return Document(
        title=say(title, region=known["title"]),
        subtitle=say("supply_subtitle", day=day, kind=kind(answer, say.words)),
        language=language,
        day=answer["day"],
        front=tuple(front),
        sections=(
            _needed(say, answer),
            _empties(say, answer),
            _fulls(say, answer, titles, places),
            _overlaps(say, answer),
            _kinds(say, answer),
            _digital(say, answer),
        ),
        foot=say("supply_foot", region=known["title"], day=day),
    )


def _needed(say: Telling, answer: Values) -> Section:
    rows = sorted(answer["bundles"], key=lambda row: (-row["needing"], row["bundle"]))[:SHOWN]
    columns = ("needing", "planned", "seats", "sessions", "providers")
    told: list[tuple[Cell, ...]] = [
        (row["title"], *(say.number(row[name]) for name in columns)) for row in rows if row["needing"]
    ]
    return Section(say("needed"), (say.table("needed", ("bundle", *columns), told),))


def _empties(say: Telling, answer: Values) -> Section:
    rows = [(say(f"empty_{row['why']}"), say.number(row["seats"])) for row in answer["why"]]
    return Section(say("empties"), (say.table("empties", ("why", "empty"), rows),))


def _fulls(say: Telling, answer: Values, titles: Mapping[int, str], places: Mapping[str, str]) -> Section:
    full = [row for row in answer["sessions"] if row["full"]]
    rows = sorted(full, key=lambda row: (-row["waiting"], row["session_id"]))[:SHOWN]
    if not rows:
        return Section(say("fulls"), (Paragraph(say("fulls_none")),))
    told: list[tuple[Cell, ...]] = [
        (
            titles[row["bundle"]],
            places.get(row["place_id"], say.words("paths.online")),
            say.day(row["start"]),
            *(say.number(row[name]) for name in ("seats", "could", "waiting")),
        )
        for row in rows
    ]
    columns = ("session", "place", "start", "seats", "could", "waiting")
    return Section(say("fulls"), (say.table("fulls", columns, told, words=("place", "start")),))


def _overlaps(say: Telling, answer: Values) -> Section:
    rows: list[tuple[Cell, ...]] = [
        (
            row["title"],
            row["month"],
            say.words(f"paths.format_{row['format']}"),
            ", ".join(row["providers"]),
            *(say.number(row[name]) for name in ("seats", "needing")),
        )
        for row in answer["overlaps"][:SHOWN]
    ]
    if not rows:
        return Section(say("overlap"), (Paragraph(say("overlap_none")),))
    columns = ("bundle", "month", "format", "providers", "seats", "needing")
    table = say.table("overlap", columns, rows, words=("month", "format", "providers"), wide=("providers",))
    return Section(say("overlap"), (table,))


def _kinds(say: Telling, answer: Values) -> Section:
    years = sorted({row["year"] for row in answer["calendar"]})
    kinds = sorted({row["provider_kind"] for row in answer["calendar"]}, key=lambda each: (each == FIRM, each))
    seats = {(row["provider_kind"], row["year"]): row["seats"] for row in answer["calendar"]}
    rows: list[tuple[Cell, ...]] = [
        (say(f"kind_{each}"), *(say.number(seats.get((each, year), 0)) for year in years)) for each in kinds
    ]
    table = say.table("kinds", ("kind", *map(str, years)), rows, notes=[say("kinds_note")])
    return Section(say("kinds"), (table,))


def _digital(say: Telling, answer: Values) -> Section:
    rows = [
        (str(row["year"]), say(f"side_{row['side']}"), _group(say, row), say.number(row["number"]))
        for row in answer["digital"]
        if row["skill_id"] == ALL
    ]
    columns = ("year", "side", "group", "number")
    table = say.table("digital", columns, rows, words=("side", "group"), notes=[say("digital_note")])
    return Section(say("digital"), (table,))


def _group(say: Telling, row: Mapping[str, Any]) -> str:
    return say(f"level_{row['group']}" if row["side"] == "asked" else f"kind_{row['group']}")
