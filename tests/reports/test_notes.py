# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What stands in the way of an answer is said once, with how often and where."""

from __future__ import annotations

from datetime import date

from drehkreuz.errors import Finding
from drehkreuz.matching.market import prepare
from drehkreuz.region import Region
from drehkreuz.reports.notes import grouped, sentence


def test_alike_findings_are_one_sentence_with_examples() -> None:
    """Five zones off the streets are counted, three of them named."""
    far = [Finding("zones", f"Z{i}", "", "", "lies far from every street", "Add streets.") for i in range(5)]
    other = Finding("stop_times", "", "", "", "has no rows", "Add a timetable.")
    first, second = grouped([*far, other])
    assert sentence(first) == "zones (5 rows, such as Z0, Z1, Z2): lies far from every street. Add streets."
    assert sentence(second) == "stop_times: has no rows. Add a timetable."


def test_a_timetable_of_other_days_is_said(village: Region) -> None:
    """Where no trip runs in the weeks looked at, other days stand for them, and the answer says so."""
    assert grouped(prepare(village).minutes.findings) == []
    later = prepare(village.with_manifest(day=date(2035, 3, 1)))
    (note,) = (group for group in grouped(later.minutes.findings) if group["where"] == "service_days")
    assert "no trip runs in the 28 days from 2035-03-01; other days of 20" in note["problem"]
