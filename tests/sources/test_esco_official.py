# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from drehkreuz.errors import Finding, InputError
from drehkreuz.sources.esco import read_esco
from drehkreuz.sources.esco_write import write_esco

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.data

Tables = dict[str, pl.DataFrame]
Reading = tuple[Tables, list[Finding]]


@pytest.fixture(scope="module")
def official(data: Path) -> Reading:
    return read_esco([data / "esco" / "v1.1.1-en"])


@pytest.fixture(scope="module")
def bilingual(data: Path) -> Reading:
    return read_esco([data / "esco" / "v1.1.1-en", data / "esco" / "v1.2.0-de"])


def test_official_version_111(official: Reading) -> None:
    """The official English v1.1.1 gives every row it holds but those that name the one occupation it does not list."""
    tables, report = official
    assert {name: len(frame) for name, frame in tables.items()} == {
        "occupations": 3_007,
        "skills": 13_896,
        "labels": 134_238,
        "occupation_skills": 123_855 - 67,
        "broader": 3_617 - 1 + 20_656 - 7,
    }
    assert dict(tables["occupation_skills"]["relation"].value_counts().iter_rows()) == {
        "essential": 64_946 - 55,
        "optional": 58_909 - 12,
    }
    assert int(tables["occupations"]["regulated"].sum()) == 15
    assert len(report) == 4
    assert "67 of 123,855 rows name such a concept" in str(report[1])
    preferred = tables["labels"].filter(pl.col("kind") == "preferred")
    assert dict(preferred["concept"].value_counts().iter_rows()) == {
        "occupation": 3_007,
        "skill": 13_896,
        "occupation_group": 619,
        "skill_group": 640,
    }


def test_classes_of_official_skills(official: Reading) -> None:
    """Skills whose class anybody can tell have it."""
    tables, _ = official
    names = tables["labels"].filter(pl.col("kind") == "preferred").select("text", skill_id="concept_id")
    found = dict(tables["skills"].join(names, on="skill_id").select("text", "class").iter_rows())
    expected = {
        "Haskell": "digital",
        "use spreadsheets software": "digital",
        "German": "language",
        "write Latin": "language",
        "operate excavator": "manual",
        "lay bricks": "manual",
        "lead a team": "leadership",
        "show empathy": "social",
        "negotiate compromises": "social",
        "types of metal": "technical",
        "calculate probabilities": "technical",
    }
    assert {name: found[name] for name in expected} == expected


def test_english_with_german(bilingual: Reading) -> None:
    """German labels of v1.2.0 find 3,004 of the 3,007 occupations of v1.1.1; the rest is told in one finding."""
    tables, report = bilingual
    named = tables["labels"].filter((pl.col("language") == "de") & (pl.col("kind") == "preferred"))
    counts = dict(named["concept"].value_counts().iter_rows())
    assert counts == {"occupation": 3_004, "skill": 2_207, "occupation_group": 619, "skill_group": 640}
    assert "v1.2.0-de: 222 labels of 162 concepts that the base has not" in str(report[-1])


def test_round_trip_of_the_whole(bilingual: Reading, tmp_path: Path) -> None:
    """All of ESCO with German labels, written and read back, is the same."""
    tables, _ = bilingual
    write_esco(tables, tmp_path)
    for name, frame in read_esco([tmp_path])[0].items():
        assert_frame_equal(frame, tables[name])


def test_incomplete_download_alone(data: Path) -> None:
    """The German v1.2.0 folder without skills and relations is refused with what is missing."""
    with pytest.raises(InputError, match=r"no occupationSkillRelations.csv is there"):
        read_esco([data / "esco" / "v1.2.0-de"])
