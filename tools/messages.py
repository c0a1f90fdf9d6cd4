# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: INP001 -- a script, no part of a package
"""
Collects the site's sentences into each feature's catalogues and compiles them: `python tools/messages.py [FEATURE…]`.

English sentences are the ids. Every feature speaks German; one that has a folder `locale/de_Simple` also speaks simple
German (language `de-simple`), wholly: a sentence without it is a fault. What is translated stays; new sentences are added without a translation, those no longer
used go. `--check` writes nothing. Exits 1 where something is missing. The system's gettext is not needed.
"""

from __future__ import annotations

import ast
import io
import os
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import polib

ROOT: Final = Path(__file__).parents[1]
SITE: Final = ROOT / "src" / "drehkreuz_web"
GERMAN: Final = "de"
NAMES: Final = {GERMAN: "German", "de_Simple": "simple German"}
"""Locales as Django names their folders, and what they are called."""

METADATA: Final = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
HEADER: Final = "SPDX-FileCopyrightText: 2026 The Drehkreuz authors\nSPDX-License-Identifier: Apache-2.0"

# Function → what its leading texts are.
SPEAKING: Final = {
    "_": ("id",),
    "gettext": ("id",),
    "gettext_lazy": ("id",),
    "gettext_noop": ("id",),
    "ngettext": ("id", "plural"),
    "ngettext_lazy": ("id", "plural"),
    "pgettext": ("context", "id"),
    "pgettext_lazy": ("context", "id"),
    "npgettext": ("context", "id", "plural"),
    "npgettext_lazy": ("context", "id", "plural"),
}


class Sentence(NamedTuple):
    """An English sentence as it stands in a source."""

    context: str
    id: str
    plural: str


def main(arguments: list[str]) -> int:
    """Bring all catalogues up to date, or say what they lack; return the exit code."""
    check = "--check" in arguments
    chosen = [SITE / name for name in arguments if name != "--check"]
    if unknown := [feature.name for feature in chosen if feature not in features()]:
        sys.stderr.write(f"no feature: {', '.join(unknown)}\n")
        return 2
    wrong = [problem for feature in chosen or features() for problem in bring_up_to_date(feature, write=not check)]
    for problem in wrong:
        sys.stderr.write(f"{problem}\n")
    return 1 if wrong else 0


def features() -> list[Path]:
    """Return the folders of the features: those with templates."""
    return sorted(folder.parent for folder in SITE.glob("*/templates"))


def locales(feature: Path) -> list[str]:
    """Return what a feature speaks beside English."""
    return [locale for locale in NAMES if locale == GERMAN or (feature / "locale" / locale).is_dir()]


def bring_up_to_date(feature: Path, *, write: bool) -> list[str]:
    """
    Collect the sentences of a feature into its catalogues and compile them.

    Args:
        feature: Its folder.
        write: Whether to write; else differences are problems too.

    Returns:
        A line for each sentence that a catalogue lacks, and for each file that is not up to date.
    """
    found = collect(feature)
    return [line for locale in locales(feature) for line in _catalogue(feature, locale, found, write=write)]


def _catalogue(feature: Path, locale: str, found: dict[Sentence, list[str]], *, write: bool) -> list[str]:
    path = feature / "locale" / locale / "LC_MESSAGES" / "django.po"
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    new = polib.POFile(wrapwidth=120)
    new.header, new.metadata = HEADER, {"Language": locale, **METADATA}
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in old}
    for sentence, places in sorted(found.items()):
        new.append(_entry(sentence, places, known.get((sentence.context, sentence.id))))
    compiled = path.with_suffix(".mo")
    name = path.relative_to(ROOT)
    if write:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(new), encoding="utf-8")
        compiled.write_bytes(new.to_binary())
        stale = []
    else:
        there = {path: str(new).encode(), compiled: new.to_binary()}
        stale = [file for file, content in there.items() if not file.exists() or file.read_bytes() != content]
    return [f"{name}: no {NAMES[locale]} for {entry.msgid!r}" for entry in new if not entry.translated()] + [
        f"{file.relative_to(ROOT)}: is not up to date; run python tools/messages.py" for file in stale
    ]


def _entry(sentence: Sentence, places: list[str], known: polib.POEntry | None) -> polib.POEntry:
    """Return a sentence with the German it had."""
    entry = polib.POEntry(
        msgctxt=sentence.context or None,
        msgid=sentence.id,
        comment="",
        occurrences=[(place, "") for place in sorted(set(places))],
    )
    if "%(" in sentence.id + sentence.plural:
        entry.flags = ["python-format"]
    if sentence.plural:
        entry.msgid_plural = sentence.plural
        entry.msgstr_plural = known.msgstr_plural if known and known.msgstr_plural else {0: "", 1: ""}
    elif known:
        entry.msgstr = known.msgstr
    if known:
        entry.tcomment = known.tcomment
    return entry


def collect(feature: Path) -> dict[Sentence, list[str]]:
    """Return the sentences of a feature and the files they stand in; the house also speaks for what lies beside it."""
    from django.utils.translation import template  # noqa: PLC0415  # only where Django is set up

    found: dict[Sentence, list[str]] = {}
    for path in sorted([*feature.rglob("*.py"), *feature.rglob("*.html"), *feature.rglob("*.txt"), *_beside(feature)]):
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            text = template.templatize(text, origin=str(path))
        for sentence in sentences(text):
            found.setdefault(sentence, []).append(path.relative_to(SITE).as_posix())
    return found


def _beside(feature: Path) -> list[Path]:
    return sorted(SITE.glob("*.py")) if feature.name == "house" else []


def sentences(source: str) -> Iterator[Sentence]:
    """Yield the sentences that a Python source passes to gettext; a template is first turned into one."""
    flat = "\n".join(line.strip() for line in source.splitlines()) + "\n"
    tokens = [
        token
        for token in _tokens(flat)
        if token.type not in {tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT}
    ]
    for at, token in enumerate(tokens[:-1]):
        if token.type == tokenize.NAME and token.string in SPEAKING and tokens[at + 1].string == "(":
            parts = SPEAKING[token.string]
            texts = dict(zip(parts, _texts(tokens, at + 2), strict=False))
            if "id" in texts:
                yield Sentence(texts.get("context", ""), texts["id"], texts.get("plural", ""))


def _tokens(source: str) -> Iterator[tokenize.TokenInfo]:
    """Yield tokens as far as there are any; what templates hold beside their sentences need not be Python."""
    try:
        yield from tokenize.generate_tokens(io.StringIO(source).readline)
    except tokenize.TokenError:
        return


def _texts(tokens: list[tokenize.TokenInfo], at: int) -> Iterator[str]:
    """Yield the texts that a call's arguments begin with; texts beside each other are one."""
    text: list[str] = []
    for token in tokens[at:]:
        if token.type == tokenize.STRING:
            text.append(str(ast.literal_eval(token.string)))
        elif token.string == "," and text:
            yield "".join(text)
            text = []
        else:
            break
    if text:
        yield "".join(text)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drehkreuz_web.settings")
    sys.exit(main(sys.argv[1:]))
