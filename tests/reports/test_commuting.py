# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a firm is shown: words in both languages, protected counts, and a report that stands as it was read."""

from __future__ import annotations

import io
import string
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from drehkreuz.cli.commute_screen import show
from drehkreuz.commuting import MODES, Rota, Workforce, shift
from drehkreuz.commuting.analysis import analyse
from drehkreuz.commuting.workforce import CAR
from drehkreuz.errors import InputError
from drehkreuz.model.employer import ROTA, ModelFirm, model_firm
from drehkreuz.reach.asked import Travel
from drehkreuz.region import Region
from drehkreuz.reports.commuting.annex import annex
from drehkreuz.reports.commuting.answer import analysis_answer
from drehkreuz.reports.commuting.counts import shown, shown_table
from drehkreuz.reports.commuting.paper import commuting_paper
from drehkreuz.reports.commuting.picture import Place, around
from drehkreuz.reports.commuting.telling import sentences
from drehkreuz.reports.paper.document import Document
from drehkreuz.reports.paper.html import page
from drehkreuz.sources.rota import read_rotas
from drehkreuz.sources.workforce import read_workforce

GOLDEN = Path(__file__).parent / "golden"
WALK = MODES.index(Travel.WALK)
FIRM = ModelFirm("beispielwerk", {"frueh": 90, "crew-a": 60, "nacht": 40, "tag": 10})


@pytest.fixture(scope="module")
def staff(village: Region, tmp_path_factory: pytest.TempPathFactory) -> Workforce:
    """Two hundred people of a model firm in the village, read from its file."""
    folder = tmp_path_factory.mktemp("firm")
    rows = model_firm(village, FIRM, "P01")
    (folder / "rota.toml").write_text(ROTA, encoding="utf-8")
    lines = [",".join(rows[0]), *(",".join(str(cell) for cell in row.values()) for row in rows)]
    (folder / "staff.csv").write_text("\n".join(lines), encoding="utf-8")
    return read_workforce(folder / "staff.csv", village, read_rotas(folder / "rota.toml")).staff


@pytest.fixture(scope="module")
def answer(village: Region, staff: Workforce) -> dict[str, Any]:
    """The answer about that firm."""
    return analysis_answer(analyse(village, village.table("places")["place_id"].to_list().index("P01"), staff))


def as_text(document: Document) -> str:
    file = io.StringIO()
    show(document, Console(file=file, width=100, highlight=False, markup=False, color_system=None))
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_report_is_what_it_was(answer: dict[str, Any], language: str) -> None:
    """The whole report of a model firm, annex included, as a person has read it; write it anew after a change that is meant."""
    text = as_text(commuting_paper(answer, "de" if language == "de" else "en"))
    path = GOLDEN / f"commuting-{language}.txt"
    assert text == path.read_text(encoding="utf-8")


def counts(value: Any, key: str = "") -> Iterator[tuple[str, int]]:
    """Yield every count of people in an answer."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from counts(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from counts(item, key)
    elif isinstance(value, int) and key in {"people", "out", "back", "both", "at_all", "can", "gained", "lost", "could", "sum", "any"}:  # fmt: skip
        yield key, value


def test_no_count_of_people_is_small_or_exact(answer: dict[str, Any]) -> None:
    """Every count in the answer is nobody or a multiple of five; what measures expect is no count of anybody."""
    told = {name: item for name, item in answer.items() if name not in {"measures", "together"}}
    found = list(counts(told))
    assert len(found) > 50
    assert all(count % 5 == 0 for _, count in found)
    assert all(one["could"] is None or one["could"] % 5 == 0 for one in answer["measures"])


def test_counts_are_rounded_and_small_ones_hidden() -> None:
    """One to four are not shown; where one cell alone would be missing in a sum, another is hidden with it."""
    assert [shown(n) for n in (0, 1, 4, 5, 7, 8, 12, 13)] == [0, None, None, 5, 5, 10, 10, 15]
    table = shown_table([[3, 20, 30], [10, 40, 50]])
    assert table[0][0] is None
    for line in [*table, *map(list, zip(*table, strict=True))]:
        assert sum(cell is None for cell in line) != 1


def test_a_measure_for_a_few_tells_nothing_of_them(village: Region) -> None:
    """Where fewer than five could take part, what they would save is not shown; of fewer than five people nothing is."""
    day = Rota("day", (shift("day", 8 * 3600, 16 * 3600),))
    few = analyse(village, 0, Workforce.of([day], [(4, 0, CAR, 3, 5.0), (9, 0, CAR, 1, 5.0), (2, 0, WALK, 3, 5.0)]))
    told = analysis_answer(few)["measures"]
    assert all(row["tonnes"] is None and row["cost"] is None for row in told if row["could"] is None)
    assert any(row["could"] is None for row in told)
    with pytest.raises(InputError, match="fewer than 5"):
        analysis_answer(analyse(village, 0, Workforce.of([day], [(4, 0, CAR, 4, 5.0)])))


def test_the_map_names_the_largest_and_stays_on_its_sheet() -> None:
    """The workplace is named first, then places by their people where names do not touch; every disc lies on the sheet."""
    homes = [Place(50.8 + step / 50, 6.2 + step / 40, 5 * (step + 1), f"Ort {step}") for step in range(8)]
    picture = around(Place(50.84, 6.33, 0, "Werk"), homes, [[(50.8, 6.2), (50.84, 6.33)]])
    assert picture.body.index("Werk") < picture.body.index("Ort 7")
    for name, end in (("cx", picture.width), ("cy", picture.height)):
        places = [float(part.split('"')[0]) for part in picture.body.split(f'{name}="')[1:]]
        assert len(places) == len(homes) + 1
        assert all(0 <= place <= end for place in places)


def test_both_languages_say_the_same() -> None:
    """Every sentence stands in both languages and asks the same values; so do the texts of the annex."""
    de, en = sentences("de"), sentences("en")
    assert de.keys() == en.keys()
    for key in de:
        fields = [{name for _, name, _, _ in string.Formatter().parse(said[key]) if name} for said in (de, en)]
        assert fields[0] == fields[1], key
    assert [[len(s.blocks[0].items) for s in text.sections] for text in annex("de")] == [  # type: ignore[union-attr]
        [len(s.blocks[0].items) for s in text.sections]  # type: ignore[union-attr]
        for text in annex("en")
    ]


def test_a_rule_that_has_run_out_says_whom_to_ask(village: Region, staff: Workforce) -> None:
    """In 2027 the price of the job ticket is not repeated; the paper says to ask."""
    found = analyse(village, 0, staff, day=date(2027, 3, 1))
    told = analysis_answer(replace(found, day=date(2027, 3, 1)))
    text = as_text(commuting_paper(told, "de", with_annex=False))
    assert told["ticket"]["employee"] is None
    assert "bitte fragen" in text
    assert "44,10" not in text
    assert "Bitte fragen." in text


def test_the_page_is_whole(answer: dict[str, Any]) -> None:
    """As a page the paper has its annex, its figure with a text for who does not see it, and no address elsewhere."""
    html = page(commuting_paper(answer, "de"))
    assert "Vorlage für eine Betriebsvereinbarung" in html
    assert "<svg" in html
    assert 'src="http' not in html
