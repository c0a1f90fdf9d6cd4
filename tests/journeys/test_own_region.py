# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A county with a few lists and nothing else: what docs/how-to/own-region.md tells a person to do works."""

from __future__ import annotations

import re
from contextlib import chdir
from pathlib import Path
from typing import Any, Final

import pytest

from drehkreuz.cli import main
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
    run_all(page.commands("Start with your own lists"), folder)
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
    assert (first["kind"], first["pay_min"], first["trainable_share"], first["pay_period"]) == ("job", 2700, 0.3, "month")
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
    """A post is met by whoever held its occupation; somebody else needs training on the job or a course."""
    said = county["paths"].said
    posts = {post["vacancy_id"]: post for post in posts_of(said)}
    on_the_job = posts["S01"]
    assert on_the_job["title"].startswith("Staplerfahrer")
    assert {"S03", "S05", "S07", "S09"}.isdisjoint(p for p, post in posts.items() if fits_now(post))


def test_the_page_shows_what_commands_print(county: Journey, page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    """The outputs on the page are the first lines of what its commands print now."""
    for command, shown in re.findall(r"<!-- prints: drehkreuz (.+?) -->\n```text\n(.*?)```", page.text, flags=re.DOTALL):
        with pytest.MonkeyPatch.context() as patch, chdir(county.folder), pytest.raises(SystemExit):
            patch.setenv("COLUMNS", "100")
            patch.setenv("LC_ALL", "de_DE.UTF-8")
            main(command.split())
        printed = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
        lines = shown.splitlines()
        assert lines == printed[: len(lines)], command
