# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Every reader of files that people or offices hand in: how it is called, and files that it takes."""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files as resources
from pathlib import Path
from typing import Final

from drehkreuz.errors import InputError
from drehkreuz.foresight.assumptions import read_assumptions as read_foresight
from drehkreuz.foresight.official import read_official as read_outlook_official
from drehkreuz.model.population.margins import read_margins
from drehkreuz.planning.charging.assumptions import read_assumptions as read_charging
from drehkreuz.planning.charging.official import read_official
from drehkreuz.planning.charging.roads import read_roads
from drehkreuz.planning.charging.spots import read_areas
from drehkreuz.planning.charging.trucks import read_depots
from drehkreuz.region import TABLES, Region, open_region, verify, write_snapshot
from drehkreuz.region.manifest import FILE, read_contents
from drehkreuz.sources.archive import open_source
from drehkreuz.sources.boundaries import Naming, read_boundaries
from drehkreuz.sources.build import build
from drehkreuz.sources.charging_register import read_charging_register
from drehkreuz.sources.course_page import read_courses
from drehkreuz.sources.crosswalk_table import read_crosswalk
from drehkreuz.sources.esco import read_esco
from drehkreuz.sources.gbfs import read_gbfs
from drehkreuz.sources.grid import read_grid
from drehkreuz.sources.gtfs import read_gtfs
from drehkreuz.sources.jobposting import read_postings
from drehkreuz.sources.live.feeds import read_feed, read_feeds
from drehkreuz.sources.ocpi import read_ocpi
from drehkreuz.sources.ocpi_status import read_ocpi_status
from drehkreuz.sources.osm import read_osm
from drehkreuz.sources.park_part import read_part
from drehkreuz.sources.person import read_person
from drehkreuz.sources.recipe import read_addresses, read_recipe
from drehkreuz.sources.rota import read_rotas
from drehkreuz.sources.scenario import read_scenario
from drehkreuz.sources.schema_org import Feed
from drehkreuz.sources.statistics_table import read_layout, read_statistics
from drehkreuz.sources.taxonomy_move import read_replaced
from drehkreuz.sources.templates import read_table, write_table
from drehkreuz.sources.text import read_csv
from drehkreuz.sources.workforce import read_centres, read_workforce
from fuzz import seeds
from fuzz.guided import written
from fuzz.mutations import Bundle

DAY: Final = date(2026, 11, 2)
"""Of everything that is read."""


@dataclass(frozen=True, slots=True)
class Reader:
    """
    A reader.

    Attributes:
        seeds: Sources that it takes, of the village.
        read: Reads the one file of a source, or, of several, the folder they lie in.
    """

    seeds: Callable[[Region], Sequence[Bundle]]
    read: Callable[[Path, Region], object]

    def run(self, files: Bundle, village: Region) -> object:
        """Write the files into a folder of their own and read them."""
        folder = Path(tempfile.mkdtemp())
        try:
            path, *more = written(folder, files)
            return self.read(folder if more else path, village)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _one(read: Callable[[Path], object]) -> Callable[[Path, Region], object]:
    """Return a reader that needs no region as one that is handed a region."""
    return lambda path, _: read(path)


def _twice(read: Callable[..., object]) -> Callable[[Path], object]:
    """Return a reader that reads leniently and then strictly."""

    def both(path: Path) -> object:
        read(path, lenient=True)
        return read(path, lenient=False)

    return both


def _given(make: Callable[..., Sequence[Bundle]], *contents: object) -> Callable[[Region], Sequence[Bundle]]:
    return lambda _: make(*contents)


def _archive(path: Path) -> object:
    source = open_source(path)
    return [read_csv(source, name) if name.endswith(".csv") else source.read(name) for name in source.names]


def _zip(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("region/people.csv", content)
        archive.writestr("region/x.bin", b"\0" * 1_000)
    return out.getvalue()


def _boundaries(path: Path, *, lenient: bool) -> object:
    return read_boundaries(path, Naming("AGS", "GEN", digits=8), lenient=lenient)


def _workforce(path: Path, village: Region) -> object:
    rota = path.parent / "rota.toml"
    rota.write_text(seeds.ROTA, encoding="utf-8")
    return read_workforce(path, village, read_rotas(rota), {"52349": (50.8, 6.48)})


def _feeds(path: Path, village: Region) -> object:
    path.with_name("posts.jsonld").touch()
    return [read_feed(feed, village, DAY) for feed in read_feeds(path, DAY)]


def _live_posts(path: Path, village: Region) -> object:
    """Read posts as a feed; that a feed cannot be read is its finding, not an error."""
    listed = path.with_name("feeds.toml")
    listed.write_text(seeds.FEEDS.replace("posts.jsonld", path.name), encoding="utf-8")
    (found,) = [read_feed(feed, village, DAY) for feed in read_feeds(listed, DAY)]
    if found.failed:
        raise InputError(*found.findings)
    return found


def _recipe(path: Path) -> object:
    path.with_name("zones.csv").write_text("plz;lat;lon\n", encoding="utf-8")
    path.with_name("feed").mkdir(exist_ok=True)
    read_addresses(path)
    return read_recipe(path)


def _osm_tags(path: Path) -> object:
    try:
        data = seeds.pbf(path.read_bytes())
    except Exception:  # noqa: BLE001  # what osmium's own reader of texts refuses in many ways
        return None
    path.with_name("a.osm.pbf").write_bytes(data)
    return read_osm(path.with_name("a.osm.pbf"))


def _shipped(package: str) -> Callable[[Region], Sequence[Bundle]]:
    content = (resources(package) / "assumptions.toml").read_text(encoding="utf-8")
    return lambda _: seeds.text("assumptions.toml", content)


def _scenario(village: Region) -> Sequence[Bundle]:
    del village
    examples = Path(__file__).parents[2] / "examples"
    return seeds.text("a.toml", seeds.SCENARIO, (examples / "scenarios" / "village.toml").read_text(encoding="utf-8"))


def _person(village: Region) -> Sequence[Bundle]:
    del village
    examples = Path(__file__).parents[2] / "examples"
    found = [path.read_text(encoding="utf-8") for path in sorted(examples.glob("*.toml"))[:2]]
    return seeds.text("a.toml", seeds.PERSON, *found)


def _cv(path: Path, village: Region) -> object:
    told = path.with_name("person.toml")
    told.write_text(seeds.PERSON.partition("[[")[0] + 'cv = "cv.json"\n', encoding="utf-8")
    return read_person(told, village)


def _manifest(village: Region) -> Sequence[Bundle]:
    assert village.folder is not None
    return [{FILE: (village.folder / FILE).read_bytes()}]


def _snapshot(village: Region) -> Sequence[Bundle]:
    """Return a region of a few tables as it lies on the disk."""
    few = {
        name: village.table(name).head(5) for name in ("municipalities", "zones", "rules", "shift_systems", "shifts")
    }
    with tempfile.TemporaryDirectory() as folder:
        write_snapshot(Path(folder), Region(village.manifest, few))
        found = [path for path in Path(folder).rglob("*") if path.is_file() and path.suffix != ".lock"]
        return [{str(path.relative_to(folder)): path.read_bytes() for path in found}]


def _open(folder: Path, _: Region) -> object:
    region = open_region(folder)
    verify(region)
    return [region.table(name).height for name in TABLES]


_BUILT: Final = (
    "zones",
    "shift_systems",
    "shifts",
    "occupations",
    "skills",
    "occupation_skills",
    "people",
    "vacancies",
)


def _sources(village: Region) -> Sequence[Bundle]:
    """Return a recipe with a few tables, and posts in the format of the web."""
    few = {name: village.table(name) for name in _BUILT}
    few["people"], few["vacancies"] = few["people"].head(4), few["vacancies"].head(4)
    head = seeds.RECIPE.partition("[map]")[0] + '[[source]]\nkind = "jobposting"\npath = "posts.jsonld"\n\n'
    with tempfile.TemporaryDirectory() as folder:
        for name, frame in few.items():
            write_table(frame, Path(folder) / f"{name}.csv", TABLES[name])
        found = {path.name: path.read_bytes() for path in Path(folder).iterdir()}
    recipe = head + "".join(f'[[source]]\nkind = "table"\ntable = "{name}"\npath = "{name}.csv"\n\n' for name in _BUILT)
    return [found | {"region.toml": recipe.encode(), "posts.jsonld": seeds.posts(village)[0]["posts.jsonld"]}]


def _build(folder: Path, _: Region) -> object:
    return build(read_recipe(folder / "region.toml"), folder / "built", lenient=True)


_OFFICIAL: Final = "municipality;year;quantity;value;source\n99001;2027;{};120;Amt, 2026\n"

READERS: Final[Mapping[str, Reader]] = {
    "archive": Reader(lambda _: [{"a.zip": _zip(seeds.PEOPLE.encode())}], _one(_archive)),
    "table": Reader(
        _given(seeds.text, "people.csv", seeds.PEOPLE),
        _one(_twice(lambda path, *, lenient: read_table(path, "people", lenient=lenient))),
    ),
    "gtfs": Reader(
        _given(seeds.texts, seeds.GTFS),
        _one(_twice(lambda path, *, lenient: read_gtfs(path, "f", lenient=lenient))),
    ),
    "osm": Reader(lambda _: [{"a.osm.pbf": seeds.pbf(seeds.OPL.encode())}], _one(read_osm)),
    "osm tags": Reader(_given(seeds.text, "a.opl", seeds.OPL), _one(_osm_tags)),
    "esco": Reader(
        _given(seeds.texts, seeds.ESCO),
        _one(_twice(lambda path, *, lenient: read_esco([path], lenient=lenient))),
    ),
    "jobposting": Reader(
        seeds.posts,
        _one(_twice(lambda path, *, lenient: read_postings(path, day=DAY, feed=Feed("f"), lenient=lenient))),
    ),
    "live jobposting": Reader(seeds.posts, _live_posts),
    "course": Reader(
        seeds.courses,
        _one(_twice(lambda path, *, lenient: read_courses(path, day=DAY, feed=Feed("f"), lenient=lenient))),
    ),
    "gbfs": Reader(
        lambda _: [seeds.document_folder(feed) for feed in seeds.GBFS.values()],
        _one(_twice(lambda path, *, lenient: read_gbfs(path, language="de", lenient=lenient))),
    ),
    "ocpi": Reader(lambda _: [seeds.document_folder(seeds.OCPI)], _one(_twice(read_ocpi))),
    "ocpi status": Reader(lambda _: [seeds.document_folder(seeds.OCPI)], _one(read_ocpi_status)),
    "charging register": Reader(
        _given(seeds.text, "register.csv", *seeds.REGISTER), _one(_twice(read_charging_register))
    ),
    "crosswalk": Reader(_given(seeds.text, "crosswalk.csv", *seeds.CROSSWALK), _one(_twice(read_crosswalk))),
    "commuters": Reader(
        lambda _: [{"a.xlsx": seeds.workbook(seeds.COMMUTERS)}],
        _one(_twice(lambda path, *, lenient: read_statistics(path, read_layout("commuters"), lenient=lenient))),
    ),
    "statistics": Reader(
        _given(seeds.text, "a.csv", seeds.EMPLOYED),
        _one(_twice(lambda path, *, lenient: read_statistics(path, read_layout("employed"), lenient=lenient))),
    ),
    "layout": Reader(_given(seeds.text, "layout.toml", seeds.LAYOUT), _one(read_layout)),
    "boundaries": Reader(seeds.outlines, _one(_twice(_boundaries))),
    "geopackage": Reader(seeds.packages, _one(_twice(_boundaries))),
    "xlsx": Reader(
        lambda _: [{"a.xlsx": seeds.workbook(seeds.COMMUTERS)}],
        _one(lambda path: list(read_grid(path, sheet="Daten")[1])),
    ),
    "margins": Reader(_given(seeds.text, "margin.csv", seeds.MARGIN), _one(lambda path: read_margins([path]))),
    "workforce": Reader(_given(seeds.text, "a.csv", seeds.STAFF), _workforce),
    "centres": Reader(_given(seeds.text, "a.csv", "postcode,lat,lon\n52349,50.8,6.48\n"), _one(read_centres)),
    "business park": Reader(
        _given(seeds.text, "a.csv", seeds.PART), lambda path, village: read_part(path, village, 10)
    ),
    "rota": Reader(_given(seeds.text, "rota.toml", seeds.ROTA), _one(read_rotas)),
    "cv": Reader(_given(seeds.documents, "cv.json", seeds.RESUME, seeds.EUROPASS), _cv),
    "person": Reader(_person, read_person),
    "scenario": Reader(_scenario, read_scenario),
    "feeds": Reader(_given(seeds.text, "feeds.toml", seeds.FEEDS), _feeds),
    "recipe": Reader(_given(seeds.text, "region.toml", seeds.RECIPE), _one(_recipe)),
    "build": Reader(_sources, _build),
    "snapshot": Reader(_snapshot, _open),
    "replaced": Reader(_given(seeds.text, "a.csv", "old,new\na,b\nhttp://x/c,http://x/d\n"), _one(read_replaced)),
    "manifest": Reader(_manifest, _one(lambda path: read_contents(path.parent))),
    "charging assumptions": Reader(_shipped("drehkreuz.planning.charging"), _one(read_charging)),
    "foresight assumptions": Reader(_shipped("drehkreuz.foresight"), _one(read_foresight)),
    "charging official": Reader(
        _given(seeds.text, "a.csv", _OFFICIAL.format("cars")), _one(lambda path: read_official(path, ["99001"]))
    ),
    "foresight official": Reader(
        _given(seeds.text, "a.csv", _OFFICIAL.format("working_age")),
        _one(lambda path: read_outlook_official(path, ["99001"], range(2026, 2036))),
    ),
    "roads": Reader(
        _given(seeds.text, "a.csv", "road,network,direction,lat,lon,km\nA4,core,a,50.8,6.1,0\nA4,core,a,50.8,6.4,21\n"),
        _one(read_roads),
    ),
    "areas": Reader(_given(seeds.text, "a.csv", "name,lat,lon\nHof,50.8,6.1\n"), _one(read_areas)),
    "depots": Reader(_given(seeds.text, "a.csv", "name,lat,lon,trucks\nHof,50.8,6.1,12\n"), _one(read_depots)),
}
"""By the name that the command takes."""
