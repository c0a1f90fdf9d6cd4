# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""schema.org's JobPosting, in JSON-LD files and web pages, as vacancies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.sources.archive import open_source
from drehkreuz.sources.crosswalk import OCCUPATIONS_LOCAL
from drehkreuz.sources.json_file import Node, cells, node, nodes, number, read_bytes
from drehkreuz.sources.jsonld import PAGES, Thing, id_of, no_things, plain_text, text_of, things, types_of
from drehkreuz.sources.records import Records
from drehkreuz.sources.schema_org import Feed, day, digest, esco, own_codes, place

ENDINGS: Final = (".json", ".jsonld", ".json-ld", *PAGES)

KIND_OF_TYPE: Final = {
    "apprenticeship": "apprenticeship_dual",
    "apprenticeship_dual": "apprenticeship_dual",
    "ausbildung": "apprenticeship_dual",
    "apprenticeship_school": "apprenticeship_school",
    "dual_study": "dual_study",
    "intern": "internship",
    "internship": "internship",
    "praktikum": "internship",
    "entry_qualification": "entry_qualification",
    "minijob": "minijob",
    "mini_job": "minijob",
    "working_student": "working_student",
    "werkstudent": "working_student",
}
"""Kind of post by a word of `employmentType`; all others are jobs."""

FULL_TIME: Final = ("full_time", "vollzeit")
PART_TIME: Final = ("part_time", "teilzeit")

PERIOD_OF_UNIT: Final = {
    "hour": "hour", "hur": "hour", "stunde": "hour",
    "week": "week", "wee": "week", "woche": "week",
    "month": "month", "mon": "month", "monat": "month",
    "year": "year", "ann": "year", "jahr": "year",
}  # fmt: skip
"""What pay is for, by `unitText` or `unitCode` (UN/CEFACT); a day's pay is not comparable without the days of a week."""

WEEKS_A_MONTH: Final = 52 / 12

_HOURS: Final = re.compile(
    r"(?<![\d.,])(\d{1,2}(?:[.,]\d{1,4})?)\s*(?:(?:-|–|bis|to)\s*(\d{1,2}(?:[.,]\d{1,4})?)\s*)?"
    r"(?:h\b|std\b|stunden|hours|wochenstunden)",
    re.IGNORECASE | re.ASCII,
)
ROTA: Final = re.compile(r"Schichtsystem:\s*([^;]+)", re.IGNORECASE)
"""Names the rota within `workHours`, which schema.org leaves to be any text."""

_ISCO: Final = re.compile(r"\bISCO(?:[- ]?0?8)?\b\D{0,5}(\d{1,4})\b", re.ASCII)
_KLDB: Final = re.compile(r"\bKldB(?:\s*2010)?\b\D{0,5}(\d{5})\b|^B (\d{5})(?:-\d{3})?$", re.ASCII)
_GENDERS: Final = re.compile(
    r"\s*[(\[]\s*(?:[mwfdxi*]|div|gn)(?:\s*[/|,]\s*(?:[mwfdxi*]|div|gn))+\s*[)\]]", re.IGNORECASE
)
LONGEST: Final = 200
"""Characters of a text in which hours or codes are looked for."""


@dataclass(frozen=True, slots=True)
class Assumed:
    """
    What holds where a posting does not say it. Nothing is taken unless the region's recipe says so, and each use is counted.

    Attributes:
        shift_system_id: Rota.
        hours_full: Weekly hours of full time.
        hours_part: Weekly hours of part time.
        pay_eur_month: Gross pay a month at full time.
    """

    shift_system_id: str | None = None
    hours_full: float | None = None
    hours_part: float | None = None
    pay_eur_month: float | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """
    What a posting tells beside its row.

    Attributes:
        vacancy_id: Id of its row, also where it has none because it is over.
        own: The source's own number; empty: it has none.
        title: Its title.
        text: Its description, with tags.
        through: Last day it is open; None: not said.
        said: Columns about start, hours, rota and pay that the posting speaks of; others are assumed.
    """

    vacancy_id: str
    own: str
    title: str
    text: str
    through: date | None
    said: frozenset[str]


PayInWords = Callable[[str], tuple[float, float, str] | None]
"""Reads lower end, upper end and period of the pay, EUR, in a posting's description."""


def read_postings(
    path: str | Path, *, day: date, feed: Feed | None = None, assumed: Assumed | None = None, lenient: bool = False
) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """
    Read the job postings of a file, or of the files of a folder or zip.

    A posting whose `validThrough` is over is left out and counted. The occupation is ESCO's where the posting names one by its
    address, else the code of ISCO-08 or KldB 2010, else its category or title as it stands, for `occupations_local` to explain. Persons
    are not read: an employer that is a private household has no name and lies at the centre of its postcode.

    Args:
        path: JSON-LD, a web page, or a folder or zip of them.
        day: The day the region describes; postings over by then are left out.
        feed: How ids are made, and centres of postcodes.
        assumed: What holds where a posting does not say it.
        lenient: Leave out faulty postings instead of refusing the file; each is listed.

    Returns:
        The tables `vacancies`, `places`, `vacancy_skills` and `occupations_local`, and what a person should know.

    Raises:
        InputError: If a file cannot be read, or a posting is faulty and the reading is not lenient.
    """
    return _read(path, day, feed, assumed, lenient=lenient).settle()


def read_live_postings(
    path: str | Path,
    *,
    day: date,
    feed: Feed | None = None,
    assumed: Assumed | None = None,
    pay_in_words: PayInWords | None = None,
) -> tuple[dict[str, pl.DataFrame], list[Notice], list[Finding]]:
    """
    Read job postings as `read_postings` does, leaving out faulty ones, with what they tell beside their rows.

    Args:
        path: As there.
        day: As there.
        feed: As there.
        assumed: As there.
        pay_in_words: Asked for the pay of a posting that gives no figures; before what is assumed.

    Returns:
        The tables; a notice of every posting that has an id, those that are over included; what a person should know.

    Raises:
        InputError: If nothing of the source can be read.
    """
    reading = _read(path, day, feed, assumed, lenient=True, pay_in_words=pay_in_words)
    tables, findings = reading.settle()
    if not reading.notices:
        raise InputError(*findings)
    return tables, reading.notices, findings


def _read(
    path: str | Path,
    day: date,
    feed: Feed | None,
    assumed: Assumed | None,
    *,
    lenient: bool,
    pay_in_words: PayInWords | None = None,
) -> _Reading:
    source = open_source(path)
    names = [name for name in source.names if name.lower().endswith(ENDINGS)]
    if not names:
        raise no_things(str(path), "JobPosting")
    records = Records(source.path.name, lenient=lenient)
    reading = _Reading(records, day, feed or Feed(), assumed or Assumed(), pay_in_words)
    for name in names:
        try:
            reading.read(read_bytes(source, name), name)
        except InputError as error:
            reading.records.refused(error)
    return reading


class _Reading:
    """Postings turned to rows, and how often something was assumed or left out."""

    def __init__(
        self, records: Records, day: date, feed: Feed, assumed: Assumed, pay_in_words: PayInWords | None
    ) -> None:
        self.records = records
        self.notices: list[Notice] = []
        self._pay_in_words = pay_in_words
        self._day = day
        self._feed = feed
        self._assumed = assumed
        self._counts: Counter[str] = Counter()
        self._local: dict[str, tuple[str | None, str | None, str | None]] = {}
        self._found = 0

    def read(self, data: bytes, where: str) -> None:
        found, unread = things(data, where, {"JobPosting"})
        for error in unread:
            self.records.refused(error)
        self._found += len(found)
        for posting in found:
            self._posting(posting, where)

    def settle(self) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
        if not self._found:
            self.records.refused(no_things(self.records.where, "JobPosting"))
        for what, count in sorted(self._counts.items()):
            self.records.note(f"{count:,} of {self._found:,} postings {what}", _REMEDIES[what])
        tables, findings = self.records.settle("vacancies", "places", "vacancy_skills")
        named = tables["vacancies"]["occupation_id"].unique().to_list()
        rows = [(name, *codes) for name, codes in sorted(self._local.items()) if name in named]
        tables[OCCUPATIONS_LOCAL.name] = pl.DataFrame(rows, schema=OCCUPATIONS_LOCAL.polars, orient="row")
        return tables, findings

    def _posting(self, posting: Thing, where: str) -> None:
        values = posting.values
        through = day(values.get("validThrough"))
        if through is not None and through < self._day.isoformat():
            self._counts[OVER] += 1
            self._notice(values, id_of(values), through, frozenset())
            return
        title = plain_text(values.get("title")) or plain_text(values.get("name"))
        organisation = node(values.get("hiringOrganization"))
        household = "Person" in types_of(organisation)
        employer = None if household else text_of(values.get("hiringOrganization"))
        place_id = self._place(values, organisation, posting.row, where, household=household)
        if place_id is None:
            return
        own = id_of(values) or digest("post", title or "", employer or "", place_id)
        vacancy_id = self._feed.id(own)
        types = [word.lower().replace("-", "_").replace(" ", "_") for word in cells(values.get("employmentType"))]
        cells_of = {
            "vacancy_id": vacancy_id,
            "title": title,
            "employer": employer,
            "occupation_id": self._occupation(values, title or ""),
            "place_id": place_id,
            "kind": next((KIND_OF_TYPE[word] for word in types if word in KIND_OF_TYPE), None),
            "openings": text_of(values.get("totalJobOpenings")),
            "start": self._start(values),
            "shift_system_id": self._shift_system(values),
            "remote_share": "1" if "TELECOMMUTE" in cells(values.get("jobLocationType")) else None,
            "presence_days": "0" if "TELECOMMUTE" in cells(values.get("jobLocationType")) else None,
            "source_id": own,
            "first_seen": day(values.get("datePosted")),
        }
        pay = self._pay(values, posting.row, where)
        if pay is not None:
            cells_of |= self._hours(values, types) | pay
            self._notice(values, own, through, _said(values))
            self.records.add("vacancies", posting.row, cells_of, where=where)
            self._skills(values, vacancy_id, posting.row, where)

    def _notice(self, values: Node, own: str | None, through: str | None, said: frozenset[str]) -> None:
        """Keep what a posting tells beside its row; one without a number that is over cannot be told from others."""
        title = plain_text(values.get("title")) or plain_text(values.get("name")) or ""
        if own is None:
            return
        text = text_of(values.get("description")) or ""
        last = _date(through)
        self.notices.append(Notice(self._feed.id(own), id_of(values) or "", title, text, last, said))

    def _place(self, values: Node, organisation: Node, row: str, where: str, *, household: bool) -> str | None:
        given = list(nodes(values.get("jobLocation"))) or [node(organisation.get("location")) or organisation]
        if len(given) > 1:
            self._counts[SEVERAL] += 1
        chosen = dict(given[0])
        if household:  # somebody lives there
            address = {key: text for key, text in node(chosen.get("address")).items() if key != "streetAddress"}
            chosen = {"address": address}
        otherwise = "Privathaushalt" if household else text_of(organisation.get("name")) or "Arbeitsort"
        return place(self.records, chosen, row, where, self._feed, "workplace", otherwise)

    def _occupation(self, values: Node, title: str) -> str:
        said = [values.get("relevantOccupation"), values.get("occupationalCategory")]
        said += [occupation.get("occupationalCategory") for occupation in nodes(values.get("relevantOccupation"))]
        for thing in said:
            for occupation in esco(thing, "occupation"):
                return occupation
        label = text_of(said[0]) or _GENDERS.sub("", title)
        codes = [pair for thing in said for pair in _codes(thing)]
        isco = next((isco for isco, _ in codes if isco), None)
        kldb = next((kldb for _, kldb in codes if kldb), None)
        own = next((own for thing in said for own in own_codes(thing, "codeValue", "inCodeSet")), None)
        if not (own or isco or kldb):
            self._counts[UNCODED] += 1
            return next((text for thing in said if (text := text_of(thing))), label)
        name = own or (f"isco08:{isco}" if isco else f"kldb2010:{kldb}")
        self._local.setdefault(name, (isco, kldb, label or None))
        return name

    def _start(self, values: Node) -> str | None:
        given = day(values.get("jobStartDate"))
        if given is not None:
            return given
        self._counts[NO_START] += 1
        posted = day(values.get("datePosted"))
        return max(posted or "", self._day.isoformat())

    def _shift_system(self, values: Node) -> str | None:
        said = _rota(values)
        if said is not None:
            return said
        if self._assumed.shift_system_id is not None:
            self._counts[NO_ROTA] += 1
        return self._assumed.shift_system_id

    def _hours(self, values: Node, types: list[str]) -> dict[str, str | None]:
        said = _hours_said(values)
        if said is not None:
            return {"hours_min": said[0], "hours_max": said[1]}
        full, part = self._assumed.hours_full, self._assumed.hours_part
        part_only = any(word in PART_TIME for word in types) and not any(word in FULL_TIME for word in types)
        high_taken = part if part_only else full
        low_taken = part if any(word in PART_TIME for word in types) else full
        if high_taken is not None:
            self._counts[NO_HOURS] += 1
        return {"hours_min": _told(low_taken), "hours_max": _told(high_taken)}

    def _pay(self, values: Node, row: str, where: str) -> dict[str, str | None] | None:
        """Return the cells about pay; nothing, and a fault, where it is none that can be compared."""
        amount, figures, low, high = _pay_said(values)
        if low is None or high is None:
            return self._told_or_assumed_pay(values)
        currency = text_of(amount.get("currency")) or text_of(values.get("salaryCurrency")) or "EUR"
        if currency != "EUR":
            problem, remedy = "is no pay in euros", "Convert it at the source; exchange rates are not guessed."
            self.records.fault(row, problem, column="currency", value=currency, where=where, remedy=remedy)
            return None
        unit = text_of(figures.get("unitText")) or text_of(figures.get("unitCode")) or text_of(amount.get("unitText"))
        period = PERIOD_OF_UNIT.get((unit or "").lower())
        if period is None:
            remedy = "Say HOUR, WEEK, MONTH or YEAR in unitText."
            problem = "does not say what the pay is for in a way that can be compared"
            self.records.fault(row, problem, column="unitText", value=unit or "", where=where, remedy=remedy)
            return None
        if period == "week":
            low, high, period = low * WEEKS_A_MONTH, high * WEEKS_A_MONTH, "month"
        return {"pay_min": _told(min(low, high)), "pay_max": _told(max(low, high)), "pay_period": period}

    def _told_or_assumed_pay(self, values: Node) -> dict[str, str | None]:
        told = self._pay_in_words(text_of(values.get("description")) or "") if self._pay_in_words else None
        if told is not None:
            self._counts[PAY_IN_WORDS] += 1
            low, high, period = told
            return {"pay_min": _told(low), "pay_max": _told(high), "pay_period": period}
        taken = _told(self._assumed.pay_eur_month)
        if taken is not None:
            self._counts[NO_PAY] += 1
        return {"pay_min": taken, "pay_max": taken, "pay_period": "month"}

    def _skills(self, values: Node, vacancy_id: str, row: str, where: str) -> None:
        named = list(esco(values.get("skills"), "skill"))
        own = own_codes(values.get("skills"), "termCode", "inDefinedTermSet")
        if cells(values.get("skills")) and not named:
            self._counts[SKILL_TEXTS] += 1
        for skill in dict.fromkeys([*named, *own]):
            self.records.add("vacancy_skills", row, {"vacancy_id": vacancy_id, "skill_id": skill}, where=where)


def _rota(values: Node) -> str | None:
    """Return the rota that a posting names."""
    found = (ROTA.search(text[:LONGEST]) for text in cells(values.get("workHours")))
    return next((match.group(1).strip() for match in found if match), None)


def _hours_said(values: Node) -> tuple[str, str] | None:
    """Return the weekly hours that a posting names, fewest and most."""
    for text in cells(values.get("workHours")):
        if found := _HOURS.search(text[:LONGEST]):
            low, high = (part and part.replace(",", ".") for part in found.groups())
            return low, high or low
    return None


def _pay_said(values: Node) -> tuple[Node, Node, float | None, float | None]:
    """Return the salary and its figures, and both ends of the range as far as they are numbers."""
    salary = values.get("baseSalary")
    amount = node(salary)
    value = amount.get("value") if amount else salary
    figures = node(value)
    low, high = (number(figures.get(key)) for key in ("minValue", "maxValue"))
    if low is None and high is None:
        low = high = number(figures.get("value") if figures else value)
    return amount, figures, (high if low is None else low), (low if high is None else high)


def _said(values: Node) -> frozenset[str]:
    """Return the columns that a posting itself speaks of, of those that are assumed where it does not."""
    said = {
        "start": day(values.get("jobStartDate")) is not None,
        "hours": _hours_said(values) is not None,
        "shift_system_id": _rota(values) is not None,
        "pay": _pay_said(values)[2] is not None,
        "openings": text_of(values.get("totalJobOpenings")) is not None,
        "kind": bool(cells(values.get("employmentType"))),
    }
    return frozenset(name for name, is_said in said.items() if is_said)


def _date(text: str | None) -> date | None:
    """Return the date of a day; none where the text is no date."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        return None


def _codes(thing: object) -> list[tuple[str | None, str | None]]:
    """Return the codes of ISCO-08 and of KldB 2010 that a category names, as pairs of which one is none."""
    found: list[tuple[str | None, str | None]] = [(code.removeprefix("C"), None) for code in esco(thing, "isco")]
    texts = cells(thing)
    for code in nodes(thing):
        value, kept_in = text_of(code.get("codeValue")) or text_of(code.get("termCode")), code.get("inCodeSet")
        texts.append(f"{text_of(kept_in) or text_of(code.get('inDefinedTermSet')) or ''} {value or ''}".strip())
    for text in texts:
        if isco := _ISCO.search(text[:LONGEST]):
            found.append((isco.group(1), None))
        elif kldb := _KLDB.search(text[:LONGEST]):
            found.append((None, kldb.group(1) or kldb.group(2)))
    return found


def _told(value: float | None) -> str | None:
    return None if value is None else f"{value:.10g}"


OVER: Final = "are over by the region's day and are left out"
SEVERAL: Final = "name several places; the first is taken"
UNCODED: Final = "name their occupation in words only"
NO_START: Final = "say no first day; the region's day is taken, or the day of posting where it is later"
NO_ROTA: Final = "say no rota; that of the recipe is assumed"
NO_HOURS: Final = "say no weekly hours; those of the recipe are assumed"
NO_PAY: Final = "say no pay; that of the recipe is assumed"
PAY_IN_WORDS: Final = "tell their pay in words only, which are read"
SKILL_TEXTS: Final = "name skills in words only, which are not read"

_REMEDIES: Final = {
    OVER: "Nothing is to be done; new postings come with the next reading.",
    SEVERAL: "Write a posting for each place if people may choose.",
    UNCODED: f"List the words in {OCCUPATIONS_LOCAL.name}.csv with their ISCO-08 or KldB 2010 code.",
    NO_START: "Add jobStartDate at the source.",
    NO_ROTA: "Know it when reading results about shifts: it is assumed.",
    NO_HOURS: "Know it when reading results about hours: they are assumed.",
    NO_PAY: "Know it when reading results about pay: it is assumed.",
    PAY_IN_WORDS: "Give baseSalary at the source to be sure.",
    SKILL_TEXTS: "Name ESCO's skills by their addresses to have them matched.",
}
"""What to do about each thing that is counted."""

ASSUMED_KEYS: Final = tuple(field.name for field in fields(Assumed))
