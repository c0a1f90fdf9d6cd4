# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A person's case by the interface: the page's answer, and findings that know their place."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest

from drehkreuz.region import TABLES
from drehkreuz.sources.person import SECTIONS, UNASKED
from scripts import ROOT
from web.api.conftest import Ask

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

pytestmark = pytest.mark.usefixtures("site")

STRANGE = (
    "🙂🙃👩🏽‍🏭",
    "مرحبا بالعالم",
    "'; DROP TABLE people;--",
    "<script>alert(1)</script>",
    "\u202eevil",
    "\x00",
    "Z" * 1_000,
    "../../etc/passwd",
    "{{7*7}}",
    "%s%n",
)


def problem(response: HttpResponse, status: int) -> dict[str, Any]:
    """Return the problem that an answer tells, having checked its form (RFC 9457)."""
    assert response.status_code == status, response.content[:500]
    assert response["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = json.loads(response.content)
    assert (told["type"], told["status"], told["title"]) == ("about:blank", status, HTTPStatus(status).phrase)
    assert told["detail"].endswith(".")
    return told


def pointers(response: HttpResponse) -> set[str]:
    """Return what the findings of an answer are about."""
    return {error["pointer"] for error in problem(response, 422)["errors"]}


def test_same_answer_as_the_page(ask: Ask, client: Client, case: dict[str, Any], toml: str) -> None:
    """The interface answers a case with the values of the page's twin."""
    answer = ask(case)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    twin = client.post("/paths.json", {"case": toml})
    assert json.loads(answer.content) == json.loads(twin.content)


def test_awards_from_abroad(ask: Ask, case: dict[str, Any]) -> None:
    """An award says its country, and the answer whether it counts here."""
    awards = [{"qualification_id": "q-forklift", "country": "NL"}, {"qualification_id": "q-aevo", "country": "EU"}]
    told = json.loads(ask(case | {"qualification": awards}).content)["awards_abroad"]
    assert [(award["country"], award["counts"], award["regulated"]) for award in told] == [
        ("EU", False, True),
        ("NL", True, False),
    ]


def test_what_is_said_of_own_occupations_and_awards_is_described(client: Client) -> None:
    """The description of the answer lists the own occupations and the awards from abroad, each with its keys."""
    schemas = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    assert {"own", "awards_abroad"} <= set(schemas["PathsAnswer"]["required"])
    assert {"occupation_id", "open", "nearest"} <= set(schemas["OwnOccupation"]["required"])
    assert {"country", "counts", "regulated", "authority"} <= set(schemas["AwardAbroad"]["required"])


def test_language(ask: Ask, case: dict[str, Any]) -> None:
    """Labels come in the language that is asked for; the paths are the same."""
    german, english = (json.loads(ask(case, headers={"accept-language": to}).content) for to in ("de", "en"))
    assert [path["vacancy_id"] for path in german["paths"]] == [path["vacancy_id"] for path in english["paths"]]
    assert german["paths"][0]["occupation"]["label"] != english["paths"][0]["occupation"]["label"]


def test_answer_is_not_kept(ask: Ask, case: dict[str, Any]) -> None:
    """Nobody keeps the answer, nobody else's script may read it, and no cookie comes with it."""
    answer = ask(case, headers={"origin": "https://elsewhere.example"})
    assert answer["Cache-Control"] == "no-store"
    assert [name for name in answer.headers if name.lower().startswith("access-control")] == []
    assert not answer.cookies


def test_no_preflight(client: Client) -> None:
    """A browser that asks whether another site's script may send a case is told no."""
    headers = {"origin": "https://elsewhere.example", "access-control-request-method": "POST"}
    answer = client.options("/api/v1/paths", headers=headers)
    assert answer.status_code == 405
    assert "Access-Control-Allow-Origin" not in answer


def test_every_key_of_the_case_file(client: Client) -> None:
    """The description lists every key and every section of the case file, with the limits of its table."""
    case = client.get("/api/v1/openapi.json").json()["components"]["schemas"]["Case"]["properties"]
    people = [name for name in TABLES["people"].columns if name not in UNASKED]
    assert list(case) == ["label", "text", *people, *SECTIONS, "weights"]
    assert (case["hours_min"]["minimum"], case["hours_min"]["maximum"]) == (0, 60)
    assert case["employer_group"]["enum"] == list(TABLES["people"].columns["employer_group"].allowed or ())


def test_findings_of_the_library_know_their_place(ask: Ask, case: dict[str, Any]) -> None:
    """What only the region can judge comes back as 422, each finding with its pointer."""
    case |= {"zone_id": "nowhere", "skill": [{"skill_id": "s-welding-not"}, {"skill_id": "s-crane-not"}]}
    case["occupation"] = [{"occupation_id": "o-welder", "years": 3}, {"occupation_id": "o-wellder", "years": 3.5}]
    answer = ask(case)
    wanted = {"#/zone_id", "#/skill/0/skill_id", "#/skill/1/skill_id", "#/occupation/1/occupation_id"}
    assert pointers(answer) == wanted
    assert "Did you mean 'o-welder'?" in answer.content.decode()


def test_many_unknown_ids(ask: Ask, case: dict[str, Any]) -> None:
    """Every unknown id is found, but only the first few are compared with all that are known: nobody can keep the site busy so."""
    answer = ask(case | {"skill": [{"skill_id": f"s-mag-weldin-{number}"} for number in range(200)]})
    assert len(pointers(answer)) == 200
    assert 0 < answer.content.decode().count("Did you mean") <= 20


def test_answers_that_do_not_go_together(ask: Ask, case: dict[str, Any]) -> None:
    """Answers that contradict each other come back as 422 as well, with the place of each."""
    case |= {"birth_year_from": 1990, "birth_year_to": 1980}
    case["time"] = [{"day": 0, "from": "06:00", "to": "22:00"}, {"day": 1, "from": "10:00", "to": "08:00"}]
    assert pointers(ask(case)) == {"#/birth_year_from", "#/time/1/to"}


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"hours_min": -3}, "#/hours_min"),
        ({"hours_min": "−3"}, "#/hours_min"),
        ({"car": "yes"}, "#/car"),
        ({"max_minutes": 45.5}, "#/max_minutes"),
        ({"max_minutes": True}, "#/max_minutes"),
        ({"eqf": 10**30}, "#/eqf"),
        ({"residence_months_left": 2**31}, "#/residence_months_left"),
        ({"available_from": "soon"}, "#/available_from"),
        ({"available_from": "2026-02-30"}, "#/available_from"),
        ({"employment_status": "retired"}, "#/employment_status"),
        ({"label": " "}, "#/label"),
        ({"label": None}, "#/label"),
        ({"text": "x" * 1_001}, "#/text"),
        ({"text": "🙂"}, "#/text"),
        ({"unknown": 1}, "#/unknown"),
        ({"a/b~c": 1}, "#/a~1b~0c"),
        ({"occupation": {}}, "#/occupation"),
        ({"occupation": [3]}, "#/occupation/0"),
        ({"occupation": [{"years": 3}]}, "#/occupation/0/occupation_id"),
        ({"language": [{"language": "DE", "cefr": "C2"}]}, "#/language/0/language"),
        ({"skill": [{"skill_id": "s-mag-welding"}] * 201}, "#/skill"),
        ({"skill": [{"skill_id": "s-mag-welding"}] * 2}, "#/skill/1/skill_id"),
        ({"time": [{"day": 0, "from": "6", "to": "22:00"}]}, "#/time/0/from"),
        ({"time": [{"day": 0, "from": "06:00", "to": "99:00"}]}, "#/time/0/to"),
        ({"weights": {"fit": 1e9}}, "#/weights/fit"),
        ({"weights": {"outlook": [1.0]}}, "#/weights/outlook"),
        ({"weights": []}, "#/weights"),
    ],
)
def test_value_that_cannot_be(ask: Ask, case: dict[str, Any], change: dict[str, Any], pointer: str) -> None:
    """A value that cannot be is refused, and the pointer says which."""
    assert pointers(ask(case | change)) == {pointer}


def test_whole_numbers(ask: Ask, case: dict[str, Any]) -> None:
    """A whole number may be written with decimals that are zero: to JSON it is the same number."""
    care = [{"child": 1.0, "opens": "07:00", "closes": "16:00", "contracted_hours": 35.0}]
    assert ask(case | {"max_minutes": 45.0, "care": care}).status_code == 200


def test_value_that_is_missing(ask: Ask, case: dict[str, Any]) -> None:
    """What an answer cannot do without is named."""
    del case["net_need_eur_month"]
    assert pointers(ask(case)) == {"#/net_need_eur_month"}


@pytest.mark.parametrize("amount", [2350.125, 12.125, 1.5e3])
def test_numbers_mean_what_they_say(ask: Ask, case: dict[str, Any], amount: float) -> None:
    """A number of JSON is that number: its point groups no thousands."""
    told = json.loads(ask(case | {"net_need_eur_month": amount}).content)
    assert told["person"]["net_need_eur_month"] == amount


@pytest.mark.parametrize("typed", STRANGE)
def test_strange_words(ask: Ask, case: dict[str, Any], typed: str) -> None:
    """Strange words where a value of the region is meant get a finding at their place, never a fault."""
    named = {"zone_id": typed, "closure_id": typed, "skill": [{"skill_id": typed}]}
    named["occupation"] = [{"occupation_id": typed, "years": 3}]  # type: ignore[list-item]  # values of any type
    wanted = {"#/zone_id", "#/closure_id", "#/skill/0/skill_id", "#/occupation/0/occupation_id"}
    assert pointers(ask(case | named)) == wanted
    key = typed[:100]
    strange = {
        "available_from": typed,
        "employment_status": typed,
        "language": [{"language": typed, "cefr": typed}],
        key: 1,
    }
    wanted = {"#/available_from", "#/employment_status", "#/language/0/language", "#/language/0/cefr"}
    assert pointers(ask(case | strange)) == {*wanted, f"#/{key.replace('~', '~0').replace('/', '~1')}"}


def test_words_come_back_as_they_are(ask: Ask, case: dict[str, Any]) -> None:
    """What a person calls their case is repeated letter by letter."""
    label = " ".join(word for word in STRANGE if len(word) < 100)
    assert json.loads(ask(case | {"label": label}).content)["person"]["label"] == label


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"hours_min": NaN}',
        b'{"hours_min": -Infinity}',
        b"[" * 100_000,
        b'{"a":' * 10_000,
        b'{"label": "\\ud800"}',
        b'{"label": "\xff"}',
        b"\xef\xbb\xbf{}",
        b"hours_min = -3",
        b"\x00",
    ],
)
def test_no_json(ask: Ask, body: bytes) -> None:
    """What is no JSON gets 400 or, where it is longer than a case can be, 413; never a fault."""
    problem(ask(body), 413 if len(body) > 65_536 else 400)


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"3", b'"text"', b"[[]]"])
def test_json_that_is_no_case(ask: Ask, body: bytes) -> None:
    """JSON that is no object is refused as a whole."""
    assert pointers(ask(body)) == {"#"}


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json", "", "x" * 500],
)
def test_other_content(ask: Ask, case: dict[str, Any], kind: str) -> None:
    """A body that does not say that it is JSON is not read: a form of another site cannot send one."""
    problem(ask(case, kind), 415)


def test_json_with_a_character_set(ask: Ask) -> None:
    """JSON may say its character set."""
    assert "#/zone_id" in pointers(ask({}, "application/json; charset=utf-8"))


@pytest.mark.parametrize("size", [65_537, 1_048_577, 10_000_000])
def test_large_body(ask: Ask, size: int) -> None:
    """A body larger than any case is refused before it is read."""
    problem(ask(b" " * size), 413)


def test_too_many_requests(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks too often is told to wait, and for how long; reading stays free."""
    from django.conf import settings  # noqa: PLC0415  # needs the environment of the site
    from django.test import Client  # noqa: PLC0415  # same

    monkeypatch.setattr(settings, "POSTS_PER_MINUTE", 1)
    program = Client(headers={"host": "localhost"})
    assert program.post("/api/v1/paths", {}, content_type="application/json").status_code == 422
    answer = program.post("/api/v1/paths", {}, content_type="application/json")
    assert re.fullmatch("[1-9][0-9]?", answer["Retry-After"])
    problem(answer, 429)  # type: ignore[arg-type]  # what the test client calls it
    assert program.get("/api/v1/region").status_code == 200
    assert client


def test_fault_of_the_software(ask: Ask, case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the software is told as a problem that quotes nothing."""
    from drehkreuz_web.api import views  # noqa: PLC0415  # needs settings

    def broken(*_: object, **__: object) -> None:
        raise ValueError(case["label"])

    monkeypatch.setattr(views, "answer", broken)
    answer = ask(case)
    problem(answer, 500)
    assert case["label"] not in answer.content.decode()


def test_documented_case(ask: Ask) -> None:
    """The case that the documentation shows is answered, and what it shows of a fault is what comes."""
    page = (ROOT / "docs" / "how-to" / "api.md").read_text(encoding="utf-8")
    shown = json.loads(page[page.index("-d '") + 4 : page.index("}]}'") + 3])
    assert ask(shown).status_code == 200
    fault = json.loads(re.findall(r"```json\n(.*?)```", page, re.DOTALL)[0])
    assert problem(ask(shown | {"zone_id": "nowhere"}), 422) == fault | {"title": HTTPStatus(422).phrase}
