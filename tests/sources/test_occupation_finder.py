# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Occupations found by codes and names: the code's group first, the name within it, and nothing where there is nothing."""

from __future__ import annotations

import pytest

from drehkreuz.sources.occupation_finder import ALONE_BY_CODE, SURE_BY_CODE, OccupationFinder
from live_feeds import table

NAMES = {"smith": "Schmied/in", "baker": "Bäcker/in", "confectioner": "Konditor/in"}


@pytest.fixture(scope="module")
def finder() -> OccupationFinder:
    rows = [
        {"occupation_id": "smith", "isco08": "7221", "kldb2010": "24232"},
        {"occupation_id": "baker", "isco08": "7512"},
        {"occupation_id": "confectioner", "isco08": "7512", "kldb2010": "29222"},
    ]
    labels = [
        {"concept_id": name, "concept": "occupation", "language": "de", "kind": "preferred", "text": text}
        for name, text in NAMES.items()
    ]
    codes = [
        {"occupation_id": "baker", "classification": "kldb2010", "code": "B 29222-102", "relation": relation}
        for relation in ("exact",)
    ]
    return OccupationFinder(
        {
            "occupations": table("occupations", rows),
            "labels": table("labels", labels),
            "occupation_codes": table("occupation_codes", codes),
        }
    )


def test_the_name_decides_within_the_code(finder: OccupationFinder) -> None:
    """Of the occupations under a code the one with the likest name is found, surer the liker it is."""
    by_isco = finder.find(["Konditorin"], isco08="7512")
    by_kldb = finder.find(["Bäckerin"], kldb2010="29222")
    assert by_isco is not None
    assert by_kldb is not None
    assert (by_isco.occupation_id, by_isco.how, by_isco.label) == ("confectioner", "code", "Konditor/in")
    assert by_kldb.occupation_id == "baker"
    unlike = finder.find(["Zuckerkünstler"], isco08="7512")
    assert unlike is not None
    assert SURE_BY_CODE <= unlike.confidence < by_isco.confidence <= 1


def test_both_codes_together(finder: OccupationFinder) -> None:
    """Where both codes are known the group that both name counts; where they disagree, KldB, which tells more apart."""
    both = finder.find(["irgendwas"], isco08="7221", kldb2010="24232")
    apart = finder.find(["irgendwas"], isco08="7512", kldb2010="24232")
    assert both is not None
    assert apart is not None
    assert both.occupation_id == apart.occupation_id == "smith"
    assert both.confidence >= ALONE_BY_CODE


def test_words_alone(finder: OccupationFinder) -> None:
    """Without a code, or with one that leads nowhere, names decide alone; nothing alike finds nothing."""
    found = finder.find(["Schmied (m/w/d)"], isco08="9999")
    assert found is not None
    assert (found.occupation_id, found.how) == ("smith", "label")
    assert found.confidence > 0.9
    assert finder.find(["xyz"]) is None
    assert finder.find([]) is None
