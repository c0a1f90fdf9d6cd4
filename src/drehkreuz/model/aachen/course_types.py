# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What providers teach: types of course, from the taxonomy's awards, certificates and skills, before place and format."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import polars as pl

from drehkreuz.model.core import Core
from drehkreuz.model.core.taxonomy import certificates

DATA: Final = files(__package__) / "data"

UNITS_A_WEEK: Final = 40
"""Teaching units of a week full time."""
SCHOOL_SHARE: Final = 0.85
"""Weeks of a long course that are taught; the rest is holidays."""
EXAM_BODIES: Final = {
    "(IHK)": "Industrie- und Handelskammer",
    "(HWK)": "Handwerkskammer",
    "(Gesellenbrief)": "Handwerkskammer",
    "(staatliche Prüfung)": "Bezirksregierung",
}
PRACTICAL: Final = ("technical", "manual", "digital")
"""Classes of skills by which a provider tells who can begin with a later module."""
LANGUAGE_EXAM: Final = "Beispiel-Prüfungsstelle"


@dataclass(frozen=True, slots=True)
class Assumed:
    """
    Lengths and demands that no table gives; assumed, in the order of what such courses have.

    Attributes:
        modules: Fewest and most modules of a Teilqualifikation.
        module_weeks: Shortest and longest module, weeks full time.
        module_size: Weeks full time that a module would have, when the number of modules is chosen.
        pace: Weeks in a module for each week that its skills take one by one.
        external_units: Preparation for the external examination, teaching units.
        external_skills: So many of the occupation's rarest skills stand for the years of work in it that § 45 (2) BBiG asks.
        recognition_units: Adaptation course, teaching units, in care and elsewhere.
        recognition_skills: So many of the occupation's rarest skills stand for the award from abroad.
    """

    modules: tuple[int, int] = (4, 7)
    module_weeks: tuple[int, int] = (6, 14)
    module_size: float = 10.0
    pace: float = 1.0
    external_units: int = 300
    external_skills: int = 6
    recognition_units: tuple[int, int] = (960, 560)
    recognition_skills: int = 3


ASSUMED: Final = Assumed()


@dataclass(frozen=True, slots=True)
class CourseType:
    """
    A course as its curriculum says; where and in which format it is held is not part of it.

    Attributes:
        key: Name, unique.
        chain: What is placed as a whole: the modules of a Teilqualifikation share it.
        family: Row of `families` in `course_types.toml`.
        field: Field that a site must teach.
        title: German title, without the format.
        units: Teaching units of 45 minutes.
        places: Pairs of site and format that offer it at full scale.
        skills: What it teaches.
        requires: Skills (`s-…`) and qualifications (`q-…`) that must come before.
        fee_eur: Fee; empty: by the family's fee a unit.
    """

    key: str
    chain: str
    family: str
    field: str
    title: str
    units: int
    places: int
    skills: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    entry_eqf: int = 1
    entry_cefr: str | None = None
    leads_to: str | None = None
    leads_to_language: str | None = None
    leads_to_cefr: str | None = None
    exam_body: str | None = None
    module_number: int | None = None
    modules_total: int | None = None
    fee_eur: float | None = None


@cache
def facts() -> dict[str, Any]:
    """Return what `course_types.toml` says."""
    return tomllib.loads((DATA / "course_types.toml").read_text(encoding="utf-8"))


def rows(name: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file of `data/`, all columns as text, empty ones as None."""
    yield from pl.read_csv((DATA / name).read_bytes(), infer_schema=False).iter_rows(named=True)


def split(text: str | None) -> tuple[str, ...]:
    """Return what stands between semicolons."""
    return tuple((text or "").split(";")) if text else ()


def course_types(core: Core) -> tuple[CourseType, ...]:
    """Return all types of course in order of their keys."""
    trade = Trades(core)
    found = [*_occupations(trade), *_advanced(trade), *_certificates(core), *_languages(), *_short()]
    return tuple(sorted(found, key=lambda each: each.key))


class Trades:
    """What the taxonomy says of occupations, as a provider of vocational training reads it."""

    def __init__(self, core: Core) -> None:
        skills = core.skills.join(core.occupation_skills.group_by("skill_id").len(), on="skill_id", how="left")
        self.asked_by: dict[str, int] = dict(skills.select("skill_id", pl.col("len").fill_null(0)).iter_rows())
        self.weeks: dict[str, float] = dict(skills.select("skill_id", "learning_weeks").iter_rows())
        self.attitudes = frozenset(skills.filter(pl.col("kind") == "attitude")["skill_id"])
        self.practical = frozenset(skills.filter(pl.col("class").is_in(PRACTICAL))["skill_id"]) - self.attitudes
        self.group: dict[str, str] = dict(
            core.broader.filter(pl.col("concept") == "skill")
            .sort("broader_id")
            .select("concept_id", "broader_id")
            .iter_rows()
        )
        german = core.labels.filter(pl.col("language") == "de", pl.col("kind") == "preferred")
        self.label: dict[str, str] = dict(german.select("concept_id", "text").iter_rows())
        awards = core.qualifications.filter(pl.col("occupation_id").is_not_null())
        self.award: dict[str, tuple[str, str]] = {
            occupation: (award, label)
            for occupation, award, label in awards.select("occupation_id", "qualification_id", "label_de").iter_rows()
        }
        self.of_award: dict[str, str] = {award: occupation for occupation, (award, _) in self.award.items()}
        essential = core.occupation_skills.filter(pl.col("relation") == "essential").sort("occupation_id", "skill_id")
        self.essential: dict[str, tuple[str, ...]] = {
            occupation: tuple(part["skill_id"])
            for (occupation,), part in essential.group_by("occupation_id", maintain_order=True)
        }

    def rarest(self, occupation: str, n: int) -> tuple[str, ...]:
        """Return the n essential skills that fewest occupations ask, attitudes left out: what shows that somebody worked in it."""
        taught = [skill for skill in self.essential[occupation] if skill not in self.attitudes]
        return tuple(sorted(sorted(taught, key=lambda skill: (self.asked_by[skill], skill))[:n]))

    def modules(self, occupation: str) -> list[tuple[str, ...]]:
        """
        Return the essential skills as modules of a Teilqualifikation: what many occupations ask first, one group after another.

        A group of skills goes as a whole before the next; the sequence is cut where the modules take about the same time.
        """
        skills = self.essential[occupation]
        groups: dict[str, list[str]] = {}
        for skill in skills:
            groups.setdefault(self.group[skill], []).append(skill)
        usual = {name: sum(self.asked_by[s] for s in each) / len(each) for name, each in groups.items()}
        order = sorted(skills, key=lambda s: (-usual[self.group[s]], self.group[s], -self.asked_by[s], s))
        fewest, most = ASSUMED.modules
        total = sum(self.weeks[s] for s in skills)
        n = max(fewest, min(most, round(total * ASSUMED.pace / ASSUMED.module_size)))
        cuts, done = [0], 0.0
        for i, skill in enumerate(order):
            left = n - len(cuts)
            if i - cuts[-1] >= 2 and left and (done >= total * len(cuts) / n or len(order) - i == 2 * left):
                cuts.append(i)
            done += self.weeks[skill]
        return [tuple(order[a:b]) for a, b in zip(cuts, [*cuts[1:], len(order)], strict=True)]


def exam_body(label: str) -> str:
    """Return who examines for an award of this name."""
    return next((body for mark, body in EXAM_BODIES.items() if mark in label), "Zuständige Stelle")


def _occupations(trade: Trades) -> Iterator[CourseType]:
    """Yield Teilqualifikationen, Umschulungen, preparation for the external examination and adaptation courses."""
    for row in rows("occupation_courses.csv"):
        if int(row["tq"]):
            yield from _chain(trade, row)
        if int(row["retraining"]):
            yield _retraining(trade, row)
        if int(row["external"]):
            yield _external(trade, row)
        if int(row["recognition"]):
            yield _recognition(trade, row)


def _chain(trade: Trades, row: dict[str, Any]) -> Iterator[CourseType]:
    occupation = row["occupation_id"]
    award, label = trade.award[occupation]
    modules = trade.modules(occupation)
    basics = max(modules[0], key=lambda s: (s in trade.practical, trade.asked_by[s] * trade.weeks[s], s))
    shortest, longest = ASSUMED.module_weeks
    for number, skills in enumerate(modules, start=1):
        weeks = max(shortest, min(longest, round(sum(trade.weeks[s] for s in skills) * ASSUMED.pace)))
        largest = sorted(sorted(skills, key=lambda s: (s in trade.attitudes, -trade.weeks[s], s))[:2], key=skills.index)
        subject = ", ".join(trade.label[s] for s in largest)
        yield CourseType(
            key=f"tq-{occupation[2:]}-{number}",
            chain=f"tq-{occupation[2:]}",
            family="tq",
            field=row["field"],
            title=f"Teilqualifikation {trade.label[occupation]}, Modul {number} von {len(modules)}: {subject}",
            units=weeks * UNITS_A_WEEK,
            places=int(row["tq"]),
            skills=tuple(sorted(skills)),
            requires=(basics,) if number > 1 else (),
            entry_cefr=row["entry_cefr"],
            leads_to=award,
            exam_body=exam_body(label) if number == len(modules) else None,
            module_number=number,
            modules_total=len(modules),
        )


def _retraining(trade: Trades, row: dict[str, Any]) -> CourseType:
    occupation = row["occupation_id"]
    return _to_award(
        trade,
        row,
        "retraining",
        title=f"Umschulung {trade.label[occupation]}",
        units=round(int(row["months"]) * 52 / 12 * SCHOOL_SHARE * UNITS_A_WEEK),
        skills=trade.essential[occupation],
        entry_eqf=2,
    )


def _external(trade: Trades, row: dict[str, Any]) -> CourseType:
    occupation = row["occupation_id"]
    worked = trade.rarest(occupation, ASSUMED.external_skills)
    return _to_award(
        trade,
        row,
        "external",
        title=f"Vorbereitung auf die Externenprüfung {trade.label[occupation]}",
        units=ASSUMED.external_units,
        skills=_rest(trade, occupation, worked),
        requires=worked,
        entry_eqf=2,
    )


def _recognition(trade: Trades, row: dict[str, Any]) -> CourseType:
    occupation = row["occupation_id"]
    brought = trade.rarest(occupation, ASSUMED.recognition_skills)
    return _to_award(
        trade,
        row,
        "recognition",
        title=f"Anpassungslehrgang {trade.label[occupation]} für Abschlüsse aus dem Ausland",
        units=ASSUMED.recognition_units[row["field"] != "pflege"],
        skills=_rest(trade, occupation, brought),
        requires=brought,
        entry_eqf=3,
    )


def _to_award(
    trade: Trades,
    row: dict[str, Any],
    family: str,
    *,
    title: str,
    units: int,
    skills: tuple[str, ...],
    entry_eqf: int,
    requires: tuple[str, ...] = (),
) -> CourseType:
    """Return a course that leads to an occupation's award in one piece, from level B1 of the language on."""
    occupation = row["occupation_id"]
    award, label = trade.award[occupation]
    name = f"{family}-{occupation[2:]}"
    return CourseType(
        key=name,
        chain=name,
        family=family,
        field=row["field"],
        title=title,
        units=units,
        places=int(row[family]),
        skills=skills,
        requires=requires,
        entry_eqf=entry_eqf,
        entry_cefr=max(row["entry_cefr"], "B1"),
        leads_to=award,
        exam_body=exam_body(label),
    )


def _rest(trade: Trades, occupation: str, held: Sequence[str]) -> tuple[str, ...]:
    return tuple(s for s in trade.essential[occupation] if s not in held and s not in trade.attitudes)


def _advanced(trade: Trades) -> Iterator[CourseType]:
    for row in rows("advanced_courses.csv"):
        award, before = row["qualification_id"], split(row["requires"])
        yield CourseType(
            key=f"advanced-{award[2:]}",
            chain=f"advanced-{award[2:]}",
            family="advanced",
            field=row["field"],
            title=row["title"],
            units=int(row["units"]),
            places=int(row["places"]),
            skills=tuple(s for s in trade.essential[trade.of_award[award]] if s not in before),
            requires=before,
            entry_eqf=int(row["entry_eqf"]),
            entry_cefr=row["entry_cefr"],
            leads_to=award,
            exam_body=row["exam_body"],
        )


def _certificates(core: Core) -> Iterator[CourseType]:
    label: dict[str, str] = dict(core.qualifications.select("qualification_id", "label_de").iter_rows())
    usual = {
        each: (float(weeks), float(fee))
        for each, weeks, fee in certificates().select("qualification_id", "weeks", "fee_eur").iter_rows()
    }
    for row in rows("certificate_courses.csv"):
        award = row["qualification_id"]
        weeks, fee = usual[award]
        school = row["field"] == "schule"
        yield CourseType(
            key=f"{'school' if school else 'cert'}-{award[2:]}",
            chain=f"{'school' if school else 'cert'}-{award[2:]}",
            family="school" if school else "certificate",
            field=row["field"],
            title=f"Schulabschluss nachholen: {label[award]}" if school else label[award],
            units=round(weeks * UNITS_A_WEEK),
            places=int(row["places"]),
            skills=split(row["skills"]),
            requires=split(row["requires"]),
            entry_eqf=int(row["entry_eqf"]),
            entry_cefr=row["entry_cefr"],
            leads_to=award,
            fee_eur=fee,
        )


def _languages() -> Iterator[CourseType]:
    for row in rows("language_courses.csv"):
        name = f"{row['family']}-{row['language']}-{row['cefr'].lower()}"
        yield CourseType(
            key=name,
            chain=name,
            family=row["family"],
            field="sprache",
            title=row["title"],
            units=int(row["units"]),
            places=int(row["places"]),
            entry_cefr=row["entry_cefr"],
            leads_to_language=row["language"],
            leads_to_cefr=row["cefr"],
            exam_body=LANGUAGE_EXAM if row["language"] == "de" else None,
        )


def _short() -> Iterator[CourseType]:
    for row in rows("short_courses.csv"):
        yield CourseType(
            key=f"short-{row['course']}",
            chain=f"short-{row['course']}",
            family="short",
            field=row["field"],
            title=row["title"],
            units=int(row["units"]),
            places=int(row["places"]),
            skills=split(row["skills"]),
            requires=split(row["requires"]),
            entry_eqf=int(row["entry_eqf"]),
            entry_cefr=row["entry_cefr"],
        )
