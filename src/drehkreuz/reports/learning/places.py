# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Learning places: how many people could learn there by day, in the morning and in the evening."""

from __future__ import annotations

import numpy as np
import polars as pl

from drehkreuz.planning.learning_places import Learners, best_places
from drehkreuz.region import Region
from drehkreuz.reports.learning.telling import Telling
from drehkreuz.reports.pair import Values
from drehkreuz.reports.paper.document import Block, Bullets, Cell, Document, Paragraph, Section
from drehkreuz.reports.provenance import provenance
from drehkreuz.reports.sentences import kind
from drehkreuz.reports.words import Language

SHOWN = 20
"""Places on paper; all stand in the JSON object and in the file."""


def places_answer(region: Region, found: Learners, *, build: int, when: str) -> Values:
    """
    Return plain values, fit for JSON: a row for each place, most learners at the time asked about first.

    Args:
        region: The region.
        found: Who could learn where and when.
        build: How many new places are chosen, 0: none.
        when: At which time they are to serve.
    """
    table = region.table("places")
    taught = set(region.table("course_sessions")["place_id"].drop_nulls())
    ids = table["place_id"].gather(found.places.tolist()).to_list()
    existing = np.array([name in taught for name in ids], dtype=np.bool_)
    everybody, cared = found.counted(), found.counted(found.care)
    names = [each.name for each in found.hours]
    rows = [
        {
            "place_id": ids[x],
            "name": table["name"][int(row)],
            "taught_today": bool(existing[x]),
            **{name: round(float(everybody[x, h])) for h, name in enumerate(names)},
            **{f"{name}_with_care": round(float(cared[x, h])) for h, name in enumerate(names)},
        }
        for x, row in enumerate(found.places.tolist())
    ]
    rows.sort(key=lambda row: (-row[when], row["place_id"]))
    total = {
        name: {
            "all": round(float(found.weight.sum())),
            "with_care": round(float(found.weight[found.care].sum())),
            "somewhere": round(float(found.weight[found.could[:, existing, h].any(axis=1)].sum())),
            "somewhere_with_care": round(
                float(found.weight[found.care & found.could[:, existing, h].any(axis=1)].sum())
            ),
        }
        for h, name in enumerate(names)
    }
    chosen = best_places(found, build, when, existing) if build else None
    new = [] if chosen is None else chosen.sites.tolist()
    values = [] if chosen is None else chosen.values.tolist()
    return {
        "provenance": provenance(region),
        "day": region.manifest.day,
        "when": when,
        "hours": [
            {
                "name": each.name,
                "day_start": each.day_start,
                "day_end": each.day_end,
                "hours_per_week": each.hours_per_week,
            }
            for each in found.hours
        ],
        "today": total,
        "places": rows,
        "build": [
            {"place_id": ids[x], "name": table["name"][int(found.places[x])], "adds": round(values[n + 1] - values[n])}
            for n, x in enumerate(new)
        ],
        "gap": 0.0 if chosen is None else chosen.gap,
    }


def places_table(answer: Values) -> pl.DataFrame:
    """Return a row for each place."""
    return pl.DataFrame(answer["places"])


def places_paper(answer: Values, language: Language) -> Document:
    """
    Return the paper of learning places.

    Args:
        answer: From `places_answer`.
        language: `de` or `en`.
    """
    say = Telling(language)
    known, day, clock = answer["provenance"], say.day(answer["day"]), say.words.clock
    names = [each["name"] for each in answer["hours"]]
    lines = []
    for each in answer["hours"]:
        now = answer["today"][each["name"]]
        told = {name: say.words.number(count) for name, count in now.items()}
        times = {"begin": clock(each["day_start"]), "close": clock(each["day_end"])}
        hours = say.words.number(each["hours_per_week"])
        lines.append(say("places_today", when=say(f"when_{each['name']}"), hours=hours, **times, **told))
    front: list[Block] = [Bullets(tuple(lines)), Paragraph(say("places_method"), "note")]
    columns = [name for each in names for name in (each, f"{each}_with_care")]
    rows: list[tuple[Cell, ...]] = [
        (row["name"], say("yes" if row["taught_today"] else "no"), *(say.number(row[name]) for name in columns))
        for row in answer["places"][:SHOWN]
    ]
    table = say.table("places", ("place", "taught_today", *columns), rows, words=("taught_today",))
    sections = [Section(say("places"), (table,))]
    if answer["build"]:
        built = [say("places_build_line", name=row["name"], n=say.words.number(row["adds"])) for row in answer["build"]]
        told_when = say(f"when_{answer['when']}")
        sections.append(
            Section(say("places_build", when=told_when), (Bullets(tuple(built), numbered=True), _proof(say, answer)))
        )
    return Document(
        title=say("places_title", region=known["title"]),
        subtitle=say("supply_subtitle", day=day, kind=kind(answer, say.words)),
        language=language,
        day=answer["day"],
        front=tuple(front),
        sections=tuple(sections),
        foot=say("places_title", region=known["title"]),
    )


def _proof(say: Telling, answer: Values) -> Paragraph:
    return Paragraph(say("places_gap", gap=say.words.number(100 * answer["gap"], 2)), "note")
