# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What scenarios change, as sentences and tables of a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from drehkreuz.reports.words import Words

FIGURES: Final = (
    "more_filled", "newly_placed", "displaced", "moved", "possible_more_filled", "hours_week", "minutes_month_same_post",
    "co2_kg_month",
)  # fmt: skip
"""Figures in the order in which they are shown."""

SIGNED: Final = frozenset(FIGURES) - {"newly_placed", "displaced", "moved"}
"""Figures that are differences, shown with their sign; the others count people."""

OUTCOMES: Final = ("newly_placed", "more_filled", "hours_week")


def told(result: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """
    Return what a page shows of a result of `drehkreuz_web.measures.compute.compute`.

    Returns:
        `titles` of the scenarios; `sentences` on each; `rows`: heading and, for each scenario, figure and range; `costs`: the
        same of what one result costs; `notes`; `sample`.
    """
    answers = result["answers"][words.language]
    return {
        "titles": [answer["scenario"] for answer in answers],
        "sentences": [(answer["scenario"], _sentences(answer, words)) for answer in answers],
        "rows": [(words(f"scenario.{name}"), [_figure(answer, name, words) for answer in answers]) for name in FIGURES],
        "costs": [
            (words(f"scenario.each_{name}"), [_cost(answer, name, words) for answer in answers]) for name in OUTCOMES
        ],
        "notes": [words(f"scenario.{name}") for name in ("possible_note", "stable_note", "assumed_note", "whole_note")],
        "exact": words("scenario.exact" if all(answer["exact"] for answer in answers) else "scenario.bounds"),
        "worlds": words("scenario.worlds", n=words.number(answers[0]["uncertainty"]["worlds"])),
        "sample": result["sample"],
    }


def _sentences(answer: Mapping[str, Any], words: Words) -> list[str]:
    """Return what can be filled at all and what is filled, without and with the measures."""
    openings = words.number(answer["after"]["openings"])
    return [
        words(
            f"scenario.{state}",
            openings=openings,
            before=words.number(answer["before"][state]),
            after=words.number(answer["after"][state]),
        )
        for state in ("stable", "possible")
    ]


def _figure(answer: Mapping[str, Any], name: str, words: Words) -> dict[str, str]:
    """Return a figure in the middle of all worlds, and the range of four in five."""
    by_name = {row["figure"]: row for row in answer["uncertainty"]["figures"]}
    row = by_name.get(name, {})
    low, high = (_number(row.get(end), name, words) for end in ("p10", "p90"))
    return {"value": _number(row.get("p50"), name, words), "range": _range(low, high)}


def _number(value: float | None, name: str, words: Words) -> str:
    if value is None:
        return words("scenario.unknown")
    text = words.number(abs(value))
    sign = "" if name not in SIGNED or round(value) == 0 else "+" if value > 0 else "−"
    return f"{sign}{text}"


def _cost(answer: Mapping[str, Any], name: str, words: Words) -> dict[str, str]:
    """Return what one result costs a year, and its range."""
    band, sure = answer["cost_per"][name], answer["uncertainty"]["cost_per"][name]
    if band is None:
        return {"value": words("scenario.no_each"), "range": ""}
    if sure is None:
        return {"value": words("scenario.too_uncertain"), "range": ""}
    low, high = (words.money(sure[end]) for end in ("p10", "p90"))
    return {"value": words.money(band["mid"]), "range": _range(low, high)}


def _range(low: str, high: str) -> str:
    return _("%(low)s to %(high)s") % {"low": low, "high": high}
