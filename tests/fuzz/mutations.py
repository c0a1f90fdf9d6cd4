# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What may happen to a file on its way: bytes, lines, cells, values of JSON, members of archives, encodings."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any, Final

Bundle = Mapping[str, bytes]
"""Files of one source by name."""

MOST_BYTES: Final = 2**15
"""A mutation that makes a file longer is not taken."""

_TEXTS: Final = (
    "", " ", "0", "-1", "1", "-0", "00", "0x10", "1e9", "1e308", "1e999", "-1e999", "NaN", "nan", "inf", "-Infinity",
    "9" * 19, "9" * 25, "1" * 5_000, "0." + "3" * 400, "1,5", "1.234,5", "1_000", "١٢٣", "²", "½", "½0",
    "2026-02-29", "0000-00-00", "9999-12-31", "10000-01-01", "2026-13-45", "31.02.2026", "2026-11-02T25:61:00Z",
    "24:00", "24:61:00", "-1:00:00", "999:00:00", "9" * 12 + ":00:00", "7:5", "1979-05-27T07:32:00Z", "07:32:00",
    "true", "false", "null", "None", "[]", "{}", '""', '"', "'", '"' * 3, "[[", "]]", "[" * 300, "{" * 300, '{"a":' * 200,
    "ä", "ß", "İ", "ﬁ", "\u2028", "\u0085", "\u200b", "\ufeff", "\U0001f600", "e\u0301" * 50, "\\ud800", "\\u0000", "%00",
    ",", ";", "\t", "\r", "\n", "\r\n", "\0", "\x1a", "\x0b", "\x0c", "|", "\\", "/", "../..", ".",
    "a" * 3_000, "( " * 500, "bei " * 500, "1 " * 500, "<" * 500, "<!--", "]]>", "&amp;", "&#0;", "&#x110000;", "=1+1",
    "@id", "@value", "@type", "@graph", "@list", "id", "name", "type", "data", "__proto__", "*", "-", "x",
)  # fmt: skip
_BROKEN: Final = (
    b"\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\x80\x81",
    b"\xf4\x90\x80\x80",
    b"PK\x03\x04",
)
TOKENS: Final = (*(text.encode() for text in _TEXTS), *_BROKEN)
"""What readers have stumbled over somewhere."""

_CELL: Final = re.compile(rb"[^\s,;:=\[\]{}\"'<>()|]+|\"[^\"]*\"")
_STRANGE: Final[Sequence[Any]] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        1,
        10**25,
        1e308,
        -1.5,
        0.1,
        "",
        " ",
        "x",
        "ä",
        "NaN",
        "2026-02-30",
        "1e999",
        "9" * 400,
    ),
    *(
        [],
        {},
        [None],
        [[]],
        [{}],
        {"": ""},
        {"@id": "x"},
        {"@value": []},
        {"@list": {}},
        ["a", 1, None, {}],
        {"x": {"x": {"x": 1}}},
    ),
)


def mutate(bundle: Bundle, others: Sequence[Bundle], random: Random) -> Bundle:
    """Return the files with one to four things done to one or two of them; a file may also get lost, or come twice."""
    files = dict(bundle)
    if len(files) > 1 and random.random() < 0.05:
        del files[random.choice(sorted(files))]
    for name in random.sample(sorted(files), min(len(files), random.choice((1, 1, 1, 2)))):
        other = random.choice(others)
        spare = other.get(name) or random.choice(list(other.values()))
        changed = files[name]
        for _ in range(random.choice((1, 1, 2, 4))):
            changed = random.choice(_kinds(changed))(changed, spare, random)
        if len(changed) <= MOST_BYTES:
            files[name] = changed
    return files


Kind = Callable[[bytes, bytes, Random], bytes]


def _kinds(data: bytes) -> Sequence[Kind]:
    if data.startswith(b"PK"):
        return _IN_ARCHIVES
    return _IN_JSON if data.lstrip()[:1] in {b"{", b"["} and not data.startswith(b"[[") else _IN_TEXT


def _place(data: bytes, random: Random) -> tuple[int, int]:
    start = random.randrange(len(data) + 1)
    return start, min(len(data), start + random.choice((0, 1, 2, 8, 64, 512)))


def _bit(data: bytes, _: bytes, random: Random) -> bytes:
    if not data:
        return b"\0"
    place = random.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << random.randrange(8)]) + data[place + 1 :]


def _cut(data: bytes, _: bytes, random: Random) -> bytes:
    start, end = _place(data, random)
    return data[:start] + data[end:]


def _end(data: bytes, _: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _again(data: bytes, _: bytes, random: Random) -> bytes:
    start, end = _place(data, random)
    return data[:end] + data[start:end] * random.choice((1, 2, 100)) + data[end:]


def _splice(data: bytes, other: bytes, random: Random) -> bytes:
    start, end = _place(data, random)
    begin, stop = _place(other, random)
    return data[:start] + other[begin:stop] + data[end:]


def _insert(data: bytes, _: bytes, random: Random) -> bytes:
    start, end = _place(data, random)
    return data[:start] + random.choice(TOKENS) + data[random.choice((start, end)) :]


def _cell(data: bytes, other: bytes, random: Random) -> bytes:
    """Put something strange, or a cell of another file, in the place of a cell."""
    cells = [found.span() for found in _CELL.finditer(data)]
    if not cells:
        return _insert(data, other, random)
    start, end = random.choice(cells)
    theirs = _CELL.findall(other)
    value = random.choice(theirs) if theirs and random.random() < 0.3 else random.choice(TOKENS)
    if data[start : start + 1] == b'"' and random.random() < 0.7:
        value = b'"' + value.replace(b'"', b"") + b'"'
    return data[:start] + value + data[end:]


def _line(data: bytes, other: bytes, random: Random) -> bytes:
    """Drop, double, move or take over a line."""
    lines = data.splitlines(keepends=True) or [b""]
    at = random.randrange(len(lines))
    match random.randrange(5):
        case 0:
            del lines[at]
        case 1:
            lines[at:at] = [lines[at]] * random.choice((1, 1, 200))
        case 2:
            random.shuffle(lines)
        case 3:
            lines.insert(at, random.choice(other.splitlines(keepends=True) or [b"\n"]))
        case _:
            lines = lines[: at + 1]
    return b"".join(lines)


def _encoding(data: bytes, _: bytes, random: Random) -> bytes:
    """Write the text as another program would."""
    return random.choice(_ENCODINGS)(data)


def _coded(name: str) -> Callable[[bytes], bytes]:
    return lambda data: data.decode(errors="replace").encode(name, errors="replace")


_ENCODINGS: Final[Sequence[Callable[[bytes], bytes]]] = (
    lambda data: data.replace(b"\n", b"\r\n"),
    lambda data: data.replace(b"\n", b"\r"),
    lambda data: b"\xef\xbb\xbf" + data,
    lambda data: data.replace(b",", b";") if b"," in data else data.replace(b";", b"\t"),
    lambda _: b"",
    _coded("utf-16"),
    _coded("utf-32"),
    _coded("cp1252"),
)


def _value(data: bytes, other: bytes, random: Random) -> bytes:
    """Put something strange in the place of a value of JSON, move a value elsewhere, or drop or rename a key."""
    try:
        document = json.loads(data)
        spare = json.loads(other) if random.random() < 0.3 else document
    except (ValueError, RecursionError):
        return _cell(data, other, random)
    places = [(holder, key) for holder in _holders(document) for key in _keys(holder)]
    theirs = [holder[key] for holder in _holders(spare) for key in _keys(holder)]
    if not places:
        return json.dumps(random.choice(_STRANGE)).encode()
    holder, key = random.choice(places)
    match random.randrange(6):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[random.choice(("id", "name", "@id", "data", "x"))] = holder.pop(key)
        case 2:
            holder[key] = [holder[key]] * random.choice((1, 2, 100))
        case 3 if theirs:
            holder[key] = json.loads(json.dumps(random.choice(theirs)))
        case 4:
            holder[key] = str(holder[key])[:500]
        case _:
            holder[key] = json.loads(json.dumps(random.choice(_STRANGE)))
    return json.dumps(document, ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass")


def _holders(document: object) -> list[Any]:
    found: list[Any] = []
    stack = [document]
    while stack:
        here = stack.pop()
        if isinstance(here, dict | list):
            found.append(here)
            stack += here.values() if isinstance(here, dict) else here
    return found


def _keys(holder: Any) -> list[Any]:
    return list(holder) if isinstance(holder, dict) else list(range(len(holder)))


def _member(data: bytes, other: bytes, random: Random) -> bytes:
    """Do something to a member of a zip, or drop or rename it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except Exception:  # noqa: BLE001  # whatever a broken archive raises
        return _bit(data, other, random)
    if not members:
        return _bit(data, other, random)
    name = random.choice(sorted(members))
    match random.randrange(12):
        case 0:
            del members[name]
        case 1:
            members[random.choice(("../x", "a/b", "x.csv", "xl/sharedStrings.xml"))] = members.pop(name)
        case 2:
            members[name] = b"\0" * 2**25
        case _:
            members[name] = random.choice(_IN_TEXT)(members[name], members[name], random)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return out.getvalue()


_BYTES: Final[Sequence[Kind]] = (_bit, _cut, _end, _again, _splice, _insert)
_IN_TEXT: Final[Sequence[Kind]] = (*_BYTES, *[_cell] * 6, *[_line] * 3, _encoding)
_IN_JSON: Final[Sequence[Kind]] = (*_IN_TEXT, *[_value] * 12)
_IN_ARCHIVES: Final[Sequence[Kind]] = (_bit, _cut, _end, *[_member] * 9)
