# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A scenario worked out in the background, on the village."""

from __future__ import annotations

import json
import tomllib

from django.test import Client

from web.measures.carried import carried
from web.waiting import until


def test_a_scenario_is_worked_out(client: Client) -> None:
    """A job ticket in the village is worked out in the background: page, values and report say what changes."""
    text = carried(client.post("/measures/job_ticket", {"go": "add", "start": "2027-08-01"}))
    asked = client.post("/scenario/run", {"scenario": text, "scenario_title": "Jobticket"})
    assert asked.status_code == 303
    address = asked["Location"]
    assert client.get(address).status_code == 200
    until(lambda: client.get(f"{address}.json").status_code == 200)
    values = json.loads(client.get(f"{address}.json").content)
    assert [answer["scenario"] for answer in values["scenarios"]] == ["Jobticket"]
    effect = values["scenarios"][0]["effect"]
    assert effect["newly_placed"] - effect["displaced"] == effect["more_filled"]
    page = client.get(address).content.decode()
    assert "Was sich ändert" in page
    report = client.get(f"{address}/report")
    assert report["Content-Disposition"].startswith("attachment")
    assert "Jobticket" in report.content.decode()
    assert tomllib.loads(carried(client.get(address)))["title"] == "Jobticket"
