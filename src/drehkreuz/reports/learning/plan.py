# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""One person's way to one post by learning: the plan, its variants, what they open and what stays open, as plain values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.errors import Finding, InputError, did_you_mean
from drehkreuz.learning import Plan, Step, plan_for
from drehkreuz.learning.reasons import CONDITIONS, TrainingReason
from drehkreuz.learning.variants import Variant, Way, variants
from drehkreuz.matching.barriers import Barrier, Reason
from drehkreuz.matching.market import Market, with_person
from drehkreuz.matching.relation import Pairs, pairs
from drehkreuz.matching.utility import TRAINING_KINDS
from drehkreuz.reach import Chain, SessionCommutes, session_commutes
from drehkreuz.region import Region, row_of
from drehkreuz.region.region import OF_PEOPLE
from drehkreuz.reports.learning.entitled import entitled
from drehkreuz.reports.own import awards_abroad, experience, residence
from drehkreuz.reports.pair import Values, describe_pair
from drehkreuz.reports.provenance import provenance
from drehkreuz.reports.staying import describe_staying
from drehkreuz.skills import Requirements, SkillProfiles, Taxonomy

OCCUPATIONS: Final = 8
"""Occupations named that a plan opens; how many more there are is said."""

LEARNED: Final = Barrier.SKILL | Barrier.TRAINING
"""What a plan removes."""


@dataclass(frozen=True, slots=True)
class Asker:
    """
    A person before one post.

    Attributes:
        market: The prepared region, the person laid over it.
        found: The person's pairs with all posts.
        post: Row of table `vacancies`.
        ways: The person's ways to all course sessions.
        language: Language of names, ISO 639-1.
    """

    market: Market
    found: Pairs
    post: int
    ways: SessionCommutes
    language: str

    @property
    def given(self) -> tuple[Region, Taxonomy, SkillProfiles, Requirements, NDArray[np.bool_]]:
        """What the learning engine is asked with, as far as it is the same for every question."""
        market = self.market
        return market.region, market.taxonomy, market.profiles, market.requirements, self.ways.reachable

    @property
    def profile(self) -> int:
        """Requirement profile of the post."""
        return int(self.market.requirements.of_vacancy[self.post])

    @property
    def minutes(self) -> NDArray[np.uint8]:
        """Minutes of the longer of the way there and back, of each session."""
        longer: NDArray[np.uint8] = np.maximum(self.ways.minutes_out[0], self.ways.minutes_back[0])
        return longer


def plan_answer(market: Market, target: str, *, label: str, language: str = "de") -> Values:
    """
    Answer "How do I get there by learning?" for the one person laid over a market.

    Args:
        market: The prepared region, one person laid over it.
        target: A vacancy_id, or an occupation_id: then the post of it that least stands before.
        label: Who it is, in words.
        language: Language of names, ISO 639-1.

    Returns:
        Plain values, fit for JSON. `variants` holds the plan first and the ways in which it could go otherwise, empty where nothing
        need be learned or nothing can be. `lacking` says that something must be learned and no plan is there; then `conditions` names
        each single condition without which there would be one, `never_taught` what no course teaches. `entitled`, `experience`,
        `awards_abroad` and `residence` say what else the person should know of. `opens` counts the openings
        that need no course, today and after the plan. `stays` are the hurdles that no plan removes.

    Raises:
        InputError: If the region has neither such a post nor such an occupation, or no post of the occupation.
    """
    region = market.region
    found = pairs(market, range(1))
    asker = Asker(
        market=market,
        found=found,
        post=_post(market, found, target),
        ways=session_commutes(region, market.triples, market.minutes, range(1)),
        language=language,
    )
    person = region.table("people").row(0, named=True)
    post = describe_pair(market, found, 0, asker.post, language)
    told = variants(*asker.given, asker.minutes, 0, asker.profile, market.learning)
    known, hurdles = _open_now(found), [entry["barrier"] for entry in post["barriers"]]
    ways = [_variant(asker, variant, known) for variant in told]
    steps = ways[0]["steps"] if ways else []
    return {
        "person": {"label": label, "working_until": person["available_from"]},
        "day": region.manifest.day,
        "staying": describe_staying(region, person, language),
        "post": post,
        "alike": _alike(region, target),
        "lacking": [name for name in hurdles if Barrier[name.upper()] in LEARNED],
        "variants": ways,
        "left_out": [way.value for way in Way if not any(way in variant.ways for variant in told)] if told else [],
        "conditions": _conditions(asker),
        "never_taught": _never_taught(asker, post),
        "entitled": [_rule(rule, language) for rule in entitled(region, person, post, steps)],
        "experience": experience(region, person, language),
        "awards_abroad": awards_abroad(region, person["person_id"], market.learning.country, language),
        "residence": residence(person),
        "stays": [entry for entry in post["barriers"] if Barrier[entry["barrier"].upper()] not in LEARNED],
        "provenance": provenance(region),
    }


def _post(market: Market, found: Pairs, target: str) -> int:
    """
    Return the row of the post asked for; of an occupation's posts, the one that least stands before.

    Fewest hurdles first; of these, those that learning removes, then the one that is least too far away, then the one that suits best.
    """
    posts = market.region.table("vacancies")
    at = posts["vacancy_id"].index_of(target)
    if at is not None:
        return int(at)
    of = np.flatnonzero((posts["occupation_id"] == target).to_numpy())
    if not len(of):
        occupations = market.region.table("occupations")["occupation_id"].to_list()
        if target in occupations:
            remedy = "Choose another occupation, or wait for a new post."
            raise InputError(Finding("--to", "", "", target, "is an occupation of which no post is open", remedy))
        names = [*occupations, *posts["vacancy_id"]]
        remedy = f"Use a vacancy_id or an occupation_id of the region.{did_you_mean(target, names)}"
        raise InputError(Finding("--to", "", "", target, "is neither a post nor an occupation", remedy))
    mask = found.mask[0, of]
    hurdles, unlearned = np.bitwise_count(mask), np.bitwise_count(mask & ~np.uint8(int(LEARNED)))
    too_far = found.slack[Barrier.REACH][0, of]
    ids = posts["vacancy_id"].gather(of).to_list()

    def stands_before(i: int) -> tuple[int, int, float, float, str]:
        return int(hurdles[i]), int(unlearned[i]), float(too_far[i]), -float(found.utility_person[0, of[i]]), ids[i]

    return int(of[min(range(len(of)), key=stands_before)])


def _alike(region: Region, target: str) -> int:
    """Return how many posts of an occupation asked for there are beside the one shown; none where a post was asked for."""
    return max(0, len(region.table("vacancies").filter(occupation_id=target)) - 1)


def _variant(asker: Asker, variant: Variant, known: NDArray[np.bool_]) -> Values:
    plan = variant.plan
    steps = [_step(asker, step) for step in plan.steps]
    return {
        "ways": [way.value for way in variant.ways],
        "proven": variant.proven,
        "gap_eur": variant.gap_eur,
        "steps": steps,
        "start": steps[0]["start"],
        "end": steps[-1]["end"],
        "weeks": round(plan.weeks, 1),
        "hours_per_week": max(step["hours_per_week"] for step in steps),
        "fee_own_eur": plan.fee_eur,
        "fee_gross_eur": plan.fee_gross_eur,
        "needs_voucher": plan.needs_voucher,
        "longest_way_minutes": max(step["way"]["minutes"] for step in steps),
        "opens": _opens(asker, plan, known),
    }


def _step(asker: Asker, step: Step) -> Values:
    region, language = asker.market.region, asker.language
    course = region.table("courses").row(step.course, named=True)
    held = {} if step.session is None else region.table("course_sessions").row(step.session, named=True)
    place = held.get("place_id")
    rule = None if step.rule is None else region.table("rules").row(step.rule, named=True)
    names = asker.market.taxonomy
    return {
        "course_id": course["course_id"],
        "session_id": held.get("session_id"),
        "title": course["title"],
        "provider": course["provider"],
        "format": course["format"],
        "place": None if place is None else region.table("places")["name"][row_of(region, "places", place)],
        "start": step.start,
        "end": step.end,
        "day_start": held.get("day_start"),
        "day_end": held.get("day_end"),
        "weeks": course["weeks"],
        "hours_per_week": course["hours_per_week"],
        "seats": held.get("seats"),
        "min_participants": held.get("min_participants"),
        "cancellation_risk": held.get("cancellation_risk"),
        "childcare": course["childcare"],
        "azav": course["azav"],
        "leads_to": course["leads_to"],
        "exam_body": course["exam_body"],
        "way": _way(asker, step.session, online=place is None),
        "fee_eur": step.fee_gross_eur,
        "fee_own_eur": step.fee_eur,
        "payable_by": "language_office" if _own_language(region, course, step) else step.payable_by,
        "rule": None if rule is None else _rule(rule, language),
        "module_of": _module_of(asker, course),
        "skills": [names.label(names.skill_ids[s], language) for s in step.skills],
        "awards": [_award(region, q, language) for q in step.qualifications],
        "languages": [{"language": name, "cefr": level} for name, level, _ in _highest(step)],
    }


def _module_of(asker: Asker, course: Values) -> str | None:
    """Return the occupation of which a course is one of several modules, where it is another one than the post's; else None."""
    if course["module_number"] is None or course["leads_to"] is None:
        return None
    region = asker.market.region
    awards = region.table("qualifications")
    occupation = awards["occupation_id"][row_of(region, "qualifications", course["leads_to"])]
    if occupation in {None, region.table("vacancies")["occupation_id"][asker.post]}:
        return None
    return asker.market.taxonomy.label(occupation, asker.language)


def _own_language(region: Region, course: Values, step: Step) -> bool:
    """Return whether a course teaches the region's own language: vouchers for training do not pay it."""
    return bool(course["leads_to_language"] == region.manifest.language and step.payable_by == "voucher")


def _highest(step: Step) -> list[tuple[str, str, bool]]:
    return list({name: (name, level, exam) for name, level, exam in sorted(step.languages)}.values())


def _award(region: Region, q: int, language: str) -> str:
    row = region.table("qualifications").row(q, named=True)
    return str(row["label_de" if language == "de" else "label_en"] or row["label_de"])


def _rule(rule: Values, language: str) -> Values:
    return {
        "claim": rule["claim_de" if language == "de" else "claim_en"],
        **{name: rule[name] for name in ("rule_id", "who_to_ask", "discretionary", "source", "checked_on", "valid_to")},
    }


def _way(asker: Asker, session: int | None, *, online: bool) -> Values:
    """Return the way to a learning place: the longer of there and back, and by what; nothing online."""
    if session is None or online:
        return {"minutes": 0, "chain": None}
    chain = int(asker.ways.chain[0, session])
    return {"minutes": int(asker.minutes[session]), "chain": Chain(chain).name.lower() if chain >= 0 else None}


# ------------------------------------------------------------------------------------------------------ what it opens


def _open_now(found: Pairs) -> NDArray[np.bool_]:
    """Return which posts are open without a course, bool[v]."""
    over = (found.reasons[0] & np.uint32(Reason.OVER)) != 0
    return np.asarray((found.mask[0] == 0) & (found.weeks[0] == 0) & ~over, dtype=np.bool_)


def _opens(asker: Asker, plan: Plan, known: NDArray[np.bool_]) -> Values:
    """Return what is open after a plan: everything is worked out again for the person who has taken its courses."""
    learned = with_person(asker.market, after_plan(asker.market.region, plan), asker.market.weights)
    fresh = _open_now(pairs(learned, range(1))) & ~known
    posts = asker.market.region.table("vacancies")
    openings = posts["openings"].to_numpy()
    of: Counter[str] = Counter()
    for occupation, n in zip(posts["occupation_id"].filter(fresh), openings[fresh].tolist(), strict=True):
        of[occupation] += int(n)
    ranked = sorted(of, key=lambda occupation: (-of[occupation], occupation))
    label = asker.market.taxonomy.label
    return {
        "target": bool(fresh[asker.post]),
        "today": int(openings[known].sum()),
        "more": int(openings[fresh].sum()),
        "training": int(openings[fresh & posts["kind"].is_in(TRAINING_KINDS).to_numpy()].sum()),
        "occupations": [
            {"occupation_id": o, "label": label(o, asker.language), "openings": of[o]} for o in ranked[:OCCUPATIONS]
        ],
        "occupations_more": max(0, len(ranked) - OCCUPATIONS),
    }


def after_plan(region: Region, plan: Plan) -> dict[str, pl.DataFrame]:
    """
    Return the tables of the one person of a region after the plan's last day: skills, awards and languages of its courses held.

    Args:
        region: The region, one person laid over it.
        plan: The plan, with at least one step.
    """
    tables = {name: region.table(name) for name in OF_PEOPLE}
    me, day = tables["people"]["person_id"][0], region.manifest.day
    courses = region.table("courses")[[step.course for step in plan.steps]]
    taught = region.table("course_skills").filter(pl.col("course_id").is_in(courses["course_id"].implode()))
    skills = taught.select("skill_id").unique().with_columns(person_id=pl.lit(me), through=pl.lit("course"))
    awards = sorted({q for step in plan.steps for q in step.qualifications})
    ids = region.table("qualifications")["qualification_id"]
    won = [{"person_id": me, "qualification_id": ids[q], "country": "DE", "year": day.year} for q in awards]
    spoken = [
        {"person_id": me, "language": language, "cefr": cefr, "certified": exam is not None}
        for language, cefr, exam in courses.select("leads_to_language", "leads_to_cefr", "exam_body").iter_rows()
        if language is not None and cefr is not None
    ]
    last = max((step.end for step in plan.steps if step.end is not None), default=day)
    free = pl.max_horizontal("available_from", pl.lit(last + timedelta(days=1)))
    return tables | {
        "people": tables["people"].with_columns(available_from=free),
        "person_skills": _laid(tables["person_skills"], skills, ["skill_id"]),
        "person_qualifications": _laid(tables["person_qualifications"], pl.DataFrame(won), ["qualification_id"]),
        "person_languages": _higher(tables["person_languages"], pl.DataFrame(spoken)),
    }


def _laid(held: pl.DataFrame, new: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """Return rows with new ones in the place of those with the same key."""
    if not len(new):
        return held
    rest = held.join(new, on=key, how="anti", maintain_order="left")
    return pl.concat([rest, new], how="diagonal_relaxed")


def _higher(held: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Return languages at the highest level held or reached; a certificate counts where it stands at that level."""
    if not len(new):
        return held
    both = pl.concat([held, new], how="diagonal_relaxed").sort("language", "cefr", "certified")
    return both.unique("language", keep="last", maintain_order=True)


# ------------------------------------------------------------------------------------------------------- where there is none


def _conditions(asker: Asker) -> list[Values]:
    """Return each single condition without which there would be a plan, and its courses; those that take least first."""
    if not Barrier(int(asker.found.mask[0, asker.post])) & Barrier.TRAINING:
        return []
    found = []
    for condition in CONDITIONS:
        plan = plan_for(*asker.given, 0, asker.profile, asker.market.learning, ignoring=condition)
        if plan is not None and plan.steps:
            steps = [_step(asker, step) for step in plan.steps]
            found.append({"condition": _named(condition), "weeks": round(plan.weeks, 1), "steps": steps})
    return sorted(found, key=lambda entry: entry["weeks"])


def _named(condition: TrainingReason) -> str:
    return str(condition.name).lower()


def _never_taught(asker: Asker, post: Values) -> list[str]:
    """Return the skills asked and lacking that neither a course of the region nor the post itself teaches, in words."""
    if not Barrier(int(asker.found.mask[0, asker.post])) & LEARNED:
        return []
    market = asker.market
    taught = set(market.region.table("course_skills")["skill_id"])
    mine = set(market.profiles.skills.row(0).tolist())
    names = market.taxonomy
    lacking = [int(s) for s in market.requirements.must.row(asker.profile) if int(s) not in mine]
    taught |= {skill["skill_id"] for skill in post["missing"]["on_the_job"]}
    return [names.label(names.skill_ids[s], asker.language) for s in lacking if names.skill_ids[s] not in taught]
