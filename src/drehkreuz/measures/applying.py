# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region with measures: each acts once, in one order whatever the order they were written in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.measures.draw import Draw
from drehkreuz.measures.measure import Case, Change, Measure
from drehkreuz.measures.terms import Band, Unmet
from drehkreuz.region import Provenance, Region

UNTOUCHED: Final = Change({}, 0.0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What one measure did.

    Attributes:
        share: Share that took part on the day, 0 to 1; 1 where nothing is drawn.
        units: Units that its costs count: kilometres a year, people taking part, …
        invest: EUR once; None: not known.
        per_year: EUR a year; None: not known.
    """

    share: float
    units: float
    invest: Band | None
    per_year: Band | None


@dataclass(frozen=True, slots=True)
class Changed:
    """
    A region with measures.

    Attributes:
        region: The region; tables that no measure touched are those it had, their digests known.
        touched: Tables whose rows differ, in the schema's order.
        findings: What is odd: the same measure twice, a measure that changes nothing here.
        outcomes: What each measure did, by id; a measure that has not begun, or is there twice, did nothing and costs nothing.
    """

    region: Region
    touched: tuple[str, ...]
    findings: tuple[Finding, ...]
    outcomes: Mapping[str, Outcome]


def with_measures(
    region: Region, measures: Sequence[Measure], day: date | None = None, draw: Draw | None = None
) -> Changed:
    """
    Return the region as it is with measures on a day; the region given stays as it is.

    Measures act one after another: what goes, what comes, what changes; within each by kind, first day and values. So the order
    they are written in makes no difference, and a rise in pay holds for the posts of a new site, too. The same measure twice
    has its effect once, from the earlier first day on.

    Args:
        region: The region.
        measures: In any order.
        day: The day looked at; measures that begin later do nothing. None: the region's day.
        draw: The world of chance; None: the first, with uptake in the middle of its range.

    Raises:
        InputError: If two measures set the same thing, two have one id, or a precondition does not hold.
    """
    day, draw = day or region.manifest.day, draw or Draw()
    faults = [fault for pair in clashes(measures) for fault in [_clash(*pair)]]
    faults += [_fault(measure, unmet_one) for measure in measures for unmet_one in unmet(measure, region)]
    if faults:
        raise InputError(*faults)
    current, tables = region, dict[str, pl.DataFrame]()
    findings, outcomes = [], dict[str, Outcome]()
    seen: dict[tuple[str, str], str] = {}
    for measure in sorted(measures, key=_place):
        change, first = UNTOUCHED, measure.sameness not in seen
        twin = seen.setdefault(measure.sameness, measure.id)
        if not first:
            findings.append(_twice(measure, twin))
        elif (case := Case(measure, current, draw, measure.share(day, draw))).share > 0:
            change = measure.kind.apply(case)
            touched = {name: frame for name, frame in change.tables.items() if not frame.equals(current.table(name))}
            findings += [] if touched or not measure.kind.changes else [_idle(measure)]
            current, tables = current.with_tables(touched), tables | touched
        outcomes.setdefault(measure.id, _outcome(measure, change, measure.share(day, draw), counts=first))
    differing = {name: frame for name, frame in tables.items() if not frame.equals(region.table(name))}
    changed = region if not differing else _told(region, differing).with_tables(differing)
    order = [name for name in changed.tables if name in differing]
    order += [name for name in differing if name not in order]  # tables that became empty
    return Changed(changed, tuple(order), tuple(findings), outcomes)


def clashes(measures: Sequence[Measure]) -> Iterator[tuple[Measure, Measure, str]]:
    """Yield pairs of measures that cannot both hold, with the quantity that both set, or `id`."""
    for one, other in combinations(measures, 2):
        if one.id == other.id:
            if one.sameness != other.sameness:
                yield one, other, "id"
        elif one.sameness != other.sameness:
            claims = [(a, b) for a in one.kind.claims(one.values) for b in other.kind.claims(other.values)]
            yield from ((one, other, a.quantity) for a, b in claims if a.meets(b))


def unmet(measure: Measure, region: Region) -> list[Unmet]:
    """Return the preconditions of a measure that do not hold in a region."""
    return list(measure.kind.preconditions(Case(measure, region)))


def _place(measure: Measure) -> tuple[object, ...]:
    return measure.kind.step, measure.kind.name, measure.start, measure.sameness, measure.id


def _outcome(measure: Measure, change: Change, share: float, *, counts: bool) -> Outcome:
    """Return what a measure did and costs; its own costs are those of the whole, grown as its uptake has."""
    begun = counts and share > 0
    if not begun:
        return Outcome(0.0, 0.0, Band(0.0, 0.0, 0.0), Band(0.0, 0.0, 0.0))
    cost = measure.kind.cost
    invest = measure.invest or (cost.invest.times(change.units) if cost else None)
    per_year = measure.per_year or (cost.per_year.times(change.units) if cost else None)
    return Outcome(share, change.units, invest, per_year)


def _told(region: Region, tables: Mapping[str, pl.DataFrame]) -> Region:
    """Return the region saying of tables that had no rows where theirs are from."""
    told = region.manifest.provenance
    new = {
        name: Provenance("assumed", "Szenario / scenario", "Apache-2.0", region.manifest.day)
        for name, frame in tables.items()
        if name not in told and len(frame)
    }
    return region.with_manifest(provenance={**told, **new}) if new else region


def _clash(one: Measure, other: Measure, quantity: str) -> Finding:
    if quantity == "id":
        return Finding("measures", other.id, "id", other.id, "names two measures", "Give each an id of its own.")
    problem = f"sets {quantity}, and so does {one.id!r}"
    return Finding(
        "measures", other.id, "kind", other.kind.name, problem, "Keep one of the two, or give each a target."
    )


def _fault(measure: Measure, fault: Unmet) -> Finding:
    return Finding("measures", measure.id, fault.parameter, str(fault.value), fault.problem, fault.remedy)


def _twice(measure: Measure, twin: str) -> Finding:
    problem = f"does the same as {twin!r}: it has its effect once"
    return Finding("measures", measure.id, "", "", problem, "Leave one of the two out.", "warning")


def _idle(measure: Measure) -> Finding:
    remedy = "Look whether places, courses or people it is meant for are there."
    return Finding("measures", measure.id, "", "", "changes nothing in this region", remedy, "warning")
