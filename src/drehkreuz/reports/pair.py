# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""One person and one post as plain values: what is brought, missing, learned, travelled, earned, and what stands between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.learning import Plan, Step, plan_for
from drehkreuz.learning.reasons import ALL_CONDITIONS, NOTHING, TrainingReason
from drehkreuz.matching.barriers import REASONS_OF, Barrier, Reason, names
from drehkreuz.matching.market import Market
from drehkreuz.matching.relation import NO_WAY, Pairs
from drehkreuz.matching.utility import TRAINING_KINDS
from drehkreuz.reach import Minutes, Triples, session_commutes
from drehkreuz.region import Region, kept, row_of
from drehkreuz.reports.border import border, country_of
from drehkreuz.reports.commute import describe_commute
from drehkreuz.skills import Through

Values = dict[str, Any]

CONDITIONS: Final = Reason.AVAILABILITY | Reason.OVER | Reason.SEARCH_STOPPED
"""Reasons that are shown beside a pair and are no barrier."""

ASK_FIRST: Final = 0.1
"""Share of the skills asked up to which a person who lacks it is told to ask the employer before taking a course (assumed)."""

LEVELS_BELOW: Final = 2
"""Levels of the EQF from which a job is said to ask less than the person has learned (assumed)."""

NEW_FIELD: Final = 0.25
"""Share of what is asked below which a post asks for a new occupation, where it asks for knowledge at all (assumed)."""

LONG_AGO: Final = 10
"""Years after which what was once done is said to need refreshing (assumed); it lowers no fit."""

EMPLOYED: Final = ("employed", "part_time", "apprentice")
"""Who has work that a course by day meets."""

BY_DAY: Final = ("daytime", "part_time", "block")
"""Formats of courses that take place in working hours."""

NARROW_EUR: Final = 5.0
NARROW_SHARE: Final = 0.01
"""Pay that misses what is needed by less than so many EUR, or by less than this share, is just below it (assumed)."""


def describe_pair(market: Market, pairs: Pairs, row: int, v: int, language: str) -> Values:
    """
    Describe one pair.

    Args:
        market: The prepared region.
        pairs: The block the pair is in.
        row: Row of the block.
        v: Row of table `vacancies`.
        language: Language of names, ISO 639-1; where a name is missing, another language's.

    Returns:
        Plain values, fit for JSON; money in EUR a month, durations in weeks or minutes.
    """
    mask = Barrier(int(pairs.mask[row, v]))
    plan = _plan(market, pairs, row, v)
    course = plan_without_conditions(market, pairs, row, v) if plan is None else plan
    status = "blocked" if mask else ("after_learning" if pairs.weeks[row, v] > 0 else "now")
    return {
        **describe_post(market, v, language),
        "status": status,
        **_skills(market, pairs, row, v, course, language),
        "levels_below": _levels_below(market, pairs, row, v),
        "learning": _steps(market, pairs, row, v, plan),
        "commute": describe_commute(market, pairs, row, v),
        "border": border(market.region, pairs.people[row], market.region.table("vacancies")["place_id"][v], language),
        "pay": _pay(market, pairs, row, v),
        "time": {"hours_per_week": round(float(pairs.hours[row, v]), 1), "rota": _rota(market, v, language)},
        "barriers": [describe_barrier(market, pairs, row, v, barrier, course) for barrier in mask],
        "conditions": names(Reason(int(pairs.reasons[row, v])) & CONDITIONS),
        "months_early": _months_early(market, pairs, row, v, plan),
        "utility_eur_month": round(float(pairs.utility_person[row, v])),
    }


def describe_post(market: Market, v: int, language: str) -> Values:
    """Describe a post by itself: title, employer, place, kind, dates, occupation."""
    vacancy = market.region.table("vacancies").row(v, named=True)
    place = row_of(market.region, "places", vacancy["place_id"])
    return {
        "vacancy_id": vacancy["vacancy_id"],
        "title": vacancy["title"],
        "employer": vacancy["employer"],
        "place": market.region.table("places")["name"][place],
        "kind": vacancy["kind"],
        "training_months": vacancy["months_normal"] if vacancy["kind"] in TRAINING_KINDS else None,
        "openings": vacancy["openings"],
        "start": vacancy["start"],
        "contract_end": vacancy["contract_end"],
        "agency": vacancy["agency"],
        "occupation": _occupation(market, vacancy["occupation_id"], language),
    }


def _occupation(market: Market, occupation_id: str, language: str) -> Values:
    row = market.region.table("occupations").row(row_of(market.region, "occupations", occupation_id), named=True)
    return {
        "occupation_id": occupation_id,
        "label": market.taxonomy.label(occupation_id, language),
        "isco08": row["isco08"],
        "outlook": row["outlook"],
    }


def _plan(market: Market, pairs: Pairs, row: int, v: int) -> Plan | None:
    """Return the cheapest plan; it is searched only where the pair relation says that there is one with courses."""
    if Barrier(int(pairs.mask[row, v])) & (Barrier.SKILL | Barrier.TRAINING):
        return None
    if not pairs.weeks[row, v]:
        return Plan((), 0.0, 0.0, 0.0, needs_voucher=False)
    return _searched(market, pairs.people[row], v, NOTHING)


def plan_without_conditions(market: Market, pairs: Pairs, row: int, v: int) -> Plan | None:
    """Return the courses that would be taken if they came at the right time, place and price; None where none teach it."""
    if not Barrier(int(pairs.mask[row, v])) & Barrier.TRAINING:
        return None
    return _searched(market, pairs.people[row], v, ALL_CONDITIONS)


def _searched(market: Market, person: int, v: int, ignoring: TrainingReason) -> Plan | None:
    return plan_for(
        market.region,
        market.taxonomy,
        market.profiles,
        market.requirements,
        _sessions(market.region, market.triples, market.minutes, person),
        person,
        int(market.requirements.of_vacancy[v]),
        market.learning,
        ignoring=ignoring,
    )


@kept
def _sessions(region: Region, triples: Triples, minutes: Minutes, person: int) -> NDArray[np.bool_]:
    """Return which sessions a person gets to; an answer asks for it with each of twenty plans."""
    return session_commutes(region, triples, minutes, range(person, person + 1)).reachable


@kept
def _attitudes(region: Region) -> frozenset[str]:
    return frozenset(region.table("skills").filter(kind="attitude")["skill_id"])


def _skills(market: Market, pairs: Pairs, row: int, v: int, plan: Plan | None, language: str) -> Values:
    """
    Return what the person brings and what is missing, the most telling skill first.

    `share` counts half for a missing skill that stands beside others held; `beside` says how many there are. `asked_before` is false where
    the employer teaches so much that nothing need be known. Attitudes are marked: that nobody spoke of one is no lack of it.

    Missing skills that no course teaches are learned on the job only where what the employer teaches closes the gap;
    else they stay open. `awards` are those that the courses of the plan lead to, languages among them. `last_year` is when what is
    brought was used last, where that is long ago; `new_field` tells that little is brought.
    """
    taxonomy, person = market.taxonomy, pairs.people[row]
    profile = int(market.requirements.of_vacancy[v])
    asked = sorted(market.requirements.must.row(profile), key=lambda s: (-taxonomy.idf[s], taxonomy.skill_ids[s]))
    held = {int(s): i for i, s in enumerate(market.profiles.skills.row(person), market.profiles.skills.indptr[person])}
    taught = {int(s) for step in (plan.steps if plan else ()) for s in step.skills}
    trainable = float(market.requirements.trainable_share[profile])
    closes = plan is not None or pairs.feasibility[row, v] >= market.learning.threshold - trainable
    on_the_job = trainable > 0 and closes
    mine, least = set(held), taxonomy.siblings_needed(market.learning.skills)

    def named(s: int) -> Values:
        return {"skill_id": taxonomy.skill_ids[s], "label": taxonomy.label(taxonomy.skill_ids[s], language)}

    attitudes = _attitudes(market.region.ground)

    def lacking(skills: list[int]) -> list[Values]:
        return [named(s) | {"attitude": taxonomy.skill_ids[s] in attitudes} for s in skills]

    missing = [int(s) for s in asked if int(s) not in held]
    return {
        "brings": {
            "share": round(float(pairs.feasibility[row, v]), 3),
            "beside": sum(len(mine.intersection(taxonomy.related.row(s).tolist())) >= least for s in missing),
            "asked_before": trainable < market.learning.threshold,
            "new_field": bool(new_fields(market, pairs, row)[v]),
            "last_year": _last_year(market, person, [held[int(s)] for s in asked if int(s) in held]),
            "skills": [{**named(s), **_through(market, held[s], language)} for s in map(int, asked) if s in held],
        },
        "missing": {
            "course": lacking([s for s in missing if s in taught]),
            "on_the_job": lacking([s for s in missing if s not in taught and on_the_job]),
            "open": lacking([s for s in missing if s not in taught and not on_the_job]),
            "awards": _awards(market, plan.steps if plan else (), language),
        },
    }


def new_fields(market: Market, pairs: Pairs, row: int) -> NDArray[np.bool_]:
    """Return which posts ask for knowledge of which a person brings little, bool[v]."""
    trainable = market.requirements.trainable_share[market.requirements.of_vacancy]
    return np.asarray((trainable < market.learning.threshold) & (pairs.feasibility[row] < NEW_FIELD), dtype=np.bool_)


def _awards(market: Market, steps: Iterable[Step], language: str) -> list[Values]:
    """Return the awards and levels of languages that courses lead to and the post asks."""
    label = "label_de" if language == "de" else "label_en"
    table = market.region.table("qualifications")
    found: list[Values] = []
    for step in steps:
        rows = (table.row(q, named=True) for q in step.qualifications)
        found += [{"qualification_id": row["qualification_id"], "label": row[label] or row["label_de"]} for row in rows]
        highest = {name: level for name, level, _ in sorted(step.languages)}
        found += [{"language": name, "cefr": level} for name, level in highest.items()]
    return found


def _last_year(market: Market, person: int, entries: list[int]) -> int | None:
    """Return the year in which most of some skills were used last, where that is long ago."""
    through = Counter(int(o) for o in market.profiles.occupation[entries] if o >= 0)
    if not through:
        return None
    occupation = market.taxonomy.occupation_ids[min(through, key=lambda o: (-through[o], o))]
    held = market.region.table("person_occupations")
    own = (held["person_id"] == market.region.table("people")["person_id"][person]) & (
        held["occupation_id"] == occupation
    )
    last = held["last_year"].filter(own).max()
    if not isinstance(last, int) or held["current"].filter(own).any():
        return None
    return last if market.region.manifest.day.year - last >= LONG_AGO else None


def _through(market: Market, entry: int, language: str) -> Values:
    """Return through what a skill is there: the kind, and the occupation behind it."""
    occupation = int(market.profiles.occupation[entry])
    label = market.taxonomy.label(market.taxonomy.occupation_ids[occupation], language) if occupation >= 0 else None
    return {"through": Through(int(market.profiles.through[entry])).name.lower(), "occupation": label}


def _steps(market: Market, pairs: Pairs, row: int, v: int, plan: Plan | None) -> Values:
    person = market.region.table("people").row(pairs.people[row], named=True)
    steps = [_step(market, step) for step in (plan.steps if plan else ())]
    return {
        "weeks": round(float(pairs.weeks[row, v]), 1),
        "own_fee_eur": round(float(pairs.fee[row, v])),
        "steps": steps,
        "ask_first": _ask_first(market, pairs, row, v, plan),
        "at_work": any(_at_work(person, step) for step in steps),
    }


def _at_work(person: Values, step: Values) -> bool:
    """Return whether a course begins by day while the person still works."""
    free, start = person["available_from"], step["start"]
    working = person["employment_status"] in EMPLOYED and free is not None and start is not None and start < free
    return working and step["format"] in BY_DAY


def _months_early(market: Market, pairs: Pairs, row: int, v: int, plan: Plan | None) -> int | None:
    """Return how many months before the person could begin a post does, where it is too long to be waited for."""
    if not Reason(int(pairs.reasons[row, v])) & Reason.AVAILABILITY:
        return None
    free: date = market.region.table("people")["available_from"][pairs.people[row]] or market.region.manifest.day
    learned = [step.end for step in (plan.steps if plan else ()) if step.end is not None]
    begins: date = market.region.table("vacancies")["start"][v]
    return round((max([free, *learned]) - begins).days * 12 / 365.25)


def _ask_first(market: Market, pairs: Pairs, row: int, v: int, plan: Plan | None) -> float | None:
    """Return the share that is missing where it is small and courses are taken for it alone, for no award or language asked."""
    asked, profile = market.requirements, int(market.requirements.of_vacancy[v])
    short = market.learning.threshold - float(asked.trainable_share[profile]) - float(pairs.feasibility[row, v])
    if plan is None or not plan.steps or not 0.0 < short <= ASK_FIRST:
        return None
    taken = market.region.table("courses")[[step.course for step in plan.steps]]
    awards = market.region.table("qualifications")["qualification_id"].gather(asked.qualifications.row(profile))
    languages = {asked.language_names[int(name)] for name in asked.languages.row(profile)}
    needed = taken["leads_to"].is_in(awards.implode()) | taken["leads_to_language"].is_in(list(languages))
    return None if needed.any() else round(short, 3)


def _levels_below(market: Market, pairs: Pairs, row: int, v: int) -> int | None:
    """Return how many levels of the EQF a job lies below what the person has reached, where it is much."""
    vacancy = market.region.table("vacancies").row(v, named=True)
    level = market.region.table("occupations")["eqf"][row_of(market.region, "occupations", vacancy["occupation_id"])]
    if level is None or vacancy["kind"] in TRAINING_KINDS:
        return None
    below = int(market.region.table("people")["eqf"][pairs.people[row]]) - level
    return below if below >= LEVELS_BELOW else None


def _step(market: Market, step: Step) -> Values:
    course = market.region.table("courses").row(step.course, named=True)
    place = _place_of(market, step)
    language = course["leads_to_language"] == market.region.manifest.language  # vouchers for training do not pay it
    rule = None if step.rule is None else market.region.table("rules").row(step.rule, named=True)
    return {
        "course_id": course["course_id"],
        "title": course["title"],
        "provider": course["provider"],
        "format": course["format"],
        "place": None
        if place is None
        else market.region.table("places")["name"][row_of(market.region, "places", place)],
        "start": step.start,
        "end": step.end,
        "weeks": course["weeks"],
        "hours_per_week": course["hours_per_week"],
        "fee_eur": step.fee_gross_eur,
        "payable_by": "language_office" if language and step.payable_by == "voucher" else step.payable_by,
        "who_to_ask": rule["who_to_ask"] if rule else None,
    }


def _place_of(market: Market, step: Step) -> str | None:
    place: str | None = None
    if step.session is not None:
        place = market.region.table("course_sessions")["place_id"][step.session]
    return place


def _pay(market: Market, pairs: Pairs, row: int, v: int) -> Values:
    person = market.region.table("people").row(pairs.people[row], named=True)
    after = float(pairs.net[row, v] - pairs.commute_eur[row, v])
    work = country_of(market.region, market.region.table("vacancies")["place_id"][v])
    today = person["net_today_eur_month"]
    return {
        "gross_eur_month": round(float(pairs.gross[row, v])),
        "net_eur_month": round(float(pairs.net[row, v])),
        "net_after_commute_eur_month": round(after),
        "today_eur_month": today,
        "change_eur_month": None if today is None else round(float(pairs.net[row, v]) - today),
        "need_eur_month": person["net_need_eur_month"],
        "estimated_for": None if work in {None, market.learning.country} else work,
    }


def _rota(market: Market, v: int, language: str) -> str:
    rota = market.region.table("vacancies")["shift_system_id"][v]
    row = row_of(market.region, "shift_systems", rota)
    return str(market.region.table("shift_systems")["label_de" if language == "de" else "label_en"][row])


def describe_barrier(market: Market, pairs: Pairs, row: int, v: int, barrier: Barrier, course: Plan | None) -> Values:
    """Describe a hurdle of a pair: its reasons, how far from passing; of a missing course (`plan_without_conditions`) its title."""
    slack = float(pairs.slack[barrier][row, v])
    need = market.region.table("people")["net_need_eur_month"][pairs.people[row]]
    return {
        "barrier": str(barrier.name).lower(),
        "reasons": names(Reason(int(pairs.reasons[row, v])) & REASONS_OF[barrier]),
        "courses": _titles(market, course) if barrier == Barrier.TRAINING else [],
        "slack": None if barrier == Barrier.REACH and slack >= NO_WAY else round(slack, 2),
        "unit": UNITS[barrier],
        "narrow": barrier == Barrier.PAY and (slack < NARROW_EUR or slack < NARROW_SHARE * need),
    }


def _titles(market: Market, plan: Plan | None) -> list[str]:
    titles = market.region.table("courses")["title"]
    return list(dict.fromkeys(titles[step.course] for step in (plan.steps if plan else ())))


UNITS = {
    Barrier.SKILL: "share",
    Barrier.TRAINING: "weeks",
    Barrier.REACH: "minutes",
    Barrier.HOURS: "hours",
    Barrier.LANGUAGE: "steps",
    Barrier.FORMAL: "demands",
    Barrier.PAY: "EUR/month",
}
"""What the slack of each barrier is counted in."""
