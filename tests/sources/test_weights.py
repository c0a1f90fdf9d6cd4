# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What matters to a person, as their file says it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from drehkreuz.errors import InputError
from drehkreuz.matching.utility import UtilityWeights
from drehkreuz.region import Region
from drehkreuz.sources.person import read_person

PERSON = """
zone_id = "Z01"
employment_status = "employed"
net_need_eur_month = 2000
max_minutes = 45
available_from = 2026-11-02
"""


def written(folder: Path, weights: str) -> Path:
    """Write a person's file with weights."""
    path = folder / "me.toml"
    path.write_text(PERSON + weights, encoding="utf-8")
    return path


def test_weights_take_the_place_of_the_assumed(village: Region, tmp_path: Path) -> None:
    """Weights that a file names are taken, all others stay as assumed."""
    text = "[weights]\nhour_on_the_way = 25\noutlook = [-500, 0, 200.5]"
    person = read_person(written(tmp_path, text), village)
    assert person.weights == replace(UtilityWeights(), hour_on_the_way=25.0, outlook=(-500.0, 0.0, 200.5))


def test_no_weights(village: Region, tmp_path: Path) -> None:
    """A file without weights has those assumed."""
    assert read_person(written(tmp_path, ""), village).weights == UtilityWeights()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("weights = 3", "weights"),
        ("[weights]\nfitt = 1", "fitt"),
        ("[weights]\nfit = true", "fit"),
        ("[weights]\nfit = inf", "fit"),
        ("[weights]\nfit = 1e9", "fit"),
        ("[weights]\nfit = [1]", "fit"),
        ("[weights]\noutlook = 3", "outlook"),
        ("[weights]\noutlook = [1, 2]", "outlook"),
        ("[weights]\noutlook = [1, 2, 'x']", "outlook"),
    ],
)
def test_what_is_no_weight(village: Region, tmp_path: Path, text: str, key: str) -> None:
    """A weight that does not exist or is no number is said with its line."""
    with pytest.raises(InputError) as caught:
        read_person(written(tmp_path, text), village)
    (finding,) = caught.value.findings
    assert finding.column == key
    assert finding.row in {"8", "9", "7"}
