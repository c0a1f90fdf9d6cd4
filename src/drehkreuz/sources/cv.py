# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A curriculum vitae as JSON Resume or Europass keeps it, as the sections of a person's file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from drehkreuz.errors import InputError
from drehkreuz.region import TABLES, Region
from drehkreuz.skills.linking import Link
from drehkreuz.sources.archive import about, open_source
from drehkreuz.sources.json_file import Node, cell, cells, node, nodes, read_json
from drehkreuz.sources.mapping import fold

LANGUAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "ar": ("arabic", "arabisch"), "bg": ("bulgarian", "bulgarisch"), "cs": ("czech", "tschechisch"), "da": ("danish", "dänisch"),
    "de": ("german", "deutsch"), "el": ("greek", "griechisch"), "en": ("english", "englisch"), "es": ("spanish", "spanisch"),
    "fa": ("persian", "farsi", "persisch", "dari"), "fr": ("french", "französisch"), "hr": ("croatian", "kroatisch"),
    "hu": ("hungarian", "ungarisch"), "it": ("italian", "italienisch"), "ku": ("kurdish", "kurdisch"),
    "nl": ("dutch", "niederländisch"), "pl": ("polish", "polnisch"), "pt": ("portuguese", "portugiesisch"),
    "ro": ("romanian", "rumänisch"), "ru": ("russian", "russisch"), "sq": ("albanian", "albanisch"), "sr": ("serbian", "serbisch"),
    "tr": ("turkish", "türkisch"), "uk": ("ukrainian", "ukrainisch"), "ur": ("urdu",), "vi": ("vietnamese", "vietnamesisch"),
}  # fmt: skip
"""Names of languages by ISO 639-1, English and German."""

LEVELS: Final = ("A1", "A2", "B1", "B2", "C1", "C2")
NATIVE: Final = re.compile(r"native|mother\s*tongue|muttersprach|erstsprach", re.IGNORECASE)
_CEFR: Final = re.compile(r"\b([ABC][12])\b")
_MONTH: Final = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-\d{2})?", re.ASCII)
LONGEST: Final = 200
"""Characters of a job title that are understood."""
MOST: Final = 200
"""Entries of a list in a CV that are read."""

Find = Callable[[str], Sequence[Link]]
"""Finds the occupations that a job title may mean, best first."""


@dataclass(slots=True)
class Cv:
    """
    What a CV says that counts; name, address, birth, pictures and contacts are not even looked at.

    Attributes:
        sections: Entries by section of a person's file: `occupation`, `language`, `qualification`, `skill`, `licence`.
        understood: What each job title was taken for, in the CV's order.
        unread: Entries that could not be placed, with the reason.
    """

    sections: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    understood: list[tuple[str, str]] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Job:
    title: str
    start: tuple[int, int] | None
    end: tuple[int, int] | None
    current: bool


def read_cv(path: Path, region: Region, find: Find, *, years_unsaid: float) -> Cv:
    """
    Read a CV.

    Args:
        path: JSON, by the schema of JSON Resume (`work`, `languages`, …) or of Europass (`SkillsPassport`).
        region: Where skills and qualifications must be found, by their names.
        find: Finds occupations by a job title.
        years_unsaid: Years taken for a job without a beginning.

    Raises:
        InputError: If the file cannot be read or is of neither kind.
    """
    source = open_source(path)
    document = node(read_json(source, source.names[0]))
    learner = node(node(document.get("SkillsPassport")).get("LearnerInfo")) or node(document.get("LearnerInfo"))
    if not learner and not set(document) & {"work", "education", "skills", "languages", "certificates", "basics"}:
        remedy = "Save it as JSON Resume (jsonresume.org) or as Europass JSON."
        raise InputError(about(path, "is no CV that is known", remedy))
    cv = Cv()
    jobs = list(_europass_jobs(learner) if learner else _resume_jobs(document))[:MOST]
    _add_jobs(cv, jobs, find, region.manifest.day, years_unsaid)
    if learner:
        _europass(cv, learner, region)
    else:
        _resume(cv, document, region)
    return cv


# --------------------------------------------------------------------------------------------------------------- jobs


def _resume_jobs(document: Node) -> Iterator[_Job]:
    for job in nodes(document.get("work")):
        title = cell(job.get("position"))
        if title is not None:
            end = _month(job.get("endDate"))
            yield _Job(title[:LONGEST], _month(job.get("startDate")), end, end is None)


def _europass_jobs(learner: Node) -> Iterator[_Job]:
    for job in nodes(learner.get("WorkExperience")):
        title = cell(node(job.get("Position")).get("Label"))
        period = node(job.get("Period"))
        if title is not None:
            end = _month_of(node(period.get("To")))
            yield _Job(
                title[:LONGEST], _month_of(node(period.get("From"))), end, period.get("Current") is True or end is None
            )


def _month(value: object) -> tuple[int, int] | None:
    found = _MONTH.fullmatch((cell(value) or "")[:10])
    return _checked(int(found.group(1)), int(found.group(2) or 1)) if found else None


def _month_of(value: Node) -> tuple[int, int] | None:
    year, month = (re.sub(r"\D", "", (cell(value.get(key)) or "")[:LONGEST]) for key in ("Year", "Month"))
    return _checked(int(year[:4]), int(month[:2] or 1)) if year else None


def _checked(year: int, month: int) -> tuple[int, int] | None:
    years = TABLES["person_occupations"].columns["last_year"]
    return (year, month) if (years.min or 0) <= year <= (years.max or 0) and 1 <= month <= 12 else None


def _add_jobs(cv: Cv, jobs: Sequence[_Job], find: Find, day: date, years_unsaid: float) -> None:
    held: dict[str, dict[str, Any]] = {}
    for job in jobs:
        links = find(job.title)
        if not links:
            cv.unread.append((job.title, "matches no occupation of the region"))
            continue
        cv.understood.append((job.title, links[0].label))
        end = job.end or (day.year, day.month)
        years = years_unsaid
        if job.start is not None:
            years = max(0.1, round((end[0] - job.start[0]) + (end[1] - job.start[1] + 1) / 12, 1))
        one = held.setdefault(links[0].concept_id, {"years": 0.0, "current": False, "last_year": 0})
        one["years"] = min(60.0, one["years"] + years)
        one["current"] |= job.current
        one["last_year"] = max(one["last_year"], end[0])
    cv.sections["occupation"] = [
        {"occupation_id": own, "years": round(one["years"], 1), "current": one["current"]}
        | ({} if one["current"] else {"last_year": one["last_year"]})
        for own, one in held.items()
    ]


# --------------------------------------------------------------------------------------------------- languages, skills


def _resume(cv: Cv, document: Node, region: Region) -> None:
    for language in _some(document.get("languages")):
        _add_language(cv, cell(language.get("language")) or "", cell(language.get("fluency")) or "")
    awards = [cell(award.get("name")) for award in _some(document.get("certificates"))]
    awards += [
        " ".join(text for key in ("studyType", "area") if (text := cell(school.get(key))))
        for school in _some(document.get("education"))
    ]
    _add_awards(cv, [award for award in awards if award], region)
    skills = []
    for skill in _some(document.get("skills")):
        skills += [*cells(skill.get("name")), *cells(skill.get("keywords"))]
    _add_skills(cv, skills, region)


def _europass(cv: Cv, learner: Node, region: Region) -> None:
    skills = node(learner.get("Skills"))
    linguistic = node(skills.get("Linguistic"))
    for language in _some(linguistic.get("MotherTongue")):
        _add_language(cv, _language_name(language), "native")
    for language in _some(linguistic.get("ForeignLanguage")):
        told = [level for level in cells(list(node(language.get("ProficiencyLevel")).values())) if level in LEVELS]
        _add_language(cv, _language_name(language), min(told, default=""))
    classes = TABLES["person_licences"].columns["licence"].allowed or ()
    told = cells(node(skills.get("Driving")).get("Description"))
    cv.sections["licence"] = [{"licence": name} for name in dict.fromkeys(told) if name in classes]
    cv.unread += [(name, "is no class of driving licence") for name in dict.fromkeys(told) if name not in classes]
    awards = [cell(school.get("Title")) for school in _some(learner.get("Education"))]
    _add_awards(cv, [award for award in awards if award], region)


def _language_name(language: Node) -> str:
    description = node(language.get("Description"))
    return cell(description.get("Code")) or cell(description.get("Label")) or ""


def _some(value: object) -> list[Node]:
    return list(nodes(value))[:MOST]


def _add_language(cv: Cv, name: str, fluency: str) -> None:
    word = name[:LONGEST].lower()
    code = next((code for code, names in LANGUAGES.items() if word == code or word in names), None)
    level = _CEFR.search(fluency[:LONGEST])
    native = NATIVE.search(fluency[:LONGEST]) is not None
    languages = cv.sections.setdefault("language", [])
    if code is None or not (level or native):
        reason = "is no language that is known" if code is None else "says no level from A1 to C2"
        cv.unread.append((f"{name} {fluency}".strip(), reason))
    elif all(language["language"] != code for language in languages):
        languages.append(
            {"language": code, "cefr": "C2" if native else str(level and level.group(1)), "certified": native}
        )


def _add_awards(cv: Cv, awards: Sequence[str], region: Region) -> None:
    rows = region.table("qualifications").iter_rows(named=True)
    known = {fold(text): row["qualification_id"] for row in rows for text in (row["label_en"], row["label_de"]) if text}
    found = {award: known.get(fold(award[:LONGEST])) for award in awards}
    ids = dict.fromkeys(own for own in found.values() if own is not None)
    cv.sections["qualification"] = [{"qualification_id": own} for own in ids]
    cv.unread += [(award, "is no award of the region by that name") for award, own in found.items() if own is None]


def _add_skills(cv: Cv, skills: Sequence[str], region: Region) -> None:
    labels = region.table("labels").filter(pl.col("concept") == "skill").sort("concept_id", descending=True)
    known = {fold(text): own for own, text in labels.select("concept_id", "text").iter_rows()} if skills else {}
    found = {skill: known.get(fold(skill[:LONGEST])) for skill in skills[: MOST * 10]}
    ids = dict.fromkeys(own for own in found.values() if own is not None)
    cv.sections["skill"] = [{"skill_id": own, "through": "claim"} for own in ids]
    cv.unread += [(skill, "is no skill of the taxonomy by that name") for skill, own in found.items() if own is None]
