# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A business park's page without a browser: from the firms' tables to the report, and what is refused."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from web.employer.firm import SHIFTS, STAFF
from web.waiting import until

if TYPE_CHECKING:
    from django.test import Client

HEAD = "level,area,times,mode,people,days\n"
PART = f"{HEAD}zone,Z01,06:00-14:00,car,30,5.0\n"


def sent(client: Client, *tables: tuple[str, str]) -> Any:
    """Send tables by name and content."""
    files = [SimpleUploadedFile(f"{firm}.csv", content.encode()) for firm, content in tables]
    return client.post("/employer/park", {"place": "P01", "tables": files})


def test_from_the_firms_to_the_park(client: Client) -> None:
    """What a firm's report gives for the park is taken there beside another firm's, and everybody of both is in the report."""
    file = SimpleUploadedFile("staff.csv", STAFF.encode())
    asked = {"place": "P01", "shifts": SHIFTS, "ticket_share": "25", "file": file}
    firm = client.post("/employer", asked)["Location"]
    until(lambda: client.get(f"{firm}.json").status_code == 200)
    assert f"{firm}/part.csv" in client.get(firm).content.decode()
    part = client.get(f"{firm}/part.csv")
    assert part["Content-Disposition"].startswith("attachment")

    park = sent(client, ("Werk", part.content.decode()), ("Labor", PART))["Location"]
    until(lambda: client.get(f"{park}.json").status_code == 200)
    values = json.loads(client.get(f"{park}.json").content)
    assert [(one["firm"], one["people"]) for one in values["firms"]] == [("Labor", 30), ("Werk", 45)]
    page = client.get(park).content.decode()
    assert "Labor" in page
    assert "/part.csv" not in page
    assert client.get(f"{park}/part.csv").status_code == 404
    assert client.get(f"{park}/report.pdf").content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("tables", "told"),
    [
        ([("Werk", PART), ("Labor", "plz;schicht;Vorname\nZ01;06:00-14:00;Erika")], "Labor: Zeile 1: Das ist keine Tabelle"),
        ([("Werk", f"{PART}zone,Z02,06:00-14:00,car,4,5.0\n")], "Werk: Zeile 3: Diese Zeile ist eine Gruppe von weniger"),
        ([("Werk", f"{HEAD}zone,Erika,06:00-14:00,car,viele,5.0\n")], "Zeile 2: Diese Zeile ist keine Gruppe"),
        ([("Werk", HEAD)], "Die Tabelle hat keine Gruppe"),
        ([("Werk", "")], "keine Tabelle"),
        ([("Werk", PART), ("Werk", PART)], "denselben Namen"),
        ([], "Bitte wählen Sie die Tabellen"),
    ],
)  # fmt: skip
def test_what_is_refused_is_told_by_firm_and_row(client: Client, tables: list[tuple[str, str]], told: str) -> None:
    """A table that cannot be used is refused by the firm's name and the row, and no cell of it is repeated."""
    response = sent(client, *tables)
    page = html.unescape(response.content.decode())
    assert response.status_code == 422
    assert told in page
    assert "Erika" not in page
