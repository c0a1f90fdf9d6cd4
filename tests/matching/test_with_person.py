# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A person laid over a market that is already prepared."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import numpy as np

from drehkreuz.matching.market import prepare, with_person
from drehkreuz.matching.relation import pairs
from drehkreuz.matching.utility import UtilityWeights
from drehkreuz.region import Region
from drehkreuz.sources.person import read_person

FILES = sorted((Path(__file__).parents[2] / "examples").glob("*.toml"))


def test_as_if_prepared_with_the_person(village: Region) -> None:
    """A person laid over a prepared market gets the very numbers of a market prepared with them in it."""
    market = prepare(village)
    for path in FILES[:3]:
        person = read_person(path, village)
        laid = pairs(with_person(market, person.tables), range(1))
        whole = pairs(prepare(village.with_tables(person.tables)), range(1))
        for field in fields(laid):
            a, b = getattr(laid, field.name), getattr(whole, field.name)
            if isinstance(a, np.ndarray):
                np.testing.assert_array_equal(a, b, err_msg=field.name)


def test_weights_of_the_person(village: Region) -> None:
    """The weights given count, else those of the market."""
    market = prepare(village)
    own = replace(UtilityWeights(), fit=0.0)
    tables = read_person(FILES[0], village).tables
    assert with_person(market, tables, own).weights is own
    assert with_person(market, tables).weights is market.weights
    assert with_person(market, tables).minutes is market.minutes
