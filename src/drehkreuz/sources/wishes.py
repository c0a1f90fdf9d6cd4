# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a person's own words tell of what they can do, and what they tell of a wish."""

from __future__ import annotations

import re
from typing import Final

SENTENCE: Final = re.compile(r"(?<=[.!?;])\s+|\n+")
"""Where one sentence ends and the next begins."""

WISH: Final = re.compile(
    r"\b(?:möchten?|moechten?|will|wollen|wünschen?|wuenschen?|(?:würden?|wuerden?|hätten?|haetten?)\s+(?:\w+\s+){0,2}gerne?"
    r"|want|wish|would\s+(?:\w+\s+)?like|i'd\s+(?:\w+\s+)?like|i’d\s+(?:\w+\s+)?like)\b",
    re.IGNORECASE,
)
"""Words that say a wish, in the languages of the sentences shown."""

BREAK: Final = re.compile(r"[,:]\s*|\s+(?=(?:und|aber|sondern|and|but)\s)", re.IGNORECASE)
"""Where a part of a sentence can begin."""

JOINED: Final = re.compile(r"^(?:und|aber|sondern|and|but)\s+", re.IGNORECASE)


def told_and_wished(text: str) -> tuple[str, tuple[str, ...]]:
    """
    Return what the words tell of the person, and each wish in them, so that a wish is not taken for something held.

    The rule: in a sentence with a word of `WISH`, the wish goes from the last comma, colon, *und*, *aber*, *and* or *but* before
    that word to the sentence's end; without one before it, the whole sentence is a wish. More is not guessed.

    Args:
        text: One's own words, any length.
    """
    told, wished = [], []
    for sentence in SENTENCE.split(text.strip()):
        word = WISH.search(sentence)
        if word is None:
            told.append(sentence)
            continue
        breaks = [found.end() for found in BREAK.finditer(sentence, 0, word.start())]
        at = breaks[-1] if breaks else 0
        told.append(sentence[:at].rstrip(" ,:"))
        wished.append(JOINED.sub("", sentence[at:]).strip(" .!;"))
    return " ".join(part for part in told if part), tuple(wished)
