# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region with the people its margins count: read, fitted, rounded, given a life, measured, written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.errors import Finding, InputError
from drehkreuz.model.aachen.draw import Draws
from drehkreuz.model.population.carried import carried, examples
from drehkreuz.model.population.cells import Cells, cells_of
from drehkreuz.model.population.fitting import Fitted, contradictions, fit, lacking
from drehkreuz.model.population.margins import Margin
from drehkreuz.model.population.parameters import PARAMETERS
from drehkreuz.model.population.quality import Kept, as_targets, quality
from drehkreuz.model.population.whole import whole
from drehkreuz.progress import SILENT, Progress
from drehkreuz.region import Provenance, Region
from drehkreuz.region.region import OF_PEOPLE
from drehkreuz.sources.build import BuildReport, Heading, build_from_tables
from drehkreuz.sources.crosswalk import MappedOccupation

SHOWN: Final = 20
"""Rows named of a margin that cannot be filled."""


@dataclass(frozen=True, slots=True)
class Population:
    """
    People made.

    Attributes:
        tables: `people`, what is theirs, and `targets`.
        kept: How each margin is kept.
        mapped: Occupations of the reference that became others.
        findings: What was left out, and what margins do not agree on.
    """

    tables: Mapping[str, pl.DataFrame]
    kept: tuple[Kept, ...]
    mapped: tuple[MappedOccupation, ...]
    findings: tuple[Finding, ...]


def populate(
    region: Region,
    margins: Sequence[Margin],
    *,
    reference: Region | None = None,
    weight: int = 1,
    seed: int = 1,
    progress: Progress = SILENT,
) -> Population:
    """
    Make people for a region whose counts are those of official margins.

    How the dimensions go together, and all that no margin speaks of, comes from the reference. People whom no margin counts
    are not made. Where margins contradict each other by little, the one named first holds.

    Args:
        region: Where they live; its own people are replaced.
        margins: What is counted, the most trusted first.
        reference: Whose people are taken as examples; None: the region's own.
        weight: People that one row stands for.
        seed: Of all that is drawn.
        progress: Shows how far the work is.

    Raises:
        InputError: If the margins name what is not known, ask for people that the reference has no example of, contradict
            each other by more than `PopulationParameters.most_contradiction`, or count more than can be made.
    """
    given = region if reference is None else reference
    _usable(given)
    progress.start("population", 5)
    try:
        cells = cells_of(region, given, margins, weight)
        progress.advance()
        _fillable(cells, margins)
        fitted = fit(cells.seed, cells.tables)
        told = _agreeing(cells, fitted, margins, weight)
        progress.advance()
        stream = Draws(seed).stream("population")
        made = whole(fitted.cells, cells.tables, stream)
        progress.advance()
        found = examples(given, region)
        tables = carried(found, region, cells, made, weight, stream)
        progress.advance()
        kept = quality(margins, cells.tables, made.astype(np.float64), float(weight))
        progress.advance()
    finally:
        progress.finish()
    tables["targets"] = as_targets(kept)
    notes = (*_silent(cells, given, margins, made, weight), *_stretched(cells, given, made), *told, *found.findings)
    return Population(tables, tuple(kept), found.mapped, notes)


def write_populated(
    region: Region,
    population: Population,
    margins: Sequence[Margin],
    folder: Path,
    *,
    reference: Region | None = None,
    seconds: float = 0.0,
) -> BuildReport:
    """
    Write a region with new people as the next snapshot of a folder; as with a build, the old one or the new one stays.

    Args:
        region: Where they live.
        population: The people.
        margins: What they were fitted to.
        folder: Region folder; made if missing.
        reference: Whose people were the examples; None: the region's own.
        seconds: Time it took to make the people.

    Raises:
        BuildError: If the tables do not fit together; nothing is written.
        DrehkreuzError: If the folder cannot be written.
    """
    started = perf_counter()
    manifest = region.manifest
    about = _provenance(region, region if reference is None else reference, margins)
    old = {
        name: (frame, manifest.provenance[name])
        for name, frame in region.tables.items()
        if name not in OF_PEOPLE and name != "targets"
    }
    new = {name: (frame, about) for name, frame in population.tables.items()}
    heading = Heading(manifest.name, manifest.title, manifest.day, manifest.language)
    seconds_by_part = {"population": seconds, "tables": perf_counter() - started}
    report = build_from_tables(heading, old | new, folder, seconds_by_part)
    return replace(report, findings=(*population.findings, *report.findings), mapped=population.mapped)


def _provenance(region: Region, reference: Region, margins: Sequence[Margin]) -> Provenance:
    sources = dict.fromkeys(f"{margin.source} ({margin.name}, {margin.date.isoformat()})" for margin in margins)
    of_people = reference.manifest.provenance["people"]
    licences = dict.fromkeys([of_people.licence, *(margin.licence for margin in margins)])
    source = f"Synthetische Bevölkerung, angepasst an: {'; '.join(sources)}. Beispiele: {of_people.source}"
    return Provenance("modelled", source, " AND ".join(licences), region.manifest.day)


def _usable(reference: Region) -> None:
    people = reference.table("people")
    if not len(people):
        remedy = "Name a region with people: --reference DIR, such as the model region."
        raise InputError(Finding("people", "", "", "", "has no rows: nobody to take as an example", remedy))
    if (people["origin"] != "synthetic").any():
        remedy = "Take synthetic people; consented profiles stay with those who gave them."
        raise InputError(Finding("people", "", "origin", "consented", "is no example to make others after", remedy))


def _fillable(cells: Cells, margins: Sequence[Margin]) -> None:
    """Refuse rows that count people of whom the reference has no example, and more people than can be made."""
    if not cells.seed.any():
        problem = "tell no figure above zero, or only of people that the reference has no example of"
        raise InputError(Finding("margins", "", "", "", problem, "Add a margin with figures, or another --reference."))
    findings = []
    for margin, table in zip(margins, cells.tables, strict=True):
        for i in lacking(cells.seed, table)[:SHOWN]:
            row = margin.rows[i]
            problem = f"counts {row.least:,.0f} people ({row.label}), and the reference has nobody like them"
            remedy = "Take another --reference, or join the row with its neighbour."
            findings.append(Finding(margin.where, str(row.line), "", "", problem, remedy))
    if findings:
        raise InputError(*findings)
    rows = round(float(cells.seed.sum()))
    if rows > PARAMETERS.most_rows:
        problem = f"count {rows:,} people, and at most {PARAMETERS.most_rows:,} rows are made"
        remedy = f"Let a row stand for several: --weight {-(-rows // PARAMETERS.most_rows)} or more."
        raise InputError(Finding("margins", "", "", "", problem, remedy))


def _agreeing(cells: Cells, fitted: Fitted, margins: Sequence[Margin], weight: int) -> list[Finding]:
    """Return what margins do not agree on; refuse what is too much."""
    people = max(1.0, float(fitted.cells.sum()))
    if fitted.off.max() <= PARAMETERS.agree_within * people:
        return []
    findings = []
    for one, other, off in contradictions(cells.seed, cells.tables, enough=PARAMETERS.agree_within):
        worst = margins[other].rows[int(off.argmax())]
        severe = off.sum() > PARAMETERS.most_contradiction * people
        problem = (
            f"contradicts {margins[one].where}: where that holds, its rows are off by {off.sum() * weight:,.1f} people in all, "
            f"most at line {worst.line} ({worst.label}), which is off by {off.max() * weight:,.1f}"
        )
        remedy = (
            "Use tables of the same day and the same people, or scale one to the sum of the other."
            if severe
            else f"It is fitted so that {margins[one].where}, named first, holds."
        )
        findings.append(Finding(margins[other].where, "", "", "", problem, remedy, "error" if severe else "warning"))
    if not findings:
        worst_margin = margins[int(fitted.off.argmax())]
        problem = f"cannot hold together with all the others: {fitted.off.max() * weight:,.1f} people are off"
        remedy = "Leave one out, or take a reference with more kinds of people."
        severe = fitted.off.max() > PARAMETERS.most_contradiction * people
        findings.append(Finding(worst_margin.where, "", "", "", problem, remedy, "error" if severe else "warning"))
    if any(finding.severity == "error" for finding in findings):
        raise InputError(*findings)
    return findings


def _silent(
    cells: Cells, reference: Region, margins: Sequence[Margin], made: NDArray[np.int64], weight: int
) -> list[Finding]:
    """Return what margins do not speak of: people that none counts or tells of, and places that one leaves out."""
    findings = []
    share = cells.seed.reshape(len(cells.places), cells.kinds).sum(axis=0) > 0
    weights = reference.table("people")["weight"].to_numpy()
    nobody = float(weights[~share[cells.kind_of]].sum())
    if nobody:
        problem = (
            f"counts nobody like {nobody / weights.sum():.1%} of the reference's people, and none of them are made"
        )
        findings.append(Finding("margins", "", "", "", problem, "Add a margin that counts them.", "warning"))
    told = np.zeros(len(cells.seed), dtype=bool)
    for table in cells.tables:
        told |= np.append(table.least == table.most, False)[table.row]
    if unknown := float(made[~told].sum()) * weight:
        problem = f"tell no figure of {unknown:,.0f} people that are made: how many there are is only estimated"
        findings.append(Finding("margins", "", "", "", problem, "Add a margin that counts them.", "warning"))
    for margin in margins:
        named = {row.place for row in margin.rows}
        if (
            margin.geography == cells.geography
            and (missing := [p for p in cells.places if p not in named])
            and margin.geography
        ):
            problem = f"says nothing of {len(missing):,} places of the region"
            shown = ", ".join(missing[:3])
            remedy = "The other margins and the residents of the zones decide there."
            findings.append(Finding(margin.where, "", margin.geography, shown, problem, remedy, "warning"))
    return findings


def _stretched(cells: Cells, reference: Region, made: NDArray[np.int64]) -> list[Finding]:
    """Return a finding where margins ask for many of a kind that the reference has few of."""
    examples_of = np.bincount(cells.kind_of, reference.table("people")["weight"].to_numpy(), minlength=cells.kinds)
    of_kind = made.reshape(len(cells.places), cells.kinds).sum(axis=0)
    mean = of_kind.sum() / examples_of.sum()
    stretch = np.divide(of_kind, examples_of, out=np.zeros(cells.kinds), where=examples_of > 0) / max(mean, 1e-12)
    worst = int(stretch.argmax())
    if stretch[worst] <= PARAMETERS.most_stretch:
        return []
    problem = (
        f"ask for {of_kind[worst]:,} rows of a kind that is rare in the reference: an example of it stands for "
        f"{stretch[worst]:,.0f} times as many as the mean one"
    )
    remedy = "Add a margin that counts them, or take a reference that has more of them."
    return [Finding("margins", "", "", "", problem, remedy, "warning")]
