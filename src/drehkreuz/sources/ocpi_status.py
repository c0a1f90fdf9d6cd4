# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How charging points are, and when that was reported: the part of OCPI 2.2.1 locations that is old within minutes."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import Request, urlopen

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.sources.archive import open_source
from drehkreuz.sources.json_file import MAX_BYTES, cell, nodes, read_json

SCHEMA: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "site_id": pl.String,
    "point_id": pl.String,
    "status": pl.String,
    "updated": pl.Datetime("us", "UTC"),
}

WAIT_SECONDS: Final = 30.0
"""As long as a server may be silent (assumed)."""


def read_ocpi_status(path: str | Path) -> pl.DataFrame:
    """
    Return the status of every point of the locations in a file, or in the JSON files of a folder or zip.

    Locations not to be published and points that were removed are left out, as where the locations are read.

    Args:
        path: As `drehkreuz.sources.ocpi.read_ocpi` takes it.

    Returns:
        `site_id`, `point_id` as in the tables of a region, `status`, and `updated`: when the point, else its location, was last
        updated; empty where neither says.

    Raises:
        InputError: If a file cannot be read.
    """
    source = open_source(path)
    rows: list[tuple[str, str, str | None, datetime | None]] = []
    for name in (name for name in source.names if name.lower().endswith(".json")):
        document = read_json(source, name)
        if isinstance(document, dict) and "data" in document:
            document = document["data"]
        for place in nodes(document):
            if place.get("publish") is False:
                continue
            party = f"{cell(place.get('country_code')) or ''}*{cell(place.get('party_id')) or ''}"
            site = f"{party}*{cell(place.get('id')) or ''}"
            for point in nodes(place.get("evses")):
                if cell(point.get("status")) != "REMOVED":
                    told = _moment(point.get("last_updated")) or _moment(place.get("last_updated"))
                    rows.append((site, f"{party}*{cell(point.get('uid')) or ''}", cell(point.get("status")), told))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row").unique("point_id", keep="last", maintain_order=True)


def _moment(value: object) -> datetime | None:
    """Return an OCPI DateTime: RFC 3339, in UTC where it names no zone; None for what is none."""
    try:
        moment = datetime.fromisoformat(cell(value) or "")
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def fetch_ocpi(url: str, folder: Path) -> Path:
    """
    Fetch what a server answers, as a file; only ever called when a person asks for it by name.

    Args:
        url: Address that begins with https://.
        folder: Where the file is put.

    Raises:
        InputError: If the address is no https one, the server does not answer, or answers more than is read.
    """
    if not url.startswith("https://"):
        raise InputError(Finding("--url", "", "", url, "does not begin with https://", "Name an https address."))
    request = Request(url, headers={"Accept": "application/json", "User-Agent": "drehkreuz"})  # noqa: S310  # https, see above
    try:
        with urlopen(request, timeout=WAIT_SECONDS, context=ssl.create_default_context()) as answer:  # noqa: S310  # same
            data = answer.read(MAX_BYTES + 1)
    except (URLError, TimeoutError, OSError) as error:
        reason = getattr(error, "reason", error)
        remedy = "Check the address and the net, or fetch the file yourself."
        raise InputError(Finding("--url", "", "", url, f"cannot be fetched: {reason}", remedy)) from error
    if len(data) > MAX_BYTES:
        problem = f"answers more than {MAX_BYTES:,} bytes"
        raise InputError(Finding("--url", "", "", url, problem, "Ask the server for a part, with limit and offset."))
    path = folder / "ocpi.json"
    path.write_bytes(data)
    return path
