# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The page of chips: occupations, skills and awards that were recognised, to be confirmed or removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl
from django.http import QueryDict

from drehkreuz.learning.held import FREE_MOVEMENT
from drehkreuz.matching.market import Market
from drehkreuz.region import Region
from drehkreuz.skills import Taxonomy
from drehkreuz_web.house.fields import parse_number
from drehkreuz_web.person.case import Case, Row
from drehkreuz_web.person.choices import COUNTRIES, HERE, Choices
from drehkreuz_web.person.understand import Phrase, understand

YEARS_UNSAID: Final = 3
"""Years shown for an occupation named without a duration, to be corrected (assumed: an apprenticeship's length)."""

MOST_YEARS: Final = 60.0

OFFERED_COUNTRIES: Final = frozenset(code for code, _name in COUNTRIES)

COMMON_AWARDS: Final = 8
"""Certificates that posts ask most often and that are always offered."""


@dataclass(frozen=True, slots=True)
class Chip:
    """
    Something a person may have.

    Attributes:
        kind: `occupation`, `skill` or `qualification`; name of its form field.
        id: The concept.
        label: Its name.
        checked: Whether it counts as the person's.
        years: Years in an occupation, as written or told.
        current: Whether it is today's occupation.
        problem: Whether the years written cannot be read.
        country: Where an award is from, one of `COUNTRIES`.
        recognised: Whether an award from abroad is fully recognised here.
    """

    kind: str
    id: str
    label: str
    checked: bool
    years: str = ""
    current: bool = False
    problem: bool = False
    country: str = HERE
    recognised: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A phrase that may mean several occupations."""

    text: str
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class Skills:
    """
    The page of chips.

    Attributes:
        occupations: Occupations that are taken as held.
        questions: Phrases that may mean several occupations, none of them taken.
        skills: Skills named, and skills that may be meant.
        through: Skills that come with the occupations taken: (occupation, its skills).
        awards: Awards that belong to the occupations, were named, or are asked often.
        wishes: Phrases that tell a wish.
        unknown: Phrases that resemble nothing here.
    """

    occupations: list[Chip]
    questions: list[Question]
    skills: list[Chip]
    through: list[tuple[str, list[Chip]]]
    awards: list[Chip]
    wishes: list[str]
    unknown: list[str]

    @property
    def countries(self) -> Choices:
        """Where an award may be from."""
        return COUNTRIES

    @property
    def empty(self) -> bool:
        """Whether nothing was recognised."""
        return not (self.occupations or self.questions or self.skills)

    @property
    def faults(self) -> list[Chip]:
        """Occupations whose years cannot be read."""
        return [chip for chip in self.occupations if chip.problem]


@dataclass(frozen=True, slots=True)
class Posted:
    """What the page of chips sent back: what it offered, what is ticked, which years are written, where awards are from."""

    offered: frozenset[str]
    ticked: frozenset[str]
    years: Mapping[str, str]
    current: frozenset[str]
    countries: Mapping[str, str]
    recognised: frozenset[str]

    @classmethod
    def of(cls, data: QueryDict) -> Posted:
        """Read a form; a page that was not shown yet has offered nothing."""
        return cls(
            frozenset(data.getlist("offered")),
            frozenset(
                f"{kind}:{id_}" for kind in ("occupation", "skill", "qualification") for id_ in data.getlist(kind)
            ),
            {key.removeprefix("years:"): str(text)[:20] for key, text in data.items() if key.startswith("years:")},
            frozenset(data.getlist("current")),
            {
                key.removeprefix("country:"): str(code)
                for key, code in data.items()
                if key.startswith("country:") and code in OFFERED_COUNTRIES
            },
            frozenset(data.getlist("recognised")),
        )

    def decides(self, key: str) -> bool | None:
        """Return whether something offered is ticked; None where it was not offered."""
        return key in self.ticked if key in self.offered else None


NOTHING: Final = Posted(frozenset(), frozenset(), {}, frozenset(), {}, frozenset())


def page(market: Market, case: Case, text: str, posted: Posted, language: str) -> Skills:
    """
    Return the page for what a person wrote, what their case says and what they ticked already; the last goes first.

    Args:
        market: The prepared region.
        case: The answers so far.
        text: What the person wrote, here or before.
        posted: What the page sent back.
        language: Language of names.
    """
    return _Builder(market, case, posted, language).page(understand(market.region, text))


def answered(market: Market, case: Case, posted: Posted) -> Case:
    """
    Return the case with what is ticked: occupations with years, skills beside them, skills taken back, awards.

    The words that a case file may hold have done their work then: what was confirmed takes their place.
    """
    known = {
        kind: {row.get(f"{kind}_id"): row for row in case.rows(kind)}
        for kind in ("occupation", "skill", "qualification")
    }
    ticked = {kind: _ids(posted.ticked, kind) for kind in known}
    occupations = [
        {**known["occupation"].get(id_, {}), **_held(id_, posted)}
        for id_ in ticked["occupation"]
        if id_ in set(market.taxonomy.occupation_ids)
    ]
    brought = _essential(market.taxonomy, [row["occupation_id"] for row in occupations])
    away = [id_ for id_ in _ids(posted.offered - posted.ticked, "skill") if id_ in brought]
    claimed = [id_ for id_ in ticked["skill"] if id_ not in brought and id_ in set(market.taxonomy.skill_ids)]
    skills: list[Row] = [{**known["skill"].get(id_, {"through": "claim"}), "skill_id": id_} for id_ in claimed]
    skills = [row if row.get("through") != "corrected_away" else {**row, "through": "claim"} for row in skills]
    skills += [{"skill_id": id_, "through": "corrected_away"} for id_ in away]
    unseen = [row for id_, row in known["skill"].items() if f"skill:{id_}" not in posted.offered]
    awards = [
        _award(known["qualification"].get(id_, {"qualification_id": id_}), posted) for id_ in ticked["qualification"]
    ]
    return case.answered(text=None, occupation=occupations, skill=[*skills, *unseen], qualification=awards)


def corrected(case: Case, have: list[str], have_not: list[str]) -> Case:
    """Return the case with skills that the person says they have, and skills that they say they do not have."""
    touched = {*have, *have_not}
    kept = [row for row in case.rows("skill") if row.get("skill_id") not in touched]
    added = [{"skill_id": id_, "through": "claim"} for id_ in dict.fromkeys(have) if id_ not in set(have_not)]
    taken = [{"skill_id": id_, "through": "corrected_away"} for id_ in dict.fromkeys(have_not)]
    return case.answered(skill=[*kept, *added, *taken])


def _held(occupation_id: str, posted: Posted) -> Row:
    years = parse_number(posted.years.get(occupation_id, ""))
    shown = YEARS_UNSAID if years is None else min(max(years, 0.0), MOST_YEARS)
    return {"occupation_id": occupation_id, "years": shown, "current": occupation_id in posted.current}


def _award(row: Row, posted: Posted) -> Row:
    """Return the row of an award with its country as said; a country known more exactly than the page offers stays."""
    chosen = posted.countries.get(row["qualification_id"])
    if chosen is None:
        return row
    known = row.get("country", HERE)
    said: Row = {"country": known if _offered(known) == chosen else chosen}
    if chosen != HERE and row["qualification_id"] in posted.recognised:
        said["recognition"] = "full"
    elif chosen != HERE and row.get("recognition") not in (None, "full"):
        said["recognition"] = row["recognition"]
    return {key: value for key, value in row.items() if key != "recognition"} | said


def _offered(country: object) -> str:
    """Return the choice of the page that a country of a case file falls under, whatever stands there."""
    code = str(country)
    if code in OFFERED_COUNTRIES:
        return code
    return "EU" if code in FREE_MOVEMENT else "ZZ"


def _ids(keys: frozenset[str], kind: str) -> list[str]:
    """Return the ids of a kind, in a fixed order."""
    return sorted(key.partition(":")[2] for key in keys if key.startswith(f"{kind}:"))


def _essential(taxonomy: Taxonomy, occupations: list[str]) -> set[str]:
    rows = [o for o, id_ in enumerate(taxonomy.occupation_ids) if id_ in set(occupations)]
    return {taxonomy.skill_ids[int(s)] for o in rows for s in taxonomy.essential.row(o)}


class _Builder:
    """Puts the page together."""

    def __init__(self, market: Market, case: Case, posted: Posted, language: str) -> None:
        self.market, self.case, self.posted, self.language = market, case, posted, language
        self.held = {str(row.get("occupation_id")): row for row in case.rows("occupation")}
        self.known = {str(row.get("skill_id")): row.get("through", "claim") for row in case.rows("skill")}
        self.awarded = {str(row.get("qualification_id")): row for row in case.rows("qualification")}
        self.told: dict[str, float | None] = {}

    def page(self, phrases: list[Phrase]) -> Skills:
        for phrase in phrases:
            for meaning in phrase.meanings:
                if self.told.get(meaning.concept_id) is None:
                    self.told[meaning.concept_id] = meaning.years
        occupations = self._occupations(phrases)
        taken = [chip.id for chip in occupations if chip.checked]
        listed = {chip.id for chip in occupations}
        questions = list(self._questions(phrases, listed))
        brought = _essential(self.market.taxonomy, taken)
        return Skills(
            occupations=occupations,
            questions=questions,
            skills=self._skills(phrases, brought),
            through=[(self._label(id_), self._through(id_)) for id_ in taken],
            awards=self._awards(phrases, taken),
            wishes=[phrase.text for phrase in phrases if phrase.wish],
            unknown=[phrase.text for phrase in phrases if not phrase.wish and not phrase.meanings],
        )

    def _occupations(self, phrases: list[Phrase]) -> list[Chip]:
        meant = [m.concept_id for phrase in phrases for m in phrase.meanings if m.kind == "occupation" and m.taken]
        ticked = _ids(self.posted.ticked, "occupation")
        ids = dict.fromkeys([*self.held, *meant, *ticked])
        known = set(self.market.taxonomy.occupation_ids)
        return [self._occupation(id_, default=True) for id_ in ids if id_ in known]

    def _questions(self, phrases: list[Phrase], listed: set[str]) -> Iterator[Question]:
        """Yield the phrases that may mean several occupations; each occupation is asked once, under its first phrase."""
        seen = set(listed)
        for phrase in phrases:
            if phrase.ambiguous:
                meant = [m.concept_id for m in phrase.meanings if m.kind == "occupation" and m.concept_id not in seen]
                seen |= set(meant)
                if meant:
                    yield Question(phrase.text, tuple(self._occupation(id_, default=False) for id_ in meant))

    def _occupation(self, id_: str, *, default: bool) -> Chip:
        row = self.held.get(id_)
        decided = self.posted.decides(f"occupation:{id_}")
        told = self.told.get(id_)
        years = row.get("years", YEARS_UNSAID) if row else (YEARS_UNSAID if told is None else told)
        written = self.posted.years.get(id_)
        number = None if written is None else parse_number(written)
        return Chip(
            "occupation",
            id_,
            self._label(id_),
            checked=default if decided is None else decided,
            years=f"{years:g}" if written is None else written,
            current=id_ in self.posted.current or (decided is None and bool(row and row.get("current"))),
            problem=written is not None and (number is None or not 0 <= number <= MOST_YEARS),
        )

    def _skills(self, phrases: list[Phrase], brought: set[str]) -> list[Chip]:
        """Return skills beside those that the occupations bring; what is taken goes first."""
        claimed = [id_ for id_, through in self.known.items() if through != "corrected_away"]
        meant = [(m.concept_id, m.taken) for phrase in phrases for m in phrase.meanings if m.kind == "skill"]
        default = dict.fromkeys(claimed, True)
        for id_, taken in [*meant, *((id_, True) for id_ in _ids(self.posted.ticked, "skill"))]:
            default[id_] = default.get(id_, False) or taken
        known = set(self.market.taxonomy.skill_ids)
        chips = [
            self._skill(id_, default=taken) for id_, taken in default.items() if id_ in known and id_ not in brought
        ]
        return sorted(chips, key=lambda chip: not chip.checked)

    def _through(self, occupation_id: str) -> list[Chip]:
        taxonomy = self.market.taxonomy
        skills = taxonomy.essential.row(taxonomy.occupation_ids.index(occupation_id))
        chips = [
            self._skill(id_, default=self.known.get(id_) != "corrected_away")
            for id_ in (taxonomy.skill_ids[int(s)] for s in skills)
        ]
        return sorted(chips, key=lambda chip: chip.label.casefold())

    def _skill(self, id_: str, *, default: bool) -> Chip:
        decided = self.posted.decides(f"skill:{id_}")
        return Chip("skill", id_, self._label(id_), checked=default if decided is None else decided)

    def _awards(self, phrases: list[Phrase], occupations: list[str]) -> list[Chip]:
        region = self.market.region
        awards = region.table("qualifications").with_columns(
            label=pl.col(f"label_{self.language}").fill_null(pl.col("label_de"))
        )
        labels = dict(awards.select("qualification_id", "label").iter_rows())
        own = awards.filter(pl.col("occupation_id").is_in(occupations))["qualification_id"].to_list()
        meant = {m.concept_id: m.taken for phrase in phrases for m in phrase.meanings if m.kind == "qualification"}
        ticked = _ids(self.posted.ticked, "qualification")
        ids = dict.fromkeys([*sorted(self.awarded), *ticked, *meant, *own, *_asked_often(region)])
        return [self._award(id_, labels[id_], checked=self._awarded(id_, meant)) for id_ in ids if id_ in labels]

    def _award(self, id_: str, label: str, *, checked: bool) -> Chip:
        """Return an award with where it is from: as just said, else as the case says."""
        row = self.awarded.get(id_, {})
        said = self.posted.countries.get(id_)
        return Chip(
            "qualification",
            id_,
            label,
            checked=checked,
            country=_offered(row.get("country", HERE)) if said is None else said,
            recognised=row.get("recognition") == "full" if said is None else id_ in self.posted.recognised,
        )

    def _awarded(self, id_: str, meant: Mapping[str, bool]) -> bool:
        decided = self.posted.decides(f"qualification:{id_}")
        return (id_ in self.awarded or meant.get(id_, False)) if decided is None else decided

    def _label(self, id_: str) -> str:
        return self.market.taxonomy.label(id_, self.language)


def _asked_often(region: Region) -> list[str]:
    """Return the certificates that posts ask most often."""
    certificates = region.table("qualifications").filter(kind="certificate").select("qualification_id")
    asked = region.table("vacancy_qualifications").join(certificates, on="qualification_id", how="semi")
    counted = asked.group_by("qualification_id").len().sort("len", "qualification_id", descending=[True, False])
    return counted["qualification_id"].head(COMMON_AWARDS).to_list()
