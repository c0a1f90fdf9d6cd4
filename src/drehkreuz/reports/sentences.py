# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A described pair in sentences: rows of a card, the way as legs, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from drehkreuz.matching.utility import TRAINING_KINDS
from drehkreuz.reports.pair import Values
from drehkreuz.reports.words import Words

Row = tuple[str, str]

SKILLS_SHOWN = 4

LONG_EARLY = 6
"""Months from which a post that begins too early is said to be an example of what there may be later (assumed)."""

BOTH_WAYS = ("reach_out", "reach_back")
"""Reasons that are said as one where both stand."""

BORDER_OFFICE = "GrenzInfoPunkt"
"""Who advises people that live in one country and work in another, where no rule names anybody."""


def status(path: Values, words: Words) -> str:
    """Return whether the path is open without a course, after learning, or not yet; an apprenticeship says that it is one."""
    training = path["kind"] in TRAINING_KINDS
    if path["status"] == "after_learning":
        said = words("paths.after", duration=words.weeks(path["learning"]["weeks"]))
        return words("paths.then", first=said, training=_training(path, words)) if training else said
    said = words(f"paths.{path['status']}")
    if not training:
        return said
    return _training(path, words) if path["status"] == "now" else f"{said}: {_training(path, words)}"


def rows(path: Values, words: Words) -> list[Row]:
    """Return the card of a path: (heading, text) rows, the first says what the person already brings."""
    found: list[Row] = [("bring", _brings(path, words)), ("missing", _missing(path, words))]
    found += [("learn", text) for text in _learn(path, words)]
    found += [("way", text) for text in [_way(path, words), *ways(path["commute"], words)]]
    found += [("pay", _pay(path, words)), ("time", _time(path, words)), ("outlook", _outlook(path, words))]
    found += [("border", _border(path["border"], words))] if path["border"] else []
    found += [("blocks", text) for text in blocks(path, words)]
    found += [("note", text) for text in _notes(path, words)]
    found += [("why", text) for text in why(path, words)]
    return [(words(f"paths.row_{heading}"), text) for heading, text in found]


def blocks(path: Values, words: Words) -> list[str]:
    """Return what stands between the person and the post, a line for each class of hurdle."""
    return [_block(entry, words) for entry in path["barriers"]]


def why(path: Values, words: Words) -> list[str]:
    """Return why this path is shown where it is: fit, learning, way, pay."""
    through = Counter(skill["occupation"] or words("paths.own_claims") for skill in path["brings"]["skills"])
    sentences = []
    if through and path["brings"]["asked_before"]:
        main = through.most_common(1)[0][0]
        sentences.append(words("paths.why_fit", share=words.percent(path["brings"]["share"]), through=main))
    if path["learning"]["steps"]:
        sentences.append(words("paths.why_weeks", duration=words.weeks(path["learning"]["weeks"])))
    way, pay = path["commute"], path["pay"]
    if way["chain"] is not None:
        longest = max(way["minutes_out"], way["minutes_back"])
        sentences.append(words("paths.why_way", minutes=longest, limit=way["limit_minutes"]))
    after, need = words.money(pay["net_after_commute_eur_month"]), words.money(pay["need_eur_month"])
    sentences.append(words("paths.why_pay", after=after, need=need))
    return sentences


def own(answer: Values, words: Words) -> list[str]:
    """Return what stands between the person and their own occupations, what experience, awards and residence mean, a line each."""
    title = [_residence(answer["residence"], words)] if answer["residence"] else []
    rules = [
        words("paths.experience", claim=rule["claim"], source=rule["source"], who=rule["who_to_ask"])
        for rule in answer["experience"]
    ]
    return [_own(entry, words) for entry in answer["own"]] + rules + _abroad(answer["awards_abroad"], words) + title


def posts(n: int, words: Words) -> str:
    """Return a number of posts in words."""
    return words("paths.posts_one" if n == 1 else "paths.posts_many", n=n)


def held(entry: Values, words: Words) -> str:
    """Return an occupation held, and for how long."""
    key = "held_short" if entry["years"] < 1 else "held_one" if entry["years"] == 1 else "held"
    return words(
        f"paths.{key}", label=entry["label"], years=words.number(entry["years"], 0 if entry["years"] % 1 == 0 else 1)
    )


def offered(entry: Values, words: Words) -> str:
    """Return how many posts of an occupation are open, those to learn it in apart."""
    jobs = entry["posts"] - entry["training"]
    said = [posts(jobs, words)] if jobs else []
    said += [words.counted("paths.training", entry["training"])] if entry["training"] else []
    return ", ".join(said)


def learned(entry: Values, words: Words) -> str:
    """Return how long one learns for the open posts of an occupation, and how many of them ask no course."""
    if not entry["weeks_most"]:
        return words("paths.at_once")
    if entry["now"]:
        return words("paths.at_once_some", n=words.number(entry["now"]))
    least = words.weeks(entry["weeks"])
    return words("paths.after" if least == words.weeks(entry["weeks_most"]) else "paths.after_least", duration=least)


def note(answer: Values, words: Words) -> str:
    """Return what an answer's figures are, a line each: modelled or not, what is estimated, each source by itself."""
    known = answer["provenance"]
    lines = [words("paths.modelled")] if known["posts"] == "modelled" else []
    lines += [words("paths.assumed_way")] if answer["assumptions"]["straight_line_ways"] else []
    lines += [words("paths.care_way")] if answer.get("person", {}).get("care") else []
    lines.append(words("paths.note", year=known["payroll_year"], day=words.day(known["day"])))
    lines += [words("paths.sources")] if known["kinds"] else []
    lines += [
        words("paths.source", source=source, kind=words(f"region.kind_{kind}"))
        for kind, sources in known["kinds"].items()
        for source in sources
    ]
    return "\n".join(lines)


def ordering(answer: Values, words: Words) -> str:
    """Return what the order of the paths weighs for the person; every weight is assumed."""
    weights = answer["assumptions"]["weights"]
    shrinking, _, growing = weights["outlook"]
    return words(
        "paths.ordering",
        months=words.number(weights["months_ahead"]),
        hour=words.change(-weights["hour_on_the_way"]),
        learning=words.change(-weights["week_of_learning"]),
        shrinking=words.change(shrinking),
        growing=words.change(growing),
        **{
            name: words.change(weights[name])
            for name in ("fit", "level", "fixed_term", "agency", "night", "remote_day")
        },
    )


def kind(answer: Values, words: Words) -> str:
    """Return whether an answer speaks of fitted, modelled or observed people."""
    if answer["provenance"]["margins"]:
        return words.counted("match.kind_fitted", len(answer["provenance"]["margins"]))
    return words("match.kind_modelled" if answer["provenance"]["people"] == "modelled" else "match.kind_observed")


def title(answer: Values, words: Words) -> str:
    """Return the title of a report on a region; "für die Region" only where `speaks_for_region` allows it."""
    known = answer["provenance"]
    key = "match.title_for_region" if known["for_region"] else "match.title"
    return words(key, title=known["title"], day=words.day(known["day"]))


def headline_sentence(answer: Values, words: Words) -> str:
    """Return the region's headline in one sentence."""
    first = answer["shares"][0]
    return words(
        "match.sentence",
        filled=words.number(answer["filled_today"]),
        openings=words.number(answer["openings"]),
        first=words(f"barrier.{first['barrier'].upper()}"),
        n=words.number(first["share"]),
    )


def legs(way: Sequence[Values], words: Words) -> str:
    """
    Return a way in one line: `05:12 zu Fuß 6 min → 05:20 Modell-Linie 20 Richtung Werk (Markt – Werk) 21 min → an 05:41`.

    Times of leaving are cut to the minute, durations and the arrival rounded up. A way that does not exist is said with nothing.
    """
    if not way:
        return ""
    parts = [_leg(leg, words) for leg in way]
    if way[0]["by"] != "ride":
        parts[0] = f"{_time_of_day(way[0]['leave'], words)} {parts[0]}"
    arrival = words("paths.arrive", time=words.clock(-(-way[-1]["arrive"] // 60)))
    return " → ".join([*parts, arrival])


def ways(way: Values, words: Words) -> list[str]:
    """Return the way there and the way back leg by leg, a line each; nothing where all of it is walked or driven."""
    if not any(leg["by"] == "ride" for direction in ("out", "back") for leg in way[direction]):
        return []
    begins = words("paths.begins", time=words.clock(way["begins"]))
    there = f"{_towards('out', way['out_to'], words)}: {legs(way['out'], words)}, {begins}"
    return [there, f"{_towards('back', way['back_from'], words)}: {legs(way['back'], words)}"]


def _towards(direction: str, place: str | None, words: Words) -> str:
    """Return the heading of a way, and the place where it is a further one of the post."""
    return words(f"paths.legs_{direction}") if place is None else words(f"paths.legs_{direction}_further", place=place)


def _leg(leg: Values, words: Words) -> str:
    lasts = f"{-(-(leg['arrive'] - leg['leave']) // 60)} min"
    if leg["by"] != "ride":
        by = words(f"chain.{leg['by'].upper()}")
        return f"{by} {lasts}"
    towards = words("paths.towards", headsign=leg["headsign"]) if leg["headsign"] else ""
    line = " ".join(part for part in (leg["line"], towards) if part)
    return f"{_time_of_day(leg['leave'], words)} {line} ({leg['origin']} – {leg['target']}) {lasts}"


def _own(entry: Values, words: Words) -> str:
    if not entry["posts"]:
        return words("paths.own_none", label=entry["label"])
    line = words(
        "paths.own", label=entry["label"], posts=posts(entry["posts"], words), open=words.number(entry["open"])
    )
    hurdles = [
        words("paths.own_hurdle", barrier=words(f"barrier.{kept['barrier'].upper()}"), n=kept["posts"])
        for kept in entry["barriers"]
    ]
    line = words("paths.own_hurdles", first=line, hurdles=words.listed(hurdles)) if hurdles else line
    return f"{line} {_nearest(entry['nearest'], words)}" if entry["nearest"] else line


def _nearest(entry: Values, words: Words) -> str:
    """Return what is missing at the nearest post of an own occupation: languages by their levels, the rest by how much."""
    tongues = [_tongue(lacking, words) for lacking in entry["languages"]]
    if entry["language_only"]:
        return words("paths.own_language", missing=words.listed(tongues))
    hurdles = [
        _block(hurdle, words) for hurdle in entry["barriers"] if not (tongues and hurdle["barrier"] == "language")
    ]
    return words("paths.own_nearest", title=entry["title"], missing="; ".join([*tongues, *hurdles]))


def _tongue(lacking: Values, words: Words) -> str:
    name, has = _named("language", lacking["language"], words), lacking["has"]
    said = f"{name} {lacking['asks']}"
    return said if has is None else words("paths.own_level", asked=said, has=has)


def _named(kind: str, code: str, words: Words) -> str:
    """Return the name of a country or a language, its code where the catalogue has none."""
    key = f"{kind}.{code}"
    return words(key) if key in words else code


def _abroad(awards: Sequence[Values], words: Words) -> list[str]:
    """Return how awards from abroad stand: they count, ask the recognition of an authority, or a comparison; alike ones in one line."""
    alike: dict[tuple[str, str, str], list[str]] = {}
    for award in awards:
        way = "counts" if award["counts"] else "regulated" if award["regulated"] else "compare"
        who = (award["authority"] or words("paths.abroad_advice")) if way == "regulated" else ""
        alike.setdefault((way, award["country"], who), []).append(award["label"])
    return [
        words(f"paths.abroad_{way}", labels=words.listed(labels), country=_named("country", country, words), who=who)
        for (way, country, who), labels in alike.items()
    ]


def _residence(entry: Values, words: Words) -> str:
    """Return what a residence title for a time or a purpose makes one ask, and when it ends."""
    said, months = words(f"paths.residence_{entry['purpose']}"), entry["months_left"]
    return said if months is None else f"{words.counted('paths.residence_left', months)} {said}"


def _time_of_day(seconds: int, words: Words) -> str:
    return words.clock(seconds // 60)


def _block(entry: Values, words: Words) -> str:
    barrier = words(f"barrier.{entry['barrier'].upper()}")
    if entry.get("narrow"):
        return f"{barrier}: {words('slack.narrow', amount=words.money(max(1.0, entry['slack'])))}"
    reasons = entry["reasons"]
    if set(BOTH_WAYS) <= set(reasons):
        reasons = ["reach_both", *(reason for reason in reasons if reason not in BOTH_WAYS)]
    return f"{barrier}: {' '.join(words(f'reason.{reason.upper()}') for reason in reasons)}{_slack(entry, words)}"


def _notes(path: Values, words: Words) -> list[str]:
    """Return what to mind: a lower level, a new field, what was long not used, dates that do not meet."""
    brings, early = path["brings"], path["months_early"]
    found = [words("paths.below_level")] if path["levels_below"] else []
    found += [words("paths.new_field")] if brings["new_field"] else []
    found += [words("paths.long_ago", year=brings["last_year"])] if brings["last_year"] else []
    for condition in path["conditions"]:
        waits = condition == "availability" and early is not None and early >= LONG_EARLY
        found.append(words("paths.early", n=early) if waits else words(f"reason.{condition.upper()}"))
    return found


def _brings(path: Values, words: Words) -> str:
    share = words.percent(path["brings"]["share"])
    skills = [skill["label"] for skill in path["brings"]["skills"]]
    listed = words.listed(skills, SKILLS_SHOWN)
    if not path["brings"]["asked_before"]:
        return words("paths.bring_useful", skills=listed) if skills else words("paths.bring_unasked")
    line = words("paths.bring_line", share=share, skills=listed) if skills else words("paths.bring_few", share=share)
    beside = path["brings"]["beside"]
    return f"{line}; {words.counted('paths.bring_beside', beside)}" if beside else line


def _missing(path: Values, words: Words) -> str:
    """Return what is missing, by where it is learned; attitudes nobody spoke of are asked, not missing."""
    taught = "in_training" if path["kind"] in TRAINING_KINDS else "on_the_job"
    attitudes: list[str] = []
    parts = []
    for key in ("course", "on_the_job", "open"):
        attitudes += [skill["label"] for skill in path["missing"][key] if skill["attitude"]]
        lacking = [_award(award, words) for award in path["missing"]["awards"]] if key == "course" else []
        lacking += [skill["label"] for skill in path["missing"][key] if not skill["attitude"]]
        if lacking:
            where = taught if key == "on_the_job" else key
            parts.append(words(f"paths.missing_{where}", skills=words.listed(lacking, SKILLS_SHOWN)))
    parts = parts or [words("paths.missing_none")]
    parts += [words("paths.missing_attitudes", skills=words.listed(attitudes, SKILLS_SHOWN))] if attitudes else []
    return "; ".join(parts)


def _award(award: Values, words: Words) -> str:
    """Return an award, or a level of a language."""
    if "language" in award:
        return f"{_named('language', award['language'], words)} {award['cefr']}"
    return str(award["label"])


def _learn(path: Values, words: Words) -> list[str]:
    """Return the courses, before them whom to ask where hardly anything is missing, after them that they meet working hours."""
    short = path["learning"]["ask_first"]
    asked = [words("paths.ask_first", share=words.percent(short))] if short else []
    at_work = [words("paths.course_at_work")] if path["learning"]["at_work"] else []
    return asked + [_step(step, words) for step in path["learning"]["steps"]] + at_work


def _step(step: Values, words: Words) -> str:
    return words(
        "paths.step",
        title=step["title"],
        provider=step["provider"],
        place=step["place"] or words("paths.online"),
        start=words.day(step["start"]),
        end=words.day(step["end"]),
        format=words(f"paths.format_{step['format']}"),
        fee=_fee(step, words),
    )


def _fee(step: Values, words: Words) -> str:
    return words(f"paths.fee_{step['payable_by']}", fee=words.money(step["fee_eur"]), who=step["who_to_ask"])


def _way(path: Values, words: Words) -> str:
    way = path["commute"]
    if way["chain"] is None:
        return words("paths.way_none")
    chain, cost = words(f"chain.{way['chain'].upper()}"), way["cost_eur_month"]
    if way["others"]:
        others = words.listed([words(f"chain.{other.upper()}") for other in way["others"]])
        chain = words("paths.way_others", chain=chain, others=others)
    return words(
        "paths.way_long" if cost is None else "paths.way_ticket" if way["ticket"] else "paths.way",
        chain=chain,
        out=way["minutes_out"],
        back=way["minutes_back"],
        cost=None if cost is None else words.money(cost),
    )


def _pay(path: Values, words: Words) -> str:
    pay = path["pay"]
    amounts = {
        "gross": words.money(pay["gross_eur_month"]),
        "net": words.money(pay["net_eur_month"]),
        "after": words.money(pay["net_after_commute_eur_month"]),
    }
    if pay["change_eur_month"] is None:
        said = words("paths.pay", **amounts)
    else:
        said = words("paths.pay_today", **amounts, change=words.change(pay["change_eur_month"]))
    if pay["estimated_for"] is None or path["border"]:  # across a border, the line on the border says it
        return said
    country = words(f"country.{pay['estimated_for']}")
    return f"{said}. {words('paths.pay_abroad', country=country)}"


def _time(path: Values, words: Words) -> str:
    weekly = path["time"]["hours_per_week"]
    hours = words("paths.hours", n=words.number(weekly, 0 if weekly == round(weekly) else 1))
    rota = [
        part for part in path["time"]["rota"].split(", ") if part != hours
    ]  # some rotas name their hours themselves
    line = words("paths.time", hours=hours, rota=", ".join(rota), start=words.day(path["start"]))
    extra = [words("paths.fixed_term", end=words.day(path["contract_end"]))] if path["contract_end"] else []
    extra += [words("paths.agency")] if path["agency"] else []
    return ", ".join([line, *extra])


def _training(path: Values, words: Words) -> str:
    """Return what is learned for how long, and from when: `Ausbildung (dual), 3,5 Jahre, ab 01.08.2027`."""
    months = path["training_months"]
    lasts = [words.years(months / 12)] if months else []
    return ", ".join([words(f"paths.kind_{path['kind']}"), *lasts, words("paths.from", start=words.day(path["start"]))])


def _border(known: Values, words: Words) -> str:
    """Return in one line what is known where home and post lie in two countries, and whom to ask."""
    home, work = (words(f"country.{known[end]}") for end in ("home", "work"))
    said = " ".join(known["known"]) or words("paths.border_unknown")
    return words(
        "paths.border", home=home, work=work, known=said, who=words.listed(known["who_to_ask"] or [BORDER_OFFICE])
    )


def _outlook(path: Values, words: Words) -> str:
    return words(f"paths.outlook_{path['occupation']['outlook'] or 'unknown'}")


def _slack(entry: Values, words: Words) -> str:
    slack = entry["slack"]
    if slack is None:
        return f" ({words('slack.no_way')})"
    if not slack:
        return ""
    if entry["courses"]:
        return f" ({words('slack.courses', duration=words.weeks(slack), courses=words.listed(entry['courses']))})"
    match entry["unit"]:
        case "minutes":
            text = words("slack.minutes", n=round(slack))
        case "hours":
            text = words("slack.hours", n=words.number(slack, 0 if slack == round(slack) else 1))
        case "EUR/month":
            text = words("slack.money", amount=words.money(slack))
        case "weeks":
            text = words("slack.weeks", duration=words.weeks(slack))
        case "share":
            text = words("slack.share", share=words.percent(slack))
        case unit:
            text = words(f"slack.{unit}_one" if round(slack) == 1 else f"slack.{unit}_many", n=round(slack))
    return f" ({text})"
