# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Occupations that experts call related (O*NET), and who finds the same ones from ESCO's skills."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from benchmarks.harness import Figure
from benchmarks.resampling import halves, interval, mean
from drehkreuz.region import TABLES, Manifest, Provenance, Region
from drehkreuz.skills import Taxonomy, similarity, taxonomy
from drehkreuz.skills.neighbours import Neighbours, NeighbourWeights
from drehkreuz.sources.esco import read_esco

DEPTH = 10
GAIN = {"Primary-Short": 3.0, "Primary-Long": 2.0, "Supplemental": 1.0}
"""What finding a related occupation of each tier is worth."""
TUNED = "related_occupations_dev.csv"
WITHOUT_NAMES = NeighbourWeights(words=0, pieces=0)
SOC = "O*NET-SOC Code"

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Experts:
    """What experts call related: gain of each pair of rows, float64[o, o], and the rows that were asked about."""

    gains: NDArray[np.float64]
    asked: list[int]


def figures(data: Path) -> list[Figure]:
    """Measure on the half held back of the file that weights were tuned on, and on every other file whole."""
    folder = data / "onet-29.3"
    plain, named, titled = (_region(data, names) for names in ("none", "all", "own"))
    tree = taxonomy(named)
    everywhere = range(len(tree.occupation_ids))
    scores = {
        "onet_ndcg10": Neighbours(named, tree).similarity(everywhere),
        "onet_ndcg10_own_title": Neighbours(titled, tree).similarity(everywhere),
        "onet_ndcg10_no_text": Neighbours(plain, tree, WITHOUT_NAMES).similarity(everywhere),
        "onet_ndcg10_plain": similarity(tree.essential, tree.essential, tree),
        "onet_ndcg10_isco": _same_digits(named),
        "onet_ndcg10_random": np.random.default_rng(7).random((len(everywhere), len(everywhere))),
    }
    targets = {"onet_ndcg10": 0.56, "onet_ndcg10_no_text": 0.49}
    found = []
    for path in sorted(folder.glob("related_occupations_*.csv")):
        experts = _experts(path, tree)
        tune, held = halves(experts.asked) if path.name == TUNED else ([], experts.asked)
        apart = "" if path.name == TUNED else f"_{path.stem.removeprefix('related_occupations_')}"
        for name, score in scores.items():
            values = ndcg(score, experts, held)
            note = interval(values) + (f"; tuning half {mean(ndcg(score, experts, tune)):.3f}" if tune else "")
            found.append(Figure(name + apart, mean(values), "", targets.get(name), "higher", note=note))
        for name in targets if tune else ():
            fall = mean(ndcg(scores[name], experts, tune)) - mean(ndcg(scores[name], experts, held))
            found.append(Figure(f"{name}_fall", fall, "", 0.03, note="tuning half less half held back, seed 7"))
    return found


def ndcg(scores: Scores, experts: Experts, rows: list[int]) -> Scores:
    """
    Return, for each row asked about, the normalised discounted cumulative gain of the ten occupations scored best.

    Source:
        Järvelin, Kekäläinen: Cumulated gain-based evaluation of IR techniques. ACM TOIS 20 (2002).
    """
    discount = 1 / np.log2(np.arange(DEPTH) + 2)
    values = []
    for row in rows:
        score = scores[row].copy()
        score[row] = -1.0
        gains = experts.gains[row]
        best = np.argsort(-score, kind="stable")[:DEPTH]
        values.append((gains[best] @ discount) / (np.sort(gains)[::-1][:DEPTH] @ discount))
    return np.array(values)


def _experts(path: Path, tree: Taxonomy) -> Experts:
    gains = np.zeros((len(tree.occupation_ids), len(tree.occupation_ids)))
    at = tree.occupation_index
    for source, related, tier in (
        pl.read_csv(path).select(SOC, "Related O*NET-SOC Code", "Relatedness Tier").iter_rows()
    ):
        if source in at and related in at:
            gains[at[source], at[related]] = GAIN[tier]
    return Experts(gains, [int(row) for row in np.flatnonzero(gains.sum(axis=1))])


def _same_digits(region: Region) -> Scores:
    """Return how many leading digits of ISCO-08 two occupations share."""
    codes = region.table("occupations")["isco08"].to_list()
    starts = [np.array([code[:k] for code in codes]) for k in range(1, 5)]
    shared = [start[:, None] == start[None, :] for start in starts]
    return np.asarray(np.sum(shared, axis=0), dtype=np.float64)


# -------------------------------------------------------------------------------------------- O*NET's occupations in ESCO's skills


def _region(data: Path, names: str) -> Region:
    """
    Return a taxonomy of O*NET's occupations, each asking what the ESCO occupations ask that are matched to it.

    The crosswalk is the one that gives every ESCO occupation to one O*NET occupation: with the official one, which gives it to
    several, related occupations share whole ESCO occupations, and the experts' judgement would be in the question.

    Args:
        data: Folder of real open data.
        names: `none`, `own` (its title) or `all` (and the titles that job seekers and employers use).
    """
    esco, _ = read_esco([data / "esco" / "v1.1.1-en"], languages=["en"])
    matched = (
        pl.read_csv(data / "matching-groundtruth/career-causeways/esco_onet_crosswalk_MCC.csv.gz", infer_schema=False)
        .select(code="onet_code", esco=pl.col("concept_uri").str.split("/").list.last())
        .drop_nulls()
        .join(esco["occupations"].select("isco08", esco="occupation_id"), on="esco")
        .join(pl.read_excel(data / "onet-29.3/Job Zones.xlsx").select(code=SOC), on="code", how="semi")
    )
    skills = matched.join(esco["occupation_skills"], left_on="esco", right_on="occupation_id")
    asked = skills.sort("relation").unique(["code", "skill_id"], keep="first").sort("code", "skill_id")
    codes = matched.group_by("code").agg(pl.col("isco08").sort()).sort("code")
    occupations = codes.select(
        occupation_id="code", isco08=pl.col("isco08").map_elements(_most_common, return_dtype=pl.String)
    )
    tables = {
        "occupations": occupations,
        "skills": esco["skills"],
        "broader": esco["broader"].filter(concept="skill"),
        "occupation_skills": asked.select("skill_id", "relation", occupation_id="code"),
        "labels": _names(data, names).join(occupations, left_on="concept_id", right_on="occupation_id", how="semi"),
    }
    known = Provenance("observed", "O*NET 29.3 and ESCO 1.1.1", "CC BY 4.0", date(2025, 5, 1))
    frames = {name: TABLES[name].conform(frame) for name, frame in tables.items()}
    return Region(Manifest("onet", "O*NET", known.date, "en", dict.fromkeys(frames, known)), frames)


def _most_common(codes: pl.Series) -> str:
    return str(Counter(codes.to_list()).most_common(1)[0][0])


def _names(data: Path, names: str) -> pl.DataFrame:
    own = pl.read_excel(data / "onet-29.3/Occupation Data.xlsx").select(
        concept_id=SOC, text="Title", kind=pl.lit("preferred")
    )
    more = pl.read_excel(data / "onet-29.3/Alternate Titles.xlsx").select(
        concept_id=SOC, text="Alternate Title", kind=pl.lit("alternative")
    )
    chosen = {"none": own.clear(), "own": own, "all": pl.concat([own, more])}[names]
    described = chosen.with_columns(concept=pl.lit("occupation"), language=pl.lit("en"))
    return described.drop_nulls().unique(["concept_id", "kind", "text"]).sort("concept_id", "kind", "text")
