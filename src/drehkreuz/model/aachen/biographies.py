# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What people bring: occupations held, awards, certificates, skills, languages, licences, residence title."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.model.aachen.draw import Draws, Stream
from drehkreuz.model.aachen.people import DAY, People
from drehkreuz.model.core import Core, Market, shares

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

FIRST_YEAR: Final = np.array([16, 19, 23, 25])
"""Age at the first post in an occupation, by level 1 to 4."""

WITHOUT_AWARD: Final = {
    "unemployed": (1.0, 0.30, 0.12, 0.04),
    "newcomers": (1.0, 0.62, 0.40, 0.15),
    "returners": (1.0, 0.14, 0.06, 0.02),
    "cross_border": (1.0, 0.20, 0.08, 0.03),
    "lignite_operator": (1.0, 0.10, 0.03, 0.0),
    "students": (1.0, 1.0, 1.0, 1.0),
}
"""Share who do the work of an occupation without its award, by group and level; assumed. Helpers have none."""
OTHERWISE: Final = (1.0, 0.14, 0.06, 0.02)

FOREIGN: Final = frozenset({"graduates_abroad", "newcomers"})
"""Groups whose awards are from abroad."""

ORIGINS: Final = (("UA", "uk", 0.24), ("SY", "ar", 0.22), ("TR", "tr", 0.14), ("IN", "hi", 0.10), ("IR", "fa", 0.08), ("AF", "fa", 0.08), ("PL", "pl", 0.08), ("RO", "ro", 0.06))
"""Country and first language of people from abroad; shares assumed."""

RECOGNITION: Final = (("none", 0.42), ("applied", 0.22), ("partial", 0.20), ("full", 0.16))


@dataclass(frozen=True, slots=True)
class Biographies:
    """
    What people bring.

    Attributes:
        tables: person_occupations, person_qualifications, person_skills, person_languages, person_licences.
        columns: Columns of `people` that follow from it: eqf, residence_purpose, residence_months_left.
    """

    tables: dict[str, pl.DataFrame]
    columns: pl.DataFrame


def biographies(people: People, core: Core, market: Market, draws: Draws) -> Biographies:
    """
    Draw what everybody brings.

    Nobody holds an award younger than it can be had, or has worked more years than their age less 15.
    """
    held = _Held.draw(people, core, market, draws)
    origin = _origins(people, draws)
    return Biographies(
        {
            "person_occupations": _occupations(people, held, market, draws),
            "person_qualifications": pl.concat([
                _awards(people, held, origin, core, market, draws),
                _certificates(people, market, core, draws),
                _school(people, held, draws),
            ]),
            "person_skills": _skills(people, core, market, draws),
            "person_languages": _languages(people, held, origin, draws),
            "person_licences": _licences(people, market, draws),
        },
        _columns(people, held, origin, draws),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Held:
    """Level, award and dqr of each person's occupation; level 0 where there is none."""

    level: Ints
    award: Bools
    dqr: Ints

    @classmethod
    def draw(cls, people: People, core: Core, market: Market, draws: Draws) -> _Held:
        occupation = people.sample.occupation
        level = np.where(occupation >= 0, core.occupations["level"].to_numpy()[occupation], 0)
        dqr = np.where(occupation >= 0, core.occupations["dqr"].to_numpy()[occupation], 0)
        has_award = np.isin(core.occupations["occupation_id"].to_numpy(), core.qualifications["occupation_id"].drop_nulls().to_numpy())
        without = np.array([WITHOUT_AWARD.get(name, OTHERWISE)[max(at, 1) - 1] for name, at in zip(people.group, level, strict=True)])
        award = (occupation >= 0) & has_award[occupation] & ~draws.stream("awards").happens(without, len(level))
        regulated = (occupation >= 0) & core.occupations["regulated"].to_numpy()[occupation]
        # Who works in a regulated occupation holds its award; others of its pool only studied or assisted.
        award |= regulated & has_award[occupation] & ~np.isin(people.group, ["students", *FOREIGN])
        return cls(level.astype(np.int64), award & (people.years_old >= FIRST_YEAR[np.maximum(level, 1) - 1]), dqr.astype(np.int64))


def _ids(people: People) -> NDArray[Any]:
    return people.table["person_id"].to_numpy().astype(str)


def _occupations(people: People, held: _Held, market: Market, draws: Draws) -> pl.DataFrame:
    """Return the occupation of each person and, of about a third, an earlier one of the same pool of the group."""
    stream, n = draws.stream("occupations held"), len(people.sample)
    names = np.array(market.occupation_ids)
    status = people.table["employment_status"].to_numpy()
    at_work = np.isin(status, ["employed", "part_time"])
    studied = people.group == "students"
    most = np.clip(people.years_old - FIRST_YEAR[np.maximum(held.level, 1) - 1], 0, None)
    tenure = people.table["tenure_years"].fill_null(0).to_numpy()
    years = np.where(at_work, np.minimum(np.maximum(tenure, most * (0.35 + 0.65 * stream.uniform(n))), most), most * (0.15 + 0.7 * stream.uniform(n)))  # noqa: E501
    away = np.floor(stream.uniform(n) ** 2 * np.where(people.group == "returners", 12, 5))
    years = np.floor(np.where(at_work, years, np.maximum(np.minimum(years, most - away), 0)))
    has = (people.sample.occupation >= 0) & ~studied & ((years >= 1) | held.award | at_work)
    first = pl.DataFrame(
        {
            "person_id": _ids(people)[has],
            "occupation_id": names[people.sample.occupation[has]],
            "years": years[has].astype(np.float64),
            "last_year": pl.Series(np.where(at_work, np.nan, DAY.year - away)[has]).fill_nan(None).cast(pl.Int32),
            "current": at_work[has],
        }
    )
    return pl.concat([first, _earlier(people, names, has, years, most, stream)])


def _earlier(people: People, names: NDArray[Any], has: Bools, years: NDArray[Any], most: Ints, stream: Stream) -> pl.DataFrame:
    n = len(people.sample)
    rest = most - years
    wants = has & (rest >= 4) & stream.happens(0.45, n)  # noqa: PLR2004  # shorter stays are not told
    # Somebody else's occupation of the same group, drawn at random: what such people do.
    other = np.full(n, -1)
    for group in np.unique(people.sample.group):
        mine = np.flatnonzero((people.sample.group == group) & (people.sample.occupation >= 0))
        if len(mine):
            other[mine] = people.sample.occupation[mine][stream.permutation(len(mine))]
    wants &= (other != people.sample.occupation) & (other >= 0)
    took = np.floor(1 + stream.uniform(n) * np.minimum(rest - 1, 10))
    ended = people.table["birth_year_to"].to_numpy() + people.years_old - years - 1
    return pl.DataFrame(
        {
            "person_id": _ids(people)[wants],
            "occupation_id": names[other[wants]],
            "years": took[wants].astype(np.float64),
            "last_year": pl.Series(np.minimum(ended, DAY.year - 1)[wants]).cast(pl.Int32),
            "current": np.zeros(int(wants.sum()), dtype=np.bool_),
        }
    )


QUALIFICATION_COLUMNS: Final = {
    "person_id": pl.String, "qualification_id": pl.String, "year": pl.Int32, "country": pl.String,
    "recognition": pl.String, "modules_done": pl.Int32, "modules_total": pl.Int32, "expires": pl.Date,
}  # fmt: skip


def _qualified(**columns: Any) -> pl.DataFrame:  # noqa: ANN401  # anything a column can be made of
    n = len(columns["person_id"])
    empty = {name: pl.Series(name, [None], dtype=dtype).new_from_index(0, n) for name, dtype in QUALIFICATION_COLUMNS.items()}
    given = {name: pl.Series(name, list(values) if isinstance(values, list) else values).cast(QUALIFICATION_COLUMNS[name]) for name, values in columns.items()}  # noqa: E501
    return pl.DataFrame({**empty, **given})


def _awards(people: People, held: _Held, origin: Ints, core: Core, market: Market, draws: Draws) -> pl.DataFrame:
    stream, n = draws.stream("years of awards"), len(people.sample)
    of_occupation = dict(core.qualifications.filter(pl.col("occupation_id").is_not_null()).select("occupation_id", "qualification_id").iter_rows())  # noqa: E501
    names = np.array([of_occupation.get(name, "") for name in market.occupation_ids])
    birth = DAY.year - people.years_old
    at = np.minimum(birth + FIRST_YEAR[np.maximum(held.level, 1) - 1] + np.floor(stream.uniform(n) * 3), DAY.year)
    foreign = origin >= 0
    kinds = [name for name, _ in RECOGNITION]
    recognition = np.array(kinds)[stream.choose([share for _, share in RECOGNITION], n)]
    countries = np.array([country for country, _, _ in ORIGINS])
    has = held.award
    # Some who work without the award have begun its modules (Teilqualifikation).
    began = ~has & (held.level == 2) & ~foreign & (names[people.sample.occupation] != "") & stream.happens(0.05, n)  # noqa: PLR2004
    done = 1 + np.floor(stream.uniform(n) * 4)
    return pl.concat(
        [
            _qualified(
                person_id=_ids(people)[has],
                qualification_id=names[people.sample.occupation[has]],
                year=at[has].astype(np.int64),
                country=np.where(foreign, countries[origin], np.where(_abroad(people), "NL", "DE"))[has],
                recognition=np.where(foreign, recognition, np.where(_abroad(people), "full", "none"))[has],
            ),
            _qualified(
                person_id=_ids(people)[began],
                qualification_id=names[people.sample.occupation[began]],
                year=np.full(int(began.sum()), DAY.year - 1),
                country=np.full(int(began.sum()), "DE"),
                recognition=np.full(int(began.sum()), "none"),
                modules_done=done[began].astype(np.int64),
                modules_total=np.full(int(began.sum()), 6),
            ),
        ]
    )


def _abroad(people: People) -> Bools:
    return np.asarray(people.group == "cross_border")


def _certificates(people: People, market: Market, core: Core, draws: Draws) -> pl.DataFrame:
    """Return certificates that go with the occupation held, some of them run out."""
    awards = set(core.qualifications.filter(pl.col("occupation_id").is_not_null())["qualification_id"])
    valid = dict(core.qualifications.select("qualification_id", "valid_years").iter_rows())
    stream, n = draws.stream("certificates"), len(people.sample)
    parts = []
    asked = [shares(text) for text in market.frame["certificates"]]
    for certificate in sorted({name for each in asked for name in each} - awards):
        share = np.array([each.get(certificate, 0.0) for each in asked])
        has = (people.sample.occupation >= 0) & stream.happens(share[people.sample.occupation], n)
        has &= people.group != "students"
        at = DAY.year - 1 - np.floor(stream.uniform(n) * np.minimum(8, np.maximum(people.years_old - 19, 0)))
        years = valid[certificate]
        expires = [
            None if years is None else date(int(year) + int(np.ceil(years)), 1 + int(u * 12), 28)
            for year, u in zip(at[has], stream.uniform(int(has.sum())), strict=True)
        ]
        parts.append(
            _qualified(
                person_id=_ids(people)[has],
                qualification_id=np.full(int(has.sum()), certificate),
                year=at[has].astype(np.int64),
                country=np.full(int(has.sum()), "DE"),
                recognition=np.full(int(has.sum()), "none"),
                expires=expires,
            )
        )
    return pl.concat(parts)


def _school(people: People, held: _Held, draws: Draws) -> pl.DataFrame:
    stream, n = draws.stream("school"), len(people.sample)
    shares_of = np.array([[0.55, 0.30, 0.05], [0.55, 0.30, 0.05], [0.28, 0.52, 0.18], [0.06, 0.44, 0.50], [0.0, 0.04, 0.96]])
    none_left = 1 - shares_of.sum(axis=1, keepdims=True)
    leaving = stream.choose_each(np.concatenate([shares_of, none_left], axis=1)[held.level])
    leaving = np.where(people.group == "students", 2, leaving)
    has = (leaving < 3) & ~np.isin(people.group, list(FOREIGN))  # noqa: PLR2004  # three kinds of school leaving
    names = np.array(["q-school-9", "q-school-10", "q-school-12", ""])
    at = np.minimum(DAY.year - people.years_old + np.array([16, 17, 19, 16])[leaving], DAY.year)
    return _qualified(
        person_id=_ids(people)[has],
        qualification_id=names[leaving[has]],
        year=at[has],
        country=np.where(_abroad(people), "NL", "DE")[has],
        recognition=np.where(_abroad(people), "full", "none")[has],
    )


def _skills(people: People, core: Core, market: Market, draws: Draws) -> pl.DataFrame:
    """Return skills beside the occupation: optional ones of it, and what students learned before they left."""
    row = {name: i for i, name in enumerate(market.occupation_ids)}
    asked = core.occupation_skills.with_columns(o=pl.col("occupation_id").replace_strict(row, return_dtype=pl.Int64))
    person = pl.DataFrame({"person_id": _ids(people), "o": people.sample.occupation, "student": people.group == "students"})
    pairs = person.filter(pl.col("o") >= 0).join(asked, on="o").sort("person_id", "skill_id")
    u = draws.stream("skills").uniform(len(pairs))
    student, essential = pairs["student"].to_numpy(), (pairs["relation"] == "essential").to_numpy()
    keep = u < np.select([student & essential, student, ~essential], [0.5, 0.25, 0.22], 0.0)
    taken_back = ~student & essential & (u < 0.012)  # noqa: PLR2004  # assumed: one skill in eighty is not there
    kept = pairs.filter(keep | taken_back)
    through = np.where(taken_back, "corrected_away", np.where(student, "course", "claim"))[keep | taken_back]
    return kept.select("person_id", "skill_id").with_columns(through=pl.Series(through))


def _origins(people: People, draws: Draws) -> Ints:
    """Return the row of `ORIGINS` of people from abroad, -1 for the others."""
    drawn = draws.stream("origins").choose([share for _, _, share in ORIGINS], len(people.sample))
    return np.where(np.isin(people.group, list(FOREIGN)), drawn, -1)


def _languages(people: People, held: _Held, origin: Ints, draws: Draws) -> pl.DataFrame:
    stream, n = draws.stream("languages"), len(people.sample)
    levels = np.array(["A1", "A2", "B1", "B2", "C1", "C2"])
    foreign, across = origin >= 0, _abroad(people)
    german = np.where(people.group == "graduates_abroad", stream.choose((0.04, 0.18, 0.40, 0.28, 0.10), n), stream.choose((0.10, 0.32, 0.38, 0.20), n))  # noqa: E501
    german = np.select([foreign, across], [german, stream.choose((0.05, 0.15, 0.3, 0.3, 0.2), n)], 5)
    # Some of the unemployed speak less German than the work asks; who has lived here for long has no certificate of it.
    weak = np.isin(people.group, ["unemployed", "returners"]) & (held.level <= 1) & stream.happens(0.28, n)
    german = np.where(weak, stream.choose((0.08, 0.3, 0.4, 0.22), n), german)
    first = np.array([language for _, language, _ in ORIGINS])
    mother = np.where(foreign, first[origin], np.where(across, np.where(stream.happens(0.6, n), "nl", "fr"), np.array(["tr", "ar", "ro", "sq"])[stream.choose((0.4, 0.25, 0.2, 0.15), n)]))  # noqa: E501
    english = np.clip(held.level + np.floor(stream.uniform(n) * 2) - 1, 0, 4).astype(np.int64)
    speaks_english = stream.happens(np.array([0.35, 0.25, 0.5, 0.8, 0.95])[held.level], n)

    def rows(who: Bools, language: Any, cefr: Any, certified: Any) -> pl.DataFrame:  # noqa: ANN401  # scalars or arrays
        k = int(who.sum())
        whole = [np.broadcast_to(np.asarray(each), n)[who] for each in (language, cefr, certified)]
        return pl.DataFrame({"person_id": _ids(people)[who], "language": whole[0], "cefr": whole[1], "certified": whole[2]}) if k else pl.DataFrame(schema={"person_id": pl.String, "language": pl.String, "cefr": pl.String, "certified": pl.Boolean})  # noqa: E501

    everybody = np.ones(n, dtype=np.bool_)
    native = german == 5  # noqa: PLR2004  # C2
    return pl.concat(
        [
            rows(everybody, "de", levels[german], native | stream.happens(0.45, n)),
            rows(foreign | across | weak, mother, "C2", True),  # noqa: FBT003  # the column's value
            rows(speaks_english, "en", levels[english], stream.happens(0.1, n)),
        ]
    )


def _licences(people: People, market: Market, draws: Draws) -> pl.DataFrame:
    stream, n = draws.stream("licences"), len(people.sample)
    asked = [shares(text) for text in market.frame["licence"]]
    adult = people.years_old >= 18  # noqa: PLR2004  # § 10 FeV
    car = people.table["car"].to_numpy()
    drives = adult & (car | stream.happens(np.where(np.isin(people.group, list(FOREIGN)), 0.25, 0.55), n))
    parts = [pl.DataFrame({"person_id": _ids(people)[drives], "licence": np.full(int(drives.sum()), "B"), "code95_expires": pl.Series([None], dtype=pl.Date).new_from_index(0, int(drives.sum()))})]  # noqa: E501
    for name in sorted({name for each in asked for name in each} - {"B"}):
        licence, _, code = name.partition("+")
        share = np.array([each.get(name, 0.0) for each in asked])
        has = drives & (people.sample.occupation >= 0) & (people.years_old >= 21) & (people.group != "students")  # noqa: PLR2004
        has &= stream.happens(np.minimum(share[people.sample.occupation], 0.95), n)
        k = int(has.sum())
        years = np.floor(stream.uniform(k) * 6 - 0.6)
        expires = [date(DAY.year + int(year), 9, 9) if code else None for year in years]
        parts.append(pl.DataFrame({"person_id": _ids(people)[has], "licence": np.full(k, licence), "code95_expires": pl.Series(expires, dtype=pl.Date)}))  # noqa: E501
    return pl.concat(parts).unique(["person_id", "licence"], keep="last", maintain_order=True)


def _columns(people: People, held: _Held, origin: Ints, draws: Draws) -> pl.DataFrame:
    stream, n = draws.stream("residence"), len(people.sample)
    reached = np.where(held.award, held.dqr, np.array([1, 2, 2, 3, 4])[held.level])
    reached = np.where(people.group == "students", 4, reached)
    reached = np.where(people.group == "school_leavers", np.where(stream.happens(0.4, n), 3, 2), reached)
    eu = np.isin(origin, [i for i, (country, _, _) in enumerate(ORIGINS) if country in ("PL", "RO")])
    purposes = np.array(["humanitarian", "job_search", "work_tied", "study", "unrestricted"])
    of_graduates = purposes[stream.choose((0.12, 0.38, 0.12, 0.08, 0.30), n)]
    of_newcomers = purposes[stream.choose((0.62, 0.02, 0.04, 0.0, 0.32), n)]
    purpose = np.where(people.group == "graduates_abroad", of_graduates, of_newcomers)
    purpose = np.where((origin >= 0) & ~eu, purpose, "unrestricted")
    months = np.floor(6 + stream.uniform(n) * 30)
    return pl.DataFrame(
        {
            "eqf": reached.astype(np.int64),
            "residence_purpose": purpose,
            "residence_months_left": pl.Series(np.where(purpose == "unrestricted", np.nan, months)).fill_nan(None),
        }
    )
