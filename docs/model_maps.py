# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The maps of the model region's page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

import model_numbers
import numpy as np
import polars as pl
from drawing import (
    BLUE,
    GREY,
    INK,
    MUTED,
    ORANGE,
    PAPER,
    RAMP,
    SKY,
    Frame,
    Labels,
    Sheet,
    class_of,
    class_words,
    legend,
    polyline,
    width_of,
)

from drehkreuz.model.aachen.area import DATA, area
from drehkreuz.model.aachen.cells import to_degrees, to_km
from drehkreuz.model.aachen.outlines import Polygon, outlines
from drehkreuz.region import Region

SCHEMATIC: Final = (
    "Gemeindeflächen schematisch aus Zellen von 1 km, keine amtlichen Grenzen. Orte: GeoNames, CC BY 4.0."
)
STOPS_BY: Final = "Haltestellen: DB InfraGO (CC BY 4.0), © OpenStreetMap-Mitwirkende (ODbL)."

FRAME: Final = Frame(left=16, top=62, west=-17, north=51, east=61.5, south=-52, scale=6.5)
"""The study area with a margin."""
LEGEND_X: Final = 542
NEIGHBOURS: Final = (
    ("NIEDERLANDE", -13.5, 16),
    ("BELGIEN", -11, -22),
    ("RHEINLAND-PFALZ", 52, -48.5),
    ("KÖLN", 56, 12),
)
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
    country = {
        (x, y): name for x, y, name in ground.select("column", "row", "country").sort("column", "row").iter_rows()
    }
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
        sheet.path(_data(FRAME, polygons), fill=fills[key], edge=TOWN_EDGE, thick=0.8, more=' fill-rule="evenodd"')
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
    return [
        (key, name.removesuffix(" (Rhld.)"), *FRAME.at(east, north), people) for key, name, east, north, people in rows
    ]


def _map(frame: Frame, title: str, subtitle: str, description: str, *foot: str) -> Sheet:
    sheet = Sheet(720, round(frame.top + frame.height + 48), title, description)
    sheet.heading(subtitle)
    sheet.source(*foot)
    return sheet


def _map_of_classes(
    sheet: Sheet,
    values: Mapping[str, float | None],
    breaks: Sequence[float],
    title: Sequence[str],
    unit: str,
    none: str,
) -> None:
    """Fill the municipalities by classes and explain them."""
    shades = RAMP[-len(breaks) - 1 :]
    _choropleth(sheet, {key: PAPER if v is None else shades[class_of(v, breaks)] for key, v in values.items()})
    entries = list(zip(shades, class_words(breaks, unit), strict=True))[::-1]
    if None in values.values():
        entries.append((PAPER, none))
    below = legend(sheet, LEGEND_X, 80, title, entries)
    edges = ((INK, 1.7, "", "Kreis"), (TOWN_EDGE, 0.8, "", "Gemeinde"), (MUTED, 1.6, DASHED, "Staatsgrenze"))
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
        f"{model_numbers.SOURCE}. Stellen und Arbeitslose angenommen.",
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
        f"{model_numbers.SOURCE}. Flächen schematisch, keine amtlichen Grenzen.",
        f"{STOPS_BY} Orte: GeoNames (CC BY 4.0).",
    )
    rows = model_numbers.early_reach(region).select("municipality", "early").iter_rows()
    values = {key: None if share is None else 100 * share for key, share in rows}
    _map_of_classes(
        sheet, values, (10, 20, 30, 40, 50), ("Anteil derer, die", "bis 15 km entfernt", "wohnen"), " %", "keine Stelle"
    )
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
        f"{model_numbers.SOURCE}. Linien gerade von Halt zu Halt, Flächen schematisch.",
        STOPS_BY,
    )
    frame = LINES_FRAME
    frame.begin(sheet)
    _ground(sheet, frame)
    for polygons in _shapes()[1]:
        sheet.path(_data(frame, polygons), fill=PAPER, edge=GREY, thick=0.8)
    pieces = model_numbers.line_pieces(region)
    bus, often = pl.col("rail").not_(), pl.col("trips") >= OFTEN
    _pieces(sheet, pieces.filter(bus & often.not_()), SKY, 0.8)
    _pieces(sheet, pieces.filter(bus & often), BLUE, 1.2)
    _pieces(sheet, pieces.filter("rail"), INK, 2.4)
    _dots(sheet, pieces, rail=False)
    _dots(sheet, pieces, rail=True)
    _names(sheet, region)
    frame.end(sheet)
    _explain_lines(sheet)
    return sheet


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
        (SKY, 0.8, ("Bus, seltener",)),
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
