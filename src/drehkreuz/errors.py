# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What can be wrong with input, said so that a person can mend it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal


class DrehkreuzError(Exception):
    """Anything the user can do something about. The command line prints its sentence and ends with exit code 2."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """
    One thing that is wrong with one value, and what to do about it.

    Attributes:
        where: File or table.
        row: Row as the file counts it (the header is row 1), or the key of a table's row; empty where the whole file is meant.
        column: Column or field; empty where the whole row is meant.
        value: The value found, shortened to 60 characters.
        problem: What is wrong, without a full stop.
        remedy: What to do now, a sentence.
        severity: An error makes answers wrong or impossible; a warning is odd and may be meant.
    """

    where: str
    row: str
    column: str
    value: str
    problem: str
    remedy: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        """Return the finding as one sentence: `file:row: column 'value': problem. Remedy`."""
        place = ":".join(part for part in (self.where, shorten(self.row)) if part)
        what = f"{_line(self.column)} {shorten(self.value)!r}: " if self.column else ""
        return f"{_line(place)}: {what}{_line(self.problem)}. {_line(self.remedy)}"


class InputError(DrehkreuzError):
    """Input that cannot be read as it stands; carries every finding, its sentence shows the first."""

    def __init__(self, *findings: Finding) -> None:
        if not findings:
            message = "an InputError needs at least one finding"
            raise ValueError(message)
        self.findings = findings
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        super().__init__(f"{findings[0]}{more}")


def shorten(value: object, limit: int = 60) -> str:
    """Return the value as one printable line of at most `limit` characters."""
    text = str(value)
    shown = "".join(c if c.isprintable() else "?" for c in text[:limit])
    return shown if len(text) <= limit else shown[:-1] + "…"


LONGEST_LINE: Final = 1_200
"""Characters of a sentence that quotes what a file says; more is no help to anybody."""

_BREAKS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What would end a line or change a terminal."""


def _line(text: str) -> str:
    """Return a text as one line of bounded length; what it quotes of a file may hold anything."""
    shown = _BREAKS.sub("?", text[:LONGEST_LINE])
    return shown if len(text) <= LONGEST_LINE else shown[:-1] + "…"


LONGEST_SLIP: Final = 1_000
"""Characters of a value that may be a misspelt one; comparing longer ones takes minutes and finds nothing."""


def did_you_mean(value: str, allowed: list[str]) -> str:
    """Return ` Did you mean 'x'?` for the nearest allowed value, else an empty string."""
    import difflib  # noqa: PLC0415  # only wanted once something is wrong

    near = difflib.get_close_matches(value, allowed, n=1) if len(value) <= LONGEST_SLIP else []
    return f" Did you mean {near[0]!r}?" if near else ""
