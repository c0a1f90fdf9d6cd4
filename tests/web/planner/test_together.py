# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What hurdles do together: the values are those of all pairs, and the page, its files and its JSON say the same of them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from drehkreuz.matching.barriers import Barrier, Reason
from drehkreuz.matching.market import prepare
from drehkreuz.matching.stages import relation_of_region
from drehkreuz.region import Cache, Region
from drehkreuz.reports.words import Words
from town import with_towns
from web.planner.test_pages import get, number, tables

if TYPE_CHECKING:
    from django.test import Client

    from drehkreuz_web.planner.together import Together

Report = dict[str, Any]

ALL = 127
TWO = "without=training&without=pay"
TRAINING, PAY = int(Barrier.TRAINING), int(Barrier.PAY)

CHOICES = {
    "": ["steps", "further", "best", "pairs"],
    f"?{TWO}": ["steps", "chosen", "further", "best", "pairs"],
    "?" + "&".join(f"without={barrier.name}".lower() for barrier in Barrier): ["steps", "chosen", "best", "pairs"],
}
"""Choices of hurdles, and the tables that the page shows then."""


def together(values: list[int], most: list[int] | None = None, chosen: int = 0, *, real: bool = False) -> Together:
    """Return what hurdles do together where so many posts can be filled."""
    from drehkreuz_web.planner.contents import Contents  # noqa: PLC0415  # needs settings
    from drehkreuz_web.planner.together import Together  # noqa: PLC0415  # as above

    report = {
        "coalitions": {"filled": values, "most": most or values, "open_to": values},
        "headline": {"openings": 1234, "people": 2345},
        "may_be_real": real,
    }
    return Together(Contents(report, Words("en")), Barrier(chosen))


def said(found: Together) -> str:
    """Return the sentences of the page as one."""
    from django.utils.translation import override  # noqa: PLC0415  # needs settings

    from drehkreuz_web.planner import sentences  # noqa: PLC0415  # as above

    with override("en"):
        return " ".join(sentences.together(found))


def by_mask(values: dict[int, int]) -> list[int]:
    """Return v(B) as the sum of what opens once all hurdles of a mask have fallen."""
    return [sum(count for mask, count in values.items() if not mask & ~bits) for bits in range(128)]


def test_values_are_those_of_all_pairs(village: Region, report: Report) -> None:
    """Each of the 128 values is the largest matching over all pairs that its hurdles allow, found by another algorithm."""
    region, cache = with_towns(village), Cache.default()
    arrays = relation_of_region(prepare(region, cache=cache), cache=cache)
    openings = np.repeat(arrays["mask"].astype(np.uint8), region.table("vacancies")["openings"], axis=1)
    over = (arrays["reasons"].astype(np.uint32) & np.uint32(Reason.OVER)) != 0
    for bits in range(128):
        allowed = csr_array((openings & ~np.uint8(bits)) == 0)
        assert report["coalitions"]["filled"][bits] == np.count_nonzero(maximum_bipartite_matching(allowed) >= 0)
        open_to = (((arrays["mask"].astype(np.uint8) & ~np.uint8(bits)) == 0) & ~over).any(axis=1)
        assert report["coalitions"]["open_to"][bits] == open_to.sum()
    assert report["coalitions"]["most"] == report["coalitions"]["filled"]


def test_values_never_fall(report: Report) -> None:
    """With one hurdle more thought away, no fewer posts can be filled, and a post is open to no fewer people."""
    for values in report["coalitions"].values():
        assert len(values) == 128
        assert all(values[bits | barrier] >= values[bits] for bits in range(128) for barrier in Barrier)


def test_values_are_those_of_the_overview(report: Report) -> None:
    """Today, and with all hurdles gone, as many posts are filled and open as the overview says."""
    for key, side in (("filled", "openings"), ("open_to", "people")):
        values, line = report["coalitions"][key], report["barriers"][side]["all"]
        assert (values[0], values[ALL]) == (line["found"], line["total"] - line["left"])


@pytest.mark.parametrize("choice", CHOICES)
def test_the_page_says_what_each_adds(client: Client, figures: Report, choice: str) -> None:
    """Every number of every table is a difference of the 128 values."""
    v, people = figures["coalitions"]["filled"], figures["coalitions"]["open_to"]
    told = get(client, f"/region/together.json{choice}").json()
    bits = sum(int(Barrier[name.upper()]) for name in told["without"])
    assert list(told["tables"]) == CHOICES[choice]
    steps = told["tables"]["steps"]["rows"]
    assert steps[-2] == {"line": "alle sieben", "filled": v[ALL], "open_to": people[ALL]}
    assert (v[bits], people[bits]) in {(step["filled"], step["open_to"]) for step in steps}

    names = {Words("de")(f"barrier.{barrier.name}"): int(barrier) for barrier in Barrier}
    chosen = told["tables"].get("chosen", {"rows": []})["rows"]
    for row in chosen:
        hurdle = names[row["hurdle"]]
        assert (row["alone"], row["last"]) == (v[hurdle] - v[0], v[bits] - v[bits & ~hurdle])
    further = told["tables"].get("further", {"rows": []})["rows"]
    for row in further:
        hurdle = names[row["hurdle"]]
        assert row["alone"] == v[hurdle] - v[0]
        assert row.get("further", row["alone"]) == v[bits | hurdle] - v[bits]
        assert row["people"] == people[bits | hurdle] - people[bits]
    assert {names[row["hurdle"]] for row in [*chosen, *further]} == set(names.values())
    for rows, key in ((chosen, "last"), (further, "further" if bits else "alone")):
        assert all(before[key] >= after[key] for before, after in pairwise(rows))


@pytest.mark.usefixtures("figures")
def test_pairs_are_alike_on_both_sides(client: Client, report: Report) -> None:
    """What two hurdles do together is the same read from either, and is the value of both less that of each alone."""
    v = report["coalitions"]["filled"]
    rows = get(client, "/region/together.json").json()["tables"]["pairs"]["rows"]
    for (one, row), (other, column) in combinations(zip(Barrier, rows, strict=True), 2):
        found = row[str(other.name).lower()]
        assert found == column[str(one.name).lower()] == v[one | other] - v[one] - v[other] + v[0]
    assert all(row[str(one.name).lower()] == "–" for one, row in zip(Barrier, rows, strict=True))


def test_the_best_choices_are_the_best(client: Client, figures: Report) -> None:
    """Of each size no choice fills more posts than the one named, and the list ends where nothing can be added."""
    v = figures["coalitions"]["filled"]
    rows = get(client, "/region/together.json").json()["tables"]["best"]["rows"]
    for n, row in enumerate(rows, start=1):
        assert (row["number"], row["filled"]) == (n, max(v[bits] for bits in range(128) if bits.bit_count() == n))
    assert [row["filled"] for row in rows].count(v[ALL]) == 1
    assert sum(row["more"] for row in rows) == v[ALL] - v[0]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.usefixtures("figures")
def test_files_say_the_same_as_the_page(client: Client, choice: str, language: str) -> None:
    """Each table has a file for the choice of the page, with the cells of the page; the page leads to it."""
    html = get(client, f"/region/together{choice}", language).content.decode()
    shown = [[[number(cell) for cell in row] for row in table] for table in tables(html)]
    assert len(shown) == len(CHOICES[choice])
    for name, table in zip(CHOICES[choice], shown, strict=True):
        address = f"/region/together-{name}.csv{choice}"
        assert f'href="{address.replace("&", "&amp;")}"' in html
        text = get(client, address, language).content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), delimiter=";" if language == "de" else ","))
        assert [[number(cell) for cell in row] for row in rows] == table


@pytest.mark.usefixtures("figures")
def test_a_click_changes_the_choice(client: Client) -> None:
    """A chosen hurdle leads to the choice without it, another to the choice with it, a best choice to itself."""
    html = get(client, f"/region/together?{TWO}").content.decode()
    assert re.findall(r'<input [^>]*value="(\w+)"[^>]* checked', html) == ["training", "pay"]
    for name, address in (
        ("passender Kurs", "without=pay"),
        ("Weg", "without=training&amp;without=reach&amp;without=pay"),
        ("passender Kurs, Nachweise, Lohn", "without=training&amp;without=formal&amp;without=pay"),
    ):
        assert f'<a class="kern-link" href="/region/together?{address}#result">{name}</a>' in html


def test_all_choices_for_programs(client: Client, figures: Report) -> None:
    """The JSON holds all 128 choices with their values, those of the hurdles asked among them."""
    told = get(client, f"/region/together.json?{TWO}").json()
    assert told["without"] == ["training", "pay"]
    assert len({tuple(choice["without"]) for choice in told["choices"]}) == 128
    (asked,) = [choice for choice in told["choices"] if choice["without"] == told["without"]]
    at = TRAINING | PAY
    assert asked["filled"] == asked["at_most"] == figures["coalitions"]["filled"][at]
    assert asked["open_to"] == figures["coalitions"]["open_to"][at]


@pytest.mark.parametrize("nonsense", ["without=", "without=SKILL", "without=<b>", "without=127", "without=%00%ff"])
@pytest.mark.usefixtures("figures")
def test_nonsense_in_the_address(client: Client, nonsense: str) -> None:
    """What names no hurdle is left out and told, never repeated as markup; what the address says besides is no matter."""
    response = get(client, f"/region/together?{TWO}&{nonsense}&without=pay&other=1")
    html = response.content.decode()
    assert response.status_code == 200
    assert "Ein Teil der Adresse nennt keine Hürde" in html
    assert "<b>" not in html
    assert html.count(" checked>") == 2
    assert len(get(client, f"/region/together.json?{TWO}&{nonsense}").json()["unknown"]) == 1
    assert "Ein Teil der Adresse" not in get(client, f"/region/together?{TWO}&other=1").content.decode()


@pytest.mark.usefixtures("figures")
def test_there_is_no_table_without_rows(client: Client) -> None:
    """While nothing is chosen there is no file on what is chosen."""
    assert get(client, "/region/together-chosen.csv").status_code == 404
    assert get(client, "/region/together-chosen.csv?without=pay").status_code == 200


def test_real_people_are_counted_in_fives(client: Client, report: Report, show: Callable[..., None]) -> None:
    """Where real people may be counted, whatever is shown for whatever choice is a multiple of five, differences too."""
    show(report | {"may_be_real": True})
    html = get(client, f"/region/together?{TWO}").content.decode()
    assert "auf ein Vielfaches von 5 gerundet" in html
    steps, chosen, further, best, pairs = tables(html)
    cells = [cell for table in (steps, chosen, further, pairs) for row in table[1:] for cell in row[1:]]
    cells += [row[column] for row in best[1:] for column in (2, 3)]
    assert all(int(number(cell)) % 5 == 0 for cell in cells if cell != "–")
    told = get(client, "/region/together.json").json()
    assert all(choice[key] % 5 == 0 for choice in told["choices"] for key in ("filled", "at_most", "open_to"))


def test_a_sample_says_so(client: Client, report: Report, show: Callable[..., None]) -> None:
    """Where one stands for several, the page says so, and that small differences can be chance."""
    show(report | {"sample": 3})
    html = get(client, "/region/together").content.decode()
    assert "ein Unterschied von wenigen Mal 3 Zufall sein" in html


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("opened", "told"),
    [
        ({3: 10}, "more than the sum of each alone (0)"),
        ({1: 10, 2: 20}, "exactly the sum of each alone (30)"),
    ],
)
def test_why_it_does_not_add_up(opened: dict[int, int], told: str) -> None:
    """Posts behind both hurdles open only together; those of either add up."""
    assert told in said(together(by_mask(opened), chosen=3))


@pytest.mark.usefixtures("site")
def test_posts_that_either_opens_count_once() -> None:
    """Posts that either of two hurdles opens make less together than the sum."""
    values = [10 if bits & 3 else 0 for bits in range(128)]
    assert "less than the sum of each alone (20)" in said(together(values, chosen=3))


@pytest.mark.usefixtures("site")
def test_what_comes_next() -> None:
    """The hurdle that adds most on top is named; where only several together add, and where nothing does, that is said."""
    assert "this fell too: the commute (7)" in said(together(by_mask({5: 7, 9: 6}), chosen=1))
    assert "only several together" in said(together(by_mask({13: 7}), chosen=1))
    assert "Even if all others fell too" in said(together(by_mask({1: 7}), chosen=1))
    assert "fell too" not in said(together(by_mask({1: 7}), chosen=ALL))


@pytest.mark.usefixtures("site")
def test_values_that_are_not_proved_have_two_ends() -> None:
    """Where values lie between bounds, so does what is computed from them, and no more is claimed than they say."""
    found = together(
        by_mask({0: 1000, 1: 10, 2: 20}), [value + 4 for value in by_mask({0: 1000, 1: 10, 2: 20})], chosen=3
    )
    text = said(found)
    assert "Today 1,000 to 1,004 of 1,234 posts" in text
    assert "in addition: 26 to 34." in text
    assert "(22 to 38) is not proved" in text
    assert not found.proved
    assert found.gain(Barrier(3), Barrier.PAY).least == 0


@pytest.mark.usefixtures("site")
def test_rounding_never_makes_a_value_fall() -> None:
    """Rounded to fives, more hurdles gone still never fill fewer posts, and nothing is more than two off."""
    values = by_mask({0: 3, 1: 1, 2: 2, 3: 4, 64: 7})
    found = together(values, real=True)
    rounded = [found.filled(Barrier(bits)).least for bits in range(128)]
    assert all(rounded[bits | barrier] >= rounded[bits] for bits in range(128) for barrier in Barrier)
    assert all(abs(one - other) <= 2 and one % 5 == 0 for one, other in zip(rounded, values, strict=True))
