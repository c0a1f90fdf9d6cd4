# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a firm's file or table, in words of the page; the exact sentence of the library stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from drehkreuz.errors import Finding

SHOWN: Final = 8
"""Faults of a file that a page lists."""

PERSONAL: Final = _(
    "A column looks as if it pointed to people. Nothing of the file was read on or kept. Please delete the column and try again."
)

SAID: Final[tuple[tuple[str, str | Promise], ...]] = (
    ("is no table for", _("This is no table for a business park. Nothing of the file was read on or kept. Each firm makes its table from its own report: “Table for the business park”.")),
    ("is no group of", _("This row is no group of such a table. Please make the table anew.")),
    ("is a group of fewer", _("This row is a group of fewer than five people. Nothing of the file was read on or kept. Please make the table anew: it puts small groups together.")),
    ("has no group", _("The table has no group. Please make it anew.")),
    ("looks like", PERSONAL),
    ("is none that is read", _("A column is none that is read. Nothing of the file was read on or kept. Please delete it.")),
    ("both mean", _("Two columns mean the same. Please keep one of them.")),
    ("has no column where", _("There is no column that says where people live: cell or postcode.")),
    ("has no column shift", _("There is no column that says which shift people work.")),
    ("where ", _("A cell or postcode is not known in this region.")),
    ("shift ", _("A shift is not known: name it in the box of shifts, or write its times into the file.")),
    ("mode ", _("A way of coming is not known.")),
    ("count ", _("A number of people is not understood.")),
    ("days ", _("A number of days is not understood.")),
    ("fewer than", _("The file tells of fewer than five people. No figure may be shown of so few.")),
    ("is empty", _("The file is empty.")),
    ("has no row of people", _("The file has no row of people.")),
)  # fmt: skip
"""What a page says, by words of the library's sentence; the first that stand in it hold."""

UNREADABLE: Final = _("The file cannot be read. Please save it as CSV and try again.")


@dataclass(frozen=True, slots=True)
class Trouble:
    """
    A fault of a file.

    Attributes:
        text: What a page says.
        row: Row of the file, empty: all of it.
        detail: The exact sentence, in English; it repeats no cell.
        firm: Whose table it is, where there are several.
    """

    text: str | Promise
    row: str
    detail: str
    firm: str = ""

    @classmethod
    def of(cls, finding: Finding, firm: str = "") -> Trouble:
        """Return a finding as a page says it."""
        said = next((said for words, said in SAID if words in finding.problem), UNREADABLE)
        return cls(said, finding.row, f"{finding.problem}. {finding.remedy}", firm)
