# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What people write into fields, understood or refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drehkreuz.errors import InputError
from drehkreuz.region import Region
from drehkreuz_web.house.fields import parse_number
from drehkreuz_web.person.case import LONGEST, Case
from drehkreuz_web.person.counted import in_figures
from drehkreuz_web.person.homes import homes, is_sure, label_of, search
from drehkreuz_web.person.understand import understand

NUMBERS = {
    "2350": 2350,
    "2.350": 2350,
    "2.350 €": 2350,
    "2 350,50 Euro": 2350.5,
    "2,350.50": 2350.5,
    "37,5": 37.5,
    "37.5": 37.5,
    "−3": -3,
    "-3": -3,
    "0": 0,
    "٣٥": 35,
}
NO_NUMBERS = ("", "viel", "12 34", "1e9", "½", "nan", "inf", "--3", "3; DROP TABLE people", "🙂", "9" * 100)


@pytest.mark.parametrize(("text", "number"), NUMBERS.items())
def test_number(text: str, number: float) -> None:
    """A number is read as Germans and the English write it."""
    assert parse_number(text) == number


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_no_number(text: str) -> None:
    """What is no number is none, whatever it looks like."""
    assert parse_number(text) is None


@given(st.integers(0, 99_999))
def test_grouped_number(number: int) -> None:
    """However thousands are grouped, the number is the same."""
    for sign in (".", ",", " ", "'"):
        assert parse_number(f"{number:,}".replace(",", sign)) == number


@given(st.text(max_size=200))
def test_any_text_is_no_fault(village: Region, text: str) -> None:
    """Whatever is typed as a number, a place or an ability is looked at without a fault."""
    parse_number(text)
    search(village, text)
    understand(village, text)


def test_case_round_trip() -> None:
    """A case is the same after it went through a form as text, times and days included."""
    for path in sorted((Path(__file__).parents[3] / "examples").glob("*.toml")):
        case = Case.read(path.read_text(encoding="utf-8"))
        assert Case.read(case.toml) == case
        assert Case.read(case.toml.replace("\n", "\r\n")) == case


def test_case_too_long() -> None:
    """A case file longer than any real one is not read."""
    with pytest.raises(InputError, match="more than"):
        Case.read("#" * (LONGEST + 1))


def test_case_without_sections() -> None:
    """A section that is none counts as empty."""
    case = Case.read('skill = "no section"\noccupation = [1, 2]')
    assert case.rows("skill") == case.rows("occupation") == []


def test_place_by_name(village: Region) -> None:
    """A place is found by its name, in any case and without accents; the beginning of a name finds all that begin so."""
    (home,) = search(village, "SONNENFELD sud")
    assert home.label == "Sonnenfeld Süd"
    assert is_sure([home], "sonnenfeld süd")
    several = search(village, "Sonnenfeld")
    assert len(several) > 1
    assert not is_sure(several, "Sonnenfeld")


def test_place_spelt_wrong(village: Region) -> None:
    """A name with a slip finds what is spelt alike, but nothing is taken for sure."""
    found = search(village, "Sonnenfeld Makrt")
    assert "Sonnenfeld Markt" in [home.label for home in found]
    assert not is_sure(found[:1], "Sonnenfeld Makrt")


def test_unknown_place(village: Region) -> None:
    """A place that is not there, a postcode or nothing finds nothing."""
    assert [search(village, text) for text in ("Atlantis", "52459", "", "🙂", "مرحبا", "'; DROP TABLE zones;--")] == [
        []
    ] * 6


def test_every_home_is_found_by_its_label(village: Region) -> None:
    """The name that is shown for a home leads to that home again."""
    for home in homes(village):
        assert home in search(village, home.label)
        assert label_of(village, home.zone_id) == home.label


def test_occupation_with_years(village: Region) -> None:
    """An occupation is recognised with the years that its sentence tells."""
    phrases = understand(village, "Ich fahre seit 18 Jahren Schaufelradbagger im Tagebau.")
    taken = [m for phrase in phrases for m in phrase.meanings if m.kind == "occupation" and m.taken]
    assert [(m.concept_id, m.years) for m in taken] == [("o-excavator-operator", 18)]


def test_ability_is_no_occupation(village: Region) -> None:
    """To be able to drive a forklift is an ability; that it was the work is asked, not taken."""
    (phrase,) = understand(village, "Gabelstapler fahren")
    assert phrase.ambiguous
    assert [m.concept_id for m in phrase.meanings if m.taken] == ["s-forklift-driving"]


def test_wish_is_no_ability(village: Region) -> None:
    """What a person would like to become is not taken as something they can do."""
    phrases = understand(village, "Ich bin Schweißer. Ich möchte Baggerfahrer werden.")
    assert [(phrase.wish, bool(phrase.meanings)) for phrase in phrases] == [(False, True), (True, False)]


def test_ten_megabytes(village: Region) -> None:
    """A text of ten megabytes is cut, not chewed."""
    assert len(understand(village, "Schweißer und " * 700_000)) <= 30


@pytest.mark.parametrize(
    ("written", "figures"),
    [
        ("Bürokauffrau, neun Jahre Angebote", "Bürokauffrau, 9 Jahre Angebote"),
        ("anderthalb Jahre am Prüfstand", "1,5 Jahre am Prüfstand"),
        ("Zwanzig Jahre Kasse, seit sechs Monaten Lager", "20 Jahre Kasse, seit 6 Monaten Lager"),
        ("welder for twelve years", "welder for 12 years"),
        ("lasser, twaalf jaar", "lasser, 12 jaar"),
        ("soudeur, dix-sept ans", "soudeur, 17 ans"),
        (
            "zwölf Stunden am Tag, eine Million Jahre, hundertzwei Jahre",
            "zwölf Stunden am Tag, eine Million Jahre, hundertzwei Jahre",
        ),
    ],
)
def test_years_written_out_are_read(written: str, figures: str) -> None:
    """A number in words before years or months is a figure; any other word stays."""
    assert in_figures(written) == figures


def test_years_written_out_stand_at_the_occupation(village: Region) -> None:
    """Who writes nine years is asked to confirm nine, and who tells of a child of four is not."""
    (first, *_), (second, *_) = (
        [meaning for phrase in understand(village, text) for meaning in phrase.meanings if meaning.taken]
        for text in ("Schweißer, neun Jahre", "Schweißer, meine Tochter ist vier Jahre alt")
    )
    assert (first.years, second.years) == (9.0, None)
