# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""One person's learning plan as a paper: what, where, when, what it costs, who may pay, what it opens, what stays open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from drehkreuz.learning.parameters import PARAMETERS
from drehkreuz.learning.variants import ALONGSIDE_HOURS, PART_TIME_HOURS
from drehkreuz.reports.learning.telling import Telling
from drehkreuz.reports.pair import Values
from drehkreuz.reports.paper.document import Block, Bullets, Document, Facts, Notice, Paragraph, Section
from drehkreuz.reports.sentences import blocks, own, rows
from drehkreuz.reports.words import Language

HOURS: Final = {"part_time": PART_TIME_HOURS, "alongside": ALONGSIDE_HOURS}

OF_POST: Final = ("way", "pay", "time", "outlook", "border")
"""Rows of a path's card that say what the post itself is like."""


def plan_paper(answer: Values, language: Language) -> Document:
    """
    Return the paper of a plan.

    Args:
        answer: From `plan_answer`.
        language: `de` or `en`.
    """
    say = Telling(language)
    day = say.day(answer["day"])
    sections = [_plan(say, answer), _ways(say, answer), _pays(say, answer), _opens(say, answer)]
    if not answer["variants"]:
        sections = [_without(say, answer)]
    sections += [
        _stays(say, answer),
        _post(say, answer),
        _rights(say, answer),
        _staying(say, answer),
        _next(say, answer),
    ]
    return Document(
        title=say("title", post=answer["post"]["title"]),
        subtitle=say("subtitle", who=answer["person"]["label"], day=day),
        language=language,
        day=answer["day"],
        front=tuple(_front(say, answer)),
        sections=tuple(section for section in sections if section is not None),
        foot=say("foot", day=day),
        keywords=tuple(say("keywords").split(", ")),
    )


def _front(say: Telling, answer: Values) -> Iterator[Block]:
    warning = answer["staying"]["warning"]
    if warning is not None:
        yield Notice(say("warning_title"), warning["text"])
    post = answer["post"]
    told = {name: post[name] or say("dash") for name in ("title", "employer", "place")}
    yield Paragraph(say("target", **told, start=say.day(post["start"])), "strong")
    if answer["alike"]:
        yield Paragraph(say.counted("alike", answer["alike"]), "note")
    if answer["variants"]:
        for text in lead(say, answer["variants"][0]):
            yield Paragraph(text, "lead")
        if _released(answer):
            hours = say.words.number(answer["variants"][0]["hours_per_week"])
            yield Notice(say("release_title"), say("release", hours=hours, day=say.day(_begins(answer))))
    else:
        yield Paragraph(say("none_possible" if answer["lacking"] else "none_needed"), "lead")
    if "modelled" in answer["provenance"]["kinds"]:
        yield Notice(say("modelled_title"), say("modelled"))


def _released(answer: Values) -> bool:
    """Return whether the plan asks to be released from work for a course."""
    return bool(answer["variants"] and answer["post"]["learning"]["at_work"])


def _begins(answer: Values) -> date:
    """Return the first day of the plan."""
    start: date = answer["variants"][0]["start"]
    return start


def lead(say: Telling, variant: Values) -> list[str]:
    """Return a plan in three sentences: how long, at what cost, what it opens."""
    first = say(
        "lead",
        courses=say.counted("courses", len(variant["steps"])),
        duration=say.words.weeks(variant["weeks"]),
        start=say.day(variant["start"]),
        end=say.day(variant["end"]),
    )
    gross, own = (say.words.money(variant[name]) for name in ("fee_gross_eur", "fee_own_eur"))
    cost = "voucher" if variant["needs_voucher"] else "sure" if variant["fee_gross_eur"] else "free"
    opens = variant["opens"]
    others = opens["more"] - opens["target"]
    key = "lead_opens" if opens["target"] else "lead_opens_not"
    if others > 0:
        last = say.counted(key, others)
    else:
        last = say("lead_opens_target" if opens["target"] else "lead_opens_nothing")
    return [first, say(f"lead_cost_{cost}", gross=gross, own=own), last]


# ------------------------------------------------------------------------------------------------------------ the plan


def _plan(say: Telling, answer: Values) -> Section | None:
    if not answer["variants"]:
        return None
    best = answer["variants"][0]
    steps = [
        Section(say("step", n=n, title=step["title"]), (Facts(tuple(step_facts(say, step))),))
        for n, step in enumerate(best["steps"], start=1)
    ]
    week = say.words.money(PARAMETERS.week_eur)
    return Section(say("plan"), (Paragraph(_proof(say, best, week), "note"),), tuple(steps))


def _proof(say: Telling, best: Values, week: str) -> str:
    """Return whether the plan is a cheapest, and if not, by how much another may be cheaper."""
    if best["proven"]:
        return say("proven", week=week)
    if best["gap_eur"] is None:
        return say("unproven")
    return say("unproven_by", gap=say.words.money(best["gap_eur"]), week=week)


def step_facts(say: Telling, step: Values) -> Iterator[tuple[str, str]]:
    """Yield what is to be said of a course: what, where, when, at what cost, how sure."""
    told = [say("what_teaches", skills=say.words.listed(step["skills"], 8))] if step["skills"] else []
    told += [say("what_award", awards=say.words.listed(step["awards"]))] if step["awards"] else []
    for spoken in step["languages"]:
        key = f"language.{spoken['language']}"
        name = say.words(key) if key in say.words else spoken["language"]
        told.append(say("what_language", language=name, cefr=spoken["cefr"]))
    told = told or [say("what_first")]
    told += [say("exam", body=step["exam_body"])] if step["exam_body"] else []
    yield say("what"), " ".join(told)
    yield say("where"), _where(say, step)
    yield say("when"), when(say, step)
    yield say("cost"), cost(say, step)
    sure = [] if step["seats"] is None else [say.counted("sure_seats", step["seats"])]
    sure += [say("sure_least", n=step["min_participants"])] if (step["min_participants"] or 0) > 1 else []
    risk = step["cancellation_risk"]
    sure += [say("sure_risk", share=say.words.percent(risk))] if risk else []
    sure += [say("sure_childcare")] if step["childcare"] else []
    sure += [say("sure_module", occupation=step["module_of"])] if step["module_of"] else []
    if sure:
        yield say("sure"), ", ".join(sure)


def _where(say: Telling, step: Values) -> str:
    way = step["way"]
    if step["place"] is None:
        return say("where_online", provider=step["provider"])
    if way["chain"] is None:
        return say("where_near", provider=step["provider"], place=step["place"])
    chain = say.words(f"chain.{way['chain'].upper()}")
    return say("where_place", provider=step["provider"], place=step["place"], minutes=way["minutes"], chain=chain)


def when(say: Telling, step: Values) -> str:
    """Return the days and hours of a course."""
    hours = step["hours_per_week"]
    told = {
        "duration": say.words.weeks(step["weeks"]),
        "format": say.words(f"paths.format_{step['format']}"),
        "hours": say.words.number(hours, 0 if hours == round(hours) else 1),
    }
    if step["start"] is None:
        return say("when_undated", **told)
    days = {name: say.day(step[name]) for name in ("start", "end")}
    clock = {"begin": say.words.clock(step["day_start"]), "close": say.words.clock(step["day_end"])}
    return say("when_one_day" if step["start"] == step["end"] else "when_dated", **told, **days, **clock)


def cost(say: Telling, step: Values) -> str:
    """Return what a course costs and who may pay."""
    rule = step["rule"]
    key = "voucher_rule" if step["payable_by"] == "voucher" and rule else step["payable_by"]
    return say(f"cost_{key}", fee=say.words.money(step["fee_eur"]), who=rule["who_to_ask"] if rule else "")


# ------------------------------------------------------------------------------------------------------------ variants


def _ways(say: Telling, answer: Values) -> Section | None:
    found = answer["variants"]
    if not found:
        return None
    told: list[Block] = []
    same = [say(f"way_{way}") for way in found[0]["ways"] if way != "balanced"]
    if same:
        told.append(Paragraph(say("all_one", ways=say.words.listed(same))))
    if len(found) > 1:
        columns = ("way", "courses", "start", "end", "hours", "own", "gross", "minutes", "more")
        table = [_row(say, variant) for variant in found]
        told.append(say.table("variants", columns, table, words=("start", "end")))
        told.append(Bullets(tuple(_courses(say, variant) for variant in found[1:])))
    left = [say(f"left_{way}", hours=say.words.number(HOURS.get(way, 0.0))) for way in answer["left_out"]]
    told += [Bullets(tuple(left))] if left else []
    return Section(say("ways"), tuple(told)) if told else None


def _row(say: Telling, variant: Values) -> tuple[str, ...]:
    return (
        _named(say, variant),
        say.words.number(len(variant["steps"])),
        say.day(variant["start"]),
        say.day(variant["end"]),
        say.words.number(variant["hours_per_week"]),
        say.words.money(variant["fee_own_eur"]),
        say.words.money(variant["fee_gross_eur"]),
        say.words.number(variant["longest_way_minutes"]),
        say.words.number(variant["opens"]["more"]),
    )


def _named(say: Telling, variant: Values) -> str:
    """Return what a variant is; the plan needs no more than that it is the plan."""
    ways = variant["ways"]
    return say("way_balanced") if "balanced" in ways else ", ".join(say(f"way_{way}") for way in ways)


def _courses(say: Telling, variant: Values) -> str:
    """Return the courses of a variant in order, under its name."""
    return f"{_named(say, variant)}: {'; '.join(step['title'] for step in variant['steps'])}"


# ------------------------------------------------------------------------------------------------- money, jobs, what is left


def _pays(say: Telling, answer: Values) -> Section | None:
    if not answer["variants"]:
        return None
    lines: dict[str, None] = {}
    for step in answer["variants"][0]["steps"]:
        if step["rule"] is not None:
            lines[_rule(say, step["rule"])] = None
        if step["payable_by"] == "voucher" and step["azav"]:
            lines[say("voucher")] = None
        if step["payable_by"] == "person":
            lines[say("nobody_pays")] = None
    lines[say("living")] = None
    return Section(say("pays"), (Bullets(tuple(lines)),))


def _rule(say: Telling, rule: Values) -> str:
    """Return a rule of funding or law: what it says, whom to ask, from where, and when it was looked at."""
    key = "rule_discretion" if rule["discretionary"] else "rule"
    told = {"claim": rule["claim"], "who": rule["who_to_ask"], "source": rule["source"]}
    return say(key, **told, day=say.day(rule["checked_on"]))


def _opens(say: Telling, answer: Values) -> Section | None:
    if not answer["variants"]:
        return None
    opens = answer["variants"][0]["opens"]
    number = say.words.number
    told = [say("opens_count", today=number(opens["today"]), more=number(opens["more"]))]
    told += [say.counted("opens_training", opens["training"])] if opens["training"] else []
    lines = [say.counted("opens_line", each["openings"], label=each["label"]) for each in opens["occupations"]]
    more = opens["occupations_more"]
    lines += [say.counted("opens_more", more)] if more else []
    return Section(say("opens"), (Paragraph(" ".join(told)), *([Bullets(tuple(lines))] if lines else [])))


def _stays(say: Telling, answer: Values) -> Section | None:
    post = answer["post"]
    lines = blocks(post | {"barriers": answer["stays"]}, say.words)
    for key, name in (("open", "stays_open" if answer["lacking"] else "stays_rest"), ("on_the_job", "stays_work")):
        lacking = [skill["label"] for skill in post["missing"][key]]
        lines += [say(name, skills=say.words.listed(lacking, 8))] if lacking else []
    if answer["variants"]:
        best = answer["variants"][0]
        if post["months_early"]:
            lines.append(say.words("paths.early", n=say.words.number(post["months_early"])))
        elif best["end"] > post["start"]:
            lines.append(say("stays_early", start=say.day(post["start"]), end=say.day(best["end"])))
    told: list[Block] = [Bullets(tuple(lines))] if lines else []
    told += [] if answer["stays"] or answer["lacking"] else [Paragraph(say("stays_none"))]
    return Section(say("stays"), tuple(told)) if told else None


def _rights(say: Telling, answer: Values) -> Section | None:
    """Return what else the person should know of: benefits beside the fee, experience, awards from abroad, residence."""
    lines = [_rule(say, rule) for rule in answer["entitled"]]
    lines += own(answer | {"own": []}, say.words)
    return Section(say("rights"), (Bullets(tuple(lines)),)) if lines else None


def _staying(say: Telling, answer: Values) -> Section | None:
    """Return staying beside going, in short: what fits, what to ask and why, what does not."""
    staying = answer["staying"]
    if staying["warning"] is None:
        return None
    of: dict[str, list[str]] = {"fits": [], "ask": [], "not_by_facts": []}
    for option in staying["options"]:
        why = " ".join(reason["text"] for reason in option["reasons"])
        of[option["standing"]].append(f"{option['title']} ({why.rstrip('.')})" if why else option["title"])
    lines = [say(f"staying_{standing}", options="; ".join(told)) for standing, told in of.items() if told]
    ends = [Paragraph(staying["ends"]["text"])] if staying["ends"] else []
    told: list[Block] = [
        Paragraph(staying["summary"]),
        *ends,
        Bullets(tuple(lines)),
        Paragraph(say("staying_more"), "note"),
    ]
    return Section(staying["title"], tuple(told))


def _post(say: Telling, answer: Values) -> Section:
    headings = {say.words(f"paths.row_{name}") for name in OF_POST}
    told = [row for row in rows(answer["post"], say.words) if row[0] in headings]
    return Section(say("post"), (Facts(tuple(told)),))


def _without(say: Telling, answer: Values) -> Section | None:
    if not answer["lacking"]:
        return None
    lines = [
        say(
            "without_line",
            why=say(f"why_{entry['condition']}"),
            courses=say.words.listed([step["title"] for step in entry["steps"]]),
            duration=say.words.weeks(entry["weeks"]),
        )
        for entry in answer["conditions"]
    ]
    if not lines:
        learned = [entry for entry in answer["post"]["barriers"] if entry["barrier"] in {"skill", "training"}]
        lines = blocks(answer["post"] | {"barriers": learned}, say.words)
    if answer["never_taught"]:
        lines.append(say("never_taught", skills=say.words.listed(answer["never_taught"], 8)))
    return Section(say("without"), (Bullets(tuple(lines)),)) if lines else None


def _next(say: Telling, answer: Values) -> Section | None:
    lines = [say("next_ask")] if answer["staying"]["warning"] is not None else []
    if answer["variants"]:
        steps = answer["variants"][0]["steps"]
        asked = dict.fromkeys(office(say, step) for step in steps if step["payable_by"] not in {"nobody", "person"})
        lines += [say("next_release")] if _released(answer) else []
        lines += [say("next_funding", who=who) for who in asked]
        first = steps[0]
        lines.append(say("next_register", provider=first["provider"], start=say.day(first["start"])))
    elif answer["conditions"]:
        lines.append(say(f"next_{answer['conditions'][0]['condition']}"))
    employer = answer["post"]["employer"]
    lines += [say("next_employer", employer=employer)] if employer and answer["variants"] else []
    return Section(say("next"), (Bullets(tuple(lines), numbered=True),)) if lines else None


def office(say: Telling, step: Values) -> str:
    """Return who is asked about the funding of a course."""
    if step["payable_by"] == "language_office":
        return say("next_language_office")
    return str(step["rule"]["who_to_ask"]) if step["rule"] is not None else say("next_office")
