# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The pages on measures without a browser: catalogue, forms, drafts, what is refused."""

from __future__ import annotations

import html
import tomllib
from datetime import date

import pytest
from django.test import Client

from drehkreuz.measures import every_kind
from web.measures.carried import carried

TICKET = {"go": "add", "start": "2027-08-01"}


def test_catalogue_names_every_kind(client: Client) -> None:
    """Every kind of measure but the placebo has its name, its sentence and a page of its own."""
    page = html.unescape(client.get("/measures").content.decode())
    for name, kind in every_kind().items():
        if name == "placebo":
            assert "/measures/placebo" not in page
            continue
        assert f'href="/measures/{name}"' in page
        assert kind.doc.de in page
        assert client.get(f"/measures/{name}").status_code == 200


def test_a_form_asks_for_every_parameter(client: Client) -> None:
    """The page of a kind has a field for each of its parameters."""
    for name, kind in every_kind().items():
        page = client.get(f"/measures/{name}").content.decode()
        assert [p.name for p in kind.parameters if f'name="{p.name}"' not in page] == []


def test_a_measure_is_taken_in_and_out(client: Client) -> None:
    """A measure that a form describes stands in the scenario as its file says it, under an id of its own, until it is taken out."""
    once = carried(client.post("/measures/job_ticket", TICKET))
    assert tomllib.loads(once) == {"measure": [{"kind": "job_ticket", "id": "job-ticket", "start": date(2027, 8, 1)}]}
    twice = carried(client.post("/measures/pay_raise", TICKET | {"scenario": once, "percent": "7,5"}))
    assert [row["id"] for row in tomllib.loads(twice)["measure"]] == ["job-ticket", "pay-raise"]
    assert tomllib.loads(twice)["measure"][1]["percent"] == 7.5
    rest = carried(client.post("/scenario", {"scenario": twice, "remove": "job-ticket"}))
    assert [row["id"] for row in tomllib.loads(rest)["measure"]] == ["pay-raise"]


def test_rows_are_named_as_people_name_them(client: Client, village_stops: dict[str, str]) -> None:
    """A stop is found by its name whatever its case, and by its id; an unknown one is refused with what may be meant."""
    (first, id_of_first), (second, id_of_second) = list(village_stops.items())[:2]
    asked = TICKET | {"stops": f"{first.upper()}\n{id_of_second}"}
    taken = tomllib.loads(carried(client.post("/measures/bus_line", asked)))
    assert taken["measure"][0]["stops"] == [id_of_first, id_of_second]
    refused = client.post("/measures/bus_line", TICKET | {"stops": f"{first[:-1]}\n{second}"})
    assert refused.status_code == 422
    assert "Meinen Sie" in refused.content.decode()


@pytest.mark.parametrize(
    "answers",
    [
        {"start": ""},
        {"start": "gestern"},
        {"start": "2027-08-01", "stops": "\U0001f68d"},
        {"start": "2027-08-01", "headway": "-3"},
        {"start": "2027-08-01", "first": "25 Uhr"},
        {"start": "2027-08-01", "days": "immer"},
        {"start": "2027-08-01", "stops": "x" * 100_000},
    ],
)
def test_strange_answers_are_told(client: Client, answers: dict[str, str]) -> None:
    """An answer that is missing or makes no sense gets its own line, and nothing else happens."""
    response = client.post("/measures/bus_line", {"go": "add", **answers})
    assert response.status_code == 422
    assert "kern-error" in response.content.decode()


@pytest.mark.parametrize(
    "text", ["nonsense", "a = [[[[", 'title = "x"\n' * 9_000, 'measure = "x"', '[[measure]]\nkind = "bus"']
)
def test_a_file_that_is_no_scenario(client: Client, text: str) -> None:
    """A file that cannot be read, or says nothing that can be worked out, is refused in words."""
    response = client.post("/scenario/run", {"scenario": text})
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()


def test_what_is_wrong_is_said_in_the_visitors_language(client: Client) -> None:
    """Where to look is said in German or English; what the library says of it stands below, marked as English."""
    text = 'title = "T"\n[[measure]]\nkind = "bus_line"\nid = "b"\nstart = 2027-01-01\nstops = ["nirgends"]\n'
    page = client.post("/scenario/run", {"scenario": text}).content.decode()
    assert "Zeile 7, stops: Diese Angabe passt nicht." in page
    assert "Line 7" not in page
    detail = page[page.index("<details><summary>Was genau?</summary>") :]
    assert detail.index('lang="en"') < detail.index("nirgends") < detail.index("</details>")


def test_measures_that_clash_are_refused_together(client: Client) -> None:
    """Two measures that set the same thing are refused where the second would be taken in."""
    ticket = TICKET | {"ticket": "transit_month"}
    first = carried(client.post("/measures/fare", ticket | {"eur": "40"}))
    again = client.post("/measures/fare", ticket | {"eur": "30", "scenario": first})
    assert again.status_code == 422
    assert carried(again) == first


def test_every_choice_has_a_name(client: Client) -> None:
    """Values of a file stand on no page, except levels of languages and classes of licences."""
    from drehkreuz_web.measures.forms import CHOICES  # noqa: PLC0415  # needs settings

    assert client
    allowed = {value for kind in every_kind().values() for p in kind.parameters for value in p.allowed}
    assert [value for value in sorted(allowed - CHOICES.keys()) if not value.isupper()] == []


def test_nothing_is_found_under_a_name_that_nobody_gave(client: Client) -> None:
    """Results are found by the name that their visitor was given alone."""
    for path in ("", ".json", "/report", "/progress"):
        assert client.get(f"/scenario/guessed{path}").status_code == 404
    assert client.get("/measures/unknown").status_code == 404


def test_the_scenario_is_given_as_a_file(client: Client) -> None:
    """What was put together can be saved, and read again."""
    text = carried(client.post("/measures/job_ticket", TICKET))
    file = client.post("/scenario/file", {"scenario": text})
    assert "attachment" in file["Content-Disposition"]
    assert tomllib.loads(file.content.decode()) == tomllib.loads(text)
