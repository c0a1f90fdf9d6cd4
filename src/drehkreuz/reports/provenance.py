# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a region's figures are: observed, modelled or assumed, from where, of which day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from drehkreuz.matching.market import Market
from drehkreuz.matching.pay import payroll
from drehkreuz.reach.parameters import PARAMETERS as REACH
from drehkreuz.region import Region
from drehkreuz.region.fitted import fitted_to, speaks_for_region


def provenance(region: Region) -> dict[str, Any]:
    """
    Return a region's name, day, and for each kind of provenance the sources of its tables, fit for JSON.

    `for_region` says whether a report may be titled "für die Region", `margins` what the people were fitted to.
    """
    manifest = region.manifest
    kinds: dict[str, set[str]] = {}
    for table in region.tables:
        known = manifest.provenance.get(table)
        if known is not None:
            kinds.setdefault(known.kind, set()).add(known.source)
    return {
        "region": manifest.name,
        "title": manifest.title,
        "day": manifest.day,
        "payroll_year": payroll(manifest.day).valid_from.year,
        "people": _kind(region, "people"),
        "posts": _kind(region, "vacancies"),
        "for_region": speaks_for_region(region),
        "margins": [f"{margin.source} ({margin.name}, {margin.date.isoformat()})" for margin in fitted_to(region)],
        "kinds": {kind: sorted(sources) for kind, sources in sorted(kinds.items())},
    }


def assumptions(market: Market) -> dict[str, Any]:
    """Return every assumed value behind an answer, by engine, fit for JSON."""
    return {
        "matching": _values(market.parameters),
        "learning": _values(market.learning),
        "reach": _values(REACH),
        "weights": _values(market.weights),
        "straight_line_ways": market.minutes.assumed_ways,
    }


def _values(parameters: Any) -> dict[str, Any]:  # noqa: ANN401  # any of the engines' frozen dataclasses
    return {field.name: _value(getattr(parameters, field.name)) for field in fields(parameters)}


def _value(value: Any) -> Any:  # noqa: ANN401  # whatever a parameter holds
    if is_dataclass(value):
        return _values(value)
    return dict(value) if isinstance(value, Mapping) else value


def _kind(region: Region, table: str) -> str | None:
    known = region.manifest.provenance.get(table)
    return None if known is None else known.kind
