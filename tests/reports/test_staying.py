# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
What people read who ask "What if I stay?": three stories in both languages, as files that a works council can read.

Run as a program, this file writes the stories as they are now: `python tests/reports/test_staying.py`.
"""

from __future__ import annotations

import io
import json
import string
import sys
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import polars as pl
import pytest
from rich.console import Console

from drehkreuz.cli.output import Screen, plain
from drehkreuz.cli.staying import show_staying, show_warning
from drehkreuz.model.aachen.area import area
from drehkreuz.model.core import core
from drehkreuz.region import TABLES, Manifest, Region
from drehkreuz.reports.staying import describe_staying, sentences
from drehkreuz.reports.words import LANGUAGES, Language
from drehkreuz.rights import Reason
from drehkreuz.sources.person import read_person

FILES: Final = Path(__file__).parents[2] / "examples" / "aachen"
GOLDEN: Final = Path(__file__).parent / "staying"
STORIES: Final = ("kraftwerker-57", "kraftwerker-58", "schweisser-fremdfirma")
DAY: Final = date(2026, 11, 2)
WIDTH: Final = 100

# REUSE-IgnoreStart
HEADER: Final = "# SPDX-FileCopyrightText: 2026 The Drehkreuz authors\n# SPDX-License-Identifier: Apache-2.0\n\n"
# REUSE-IgnoreEnd


@cache
def region(day: date = DAY) -> Region:
    """Return the zones, the taxonomy and the closures of the model region of Aachen, without anything to be reached."""
    closures = pl.read_csv((files("drehkreuz.model.aachen") / "data" / "projects.csv").read_bytes())
    cells = area().cells
    tables = core().tables() | {
        "zones": cells.select(name for name in TABLES["zones"].columns if name in cells.columns),
        "projects": closures.with_columns(pl.col("source_date").str.to_date(), pl.col("occupation_id").fill_null("")),
    }
    return Region(
        Manifest("test", "Test", day, "de", {}), {name: TABLES[name].conform(frame) for name, frame in tables.items()}
    )


@cache
def row(story: str) -> dict[str, Any]:
    """Return a story's row of table `people`."""
    return read_person(FILES / f"{story}.toml", region()).tables["people"].row(0, named=True)


def answer(story: str, language: Language = "de", day: date = DAY, **facts: object) -> dict[str, Any]:
    return describe_staying(region(day), row(story) | facts, language)


def shown(found: dict[str, Any], language: Language) -> str:
    """Return an answer as a terminal shows it."""
    screen = Screen(language=language)
    screen.console = Console(file=io.StringIO(), width=WIDTH, highlight=False, markup=False)
    show_warning(found, screen)
    show_staying(found, screen)
    lines = str(screen.console.file.getvalue()).splitlines()
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n" if lines else ""


def golden(story: str, language: Language) -> Path:
    return GOLDEN / f"{story}.{language}.txt"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("story", STORIES)
def test_the_story_is_told(story: str, language: Language) -> None:
    """The answer is the one that was read and found right; `python tests/reports/test_staying.py` writes it anew."""
    text = golden(story, language).read_text(encoding="utf-8")
    assert HEADER + shown(answer(story, language), language) == text


def test_three_people_at_one_plant_are_advised_differently() -> None:
    """At 58 adjustment pay fits, at 57 it is the first thing to ask, and for the contractor's welder it is not there."""
    standing = {
        story: {option["rule_id"]: option["standing"] for option in answer(story)["options"]} for story in STORIES
    }
    assert standing["kraftwerker-58"]["r-apg"] == "fits"
    assert standing["kraftwerker-57"]["r-apg"] == "ask"
    assert "r-apg" not in standing["schweisser-fremdfirma"]
    assert len({answer(story)["summary"] for story in STORIES}) == 3


def test_the_57_year_old_is_told_what_would_change_it() -> None:
    """The younger twin hears the age that counts, when it is reached, and that the site's posts end as late as that."""
    text = shown(answer("kraftwerker-57"), "de")
    assert "Am 31.12.2028 sind Sie 57; nötig sind 58, die erreichen Sie 2029." in " ".join(text.split())
    assert "wären das mindestens 2.768 € im Monat" in " ".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "facts",
    [
        {"birth_year_from": None, "birth_year_to": None},
        {"birth_year_from": 1968, "birth_year_to": 1973},
        {"birth_year_to": None},
        {"birth_year_from": 1985, "birth_year_to": 1985},
        {"birth_year_from": None, "birth_year_to": 1950},
        {"closure_id": None},
        {"closure_id": None, "birth_year_from": 1950, "birth_year_to": 1951},
        {"contract_end": date(2027, 6, 30)},
        {"available_from": date(2027, 1, 1)},
        {"employed_on_2019_09_30": None, "tenure_years": None},
        {"employed_on_2019_09_30": False},
        {"employer_group": "supplier", "tenure_years": None},
        {"zone_id": "abroad"},
        {"employment_status": "apprentice", "net_today_eur_month": None},
    ],
    ids=str,
)
def test_every_turn_can_be_said(facts: dict[str, object], language: Language) -> None:
    """Whatever is known or not, every option says why it stands as it does, whom to ask and where it is from."""
    if facts.get("zone_id"):
        facts = {"zone_id": region().table("zones").filter(pl.col("country") == "NL")["zone_id"][0]}
    found = answer("kraftwerker-58", language, **facts)
    assert found["ends"]["text"]
    for option in found["options"]:
        assert option["ask"]
        assert option["source_text"].startswith(option["source"])
        assert option["standing"] != "not_by_facts" or option["reasons"]
        assert all(reason["text"] and "None" not in reason["text"] for reason in option["reasons"])
    assert json.loads(json.dumps(plain(found))) == plain(found)
    assert "None" not in shown(found, language)


def test_both_ages_are_said_where_the_band_straddles() -> None:
    """A band on both sides of 58 reads as "depending on your birthday", with both ages and what each of them means."""
    found = answer("kraftwerker-58", birth_year_from=1970, birth_year_to=1971)
    text = next(option["reasons"][0]["text"] for option in found["options"] if option["rule_id"] == "r-apg")
    assert "57 oder 58" in text
    assert "Mit 58 gilt es, mit 57 nicht" in text


def test_after_400_days_no_rule_is_repeated() -> None:
    """On a day that nobody has checked the rules for, the request not to resign stays, and every claim and figure goes."""
    found = answer("kraftwerker-58", day=date(2028, 3, 1))
    assert found["warning"]["text"].endswith("Knappschaft-Bahn-See gesprochen haben.")
    for option in found["options"]:
        assert (option["claim"], option["net_eur_month"], option["loss"], option["worth"]) == ("", None, "", "")
        assert (option["standing"], option["current"]) == ("ask", False)
        assert option["ask"]


def test_others_see_nothing() -> None:
    """For an employee of any other employer nothing is shown."""
    found = answer("kraftwerker-58", employer_group="other")
    assert (found["warning"], found["ends"], found["options"], found["summary"]) == (None, None, [], "")
    assert shown(found, "de") == ""


def test_both_languages_say_the_same() -> None:
    """Both languages have the same sentences, asking the same values, and one for every reason that needs one."""

    def values(sentence: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}

    german, english = sentences("de"), sentences("en")
    assert german.keys() == english.keys()
    assert all(values(german[key]) == values(english[key]) for key in german)
    assert {reason.value for reason in Reason if f"reason_{reason.value}" not in german} == {"question", "unverified"}


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for each in STORIES:
        for tongue in LANGUAGES:
            golden(each, tongue).write_text(HEADER + shown(answer(each, tongue), tongue), encoding="utf-8")
    sys.exit(0)
