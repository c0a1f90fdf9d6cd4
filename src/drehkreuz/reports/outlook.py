# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""If nothing happens, by year: the region's outlook as plain values, as sentences, and as a file."""

from __future__ import annotations

import os
from dataclasses import asdict
from math import floor, log10
from pathlib import Path
from typing import Any, Final

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.foresight import QUANTITIES, UNPLACED, WHOLE, Outlook
from drehkreuz.reports.words import Words

Values = dict[str, Any]

COLUMNS: Final = ("value", "p10", "p90", "low", "high")

SUMMED: Final = (
    "came_of_age",
    "pension_age",
    "entrants",
    "retirements",
    "posts_created",
    "posts_lost",
    "living_lost",
    "bridge",
)
"""Flows that a summary sums over the years."""

DIGITS: Final = 3
"""Digits of a figure in a sentence: no projection knows more."""

DECIMALS: Final = 3
"""Of figures in a file: a 1,024th of a person needs no more."""


def outlook_report(found: Outlook) -> Values:
    """
    Return an outlook fit for JSON.

    Returns:
        `from` and `to`; `years`; `region`, by quantity its values by year with the interval of the draws (`p10`, `p90`), the
        means of the other variants (`low`, `high`) and `kind`; `municipalities` by name and `whole`, each summed up: the
        flows of all years, and of each stock the last value and its `_change` since the first year; `unplaced`, the same of
        posts without a place, None where there are none; `levels`, `sectors`, `projects`, `assumptions`.
    """
    whole = found.of()
    region = {
        name: {
            **{column: _rounded(rows[column]) for column in COLUMNS},
            "kind": rows["kind"].to_list(),
            "unit": QUANTITIES[name].unit,
        }
        for name in QUANTITIES
        for rows in [whole.filter(pl.col("quantity") == name)]
    }
    towns = [_summary(found, key) | {"key": key, "name": name} for key, name in found.names.items()]
    unplaced = _summary(found, UNPLACED)
    return {
        "from": found.years[0],
        "to": found.years[-1],
        "years": list(found.years),
        "region": region,
        "municipalities": sorted(towns, key=lambda town: (str(town["name"]), str(town["key"]))),
        "whole": _summary(found, WHOLE),
        "unplaced": unplaced if unplaced["posts_lost"] or unplaced["posts_created"] else None,
        "levels": found.levels.with_columns(pl.selectors.float().round(DECIMALS)).to_dicts(),
        "sectors": found.sectors.with_columns(pl.selectors.float().round(DECIMALS)).to_dicts(),
        "projects": found.projects.with_columns(pl.selectors.float().round(DECIMALS)).to_dicts(),
        "assumptions": asdict(found.assumptions),
    }


def _rounded(values: pl.Series) -> list[float | None]:
    return values.round(DECIMALS).to_list()


def _summary(found: Outlook, key: str) -> Values:
    rows = found.of(key).sort("year")
    summed: Values = {}
    for name, quantity in QUANTITIES.items():
        values = rows.filter(pl.col("quantity") == name)["value"]
        if name in SUMMED:
            summed[name] = round(values.sum(), DECIMALS)
        elif quantity.kind != "flow":
            first, last = values[0], values[-1]
            summed[name] = None if last is None else round(last, DECIMALS)
            summed[f"{name}_change"] = None if first is None or last is None else round(last - first, DECIMALS)
    return summed


def outlook_sentences(report: Values, words: Words) -> list[str]:
    """Return what a report of `outlook_report` says, in sentences whose figures are rounded to three digits."""
    whole, region = report["whole"], report["region"]
    told = [
        words(
            "outlook.people",
            to=report["to"],
            now=about(whole["working_age"], words),
            before=about(region["working_age"]["value"][0], words),
            old=about(whole["pension_age"], words),
            young=about(whole["came_of_age"], words),
        )
    ]
    if whole["posts_lost"] or whole["posts_created"]:
        lost, created = about(whole["posts_lost"], words), about(whole["posts_created"], words)
        told.append(words("outlook.posts", lost=lost, created=created))
    if round(whole["living_lost"]):
        living, bridge = about(whole["living_lost"], words), about(whole["bridge"], words)
        told.append(words("outlook.living", n=living, bridge=bridge))
    told.append(_gap(report, words))
    before, now = region["purchasing_power"]["value"][0], whole["purchasing_power"]
    if before:
        change = f"{now / before - 1:+.0%}".replace("-", "−").replace("%", " %" if words.language == "de" else "%")
        told.append(words("outlook.power", before=about(before, words), now=about(now, words), change=change))
    return told


def _gap(report: Values, words: Words) -> str:
    gap = report["region"]["gap"]
    ends = [gap[column][-1] for column in ("low", "value", "high") if gap[column][-1] is not None]
    last = gap["value"][-1]
    if last >= 0:
        key, low, high = "outlook.missing", min(ends), max(ends)
    else:
        key, low, high = "outlook.looking", -max(ends), -min(ends)
    return words(key, to=report["to"], n=about(abs(last), words), low=about(low, words), high=about(high, words))


def about(value: float, words: Words) -> str:
    """Return a number rounded to three digits; a true minus sign before negative ones."""
    size = abs(value)
    step = 10 ** max(0, floor(log10(size)) + 1 - DIGITS) if size >= 1 else 1
    rounded = round(size / step) * step
    return f"{'−' if value < 0 and rounded else ''}{words.number(rounded)}"


def write_outlook(found: Outlook, file: Path) -> None:
    """
    Write every row of an outlook as CSV, with the names of municipalities; the file replaces an older one in one step.

    Raises:
        InputError: If the file cannot be written.
    """
    names = pl.DataFrame({"municipality": list(found.names), "name": list(found.names.values())})
    units = pl.DataFrame({"quantity": list(QUANTITIES), "unit": [quantity.unit for quantity in QUANTITIES.values()]})
    table = found.table.join(names, on="municipality", how="left", maintain_order="left").join(
        units, on="quantity", how="left", maintain_order="left"
    )
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        table.select("municipality", "name", "year", "quantity", "unit", *COLUMNS, "kind", "source").write_csv(
            draft, float_precision=DECIMALS
        )
        draft.replace(file)
    except OSError as error:
        remedy = "Choose a file that can be written to, with --out."
        raise InputError(Finding(str(file), "", "", "", f"cannot be written: {error.strerror}", remedy)) from error
