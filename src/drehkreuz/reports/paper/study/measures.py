# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The measures: what each changes in the catalogue's words, what the scenario says of it, what it costs, how good the evidence is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from drehkreuz.errors import Finding
from drehkreuz.measures import Band, Measure, Parameter
from drehkreuz.region import TABLES, Region
from drehkreuz.reports.pair import Values
from drehkreuz.reports.paper.document import Block, Cell, Column, Facts, Number, Paragraph, Section, Table
from drehkreuz.reports.paper.study.study import Studied, Study, euro_span, euros, unknown
from drehkreuz.reports.words import Words

MOST_NAMED: Final = 8
"""Values of a list that are named."""


def measures(study: Study) -> Section:
    """Return the section on all measures; of several scenarios, a section each within it."""
    title, intro = study.words("study.measures"), Paragraph(study.words("study.measures_intro"))
    if len(study.scenarios) == 1:
        return Section(title, (intro, *_table(study, study.scenarios[0], "")), tuple(_each(study, study.scenarios[0])))
    within = tuple(
        Section(scenario.title, (*_why(scenario), *_table(study, scenario, f"{at}-"), *_facts(study, scenario)))
        for at, scenario in enumerate(study.scenarios, start=1)
    )
    return Section(title, (intro,), within)


def _why(scenario: Studied) -> tuple[Block, ...]:
    return (Paragraph(scenario.text),) if scenario.text else ()


def _each(study: Study, scenario: Studied) -> Iterator[Section]:
    """Yield a section for each measure."""
    for measure, row in zip(scenario.evaluation.measures, scenario.answer["measures"], strict=True):
        yield Section(row["title"], _of_measure(study, scenario, measure, row))


def _facts(study: Study, scenario: Studied) -> Iterator[Block]:
    """Yield each measure under its title, where there is no room for headings."""
    for measure, row in zip(scenario.evaluation.measures, scenario.answer["measures"], strict=True):
        yield Paragraph(study.words("study.measure_title", title=row["title"]), "strong")
        yield from _of_measure(study, scenario, measure, row)


def _of_measure(study: Study, scenario: Studied, measure: Measure, row: Values) -> tuple[Block, ...]:
    words, kind = study.words, measure.kind
    rows = [
        (words("study.does"), f"{kind.title.told(words.language)}. {kind.doc.told(words.language)}"),
        *_said(study.region, measure, words),
        (words("study.from_day"), _start(measure, words)),
        (words("measure.uptake"), _uptake(measure, row, words)),
        (words("measure.cost"), _cost(measure, row, words)),
    ]
    rows += [
        (words("study.mind"), _found(finding, words))
        for finding in scenario.evaluation.changed.findings
        if finding.row == measure.id
    ]
    return (Facts(tuple(rows)),)


def _found(finding: Finding, words: Words) -> str:
    """Return what is odd about a measure; it may be meant."""
    idle = finding.problem == "changes nothing in this region"
    return words("study.idle_here") if idle else f"{finding.problem}. {finding.remedy}"


def _said(region: Region, measure: Measure, words: Words) -> Iterator[tuple[str, str]]:
    """Yield what the scenario says of a measure, as one row; nothing where the kind asks nothing."""
    parts = [
        f"{_asked(parameter, words)}: {_value(region, parameter, measure.values[parameter.name], words)}"
        for parameter in measure.kind.parameters
        if measure.values.get(parameter.name) not in (None, "", ())
    ]
    if parts:
        yield words("study.set"), "; ".join(parts) + "."


def _asked(parameter: Parameter, words: Words) -> str:
    """Return what a parameter means; what holds where it is left out does not matter where it is told."""
    return parameter.doc.told(words.language).partition(";")[0].rstrip(".")


def _value(region: Region, parameter: Parameter, value: Any, words: Words) -> str:  # noqa: ANN401  # of the parameter's type
    """Return a value as people read it, ids by their names."""
    if isinstance(value, bool):
        return words("study.yes" if value else "study.no")
    if isinstance(value, date):
        return words.day(value)
    if parameter.type == "clock":
        return words.clock(int(value))
    if isinstance(value, int | float):
        unit = f"measure.unit_{parameter.unit.replace('/', '_').replace(' ', '_')}"
        number = words.number(value, 0 if value == round(value) else 2)
        return f"{number} {words(unit) if unit in words else parameter.unit}".strip()
    values = [value] if isinstance(value, str) else list(value)
    if parameter.ref:
        return words.listed(_names(region, parameter.ref, values, words.language), MOST_NAMED)
    return words.listed([_choice(each, words) for each in values], MOST_NAMED)


def _choice(value: str, words: Words) -> str:
    """Return what is chosen in words, where it is no text or code that stands for itself."""
    known = (f"study.choice_{value}", f"paths.format_{value}", f"language.{value}")
    return next((words(key) for key in known if key in words), value)


def _names(region: Region, table: str, ids: list[str], language: str) -> list[str]:
    """Return rows of a table by their names, by their ids where it has none."""
    columns = TABLES[table].columns
    if "name" in columns or "title" in columns:
        column = "name" if "name" in columns else "title"
        rows = region.table(table).select(TABLES[table].key[0], column)
    elif "label_de" in columns:
        rows = region.table(table).select(TABLES[table].key[0], f"label_{language}")
    else:
        rows = region.table("labels").filter(language=language, kind="preferred").select("concept_id", "text")
    known = dict(rows.iter_rows())
    return [known.get(each) or each for each in ids]


def _start(measure: Measure, words: Words) -> str:
    start = words.day(measure.start)
    return words("study.ramp", start=start, n=measure.ramp_months) if measure.ramp_months else start


def _uptake(measure: Measure, row: Values, words: Words) -> str:
    """Return who takes part: the share, of whom, how good the evidence is."""
    uptake = measure.kind.uptake
    if uptake is None:
        return words("measure.no_uptake")
    band = measure.uptake or uptake.share
    share = words("study.uptake", share=words.percent(row["share"]), of=uptake.of.told(words.language))
    between = words("paper.from_to", low=words.percent(band.low), high=words.percent(band.high))
    own = measure.uptake is not None
    return f"{share} ({between}). {_evidence(words, own=own, grade=uptake.grade, source=uptake.source.told(words.language))}"


def _cost(measure: Measure, row: Values, words: Words) -> str:
    """Return what it costs once and a year, who pays, how good the evidence is."""
    once, yearly = row["invest_eur"], row["per_year_eur"]
    if once is None or yearly is None:
        return words("study.costs_unknown")
    parts = [
        words(
            f"study.cost_{name}", mid=euros(band["mid"], words).shown, span=euro_span(band["low"], band["high"], words)
        )
        for name, band in (("once", once), ("yearly", yearly))
        if band["high"] > 0
    ]
    if not parts:
        return words("measure.free")
    cost, own = measure.kind.cost, measure.invest is not None or measure.per_year is not None
    grade, source = (cost.grade, cost.source.told(words.language)) if cost else ("assumed", "")
    paid = words("study.pays", payer=words(f"measure.payer_{row['payer']}"))
    return f"{' '.join(parts)} {paid} {_evidence(words, own=own, grade=grade, source=source)}"


def _evidence(words: Words, *, own: bool, grade: str, source: str) -> str:
    """Return where a figure is from: the scenario itself, or the catalogue with its grade."""
    if own:
        return words("study.from_scenario")
    return words("study.from_catalogue", grade=words(f"measure.grade_{grade}"), source=source)


def _table(study: Study, scenario: Studied, prefix: str) -> tuple[Block, ...]:
    """Return all measures of a scenario in a table: low, mid and high of what they cost a year, and once; how good the evidence is."""
    words = study.words

    def row(measure: Measure, told: Values) -> tuple[Cell, ...]:
        return (
            told["title"],
            *_cases(told["per_year_eur"], words),
            unknown(words) if told["invest_eur"] is None else euros(told["invest_eur"]["mid"], words),
            _grade(measure.uptake, measure.kind.uptake.grade if measure.kind.uptake else None, words),
            _grade(measure.per_year or measure.invest, measure.kind.cost.grade if measure.kind.cost else None, words),
        )

    columns = (
        Column(words("study.measure"), "measure", share=3),
        *(Column(words(f"study.year_{case}"), f"eur_year_{case}", numeric=True) for case in ("low", "mid", "high")),
        Column(words("study.once"), "eur_once_mid", numeric=True),
        Column(words("study.grade_uptake"), "uptake_evidence", share=2),
        Column(words("study.grade_cost"), "cost_evidence", share=2),
    )
    rows = tuple(
        row(measure, told)
        for measure, told in zip(scenario.evaluation.measures, scenario.answer["measures"], strict=True)
    )
    notes = (words("study.grades_note"), words("study.rounded_note"))
    return (Table(f"{prefix}measures", words("study.measures_caption"), columns, rows, notes=notes),)


def _cases(band: Values | None, words: Words) -> list[Number]:
    return [unknown(words) if band is None else euros(band[case], words) for case in ("low", "mid", "high")]


def _grade(own: Band | None, grade: str | None, words: Words) -> str:
    if own is not None:
        return words("study.grade_scenario")
    return words("study.grade_none") if grade is None else words(f"study.grade_{grade}")
