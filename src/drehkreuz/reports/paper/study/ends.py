# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What stands before and after the results: what was compared, the method, its limits, and all that is needed to do it again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import drehkreuz
from drehkreuz.measures.paired.ledger import assumptions
from drehkreuz.region import Region
from drehkreuz.region.digest import text_digest
from drehkreuz.reports.paper.document import (
    Block,
    Bullets,
    Cell,
    Column,
    Facts,
    Listing,
    Number,
    Paragraph,
    Section,
    Table,
)
from drehkreuz.reports.paper.study.front import whose_figures
from drehkreuz.reports.paper.study.study import Study

TERMS: Final = ("newly", "displaced", "more", "possible", "stable", "world", "kinds")
METHOD: Final = ("pairs", "allocations", "same", "measures", "worlds", "ledger", "shares")
LIMITS: Final = ("model", "today", "free", "assumed", "elsewhere", "ways", "care", "scale", "uncertainty")
"""Keys of sentences, in the order they are said."""


def compared(study: Study) -> Section:
    """Return the section on what is measured and compared."""
    words, answer = study.words, study.scenarios[0].answer
    blocks: list[Block] = [
        Paragraph(words("study.compared_intro", title=study.known["title"], day=words.day(study.known["day"]))),
        Paragraph(words("study.looked_at", day=words.day(answer["day"]))),
        _states(study),
        Facts(tuple((words(f"study.term_{key}"), words(f"study.means_{key}")) for key in TERMS)),
    ]
    return Section(words("study.compared_title"), tuple(blocks))


def _states(study: Study) -> Table:
    """Return the region without measures and with each scenario's, in four figures."""
    words = study.words
    states = [(words("study.without"), study.scenarios[0].answer["before"])]
    states += [
        (words("study.with") if len(study.scenarios) == 1 else scenario.title, scenario.answer["after"])
        for scenario in study.scenarios
    ]
    names = ("people", "openings", "stable", "possible")
    columns = (
        Column(words("study.state"), "state"),
        *(Column(words(f"study.state_{name}"), name, numeric=True) for name in names),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (title, *(Number(words.number(state[name]), state[name]) for name in names)) for title, state in states
    )
    return Table("states", words("study.states_caption"), columns, rows)


def method(study: Study) -> Section:
    """Return the section on how it was computed."""
    words = study.words
    told = {"n": words.number(study.worlds)}
    keys = [key for key in METHOD if study.worlds or key != "worlds"]
    return Section(words("study.method"), (Bullets(tuple(words(f"study.method_{key}", **told) for key in keys)),))


def limits(study: Study) -> Section:
    """Return the section on what the figures do not say."""
    words = study.words
    keys = [key for key in LIMITS if study.modelled or key != "model"]
    return Section(words("study.limits"), (Bullets(tuple(words(f"study.limit_{key}") for key in keys)),))


def annex(study: Study) -> Section:
    """Return the section from which all of it can be computed again."""
    words, region = study.words, study.region
    number = words("study.in_memory") if region.folder is None else str(int(region.folder.name))
    seeds = words("study.seeds", last=study.worlds - 1) if study.worlds else words("study.seed_alone")
    facts = (
        (words("study.region"), f"{region.manifest.title} ({region.manifest.name})"),
        (words("study.snapshot"), number),
        (words("study.digest"), digest(region)),
        (words("study.looked_at_day"), study.scenarios[0].evaluation.day.isoformat()),
        (words("study.seed"), seeds),
        (words("study.version"), drehkreuz.__version__),
        (words("study.population"), " ".join(whose_figures(study))),
    )
    blocks: list[Block] = [Paragraph(words("study.annex_intro")), Facts(facts)]
    blocks.append(Listing(words("study.command"), study.command))
    blocks += [Listing(words("study.file_of", title=each.title), each.written.strip()) for each in study.scenarios]
    blocks += [_assumed(study), _sources(study)]
    return Section(words("study.annex"), tuple(blocks), new_page=True)


def digest(region: Region) -> str:
    """Return one digest of all that a region's tables say."""
    return text_digest("\n".join(f"{name} {region.digest(name)}" for name in sorted(region.tables)))


def _assumed(study: Study) -> Table:
    """Return what the ledger assumes."""
    words = study.words
    columns = (
        Column(words("study.assumption"), "assumption", share=2),
        *(Column(words(f"scenario.{case}"), case, numeric=True) for case in ("low", "mid", "high")),
        Column(words("study.why"), "why", share=3),
    )

    def rows() -> Iterator[tuple[Cell, ...]]:
        for name, found in assumptions().items():
            band = found.value
            cases = (band.low, band.mid, band.high)
            cells = (Number(words.number(value, 0 if value == round(value) else 2), value) for value in cases)
            yield (words(f"study.assume_{name}"), *cells, words(f"study.why_{name}"))

    return Table("assumptions", words("study.assumptions_caption"), columns, tuple(rows()))


def _sources(study: Study) -> Table:
    """Return the sources of the region's tables: what each is, its day, its licence, and what is from it."""
    words, manifest = study.words, study.region.manifest
    tables: dict[tuple[str, str, str, str], list[str]] = {}
    for name in sorted(study.region.tables):
        known = manifest.provenance.get(name)
        if known is not None:
            key = (known.kind, known.source, words.day(known.date), known.licence)
            tables.setdefault(key, []).append(name)
    columns = (
        Column(words("study.source"), "source", share=3),
        Column(words("study.kind"), "kind", share=2),
        Column(words("study.as_of"), "day", share=2),
        Column(words("study.licence"), "licence", share=2),
        Column(words("study.tables"), "tables", share=4),
    )
    rows = tuple(
        (source, words(f"study.kind_{kind}"), day, licence, ", ".join(names))
        for (kind, source, day, licence), names in sorted(tables.items())
    )
    return Table("sources", words("study.sources_caption"), columns, rows)
