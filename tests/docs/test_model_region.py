# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The page of the model region: its pictures and tables can be made anew, and name what the model has."""

from __future__ import annotations

import importlib
import re
import tomllib
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest

from drehkreuz.model.aachen.build import build_aachen
from drehkreuz.model.aachen.population import groups
from drehkreuz.region import Region, open_region

DOCS = Path(__file__).parents[2] / "docs"
SVG = "{http://www.w3.org/2000/svg}"
MOST_BYTES = 150_000


@pytest.fixture(scope="module")
def figures() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(DOCS))
        return importlib.import_module("figures")


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Region:
    """The model region at a fifth of its size."""
    folder = tmp_path_factory.mktemp("regions") / "aachen"
    build_aachen(folder, scale=0.2, seed=1)
    return open_region(folder)


@pytest.fixture(scope="module")
def drawn(figures: ModuleType, region: Region) -> dict[str, str]:
    return dict(figures.pictures(region))


def page() -> str:
    return (DOCS / "model-region.md").read_text(encoding="utf-8")


def rows(text: str, block: str) -> list[list[str]]:
    """Return the cells of a block's table, without its head."""
    found = re.search(rf"<!-- figures: {block} -->\n(.*?)<!-- end -->", text, flags=re.DOTALL)
    assert found, block
    lines = [line for line in found[1].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def target_names() -> list[str]:
    return sorted(tomllib.loads((files("drehkreuz.model") / "targets.toml").read_text(encoding="utf-8")))


def test_the_page_names_every_target() -> None:
    """The page's table names exactly the targets of targets.toml."""
    assert [row[0].strip("`") for row in rows(page(), "targets")] == target_names()


def test_every_block_can_be_written_anew(figures: ModuleType, region: Region) -> None:
    """The page has each block once, a second writing changes nothing, and a fifth of the region has the same targets."""
    names = [found[2] for found in figures.BLOCK.finditer(page())]
    assert sorted(names) == sorted(figures.model_tables.BLOCKS)
    once = figures.with_blocks(page(), region)
    assert figures.with_blocks(once, region) == once
    assert [row[0].strip("`") for row in rows(once, "targets")] == target_names()


def test_groups_sum_to_the_whole() -> None:
    """The groups of people on the page sum to the last row, and that to the sum of groups.csv."""
    *parts, whole = [int(row[2].strip("*").replace(",", "")) for row in rows(page(), "composition")]
    assert sum(parts) == whole == groups()["count"].sum()


def test_every_table_is_graded(figures: ModuleType, region: Region) -> None:
    """The page says of each table of the region, once, what is observed, secondary and assumed."""
    graded = [name for names, *_ in figures.model_tables.GRADES for name in names]
    assert sorted(graded) == sorted(name for name, frame in region.tables.items() if len(frame))


def test_pictures_are_whole(drawn: dict[str, str]) -> None:
    """Each picture parses, says in words what it shows, names its source, and stays below 150 kB."""
    for name, picture in drawn.items():
        root = ET.fromstring(picture)  # noqa: S314  # our own drawing
        words = "".join(root.itertext())
        assert root.findtext(f"{SVG}title"), name
        assert len(root.findtext(f"{SVG}desc") or "") > 60, name
        assert "Modellregion Aachen" in words, name
        assert len(picture.encode()) < MOST_BYTES, name
        assert not re.search(r"\b(nan|inf|None)\b", picture), name


def test_texts_stay_on_the_picture(drawn: dict[str, str], figures: ModuleType) -> None:
    """No text runs over the left or right edge of its picture."""
    width_of = figures.model_maps.width_of
    for name, picture in drawn.items():
        root = ET.fromstring(picture)  # noqa: S314  # our own drawing
        for text in root.iter(f"{SVG}text"):
            words = text.text or ""
            start = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.get("text-anchor", "start")]
            wide = width_of(words, float(text.get("font-size", "0"))) * 0.92
            left = float(text.get("x", "0")) - start * wide
            assert left >= 0, (name, words)
            assert left + wide <= int(root.get("width", "0")), (name, words)


def test_the_page_shows_every_picture(drawn: dict[str, str]) -> None:
    """The page shows each picture once, and each file is there and no other."""
    shown = re.findall(r"\]\(img/model/([a-z]+\.svg)\)", page())
    assert sorted(shown) == sorted(drawn) == sorted(path.name for path in (DOCS / "img" / "model").iterdir())


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("hue", ["BLUE", "SKY", "ORANGE", "GREY", "MUTED", "INK"])
def test_hues_stand_out(figures: ModuleType, hue: str) -> None:
    """Hues of bars, lines and texts have a contrast of at least 3 : 1 against paper, so that nobody needs sharp eyes."""
    assert 1.05 / (luminance(getattr(figures.model_maps, hue)) + 0.05) >= 3
