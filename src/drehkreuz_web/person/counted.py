# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Years and months that people write out, in figures: German, English, Dutch, French."""

from __future__ import annotations

import re
from typing import Final

_TO_TWENTY: Final = {
    "German": "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn "
    "neunzehn zwanzig",
    "English": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty",
    "Dutch": "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien "
    "negentien twintig",
    "French": "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf vingt",
}
_FIGURES: Final = {
    word: str(figure) for listed in _TO_TWENTY.values() for figure, word in enumerate(listed.split(), start=1)
} | {
    "einem": "1",
    "anderthalb": "1,5",
    "eineinhalb": "1,5",
    "anderhalf": "1,5",
    "zweieinhalb": "2,5",
    "fünfundzwanzig": "25",
    "vijfentwintig": "25",
    "dreißig": "30",
    "dreissig": "30",
    "thirty": "30",
    "dertig": "30",
    "trente": "30",
    "vierzig": "40",
    "forty": "40",
    "veertig": "40",
    "quarante": "40",
}
_WRITTEN_OUT: Final = re.compile(
    rf"(?<![\w-])({'|'.join(sorted(_FIGURES, key=len, reverse=True))})"
    r"(?=\s+(?:jahre?n?|monate?n?|years?|months?|jaar|jaren|maand(?:en)?|ans?|années?|mois)\b)",
    re.IGNORECASE,
)


def in_figures(text: str) -> str:
    """Return a text with numbers before years and months in figures: `neun Jahre` as `9 Jahre`; all else stays as it is."""
    return _WRITTEN_OUT.sub(lambda found: _FIGURES[found[1].lower()], text)
