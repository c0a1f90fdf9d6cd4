# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Titles of national occupations linked to ESCO by people (MELO), and who finds the same link."""

from __future__ import annotations

import csv
import gzip
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.harness import Figure
from benchmarks.resampling import halves, interval, mean
from drehkreuz.skills.linking import TitleIndex
from drehkreuz.skills.text import fold
from drehkreuz.sources.esco import read_esco

GERMAN = "deu_q_de_c_de"
SKILL_NAMES = {"de": ("DE_Mapping_ESCO_Kompetenzen_220518_0", 0, 1)}
DEPTH = 50
"""Concepts that a link may return; deeper ones count as not found."""
LEAD = 0.05

Ranks = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Task:
    """
    Titles to link, and what people linked them to.

    Attributes:
        labels: Titles of the concepts, as the table of a region.
        queries: Titles to link, by id.
        right: Concepts that people chose, by id of the query.
    """

    labels: pl.DataFrame
    queries: dict[str, str]
    right: dict[str, set[str]]


def figures(data: Path) -> list[Figure]:
    """Measure the German task on the half held back, and every other language that is there as a whole."""
    folder = data / "matching-groundtruth" / "melo"
    asked, skills = skill_names(data)
    found = []
    for each in sorted(folder.iterdir()) if folder.is_dir() else []:
        task = read(each)
        labels = pl.concat([task.labels, skills])
        tune, held = halves(sorted(task.queries)) if each.name == GERMAN else ([], sorted(task.queries))
        found += _figures(task, labels, asked, tune, held, "melo" if each.name == GERMAN else f"melo_{each.name}")
    return [*found, _speed(data, asked)]


def _figures(
    task: Task, labels: pl.DataFrame, asked: pl.DataFrame, tune: list[str], held: list[str], name: str
) -> list[Figure]:
    index = TitleIndex(labels, beside="occupation_group", asked=asked)
    ours, letters, ratio = linked(index, task, held), tfidf(task, held), wratio(task, held)
    note = interval(1 / ours)
    found = [
        Figure(f"{name}_mrr", mean(1 / ours), "", None, "higher", note=note),
        Figure(f"{name}_hits1", mean(ours <= 1), "", None, "higher", note=interval(ours <= 1)),
        Figure(f"{name}_hits10", mean(ours <= 10), "", None, "higher", note=interval(ours <= 10)),
    ]
    for peer, ranks in (("tfidf", letters), ("wratio", ratio)):
        lead = 1 / ours - 1 / ranks
        found += [
            Figure(f"{name}_{peer}_mrr", mean(1 / ranks), "", note=interval(1 / ranks)),
            Figure(f"{name}_{peer}_hits1", mean(ranks <= 1), ""),
            Figure(f"{name}_{peer}_hits10", mean(ranks <= 10), ""),
            Figure(f"{name}_lead_on_{peer}", mean(lead), "MRR", LEAD, "higher", note=f"paired, {interval(lead)}"),
        ]
    titles_only = linked(TitleIndex(labels, beside="occupation_group"), task, held)
    found.append(Figure(f"{name}_mrr_titles_only", mean(1 / titles_only), "", note="without the names of skills"))
    if tune:
        fall = mean(1 / linked(index, task, tune)) - mean(1 / ours)
        found.append(Figure(f"{name}_mrr_fall", fall, "", 0.03, note="tuning half less half held back, seed 7"))
    return found


def _speed(data: Path, asked: pl.DataFrame) -> Figure:
    """Return CPU milliseconds for a link on ESCO in four languages."""
    tables, _ = read_esco([data / "esco" / name for name in ("v1.1.1-en", "v1.2.0-de")])
    folder = data / "esco" / "labels-nl-fr-de"
    more = [_labels(folder, f"occupations_v1.0.3_{language}_") for language in ("fr", "nl")]
    _, german = skill_names(data)
    labels = pl.concat([tables["labels"].select(german.columns), german, *more]).unique(
        ["concept_id", "language", "kind", "text"], maintain_order=True
    )
    index = TitleIndex(labels, asked=asked)
    texts = list(read(data / "matching-groundtruth" / "melo" / GERMAN).queries.values())[:200]
    index.link(texts[0])
    spent = []
    for text in texts:
        begin = time.process_time()
        index.link(text)
        spent.append(time.process_time() - begin)
    note = f"{len(index):,} titles in four languages, median of {len(texts)}; 95th of 100 {np.quantile(spent, 0.95) * 1000:.1f} ms"
    return Figure("link_ms", statistics.median(spent) * 1000, "ms CPU", 5, note=note)


# ---------------------------------------------------------------------------------------------------------------- who links


def linked(index: TitleIndex, task: Task, queries: list[str]) -> Ranks:
    """Return the rank of the concept that people chose, infinite where it is not among the first."""
    ranks = []
    for query in queries:
        found = [link.concept_id for link in index.link(task.queries[query], top=DEPTH)]
        ranks.append(min((found.index(c) + 1.0 for c in task.right[query] if c in found), default=np.inf))
    return np.array(ranks)


def tfidf(task: Task, queries: list[str]) -> Ranks:
    """Rank by the cosine of two to five letters within words."""
    titles = [fold(text) for text in task.labels["text"]]
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    rows = vectorizer.fit_transform(titles)
    asked = vectorizer.transform([fold(task.queries[query]) for query in queries])
    return _ranks(task, queries, (asked @ rows.T).toarray())


def wratio(task: Task, queries: list[str]) -> Ranks:
    """Rank by RapidFuzz's weighted ratio."""
    asked = [fold(task.queries[query]) for query in queries]
    titles = [fold(text) for text in task.labels["text"]]
    return _ranks(task, queries, process.cdist(asked, titles, scorer=fuzz.WRatio))


def _ranks(task: Task, queries: list[str], scores: NDArray[np.floating]) -> Ranks:
    """Return ranks of concepts by their best title; equal scores share the mean of their ranks."""
    names = sorted(set(task.labels["concept_id"]))
    number = {name: at for at, name in enumerate(names)}
    concept = np.array([number[name] for name in task.labels["concept_id"]])
    ranks = []
    for query, row in zip(queries, scores, strict=True):
        best = np.full(len(names), -1.0)
        np.maximum.at(best, concept, row)
        mine = max(best[number[name]] for name in task.right[query])
        ranks.append(1 + np.sum(best > mine) + (np.sum(best == mine) - 1) / 2)
    return np.array(ranks)


# ------------------------------------------------------------------------------------------------------------------ readers


def read(folder: Path) -> Task:
    """Read a task: queries, titles of concepts, annotations."""
    concept_of = _pairs(folder, "concept_mapping")
    right: dict[str, set[str]] = {}
    for query, _, element, _ in _rows(folder, "annotations").iter_rows():
        right.setdefault(query, set()).add(_concept(concept_of[element])[0])
    return Task(_labels(folder, ""), _pairs(folder, "queries"), right)


def _labels(folder: Path, prefix: str) -> pl.DataFrame:
    """Return titles as the table of a region; element ids end in language and number, the first being preferred."""
    concept_of = _pairs(folder, f"{prefix}concept_mapping")
    rows = []
    for element, text in _pairs(folder, f"{prefix}corpus_elements").items():
        _, language, number = element.rsplit("_", 2)
        kind = "preferred" if int(number) == 0 else "alternative"
        rows.append((*_concept(concept_of[element]), language, kind, text))
    return pl.DataFrame(rows, schema=["concept_id", "concept", "language", "kind", "text"], orient="row")


def _concept(uri: str) -> tuple[str, str]:
    """Return the id of a concept and what it is."""
    head, name = uri.rsplit("/", 1)
    return name, "occupation_group" if head.endswith("isco") else "occupation"


def _pairs(folder: Path, name: str) -> dict[str, str]:
    return {key: value for key, value in _rows(folder, name).iter_rows()}  # noqa: C416  # typed, unlike dict(…)


def _rows(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_csv(folder / f"{name}.tsv.gz", separator="\t", has_header=False, quote_char=None)


def skill_names(data: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return what ESCO's occupations ask, and the names of skills in the languages that are there."""
    tables, _ = read_esco([data / "esco" / "v1.1.1-en"])
    english = tables["labels"].filter(concept="skill", kind="preferred")
    rows = {
        (row[uri].rsplit("/", 1)[1], language): row[text]
        for language, (name, uri, text) in reversed(SKILL_NAMES.items())
        for row in reversed(_mapping(data / "esco" / "labels-nl-fr-de" / f"{name}.csv.gz"))
        if len(row) > text and row[uri].startswith("http")
    }
    named = pl.DataFrame(
        [(skill, "skill", language, "preferred", text) for (skill, language), text in sorted(rows.items())],
        schema=["concept_id", "concept", "language", "kind", "text"],
        orient="row",
    )
    return tables["occupation_skills"], pl.concat([english.select(named.columns), named])


def _mapping(path: Path) -> list[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))
