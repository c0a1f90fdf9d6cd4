# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Table `person_languages`: German, the first language and English, by the Common European Framework."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from drehkreuz.model.aachen.draw import Draws
from drehkreuz.model.aachen.held import ORIGINS, Held
from drehkreuz.model.aachen.people import People
from drehkreuz.model.aachen.rows import rows

CEFR: Final = ("A1", "A2", "B1", "B2", "C1", "C2")

GERMAN: Final = {
    "graduates_abroad": (("A1", 0.04), ("A2", 0.18), ("B1", 0.40), ("B2", 0.28), ("C1", 0.10)),
    "newcomers": (("A1", 0.10), ("A2", 0.32), ("B1", 0.38), ("B2", 0.20)),
    "cross_border": (("A2", 0.05), ("B1", 0.15), ("B2", 0.30), ("C1", 0.30), ("C2", 0.20)),
}
"""German of those who did not grow up with it, by group, and how often; assumed."""
WEAK_GROUPS: Final = ("unemployed", "returners")
WEAK_SHARE: Final = 0.28
WEAK_GERMAN: Final = (("A1", 0.08), ("A2", 0.30), ("B1", 0.40), ("B2", 0.22))
WEAK_FIRST: Final = (("tr", 0.40), ("ar", 0.25), ("ro", 0.20), ("sq", 0.15))
"""Some helpers of these groups speak less German than the work asks, having lived here for long; assumed."""
ACROSS_BORDER: Final = {"NL": (("nl", 1.0),), "BE": (("fr", 0.6), ("de", 0.4))}
"""First language across the border, and how often; assumed."""
CERTIFIED: Final = 0.45
ENGLISH_CERTIFIED: Final = 0.10
"""Share who can show it by an examination; assumed. A first language needs none."""
ENGLISH: Final = np.array([0.35, 0.25, 0.50, 0.80, 0.95])
"""Share who speak English, by level of the occupation, 0 without one; assumed."""
ENGLISH_BEST: Final = CEFR.index("C1")


def languages(people: People, held: Held, draws: Draws) -> pl.DataFrame:
    """Return table `person_languages`."""
    stream, n = draws.stream("languages"), len(people.sample)
    weak = np.isin(people.group, WEAK_GROUPS) & (held.level <= 1) & stream.happens(WEAK_SHARE, n)
    first = np.where(weak, stream.pick(WEAK_FIRST, n), "de")
    for country, spoken in ACROSS_BORDER.items():
        here = (people.group == "cross_border") & (people.country == country)
        first = np.where(here, stream.pick(spoken, n), first)
    first = np.where(held.foreign, np.array([language for _, language, _ in ORIGINS])[held.origin], first)
    german = np.where(weak, stream.pick(WEAK_GERMAN, n), "C2")
    for group, table in GERMAN.items():
        german = np.where((people.group == group) & (first != "de"), stream.pick(table, n), german)
    native = german == "C2"
    reached = np.clip(held.level + stream.integers(-1, 0, n), 0, ENGLISH_BEST)
    speaks_english = stream.happens(ENGLISH[held.level], n)
    return pl.concat(
        [
            rows(
                people,
                np.ones(n, dtype=np.bool_),
                language="de",
                cefr=german,
                certified=native | stream.happens(CERTIFIED, n),
            ),
            rows(people, first != "de", language=first, cefr="C2", certified=True),
            rows(
                people,
                speaks_english,
                language="en",
                cefr=np.array(CEFR)[reached],
                certified=stream.happens(ENGLISH_CERTIFIED, n),
            ),
        ]
    )
