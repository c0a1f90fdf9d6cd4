# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A small document with every kind of block, and a study of the village with towns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from drehkreuz.measures import Measure, kind_named
from drehkreuz.measures.paired import Evaluator
from drehkreuz.region import Region
from drehkreuz.reports.paper.document import (
    Bullets,
    Column,
    Document,
    Facts,
    Figure,
    Listing,
    Notice,
    Number,
    Paragraph,
    Picture,
    Section,
    Table,
)
from drehkreuz.reports.paper.drawing import text
from drehkreuz.reports.paper.study import Studied, Study
from drehkreuz.reports.scenario import scenario_answer
from drehkreuz.reports.words import Words
from town import with_towns

Studying = Callable[..., Study]


@pytest.fixture(scope="session")
def sheet() -> Document:
    """A document with every kind of block; its words hold what HTML and Typst would take for themselves."""
    columns = (Column("Was", "what", share=2), Column("Euro", "eur", numeric=True), Column("Quelle", "source"))
    rows = (("Bus & Bahn", Number("1.200 €", 1200.0), "<geschätzt>"), ("Summe", Number("·", None), "#x $y$"))
    picture = Picture(200, 40, text(10, 20, "Straße −5"))
    blocks = (
        Facts((("Beginn", "morgen"),)),
        Bullets(("eins", "zwei")),
        Bullets(("erstens",), numbered=True),
        Figure("bild", "Ein Bild", 'Zeigt "fünf"', picture, ("Ohne Farbe lesbar.",)),
        Listing("Befehl", "a = 1\n[[b]]"),
        Paragraph("Klein.", "note"),
    )
    return Document(
        title="Ein *Blatt*",
        subtitle="Zur Probe",
        language="de",
        day=date(2026, 11, 2),
        front=(
            Notice("Achtung.", "Nichts davon ist wirklich."),
            Paragraph("Das kostet 5 € oder 10 %.", "lead"),
            Table("kosten", "Kosten", columns, rows, sums=True, notes=("Gerundet.",)),
        ),
        sections=(
            Section("Erstes", blocks, (Section("Darin", (Paragraph("Innen.", "strong"),)),)),
            Section("Zweites", (Paragraph("Ende."),), new_page=True),
        ),
        foot="Fuß",
        keywords=("eins", "zwei"),
    )


@pytest.fixture(scope="session")
def towns(village: Region) -> Evaluator:
    """The village with municipalities, ready to be evaluated."""
    return Evaluator.of(with_towns(village))


@pytest.fixture(scope="session")
def studying(towns: Evaluator) -> Studying:
    """Return what studies measures of the village, each of them a scenario: `studying(placebo={}, pay_raise={"percent": 20})`."""

    def study(language: str = "de", **kinds: dict[str, object]) -> Study:
        before, scenarios = towns.baseline(), []
        for name, given in kinds.items():
            kind = kind_named(name)
            values = {each.name: given.get(each.name, each.default) for each in kind.parameters}
            found = towns.evaluate(before, [Measure(name, kind, values, date(2020, 1, 1))])
            answer = scenario_answer(name, found, language)
            scenarios.append(Studied(name, "", f'title = "{name}"', found, answer))
        words = Words("de" if language == "de" else "en")
        return Study(tuple(scenarios), [], "more_filled", 0, "drehkreuz scenario report", words)

    return study
