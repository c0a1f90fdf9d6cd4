# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A person's file: every answer is read, every mistake is named with its line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from drehkreuz.errors import InputError
from drehkreuz.region import Region
from drehkreuz.sources.person import ME, Person, read_person

MakeRegion = Callable[..., Region]

WHOLE = """
label = "Baggerfahrer, 54"
zone_id = "Z1"
employment_status = "employed"
net_need_eur_month = 2000
max_minutes = 45
available_from = 2027-01-01
car = true

[[occupation]]
occupation_id = "digger"
years = 18
current = true

[[language]]
language = "de"
cefr = "C2"

[[time]]
day = 0
from = 06:00:00
to = "26:00"
"""


@pytest.fixture
def region(make_region: MakeRegion) -> Region:
    return make_region(
        zones=[{"zone_id": "Z1", "lat": 50.8, "lon": 6.3}],
        occupations=[{"occupation_id": "digger"}, {"occupation_id": "cook"}],
        labels=[
            {
                "concept_id": "digger",
                "concept": "occupation",
                "language": "de",
                "kind": "preferred",
                "text": "Baggerfahrer/in",
            },
            {
                "concept_id": "cook",
                "concept": "occupation",
                "language": "de",
                "kind": "preferred",
                "text": "Koch/Köchin",
            },
        ],
    )


@pytest.fixture
def read(tmp_path: Path, region: Region) -> Callable[[str], Person]:
    def read_text(text: str) -> Person:
        path = tmp_path / "person.toml"
        path.write_text(text, encoding="utf-8")
        return read_person(path, region)

    return read_text


def test_a_whole_file_becomes_rows_of_the_tables(read: Callable[[str], Person]) -> None:
    """Keys are columns of people, sections are rows of the child tables, everything else takes its default."""
    person = read(WHOLE)
    row = person.tables["people"].row(0, named=True)
    assert (row["person_id"], row["car"], row["available_from"], row["hours_max"]) == (ME, True, date(2027, 1, 1), 40.0)
    assert person.tables["person_occupations"].select("occupation_id", "years").rows() == [("digger", 18.0)]
    assert person.tables["person_times"].select("from", "to").rows() == [(360, 1560)]
    assert len(person.tables["care"]) == 0


def test_text_is_linked_to_an_occupation_with_its_years(read: Callable[[str], Person]) -> None:
    """What a person writes becomes the occupation it most likely means; the years are read from it."""
    person = read(
        'text = "Baggerfahrer Tagebau, 18 Jahre"\n' + WHOLE.replace("[[occupation]]", "[[skip]]").split("[[skip]]")[0]
    )
    assert person.tables["person_occupations"].select("occupation_id", "years", "current").rows() == [
        ("digger", 18.0, True)
    ]
    assert person.links[0].concept_id == "digger"


def test_a_wish_is_no_occupation_held(read: Callable[[str], Person]) -> None:
    """Who wants to become a cook is none yet; what they are stands beside the wish."""
    person = read('text = "Baggerfahrer, 18 Jahre. Ich möchte Köchin werden."\n' + WHOLE)
    assert person.tables["person_occupations"]["occupation_id"].to_list() == ["digger"]
    assert (person.text, person.wishes) == ("Baggerfahrer, 18 Jahre.", ("Ich möchte Köchin werden",))


def test_words_that_only_wish_are_no_mistake(read: Callable[[str], Person]) -> None:
    """Nothing is linked, nothing is refused: the wish alone is kept."""
    person = read('text = "Ich möchte Köchin werden"\n' + WHOLE.partition("[[occupation]]")[0])
    assert len(person.tables["person_occupations"]) == 0
    assert (person.text, list(person.links), person.wishes) == (None, [], ("Ich möchte Köchin werden",))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("car = true", "automobile = true", ["person.toml:8", "automobile", "no such key"]),
        ("max_minutes = 45", "max_minutes = 900", ["person.toml:6", "max_minutes '900'", "more than 300"]),
        ("max_minutes = 45", "max_minute = 45", ["max_minute", "Did you mean 'max_minutes'"]),
        ('zone_id = "Z1"', 'zone_id = "Z9"', ["person.toml:3", "zone_id 'Z9'", "not in the region", "Z1"]),
        ('cefr = "C2"', 'cefr = "D1"', ["person.toml:17", "cefr 'D1'", "A1, A2, B1, B2, C1, C2"]),
        ('"digger"', '"diger"', ["occupation_id 'diger'", "Did you mean 'digger'"]),
        ("[[time]]", "[time]", ["time", "[[time]]"]),
        ("car = true", "car = [1]", ["person.toml:8", "car", "is a list"]),
        ("day = 0", "day = 7", ["person.toml:20", "day '7'", "more than 6"]),
        ('label = "Baggerfahrer, 54"', "label = 7", ["person.toml:2", "label", "is not text"]),
        ('employment_status = "employed"\n', "", ["employment_status", "is empty"]),
    ],
)
def test_a_mistake_is_named_with_its_line(
    read: Callable[[str], Person], old: str, new: str, expected: list[str]
) -> None:
    """One clear sentence says where, what value, what is wrong and what to do."""
    assert old in WHOLE
    with pytest.raises(InputError) as error:
        read(WHOLE.replace(old, new))
    for part in expected:
        assert part in str(error.value)


def test_a_section_given_twice_is_named(read: Callable[[str], Person]) -> None:
    """The same language cannot have two levels."""
    with pytest.raises(InputError, match="stands twice"):
        read(WHOLE + '\n[[language]]\nlanguage = "de"\ncefr = "B1"\n')


def test_text_that_means_nothing_is_named(read: Callable[[str], Person]) -> None:
    """Free text without any known word asks for other words instead of guessing."""
    with pytest.raises(InputError, match="matches no occupation"):
        read('text = "qqqq"\n' + WHOLE)
