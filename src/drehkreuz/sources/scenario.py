# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A scenario: measures that a person wrote down, each fault with its line, its value and what is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from drehkreuz.errors import Finding, InputError, did_you_mean
from drehkreuz.measures import Band, Kind, Measure, clashes, every_kind, settle, unmet
from drehkreuz.measures.terms import Parameter, Said
from drehkreuz.region import Region
from drehkreuz.sources.settings import Key, Section, read_settings

_TOP: Final = {"title": Key("text", required=True), "text": Key("text"), "measure": Key("sections", required=True)}

_ID: Final = re.compile(r"[^\W_][\w.-]{0,59}")

OF_EVERY: Final = (
    Parameter("kind", "text", Said("Art der Maßnahme.", "Kind of measure.")),
    Parameter("id", "text", Said("Name im Szenario.", "Name within the scenario.")),
    Parameter("title", "text", Said("Name, den Menschen lesen.", "Name that people read."), default=""),
    Parameter("start", "date", Said("Erster Tag.", "First day.")),
    Parameter(
        "ramp_months",
        "int",
        Said("Monate, bis alle mitmachen, die es wollen.", "Months until all take part who will."),
        default=0,
        unit="months",
        min=0,
        max=120,
    ),
)
"""What every measure of a scenario has beside its kind's parameters, and the three below."""

BANDS: Final = {
    "uptake": Said("Anteil, der mitmacht: [niedrig, mittel, hoch].", "Share that takes part: [low, mid, high]."),
    "invest_eur": Said("Einmalige Kosten in allem: [niedrig, mittel, hoch].", "Costs once in all: [low, mid, high]."),
    "eur_per_year": Said("Kosten im Jahr in allem: [niedrig, mittel, hoch].", "Costs a year in all: [low, mid, high]."),
}
"""Ranges that a scenario may say instead of the kind."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """
    Measures under a title.

    Attributes:
        title: What people read.
        text: Why, in a sentence or two; empty: not said.
        measures: In the order of the file.
    """

    title: str
    text: str
    measures: tuple[Measure, ...]


def read_scenario(path: Path, region: Region) -> Scenario:
    """
    Read a scenario for a region.

    Args:
        path: TOML with `title` and a section `[[measure]]` for each measure.
        region: Where the ids that it names are looked up and preconditions are tried.

    Raises:
        InputError: If it cannot be read as it stands; carries every finding, each with line, value and what is allowed.
    """
    return scenario_of(read_settings(path), region)


def scenario_of(top: Section, region: Region) -> Scenario:
    """
    Return a scenario whose file is already read; region and errors as in `read_scenario`.

    Args:
        top: The file.
        region: The region.
    """
    findings = top.check(_TOP)
    if findings:
        raise InputError(*findings)
    sections = top.sections("measure")
    if not sections:
        raise InputError(top.finding("measure", "the scenario has no measure", "Add a section [[measure]].", ""))
    read = [_measure(section, region) for section in sections]
    measures = [measure for measure, _ in read if measure is not None]
    findings = [finding for _, faults in read for finding in faults]
    section_of = {id(measure): section for (measure, _), section in zip(read, sections, strict=True)}
    for _, other, quantity in clashes(measures):
        findings.append(_clash(section_of[id(other)], quantity))
    for measure in measures:
        section = section_of[id(measure)]
        findings += [
            section.finding(*_said(fault.parameter, fault.problem, fault.remedy, fault.value))
            for fault in unmet(measure, region)
        ]
    if findings:
        raise InputError(*sorted(findings, key=lambda finding: int(finding.row or 0)))
    return Scenario(top.values["title"], top.values.get("text", ""), tuple(measures))


def _measure(section: Section, region: Region) -> tuple[Measure | None, list[Finding]]:
    """Return the measure of a section, None where it cannot be read, and what is wrong with it."""
    name, known = str(section.values.get("kind", "")), every_kind()
    if name not in known:
        problem = "is no kind of measure" if "kind" in section.values else "says nothing, and every measure has one"
        remedy = f"Use one of {', '.join(known)}.{did_you_mean(name, list(known))}"
        return None, [section.finding("kind", problem, remedy)]
    kind = known[name]
    bands = {key: section.values[key] for key in BANDS if key in section.values}
    rest = {key: value for key, value in section.values.items() if key not in BANDS}
    values, faults = settle((*OF_EVERY, *kind.parameters), rest, region)
    findings = [section.finding(*_said(fault.parameter, fault.problem, fault.remedy, fault.value)) for fault in faults]
    findings += [*_no_id(section), *_wrong_bands(section, bands), *_undrawn(section, kind)]
    if findings:
        return None, findings
    own: dict[str, Any] = {parameter.name: values.pop(parameter.name) for parameter in OF_EVERY}
    ranges = {key: Band(*map(float, value)) for key, value in bands.items()}
    return (
        Measure(
            **(own | {"kind": kind}),
            values=values,
            uptake=ranges.get("uptake"),
            invest=ranges.get("invest_eur"),
            per_year=ranges.get("eur_per_year"),
        ),
        [],
    )


def _said(key: str, problem: str, remedy: str, value: object) -> tuple[str, str, str, object]:
    return key, problem, remedy, ", ".join(map(str, value)) if isinstance(value, list | tuple) else value


def _no_id(section: Section) -> Iterator[Finding]:
    """Yield that the id cannot begin the ids of rows."""
    name = section.values.get("id")
    if isinstance(name, str) and not _ID.fullmatch(name):
        remedy = "Use up to 60 letters, digits, dots, hyphens and underscores, beginning with a letter or digit."
        yield section.finding("id", "is no id", remedy)


def _wrong_bands(section: Section, bands: Mapping[str, Any]) -> Iterator[Finding]:
    for key, value in bands.items():
        most = 1.0 if key == "uptake" else float("inf")
        numbers = isinstance(value, list) and all(isinstance(n, int | float) and not isinstance(n, bool) for n in value)
        if not numbers or len(value) != 3 or not 0 <= value[0] <= value[1] <= value[2] <= most:
            example = "[0.1, 0.2, 0.4]" if key == "uptake" else "[10000, 15000, 25000]"
            yield section.finding(key, "is no range", f"Write low, mid and high, none below the one before: {example}.")


def _undrawn(section: Section, kind: Kind) -> Iterator[Finding]:
    """Yield that uptake or a ramp is named though nobody decides whether to take part."""
    if kind.uptake is None:
        for key in ("uptake", "ramp_months"):
            if section.values.get(key):
                problem = f"means nothing here: {kind.name} holds for all from its first day"
                yield section.finding(key, problem, "Leave it out.")


def _clash(section: Section, quantity: str) -> Finding:
    if quantity == "id":
        return section.finding("id", "names two measures", "Give each an id of its own.")
    problem = f"sets {quantity}, which a measure above sets, too"
    return section.finding("kind", problem, "Keep one of the two, or give each other places.")
