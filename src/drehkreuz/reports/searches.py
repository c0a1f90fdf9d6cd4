# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Links to the official searches, filled in with occupation, place and radius; a link is opened by a click, never by us."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from math import ceil, inf
from string import Formatter
from typing import Any, Final, Literal, get_args
from urllib.parse import quote, urlencode, urlsplit

from drehkreuz.reports.words import Language

Kind = Literal["jobs", "apprenticeships", "training", "language_courses", "pay", "occupation", "recognition", "border"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
"""What can be looked for: posts, apprenticeships, courses, pay, an occupation, its recognition, advice for cross-border work."""

LONGEST: Final = 200
"""Characters of an occupation or place that are passed on; a longer one is no name and is left out. Assumed."""

_GENDERS: Final = re.compile(r"\(\s*[mwdfxigh*](?:\s*[/|]\s*(?:divers|[mwdfxigh*]))+\s*\)", re.IGNORECASE)
"""What advertisements put behind a name, `(m/w/d)`."""
_FEMALE: Final = re.compile(r"/-?\w+")
"""The second half of `Elektroniker/in` or `Kaufmann/-frau`."""


@dataclass(frozen=True, slots=True)
class Search:
    """
    A link to an official search, and what a person should know before opening it.

    Attributes:
        search_id: Which service, e.g. `ba-jobs`.
        kind: What it finds.
        country: Where it looks, ISO 3166-1.
        language: In which language the service speaks, ISO 639-1.
        name: Its name.
        purpose: What it is for, a phrase.
        receives: Who receives what when the link is opened, a sentence.
        url: The link: https, and one of the hosts in the data.
        to_type: What is still to be typed there, a sentence; empty where the link says it all.
        verified: Whether this form of the address was seen in the source; else only that the service exists.
        source: Where the form of the address was seen.
        checked_on: Day somebody last looked.
    """

    search_id: str
    kind: Kind
    country: str
    language: str
    name: str
    purpose: str
    receives: str
    url: str
    to_type: str
    verified: bool
    source: str
    checked_on: date


def searches(
    kinds: Collection[Kind],
    occupation_label: Mapping[str, str],
    kldb: str,
    place: str,
    radius_km: float | None,
    country: str,
    language: Language,
) -> list[Search]:
    """
    Return the official searches of a country, filled in as far as the form of their addresses is known.

    Nothing is fetched. A link carries occupation, place and radius and nothing else about a person; give a recognised
    occupation's name here, not what somebody typed, and a town or postcode, never an address.

    Args:
        kinds: What to look for.
        occupation_label: The occupation's name by language (ISO 639-1). A service is given the name in its own language; where
            there is none, the person is told to type it.
        kldb: Code of KldB 2010, or empty.
        place: Town or postcode in the country searched, or empty.
        radius_km: Kilometres around the place; None: not asked.
        country: Where to look, ISO 3166-1.
        language: Language of the sentences.

    Returns:
        The searches, in the order of the data.

    Raises:
        ValueError: If a kind is unknown, or the radius is no positive number.
    """
    if unknown := set(kinds) - set(KINDS):
        message = f"unknown kinds of search: {', '.join(sorted(unknown))}; known are {', '.join(KINDS)}"
        raise ValueError(message)
    if radius_km is not None and not 0 < radius_km < inf:
        message = f"a radius of {radius_km} km; give a positive number, or None"
        raise ValueError(message)
    names = {code: cleaned(label) for code, label in occupation_label.items()}
    values = {"kldb": cleaned(kldb), "place": cleaned(place), "radius_km": radius_km if cleaned(place) else None}
    wanted = [entry for entry in catalogue()["search"] if entry["kind"] in kinds and country in entry["countries"]]
    return [_search(entry, names, values, country, language) for entry in wanted]


def cleaned(name: str) -> str:
    """Return a name as one line without `(m/w/d)`; empty where it is too long to be a name."""
    if len(name) > LONGEST:
        return ""
    seen = "".join(letter for letter in name if letter.isprintable() or letter.isspace())
    return " ".join(_GENDERS.sub(" ", seen).split())


@cache
def catalogue() -> dict[str, Any]:
    """
    Return the services and sentences as the data file holds them.

    Raises:
        ValueError: If an address is not https or its host not among the allowed ones.
    """
    raw = tomllib.loads(files(__package__).joinpath("searches.toml").read_text(encoding="utf-8"))
    for entry in raw["search"]:
        allow(entry["address"], raw["hosts"])
    return raw


def allow(address: str, hosts: Collection[str]) -> None:
    """
    Let only plain https addresses of known hosts pass.

    Raises:
        ValueError: If the address is another.
    """
    parts = urlsplit(address)
    if parts.scheme != "https" or parts.netloc not in hosts or parts.query or parts.fragment:
        message = f"not a plain https address of an allowed host: {address}"
        raise ValueError(message)


def _search(
    entry: Mapping[str, Any], names: Mapping[str, str], known: Mapping[str, Any], country: str, language: Language
) -> Search:
    words = names.get(entry["language"], "")
    values = _values(entry, {**known, "words": words})
    query = _query(entry.get("query", {}), values)
    sent = [field for field in entry["asks"] if any(field in _fields(entry["query"][name]) for name in query)]
    missing = [field for field in entry["asks"] if field not in sent]
    say = catalogue()[language]
    return Search(
        search_id=entry["search_id"],
        kind=entry["kind"],
        country=country,
        language=entry["language"],
        name=entry["name"][language],
        purpose=entry["purpose"][language],
        receives=_receives(entry["receiver"][language], sent, say),
        url=entry["address"] + ("?" + urlencode(query, quote_via=quote, safe="") if query else ""),
        to_type=_to_type(missing, {**known, "words": words}, entry["language"] if any(names.values()) else "", say),
        verified=entry["verified"],
        source=entry["source"],
        checked_on=entry["checked_on"],
    )


def _values(entry: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, str]:
    """Return what can be filled in, by field, as the service takes it; empty where there is nothing to say."""
    asked = known["radius_km"]
    offered = [] if asked is None else [radius for radius in entry.get("radii", []) if radius >= asked]
    words = _FEMALE.sub("", known["words"]) if entry.get("base_form", False) else known["words"]
    return {"words": words, "place": known["place"], "kldb": known["kldb"], "radius_km": str(min(offered, default=""))}


def _query(templates: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    """Return the parameters that have all they need."""
    full = {name: text for name, text in templates.items() if all(values[field] for field in _fields(text))}
    return {name: text.format_map(values) for name, text in full.items()}


def _fields(template: str) -> list[str]:
    return [field for _, field, _, _ in Formatter().parse(template) if field]


def _receives(receiver: str, sent: Sequence[str], say: Mapping[str, str]) -> str:
    if not sent:
        return say["receives_nothing"].format(receiver=receiver)
    return say["receives"].format(receiver=receiver, what=_listed([say[f"what_{field}"] for field in sent], say))


def _to_type(missing: Sequence[str], known: Mapping[str, Any], foreign: str, say: Mapping[str, str]) -> str:
    """Return what is to be typed; `foreign` is the service's language where the occupation is known in another only."""
    told = []
    for field in missing:
        value = ceil(known[field]) if field == "radius_km" and known[field] is not None else known[field]
        if value:
            told.append(say[f"type_{field}"].format(value=value))
        elif field == "words" and foreign:
            told.append(say["type_words_in"].format(language=say[f"language_{foreign}"]))
    return say["type"].format(what=_listed(told, say)) if told else ""


def _listed(items: Sequence[str], say: Mapping[str, str]) -> str:
    *most, last = items
    return f"{', '.join(most)}{say['and']}{last}" if most else last
