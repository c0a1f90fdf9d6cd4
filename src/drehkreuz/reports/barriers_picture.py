# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The barriers of a region as a chart that closes, readable without colour."""

from __future__ import annotations

from drehkreuz.reports.pair import Values
from drehkreuz.reports.paper.charts import Span, intervals
from drehkreuz.reports.paper.document import Document, Figure, Picture
from drehkreuz.reports.paper.picture import standalone
from drehkreuz.reports.sentences import kind, title
from drehkreuz.reports.words import Words


def drawn(line: Values, side: str, words: Words) -> Picture:
    """
    Draw a line of the report: what is found, each barrier's share, what is left; with intervals where there are any.

    Args:
        line: From `breakdown`, or `with_intervals`.
        side: `openings` or `people`.
        words: Of the chart.
    """
    return intervals(_rows(line, side, words), words.number, least=1.0)


def _rows(line: Values, side: str, words: Words) -> list[Span]:
    interval: Values = line.get("interval", {"shares": {}})
    rows = [("found", line["found"], interval.get("found"))]
    shares = sorted(line["shares"].items(), key=lambda share: -share[1])
    rows += [(barrier, share, interval["shares"].get(barrier)) for barrier, share in shares]
    rows += [("left", line["left"], interval.get("left"))]
    return [_span(*row, side, words) for row in rows]


def figure_name(figure: str, side: str, words: Words) -> str:
    """Return what a figure of a line is called."""
    return words(f"barriers.{side}_{figure}") if figure in {"found", "left"} else words(f"barrier.{figure.upper()}")


def _span(figure: str, count: int, between: list[int] | None, side: str, words: Words) -> Span:
    low, high = between or (None, None)
    return Span(figure_name(figure, side, words), low, count, high, span_shown(count, between, words))


def span_shown(count: int, between: list[int] | None, words: Words) -> str:
    """Return a count with its interval: `245 (231–260)`."""
    shown = words.number(count)
    return (
        shown
        if between is None
        else words("barriers.between", n=shown, low=words.number(between[0]), high=words.number(between[1]))
    )


def chart(answer: Values, side: str, words: Words) -> str:
    """Return a side of the report as an SVG document that stands by itself."""
    line = answer[f"{side}_by"]["all"]
    caption = words(f"barriers.{side}_caption", n=words.number(line["total"]))
    alt = "; ".join(f"{row.name}: {row.shown}" for row in _rows(line, side, words))
    notes = (words("barriers.interval_note", n=answer["times"]),) if answer["times"] else ()
    figure = Figure(side, caption, alt, drawn(line, side, words), (words(f"barriers.{side}_closes"), *notes))
    heading = Document(
        title(answer, words), kind(answer, words), words.language, answer["provenance"]["day"], (), (), ""
    )
    return standalone(heading, figure)
