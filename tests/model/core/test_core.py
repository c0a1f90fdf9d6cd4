# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The core taxonomy: well-formed, connected, lawful, and alike where ESCO and O*NET see likeness."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.stats import spearmanr

from drehkreuz.model.core import core, market, shares
from drehkreuz.model.core.taxonomy import HERE, LANGUAGES, certificates, read_occupations
from drehkreuz.region import Manifest, Provenance, Region
from drehkreuz.region.csr import Csr
from drehkreuz.skills.feasibility import feasibility
from drehkreuz.skills.profile import SkillProfiles
from drehkreuz.skills.requirements import Requirements
from drehkreuz.skills.taxonomy import taxonomy

MINIMUM_WAGE = 13.90  # EUR an hour in 2026, fifth ordinance on the minimum wage
HOURS_A_MONTH = 37.5 * 4.348

LEVELS = {"1": {4}, "2": {4}, "3": {3}, "4": {2}, "5": {2}, "6": {2}, "7": {2}, "8": {1, 2}, "9": {1}}
"""KldB requirement level (fifth digit) by ISCO-08 major group; of group 8 some units are helpers' in the KldB."""

EXCEPTIONS = {
    "o-care-helper": "ISCO counts care assistants to service work, the KldB to helpers (82101)",
    "o-driving-instructor": "ISCO counts driving instructors to service work, the KldB knows them as specialists (84513)",
    "o-educator": "ISCO counts early childhood educators to the professions, Germany trains them at a Fachschule (83113)",
    "o-intensive-care-nurse": "ISCO counts nurses to the professions; further training on a skilled award (81313)",
    "o-it-support": "ISCO counts IT operations technicians to associate professionals; a dual apprenticeship here (43102)",
    "o-lab-technician": "ISCO counts science technicians to associate professionals; a dual apprenticeship here (41322)",
    "o-medical-assistant": "ISCO counts medical assistants to associate professionals; a dual apprenticeship here (81102)",
    "o-nurse": "ISCO counts nurses to the professions; a vocational award in Germany (81302)",
    "o-nursing-assistant": "ISCO counts health care assistants to service work, the KldB to helpers (81301)",
    "o-occupational-therapist": "ISCO counts the therapies to the professions; a school-based award in Germany (81723)",
    "o-paramedic": "ISCO counts ambulance workers to associate professionals, the KldB to skilled work (81342)",
    "o-pharmacy-assistant": "ISCO counts pharmaceutical technicians to associate professionals; skilled work here (81822)",
    "o-physiotherapist": "ISCO counts physiotherapists to the professions; a school-based award in Germany (81713)",
    "o-school-companion": "ISCO counts teachers' aides to service work, the KldB to helpers (83131)",
    "o-technical-product-designer": "ISCO counts draughtspeople to associate professionals; an apprenticeship here (27212)",
    "o-waterworks-technician": "ISCO counts water plant operators to associate professionals; an apprenticeship (34312)",
}
"""Occupations whose levels in the two classifications differ, and why."""


@cache
def asked() -> dict[str, frozenset[str]]:
    """Essential and optional skills of each occupation together."""
    skills: defaultdict[str, set[str]] = defaultdict(set)
    for occupation, skill in core().occupation_skills.select("occupation_id", "skill_id").iter_rows():
        skills[occupation].add(skill)
    return {occupation: frozenset(each) for occupation, each in sorted(skills.items())}


@cache
def uses() -> Counter[str]:
    """Number of occupations that ask each skill."""
    return Counter(skill for each in asked().values() for skill in each)


def test_size() -> None:
    """There are 150 to 165 occupations and 800 to 850 skills, every occupation in every table that speaks of occupations."""
    assert 150 <= len(core().occupations) <= 165
    assert 800 <= len(core().skills) <= 850
    assert list(asked()) == core().occupations["occupation_id"].to_list() == market().occupation_ids


def test_skills_of_an_occupation() -> None:
    """Every occupation asks 10 to 16 skills as essential, 5 to 9 as optional, none as both."""
    for occupation, each in read_occupations().items():
        assert 10 <= len(each["essential"]) <= 16, occupation
        assert 5 <= len(each["optional"]) <= 9, occupation
        assert len(asked()[occupation]) == len(each["essential"]) + len(each["optional"]), occupation


def test_skills_are_shared() -> None:
    """All skills are asked, at least 60 % by two or more occupations (in fact nine of ten), none by more than 40 %."""
    assert set(uses()) == set(core().skills["skill_id"])
    assert np.mean([times >= 2 for times in uses().values()]) >= 0.6
    assert max(uses().values()) <= 0.4 * len(asked())


def test_transversal_skills_are_used() -> None:
    """Every transversal skill is asked by two or more occupations."""
    transversal = core().skills.filter(pl.col("reuse") == "transversal")["skill_id"].to_list()
    assert transversal
    assert not [skill for skill in transversal if uses()[skill] < 2]


def test_no_two_occupations_alike() -> None:
    """No two occupations share 80 % or more of what they ask together."""
    for (one, ours), (other, theirs) in combinations(asked().items(), 2):
        assert len(ours & theirs) < 0.8 * len(ours | theirs), (one, other)


def test_levels_agree() -> None:
    """The KldB's fifth digit is the level of the ISCO major group, but for the named occupations, each of which needs naming."""
    differ = {
        occupation
        for occupation, isco, kldb in core().occupations.select("occupation_id", "isco08", "kldb2010").iter_rows()
        if int(kldb[4]) not in LEVELS[isco[0]]
    }
    assert differ == set(EXCEPTIONS)


def test_labels_in_four_languages() -> None:
    """Every occupation, skill and group has one preferred label in each language, and no two of a kind share one."""
    preferred = core().labels.filter(pl.col("kind") == "preferred")
    per_concept = preferred.group_by("concept_id").agg(pl.col("language").sort())
    assert per_concept["language"].to_list() == [sorted(LANGUAGES)] * len(per_concept)
    named = set(preferred["concept_id"])
    assert named >= {*core().occupations["occupation_id"], *core().skills["skill_id"], *core().broader["broader_id"]}
    assert preferred.group_by("concept", "language", "text").len().filter(pl.col("len") > 1).is_empty()


def test_no_name_stands_for_two_occupations() -> None:
    """No name, preferred or alternative, stands for two occupations in a language."""
    known = (pl.col("concept") == "occupation") & (pl.col("kind") != "hidden")
    names = core().labels.filter(known).with_columns(pl.col("text").str.to_lowercase())
    assert (
        names.group_by("language", "text")
        .agg(pl.col("concept_id").n_unique())
        .filter(pl.col("concept_id") > 1)
        .is_empty()
    )


def test_what_people_say() -> None:
    """Words that people say stand once, with a concept that is there, in an order that finds them, beside its own names."""
    said = pl.read_csv((HERE / "spoken.csv").read_bytes())
    assert said.select("concept_id", "language", "kind").equals(
        said.select("concept_id", "language", "kind").unique().sort("concept_id", "language", "kind")
    )
    assert set(said["concept_id"]) <= {*core().occupations["occupation_id"], *core().skills["skill_id"]}
    labels = core().labels.group_by("concept_id", "language", "text").len()
    assert labels.filter(pl.col("len") > 1).is_empty()


def test_german_fits_a_line() -> None:
    """The German name of a skill is short: 60 characters at most."""
    german = core().labels.filter((pl.col("language") == "de") & (pl.col("concept") == "skill"))["text"]
    assert german.str.len_chars().max() <= 60  # type: ignore[operator]  # there are labels


def test_market_sums() -> None:
    """Shares of sectors and rotas sum to 1, jobs to 10,000."""
    for column in ("sectors", "rotas"):
        np.testing.assert_allclose(market().shares(column)[1].sum(axis=1), 1.0, atol=1e-9)
    assert market().numbers("employed_per_10000").sum() == pytest.approx(10_000)


def test_pay_above_minimum_wage() -> None:
    """The median base pay of every occupation is above the minimum wage for a week of 37.5 hours."""
    assert market().numbers("pay_median").min() >= MINIMUM_WAGE * HOURS_A_MONTH


def test_certificates_exist() -> None:
    """Every certificate the market asks is a qualification, asked by a share of posts."""
    known = set(core().qualifications["qualification_id"])
    for text in market().frame["certificates"]:
        for certificate, share in shares(text).items():
            assert certificate in known
            assert 0 < share <= 1


def test_regulated_occupations_have_an_award() -> None:
    """For every regulated occupation there is a qualification that opens it, and a word on who grants it by which act."""
    opened = set(core().qualifications["occupation_id"].drop_nulls())
    regulated = core().occupations.filter("regulated")
    assert set(regulated["occupation_id"]) <= opened
    assert regulated.select("regulated_authority", "regulated_act").null_count().row(0) == (0, 0)


def test_certificates_that_a_law_asks() -> None:
    """A certificate counts as regulated where a law is named for it; norms, insurers' rules and what the EU takes as it is do not."""
    laws = dict(certificates().drop_nulls("regulated_act").select("qualification_id", "regulated_act").iter_rows())
    known = core().qualifications
    assert set(known.filter("regulated", pl.col("occupation_id").is_null())["qualification_id"]) < set(laws)
    assert {"q-34a", "q-food-hygiene", "q-passenger-licence"} < set(laws)
    assert not {"q-crane", "q-forklift", "q-rigger", "q-first-aid", "q-weld-mag", "q-adr", "q-code95"} & set(laws)
    assert not any("DGUV" in law or "DIN" in law for law in laws.values())


def test_awards_belong_to_one_occupation() -> None:
    """No two awards have one name: an award belongs to the occupation that is truest to it."""
    qualifications = core().qualifications
    assert qualifications["qualification_id"].is_unique().all()
    assert qualifications["label_de"].is_unique().all()


def test_kldb_codes_exist(data: Path) -> None:
    """Every KldB code is a five-digit unit of the KldB 2010 in its version of 2020."""
    file = data / "labour" / "kldb2010" / "KldB_2010_V2020_DE_Gliederung_mit_Erlaeuterung.csv.gz"
    units = {row[0] for row in csv.reader(_text(file), delimiter=";") if len(row) > 1 and row[1] == "5"}
    assert len(units) > 1_200
    assert set(core().occupations["kldb2010"]) <= units


def test_alike_where_esco_is(data: Path) -> None:
    """
    Pairs of occupations rank as in ESCO, Spearman's rho ≥ 0.5.

    Ours: the mean of `feasibility` both ways, of a person who has all skills of one occupation in a post that asks all
    skills of the other. ESCO's: the IDF-weighted Jaccard index of essential and optional skills, mean over all pairs of
    ESCO occupations under the two ISCO unit groups. Pairs within one unit group are left out, as ESCO's mean does not
    tell them apart.
    """
    groups, alike = _esco(data)
    isco = core().occupations["isco08"].to_list()
    assert set(isco) <= set(groups)
    position = [groups.index(code) for code in isco]
    theirs = alike[np.ix_(position, position)]
    one, other = _pairs(isco)
    assert len(one) > 12_000
    assert spearmanr(_alike()[one, other], theirs[one, other]).statistic >= 0.5


def test_alike_where_onet_relates(data: Path) -> None:
    """
    Pairs of occupations rank as O*NET relates them, Spearman's rho ≥ 0.5, and related pairs before others.

    Ours: as against ESCO. O*NET's: an occupation lists twenty related ones, the first counts 1, the twentieth 0.05, all
    others 0; mean over the O*NET occupations that the crosswalk gives for the ESCO occupations under the two ISCO unit
    groups, and over both directions where both lists are in the data. Only half of the lists is there; pairs without any
    are left out, as are pairs within one unit group. "Related": this mean is above 0; the area under the curve is the chance
    that such a pair ranks before one that is not.
    """
    isco = core().occupations["isco08"].to_list()
    related = _onet(data, isco)
    one, other = _pairs(isco)
    known = ~np.isnan(related[one, other])
    ours, theirs = _alike()[one, other][known], related[one, other][known]
    assert len(ours) > 12_000
    assert spearmanr(ours, theirs).statistic >= 0.5
    assert _area_under_curve(ours, theirs > 0.0) >= 0.7


def _pairs(isco: list[str]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return all pairs of occupations of different unit groups, each once."""
    one, other = np.triu_indices(len(isco), k=1)
    differ = np.array(isco)[one] != np.array(isco)[other]
    return one[differ], other[differ]


@cache
def _alike() -> NDArray[np.float64]:
    """Return float64[o, o], the mean of both directions of feasibility between occupations."""
    known = Provenance("assumed", "core taxonomy", "Apache-2.0", date(2026, 11, 2))
    tables = core().tables()
    region = Region(Manifest("core", "Core", date(2026, 11, 2), "de", dict.fromkeys(tables, known)), tables)
    taxa = taxonomy(region)
    n = len(taxa.occupation_ids)
    pairs = [(taxa.occupation_index[name], taxa.skill_index[skill]) for name, each in asked().items() for skill in each]
    skills = Csr.from_pairs([row for row, _ in pairs], [value for _, value in pairs], n)
    nothing = Csr(np.zeros(n + 1, dtype=np.int64), np.zeros(0, dtype=np.int32))
    of_all, none = np.arange(n, dtype=np.int32), np.zeros(0, dtype=np.int8)
    people = SkillProfiles(skills, np.zeros(len(pairs), dtype=np.int32), np.full(len(pairs), -1, dtype=np.int32))
    posts = Requirements(
        of_vacancy=of_all,
        occupation=of_all,
        eqf=np.zeros(n, dtype=np.int8),
        must=skills,
        nice=nothing,
        trainable_share=np.zeros(n),
        trainable_weeks=np.zeros(n),
        qualifications=nothing,
        language_names=(),
        languages=nothing,
        cefr=none,
        certified=none.astype(bool),
        licence_names=(),
        licences=nothing,
        code95=none.astype(bool),
    )
    directed = feasibility(people, posts, taxa, range(n))
    return np.asarray((directed + directed.T) / 2, dtype=np.float64)


def _esco(data: Path) -> tuple[list[str], NDArray[np.float64]]:
    """Return ESCO's unit groups that ours belong to, and how alike their occupations are in the mean, float64[g, g]."""
    folder = data / "esco" / "v1.1.1-en"
    unit = {row["conceptUri"]: row["iscoGroup"] for row in csv.DictReader(_text(folder / "occupations_en.csv.gz"))}
    relations = list(csv.DictReader(_text(folder / "occupationSkillRelations.csv.gz")))
    names = {name: at for at, name in enumerate(sorted({row["occupationUri"] for row in relations} & set(unit)))}
    skills = {name: at for at, name in enumerate(sorted({row["skillUri"] for row in relations}))}
    pairs = sorted(
        {(names[row["occupationUri"]], skills[row["skillUri"]]) for row in relations if row["occupationUri"] in names}
    )
    rows, columns = np.array(pairs).T
    has = csr_array((np.ones(len(pairs)), (rows, columns)), shape=(len(names), len(skills)))
    weight = np.log((1 + len(names)) / (1 + has.sum(axis=0))) + 1

    groups = sorted(set(core().occupations["isco08"]))
    under = [[at for name, at in names.items() if unit[name] == group] for group in groups]
    chosen = has[[at for members in under for at in members]]
    common = (chosen.multiply(weight[None, :]).tocsr() @ chosen.T).toarray()
    whole = common.diagonal()
    jaccard = common / (np.add.outer(whole, whole) - common)
    mean = _mean_over([len(members) for members in under])
    return groups, mean @ jaccard @ mean.T


def _mean_over(sizes: list[int]) -> NDArray[np.float64]:
    """Return float64[g, sum of sizes], rows that take the mean over runs of these sizes."""
    return np.repeat(np.eye(len(sizes)), sizes, axis=1) / np.repeat(np.array(sizes, dtype=np.float64), sizes)


def _onet(data: Path, isco: list[str]) -> NDArray[np.float64]:
    """Return how related O*NET holds occupations of two unit groups, float64[o, o], nan where neither has a list."""
    lists = pl.read_csv(data / "onet-29.3" / "related_occupations_dev.csv")
    entries = lists.select("O*NET-SOC Code", "Related O*NET-SOC Code", "Index").rows()
    codes = {name: at for at, name in enumerate(sorted({code for entry in entries for code in entry[:2]}))}
    rank = np.zeros((len(codes), len(codes)))
    for source, target, index in entries:
        rank[codes[source], codes[target]] = (21 - index) / 20
    listed = rank.any(axis=1)

    under: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for code, _, onet, *_ in csv.reader(_text(data / "crosswalks" / "crosswalk_esco_onet_reverse.csv.gz")):
        if (unit := re.match(r"C?(\d{4})", code)) and onet in codes:
            under[unit[1]][code].add(onet)
    mapped = np.zeros((len(isco), len(codes)))
    for at, group in enumerate(isco):
        for counterparts in under[group].values():
            mapped[at, [codes[each] for each in counterparts]] += 1 / len(counterparts)

    sources, targets = _shares_of_rows(mapped * listed), _shares_of_rows(mapped)
    directed = sources @ rank @ targets.T  # nan where the source has no list or the target no code
    both = np.stack([directed, directed.T])
    count = (~np.isnan(both)).sum(axis=0)
    mean = np.full(count.shape, np.nan)
    np.divide(np.nansum(both, axis=0), count, out=mean, where=count > 0)
    return mean


def _shares_of_rows(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return rows divided by their sum, nan where it is 0."""
    whole = matrix.sum(axis=1, keepdims=True)
    rows = np.full(matrix.shape, np.nan)
    np.divide(matrix, whole, out=rows, where=whole > 0)
    return rows


def _area_under_curve(values: NDArray[np.float64], positive: NDArray[np.bool_]) -> float:
    """Return the chance that a positive one has the higher value, ties counting half."""
    ranks = pl.Series(values).rank("average").to_numpy()
    n_positive = positive.sum()
    above = ranks[positive].sum() - n_positive * (n_positive + 1) / 2
    return float(above / (n_positive * (len(values) - n_positive)))


def _text(file: Path) -> Iterable[str]:
    return io.StringIO(gzip.decompress(file.read_bytes()).decode("utf-8-sig"), newline="")
