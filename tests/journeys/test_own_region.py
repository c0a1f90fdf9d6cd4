# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A county with a few lists and nothing else: what docs/how-to/own-region.md tells a person to do works."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from drehkreuz.region import open_region
from journeys.page import Journey, Page, run_all

PAGE: Final = Path(__file__).parents[2] / "docs" / "how-to" / "own-region.md"

BUILT: Final = "my-county/example"


def lists(page: Page) -> dict[str, str]:
    """Return the CSV files of the page by their name."""
    return dict(re.findall(r"```csv\n# (\S+)\n(.*?)```", page.text, flags=re.DOTALL))


@pytest.fixture(scope="module")
def page() -> Page:
    """The page of the documentation."""
    return Page(PAGE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def county(page: Page, tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """The county of the page: files as a German spreadsheet saves them, and every command of the page."""
    folder = tmp_path_factory.mktemp("county")
    run_all(page.commands("Begin"), folder)
    for name, text in lists(page).items():
        (folder / "my-county" / name).write_text(text, encoding="utf-8-sig", newline="\r\n")
    person = folder / "my-county" / "person.toml"
    text = person.read_text(encoding="utf-8")
    person.write_text(text.replace('zone_id = ""', 'zone_id = "99903"'), encoding="utf-8")
    answers = run_all(page.commands("Ask"), folder)
    return Journey(folder, open_region(folder / BUILT), answers)


def test_every_list_is_read(county: Journey, page: Page) -> None:
    """Each list of the page is a table of the region with all of its rows; words and numbers are read as Germans write them."""
    for name, text in lists(page).items():
        table = {"occupations_local": "occupations"}.get(Path(name).stem, Path(name).stem)
        given = county.region.table(table)
        assumed = county.region.manifest.provenance[table].source.count("assumed")
        assert len(given) == len(text.splitlines()) - 1 or (assumed and len(given) > len(text.splitlines()) - 1)
    first = county.region.table("vacancies").row(0, named=True)
    assert (first["kind"], first["pay_min"], first["trainable_share"], first["pay_period"]) == (
        "job",
        2700,
        0.3,
        "month",
    )
    assert county.region.table("people")["employment_status"].unique().sort().to_list() == [
        "apprentice", "employed", "inactive", "part_time", "unemployed",
    ]  # fmt: skip


def test_the_build_says_what_is_assumed(county: Journey) -> None:
    """One warning tells that skills are assumed, and the tables say so; the check finds no error."""
    (finding,) = county["region build"].said["findings"]
    assert (finding["where"], finding["severity"]) == ("skills", "warning")
    assert "Assumed for each of 12 occupations" in finding["problem"]
    kinds = {name: table["provenance"]["kind"] for name, table in county["region build"].said["tables"].items()}
    assert {kinds["skills"], kinds["occupation_skills"], kinds["broader"]} == {"assumed"}
    assert (kinds["vacancies"], kinds["people"], kinds["shifts"]) == ("observed", "modelled", "modelled")
    assert (county["region check"].code, county["region check"].said["errors"]) == (0, 0)


def test_not_everybody_fits_every_post(county: Journey) -> None:
    """A neighbour fits where the employer teaches enough; where a course teaches the occupation it opens the post, else none."""
    posts = {post["vacancy_id"]: post for kind in ("paths", "nearly") for post in county["paths"].said[kind]}
    status = {name: post["status"] for name, post in posts.items()}
    assert (posts["S01"]["brings"]["share"], status["S01"]) == (0.5, "now")
    assert {name for name, said in status.items() if said == "after_learning"} == {"S03", "S04", "S06"}
    assert [step["title"] for step in posts["S03"]["learning"]["steps"]] == [
        "Umschulung Elektroniker/in Betriebstechnik"
    ]
    assert [hurdle["barrier"] for hurdle in posts["S05"]["barriers"]] == ["training"]
    counts = county["paths"].said["counts"]
    assert (counts["now"], counts["after_learning"], counts["posts"]) == (1, 3, 10)


def test_the_answers_hold_together(county: Journey) -> None:
    """Openings are filled, kept by a hurdle or left without a person; the missing timetable is told; the post is found."""
    said = county["match"].said
    shares = sum(share["share"] for share in said["shares"])
    assert said["filled_today"] + shares + said["no_person_left"] == pytest.approx(said["openings"])
    assert 0 < said["filled_today"] < said["openings"]
    assert "stop_times" in {finding["where"] for finding in said["findings"]}
    assert county["pool"].code == 0


def test_the_page_shows_these_answers(county: Journey, page: Page) -> None:
    """The figures and the best path that the page shows are those that its commands answer."""
    said = county["match"].said
    assert f"{said['filled_today']} von {said['openings']} Stellen können" in page.text
    best = county["paths"].said["paths"][0]
    assert f"1  {best['title']}  ohne Kurs" in page.text
    assert f"{best['commute']['minutes_out']} Min hin, {best['commute']['minutes_back']} Min zurück" in page.text
