# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The person's way without a browser: what each page answers to what is sent to it."""

from __future__ import annotations

import io
import json
import logging
import re
import tomllib
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from drehkreuz.region import Region

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler
    from django.http import HttpResponse
    from django.test import Client

pytestmark = pytest.mark.usefixtures("site")

TEXT = "Baggerfahrer im Tagebau, 18 Jahre. Ich kann schweißen und Gabelstapler fahren. Ich möchte Erzieher werden."
WAY = {
    "place": "Sonnenfeld Markt",
    "car": "on",
    "bike": "on",
    "bike_max_minutes": "20",
    "max_minutes": "45",
    "licences": "B",
}
TIME = {"hours_min": "35", "hours_max": "40", "when": "any", "available_from": "2026-11-02"}
LIFE = {
    "employment_status": "employed",
    "employer_group": "lignite_operator",
    "net_today_eur_month": "2.980",
    "net_need_eur_month": "2.350 €",
    "language_de": "native",
    "eqf": "4",
    "learning_hours_max": "40",
    "learning_fee_max_eur": "0",
    "learning_online": "on",
}
STRANGE = (
    "🙂🙃",
    "مرحبا بالعالم",
    "'; DROP TABLE people;--",
    "<script>alert(1)</script>",
    "\u202eevil",
    "\x00",
    "A" * 5_000,
)


def carried(response: HttpResponse) -> str:
    """Return the case that a page's form carries."""
    html = response.content.decode()
    found = re.search(r'name="case" value="([^"]*)"', html[html.index('id="content"') :])
    assert found, html
    return unescape(found[1])


def answers(client: Client) -> str:
    """Go the whole way and return the case at its end."""
    page = client.post("/skills", {"text": TEXT})
    html = page.content.decode()
    offered = re.findall(r'name="offered" value="([^"]*)"', html)
    fields: dict[str, Any] = {"case": carried(page), "offered": offered, "go": "next"}
    fields |= {
        "occupation": ["o-excavator-operator"],
        "years:o-excavator-operator": "18",
        "skill": "s-forklift-driving",
    }
    fields["skill"] = [key.partition(":")[2] for key in offered if key.startswith("skill:")]
    page = client.post("/skills", fields)
    for path, said in (("/way", WAY), ("/time", TIME), ("/life", LIFE)):
        page = client.post(path, {"case": carried(page), "go": "next", **said})
        assert page.status_code == 200, page.content.decode()
    return carried(page)


@pytest.fixture(scope="session")
def case(site: WSGIHandler) -> str:
    """A case that is answered whole."""
    from django.test import Client  # noqa: PLC0415  # needs settings

    assert site
    return answers(Client(headers={"host": "localhost"}))


def test_whole_way(client: Client, case: str) -> None:
    """The way leads to cards that begin with what the person brings, under the line on resigning."""
    html = client.post("/paths", {"case": case}).content.decode()
    assert html.index("Bitte noch nicht kündigen") < html.index("<h1")
    card = html[html.index("<article") :]
    assert card.index("Sie bringen mit:") < card.index("Netto im Monat") < card.index("Was fehlt noch")
    assert "Beispielstelle" in card
    assert "2.980" in card
    assert "Stimmt etwas nicht?" in card


def test_what_one_brings_stands_above_the_cards(client: Client, case: str) -> None:
    """Above the cards stand the skills named beside the occupation, and what stands between the person and that occupation."""
    html = unescape(client.post("/paths", {"case": case}).content.decode())
    above = html[html.index("<h1") : html.index("<article")]
    assert re.search(r"Selbst genannt haben Sie: <span[^>]*>[^<]*Gabelstapler fahren", above)
    assert "Ihr Beruf Baggerfahrer/in im Tagebau: " in above


def test_case_is_a_person_file(client: Client, case: str, village: Region, tmp_path: Path) -> None:
    """The case file to keep is read by the library, says all that was said, and nothing of the words typed."""
    from drehkreuz.sources.person import read_person  # noqa: PLC0415  # beside the one test that needs it

    response = client.post("/case", {"case": case})
    assert response["Content-Disposition"] == 'attachment; filename="drehkreuz.toml"'
    path = tmp_path / "me.toml"
    path.write_bytes(response.content)
    person = read_person(path, village)
    row = person.tables["people"].row(0, named=True)
    assert (row["zone_id"], row["net_today_eur_month"], row["net_need_eur_month"]) == ("Z01", 2980, 2350)
    assert person.tables["person_occupations"]["occupation_id"].to_list() == ["o-excavator-operator"]
    assert person.tables["person_occupations"]["years"].to_list() == [18]
    assert "Erzieher" not in case


def test_json_twin(client: Client, case: str) -> None:
    """The JSON twin holds the same paths in the same order as the page."""
    html = client.post("/paths", {"case": case}).content.decode()
    twin = json.loads(client.post("/paths.json", {"case": case}).content)
    shown = re.findall(r'<article class="person-card(?: person-card--blocked)?" id="([^"]*)"', html)
    assert shown == [path["vacancy_id"] for path in [*twin["paths"], *twin["nearly"][:3]]]
    assert 3 <= len(twin["paths"]) <= 10
    assert "options" in twin["staying"]


def test_answer_is_the_librarys(client: Client, case: str, village: Region, tmp_path: Path) -> None:
    """The page answers as the library does for the same file laid over the region from the start."""
    from drehkreuz.matching.market import prepare  # noqa: PLC0415  # beside the one test that needs it
    from drehkreuz.reports.paths import paths  # noqa: PLC0415  # same
    from drehkreuz.sources.person import read_person  # noqa: PLC0415  # same

    path = tmp_path / "me.toml"
    path.write_text(case, encoding="utf-8")
    person = read_person(path, village)
    expected = paths(prepare(village.with_tables(person.tables)), 0, label="x", top=10, language="de")
    twin = json.loads(client.post("/paths.json", {"case": case}).content)
    assert twin["paths"] == json.loads(json.dumps(expected["paths"], default=str))
    assert twin["counts"] == expected["counts"]


def test_sliders_reorder(client: Client, case: str) -> None:
    """Sliders change the order of the paths, never which are open."""
    before = json.loads(client.post("/paths.json", {"case": case}).content)
    after = json.loads(client.post("/paths.json", {"case": case, "matters_night": "4", "matters_way": "4"}).content)
    assert before["counts"] == after["counts"]
    assert before["assumptions"]["weights"] != after["assumptions"]["weights"]


def test_correction(client: Client, case: str) -> None:
    """A skill that the person takes back on a card is no longer brought, one that they claim is."""
    twin = json.loads(client.post("/paths.json", {"case": case}).content)
    path = next(path for path in twin["paths"] if path["brings"]["skills"])
    skill = path["brings"]["skills"][0]["skill_id"]
    data = {"case": case, "brought": [skill], "have": ["s-no-such-skill"]}
    after = json.loads(client.post("/paths.json", data).content)
    held = {s["skill_id"] for p in [*after["paths"], *after["nearly"]] for s in p["brings"]["skills"]}
    assert skill not in held
    assert after["person"]["skills"] == twin["person"]["skills"] - 1


def test_upload_goes_on(client: Client, case: str) -> None:
    """A whole case file leads to the paths, a part of one to the first page that is not answered."""
    whole = client.post("/open", {"file": io.BytesIO(case.encode())})
    assert "<article" in whole.content.decode()
    part = "\n".join(line for line in case.splitlines() if not line.startswith("net_need"))
    page = client.post("/open", {"file": io.BytesIO(part.encode())}).content.decode()
    assert 'id="id_net_need_eur_month"' in page


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"not = toml = at all", b"[" * 5_000, b"x" * 70_000, b"\x89PNG"])
def test_upload_of_something_else(client: Client, content: bytes) -> None:
    """A file that is no case file gets a sentence at its field."""
    response = client.post("/open", {"file": io.BytesIO(content)})
    assert response.status_code == 422
    assert 'id="file-error"' in response.content.decode()


def test_upload_of_nothing(client: Client) -> None:
    """To open without a file says to choose one."""
    assert 'id="file-error"' in client.post("/open", {}).content.decode()


@pytest.mark.parametrize("typed", STRANGE)
def test_strange_input(client: Client, case: str, typed: str) -> None:
    """Strange input in any field gets a page with a sentence, never a fault, and stands on the page escaped."""
    fields = (
        "place",
        "max_minutes",
        "bike_max_minutes",
        "zone_id",
        "licences",
        "hours_min",
        "when",
        "days",
        "earliest",
    )
    fields += ("available_from", "net_need_eur_month", "language_de", "eqf", "birth_year", "employment_status")
    for path in ("/skills", "/way", "/time", "/life", "/matters"):
        data = {"case": case, "go": "next", "text": typed, "more": typed, **dict.fromkeys(fields, typed)}
        data |= {
            "matters_way": typed,
            "occupation": typed,
            "skill": typed,
            "offered": f"skill:{typed}",
            "years:o-welder": typed,
        }
        response = client.post(path, data)
        assert response.status_code in {200, 422}, (path, response.status_code)
        assert b"<script>alert" not in response.content
    response = client.post("/compare", {"case": case, "compare": typed, "have": typed, "brought": typed})
    assert response.status_code == 200


@pytest.mark.parametrize("case_text", ["a = = 1", "x" * 70_000, "zone_id = [", "\x00"])
def test_case_that_was_tampered_with(client: Client, case_text: str) -> None:
    """A hidden case that nobody can read is answered with 400 and a sentence."""
    for path in (
        "/skills",
        "/way",
        "/time",
        "/life",
        "/matters",
        "/paths",
        "/paths.json",
        "/compare",
        "/print",
        "/case",
    ):
        assert client.post(path, {"case": case_text}).status_code == 400


@pytest.mark.parametrize(
    "change",
    [
        ("zone_id", '"nowhere"'),
        ("max_minutes", '"soon"'),
        ("net_need_eur_month", "-5"),
        ("weights", '"all"'),
        ("unknown_key", "1"),
    ],
)
def test_case_that_does_not_fit(client: Client, case: str, change: tuple[str, str]) -> None:
    """A case with a value that is not possible leads to the page where it is asked, and the JSON twin names the key."""
    key, value = change
    lines = [line for line in case.splitlines() if not line.startswith(f"{key} =")]
    text = "\n".join([f"{key} = {value}", *lines])
    page = client.post("/paths", {"case": text})
    assert page.status_code == 422
    assert "Bitte sehen Sie sich diese Seiten noch einmal an" in page.content.decode()
    found = json.loads(client.post("/paths.json", {"case": text}).content)["findings"]
    assert key in {finding["key"] for finding in found}


def test_fields_say_what_is_wrong(client: Client) -> None:
    """Negative hours, an unknown place and a car without a licence are each said at their field."""
    page = client.post("/way", {"case": "", "go": "next", **WAY, "place": "Atlantis", "licences": []}).content.decode()
    assert 'id="id_place_error"' in page
    assert 'id="id_licences_error"' in page
    page = client.post("/time", {"case": "", "go": "next", **TIME, "hours_min": "−3"}).content.decode()
    assert "Bitte schreiben Sie eine Zahl von 0 bis 60." in page


def test_back_keeps_answers(client: Client) -> None:
    """Going back keeps what was answered, and asks nothing twice."""
    page = client.post("/way", {"case": "", "go": "next", **WAY})
    back = client.post("/time", {"case": carried(page), "go": "back", **TIME})
    assert 'value="Sonnenfeld Markt"' in back.content.decode()
    assert tomllib.loads(carried(back))["hours_min"] == 35


def test_words_of_a_case_file_are_confirmed(client: Client, case: str) -> None:
    """What a case file says in words is shown as chips, and what is confirmed takes its place."""
    text = f'text = "Schweißer, 5 Jahre"\n{case}'
    page = client.post("/skills", {"case": text, "go": "show"})
    html = page.content.decode()
    assert 'value="occupation:o-welder"' in html
    offered = re.findall(r'name="offered" value="([^"]*)"', html)
    after = client.post(
        "/skills", {"case": text, "offered": offered, "occupation": "o-excavator-operator", "go": "next"}
    )
    confirmed = tomllib.loads(carried(after))
    assert "text" not in confirmed
    assert [row["occupation_id"] for row in confirmed["occupation"]] == ["o-excavator-operator"]


def ticked(client: Client, case: str, **more: Any) -> dict[str, Any]:
    """Return how the case says a trainer's certificate was made, after the page of chips was sent with it ticked."""
    sent = {
        "case": case,
        "offered": ["occupation:o-welder", "qualification:q-aevo"],
        "occupation": "o-welder",
        "qualification": "q-aevo",
        "go": "next",
    }
    page = client.post("/skills", {**sent, **more})
    assert page.status_code == 200
    (award,) = tomllib.loads(carried(page))["qualification"]
    return {key: value for key, value in award.items() if key != "qualification_id"}


@pytest.mark.parametrize(
    ("known", "said", "kept"),
    [
        ("", {"country:q-aevo": "DE"}, {"country": "DE"}),
        ("", {"country:q-aevo": "DE", "recognised": "q-aevo"}, {"country": "DE"}),
        ("", {"country:q-aevo": "NL"}, {"country": "NL"}),
        ("", {"country:q-aevo": "ZZ", "recognised": "q-aevo"}, {"country": "ZZ", "recognition": "full"}),
        ("", {"country:q-aevo": "no such country"}, {}),
        ("", {}, {}),
        ("country = []", {"country:q-aevo": "BE"}, {"country": "BE"}),
        ('country = "ES"', {"country:q-aevo": "EU"}, {"country": "ES"}),
        ('country = "ES"', {"country:q-aevo": "ZZ"}, {"country": "ZZ"}),
        (
            'country = "UA"\nrecognition = "applied"',
            {"country:q-aevo": "ZZ"},
            {"country": "UA", "recognition": "applied"},
        ),
        ('country = "UA"\nrecognition = "full"', {"country:q-aevo": "ZZ"}, {"country": "UA"}),
    ],
)
def test_country_of_an_award(client: Client, known: str, said: dict[str, str], kept: dict[str, str]) -> None:
    """What is said of an award's country is kept; a country known more exactly than the page asks stays."""
    case = f'[[qualification]]\nqualification_id = "q-aevo"\n{known}\n' if known else ""
    assert ticked(client, case, **said) == kept


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("de", "In welchem Land erworben?"),
        ("en", "In which country was it made?"),
        ("de-simple", "Aus welchem Land ist das Zeugnis?"),
    ],
)
def test_country_is_asked_of_each_award(client: Client, language: str, question: str) -> None:
    """Beside each award stands where it is from: Germany unless the case says otherwise, in every language."""
    client.cookies["django_language"] = language
    case = '[[qualification]]\nqualification_id = "q-nurse"\ncountry = "ES"\nrecognition = "full"\n'
    html = unescape(client.post("/skills", {"case": case, "go": "show"}).content.decode())
    offered = set(re.findall(r'name="offered" value="qualification:([^"]*)"', html))
    asked = dict(re.findall(r'name="country:([^"]*)">.*?<option value="(\w+)" selected', html))
    assert html.count(question) == len(offered) > 1
    assert asked == dict.fromkeys(offered, "DE") | {"q-nurse": "EU"}
    assert re.findall(r'name="recognised" value="([^"]*)" checked', html) == ["q-nurse"]


def test_award_from_abroad_stands_in_the_answer(client: Client, case: str) -> None:
    """A trainer's certificate from Belgium does not count until it is recognised, and the page says so."""
    lines = '\n[[qualification]]\nqualification_id = "q-aevo"\ncountry = "BE"\n'
    html = unescape(client.post("/paths", {"case": case + lines}).content.decode())
    assert "Was Sie aus Belgien mitbringen, muss zuerst anerkannt werden" in html


def test_no_word_in_a_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """Of the whole way no word, no place, no amount and no skill is written into a log, by any logger at any level."""
    from drehkreuz_web.house.logs import Structured  # noqa: PLC0415  # needs settings

    with caplog.at_level(logging.DEBUG):
        text = answers(client)
        client.post("/paths", {"case": text})
        client.post("/open", {"file": io.BytesIO(b"Geheimwort = = 1")})
        client.post("/paths", {"case": "Geheimwort = = 1"})
    written = "\n".join(Structured().format(record) for record in caplog.records)
    assert written
    for word in ("Erzieher", "Baggerfahrer", "Sonnenfeld", "Z01", "2350", "2980", "excavator", "Geheimwort"):
        assert word not in written


def test_compare_wants_two(client: Client, case: str) -> None:
    """Two paths stand side by side; one or three are too few or too many, and the page says so."""
    twin = json.loads(client.post("/paths.json", {"case": case}).content)
    ids = [path["vacancy_id"] for path in twin["paths"]]
    two = client.post("/compare", {"case": case, "compare": ids[:2]}).content.decode()
    assert two.count('scope="col"') == 2
    one = client.post("/compare", {"case": case, "compare": ids[:1]}).content.decode()
    assert "Bitte haken Sie zwei Wege zum Vergleichen an" in one


def test_nothing_good(client: Client, case: str) -> None:
    """Where nothing fits, the page says so without blame and names a person to ask."""
    text = re.sub(r"net_need_eur_month = \d+", "net_need_eur_month = 90000", case)
    page = client.post("/paths", {"case": text}).content.decode()
    assert "Zurzeit passt nichts zu allem" in page
    assert "0800 4 5555 00" in page


@pytest.mark.parametrize(
    ("status", "said", "unsaid"),
    [
        ("unemployed", "Ist es eine Leistung oder Förderung", "solange es Ihre Stelle gibt"),
        ("employed", "solange es Ihre Stelle gibt", "Ist es eine Leistung oder Förderung"),
    ],
)
def test_only_who_works_can_stay(client: Client, case: str, status: str, said: str, unsaid: str) -> None:
    """Who has no work is not told to keep what they have as long as their post lasts."""
    lines = [line for line in case.splitlines() if not line.startswith(("employment_status", "employer_group"))]
    text = "\n".join([f'employment_status = "{status}"', *lines])
    page = client.post("/paths", {"case": text}).content.decode()
    assert said in page
    assert unsaid not in page


def test_work_below_ones_level_is_not_called_the_best(client: Client, case: str) -> None:
    """A graduate for whom nothing but helpers' posts is open reads so above the cards."""
    lines = [line for line in case.splitlines() if not line.startswith("eqf")]
    page = client.post("/paths", {"case": "\n".join(["eqf = 8", *lines])}).content.decode()
    assert "Was offen ist, aber weniger verlangt, als Sie gelernt haben" in page
    assert "Die besten Wege" not in page
    assert "Die besten Wege" in client.post("/paths", {"case": case}).content.decode()


@pytest.mark.parametrize(
    "path", ["/skills", "/way", "/time", "/life", "/matters", "/paths", "/compare", "/print", "/open"]
)
def test_address_without_answers(client: Client, path: str) -> None:
    """An address opened without answers says where they are, and how to go on."""
    response = client.get(path)
    assert response.status_code == 200
    assert 'id="restore"' in response.content.decode()


def test_language_switch_sends_the_same_form(client: Client, case: str) -> None:
    """The switch of the language carries the form of the page, so that the page comes again in the other language."""
    page = client.post("/way", {"case": case, "go": "next", **WAY}).content.decode()
    switch = page[page.index('class="house-language"') : page.index("</header>")]
    assert 'name="place" value="Sonnenfeld Markt"' in switch
    assert 'name="posted" value="1"' in switch
    client.cookies["django_language"] = "en"
    assert "When you can work" in client.post("/way", {"case": case, "go": "next", **WAY}).content.decode()
