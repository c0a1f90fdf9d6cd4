# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The charts of the model region's page."""

from __future__ import annotations

from typing import Final

import model_numbers
import polars as pl
from drawing import BLUE, FAINT, INK, MUTED, ORANGE, SKY, Sheet, number, polyline, ticks, width_of

from drehkreuz.model.aachen.population import groups
from drehkreuz.region import Region


def composition(_region: Region) -> Sheet:
    """Draw bars of people by group."""
    table = groups()
    total = int(table["count"].sum())
    rows = table.sort("count", "group", descending=[True, False])
    sheet = Sheet(
        720,
        118 + 34 * len(rows),
        "Wer einen Weg sucht",
        f"Balken: {number(total)} Menschen in {len(rows)} Gruppen; Braunkohle ist hervorgehoben. Die Zahlen stehen neben den Balken.",
    )
    sheet.heading(f"{number(total)} Menschen in {len(rows)} Gruppen; alle Zahlen angenommen")
    left, right = 258, 700
    scale = (right - left - 62) / float(rows["count"].max())  # type: ignore[arg-type]  # Polars says any literal
    y = 68
    for label, count, name in rows.select("label_de", "count", "group").iter_rows():
        lignite = name.startswith("lignite")
        sheet.text(left - 8, y + 16, label, anchor="end")
        sheet.box(left, y, count * scale, 24, ORANGE if lignite else BLUE)
        sheet.text(left + count * scale + 6, y + 16, number(count), bold=True)
        y += 34
    y -= 4
    sheet.path(f"M{left} 62V{y}", edge=MUTED)
    sheet.box(left + 250, y - 66, 14, 14, ORANGE)
    sheet.text(left + 270, y - 54, "Braunkohle")
    sheet.box(left + 250, y - 44, 14, 14, BLUE)
    sheet.text(left + 270, y - 32, "andere")
    sheet.source(model_numbers.SOURCE)
    return sheet


def occupations(region: Region) -> Sheet:
    """Draw paired bars of openings and people by group of occupations."""
    rows = model_numbers.by_group(region)
    sheet = Sheet(
        720,
        156 + 38 * len(rows),
        "Stellen und Arbeitslose nach Berufsgruppe",
        "Balkenpaare je Berufsgruppe: oben Menschen, unten Stellen; die knappsten Berufe stehen oben.",
    )
    sheet.heading("Untersuchungsgebiet, ohne Ausbildungsplätze; oben, wo Menschen am knappsten sind")
    x = 16.0
    for colour, words in (
        (BLUE, "Arbeitslose mit Abschluss im Beruf"),
        (PALE, "ohne Abschluss im Beruf"),
        (ORANGE, "offene Stellen"),
    ):
        sheet.box(x, 64, 14, 14, colour, BLUE if colour == PALE else "none")
        sheet.text(x + 20, 76, words)
        x += 44 + width_of(words, 12)
    left, right, y = 232, 590, 112
    most = float(rows["people"].max())  # type: ignore[arg-type]  # Polars says any literal
    scale = (right - left) / most
    for mark in ticks(most):
        sheet.path(f"M{left + mark * scale:.1f} 104V{112 + 38 * len(rows)}", edge=FAINT)
        sheet.text(left + mark * scale, 99, number(mark), size=11, colour=MUTED, anchor="middle")
    sheet.text(704, 86, "Stellen je 100", size=11, colour=MUTED, anchor="end")
    sheet.text(704, 99, "mit Abschluss", size=11, colour=MUTED, anchor="end")
    for label, openings, people, skilled, share in rows.select(
        "label", "openings", "people", "skilled", "per_hundred"
    ).iter_rows():
        sheet.text(left - 8, y + 18, label, size=11.5, anchor="end")
        sheet.box(left, y, skilled * scale, 13, BLUE)
        sheet.box(left + skilled * scale, y, (people - skilled) * scale, 13, PALE, BLUE)
        sheet.box(left, y + 15, openings * scale, 13, ORANGE)
        sheet.text(704, y + 18, number(share) if skilled else "–", anchor="end", bold=True)
        y += 38
    sheet.path(f"M{left} 104V{y}", edge=MUTED)
    sheet.source(model_numbers.SOURCE)
    return sheet


PALE: Final = "#b9d3ea"
BIN_KM: Final = 5
LAST_KM: Final = 60
SCOPES: Final = (
    ("town", BLUE, "in der eigenen Gemeinde"),
    ("district", SKY, "im eigenen Kreis"),
    ("beyond", ORANGE, "in einem anderen Kreis oder Land"),
)


def ways(region: Region) -> Sheet:
    """Draw the ways to work by distance."""
    flows = model_numbers.commutes(region)
    middle, total = model_numbers.middle_way(flows), float(flows["commuters"].sum())
    sheet = Sheet(
        720,
        424,
        "Wege zur Arbeit heute",
        f"Säulen: Anteil der Wege je {BIN_KM} Kilometer; die Hälfte der Wege ist kürzer als {number(middle, 1)} Kilometer.",
    )
    sheet.heading(f"{number(round(total, -3))} Beschäftigte, die im Untersuchungsgebiet wohnen; km auf der Straße")
    bins = LAST_KM // BIN_KM + 1
    binned = flows.with_columns(bin=(pl.col("km") // BIN_KM).clip(upper_bound=bins - 1).cast(pl.Int64))
    counted = binned.group_by("bin", "scope").agg(pl.col("commuters").sum())
    summed = {(at, scope): commuters / total for at, scope, commuters in counted.iter_rows()}
    highest = max(sum(summed.get((b, scope), 0.0) for scope, _, _ in SCOPES) for b in range(bins))
    left, base, wide = 56, 336, 49
    scale = 220 / highest
    for mark in ticks(100 * highest, 4):
        sheet.path(f"M{left} {base - mark / 100 * scale:.1f}H700", edge=FAINT)
        sheet.text(left - 6, base - mark / 100 * scale + 4, f"{number(mark)} %", size=11, colour=MUTED, anchor="end")
    for at in range(bins):
        y = float(base)
        for scope, colour, _ in SCOPES:
            high = summed.get((at, scope), 0.0) * scale
            y -= high
            if high:
                sheet.box(left + at * wide + 2, y, wide - 4, high, colour)
        sheet.text(left + at * wide, base + 16, number(at * BIN_KM), size=11, colour=MUTED, anchor="middle")
    sheet.text(700, base + 34, f"Kilometer ({LAST_KM} und mehr in einer Säule)", size=11, colour=MUTED, anchor="end")
    sheet.path(f"M{left} {base}H700", edge=MUTED)
    x = left + middle / BIN_KM * wide
    sheet.path(f"M{x:.1f} {base}V84", edge=INK, thick=1.6, more=' stroke-dasharray="5 3"')
    sheet.text(x + 6, 92, f"Hälfte der Wege: {number(middle, 1)} km", bold=True, halo=True)
    y = 124
    for _, colour, words in SCOPES:
        sheet.box(430, y - 11, 14, 14, colour)
        sheet.text(450, y + 1, words)
        y += 21
    sheet.source(
        f"{model_numbers.SOURCE}. Verflechtung aus einem Gravitationsmodell.",
        "Wege zwischen Gemeinden von Mitte zu Mitte; in der eigenen Gemeinde zählt der mittlere Weg zwischen zwei ihrer Menschen.",
    )
    return sheet


YOUNGEST, OLDEST = 16, 66


def ages(region: Region) -> Sheet:
    """Draw the ages of the operator's people against all others."""
    rows = model_numbers.ages(region)
    series = {name: dict(rows.select("age", name).iter_rows()) for name in ("operator", "others")}
    over = {name: sum(share for age, share in shares.items() if age >= 45) for name, shares in series.items()}
    sheet = Sheet(
        720,
        380,
        "Alter: Braunkohle gegen alle anderen",
        f"Zwei Linien über dem Alter: beim Betreiber der Braunkohle sind {number(100 * over['operator'])} Prozent 45 oder älter, sonst {number(100 * over['others'])} Prozent.",
    )
    sheet.heading("Anteil je zwei Altersjahre an der eigenen Gruppe")
    left, base, highest = 56, 316, max(max(shares.values()) for shares in series.values())
    wide, scale = 640 / (OLDEST - YOUNGEST), 220 / highest
    for mark in ticks(100 * highest, 4):
        sheet.path(f"M{left} {base - mark / 100 * scale:.1f}H700", edge=FAINT)
        sheet.text(left - 6, base - mark / 100 * scale + 4, f"{number(mark)} %", size=11, colour=MUTED, anchor="end")
    for age in range(20, OLDEST, 5):
        sheet.text(left + (age - YOUNGEST) * wide, base + 16, str(age), size=11, colour=MUTED, anchor="middle")
    sheet.text(700, base + 34, "Jahre", size=11, colour=MUTED, anchor="end")
    for name, colour, fill in (("operator", ORANGE, ' fill-opacity="0.18"'), ("others", BLUE, ' fill-opacity="0"')):
        points, high = [(float(left), float(base))], float(base)
        for age in range(YOUNGEST - 1, OLDEST, 2):
            start = max(left, left + (age - YOUNGEST) * wide)
            points.append((start, high))
            high = base - series[name].get(age, 0.0) * scale
            points += [(start, high)]
        points += [(700.0, high), (700.0, float(base))]
        sheet.path(polyline(points), fill=colour, edge=colour, thick=2.2, more=fill)
    x = left + (45 - YOUNGEST) * wide
    sheet.path(f"M{x:.1f} {base}V76", edge=INK, thick=1.2, more=' stroke-dasharray="5 3"')
    sheet.text(x + 6, 84, "45 Jahre und älter", size=11)
    y = 92
    for name, colour, words in (("operator", ORANGE, "beim Betreiber"), ("others", BLUE, "alle anderen")):
        sheet.box(72, y - 10, 14, 14, colour)
        sheet.text(92, y + 2, f"{words}: {number(100 * over[name])} % ab 45")
        y += 21
    sheet.path(f"M{left} {base}H700", edge=MUTED)
    sheet.source(model_numbers.SOURCE)
    return sheet
