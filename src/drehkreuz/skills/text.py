# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Job titles as people write them, brought to one spelling: gender forms, umlauts, numbers, legal forms."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

# Left out before words are looked at, in this order. Blanks never match a line end: many titles are cleaned at once.
_NOISE: Final = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        # (m/w/d), [w|m|x], m/f/d and (gn): who may apply, which is everybody.
        (r"[(\[]?\b(?:[mwfdxi]|gn|div)(?:[ \t]?[/|,*][ \t]?(?:[mwfdxi]|gn|div)\b){1,3}[)\]]?", re.IGNORECASE),
        (r"[(\[][ \t]*(?:gn|all genders|alle geschlechter)[ \t]*[)\]]", re.IGNORECASE),
        # Elektroniker/in, :in, *in, _in, (in), /-innen; Kauffrau/-mann; Beamte/r, Angestellte(r).
        (r"(?<=\w)[/:*_·(]-?in(?:nen)?\b\)?", re.IGNORECASE),
        (r"(?<=\w)[/:*]-?(?:frau|mann)\b", re.IGNORECASE),
        (r"(?<=e)[/:*_(]-?[rn]\b\)?", re.IGNORECASE),
        # LehrerIn, LehrerInnen, AngestellteR: case tells.
        (r"(?<=[a-zäöüß])(?:In(?:nen)?|(?<=e)R)\b", 0),
        # bei RWE Power AG: where, not what. No name of a firm is longer; without a bound, a line full of "bei" takes minutes.
        (r"\b(?:bei|at|chez|bij)\b[^,;\n]{0,100}?\b(?:GmbH|AG|KG|SE|OHG|UG|BV|NV|SA|Ltd|Inc|plc)\b", 0),
    )
)
_YEARS: Final = r"jahren?|jahre|j\b\.?|years?|yrs?\b\.?|ans|années?|jaar|jaren"
_MONTHS: Final = r"monaten?|monate|mon\b\.?|months?|mois|maand(?:en)?"
_SINCE: Final = r"seit|since|depuis|sinds"
_DURATION: Final = re.compile(
    rf"(?<![\w.,])(\d{{1,3}}(?:[.,]\d{{1,2}})?)[ \t]*(?:({_YEARS})|({_MONTHS}))(?!\w)(?![ \t]+(?:alt|old|oud)\b)",
    re.IGNORECASE,
)
_SINCE_DATE: Final = re.compile(
    rf"\b(?:{_SINCE})[ \t]+(?:(?:\d{{1,2}}\.)?(\d{{1,2}})[./])?((?:19|20)\d\d)\b", re.IGNORECASE
)
_SPAN: Final = re.compile(r"\b((?:19|20)\d\d)[ \t]*(?:[-–—]|bis|to|until|à|tot)[ \t]*((?:19|20)\d\d)\b", re.IGNORECASE)
_TIMES: Final = (_DURATION, _SINCE_DATE, _SPAN)

_LIGATURES: Final = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"})
_ACCENT: Final = re.compile(r"[\u0300-\u036f]+")
_TRANSCRIBED: Final = re.compile(r"(?<=[aou])e")
_DOUBLED: Final = re.compile(r"([b-df-hj-np-tv-z])\1+")
_WORD: Final = re.compile(r"[^\W_]+")
_INFLECTION: Final = re.compile(r"(?:er|en|es|em|[ernsm])$")

# Words that say how a title is built or awarded, not what is done; folded spelling.
_EMPTY_WORDS: Final = {
    "German": "am an anerkannt anerkannte anerkannter auf aus bei bereich das dem den der des die ein eine einer eines "
    "fachbereich fachrichtung fachschule fur geprufte geprufter gepruft im in mit nach oder ohne schwerpunkt "
    "schwerpunkten seit sonstige staatlich teilbereich und vom von zu zum zur",
    "English": "and at by for from of on or the to with",
    "French": "chez dans de des du en et la le les ou pour sur",
    "Dutch": "bij de een en het in of op van voor",
    "legal forms": "ag bv gbr gmbh inc kg kgaa ltd mbh nv ohg plc sa sarl se ug",
}
_EMPTY: Final = frozenset(word for listed in _EMPTY_WORDS.values() for word in listed.split())

LONGEST_CAREER: Final = 60.0
"""Years; a longer span is an age, a year or a typing error."""


def words(titles: Sequence[str]) -> list[list[str]]:
    """
    Return the telling words of each title in one spelling.

    Lower case without accents; ä, ae and a are one letter, as are ß and ss and doubled and single consonants;
    feminine forms take the spelling of the masculine ones (the common root: nothing is told from it); gender notes,
    numbers, years of experience, legal forms and small words are left out; a word and its other gender form count once.

    Args:
        titles: Texts as people write them.

    Returns:
        One list of words for each title, in the order written.
    """
    text = "\n".join(" ".join(title.split()) for title in titles)
    for pattern in (*_NOISE, *_TIMES):
        text = pattern.sub(" ", text)
    known: dict[str, str] = {}
    return [_telling(line, known) for line in fold(text).split("\n")] if titles else []


def fold(text: str) -> str:
    """Return the text in lower case without accents and without the e of transcribed umlauts."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return _TRANSCRIBED.sub("", _ACCENT.sub("", decomposed))


def parse_years(text: str, day: date | None = None) -> float | None:
    """
    Return the years of experience that a text tells of, or None.

    Args:
        text: For example `Baggerfahrer, 18 Jahre`, `6 Monate`, `1998 bis 2016`, `seit 2005`, `seit 03/2005`.
        day: Today; without it `seit …` tells nothing.

    Returns:
        Years of the first such phrase; `52 Jahre alt` is an age, not experience, and so is more than 60 years.
    """
    if found := _DURATION.search(text):
        amount = float(found[1].replace(",", "."))
        return _career(amount if found[2] else amount / 12)
    if found := _SPAN.search(text):
        return _career(float(int(found[2]) - int(found[1])))
    if day is not None and (found := _SINCE_DATE.search(text)):
        months = day.month - int(found[1]) if found[1] else 0
        return _career(day.year - int(found[2]) + months / 12)
    return None


def _career(years: float) -> float | None:
    return years if 0 <= years <= LONGEST_CAREER else None


def _telling(line: str, known: dict[str, str]) -> list[str]:
    kept: dict[str, str] = {}
    for word in _WORD.findall(line):
        if word in _EMPTY or word.isdigit():
            continue
        form = known.get(word) or known.setdefault(word, _DOUBLED.sub(r"\1", _masculine(word)))
        root = _INFLECTION.sub("", form) if len(form) > 4 else form
        kept.setdefault(root, form)
    return list(kept.values())


def _masculine(word: str) -> str:
    """Return the masculine form of a feminine noun, any other word as it is or, the same on both sides, shortened."""
    for ending, stem in (("innen", ""), ("in", ""), ("frau", "mann"), ("woman", "man")):
        if word.endswith(ending) and len(word) >= len(ending) + 3:
            return word.removesuffix(ending) + stem
    return word
