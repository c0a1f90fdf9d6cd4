# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The pages on shared vehicles without a browser: from the list to the price, what is refused, and the feeds."""

from __future__ import annotations

import html
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from gbfs_validator import validate_feed

from drehkreuz.sources.gbfs import read_gbfs
from web.house.test_serve import running
from web.sharing.lent import booked, own, stops

pytestmark = pytest.mark.usefixtures("lending")


def text(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def hold(client: Client, where: str) -> tuple[str, str]:
    """Book what stands at a station by its page; return the code and the page."""
    page = client.get(f"/sharing/stations/{stops()[where].number}").content.decode()
    form = dict(re.findall(r'name="(station|type|wish)" value="([^"]*)"', page))
    answer = client.post("/sharing/book", form)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    shown = answer.content.decode()
    return re.findall(r'sharing-code"><strong>([^<]*)<', shown)[0], shown


def test_list(client: Client) -> None:
    """Every station is listed with what is free; a search finds by a part of the name, a kind by its kind."""
    page = text(client.get("/sharing").content.decode())
    assert "Modell-Station Markt Pedelecs, Modell-Rad 2 frei, Plätze zum Zurückgeben: 3" in page
    assert "3 Stationen" in page
    assert "1 Station " in text(client.get("/sharing", {"q": "rathAUS"}).content.decode())
    assert "2 Stationen" in text(client.get("/sharing", {"kind": "pedelec"}).content.decode())


def test_from_the_station_to_the_price(client: Client) -> None:
    """Held, taken, given back: each step is a page, and the last one says the price."""
    code, page = hold(client, "Markt")
    assert "0,50 € je Fahrt" in text(page)
    assert "0,05 € je angefangener Minute" in text(page)
    page = client.post("/sharing/booking", {"code": code, "go": "begin"}).content.decode()
    assert "Sie sind unterwegs" in page
    assert "Modell-Station Bahnhof" not in page  # which is full
    target = re.findall(r'<option value="(\d+)">', page)[0]
    page = client.post("/sharing/booking", {"code": code, "go": "return", "station": target}).content.decode()
    assert re.search(r"Preis der Fahrt 0,5[05] €", text(page))


def test_kilometres_are_asked_where_they_are_paid(client: Client) -> None:
    """A car cannot be given back without its kilometres; written as people write them they are understood."""
    code, _ = hold(client, "Rathaus")
    client.post("/sharing/booking", {"code": code, "go": "begin"})
    for strange in ("", "viele", "-3", "9999999"):
        answer = client.post("/sharing/booking", {"code": code, "go": "return", "km": strange})
        assert answer.status_code == 422
        assert "Kilometer" in answer.content.decode()
    page = client.post("/sharing/booking", {"code": code, "go": "return", "km": "12,4"}).content.decode()
    assert re.search(r"Preis der Fahrt (5,15|3,90) €", text(page))


def test_refusals_are_told(client: Client) -> None:
    """A code that is unknown, a vehicle that is gone, a booking that is over: each gets its sentence and its status."""
    answer = client.post("/sharing/booking", {"code": "ABCD-EFGH-1234"})
    assert (answer.status_code, "keine Buchung" in answer.content.decode()) == (404, True)
    stop = stops()["Bahnhof"]
    hold(client, "Bahnhof")
    form = {"station": stop.number, "type": stop.lends[0].number, "wish": "another"}
    answer = client.post("/sharing/book", form)
    assert (answer.status_code, "schneller" in answer.content.decode()) == (409, True)
    code, _ = hold(client, "Markt")
    client.post("/sharing/booking", {"code": code, "go": "cancel"})
    answer = client.post("/sharing/booking", {"code": code, "go": "begin"})
    assert (answer.status_code, "beendet" in answer.content.decode()) == (409, True)


@pytest.mark.parametrize(
    ("language", "said"),
    [("de", "Geöffnet: Mo-So 00:00-00:01; Di,So geschlossen"), ("en", "Open: Mo-Su 00:00-00:01; Tu,Su closed")],
)
def test_hours_in_words(client: Client, language: str, said: str) -> None:
    """Opening hours stand on a station's page as people read them, and outside of them nothing can be held."""
    from drehkreuz_web.sharing.models import System  # noqa: PLC0415  # needs settings

    System.objects.update(opening_hours="Mo-Su 00:00-00:01; Tu,Su off")
    page = text(
        client.get(
            f"/sharing/stations/{stops()['Markt'].number}", headers={"accept-language": language}
        ).content.decode()
    )
    assert said in page


@pytest.mark.parametrize(
    "form", [{}, {"station": "x", "type": "1", "wish": "w"}, {"station": "1" * 30, "type": "1", "wish": "w"}]
)
def test_strange_forms(client: Client, form: dict[str, str]) -> None:
    """A form that no page of ours has is answered with the page that says so."""
    assert client.post("/sharing/book", form).status_code == 404


def test_pressed_twice(client: Client) -> None:
    """Who sends the same form again, or switches the language, sees the same code."""
    stop = stops()["Markt"]
    form = {"station": stop.number, "type": stop.lends[0].number, "wish": "mine"}
    first, again = (client.post("/sharing/book", form).content.decode() for _ in range(2))
    found = [re.findall(r'sharing-code"><strong>([^<]*)<', page) for page in (first, again)]
    assert found[0] == found[1] != []
    assert f'<input type="hidden" name="wish" value="{form["wish"]}">' in first


def test_a_list_costs_as_many_queries_as_a_station(client: Client) -> None:
    """The list asks the database six times, however many stations there are."""
    from django.db import connection  # noqa: PLC0415  # needs settings
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415  # same

    with CaptureQueriesContext(connection) as queries:
        client.get("/sharing")
    assert len(queries) == 6


def test_feeds(client: Client, tmp_path: Path) -> None:
    """What is published is read again by our own reader, lists every vehicle that stands, and says what is reserved and free."""
    hold(client, "Markt")
    listed = json.loads(client.get("/sharing/gbfs/manifest.json").content)["data"]["datasets"]
    assert [entry["system_id"] for entry in listed] == ["Modell-Auto", "Modell-Rad"]
    feeds = json.loads(client.get("/sharing/gbfs/Modell-Rad/gbfs.json").content)["data"]["feeds"]
    assert all(entry["url"] == f"http://localhost/sharing/gbfs/Modell-Rad/{entry['name']}.json" for entry in feeds)
    assert {"vehicle_status", "station_status", "system_pricing_plans"} <= {entry["name"] for entry in feeds}
    content = {entry["name"]: client.get(entry["url"]).content for entry in feeds}
    for name, document in content.items():
        (tmp_path / f"{name}.json").write_bytes(document)
    tables, findings = read_gbfs(tmp_path)
    assert tables["sharing_stations"].select("station_id", "vehicles", "capacity").rows() == [
        ("Modell-Rad:p1", 1, 5),
        ("Modell-Rad:p2", 1, 1),
    ]
    assert findings == []
    vehicles = json.loads(content["vehicle_status"])["data"]["vehicles"]
    assert sorted(each["is_reserved"] for each in vehicles) == [False, False, True]
    statuses = json.loads(content["station_status"])["data"]["stations"]
    assert [status["num_docks_available"] for status in statuses] == [3, 0]
    assert client.get("/sharing/gbfs/Modell-Rad/nonsense.json").status_code == 404
    assert client.get("/sharing/gbfs/nobody/gbfs.json").status_code == 404


def test_feeds_keep_to_the_standard(site: WSGIHandler) -> None:
    """MobilityData's schemas of GBFS 3.0, and the rules between its files, find nothing in the feeds as the site serves them."""
    now = datetime.now(UTC)
    own().begin(booked("Markt", "taken", now), now)
    booked("Markt", "reserved", now)
    with running(site) as host:
        for system in ("Modell-Rad", "Modell-Auto"):
            report = validate_feed(f"http://{host}/sharing/gbfs/{system}/gbfs.json")
            told = [(file["file"], file["errors"]) for file in report["files"] if file.get("errors")]
            assert told == []
            assert report["summary"]["version"]["validated"] == "3.0"
            assert not report["summary"]["hasErrors"]


def test_another_lender(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """An operator's own backend takes the place of ours by its class alone; when it does not answer, the pages say so."""
    from django.conf import settings  # noqa: PLC0415  # needs the environment of the site

    from drehkreuz_web.sharing import lender  # noqa: PLC0415  # same

    stop = stops()["Markt"]
    monkeypatch.setattr(settings, "LENDER", "web.sharing.test_pages.Silent")
    lender.lender.cache_clear()
    try:
        assert client.get("/sharing").status_code == 503
        assert client.post("/sharing/booking", {"code": "x"}).status_code == 503
        assert client.get(f"/sharing/stations/{stop.number}").status_code == 503
        assert client.get("/sharing/gbfs/manifest.json").status_code == 503
    finally:
        lender.lender.cache_clear()
    assert own().stations


class Silent:
    """A lender that never answers."""

    def __getattr__(self, _name: str) -> object:
        from drehkreuz_web.sharing.lender import Unavailable  # noqa: PLC0415  # needs settings

        raise Unavailable
