# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`paths`, `pool` and `match` on the village, as people meet them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from drehkreuz.region import Region, write_snapshot

Run = Callable[..., tuple[int, str, str]]

EXAMPLES = Path(__file__).parents[2] / "examples"
PERSONS = sorted(EXAMPLES.glob("*.toml"))
STAY = "Bitte nicht kündigen, bevor Sie mit Betriebsrat, Gewerkschaft und Knappschaft-Bahn-See gesprochen haben."


@pytest.fixture
def answer(run: Run, village_folder: Path) -> Callable[..., dict[str, Any]]:
    """Return what a verb prints as JSON about the village."""

    def ask(verb: str, *arguments: object) -> dict[str, Any]:
        code, out, err = run(verb, village_folder, *arguments, "--json")
        assert (code, err) == (0, "")
        found: dict[str, Any] = json.loads(out)
        return found

    return ask


# ---------------------------------------------------------------------------------------------------------- paths


@pytest.mark.parametrize("person", PERSONS, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_example_person_gets_an_answer(run: Run, village_folder: Path, person: Path, language: str) -> None:
    """Each person of the examples gets paths, or is told what would change that and whom to ask."""
    code, out, err = run("paths", village_folder, "--person", person, "--lang", language)
    assert (code, err) == (0, "")
    told = {"de": ("Die besten Wege", "Berufsberatung"), "en": ("The best paths", "career guidance")}[language]
    assert any(words in out for words in told)
    assert "{" not in out


@pytest.mark.parametrize("person", PERSONS, ids=lambda path: path.stem)
def test_a_path_holds_what_it_says(answer: Callable[..., dict[str, Any]], person: Path) -> None:
    """Ways lie within the person's limit, enough is left of the pay, and nothing stands between."""
    found = answer("paths", "--person", person)
    for path in found["paths"]:
        way, pay = path["commute"], path["pay"]
        assert path["barriers"] == []
        if way["chain"] is not None:
            assert max(way["minutes_out"], way["minutes_back"]) <= way["limit_minutes"]
        assert pay["net_after_commute_eur_month"] >= pay["need_eur_month"] - 1
        assert path["status"] == ("after_learning" if path["learning"]["steps"] else "now")
    for path in found["nearly"]:
        assert len(path["barriers"]) == 1
        assert path["barriers"][0]["reasons"]


def test_top_limits_the_paths_and_not_the_counts(answer: Callable[..., dict[str, Any]]) -> None:
    """Asking for two paths shows two; how many there are stays the same."""
    person = EXAMPLES / "baggerfahrer.toml"
    two, many = answer("paths", "--person", person, "--top", 2), answer("paths", "--person", person, "--top", 100)
    assert two["counts"] == many["counts"]
    assert two["paths"] == many["paths"][:2]
    assert len(many["paths"]) == many["counts"]["now"] + many["counts"]["after_learning"]


def test_a_lignite_worker_is_told_first_whom_to_ask(run: Run, village_folder: Path) -> None:
    """No path of somebody with rights to lose begins without the line that says so."""
    code, out, _ = run("paths", village_folder, "--person", EXAMPLES / "baggerfahrer.toml")
    assert code == 0
    assert " ".join(out.split()).startswith(STAY)


def test_free_text_says_how_it_was_understood(run: Run, village_folder: Path) -> None:
    """What a person writes is shown beside what it was taken for."""
    _, out, _ = run("paths", village_folder, "--person", EXAMPLES / "baggerfahrer.toml")
    assert "„Baggerfahrer Tagebau, 18 Jahre“ verstanden als Baggerfahrer/in im Tagebau." in out


def test_somebody_whom_nothing_fits_is_told_what_would_change_that(
    run: Run, village_folder: Path, tmp_path: Path
) -> None:
    """An income nobody pays leaves no path; pay is named as what stands between, and a human to ask."""
    text = (EXAMPLES / "baggerfahrer.toml").read_text(encoding="utf-8")
    person = tmp_path / "rich.toml"
    person.write_text(text.replace("net_need_eur_month = 2350", "net_need_eur_month = 9000"), encoding="utf-8")
    code, out, _ = run("paths", village_folder, "--person", person)
    assert code == 0
    assert "Zurzeit passt keine Stelle" in out
    assert "Berufsberatung" in out
    assert "Lohn:" in out


def test_a_person_is_not_stored_anywhere(run: Run, village_folder: Path, tmp_path: Path) -> None:
    """Nothing a person wrote is found in the region or in the cache afterwards."""
    label = "Zeppelinbauerin in Ruhe"
    text = (EXAMPLES / "baggerfahrer.toml").read_text(encoding="utf-8")
    person = tmp_path / "me.toml"
    person.write_text(text.replace("Baggerfahrer im Tagebau, 54, mit Auto", label), encoding="utf-8")
    assert run("paths", village_folder, "--person", person)[0] == 0
    kept = [*village_folder.rglob("*"), *Path(os.environ["DREHKREUZ_CACHE"]).rglob("*")]
    assert [path for path in kept if path.is_file() and label.encode() in path.read_bytes()] == []


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--person", "nobody.toml"], ["nobody.toml", "no such file"]),
        ([], ["--person"]),
        (["--person", EXAMPLES / "baggerfahrer.toml", "--top", "0"], ["--top", "1<=x<=100"]),
        (["--person", EXAMPLES / "baggerfahrer.toml", "--lang", "fr"], ["--lang", "de"]),
    ],
)
def test_bad_arguments_are_one_clear_line(
    run: Run, village_folder: Path, arguments: list[object], expected: list[str]
) -> None:
    """Exit code 2, one line on stderr, nothing on stdout."""
    code, out, err = run("paths", village_folder, *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    for part in expected:
        assert part in err


# ----------------------------------------------------------------------------------------------------------- pool


def test_an_employer_sees_three_bands_and_nobody(run: Run, village_folder: Path, village: Region) -> None:
    """No id of a person and no exact count stands in an employer's answer."""
    code, out, _ = run("pool", village_folder, "--vacancy", "V001")
    assert code == 0
    assert all(words in out for words in ("sofort", "nach Lernen", "fast: nur eines"))
    assert not any(person in out for person in village.table("people")["person_id"])


def test_counts_are_multiples_of_five(answer: Callable[..., dict[str, Any]]) -> None:
    """What is shown is rounded, or not shown at all."""
    found = answer("pool", "--vacancy", "V001")
    counts = [*found["bands"].values(), *found["between"].values()]
    assert all(count is None or count % 5 == 0 for count in counts)


def test_needs_of_people_do_not_move_an_employers_answer(run: Run, village: Region, tmp_path: Path) -> None:
    """Employers cannot learn what people need to earn: the same answer with everybody's need doubled."""
    answers = []
    for factor in (1.0, 2.0):
        people = village.table("people").with_columns(pl.col("net_need_eur_month") * factor)
        folder = tmp_path / str(factor)
        write_snapshot(folder, village.with_tables({"people": people}))
        answers.append(json.loads(run("pool", folder, "--vacancy", "V003", "--json")[1]))
    assert answers[0]["post"] == answers[1]["post"]
    assert answers[0]["bands"] == answers[1]["bands"]
    assert answers[0]["between"] == answers[1]["between"]


def test_a_post_that_is_not_there_is_named(run: Run, village_folder: Path) -> None:
    """An unknown id gets one line with ids that exist."""
    code, out, err = run("pool", village_folder, "--vacancy", "V0001")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "'V0001'" in err
    assert "V001" in err


# ---------------------------------------------------------------------------------------------------------- match


def test_the_headline_closes_and_is_proved(answer: Callable[..., dict[str, Any]]) -> None:
    """Filled, shares and nobody left are all openings; every pair was checked."""
    found = answer("match")
    shares = sum(entry["share"] for entry in found["shares"])
    assert found["filled_today"] + shares + found["no_person_left"] == pytest.approx(found["openings"], abs=0.05)
    assert found["filled_today"] + shares + found["no_opening_left"] == pytest.approx(found["people"], abs=0.05)
    assert found["certificate"]["exact"]
    assert (found["certificate"]["uncovered_pairs"], found["certificate"]["blocking_pairs"]) == (0, 0)
    assert found["filled_today"] / 2 <= found["stable"] <= found["filled_today"]


def test_a_second_run_says_the_same(run: Run, village_folder: Path) -> None:
    """From the cache comes the very same text."""
    assert run("match", village_folder) == run("match", village_folder)


def test_match_writes_its_tables(run: Run, village_folder: Path, tmp_path: Path) -> None:
    """Working set, stable allocation, report and headline can be opened elsewhere."""
    out = tmp_path / "result"
    assert run("match", village_folder, "--out", out)[0] == 0
    assert sorted(path.name for path in out.iterdir()) == ["barriers.csv", "edges.csv", "headline.json", "stable.csv"]
    stable = pl.read_csv(out / "stable.csv")
    headline = json.loads((out / "headline.json").read_text(encoding="utf-8"))
    assert len(stable) == headline["stable"]
    assert stable["person_id"].is_unique().all()
    assert {"person_id", "vacancy_id", "barriers", "reasons"} <= set(pl.read_csv(out / "edges.csv").columns)


def test_results_that_cannot_be_written_are_one_clear_line(run: Run, village_folder: Path, tmp_path: Path) -> None:
    """A file in the way of the folder is named with a remedy."""
    (tmp_path / "file").write_text("")
    code, _, err = run("match", village_folder, "--out", tmp_path / "file" / "below")
    assert (code, err.count("\n")) == (2, 1)
    assert "--out" in err
