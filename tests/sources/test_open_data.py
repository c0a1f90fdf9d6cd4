# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
Published tables are read row for row: as many as their descriptions count.

Readers of one format have tests of their own numbers: ESCO (`test_esco_official`), crosswalks (`test_crosswalk_table`), the
charging register, OCPI, GBFS, GTFS (`test_gtfs_real_feeds`) and OpenStreetMap. Here stands what the readers of plain tables take.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import polars as pl
import pytest

from drehkreuz.errors import InputError
from drehkreuz.sources.archive import open_source
from drehkreuz.sources.crosswalk_table import read_crosswalk
from drehkreuz.sources.grid import find_headings, read_grid
from drehkreuz.sources.osm import read_osm
from drehkreuz.sources.statistics_table import read_layout, read_statistics
from drehkreuz.sources.text import read_csv

ROWS: Final = {
    "esco/v1.1.1-en/ISCOGroups_en.csv.gz": 619,
    "esco/v1.1.1-en/broaderRelationsOccPillar.csv.gz": 3_617,
    "esco/v1.1.1-en/conceptSchemes_en.csv.gz": 19,
    "esco/v1.1.1-en/digCompSkillsCollection_en.csv.gz": 26,
    "esco/v1.1.1-en/digitalSkillsCollection_en.csv.gz": 1_201,
    "esco/v1.1.1-en/greenSkillsCollection_en.csv.gz": 570,
    "esco/v1.1.1-en/languageSkillsCollection_en.csv.gz": 346,
    "esco/v1.1.1-en/researchOccupationsCollection_en.csv.gz": 122,
    "esco/v1.1.1-en/researchSkillsCollection_en.csv.gz": 40,
    "esco/v1.1.1-en/skillGroups_en.csv.gz": 640,
    "esco/v1.1.1-en/skillSkillRelations.csv.gz": 5_899,
    "esco/v1.1.1-en/transversalSkillsCollection_en.csv.gz": 96,
    "esco/v1.2.0-de/ISCOGroups_de.csv.gz": 619,
    "esco/v1.2.0-de/broaderRelationsOccPillar_de.csv.gz": 3_652,
    "esco/v1.2.0-de/broaderRelationsSkillPillar_de.csv.gz": 20_822,
    "esco/v1.2.0-de/digCompSkillsCollection_de.csv.gz": 25,
    "esco/v1.2.0-de/digitalSkillsCollection_de.csv.gz": 1_284,
    "esco/v1.2.0-de/greenSkillsCollection_de.csv.gz": 591,
    "esco/v1.2.0-de/languageSkillsCollection_de.csv.gz": 359,
    "esco/v1.2.0-de/occupations_de.csv.gz": 3_039,
    "esco/v1.2.0-de/researchOccupationsCollection_de.csv.gz": 122,
    "esco/v1.2.0-de/researchSkillsCollection_de.csv.gz": 40,
    "esco/v1.2.0-de/skillGroups_de.csv.gz": 640,
    "esco/v1.2.0-de/skillSkillRelations_de.csv.gz": 5_818,
    "esco/v1.2.0-de/transversalSkillsCollection_de.csv.gz": 95,
    "geo/destatis_AuszugGV4Q_2020-12-31.csv.gz": 16_068,
    "geo/zuordnung_plz_ort_landkreis.csv.gz": 12_883,
    "labour/auxco/auxco_categories.csv.gz": 1_130,
    "labour/auxco/auxco_distinctions.csv.gz": 3_705,
    "labour/auxco/auxco_followup_questions.csv.gz": 1_419,
    "labour/auxco/auxco_mapping_from_isco.csv.gz": 1_450,
    "labour/auxco/auxco_mapping_from_kldb.csv.gz": 1_637,
    "labour/kldb2010/KldB_2010_V2020_DE_Gliederung_mit_Erlaeuterung.csv.gz": 2_195,
    "sharing/gbfs_systems_de_nl_be.csv": 332,
    "stops/irail_facilities.csv.gz": 690,
    "stops/irail_stations.csv": 729,
    "stops/irail_stops.csv.gz": 3_053,
    "transit/germany-itineraries/travelSearch.csv": 30,
    "transit/porto-alegre/poa_hexgrid.csv": 1_227,
    "transit/porto-alegre/poa_points_of_interest.csv": 15,
}
"""Rows below the headings, as the descriptions beside the files count them."""

pytestmark = pytest.mark.data


@pytest.mark.parametrize(("file", "rows"), ROWS.items())
def test_rows(data: Path, file: str, rows: int) -> None:
    """A table with headings in its first line has as many rows as its description says, by both readers of tables."""
    source = open_source(data / file)
    assert read_csv(source, source.names[0]).height == rows
    assert sum(1 for _ in read_grid(data / file)[1]) == rows + 1


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_table_short_of_fields(data: Path, language: str) -> None:
    """The hierarchy of skills leaves out fields at the ends of its rows: refused as it stands, read where that is allowed."""
    version, rows = {"en": ("v1.1.1-en", 647), "de": ("v1.2.0-de", 640)}[language]
    source = open_source(data / "esco" / version / f"skillsHierarchy_{language}.csv.gz")
    with pytest.raises(InputError, match="11 fields where the header has 14"):
        read_csv(source, source.names[0])
    assert read_csv(source, source.names[0], fill_short=True).height == rows


def test_lists_without_headings(data: Path) -> None:
    """Titles of occupations come without a line of headings: every line is a row."""
    for language, rows in (("de", 19_135), ("nl", 24_069), ("fr", 15_227)):
        name = f"occupations_v1.0.3_{language}_corpus_elements.tsv.gz"
        assert sum(1 for _ in read_grid(data / "esco" / "labels-nl-fr-de" / name)[1]) == rows
    titles = data / "labour" / "kldb2010" / "Alphabetisches_Verzeichnis_Berufsbenennungen.csv.gz"
    assert sum(1 for _ in read_grid(titles)[1]) == 18_840


def test_inhabitants_of_the_region(data: Path) -> None:
    """Of 11,004 municipalities in the official list the 46 of the region have 1,270,875 inhabitants."""
    name, rows, notes = read_grid(data / "geo" / "destatis_AuszugGV4Q_2020-12-31.csv.gz")
    sheet = find_headings(name, rows, ("satzart", "gemeinde", "bevoelkerung"), notes)
    at = sheet.headings
    found = [cells for _, cells in sheet.rows if cells[at["satzart"]] == "60"]
    keys = ["".join(cells[at[part]] for part in ("land", "rb", "kreis", "gemeinde")) for cells in found]
    people = [int(cells[at["bevoelkerung"]].replace(" ", "").replace("\u00a0", "")) for cells in found]
    own = [count for key, count in zip(keys, people, strict=True) if key[:5] in {"05334", "05358", "05370", "05366"}]
    assert (len(found), len(own), sum(own)) == (11_004, 46, 1_270_875)


def test_postcodes_by_a_layout(data: Path, tmp_path: Path) -> None:
    """A layout of one's own reads a column mapping from a published file: a municipality's name by its key."""
    layout = tmp_path / "towns.toml"
    layout.write_text(
        'table = "municipalities"\nheadings = ["ags", "ort"]\ncolumns = { municipality = "ags", name = "ort" }\n'
        'constants = { country = "DE" }\nkeys = { municipality = 8 }\n'
    )
    path = data / "geo" / "zuordnung_plz_ort_landkreis.csv.gz"
    tables, findings = read_statistics(path, read_layout(layout), lenient=True)
    table = tables["municipalities"]
    assert table.filter(pl.col("municipality") == "05358024")["name"].to_list() == ["Jülich"]
    assert table.height == 10_797
    assert findings


def test_people_and_jobs_of_a_grid(data: Path) -> None:
    """The cells of Porto Alegre hold the people and jobs that their description sums."""
    source = open_source(data / "transit" / "porto-alegre" / "poa_hexgrid.csv")
    table = read_csv(source, source.names[0])
    sums = table.select(pl.col("population", "jobs").cast(pl.Float64).sum()).row(0)
    assert sums == (812_935, 337_921)


def test_streets_of_a_county(data: Path) -> None:
    """The smallest of the extracts, cut by a filter, is read as well: all its streets lie in the county."""
    nodes, edges, _ = read_osm(data / "transit" / "gtfs-flex" / "cobb-county.filtered.osm.pbf")
    assert nodes["lat"].is_between(33, 35).all()
    assert edges.height > 1_000


def test_skills_are_no_occupations(data: Path) -> None:
    """A table that maps skills, not occupations, is refused in words, or read without a single occupation."""
    path = data / "esco" / "labels-nl-fr-de" / "DE_Mapping_ESCO_Kompetenzen_220518_0.csv.gz"
    with pytest.raises(InputError) as refused:
        read_crosswalk(path)
    assert len(str(refused.value)) < 500
