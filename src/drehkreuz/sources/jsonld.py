# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""schema.org's things in JSON-LD files and in web pages that carry them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any, Final

from drehkreuz.errors import InputError
from drehkreuz.sources.archive import about
from drehkreuz.sources.json_file import Node, cells, node, nodes, parse_json
from drehkreuz.sources.text import decode

CONTEXT: Final = "https://schema.org"

PAGES: Final = (".html", ".htm", ".xhtml")
"""Endings of files in which the things stand between tags."""

MAX_THINGS: Final = 200_000
"""Things of one document (assumed): several times the open posts of the largest German Land."""

_LD_JSON: Final = re.compile(r"application/ld\+json", re.IGNORECASE)
_TAG: Final = re.compile(r"<(script\b|!--)", re.IGNORECASE)
_END: Final = re.compile(r"</script\s*>", re.IGNORECASE)
_WRAPPED: Final = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")
"""Signs that hide a script from old browsers."""

_LOCAL: Final = ("#", "_:")
"""Beginnings of names that hold in their document alone."""

_PREFIX: Final = re.compile(r"^(?:https?://schema\.org/|schema:)")


@dataclass(frozen=True, slots=True)
class Thing:
    """
    One thing of a wanted type.

    Attributes:
        row: Where it stands: number of the script in a page, and of the thing.
        values: Its properties, names without prefix, references within the document followed.
    """

    row: str
    values: Node


def things(data: bytes, where: str, types: Collection[str]) -> tuple[list[Thing], list[InputError]]:
    """
    Return the things of some types that a document holds: in a list, a graph, an item list, or within other things.

    Args:
        data: JSON-LD, or HTML with scripts of type `application/ld+json`.
        where: Name of the file; its ending says which of the two.
        types: Names of schema.org's types.

    Returns:
        The things in the document's order, and an error for each script of a page that cannot be read.

    Raises:
        InputError: If the document is no text, or no JSON and no page.
    """
    if not where.lower().endswith(PAGES):
        return _bounded([Thing(str(n), found) for n, found in _numbered(parse_json(data, where), types)], where), []
    found, unread = [], []
    for place, script in enumerate(_scripts(decode(data, where).decode()), 1):
        name = f"{where}, script {place}"
        try:
            values = parse_json(script.encode(), name)
        except InputError as error:
            unread.append(error)
        else:
            found += [Thing(f"script {place}, {n}", value) for n, value in _numbered(values, types)]
            _bounded(found, where)
    return found, unread


def _numbered(value: object, types: Collection[str]) -> Iterator[tuple[int, Node]]:
    return islice(enumerate(_things(value, types), 1), MAX_THINGS + 1)


def _bounded(found: list[Thing], where: str) -> list[Thing]:
    if len(found) > MAX_THINGS:
        problem = f"holds more than {MAX_THINGS:,} things of the kind looked for, which is the most that is read"
        raise InputError(about(where, problem, "Split it."))
    return found


def text_of(value: object) -> str | None:
    """Return a text, of a list the first one; of a thing its name."""
    for found in cells(value):
        return found
    named = node(value)
    return next(iter(cells(named.get("name"))), None)


def id_of(thing: Node) -> str | None:
    """Return a thing's own number: its identifier's value, else its `@id` unless that holds in its document alone, else its address."""
    given = thing.get("identifier")
    for text in cells(given):
        return text
    for identifier in nodes(given):
        for text in cells(identifier.get("value")):
            return text
    names = cells([thing.get("@id"), thing.get("url")])
    return next((name for name in names if not name.startswith(_LOCAL)), None)


def types_of(thing: Node) -> list[str]:
    """Return the names of a thing's types, without prefix."""
    return [_PREFIX.sub("", name) for name in cells(thing.get("@type"))]


def document(of: list[dict[str, Any]]) -> dict[str, Any]:
    """Return things as one JSON-LD document."""
    return {"@context": CONTEXT, "@graph": of}


def _scripts(page: str) -> Iterator[str]:
    """Yield the scripts with JSON-LD of a page; one pass, whatever the page holds."""
    at = 0
    while tag := _TAG.search(page, at):
        if tag.group(1) == "!--":
            end = page.find("-->", tag.end())
            if end < 0:
                return
            at = end + 3
            continue
        opened = page.find(">", tag.end())
        closed = _END.search(page, opened + 1) if opened >= 0 else None
        if closed is None:
            return
        if _LD_JSON.search(page, tag.end(), opened):
            yield _WRAPPED.sub("", page[opened + 1 : closed.start()])
        at = closed.end()


def _things(value: object, types: Collection[str]) -> Iterator[Node]:
    plain = _plain(value)
    by_id: dict[str, Node] = {}
    for thing in _all(plain):
        name = thing.get("@id")
        if isinstance(name, str) and len(thing) > 1:
            by_id.setdefault(name, thing)
    for thing in _all(plain):
        if not set(types_of(thing)).isdisjoint(types):
            yield {key: _followed(item, by_id) for key, item in thing.items()}


def _plain(value: object) -> Any:  # noqa: ANN401  # JSON is anything
    """Return a document whose names are schema.org's own and whose values stand without wrapping."""
    match value:
        case {"@value": inner}:
            return inner if not isinstance(inner, dict | list) else None
        case {"@list": inner} | {"@set": inner}:
            return _plain(inner)
        case dict():
            return {_PREFIX.sub("", key): _plain(item) for key, item in value.items() if key != "@context"}
        case list():
            return [_plain(item) for item in value]
        case _:
            return value


def _all(value: object) -> Iterator[Node]:
    """Yield every object of a document, outer before inner, in its order."""
    stack = [value]
    while stack:
        here = stack.pop()
        if isinstance(here, dict):
            yield here
            stack += reversed(list(here.values()))
        elif isinstance(here, list):
            stack += reversed(here)


def _followed(value: object, by_id: Mapping[str, Node], depth: int = 2) -> object:
    """Return a value; of a mere reference, what it refers to in the same document; within other things too, to a depth."""
    if isinstance(value, list):
        return [_followed(item, by_id, depth) for item in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"@id"} and isinstance(value["@id"], str):
        return by_id.get(value["@id"], value)
    return {key: _followed(item, by_id, depth - 1) for key, item in value.items()} if depth else value


def plain_text(value: object, most: int = 200) -> str | None:
    """Return a text without tags, character references and line breaks, shortened to `most` characters."""
    text = text_of(value)
    if text is None:
        return None
    bare = " ".join(unescape(re.sub(r"<[^<>]*>", " ", text)).split())
    return bare[:most] or None


def no_things(where: str, what: str) -> InputError:
    """Return the error for a document without what was looked for."""
    remedy = "Name a JSON-LD file, or a web page that carries it in a script of type application/ld+json."
    return InputError(about(where, f"holds no {what} of schema.org", remedy))
