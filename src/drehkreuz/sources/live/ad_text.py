# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The text of an advertisement as people see it: without tags, but with its lines."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

LONGEST: Final = 20_000
"""Characters of a text that are read (assumed: an advertisement has some 3,000)."""

_LINE: Final = re.compile(r"</?(?:p|br|div|li|ul|ol|h[1-6]|tr|table|section|dt|dd|dl)\b[^<>]*>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[a-z!][^<>]*>", re.IGNORECASE)


def ad_text(text: str) -> str:
    """
    Return a text without tags, its lines trimmed and none of them empty; what stands beyond `LONGEST` is left out.

    Tags that begin a line on a page begin one here. Positions of what is read in an advertisement count from this text's
    beginning.
    """
    given = text[: 4 * LONGEST]
    if "<" not in given:  # some feeds write their tags as characters
        given = unescape(given)
    bare = unescape(_TAG.sub(" ", _LINE.sub("\n", given)))
    lines = (" ".join(line.split()) for line in bare.split("\n"))
    return "\n".join(line for line in lines if line)[:LONGEST]
