# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Shapes of what is answered; OpenAPI shows them. Money in EUR a month, durations in weeks or minutes."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from drehkreuz.region import TABLES

Values = dict[str, Any]


class Open(Schema):
    """A shape whose main values are listed; further ones may come without a new version."""

    model_config = ConfigDict(extra="allow")


class Origin(Schema):
    """Where a table's rows are from."""

    kind: Literal["observed", "modelled", "assumed", "consented"] = Field(description="What the rows are.")
    source: str
    licence: str
    date: date


class RegionAnswer(Schema):
    """The region that is served."""

    name: str
    title: str
    day: date = Field(description="The day it describes: today for every answer.")
    language: str = Field(description="Language of its posts unless they say otherwise, ISO 639-1.")
    provenance: dict[str, Origin] = Field(description="Where the rows of each table are from.")
    software: str = Field(description="Version of the software.")


class Place(Schema):
    """A place where somebody may live."""

    zone_id: str = Field(description="The home cell to be written into a case.")
    label: str


class Places(Schema):
    """Places: what a name may mean, the best first; without a name all, in alphabetical order."""

    total: int
    items: list[Place]


class Match(Schema):
    """Why an occupation is among those that a name may mean."""

    title: str = Field(description="The title that is like the name.")
    language: str
    score: float = Field(description="How alike, 0 to 1; above 0.9 nearly always the very words.")


class OccupationName(Schema):
    """An occupation among others."""

    occupation_id: str
    label: str
    isco08: str | None = Field(description="Code of ISCO-08.")
    match: Match | None = Field(description="Nothing where no name was asked for.")


class Occupations(Schema):
    """Occupations: what a name may mean, the best first; without a name all, by label."""

    total: int
    items: list[OccupationName]


class Skill(Schema):
    """A skill."""

    skill_id: str
    label: str


class Occupation(Schema):
    """One occupation and the posts for it."""

    occupation_id: str
    label: str
    labels: dict[str, str] = Field(description="Preferred label by language.")
    esco_uri: str | None
    isco08: str | None
    kldb2010: str | None
    eqf: int | None
    regulated: bool = Field(description="May be practised only with recognition or licence.")
    outlook: str | None = Field(description="Expected posts in the region over five years.")
    essential: list[Skill] = Field(description="Skills it asks.")
    optional: list[Skill] = Field(description="Skills that are welcome.")
    posts: int = Field(description="Advertisements in the region.")
    openings: int = Field(description="Openings behind them.")


class Counts(Open):
    """Posts by how they stand."""

    posts: int
    now: int = Field(description="Open at once.")
    after_learning: int
    nearly: int = Field(description="Only one hurdle keeps them away.")


class Gone(Schema):
    """A post that has gone since the region that is served was read; its courses say the same under `learning`."""

    since: date | None = Field(description="First day it was no longer open; null: not known.")
    why: Literal["expired", "withdrawn"] | None = Field(
        description="Its last day is over, or it is advertised no more."
    )


class Path(Open):
    """A post, and what lies between."""

    vacancy_id: str
    title: str
    employer: str | None
    place: str
    kind: str
    occupation: Values
    status: Literal["now", "after_learning", "blocked"]
    brings: Values = Field(description="What the person brings: share and skills.")
    missing: dict[str, list[Values]] = Field(description="Missing skills: by course, on the job, open.")
    learning: Values
    commute: Values
    pay: Values
    time: Values
    barriers: list[Values]
    conditions: list[str]
    utility_eur_month: float
    gone: Gone | None = Field(None, description="What the region's newest list says of it, if it is no longer there.")


class OwnOccupation(Open):
    """An occupation of the person's own, and what stands between them and its posts."""

    occupation_id: str
    label: str
    posts: int = Field(description="Posts in it, apprenticeships and those that end too early left out.")
    open: int = Field(description="Of these, open to the person, at once or after learning.")
    barriers: list[Values] = Field(description="What keeps others away; a post counts for each of its hurdles.")
    nearest: Values | None = Field(description="Where none is open, the post with the fewest hurdles, if they are few.")


class AwardAbroad(Open):
    """A complete award from abroad that is not recognised, and how it stands here."""

    qualification_id: str
    label: str
    country: str = Field(description=TABLES["person_qualifications"].columns["country"].doc)
    counts: bool = Field(description="Counts without recognition.")
    regulated: bool = Field(description="A law reserves the occupation, or a task, to those who hold it.")
    authority: str | None = Field(description="Who recognises it, where that is known.")
    act: str | None = Field(description="The law that regulates the occupation.")


class PathsAnswer(Open):
    """The answer to a case: the values of the page of results."""

    person: Values
    staying: Values = Field(description="What staying means beside going.")
    ask_before_resigning: bool
    counts: Counts
    paths: list[Path] = Field(description="The best first, at most ten.")
    own: list[OwnOccupation] = Field(description="The person's own occupations, the current or last first.")
    awards_abroad: list[AwardAbroad] = Field(description="Awards from abroad that are not recognised.")
    occupations: list[Values] = Field(description="Occupations that are open.")
    nearly: list[Path] = Field(description="Posts that only one hurdle keeps away.")
    would_change: list[Values] = Field(description="How many posts each hurdle alone keeps away.")
    assumptions: Values = Field(description="Every assumed value behind the answer.")
    findings: list[Any] = Field(description="What was odd in the region's data.")
    provenance: Values = Field(description="What is observed, modelled or assumed.")


class Group(Schema):
    """One of two sides of the market, by groups: each line closes, `all` = `found` + the barriers + `left`."""

    caption: str
    rows: list[dict[str, int | str | None]] = Field(
        description="A line for each group; null: too few people to be shown."
    )
    sums: dict[str, int | str | None]
    notes: list[str]


class BarriersAnswer(Open):
    """What stands between people and openings, and where the figures are from."""

    barriers: dict[str, str] = Field(description="The classes of barriers and what they are called.")
    openings: dict[str, int | str | None] = Field(description="All openings: `all`, `found`, each barrier, `left`.")
    people: dict[str, int | str | None] = Field(description="All people, likewise; null: too few to be shown.")
    groups: dict[str, Group]
    municipalities: Values
    closures: Values = Field(description="People whose posts end by announced closures.")
    certificate: Values = Field(description="Whether the figures are exact, else between which bounds.")
    scale: float | None = Field(description="Size of a model region against the whole; null for any other.")
    origins: list[str] = Field(description="What the figures rest on: observed, modelled or assumed, source and day.")
    provenance: Values
