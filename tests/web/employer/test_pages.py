# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""An employer's pages without a browser: from the template to the report, what is refused, what is forgotten."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from web.employer.firm import SHIFTS, STAFF
from web.waiting import until

if TYPE_CHECKING:
    from django.test import Client

PLACE = "P01"


def sent(client: Client, content: str | bytes, **fields: str) -> Any:
    """Send a firm's file as a browser without JavaScript does."""
    data = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("Lohnliste Erika.csv", data)
    return client.post("/employer", {"place": PLACE, "shifts": SHIFTS, "ticket_share": "25", "file": file} | fields)


def test_from_the_file_to_the_report(client: Client) -> None:
    """A file gives a page, a paper and values that say the same; afterwards it is forgotten when asked to."""
    asked = sent(client, STAFF)
    assert asked.status_code == 303
    address = asked["Location"]
    until(lambda: client.get(f"{address}.json").status_code == 200)
    values = json.loads(client.get(f"{address}.json").content)
    assert values["people"] == 45
    assert values["place"]["id"] == PLACE
    page = html.unescape(client.get(address).content.decode())
    assert "Von 45 Beschäftigten" in page
    assert "Of 45 employees" in client.get(address, headers={"accept-language": "en"}).content.decode()
    paper = client.get(f"{address}/report.html")
    assert paper["Content-Disposition"].startswith("attachment")
    assert paper.content.startswith(b"<!DOCTYPE html>")
    assert client.get(f"{address}/report.pdf").content.startswith(b"%PDF")
    assert client.post(f"{address}/forget").status_code == 303
    assert {client.get(f"{address}{end}").status_code for end in ("", ".json", "/report.html", "/report.pdf")} == {404}


def test_the_question_is_forgotten(client: Client) -> None:
    """Once the report is there, the people it is about are in no job any more."""
    from drehkreuz_web.employer.views import JOBS  # noqa: PLC0415  # needs settings

    key = sent(client, STAFF)["Location"].rpartition("/")[2]
    client.post(f"/employer/{key}/stop")
    job = JOBS.get(key)
    assert job is not None
    until(lambda: job.over)
    assert job.asked == {}


def test_the_template_is_read(client: Client) -> None:
    """The template to fill in is itself a file that is read, in both languages."""
    for language in ("de", "en"):
        template = client.get("/employer/template.csv", headers={"accept-language": language})
        asked = sent(client, template.content)
        assert asked.status_code == 303
        client.post(f"{asked['Location']}/stop")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("plz;schicht;Vorname\nZ01;06:00-14:00;Erika", "auf Menschen hin"),
        ("plz;schicht\nerika@example.org;06:00-14:00", "auf Menschen hin"),
        ("plz;schicht;Lieblingsfarbe\nZ01;06:00-14:00;Erika", "keine von denen"),
        ("plz;schicht;anzahl\nErikahausen;06:00-14:00;7", "Zelle oder Postleitzahl ist"),
        ("plz;schicht;anzahl\nZ01;Erikaschicht;7", "Schicht ist nicht bekannt"),
        ("plz;schicht;verkehrsmittel\nZ01;früh;Erikamobil", "Verkehrsmittel ist nicht bekannt"),
        ("plz;anzahl\nZ01;7", "welcher Schicht"),
        ("plz;schicht", "keine Zeile"),
        ("\x00\x01", "nicht zu lesen"),
        ("", "Bitte wählen Sie"),
    ],
)
def test_what_is_refused_is_told_and_not_repeated(client: Client, content: str, told: str) -> None:
    """A file that cannot be used is refused in the page's words; no word of it, nor its name, stands in the answer."""
    response = sent(client, content)
    page = html.unescape(response.content.decode())
    assert response.status_code == 422
    assert told in page
    assert "Erika" not in page


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"place": "Nirgendwo"}, "kennen wir nicht"),
        ({"place": ""}, "kern-error"),
        ({"shifts": "früh um sechs"}, "Zeile 1 der Schichten"),
        ({"ticket_share": "120"}, "kern-error"),
        ({"ticket_share": "viel"}, "kern-error"),
    ],
)
def test_answers_that_make_no_sense_are_told(client: Client, fields: dict[str, str], told: str) -> None:
    """A workplace, shifts or a share that cannot be understood get their own line, and nothing is worked out."""
    response = sent(client, STAFF, **fields)
    assert response.status_code == 422
    assert told in html.unescape(response.content.decode())


@pytest.mark.parametrize("place", ["P03", "beispielwerk batterien", "Z07", "sonnenfeld markt", "50.86, 6.35"])
def test_a_workplace_by_any_name(client: Client, place: str) -> None:
    """A workplace is a place by id or name, the middle of a cell, or a point."""
    asked = sent(client, STAFF, place=place)
    assert asked.status_code == 303
    client.post(f"{asked['Location']}/stop")


def test_counts_of_the_browser_are_taken_as_a_file(client: Client) -> None:
    """What the browser made of a file is read in its place."""
    table = "where,shift,mode,days,count\nZ01,früh,car,5,9"
    asked = client.post("/employer", {"place": PLACE, "shifts": SHIFTS, "ticket_share": "25", "table": table})
    assert asked.status_code == 303
    client.post(f"{asked['Location']}/stop")


def test_patterns_mean_the_same_to_a_browser(client: Client) -> None:
    """The rules that the browser is given use nothing that its patterns read otherwise than ours."""
    rules = json.loads(client.get("/employer/file.json").content)
    patterns = [*rules["personal"].values(), *rules["telltale"].values()]
    assert patterns
    assert not [pattern for pattern in patterns if re.search(r"\(\?|\\[bBAZ]|\\p", pattern)]
