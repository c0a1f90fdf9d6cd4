# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a scenario changes: the answer for screen and JSON, and as one long table for a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Final

import polars as pl

from drehkreuz.matching.barriers import Barrier
from drehkreuz.matching.shapley import BarrierReport
from drehkreuz.measures.paired import Changes, Cleared, Evaluation
from drehkreuz.measures.paired.ledger import assumptions, cost_per, ledger, purchasing_power
from drehkreuz.measures.paired.replicates import OUTCOMES, TOO_WIDE, Replicates, Swing
from drehkreuz.region import Region
from drehkreuz.reports.groups import groups_of_openings, groups_of_people, name
from drehkreuz.reports.notes import grouped
from drehkreuz.reports.pair import Values
from drehkreuz.reports.provenance import provenance

DRIVERS: Final = 3
"""Drivers of the uncertainty that are told."""

COUNTED: Final = ("newly_placed", "displaced", "moved")
"""What is counted by groups."""

DIGITS: Final = 2
"""Digits behind the point; pay is computed in single precision, so that more would be noise."""


def scenario_answer(title: str, found: Evaluation, language: str) -> Values:
    """
    Return what the measures of a scenario change, fit for JSON.

    Groups are of the stable allocation. A person is counted in the group of the home or situation, a post in that of its occupation or
    workplace; `more_filled` is posts filled in addition.

    Args:
        title: Of the scenario.
        found: The evaluation.
        language: `de` or another: English; of names of groups.
    """
    region, stable = found.before.related.region, found.effect.stable
    return {
        "scenario": title,
        "day": found.day,
        "measures": _measures(found, language),
        "findings": grouped(found.changed.findings),
        "touched": list(found.changed.touched),
        "before": _state(found.before),
        "after": _state(found.after),
        "exact": found.effect.exact,
        "effect": {key: _rounded(value) for key, value in found.effect.figures().items()},
        "by": {
            "people": _by(stable, found, "people", language),
            "openings": _by(stable, found, "openings", language),
        },
        "ledger": _rows(ledger(found)),
        "cost_per": {
            key: None if band is None else _all_rounded(asdict(band)) for key, band in cost_per(found).items()
        },
        "purchasing_power": _rows(_named(region, purchasing_power(found))),
        "assumptions": {key: asdict(value) for key, value in assumptions().items()},
        "provenance": provenance(region),
    }


def uncertainty(found: Replicates, scenario: int, drivers: Mapping[str, Sequence[Swing]]) -> Values:
    """
    Return how sure a scenario's figures are, fit for JSON.

    Args:
        found: The figures in all worlds.
        scenario: Number of the scenario.
        drivers: By figure, what makes it uncertain; the strongest are told.
    """
    return {
        "worlds": len(found.worlds),
        "figures": _rows(found.summary(scenario)),
        "too_wide": TOO_WIDE,
        "cost_per": {
            outcome: None if interval is None else _all_rounded(interval._asdict())
            for outcome in OUTCOMES
            for interval in [found.cost_per(scenario, outcome)]
        },
        "drivers": {
            figure: [
                {"driver": swing.driver, "low": _rounded(swing.low), "high": _rounded(swing.high)}
                for swing in swings[:DRIVERS]
            ]
            for figure, swings in drivers.items()
        },
    }


def better(found: Replicates, titles: Sequence[str], figure: str) -> list[Values]:
    """Return, for every two scenarios, in which share of the worlds the first has more of a figure, ties counting half."""
    return [
        {"one": titles[a], "other": titles[b], "figure": figure, "share": found.better(a, b, figure)}
        for a in range(len(titles))
        for b in range(len(titles))
        if a < b
    ]


def barrier_change(before: BarrierReport, after: BarrierReport) -> list[Values]:
    """Return what each class of barrier keeps apart before and after, the largest before first."""
    rows: list[Values] = [
        {
            "barrier": str(barrier.name).lower(),
            "before": _rounded(float(before.shares[barrier])),
            "after": _rounded(float(after.shares[barrier])),
        }
        for barrier in Barrier
    ]
    return sorted(rows, key=lambda row: -float(row["before"]))


def scenario_table(answer: Values) -> pl.DataFrame:
    """Return an answer as one long table: `section`, `by`, `key`, `name`, `figure`, `value`."""
    rows: list[tuple[str, str, str, str, str, float | None]] = [
        ("effect", "", "", "", figure, value) for figure, value in answer["effect"].items()
    ]
    for side, groups in answer["by"].items():
        for by, lines in groups.items():
            rows += [
                (side, by, line["key"], line["name"], figure, line[figure])
                for line in lines
                for figure in line
                if figure not in {"key", "name"}
            ]
    rows += [
        ("ledger", "", line["line"], "", case, line[case])
        for line in answer["ledger"]
        for case in ("low", "mid", "high")
    ]
    rows += [
        (
            "purchasing_power",
            "municipality",
            line["municipality"] or "",
            line["name"] or "",
            "eur_year",
            line["eur_year"],
        )
        for line in answer["purchasing_power"]
    ]
    known = answer.get("uncertainty", {"figures": []})
    rows += [
        ("interval", "", line["figure"], "", p, line[p]) for line in known["figures"] for p in ("p10", "p50", "p90")
    ]
    schema = pl.Schema({**dict.fromkeys(("section", "by", "key", "name", "figure"), pl.String), "value": pl.Float64})
    return pl.DataFrame(
        [(*row[:-1], None if row[-1] is None else float(row[-1])) for row in rows], schema, orient="row"
    )


def _measures(found: Evaluation, language: str) -> list[Values]:
    """Return the measures with what each did and costs."""
    outcomes = found.changed.outcomes
    return [
        {
            "id": measure.id,
            "kind": measure.kind.name,
            "title": measure.title or measure.kind.title.told(language),
            "start": measure.start,
            "share": outcomes[measure.id].share,
            "units": outcomes[measure.id].units,
            "invest_eur": _cases(outcomes[measure.id].invest),
            "per_year_eur": _cases(outcomes[measure.id].per_year),
            "payer": measure.kind.cost.payer if measure.kind.cost else "public",
            "uptake_grade": measure.kind.uptake.grade if measure.kind.uptake else None,
            "uptake_source": measure.kind.uptake.source.told(language) if measure.kind.uptake else None,
            "cost_source": measure.kind.cost.source.told(language) if measure.kind.cost else None,
        }
        for measure in found.measures
    ]


def _cases(band: object) -> Values | None:
    return None if band is None else _all_rounded(asdict(band))  # type: ignore[call-overload]


def _state(state: Cleared) -> Values:
    """Return a state of the region in four figures."""
    return {
        "people": len(state.counted),
        "openings": int(state.related.region.table("vacancies")["openings"].sum()),
        "possible": state.largest.value,
        "possible_most": state.largest.upper,
        "stable": int((state.stable >= 0).sum()),
    }


def _by(changes: Changes, found: Evaluation, side: str, language: str) -> dict[str, list[Values]]:
    """Return what happens by groups of people, or of openings: lists of lines by what they are grouped."""
    before, after = found.before.related.region, found.after.related.region
    keys, key = (groups_of_people, "person_id") if side == "people" else (groups_of_openings, "vacancy_id")
    table = "people" if side == "people" else "vacancies"
    earlier, later = keys(before), keys(after)
    towns = dict(after.table("municipalities").select("municipality", "name").iter_rows())
    answer = {}
    for by in earlier:
        known = pl.concat(
            pl.DataFrame({key: region.table(table)[key], "group": [groups.keys[g] for g in groups.of_row.tolist()]})
            for region, groups in ((before, earlier[by]), (after, later[by]))
        ).unique(key, keep="first", maintain_order=True)
        counts = _people_by(changes, known) if side == "people" else _openings_by(changes, known)
        order = {group: at for at, group in enumerate([*earlier[by].keys, *later[by].keys])}
        answer[by] = [
            {"key": row.pop("group"), "name": "", **row}
            for row in sorted(counts.to_dicts(), key=lambda row: order[row["group"]])
        ]
        for line in answer[by]:
            line["name"] = towns.get(line["key"]) or name(by, line["key"], language)
    return answer


def _people_by(changes: Changes, known: pl.DataFrame) -> pl.DataFrame:
    """Return by group of people how many are newly placed, displaced and moved."""
    people = changes.people.filter(pl.col("change").is_in(COUNTED))
    return (
        people.join(known, on="person_id", how="left", maintain_order="left")
        .group_by("group")
        .agg((pl.col("change") == kind).sum().cast(pl.Int64).alias(kind) for kind in COUNTED)
    )


def _openings_by(changes: Changes, known: pl.DataFrame) -> pl.DataFrame:
    """Return by group of openings where people are newly placed or displaced from, and what is filled in addition."""
    was = changes.people.select("change", "vacancy_id", filled=-1)
    now = changes.people.select("change", vacancy_id="vacancy_id_after", filled=1)
    seats = pl.concat([was, now]).drop_nulls("vacancy_id").join(known, on="vacancy_id", how="left")
    return (
        seats.group_by("group")
        .agg(
            newly_placed=(pl.col("change") == "newly_placed").sum().cast(pl.Int64),
            displaced=(pl.col("change") == "displaced").sum().cast(pl.Int64),
            more_filled=pl.col("filled").sum().cast(pl.Int64),
        )
        .filter(pl.any_horizontal(pl.exclude("group") != 0))
    )


def _named(region: Region, frame: pl.DataFrame) -> pl.DataFrame:
    """Return a table by municipality with its name."""
    towns = region.table("municipalities").select("municipality", "name")
    return frame.join(towns, on="municipality", how="left", maintain_order="left")


def _rows(frame: pl.DataFrame) -> list[Values]:
    return [_all_rounded(row) for row in frame.to_dicts()]


def _all_rounded(row: Mapping[str, object]) -> Values:
    return {key: _rounded(value) for key, value in row.items()}


def _rounded(value: object) -> object:
    return round(value, DIGITS) + 0.0 if isinstance(value, float) else value
