# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The maps and charts of the model region's page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Final

import model_numbers
import numpy as np
import polars as pl
from drawing import (
    BLUE,
    FAINT,
    GREY,
    INK,
    LAND,
    MUTED,
    ORANGE,
    PAPER,
    RAMP,
    Frame,
    Labels,
    Sheet,
    class_of,
    class_words,
    legend,
    number,
    polyline,
    ticks,
    width_of,
)

from drehkreuz.model.aachen.area import DATA, area
from drehkreuz.model.aachen.cells import to_degrees, to_km
from drehkreuz.model.aachen.outlines import Polygon, outlines
from drehkreuz.model.aachen.population import groups
from drehkreuz.region import Region

SOURCE: Final = "Quelle: Modellregion Aachen, modelliert, Stand 02.11.2026"
SCHEMATIC: Final = "Gemeindeflächen schematisch aus Zellen von 1 km, keine amtlichen Grenzen. Orte: GeoNames, CC BY 4.0."
STOPS_BY: Final = "Haltestellen: db-hafas-stations, CC BY 4.0 und ODbL 1.0."

FRAME: Final = Frame(left=16, top=62, west=-17, north=51, east=61.5, south=-52, scale=6.5)
"""The study area with a margin."""
LEGEND_X: Final = 542
NEIGHBOURS: Final = (("NIEDERLANDE", -13.5, 16), ("BELGIEN", -11, -22), ("RHEINLAND-PFALZ", 52, -48.5), ("KÖLN", 56, 12))
"""What lies around, km east and north of Aachen's town hall."""


@cache
def _shapes() -> tuple[dict[str, list[Polygon]], list[list[Polygon]]]:
    """Return outlines of the study area's municipalities by key, and of its districts."""
    ours = area().municipalities.filter("study_area")
    ground = area().land.join(ours, on="municipality")

    def outline(name: str, column: str) -> list[Polygon]:
        return outlines(ground.filter(pl.col(column) == name).select("column", "row").to_numpy(), to_degrees)

    towns = {key: outline(key, "municipality") for key in ours["municipality"].sort().to_list()}
    return towns, [outline(name, "district") for name in ours["district"].unique().sort().to_list()]


@cache
def _borders() -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the sides between cells of two countries, km east and north."""
    ground = area(15).land.join(area(15).municipalities.select("municipality", "country"), on="municipality")
    country = {(x, y): name for x, y, name in ground.select("column", "row", "country").sort("column", "row").iter_rows()}
    sides = []
    for (x, y), name in country.items():
        if country.get((x + 1, y), name) != name:
            sides.append(((x + 1, y), (x + 1, y + 1)))
        if country.get((x, y + 1), name) != name:
            sides.append(((x, y + 1), (x + 1, y + 1)))
    return sides


def _data(frame: Frame, polygons: Sequence[Polygon]) -> str:
    """Return path data of polygons given in degrees."""
    parts = []
    for ring in (ring for polygon in polygons for ring in polygon):
        lon, lat = np.array(ring).T
        parts.append(polyline((frame.at(*point) for point in to_km(lat, lon).tolist()), closed=True))
    return "".join(parts)


def _ground(sheet: Sheet, frame: Frame) -> None:
    """Draw the borders of countries."""
    near = [side for side in _borders() if all(frame.holds(*end) for end in side)]
    sheet.path("".join(polyline(frame.at(*end) for end in side) for side in near), edge=MUTED, thick=1.6, more=DASHED)


DASHED: Final = ' stroke-dasharray="4 2"'


def _around(sheet: Sheet, frame: Frame) -> None:
    for words, east, north in NEIGHBOURS:
        if frame.holds(east, north):
            x, y = frame.at(east, north)
            half = width_of(words, 10) / 2 + 4
            x = min(max(x, frame.left + half), frame.left + frame.width - half)
            sheet.text(x, y, words, size=10, colour=MUTED, anchor="middle", italic=True)


def _choropleth(sheet: Sheet, fills: Mapping[str, str]) -> None:
    """Draw the municipalities filled, the borders of districts, and names."""
    towns, districts = _shapes()
    FRAME.begin(sheet)
    _ground(sheet, FRAME)
    for key, polygons in towns.items():
        sheet.path(_data(FRAME, polygons), fill=fills[key], edge=TOWN_EDGE, thick=0.6, more=' fill-rule="evenodd"')
    for polygons in districts:
        sheet.path(_data(FRAME, polygons), edge=INK, thick=1.7)
    _around(sheet, FRAME)
    labels = Labels(sheet, FRAME)
    labels.taken += [(16, 62, 48, 112), (16, FRAME.top + FRAME.height - 40, 150, FRAME.top + FRAME.height)]
    for _, name, x, y, population in _middles():
        large = population >= LARGE
        labels.place(x, y, name, size=12 if large else 10, bold=large)
    FRAME.end(sheet)


TOWN_EDGE: Final = "#3d4a57"
LARGE: Final = 50_000
"""Residents from which a town's name stands out."""


@cache
def _middles() -> list[tuple[str, str, float, float, int]]:
    """Return key, name, pixels and residents of each municipality, the largest first; at the middle of its cells."""
    ground = area().land.group_by("municipality").agg(pl.col("column", "row").mean() + 0.5)
    ours = area().municipalities.filter("study_area").join(ground, on="municipality")
    ours = ours.sort("population", "municipality", descending=[True, False])
    rows = ours.select("municipality", "name", "column", "row", "population").iter_rows()
    return [(key, name.removesuffix(" (Rhld.)"), *FRAME.at(east, north), people) for key, name, east, north, people in rows]


def _map(frame: Frame, title: str, subtitle: str, description: str, *foot: str) -> Sheet:
    sheet = Sheet(720, round(frame.top + frame.height + 48), title, description)
    sheet.heading(subtitle)
    sheet.source(*foot)
    return sheet


def _map_of_classes(
    sheet: Sheet, values: Mapping[str, float | None], breaks: Sequence[float], title: Sequence[str], unit: str, none: str
) -> None:
    """Fill the municipalities by classes and explain them."""
    shades = RAMP[-len(breaks) - 1 :]
    _choropleth(sheet, {key: PAPER if v is None else shades[class_of(v, breaks)] for key, v in values.items()})
    entries = list(zip(shades, class_words(breaks, unit), strict=True))[::-1]
    if None in values.values():
        entries.append((PAPER, none))
    below = legend(sheet, LEGEND_X, 80, title, entries)
    edges = ((INK, 1.7, "", "Kreis"), (TOWN_EDGE, 0.6, "", "Gemeinde"), (MUTED, 1.6, DASHED, "Staatsgrenze"))
    for colour, thick, more, words in edges:
        sheet.path(f"M{LEGEND_X} {below + 8:g}h20", edge=colour, thick=thick, more=more)
        sheet.text(LEGEND_X + 27, below + 12, words)
        below += 20


def density(region: Region) -> Sheet:
    """Draw a map of residents per km²."""
    sheet = _map(
        FRAME,
        "Einwohnerinnen und Einwohner je km²",
        "46 Städte und Gemeinden des Untersuchungsgebiets, 31.12.2020",
        "Karte des Untersuchungsgebiets: dicht besiedelt sind Aachen und der Norden bis Düren und Hückelhoven, dünn die Eifel im Süden.",
        "Einwohner und Fläche: Statistisches Bundesamt (Destatis), Gemeindeverzeichnis. Karte: Modellregion Aachen, Stand 02.11.2026.",
        SCHEMATIC,
    )
    towns = model_numbers.study(region)
    values = dict(towns.select("municipality", pl.col("population") / pl.col("area_km2")).iter_rows())
    _map_of_classes(sheet, values, (100, 200, 400, 800, 1200), ("Menschen je km²",), "", "")
    return sheet


def tension(region: Region) -> Sheet:
    """Draw a map of openings for each hundred people looking."""
    sheet = _map(
        FRAME,
        "Offene Stellen je 100 Arbeitslose",
        "Stellen am Arbeitsort, Arbeitslose am Wohnort, ohne Ausbildungsplätze",
        "Karte des Untersuchungsgebiets: viele Stellen je Arbeitslosen in den Städten mit vielen Arbeitsplätzen, wenige in Wohngemeinden.",
        f"{SOURCE}. Stellen und Arbeitslose angenommen.",
        SCHEMATIC,
    )
    rows = model_numbers.tension(region).select("municipality", "per_hundred", "openings").iter_rows()
    values = {key: value if openings else None for key, value, openings in rows}
    _map_of_classes(sheet, values, (10, 15, 20, 25, 30), ("Stellen je 100", "Arbeitslose"), "", "keine Stelle")
    return sheet


def early(region: Region) -> Sheet:
    """Draw a map of who reaches work at six."""
    sheet = _map(
        FRAME,
        "Wer ist um 6:00 Uhr bei der Arbeit?",
        "Anteil der Menschen im Umkreis, die es zu Fuß, mit Bus und Bahn in höchstens einer Stunde schaffen",
        "Karte des Untersuchungsgebiets: gut erreichbar ist Aachen, schlecht erreichbar sind Orte abseits der Bahn.",
        f"{SOURCE}. {STOPS_BY}",
        SCHEMATIC,
    )
    rows = model_numbers.early_reach(region).select("municipality", "early").iter_rows()
    values = {key: None if share is None else 100 * share for key, share in rows}
    _map_of_classes(sheet, values, (10, 20, 30, 40, 50), ("Anteil derer, die", "bis 15 km entfernt", "wohnen"), " %", "keine Stelle")
    return sheet


LINES_FRAME: Final = Frame(left=16, top=62, west=-29, north=53, east=62.5, south=-52, scale=5.8)
"""The study area with Maastricht, Liège's outskirts and Köln."""
OFTEN: Final = 60
"""Trips a day, both directions together, from which a bus counts as frequent."""


def lines(region: Region) -> Sheet:
    """Draw a map of rail and bus lines."""
    sheet = _map(
        LINES_FRAME,
        "Bus und Bahn im Modell",
        "Schematischer Fahrplan, ein Dienstag im November 2026: keine wirklichen Linien und Abfahrten",
        "Karte der Linien: Bahnstrecken verbinden Aachen mit Düren, Köln, Mönchengladbach, Lüttich und Maastricht; dichte Buslinien um Aachen, dünne in der Eifel.",
        f"{SOURCE}. {STOPS_BY}",
        "Linien gerade von Halt zu Halt; Gemeindeflächen schematisch. Namen: Orte mit Knoten des Busverkehrs.",
    )
    frame = LINES_FRAME
    frame.begin(sheet)
    _ground(sheet, frame)
    for polygons in _shapes()[1]:
        sheet.path(_data(frame, polygons), fill=PAPER, edge=GREY, thick=0.8)
    pieces = model_numbers.line_pieces(region)
    bus, often = pl.col("rail").not_(), pl.col("trips") >= OFTEN
    _pieces(sheet, pieces.filter(bus & often.not_()), THIN_BUS, 0.8)
    _pieces(sheet, pieces.filter(bus & often), BLUE, 1.2)
    _pieces(sheet, pieces.filter("rail"), INK, 2.4)
    _dots(sheet, pieces, rail=False)
    _dots(sheet, pieces, rail=True)
    _names(sheet, region)
    frame.end(sheet)
    _explain_lines(sheet)
    return sheet


THIN_BUS: Final = "#5a8fbd"


def _pixels(frame: pl.DataFrame, end: str) -> list[tuple[float, float]]:
    km = to_km(frame[f"lat_{end}"].to_numpy(), frame[f"lon_{end}"].to_numpy())
    return [LINES_FRAME.at(*point) for point in km.tolist()]


def _pieces(sheet: Sheet, pieces: pl.DataFrame, colour: str, thick: float) -> None:
    ends = zip(_pixels(pieces, "a"), _pixels(pieces, "b"), strict=True)
    seen = (pair for pair in ends if any(_on_sheet(point) for point in pair))
    sheet.path("".join(polyline(pair) for pair in seen), edge=colour, thick=thick, more=' stroke-linecap="round"')


def _on_sheet(point: tuple[float, float]) -> bool:
    return LINES_FRAME.left <= point[0] <= 16 + LINES_FRAME.width and 62 <= point[1] <= 62 + LINES_FRAME.height


def _dots(sheet: Sheet, pieces: pl.DataFrame, *, rail: bool) -> None:
    """Draw every stop once."""
    served = pieces.filter(pl.col("rail") == rail)
    points = {point for end in ("a", "b") for point in _pixels(served, end) if _on_sheet(point)}
    data = "".join(f"M{x:.0f} {y:.0f}h0" if not rail else f"M{x:.1f} {y:.1f}h0" for x, y in sorted(points))
    if rail:
        sheet.path(data, edge=INK, thick=4.6, more=' stroke-linecap="round"')
        sheet.path(data, edge=PAPER, thick=2.2, more=' stroke-linecap="round"')
    else:
        sheet.path(data, edge=BLUE, thick=1.7, more=' stroke-linecap="round"')


def _sites() -> list[tuple[str, float, float]]:
    """Return the sites of projects: short name and pixels."""
    table = pl.read_csv((DATA / "sites.csv").read_bytes())
    points = to_km(table["lat"].to_numpy(), table["lon"].to_numpy()).tolist()
    names = [name.removeprefix("Beispielbetriebe ").removeprefix("im ").removeprefix("am ") for name in table["name"]]
    return [(name, *LINES_FRAME.at(*point)) for name, point in zip(names, points, strict=True)]


def _names(sheet: Sheet, region: Region) -> None:
    """Mark and name sites, then hubs and stations, the largest town first."""
    labels = Labels(sheet, LINES_FRAME)
    foot = LINES_FRAME.top + LINES_FRAME.height
    labels.taken += [(16, 62, 48, 112), (16, foot - 40, 140, foot)]
    for mark, (_, x, y) in zip("ABCDEFGH", _sites(), strict=False):
        labels.keep_free(x, y, 8)
        sheet.path(f"M{x:.1f} {y - 8:.1f}l8 8-8 8-8-8z", fill=ORANGE, edge=PAPER, thick=1.2)
        sheet.text(x, y + 3.6, mark, size=10, colour=PAPER, anchor="middle", bold=True)
    hubs = pl.read_csv((DATA / "hubs.csv").read_bytes(), infer_schema=False)
    stops = region.table("stops").unique("name", keep="first", maintain_order=True)
    at = hubs.join(stops.select(hub="name", lat="lat", lon="lon"), on="hub", maintain_order="left")
    rank = {"city": 0, "ring_city": 1, "town": 2, "rural": 3, "ring": 4}
    people = region.table("municipalities").select(area="name", people="population").unique("area")
    at = at.join(people, on="area", how="left", maintain_order="left").drop_nulls("lat")
    ordered = [pl.col("kind").replace_strict(rank), -pl.col("people").fill_null(0)]
    at = at.sort(ordered, maintain_order=True)
    points = to_km(at["lat"].to_numpy(), at["lon"].to_numpy()).tolist()
    for name, kind, (east, north) in zip(at["area"], at["kind"], points, strict=True):
        if LINES_FRAME.holds(east, north):
            x, y = LINES_FRAME.at(east, north)
            large = kind in {"city", "ring_city"}
            plain = name.partition(" (")[0].partition(" b ")[0].removesuffix(", Niederlande").removesuffix(", Belgien")
            labels.place(x, y, plain, size=12.5 if large else 10, bold=large, gap=5)


def _explain_lines(sheet: Sheet) -> None:
    x, y = LINES_FRAME.left + LINES_FRAME.width + 14, 84.0
    sheet.text(x, y - 4, "Zeichen", bold=True)
    for colour, thick, words in (
        (INK, 2.4, ("Bahn, Station",)),
        (BLUE, 1.2, (f"Bus, ab {OFTEN} Fahrten", "am Tag (beide", "Richtungen)")),
        (THIN_BUS, 0.8, ("Bus, seltener",)),
    ):
        y += 18
        sheet.path(f"M{x} {y}h22", edge=colour, thick=thick)
        if thick > 2:
            sheet.add(f'<circle cx="{x + 11}" cy="{y}" r="2.2" fill="{PAPER}" stroke="{INK}" stroke-width="1.4"/>')
        for line in words:
            sheet.text(x + 28, y + 4, line, size=11)
            y += 14
        y -= 10
    y += 30
    sheet.text(x, y, "Vorhaben (Modell)", bold=True)
    for mark, (name, _, _) in zip("ABCDEFGH", _sites(), strict=False):
        y += 22
        sheet.path(f"M{x + 8} {y - 8}l8 8-8 8-8-8z", fill=ORANGE)
        sheet.text(x + 8, y + 3.6, mark, size=10, colour=PAPER, anchor="middle", bold=True)
        first, _, rest = name.partition(" ")
        for at, line in enumerate(filter(None, (first, rest))):
            sheet.text(x + 22, y + (4 if not rest else -1 + 12 * at), line, size=11)
        y += 6 if rest else 0


def composition(_region: Region) -> Sheet:
    """Draw bars of people by group."""
    table = groups()
    total = int(table["count"].sum())
    rows = table.sort("count", "group", descending=[True, False])
    sheet = Sheet(
        720,
        118 + 34 * len(rows),
        "Wer einen Weg sucht",
        f"Balken: {number(total)} Menschen in {len(rows)} Gruppen; die größte sind Arbeitslose, dann Teilzeitkräfte, die mehr arbeiten möchten.",
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
    sheet.source(SOURCE)
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
    for colour, words in ((BLUE, "Arbeitslose mit Abschluss im Beruf"), (PALE, "ohne Abschluss im Beruf"), (ORANGE, "offene Stellen")):
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
    sheet.source(SOURCE)
    return sheet


PALE: Final = "#b9d3ea"
BIN_KM: Final = 5
LAST_KM: Final = 60
SCOPES: Final = (("town", BLUE, "in der eigenen Gemeinde"), ("district", "#5f9fd0", "im eigenen Kreis"), ("beyond", ORANGE, "in einem anderen Kreis oder Land"))


def ways(region: Region) -> Sheet:
    """Draw the ways to work by distance."""
    flows = model_numbers.commutes(region)
    middle, total = model_numbers.middle_way(flows), float(flows["commuters"].sum())
    sheet = Sheet(
        720,
        412,
        "Wege zur Arbeit heute",
        f"Säulen: Anteil der Wege je {BIN_KM} Kilometer; die Hälfte der Wege ist kürzer als {number(middle, 1)} Kilometer.",
    )
    sheet.heading(f"{number(round(total, -3))} Beschäftigte, die im Untersuchungsgebiet wohnen; km auf der Straße")
    bins = LAST_KM // BIN_KM + 1
    binned = flows.with_columns(bin=(pl.col("km") // BIN_KM).clip(upper_bound=bins - 1).cast(pl.Int64))
    summed = dict(
        ((b, s), n / total) for b, s, n in binned.group_by("bin", "scope").agg(pl.col("commuters").sum()).iter_rows()
    )
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
        f"{SOURCE}. Verflechtung aus einem Gravitationsmodell.",
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
    sheet.source(SOURCE)
    return sheet


PICTURES: Final[dict[str, Callable[[Region], Sheet]]] = {
    "density": density,
    "tension": tension,
    "lines": lines,
    "composition": composition,
    "occupations": occupations,
    "ways": ways,
    "ages": ages,
    "early": early,
}
"""What draws each file `docs/img/model/*.svg`."""
