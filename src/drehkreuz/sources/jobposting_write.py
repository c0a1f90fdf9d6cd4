# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region's vacancies as schema.org's JobPosting in JSON-LD."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from drehkreuz.region import Region
from drehkreuz.sources.json_file import dump, without_nothing
from drehkreuz.sources.jsonld import document
from drehkreuz.sources.schema_org import OWN_CODES, place_thing, term

CARRIED: Final = (
    "vacancy_id", "title", "employer", "occupation_id", "place_id", "kind", "openings", "start", "hours_min", "hours_max",
    "shift_system_id", "remote_share", "presence_days", "pay_min", "pay_max", "pay_period", "first_seen",
)  # fmt: skip
"""Columns of `vacancies` that a posting carries; remote work only where it is all of the work, as TELECOMMUTE means."""

FULL_TIME_FROM: Final = 35.0
"""Weekly hours that count as full time for `employmentType` (assumed: the shortest full week of a large agreement)."""


def write_postings(region: Region) -> bytes:
    """
    Return all vacancies of a region as one JSON-LD document; `read_postings` gives the columns of `CARRIED` back.

    Args:
        region: With `vacancies`, `places`, `vacancy_skills`, and `labels` for the names of occupations and skills.
    """
    places = {row["place_id"]: row for row in region.table("places").iter_rows(named=True)}
    occupations = {row["occupation_id"]: row for row in region.table("occupations").iter_rows(named=True)}
    skills = {row["skill_id"]: row["esco_uri"] for row in region.table("skills").iter_rows(named=True)}
    names = preferred_names(region)
    asked = region.table("vacancy_skills").filter(pl.col("demand") != "not_asked").group_by("vacancy_id")
    asked_by = {str(key[0]): sorted(rows["skill_id"]) for key, rows in asked}
    return dump(
        document(
            [
                _posting(row, places.get(row["place_id"]), occupations.get(row["occupation_id"], {}), names)
                | without_nothing(
                    {
                        "skills": [
                            concept(skill, skills.get(skill), names.get(skill))
                            for skill in asked_by.get(row["vacancy_id"], ())
                        ]
                    }
                )
                for row in region.table("vacancies").sort("vacancy_id").iter_rows(named=True)
            ]
        )
    )


def preferred_names(region: Region) -> dict[str, str]:
    """Return the name of each concept in the region's language, else in another."""
    own = pl.col("language") == region.manifest.language
    labels = region.table("labels").filter(kind="preferred").sort(~own, "language", "text")
    return dict(labels.unique("concept_id", keep="first", maintain_order=True).select("concept_id", "text").iter_rows())


def concept(own: str, uri: str | None, name: str | None) -> dict[str, Any]:
    """Return a skill as a `DefinedTerm`: ESCO's by its address, else the region's own by its code."""
    return term(uri, name) if uri else term(None, name or own, termCode=own, inDefinedTermSet=OWN_CODES)


def _posting(
    row: Mapping[str, Any], place: Mapping[str, Any] | None, occupation: Mapping[str, Any], names: Mapping[str, str]
) -> dict[str, Any]:
    return without_nothing(
        {
            "@type": "JobPosting",
            "identifier": {"@type": "PropertyValue", "name": row["source"], "value": row["vacancy_id"]},
            "title": row["title"],
            "description": row["title"],
            "datePosted": _day(row["first_seen"]),
            "hiringOrganization": row["employer"] and {"@type": "Organization", "name": row["employer"]},
            "jobLocation": place and place_thing(place),
            "jobLocationType": "TELECOMMUTE" if row["remote_share"] == 1 else None,
            "relevantOccupation": _occupation(row["occupation_id"], occupation, names),
            "employmentType": _employment(row),
            "totalJobOpenings": row["openings"],
            "jobStartDate": _day(row["start"]),
            "workHours": f"{_span(row['hours_min'], row['hours_max'])} h/Woche; Schichtsystem: {row['shift_system_id']}",
            "baseSalary": {
                "@type": "MonetaryAmount",
                "currency": "EUR",
                "value": {
                    "@type": "QuantitativeValue",
                    "minValue": row["pay_min"],
                    "maxValue": row["pay_max"],
                    "unitText": row["pay_period"].upper(),
                },
            },
        }
    )


def _occupation(own: str, occupation: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    uri = occupation.get("esco_uri")
    codes = [("ISCO-08", occupation.get("isco08")), ("KldB 2010", occupation.get("kldb2010")), (OWN_CODES, own)]
    return without_nothing(
        {
            "@type": "Occupation",
            "name": names.get(own),
            "url": uri,
            "occupationalCategory": [
                {"@type": "CategoryCode", "inCodeSet": kept_in, "codeValue": code} for kept_in, code in codes if code
            ],
        }
    )


def _employment(row: Mapping[str, Any]) -> list[str]:
    words = ["FULL_TIME"] if row["hours_max"] >= FULL_TIME_FROM else []
    words += ["PART_TIME"] if row["hours_min"] < FULL_TIME_FROM else []
    words += ["INTERN"] if row["kind"] == "internship" else []
    return words + ([row["kind"].upper()] if row["kind"] not in {"job", "internship"} else [])


def _span(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g}-{high:g}"


def _day(day: Any) -> str | None:  # noqa: ANN401  # a date or nothing
    return None if day is None else day.isoformat()
