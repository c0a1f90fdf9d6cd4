# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The status of charging points in OCPI locations: what is read, what is left out, what is fetched and what never."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self
from urllib.error import URLError

import pytest

from drehkreuz.errors import InputError
from drehkreuz.sources import ocpi_status
from drehkreuz.sources.ocpi import read_ocpi
from drehkreuz.sources.ocpi_status import fetch_ocpi, read_ocpi_status

SITE = {"country_code": "DE", "party_id": "EXA", "id": "1", "last_updated": "2026-11-20T08:00:00Z"}


def test_status_and_time_of_each_point(tmp_path: Path) -> None:
    """A point's own time holds, else its location's; no zone means UTC; removed points and hidden locations are left out."""
    points = [
        {"uid": "a", "status": "AVAILABLE", "last_updated": "2026-11-23T10:00:00+01:00"},
        {"uid": "b", "status": "CHARGING", "last_updated": "2026-11-23T10:00:00"},
        {"uid": "c", "status": "OUTOFORDER"},
        {"uid": "d", "status": "REMOVED"},
    ]
    hidden = {**SITE, "id": "2", "publish": False, "evses": [{"uid": "z", "status": "AVAILABLE"}]}
    silent = {"country_code": "DE", "party_id": "EXA", "id": "3", "evses": [{"uid": "e", "last_updated": "noon"}]}
    path = tmp_path / "locations.json"
    path.write_text(json.dumps({"data": [{**SITE, "evses": points}, hidden, silent]}), encoding="utf-8")
    table = read_ocpi_status(path)
    assert table["point_id"].to_list() == ["DE*EXA*a", "DE*EXA*b", "DE*EXA*c", "DE*EXA*e"]
    assert table["status"].to_list() == ["AVAILABLE", "CHARGING", "OUTOFORDER", None]
    assert table["updated"].to_list() == [
        datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 23, 10, tzinfo=UTC), datetime(2026, 11, 20, 8, tzinfo=UTC), None,
    ]  # fmt: skip


def test_points_are_those_of_the_locations(data: Path) -> None:
    """In the examples of the specification, every point that is read has its status and its time."""
    folder = data / "charging" / "ocpi-examples"
    tables, _ = read_ocpi(folder, lenient=True)
    status = read_ocpi_status(folder)
    assert set(tables["charging_points"]["point_id"]) <= set(status["point_id"])
    assert status["updated"].null_count() == 0


class _Answer(io.BytesIO):
    def __enter__(self) -> Self:
        return self


def test_what_is_fetched_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's bytes are put into the folder; only https is asked, with a limit of time."""
    asked: list[Any] = []

    def answer(request: Any, **more: Any) -> _Answer:
        asked.append((request.full_url, more["timeout"]))
        return _Answer(b"[]")

    monkeypatch.setattr(ocpi_status, "urlopen", answer)
    path = fetch_ocpi("https://example.org/locations", tmp_path)
    assert path.read_bytes() == b"[]"
    assert asked == [("https://example.org/locations", ocpi_status.WAIT_SECONDS)]


def test_what_cannot_be_fetched_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address without https, a silent server and too long an answer are refused in a sentence."""
    with pytest.raises(InputError, match="does not begin with https"):
        fetch_ocpi("http://example.org", tmp_path)

    def refuse(*_: Any, **__: Any) -> _Answer:
        raise URLError("no route to host")

    monkeypatch.setattr(ocpi_status, "urlopen", refuse)
    with pytest.raises(InputError, match="cannot be fetched: no route"):
        fetch_ocpi("https://example.org", tmp_path)
    monkeypatch.setattr(ocpi_status, "urlopen", lambda *_, **__: _Answer(b"xxxx"))
    monkeypatch.setattr(ocpi_status, "MAX_BYTES", 3)
    with pytest.raises(InputError, match="answers more than 3 bytes"):
        fetch_ocpi("https://example.org", tmp_path)
