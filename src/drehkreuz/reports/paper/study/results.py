# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What came out for a scenario: people and posts, who and where, ways to work, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from drehkreuz.reports.pair import Values
from drehkreuz.reports.paper.areas import Area, areas, has_municipalities, picture
from drehkreuz.reports.paper.charts import Gain, Span, gains, intervals
from drehkreuz.reports.paper.document import Block, Cell, Column, Figure, Paragraph, Section, Table
from drehkreuz.reports.paper.study.money import money
from drehkreuz.reports.paper.study.portfolio import portfolio
from drehkreuz.reports.paper.study.small import guarded
from drehkreuz.reports.paper.study.study import Studied, Study, span, told, unknown

FIGURES: Final = (
    "more_filled", "newly_placed", "displaced", "moved", "possible_more_filled", "possible_newly_placed", "possible_displaced",
    "hours_week",
)  # fmt: skip
"""Figures of people and posts, in the order of their table."""

DRAWN: Final = ("more_filled", "newly_placed", "displaced", "moved", "possible_more_filled")
"""Those of one unit, that are drawn."""

WAYS: Final = ("minutes_month_same_post", "co2_kg_month_same_post", "minutes_month", "co2_kg_month")
"""Figures of ways to work."""

COUNTED_PEOPLE: Final = frozenset({"newly_placed", "displaced", "moved"})
"""Columns that count people."""


def results(study: Study, scenario: Studied, prefix: str) -> Section:
    """
    Return the section on a scenario's results.

    Args:
        study: The study.
        scenario: One of its scenarios.
        prefix: Begins the names of tables and figures; empty where there is one scenario.
    """
    words = study.words
    title = words("study.results") if len(study.scenarios) == 1 else words("study.results_of", title=scenario.title)
    parts = [
        Section(words("study.people_and_posts"), tuple(_people_and_posts(study, scenario, prefix))),
        Section(words("study.by_group"), tuple(_groups(study, scenario, prefix))),
        Section(words("study.by_place"), tuple(_places(study, scenario, prefix))),
        Section(words("study.ways"), tuple(_ways(study, scenario, prefix))),
        Section(words("study.money"), tuple(money(study, scenario, prefix))),
    ]
    if scenario.portfolio is not None:
        parts.append(Section(words("study.portfolio"), tuple(portfolio(study, scenario, prefix))))
    parts.append(Section(words("study.sureness"), tuple(_sureness(study, scenario, prefix))))
    return Section(title, (), tuple(parts))


def _people_and_posts(study: Study, scenario: Studied, prefix: str) -> Iterator[Block]:
    words, answer = study.words, scenario.answer
    for name in ("stable", "possible"):
        yield Paragraph(
            words(
                f"scenario.{name}",
                openings=words.number(answer["after"]["openings"]),
                before=words.number(answer["before"][name]),
                after=words.number(answer["after"][name]),
            )
        )
    rows = [
        Span(
            words(f"scenario.{name}"),
            lies and lies.low,
            scenario.figure(name) or 0.0,
            lies and lies.high,
            _with_span(name, scenario, study),
        )
        for name in DRAWN
        for lies in [scenario.interval(name)]
    ]
    yield Figure(
        f"{prefix}changes",
        words("study.changes_caption"),
        "; ".join(f"{row.name}: {row.shown}" for row in rows),
        intervals(rows, lambda value: told("more_filled", value, words).shown, least=1.0),
        notes=(words("study.dot_note"),) if study.worlds else (),
    )
    yield _effect_table(study, scenario, f"{prefix}effect", words("study.effect_caption"), FIGURES)
    yield Paragraph(words("scenario.exact" if answer["exact"] else "scenario.bounds"), "note")


def _with_span(name: str, scenario: Studied, study: Study) -> str:
    shown, lies = told(name, scenario.figure(name), study.words).shown, scenario.interval(name)
    return shown if lies is None else f"{shown} ({span(name, lies, study.words)})"


def _effect_table(study: Study, scenario: Studied, name: str, caption: str, figures: Sequence[str]) -> Table:
    """Return figures with the middle and both ends of their intervals."""
    words = study.words

    def row(figure: str) -> tuple[Cell, ...]:
        lies = scenario.interval(figure)
        ends = [unknown(words)] * 3 if lies is None else [told(figure, value, words) for value in lies]
        value = told(figure, scenario.figure(figure), words)
        named = words(f"study.way_{figure}" if figure in WAYS else f"scenario.{figure}")
        return (named, value, *(ends if study.worlds else ()))

    columns = [Column(words("study.figure"), "figure"), Column(words("study.value"), "value", numeric=True)]
    if study.worlds:
        columns += [Column(each, each, numeric=True) for each in ("p10", "p50", "p90")]
    return Table(name, caption, tuple(columns), tuple(row(figure) for figure in figures))


def _groups(study: Study, scenario: Studied, prefix: str) -> Iterator[Block]:
    words, by = study.words, scenario.answer["by"]
    people = by["people"]["situation"]
    if not people and not by["openings"]["level"]:
        yield Paragraph(words("study.nobody"))
        return
    if people:
        shown = guarded([[line["newly_placed"], line["displaced"], line["moved"]] for line in people], study)
        rows = [Gain(line["name"], newly, displaced) for line, (newly, displaced, _) in zip(people, shown, strict=True)]
        yield _gains(study, f"{prefix}groups", words("study.groups_caption"), rows)
        yield _counts(study, f"{prefix}by-situation", "situation", people, ("newly_placed", "displaced", "moved"))
    for group in ("level", "occupation_group"):
        if by["openings"][group]:
            figures = ("newly_placed", "displaced", "more_filled")
            yield _counts(study, f"{prefix}by-{group.replace('_', '-')}", group, by["openings"][group], figures)


def _gains(study: Study, name: str, caption: str, rows: Sequence[Gain]) -> Figure:
    words = study.words

    def count(value: int | None) -> str:
        return words("study.hidden") if value is None else words.number(value)

    alt = "; ".join(
        words("study.gain_alt", name=row.name, newly=count(row.gained), lost=count(row.lost)) for row in rows
    )
    legend = (words("study.newly_placed"), words("study.displaced_short"))
    return Figure(name, caption, alt, gains(name, rows, legend, words.number))


def _counts(study: Study, name: str, by: str, lines: Sequence[Values], figures: Sequence[str]) -> Table:
    """Return groups with their counts, the greatest changes first, and their sums."""
    words = study.words
    table = [[line[figure] for figure in figures] for line in lines]
    sums = [sum(column) for column in zip(*table, strict=True)]
    *shown, total = guarded(
        [*table, sums], study, counts=sum(figure in COUNTED_PEOPLE for figure in figures), sums=True
    )
    rows = list(zip(lines, shown, strict=True))
    rows.sort(key=lambda row: -sum(abs(row[0][figure]) for figure in figures))

    def cells(counts: Sequence[int | None]) -> tuple[Cell, ...]:
        return tuple(
            unknown(words)._replace(shown=words("study.hidden")) if value is None else told(figure, value, words)
            for figure, value in zip(figures, counts, strict=True)
        )

    columns = (
        Column(words(f"study.of_{by}"), by),
        *(Column(words(f"study.short_{figure}"), figure, numeric=True) for figure in figures),
    )
    told_rows = [(line["name"], *cells(counts)) for line, counts in rows]
    notes = [words("study.hidden_note")] if any(None in counts for counts in [*shown, total]) else []
    caption = words(f"study.by_{by}_caption")
    return Table(
        name, caption, columns, (*told_rows, (words("study.sum"), *cells(total))), sums=True, notes=tuple(notes)
    )


def _places(study: Study, scenario: Studied, prefix: str) -> Iterator[Block]:
    words, region = study.words, study.region
    found = _guarded_areas(areas(region, scenario.evaluation.effect.stable), study)
    kind = "municipality" if has_municipalities(region) else "home"
    some = [area for area in found if area.newly_placed != 0 or area.displaced != 0]
    if not some:
        yield Paragraph(words("study.nobody"))
        return
    drawn = picture(region, f"{prefix}map", found, words)
    if drawn is not None:
        alt = "; ".join(
            words("study.area_alt", name=area.name, n=words("study.hidden") if area.net is None else f"{area.net:+d}")
            for area in some
        )
        notes = (words("study.map_note"), words("study.map_sites_note"))
        yield Figure(f"{prefix}map", words(f"study.map_{kind}_caption"), alt, drawn, notes=notes)
    lines = [{"name": area.name, "newly_placed": area.newly_placed, "displaced": area.displaced} for area in some]
    yield _area_table(study, f"{prefix}by-{kind}", kind, lines)
    works = scenario.answer["by"]["openings"]["municipality"]
    if kind == "municipality" and works:
        yield _counts(study, f"{prefix}by-workplace", "workplace", works, ("newly_placed", "displaced", "more_filled"))


def _guarded_areas(found: Sequence[Area], study: Study) -> list[Area]:
    """Return areas without small counts of people, where they may be real."""
    shown = guarded([[area.newly_placed or 0, area.displaced or 0] for area in found], study)
    return [Area(area.key, area.name, *counts) for area, counts in zip(found, shown, strict=True)]


def _area_table(study: Study, name: str, kind: str, lines: Sequence[Values]) -> Table:
    words = study.words

    def cell(value: int | None) -> Cell:
        return unknown(words)._replace(shown=words("study.hidden")) if value is None else told("moved", value, words)

    def size(line: Values) -> int:
        return (line["newly_placed"] or 0) + (line["displaced"] or 0)

    columns = (
        Column(words(f"study.of_{kind}"), kind),
        *(Column(words(f"study.short_{figure}"), figure, numeric=True) for figure in ("newly_placed", "displaced")),
    )
    rows = tuple(
        (line["name"], cell(line["newly_placed"]), cell(line["displaced"]))
        for line in sorted(lines, key=lambda line: -size(line))
    )
    notes = (words("study.hidden_note"),) if any(None in line.values() for line in lines) else ()
    return Table(name, words(f"study.by_{kind}_caption"), columns, rows, notes=notes)


def _ways(study: Study, scenario: Studied, prefix: str) -> Iterator[Block]:
    yield Paragraph(study.words("study.ways_intro"))
    yield _effect_table(study, scenario, f"{prefix}ways", study.words("study.ways_caption"), WAYS)


def _sureness(study: Study, scenario: Studied, prefix: str) -> Iterator[Block]:
    words, known = study.words, scenario.answer.get("uncertainty")
    if known is None:
        yield Paragraph(words("study.no_worlds_note"))
    else:
        yield Paragraph(words("scenario.worlds", n=words.number(known["worlds"])).rstrip(":") + ".")
        for figure, swings in known["drivers"].items():
            columns = (
                Column(words("study.driver"), "driver"),
                Column(words("study.least"), "low", numeric=True),
                Column(words("study.greatest"), "high", numeric=True),
            )
            rows = tuple(
                (
                    words(f"scenario.driver_{swing['driver']}"),
                    told(figure, swing["low"], words),
                    told(figure, swing["high"], words),
                )
                for swing in swings
            )
            caption = words("study.drivers_caption", figure=words(f"scenario.{figure}"))
            yield Table(f"{prefix}drivers", caption, columns, rows, notes=(words("study.drivers_note"),))
