# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The learning engine against brute force over all sequences of sessions, from the region's tables."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from drehkreuz.learning import LearningParameters, TrainingReason
from drehkreuz.learning.reasons import ALL_CONDITIONS, CONDITIONS, NOTHING

DAY = date(2026, 1, 5)
CEFR = ["A1", "A2", "B1", "B2", "C1", "C2"]
WEEKS = {"technical": 4.0, "digital": 3.0, "manual": 3.0, "social": 2.0, "leadership": 4.0, "language": 12.0}


def level(cefr: str | None) -> int:
    return 0 if cefr is None else CEFR.index(cefr) + 1


# ------------------------------------------------------------------------------------------------------- the instances

SKILLS = [f"s{i}" for i in range(6)]
AWARDS = ["q0", "q1"]
FOUR_WEEKS = st.integers(-1, 7).map(lambda fours: DAY + timedelta(weeks=fours * 4))


@st.composite
def tables(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """A region of one or two people, two posts, up to four courses with up to two sessions each."""
    some = lambda of, most: draw(st.lists(st.sampled_from(of), unique=True, max_size=most))  # noqa: E731  # two words
    pick = lambda *of: draw(st.sampled_from(of))  # noqa: E731  # same
    hard = draw(st.booleans())  # else no obstacles, so that longer plans are found as well
    smooth = lambda good, *bad: pick(good, *bad) if hard else good  # noqa: E731  # same
    courses = [f"c{i}" for i in range(draw(st.integers(1, 4)))]
    found: dict[str, list[dict[str, Any]]] = {
        "occupations": [{"occupation_id": "o0", "eqf": pick(None, 3, 5)}, {"occupation_id": "o1"}],
        "skills": [
            {"skill_id": s, "class": pick("technical", "social"), "learning_weeks": pick(None, None, 40.0, 1.5)}
            for s in SKILLS
        ],
        "broader": [
            {"concept_id": s, "broader_id": group, "concept": "skill"} for s in SKILLS for group in some(["g0", "g1"], 1)
        ],
        "occupation_skills": [
            {"occupation_id": o, "skill_id": s, "relation": pick("essential", "essential", "optional")}
            for o, skills in (("o0", SKILLS[:5]), ("o1", some(SKILLS, 2)))
            for s in skills
        ],
        "qualifications": [{"qualification_id": q} for q in AWARDS],
        "people": [
            {
                "person_id": f"p{i}",
                "learning_hours_max": smooth(40.0, 40.0, 10.0),
                "learning_fee_max_eur": smooth(9000.0, 0.0, 500.0, 3000.0),
                "learning_online": smooth(True, True, False),
                "eqf": smooth(4, 1, 3),
            }
            for i in range(draw(st.integers(1, 2)))
        ],
        "courses": [
            {
                "course_id": c,
                "azav": pick(True, False),
                "azav_valid_to": pick(None, DAY + timedelta(weeks=8)),
                "hours_per_week": pick(8.0, 35.0),
                "weeks": pick(2.0, 4.0, 8.0),
                "format": pick("daytime", "online", "weekend", "hybrid"),
                "entry_eqf": pick(1, 1, 1, 4),
                "entry_cefr": smooth(None, None, None, "A2", "B1"),
                "fee_eur": pick(0.0, 400.0, 400.0, 2500.0),
            }
            | pick({}, {"leads_to": "q0"}, {"leads_to": "q1"}, *({"leads_to": "q1", "module_number": k, "modules_total": 2} for k in (1, 2)))
            | pick({}, {}, {"leads_to_language": "de", "leads_to_cefr": pick("A2", "B1", "B2"), "exam_body": pick(None, "Beispielprüfer")})
            for c in courses
        ],
        "course_skills": [{"course_id": c, "skill_id": s} for c in courses for s in some(SKILLS, 3)],
        "course_prerequisites": [
            {"course_id": c, "requires": kind, "required_id": name}
            for c in courses
            for kind, name in some([("course", courses[0]), ("skill", "s0"), ("qualification", "q0")], 1)
            if name != c and pick(True, False)
        ],
        "rules": [
            {"rule_id": "sure", "valid_from": DAY, "valid_to": DAY + timedelta(weeks=9)},
            {"rule_id": "perhaps", "valid_from": date(2020, 1, 1), "discretionary": True},
        ],
        "course_funding": [
            {"course_id": c, "rule_id": rule} for c in courses for rule in some(["sure", "perhaps"], 1) if pick(True, False)
        ],
    }  # fmt: skip
    people = [row["person_id"] for row in found["people"]]
    found["person_skills"] = [{"person_id": p, "skill_id": s} for p in people for s in some(SKILLS, 3 if hard else 1)]
    found["person_languages"] = [
        {"person_id": p, "language": "de", "cefr": pick("A1", "B1", "B2"), "certified": pick(True, False)}
        for p in people
        if pick(True, True, False)
    ]
    found["person_qualifications"] = [
        {
            "person_id": p,
            "qualification_id": q,
            "country": pick("DE", "SY"),
            "recognition": pick("none", "full"),
            "expires": pick(None, None, DAY - timedelta(days=1)),
        }
        | pick({}, {}, {"modules_done": 1, "modules_total": 2})
        for p in people
        for q in some(AWARDS, 1)
    ]
    found["person_times"] = [
        {"person_id": people[0], "day": day, "from": pick(480, 600), "to": 1080}
        for day in (some(list(range(7)), 7) if hard else [])
    ]
    sessions = [(c, k) for c in courses for k in range(draw(st.integers(0 if hard else 1, 2)))]
    found["course_sessions"] = []
    for c, k in sessions:
        weeks = next(row["weeks"] for row in found["courses"] if row["course_id"] == c)
        start = draw(FOUR_WEEKS)
        found["course_sessions"].append(
            {
                "session_id": f"{c}-{k}",
                "course_id": c,
                "place_id": smooth(None, "here"),
                "start": start,
                "end": start + timedelta(days=int(weeks * 7) - 3),
                "seats": smooth(5, 5, 5, 0),
            }
        )
    posts = ["v0", "v1"][: draw(st.integers(1, 2))]
    found["vacancies"] = [
        {"vacancy_id": v, "occupation_id": pick("o0", "o0", "o1"), "trainable_share": pick(0.0, 0.0, 0.25)}
        for v in posts
    ]
    found["vacancy_qualifications"] = [{"vacancy_id": v, "qualification_id": q} for v in posts for q in some(AWARDS, 1)]
    found["vacancy_languages"] = [
        {"vacancy_id": v, "language": "de", "cefr": pick("A2", "B1", "B2"), "certified": pick(False, False, True)}
        for v in posts
        if pick(True, False)
    ]
    return found


# ----------------------------------------------------------------------------------------------------------- the oracle


class Found(NamedTuple):
    """A plan: what it costs and when it ends, in days after the region's day."""

    cost: float
    end: int


class Oracle:
    """One person and one post, by the definitions, as slowly as it takes."""

    def __init__(self, world: Any, tables: dict[str, list[dict[str, Any]]], p: int, v: int) -> None:
        region = world.region
        rows = {name: region.table(name).rows(named=True) for name in tables}
        self.world, self.rows = world, rows
        self.person = rows["people"][p]
        self.reachable = dict(zip((s["session_id"] for s in rows["course_sessions"]), world.reachable[p], strict=True))
        mine = lambda name: [r for r in rows[name] if r["person_id"] == self.person["person_id"]]  # noqa: E731  # brief
        its = lambda name: [r for r in rows[name] if r["vacancy_id"] == self.post["vacancy_id"]]  # noqa: E731  # brief
        self.post = rows["vacancies"][v]
        occupation = next(r for r in rows["occupations"] if r["occupation_id"] == self.post["occupation_id"])
        self.post_eqf = occupation["eqf"] or 0
        self.weight = dict(zip(world.taxonomy.skill_ids, world.taxonomy.idf, strict=True))
        self.must = {
            r["skill_id"]
            for r in rows["occupation_skills"]
            if r["occupation_id"] == self.post["occupation_id"] and r["relation"] == "essential"
        }
        groups = {s: {r["broader_id"] for r in rows["broader"] if r["concept_id"] == s} for s in self.weight}
        self.siblings = {s: {t for t in groups if t != s and groups[s] & groups[t]} for s in groups}
        self.claims = frozenset(r["skill_id"] for r in mine("person_skills"))
        self.modules = {
            q["qualification_id"]: max(
                [c["modules_total"] or 1 for c in rows["courses"] if c["leads_to"] == q["qualification_id"]], default=1
            )
            for q in rows["qualifications"]
        }
        self.awards: set[tuple[str, int]] = set()
        self.unrecognised = set()
        for row in mine("person_qualifications"):
            q = row["qualification_id"]
            complete = row["modules_total"] is None or row["modules_done"] >= row["modules_total"]
            in_force = row["expires"] is None or row["expires"] >= DAY
            if complete and in_force and (row["country"] == "DE" or row["recognition"] == "full"):
                self.awards |= {(q, k + 1) for k in range(self.modules[q])}
            elif complete and in_force:
                self.unrecognised.add(q)
            elif not complete:
                self.awards |= {(q, k + 1) for k in range(min(row["modules_done"], self.modules[q] - 1))}
        self.tongue = max([level(r["cefr"]) for r in mine("person_languages")], default=0)
        self.shown = max([level(r["cefr"]) for r in mine("person_languages") if r["certified"]], default=0)
        self.wants_awards = {r["qualification_id"] for r in its("vacancy_qualifications")}
        language = its("vacancy_languages")
        self.wants_level = level(language[0]["cefr"]) if language else 0
        self.wants_exam = bool(language and language[0]["certified"])
        self.target = world.parameters.threshold - self.post["trainable_share"]
        self.times = mine("person_times")
        self._drop_what_no_course_gives()

    def _drop_what_no_course_gives(self) -> None:
        courses = self.rows["courses"]
        self.lost_awards = {q for q in self.wants_awards if not self.has_award(q, self.awards | {
            part for c in courses if c["leads_to"] == q for part in self.parts(c)
        })}  # fmt: skip
        best = max([self.tongue, *(level(c["leads_to_cefr"]) for c in courses)])
        best_exam = max([self.shown, *(level(c["leads_to_cefr"]) for c in courses if c["exam_body"])])
        self.low = best < self.wants_level
        self.uncertified = not self.low and self.wants_exam and best_exam < self.wants_level

    def parts(self, course: dict[str, Any]) -> set[tuple[str, int]]:
        """The modules of an award that a course gives."""
        q = course["leads_to"]
        if q is None:
            return set()
        return (
            {(q, course["module_number"])} if course["module_number"] else {(q, k + 1) for k in range(self.modules[q])}
        )

    def has_award(self, q: str, awards: set[tuple[str, int]]) -> bool:
        return all((q, k + 1) in awards for k in range(self.modules[q]))

    def share(self, skills: frozenset[str]) -> float:
        total = sum(self.weight[s] for s in self.must)
        credit = sum(
            self.weight[s] * (1 if s in skills else 0.5 if len(self.siblings[s] & self.claims) >= 2 else 0)
            for s in self.must
        )
        return credit / total if self.must else 1.0

    def speaks(self, tongue: int, shown: int) -> bool:
        return tongue >= self.wants_level and (not self.wants_exam or shown >= self.wants_level)

    def enough(self, skills: frozenset[str]) -> bool:
        return self.share(skills) >= self.target - 1e-9

    def designable(self) -> float:
        """Fewest weeks of designable modules."""
        weeks = {r["skill_id"]: r["learning_weeks"] or WEEKS[r["class"]] for r in self.rows["skills"]}
        missing = sorted(self.must - self.claims)
        best = min(
            sum(weeks[s] for s in chosen)
            for n in range(len(missing) + 1)
            for chosen in itertools.combinations(missing, n)
            if self.enough(self.claims | set(chosen))
        )
        return best + 52 * max(0, self.post_eqf - 1 - self.person["eqf"])

    def done(self, course: dict[str, Any]) -> bool:
        """Whether the person already holds all that a course gives."""
        skills = {r["skill_id"] for r in self.rows["course_skills"] if r["course_id"] == course["course_id"]}
        tongue = level(course["leads_to_cefr"])
        if not skills and not self.parts(course) and not tongue:
            return False
        exam = self.shown >= tongue if course["exam_body"] else True
        return skills <= self.claims and self.parts(course) <= self.awards and self.tongue >= tongue and exam

    def payer(self, course: dict[str, Any], start: date) -> str:
        if course["fee_eur"] == 0:
            return "nobody"
        links = {r["rule_id"] for r in self.rows["course_funding"] if r["course_id"] == course["course_id"]}
        rules = [
            r
            for r in self.rows["rules"]
            if r["rule_id"] in links and r["valid_from"] <= start and (r["valid_to"] is None or start <= r["valid_to"])
        ]
        if any(not r["discretionary"] for r in rules):
            return "rule"
        if rules or (course["azav"] and (course["azav_valid_to"] is None or start <= course["azav_valid_to"])):
            return "voucher"
        return "person"

    def fails(self, course: dict[str, Any], session: dict[str, Any] | None) -> TrainingReason:
        """The conditions that a session breaks whatever else is planned; None: a course without one."""
        found = TrainingReason(0)
        online = course["format"] in {"online", "hybrid"}
        if course["hours_per_week"] > self.person["learning_hours_max"] or (
            online and not self.person["learning_online"]
        ):
            found |= TrainingReason.FORMAT
        if course["entry_eqf"] > self.person["eqf"]:
            found |= TrainingReason.ENTRY
        if session is None:
            return found | TrainingReason.DATE
        days = {5, 6} if course["format"] == "weekend" else {0, 1, 2, 3, 4}
        needed = min(
            math.ceil(course["hours_per_week"] / ((session["day_end"] - session["day_start"]) / 60)), len(days)
        )
        free = {
            t["day"] for t in self.times if t["from"] <= session["day_start"] and session["day_end"] <= t["to"]
        } & days
        if self.times and course["format"] != "online" and len(free) < needed:
            found |= TrainingReason.FORMAT
        if session["place_id"] is not None and not self.reachable[session["session_id"]]:
            found |= TrainingReason.PLACE
        if session["start"] < DAY or session["end"] > date(2029, 1, 5):
            found |= TrainingReason.DATE
        if session["seats"] == 0:
            found |= TrainingReason.SEATS
        return found

    def plans(self, ignoring: TrainingReason) -> Iterator[Found]:
        """Every sequence of sessions that closes the gap."""
        choices = []
        for course in self.rows["courses"]:
            sessions = [s for s in self.rows["course_sessions"] if s["course_id"] == course["course_id"]]
            choices += [(course, s) for s in sessions or [None] if not self.fails(course, s) & ~ignoring]
        yield from self._extend(choices, ignoring, (), self.claims, self.awards, self.tongue, self.shown, 0.0, 0.0, 0)

    def _extend(
        self,
        choices: list[tuple[dict[str, Any], dict[str, Any] | None]],
        ignoring: TrainingReason,
        taken: tuple[str, ...],
        skills: frozenset[str],
        awards: set[tuple[str, int]],
        tongue: int,
        shown: int,
        cost: float,
        paid: float,
        day: int,
    ) -> Iterator[Found]:
        if (
            self.enough(skills)
            and all(self.has_award(q, awards) for q in self.wants_awards - self.lost_awards)
            and (self.low or self.uncertified or self.speaks(tongue, shown))
        ):
            yield Found(cost, day)
            return
        for course, session in choices:
            if course["course_id"] in taken:
                continue
            if TrainingReason.DATE not in ignoring and session and (session["start"] - DAY).days < day:
                continue
            if TrainingReason.ENTRY not in ignoring and not self._may_begin(course, taken, skills, awards, tongue):
                continue
            start = session["start"] if session else DAY
            own = course["fee_eur"] if self.payer(course, start) == "person" else 0.0
            if TrainingReason.UNFUNDED not in ignoring and paid + own > self.person["learning_fee_max_eur"]:
                continue
            yield from self._extend(
                choices,
                ignoring,
                (*taken, course["course_id"]),
                skills | {r["skill_id"] for r in self.rows["course_skills"] if r["course_id"] == course["course_id"]},
                awards | self.parts(course),
                max(tongue, level(course["leads_to_cefr"])),
                max(shown, level(course["leads_to_cefr"]) if course["exam_body"] else 0),
                cost + own + course["weeks"] * self.world.parameters.week_eur,
                paid + own,
                0 if session is None or TrainingReason.DATE in ignoring else (session["end"] - DAY).days,
            )

    def _may_begin(
        self,
        course: dict[str, Any],
        taken: tuple[str, ...],
        skills: frozenset[str],
        awards: set[tuple[str, int]],
        tongue: int,
    ) -> bool:
        if tongue < level(course["entry_cefr"]):
            return False
        for row in self.rows["course_prerequisites"]:
            if row["course_id"] == course["course_id"]:
                name = row["required_id"]
                if row["requires"] == "skill" and name not in skills:
                    return False
                if row["requires"] == "qualification" and not self.has_award(name, awards):
                    return False
                if row["requires"] == "course" and name not in taken:
                    required = next(c for c in self.rows["courses"] if c["course_id"] == name)
                    if not self.done(required):
                        return False
        return True

    def best(self, ignoring: TrainingReason = NOTHING) -> Found | None:
        return min(self.plans(ignoring), default=None)

    def has_plan(self, ignoring: TrainingReason) -> bool:
        return next(self.plans(ignoring), None) is not None


@settings(max_examples=60, phases=[Phase.explicit, Phase.generate])
@given(tables=tables(), reach=st.lists(st.booleans(), min_size=16, max_size=16))
def test_block_and_plan_agree_with_brute_force(
    world: Callable[..., Any], tables: dict[str, list[dict[str, Any]]], reach: list[bool]
) -> None:
    """Every array of the block, and every plan, is what trying all sequences of sessions gives."""
    n_sessions = len(tables["course_sessions"])
    reachable = np.array(reach).reshape(2, 8)[: len(tables["people"]), :n_sessions]
    here = world(reachable=reachable, **tables)
    block = here.block()
    for p, v in itertools.product(range(len(tables["people"])), range(len(tables["vacancies"]))):
        check(Oracle(here, tables, p, v), block, p, int(here.requirements.of_vacancy[v]))


def check(oracle: Oracle, block: Any, p: int, r: int) -> None:
    brought = oracle.share(oracle.claims)
    assert block.feasibility[p, r] == pytest.approx(brought, abs=1e-12)
    assert block.language_level[p, r] == oracle.low
    assert block.language_exam[p, r] == oracle.uncertified
    lost = oracle.low or oracle.uncertified
    assert block.slack_language[p, r] == (max(oracle.wants_level - oracle.tongue, 1) if lost else 0)
    lost_awards = {q for q in oracle.lost_awards if not oracle.has_award(q, oracle.awards)}
    assert block.certificate[p, r] == bool(lost_awards)
    assert block.slack_certificate[p, r] == len(lost_awards)
    assert block.recognition[p, r] == bool(lost_awards & oracle.unrecognised)
    speaks = oracle.speaks(oracle.tongue, oracle.shown)
    awarded = all(oracle.has_award(q, oracle.awards) for q in oracle.wants_awards)
    assert block.fits_now[p, r] == (oracle.enough(oracle.claims) and speaks and awarded)
    skill = not oracle.enough(oracle.claims) and oracle.designable() > 156
    assert block.skill[p, r] == skill
    assert block.slack_skill[p, r] == pytest.approx(oracle.target - brought if skill else 0, abs=1e-6)
    plan = oracle.world.plan(p, r)
    if skill:
        assert plan is None
        assert not block.training[p, r]
        assert np.isnan(block.weeks[p, r])
        return
    best = oracle.best()
    assert block.training[p, r] == (best is None)
    if best is not None:
        check_plan(oracle, block, p, r, plan, best)
    else:
        assert plan is None
        check_hurdles(oracle, block, p, r)


def check_plan(oracle: Oracle, block: Any, p: int, r: int, plan: Any, best: Found) -> None:
    courses = oracle.rows["courses"]
    rate = oracle.world.parameters.week_eur
    cost = plan.fee_eur + sum(courses[step.course]["weeks"] * rate for step in plan.steps)
    assert Found(cost, (plan.steps[-1].end - DAY).days if plan.steps else 0) == pytest.approx(best)
    assert block.weeks[p, r] == pytest.approx(plan.weeks)
    assert block.fee_eur[p, r] == pytest.approx(plan.fee_eur)
    assert block.fee_gross_eur[p, r] == pytest.approx(plan.fee_gross_eur)
    assert block.needs_voucher[p, r] == plan.needs_voucher
    assert block.ready[p, r] == best.end
    assert block.reasons[p, r] == 0
    assert block.slack_weeks[p, r] == 0
    for step in plan.steps:
        assert step.payable_by == oracle.payer(courses[step.course], step.start)


def check_hurdles(oracle: Oracle, block: Any, p: int, r: int) -> None:
    reasons = TrainingReason(int(block.reasons[p, r]))
    freed = oracle.best(ALL_CONDITIONS)
    if freed is None:
        assert reasons is TrainingReason.NO_COURSE
        assert block.slack_weeks[p, r] == pytest.approx(oracle.designable())
        return
    cost = block.slack_fee_eur[p, r] + block.slack_weeks[p, r] * oracle.world.parameters.week_eur
    assert cost == pytest.approx(freed.cost)
    alone = [condition for condition in CONDITIONS if oracle.has_plan(condition)]
    if alone:
        assert reasons == TrainingReason(sum(alone))
    else:
        assert oracle.has_plan(reasons)
        assert not any(oracle.has_plan(reasons & ~condition) for condition in reasons)
        shown = oracle.world.plan(p, r, ignoring=reasons)
        assert shown is not None


def test_default_parameters_are_those_of_the_oracle() -> None:
    """The oracle's horizon of 156 weeks and its weeks to learn are the engine's."""
    assert LearningParameters().horizon_weeks == 156
    assert dict(LearningParameters().weeks_to_learn) == WEEKS
