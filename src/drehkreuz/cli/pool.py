# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz pool`: about how many people could do a post."""

from __future__ import annotations

from pathlib import Path

import click

from drehkreuz.cli.output import Bars, Screen, answers, examples


@click.command(epilog=examples("drehkreuz pool village --vacancy V001", "drehkreuz pool village --vacancy V001 --json"))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--vacancy", "vacancy_id", metavar="ID", required=True, help="The post, as in table vacancies.")
@answers
@click.pass_obj
def pool(screen: Screen, folder: Path, vacancy_id: str) -> None:
    """
    See about how many people could do a post, and what stands between.

    Three bands: at once, after training, nearly. Counts are protected, nobody is named or ranked.
    """
    from concurrent.futures import ThreadPoolExecutor

    from drehkreuz.cli.engines import load_engines
    from drehkreuz.cli.secret import installation_secret
    from drehkreuz.region import Cache, open_region
    from drehkreuz.region.posts import known_post

    region, cache, secret = open_region(folder), Cache.default(), installation_secret()
    known_post(region, vacancy_id)
    load_engines(screen, region)

    from drehkreuz.cli.bands import show_pool
    from drehkreuz.matching.headcount import headcount
    from drehkreuz.matching.market import prepare
    from drehkreuz.matching.protect import ProtectedPeople
    from drehkreuz.matching.stages import relation_of_region
    from drehkreuz.reports.pool import pool as count_pool

    with ThreadPoolExecutor() as executor:
        market = prepare(region, cache=cache, executor=executor, progress=Bars(screen.words))
        relation = relation_of_region(market, cache=cache, executor=executor, progress=Bars(screen.words))
    people = ProtectedPeople(headcount(region.table("people")).ids, secret)
    answer = count_pool(market, relation, vacancy_id, people, language=screen.language)
    if screen.as_json:
        screen.print_json(answer)
    else:
        show_pool(answer, screen)
