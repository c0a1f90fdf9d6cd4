# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""When vehicles are lent."""

from __future__ import annotations

from datetime import datetime

import pytest

from drehkreuz.errors import InputError
from drehkreuz.planning.sharing.hours import Hours


@pytest.mark.parametrize(
    ("text", "moment", "expected"),
    [
        ("24/7", "2026-11-01T03:00", True),
        ("Mo-Fr 05:00-23:00", "2026-11-02T05:00", True),
        ("Mo-Fr 05:00-23:00", "2026-11-02T04:59", False),
        ("Mo-Fr 05:00-23:00", "2026-11-02T23:00", False),
        ("Mo-Fr 05:00-23:00", "2026-11-01T12:00", False),
        ("Mo-Fr 05:00-23:00; Sa,Su 07:00-01:00", "2026-11-02T00:59", True),  # after Sunday
        ("Mo-Fr 05:00-23:00; Sa,Su 07:00-01:00", "2026-11-02T01:00", False),
        ("06:00-22:00; We off", "2026-11-04T12:00", False),
        ("06:00-22:00; We off", "2026-11-05T12:00", True),
        ("06:00-12:00,14:00-18:00", "2026-11-05T13:00", False),
        ("Fr-Mo 10:00-24:00", "2026-11-01T23:59", True),
        ("Fr-Mo 10:00-24:00", "2026-11-03T12:00", False),
    ],
)
def test_open_at(text: str, moment: str, expected: bool) -> None:  # a truth of the table
    """A moment is within the hours as a person would read them; the second of closing is closed."""
    assert Hours.read(text).open_at(datetime.fromisoformat(moment)) is expected


@pytest.mark.parametrize(
    "text", ["PH off", "morgens", "Mo-Fr 25:00-26:00", "Mo 08:60-09:00", "24:00-25:00", "Mo-Xx 08:00-09:00"]
)
def test_what_is_not_understood(text: str) -> None:
    """Hours that say something else are refused instead of guessed."""
    with pytest.raises(InputError, match="is not understood"):
        Hours.read(text)
