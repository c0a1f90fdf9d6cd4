# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz paths`: what one person can do, learn and reach."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from drehkreuz.cli.output import Bars, Screen, answers, examples


@click.command(
    epilog=examples(
        "drehkreuz paths village --person examples/baggerfahrer.toml",
        "drehkreuz paths village --person me.toml --top 3 --lang en",
        "drehkreuz paths village --person me.toml --json > answer.json",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--person",
    "person_file",
    metavar="PERSON.toml",
    required=True,
    type=click.Path(path_type=Path),
    help="The person's answers.",
)
@click.option("--top", default=10, show_default=True, type=click.IntRange(1, 100), help="Most paths shown.")
@answers
@click.pass_obj
def paths(screen: Screen, folder: Path, person_file: Path, top: int) -> None:
    """
    Find the work a person can do, can learn and can reach.

    DIR is a region. PERSON.toml holds the person's answers: its keys are the columns of the table people, its
    sections [[occupation]], [[skill]], [[language]], [[qualification]], [[licence]], [[time]] and [[care]];
    [weights] says what matters, in the terms that the answer lists as assumed; text = "…" says in one's own words what
    one can do; what it says of a wish ("ich möchte …", "I would like …") is set apart and not taken for something held.
    Nothing of it is stored.
    """
    from drehkreuz.cli.engines import load_engines
    from drehkreuz.region import Cache, open_region
    from drehkreuz.sources.person import read_person

    region = open_region(folder)
    person = read_person(person_file, region)
    load_engines(screen, region)

    from drehkreuz.cli.cards import show_paths
    from drehkreuz.matching.market import prepare
    from drehkreuz.reports.paths import paths as find_paths

    prepared = prepare(region.with_tables(person.tables), cache=Cache.default(), progress=Bars(screen.words))
    market = replace(prepared, weights=person.weights)
    answer = find_paths(market, 0, label=person.label, top=top, language=screen.language)
    if person.text:
        answer["person"]["text"] = person.text
        answer["person"]["understood_as"] = [
            {"occupation_id": link.concept_id, "label": link.label, "score": round(link.score, 3)}
            for link in person.links
        ]
    if person.wishes:
        answer["person"]["wishes"] = list(person.wishes)
    if screen.as_json:
        screen.print_json(answer)
    else:
        show_paths(answer, screen)
