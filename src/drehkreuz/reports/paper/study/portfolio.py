# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What each measure of a scenario adds to all of them, which help or replace each other, and which to take under a budget."""

from __future__ import annotations

from collections.abc import Iterator

from drehkreuz.reports.pair import Values
from drehkreuz.reports.paper.charts import Part, parts
from drehkreuz.reports.paper.document import Block, Bullets, Cell, Column, Figure, Number, Paragraph, Table
from drehkreuz.reports.paper.study.study import Studied, Study, euros, told
from drehkreuz.reports.words import Words


def portfolio(study: Study, scenario: Studied, prefix: str) -> Iterator[Block]:
    """Yield the blocks on a scenario's measures together."""
    words, answer = study.words, scenario.portfolio
    if answer is None:
        return
    figure, rows = answer["figure"], answer["measures"]
    named = words(f"scenario.{figure}")
    yield Paragraph(words("scenario.joint", figure=named, n=told(figure, answer["joint"], words).shown))
    drawn = [Part(row["title"], row["alone"], row["share"], row["last_in"], _share(row, words).shown) for row in rows]
    legend = (words("scenario.alone"), words("scenario.share"), words("scenario.last_in"))
    yield Figure(
        f"{prefix}parts",
        words("study.parts_caption", figure=named),
        "; ".join(
            words("study.part_alt", name=row.name, alone=row.alone, share=row.shown, last_in=row.last_in)
            for row in drawn
        ),
        parts(drawn, legend, lambda value: told(figure, value, words).shown),
        notes=(words("study.parts_note"),),
    )
    yield _table(study, answer, f"{prefix}portfolio", named)
    titles = {row["id"]: row["title"] for row in rows}
    together = [_together(pair, titles, words) for pair in answer["pairs"]]
    yield Bullets(tuple(together)) if together else Paragraph(words("study.no_pairs"))
    steps = [step for step in answer["order"] if step["adds"] > 0]
    if steps:
        yield Paragraph(words("study.order_intro"))
        adds = (f"{titles[step['id']]} ({told(figure, step['adds'], words).shown})" for step in steps)
        yield Bullets(tuple(adds), numbered=True)
    if "budget" in answer:
        yield Paragraph(_best(answer["budget"], figure, titles, words))


def _table(study: Study, answer: Values, name: str, named: str) -> Table:
    words, figure = study.words, answer["figure"]

    def row(told_row: Values) -> tuple[Cell, ...]:
        return (
            told_row["title"],
            told(figure, told_row["alone"], words),
            _share(told_row, words),
            told(figure, told_row["last_in"], words),
            euros(told_row["cost_eur_year"], words),
        )

    columns = (
        Column(words("study.measure"), "measure"),
        Column(words("scenario.alone"), "alone", numeric=True),
        Column(words("scenario.share"), "share", numeric=True),
        Column(words("scenario.last_in"), "last_in", numeric=True),
        Column(words("scenario.cost_eur_year"), "eur_year", numeric=True),
    )
    notes = [words("scenario.never_added")] + ([] if answer["exact"] else [words("study.sampled_note")])
    caption = words("study.portfolio_caption", figure=named)
    return Table(name, caption, columns, tuple(row(each) for each in answer["measures"]), notes=tuple(notes))


def _share(row: Values, words: Words) -> Number:
    """Return a share with its sign, and its standard error where it was sampled."""
    share = row["share"]
    text = f"{'−' if share < 0 else '+' if share > 0 else ''}{words.number(abs(share), 2)}"
    return Number(f"{text} ± {words.number(row['share_error'], 2)}" if row["share_error"] else text, share)


def _together(pair: Values, titles: dict[str, str], words: Words) -> str:
    key = "synergy" if pair["extra"] > 0 else "substitutes"
    one, other = (words("study.quoted", title=titles[pair[end]]) for end in ("one", "other"))
    return words(f"scenario.{key}", one=one, other=other, n=words.number(abs(pair["extra"])))


def _best(chosen: Values, figure: str, titles: dict[str, str], words: Words) -> str:
    taken = ", ".join(titles[name] for name in chosen["measures"]) or words("scenario.none")
    said = words(
        "scenario.best",
        budget=words.money(chosen["eur_year"]),
        measures=taken,
        n=told(figure, chosen["value"], words).shown,
        cost=euros(chosen["cost"], words).shown,
    )
    key = "best_proved" if chosen["proved"] else "best_bound"
    return f"{said} {words(f'scenario.{key}', n=words.number(chosen['bound']))}"
