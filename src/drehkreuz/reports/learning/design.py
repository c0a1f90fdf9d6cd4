# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What is worth teaching next, new or once more, as rows that a provider can plan from: as plain values and as a paper."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import polars as pl

from drehkreuz.matching.market import Market
from drehkreuz.matching.teaching.design import FUNDED_ABOVE, Design, Module, unit_fee
from drehkreuz.matching.teaching.modules import PARAMETERS, DesignParameters, days
from drehkreuz.region import row_of
from drehkreuz.reports.learning.telling import Telling
from drehkreuz.reports.pair import Values
from drehkreuz.reports.paper.document import Block, Document, Facts, Paragraph, Section
from drehkreuz.reports.provenance import provenance
from drehkreuz.reports.sentences import kind
from drehkreuz.reports.words import Language

NAMED: Final = 2
"""Skills that name a module."""


def design_answer(
    market: Market,
    found: Design,
    asked: int,
    language: str = "de",
    *,
    verified: int | None = None,
    parameters: DesignParameters = PARAMETERS,
) -> Values:
    """
    Return plain values, fit for JSON.

    Args:
        market: The prepared region.
        found: Modules chosen.
        asked: How many were asked for.
        language: Language of names.
        verified: People more that find a place with the modules created, where that was worked out.
        parameters: Assumed values.
    """
    return {
        "provenance": provenance(market.region),
        "day": market.region.manifest.day,
        "asked": asked,
        "placed_today": found.placed_today,
        "more_placed": sum(module.more_placed for module in found.modules),
        "at_most": found.at_most,
        "verified": verified,
        "candidates": found.candidates,
        "cleared": found.cleared,
        "modules": [_module(market, module, language, parameters) for module in found.modules],
        "assumed": {name: getattr(parameters, name) for name in parameters.__dataclass_fields__},
    }


def _module(market: Market, module: Module, language: str, parameters: DesignParameters) -> Values:
    region, names = market.region, market.taxonomy
    bundle, slot = module.bundle, module.slot
    start, end = days(region, bundle, slot, parameters)
    place = slot.place_id
    occupations = region.table("occupations")["occupation_id"]
    again = None if bundle.course is None else region.table("courses").row(bundle.course, named=True)
    ids = [names.skill_ids[s] for s in sorted(bundle.skills, key=lambda s: (-names.idf[s], names.skill_ids[s]))]
    return {
        "skills": [{"skill_id": s, "label": names.label(s, language)} for s in ids],
        "course_id": None if again is None else again["course_id"],
        "title": None if again is None else again["title"],
        "entry_eqf": bundle.entry,
        "weeks_full_time": round(bundle.weeks, 1),
        "teaching_units": bundle.units,
        "format": slot.format,
        "hours_per_week": slot.hours_per_week,
        "place_id": place,
        "place": None if place is None else region.table("places")["name"][row_of(region, "places", place)],
        "day_start": slot.day_start,
        "day_end": slot.day_end,
        "start": start,
        "end": end,
        "learners": module.learners,
        "more_placed": module.more_placed,
        "jobs": [
            {"occupation_id": occupations[o], "label": names.label(occupations[o], language), "openings": n}
            for o, n in module.jobs
        ],
        "asked_by_openings": module.asked_by,
        "break_even_participants": module.break_even,
        "fee_per_unit_eur": round(unit_fee(region, bundle, parameters), 2),
        "runs": max(1, math.ceil(module.learners / parameters.seats)),
        "employed_fundable": bundle.units > FUNDED_ABOVE,
    }


def design_table(answer: Values) -> pl.DataFrame:
    """Return one row for each module; lists as text."""
    plain = (
        "course_id",
        "entry_eqf",
        "teaching_units",
        "format",
        "hours_per_week",
        "place_id",
        "start",
        "end",
        "learners",
    )
    counts = ("more_placed", "asked_by_openings", "break_even_participants", "runs", "employed_fundable")
    rows = [
        {
            "module": n,
            "skills": "; ".join(skill["skill_id"] for skill in module["skills"]),
            **{name: module[name] for name in (*plain, *counts)},
            "jobs": "; ".join(f"{job['occupation_id']} {job['openings']}" for job in module["jobs"]),
        }
        for n, module in enumerate(answer["modules"], start=1)
    ]
    return pl.DataFrame(rows)


def design_paper(answer: Values, language: Language) -> Document:
    """
    Return the paper of a design.

    Args:
        answer: From `design_answer`.
        language: `de` or `en`.
    """
    say = Telling(language)
    known, day, number = answer["provenance"], say.day(answer["day"]), say.words.number
    return Document(
        title=say("design_title", region=known["title"]),
        subtitle=say("supply_subtitle", day=day, kind=kind(answer, say.words)),
        language=language,
        day=answer["day"],
        front=tuple(_front(say, answer)),
        sections=tuple(
            Section(
                say("design_module", n=number(n), title=_title(say, module)),
                (Facts(tuple(_facts(say, answer, module))),),
            )
            for n, module in enumerate(answer["modules"], start=1)
        ),
        foot=say("design_foot", region=known["title"], day=day),
    )


def _front(say: Telling, answer: Values) -> Iterator[Block]:
    number, assumed = say.words.number, answer["assumed"]
    told = {"n": number(len(answer["modules"])), "more": number(answer["more_placed"])}
    if not answer["modules"]:
        yield Paragraph(say("design_none"), "lead")
    else:
        yield Paragraph(say("design_lead", **told, today=number(answer["placed_today"])), "lead")
    if answer["verified"] is not None:
        yield Paragraph(say("design_verified", verified=number(answer["verified"])))
    yield Paragraph(say("design_method", most=number(answer["at_most"]), asked=number(answer["asked"])), "note")
    yield Paragraph(
        say(
            "design_assumed",
            notice=number(assumed["notice_weeks"]),
            longest=number(assumed["longest_weeks"]),
            run=number(assumed["longest_run_weeks"]),
            cost=say.words.money(assumed["unit_cost_eur"]),
        ),
        "note",
    )


def _title(say: Telling, module: Values) -> str:
    if module["title"] is not None:
        return say("design_again", title=module["title"])
    skills = [skill["label"] for skill in module["skills"]]
    first = ", ".join(skills[:NAMED])
    return say("design_short", first=first, n=len(skills) - NAMED) if len(skills) > NAMED else first


def _facts(say: Telling, answer: Values, module: Values) -> Iterator[tuple[str, str]]:
    number, words = say.words.number, say.words
    hours = module["hours_per_week"]
    if module["skills"]:
        yield say("f_teaches"), ", ".join(skill["label"] for skill in module["skills"])
    yield say("f_level"), say("f_level_text", entry=module["entry_eqf"])
    told = {"units": number(module["teaching_units"]), "hours": number(hours, 0 if hours == round(hours) else 1)}
    yield (
        say("f_length"),
        say("f_length_text", **told, start=say.day(module["start"]), end=say.day(module["end"])),
    )
    held = words(f"paths.format_{module['format']}")
    where = held if module["place"] is None else f"{module['place']}, {held}"
    clock = {"begin": words.clock(module["day_start"]), "close": words.clock(module["day_end"])}
    yield say("f_where"), say("f_where_text", where=where, **clock)
    counts = {"learners": number(module["learners"]), "more": number(module["more_placed"])}
    yield say("f_opens"), say("f_opens_text", **counts)
    jobs = [say("f_jobs_line", label=job["label"], n=job["openings"]) for job in module["jobs"]]
    yield say("f_jobs"), words.listed(jobs)
    yield say("f_asked"), say("f_asked_text", n=number(module["asked_by_openings"]))
    yield say("f_runs"), say.counted("f_runs", module["runs"], seats=number(answer["assumed"]["seats"]))
    fee = say.money(module["fee_per_unit_eur"])
    yield say("f_even"), say("f_even_text", n=number(module["break_even_participants"]), fee=fee)
    yield say("f_gate"), say("f_gate_long" if module["employed_fundable"] else "f_gate_short")
