# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Every offer of a region as iCalendar: sessions of courses from their first to their last day, training places on their first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl

from drehkreuz.matching.teaching.calendar import FIRM
from drehkreuz.region import Region
from drehkreuz.reports.learning.calendar import calendar_module, empty_calendar, event, stamped
from drehkreuz.reports.learning.telling import Telling
from drehkreuz.reports.paper.printing import write_file
from drehkreuz.reports.words import Language

PRODUCT: Final = "-//Drehkreuz//Angebote//DE"


def offers_calendar(region: Region, offers: pl.DataFrame, language: Language) -> bytes:
    """
    Return offers as iCalendar; the same offers give the same bytes.

    Args:
        region: The region, for its day and the names of its places.
        offers: Rows of `drehkreuz.matching.teaching.offers`.
        language: `de` or `en`.

    Raises:
        DrehkreuzError: If `icalendar` is not installed.

    Source:
        RFC 5545.
    """
    module, say = calendar_module(), Telling(language)
    calendar, stamp = empty_calendar(module, PRODUCT), stamped(region.manifest.day)
    places = dict(region.table("places").select("place_id", "name").iter_rows())
    for row in offers.iter_rows(named=True):
        last = row["start"] if row["provider_kind"] == FIRM else row["end"] or row["start"]
        text = "\n".join(_lines(say, row))
        one = event(module, stamp, row["id"], row["title"], row["start"], last, text)
        one.add("location", places.get(row["place_id"], say.words("paths.online")))
        calendar.add_component(one)
    return bytes(calendar.to_ical())


def _lines(say: Telling, row: Mapping[str, Any]) -> Iterator[str]:
    """Yield who offers it, in which form, and what is free at what price."""
    kind = say(f"kind_{row['provider_kind']}")
    yield f"{row['provider'] or say('dash')} ({kind})"
    if row["provider_kind"] != FIRM:
        hours = row["hours_per_week"]
        told = say.words.number(hours, 0 if hours == round(hours) else 1)
        yield say("offer_hours", format=say.words(f"paths.format_{row['format']}"), hours=told)
        yield say("offer_fee", fee=say.words.money(row["fee_eur"]))
    yield say.counted("sure_seats", row["seats"])


def write_offers_calendar(region: Region, offers: pl.DataFrame, path: Path, language: Language) -> None:
    """
    Write offers as iCalendar.

    Raises:
        InputError: If the file cannot be written.
        DrehkreuzError: If `icalendar` is not installed.
    """
    write_file(path, offers_calendar(region, offers, language), "--calendar")
