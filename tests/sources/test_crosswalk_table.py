# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Official crosswalks: their layouts, their numbers, and the codes that occupations get from them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.errors import InputError
from drehkreuz.region import TABLES
from drehkreuz.sources.crosswalk_table import known_codes, read_crosswalk

OCCUPATION = "http://data.europa.eu/esco/occupation/"
GERMAN = f"""\
Mapping project name,ESCO - Klassifikation der Berufe 2010,,,,
Classification 1 Name,ESCO,,,,
Classification 2 Name,Klassifikation der Berufe 2010,,,,
,,,,,
Classification 1 URI,Classification 1 PrefLabel,Classification 2 ID,Classification 2 PrefLabel,Mapping relation,Editorial note
{OCCUPATION}a,Schweißer,B 24422-100,Schweißer/in,skos:exactMatch,
{OCCUPATION}a,Schweißer,B 24422-101,WIG-Schweißer/in,skos:narrowMatch,
{OCCUPATION}a,Schweißer,B 24422-101,WIG-Schweißer/in,skos:closeMatch,
{OCCUPATION}b,Bagger,B 52532-100,Baggerfahrer/in,skos:narrowMatch,
{OCCUPATION}b,Bagger,B 52522-100,Kranführer/in,skos:narrowMatch,
{OCCUPATION}c,Nichts,,,,
http://data.europa.eu/esco/isco/C7212,Schweißer,B 24422-100,Schweißer/in,skos:exactMatch,
"""
ONET = f"""\
Mapping project name,ESCO-O*NET Crosswalk
O*NET Id,O*NET Title,ESCO or ISCO URI,ESCO or ISCO Title,Type of Match
51-4121.00,Welders,{OCCUPATION}a,welder,narrowMatch
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "crosswalk.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_crosswalk(tmp_path: Path) -> None:
    """A pair that stands twice counts once, as surely as any row says; groups and occupations without a code are counted."""
    tables, findings = read_crosswalk(write(tmp_path, GERMAN))
    rows = tables["occupation_codes"].select("occupation_id", "code", "relation").rows()
    assert rows == [
        ("a", "B 24422-100", "exact"),
        ("a", "B 24422-101", "close"),
        ("b", "B 52522-100", "narrow"),
        ("b", "B 52532-100", "narrow"),
    ]
    assert [finding.problem.split(" rows ")[0] for finding in findings] == [
        "holds 7 mapping", "1 of 7", "1 of 7", "1 of 7"
    ]  # fmt: skip


def test_turned(tmp_path: Path) -> None:
    """Where the other classification comes first, its narrower occupation makes its code the broader one."""
    tables, _ = read_crosswalk(write(tmp_path, ONET))
    assert tables["occupation_codes"].select("classification", "code", "relation").rows() == [
        ("onet", "51-4121.00", "broad")
    ]


def test_codes_of_occupations(tmp_path: Path) -> None:
    """An occupation gets the code that its surest rows agree on, and its level; one that has a code keeps it."""
    tables, _ = read_crosswalk(write(tmp_path, GERMAN))
    occupations = TABLES["occupations"].conform(pl.DataFrame({"occupation_id": ["a", "b", "x"]}))
    filled, findings = known_codes(tables | {"occupations": occupations})
    assert filled["occupations"].select("occupation_id", "kldb2010", "level").rows() == [
        ("a", "24422", 2),
        ("b", None, None),
        ("x", None, None),
    ]
    assert findings == []
    _, [said] = known_codes(tables | {"occupations": occupations.with_columns(level=pl.lit(3, pl.Int32))})
    assert "1 occupations get the level of their KldB 2010 code" in str(said)
    only_b, [finding] = known_codes(tables | {"occupations": occupations.filter(occupation_id="b")})
    assert len(only_b["occupation_codes"]) == 2
    assert "2 of 4 rows are of occupations that the taxonomy does not have" in str(finding)


NONE = {"empty": "", "other": "a,b\n1,2\n", "no name": GERMAN.replace("Klassifikation der Berufe 2010", "Andere")}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_no_crosswalk(tmp_path: Path, text: str) -> None:
    """A table of another kind is refused in words."""
    with pytest.raises(InputError):
        read_crosswalk(write(tmp_path, text))


def test_a_row_without_address(tmp_path: Path) -> None:
    """A row with a code and no address of ESCO is a fault; a lenient reading leaves it out."""
    path = write(tmp_path, GERMAN.replace(f"{OCCUPATION}a", "a", 1))
    with pytest.raises(InputError, match="names no address of ESCO"):
        read_crosswalk(path)
    tables, _ = read_crosswalk(path, lenient=True)
    assert len(tables["occupation_codes"]) == 3


@settings(max_examples=12)
@given(cells=st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=10), max_size=8))
def test_any_cells(tmp_path_factory: pytest.TempPathFactory, cells: list[str]) -> None:
    """Whatever stands in a row, it is read or refused in words."""
    with suppress(InputError):
        read_crosswalk(write(tmp_path_factory.mktemp("crosswalk"), GERMAN + ",".join(cells)))


PUBLISHED = {
    "DE_mapping_18.05.22": ("kldb2010", 8_735),
    "BLM_mapping": ("competent", 7_012),
    "NL_mapping": ("noc_nl", 5_651),
    "AT_mapping": ("ams", 6_569),
    "FR_20230607_mapping_esco_rome": ("rome", 11_118),
    "crosswalk_esco_onet": ("onet", 4_253),
}
"""Classification and mapping rows of each published crosswalk; Austria's ends with 59 rows of separators alone."""


@pytest.mark.data
@pytest.mark.parametrize(("name", "told"), PUBLISHED.items())
def test_published(data: Path, name: str, told: tuple[str, int]) -> None:
    """The published crosswalks have as many rows as their sources say."""
    tables, findings = read_crosswalk(data / "crosswalks" / f"{name}.csv.gz")
    assert any(f"holds {told[1]:,} mapping rows of {told[0]}" in finding.problem for finding in findings)
    if told[0] == "kldb2010":
        counts = dict(tables["occupation_codes"].group_by("relation").len().iter_rows())
        assert (counts["exact"], counts["close"]) == (1_253, 1_792)


@pytest.mark.data
def test_another_layout(data: Path) -> None:
    """The crosswalk that names ESCO's occupations by code, not by address, is refused in words."""
    with pytest.raises(InputError, match="is no crosswalk with ESCO"):
        read_crosswalk(data / "crosswalks" / "crosswalk_esco_onet_reverse.csv.gz")
