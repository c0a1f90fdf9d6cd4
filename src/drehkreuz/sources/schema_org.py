# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What schema.org's job postings and courses share: places, days, lengths of time, concepts of ESCO."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final

from drehkreuz.region import TABLES
from drehkreuz.sources.json_file import Node, cells, node, nodes, number, without_nothing
from drehkreuz.sources.jsonld import id_of, text_of
from drehkreuz.sources.records import Records

Centres = Mapping[str, tuple[float, float]]
"""Latitude and longitude by postcode or name of a town, for places that tell no coordinates."""

OWN_CODES: Final = "drehkreuz"
"""Set of codes that are a region's own ids of occupations and skills."""

ESCO_URI: Final = "http://data.europa.eu/esco/"
ESCO: Final = re.compile(r"^https?://data\.europa\.eu/esco/(occupation|skill|isco)/(\S+)$")

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CLOCK: Final = re.compile(r"(?:^|T)(\d{2}:\d{2})(?::\d{2})?")
_LENGTH: Final = re.compile(
    r"P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?",
    re.ASCII,
)
_DAYS: Final = (365.25, 30.4375, 7.0, 1.0)
_HOURS: Final = (1.0, 1 / 60, 1 / 3600)
KINDS: Final = TABLES["places"].columns["kind"].allowed or ()
LONGEST: Final = 64
"""Characters of a length of time or a day; longer ones are neither."""


@dataclass(frozen=True, slots=True)
class Feed:
    """
    How a document's things become rows.

    Attributes:
        name: Goes before all ids, with a colon, so that those of two sources stay apart; empty: ids as they are.
        centres: Where places without coordinates lie.
    """

    name: str = ""
    centres: Centres | None = None

    def id(self, own: str) -> str:
        """Return the id of a row by the document's own."""
        return f"{self.name}:{own}" if self.name else own


def place(records: Records, thing: Node, row: str, where: str, feed: Feed, kind: str, otherwise: str) -> str | None:
    """
    Enter a place of work or learning and return its id; nothing, and a fault, where nobody can say where it lies.

    Args:
        records: Where it is entered.
        thing: A `Place`, or an organisation with an address.
        row: Row of the posting or course, for findings.
        where: Its file.
        feed: How ids are made, and centres of postcodes.
        kind: `workplace` or `learning`.
        otherwise: Name of the place where it has none.
    """
    address = node(thing.get("address"))
    parts = [text_of(address.get(key)) or "" for key in ("streetAddress", "postalCode", "addressLocality")]
    if isinstance(thing.get("address"), str):
        parts[0] = str(text_of(thing.get("address")) or "")
    name = text_of(thing.get("name")) or ", ".join(part for part in (otherwise, parts[2]) if part)
    point = _point(thing, parts, feed)
    if point is None:
        told = ", ".join(part for part in parts if part)
        remedy = "Add geo with latitude and longitude at the source, or name a list of zones with their centres."
        records.fault(
            row, "says no place that can be found", column="jobLocation", value=told, where=where, remedy=remedy
        )
        return None
    lat, lon = point
    own = id_of({key: thing[key] for key in ("identifier", "@id") if key in thing})
    place_id = feed.id(own or digest("place", name, *parts, f"{lat:.6f}", f"{lon:.6f}"))
    if records.first(("places", place_id)):
        kind = next((word for word in cells(thing.get("additionalType")) if word in KINDS), kind)
        cells_of = {"place_id": place_id, "name": name, "kind": kind, "lat": f"{lat:.7f}", "lon": f"{lon:.7f}"}
        records.add("places", row, cells_of, where=where)
    return place_id


def _point(thing: Node, parts: list[str], feed: Feed) -> tuple[float, float] | None:
    geo = node(thing.get("geo")) or thing
    lat, lon = number(geo.get("latitude")), number(geo.get("longitude"))
    if lat is not None and lon is not None:
        return lat, lon
    centres = feed.centres or {}
    return next((centres[part] for part in parts[1:] if part in centres), None)


def place_thing(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of `places` as a `Place`."""
    return {
        "@type": "Place",
        "identifier": row["place_id"],
        "additionalType": row["kind"],
        "name": row["name"],
        "geo": {"@type": "GeoCoordinates", "latitude": row["lat"], "longitude": row["lon"]},
    }


def digest(*parts: str) -> str:
    """Return an id that is the same for the same parts: the first one, and twelve digits."""
    hashed = blake2b("\0".join(parts[1:]).encode(), digest_size=6).hexdigest()
    return f"{parts[0]}-{hashed}"


def day(value: object) -> str | None:
    """Return the day of a date or a date with time, as a cell; another text as it is, to be refused with its value."""
    text = text_of(value)
    if text is None:
        return None
    found = _DAY.match(text)
    return found.group() if found and (len(text) == 10 or text[10] in "T ") else text


def clock(value: object) -> str | None:
    """Return the time of day of a time or a date with time; nothing where there is none."""
    found = _CLOCK.search((text_of(value) or "")[:LONGEST])
    return found.group(1) if found else None


def hours(value: object) -> float | None:
    """Return the hours of a length of time as ISO 8601 writes it, a day for 24; nothing where there is none."""
    found = _length(value)
    return None if found is None else found[0] * 24 + found[1]


def days(value: object) -> float | None:
    """Return the days of a length of time as ISO 8601 writes it; nothing where there is none."""
    found = _length(value)
    return None if found is None else found[0] + found[1] / 24


def _length(value: object) -> tuple[float, float] | None:
    text = text_of(value) or ""
    found = _LENGTH.fullmatch(text) if len(text) <= LONGEST else None
    if found is None or not any(found.groups()):
        return None
    parts = [float(part or 0) for part in found.groups()]
    whole = sum(part * unit for part, unit in zip(parts[:4], _DAYS, strict=True))
    return whole, sum(part * unit for part, unit in zip(parts[4:], _HOURS, strict=True))


def minutes_text(minutes: float) -> str:
    """Return minutes as ISO 8601 writes them."""
    return f"PT{minutes:.10g}M"


def esco(value: object, kind: str) -> Iterator[str]:
    """Yield the ids of ESCO's concepts of a kind (occupation, skill, isco) that terms, their addresses or texts name."""
    for text in cells(value):
        found = ESCO.match(text)
        if found and found.group(1) == kind:
            yield found.group(2)
    for term in nodes(value):
        addresses = [term.get(key) for key in ("@id", "url", "sameAs", "identifier", "termCode", "codeValue")]
        yield from dict.fromkeys(name for address in addresses for name in esco(cells(address), kind))


def term(uri: str | None, name: str | None, **more: str | None) -> dict[str, Any]:
    """Return a concept as a `DefinedTerm`."""
    return without_nothing({"@type": "DefinedTerm", "name": name, "url": uri, **more})


def own_codes(value: object, code: str, kept_in: str) -> list[str]:
    """Return the region's own ids that terms name; `code` and `kept_in` are the properties of id and set of codes."""
    own = [item for item in nodes(value) if text_of(item.get(kept_in)) == OWN_CODES]
    return [found for item in own if (found := text_of(item.get(code)))]
