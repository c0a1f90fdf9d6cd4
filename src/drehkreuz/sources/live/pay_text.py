# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a post pays, read in the words of its text: range, period, where it stands, and how sure that is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

WEEKS_A_MONTH: Final = 52 / 12

PLAUSIBLE: Final = {"hour": (8.0, 150.0), "month": (450.0, 20_000.0), "year": (8_000.0, 250_000.0)}
"""EUR gross that a post may pay (assumed): outside of these it is a bonus, a turnover or a telephone number."""

TELLING: Final = {"hour": (10.0, 80.0), "month": (1_500.0, 9_000.0), "year": (25_000.0, 200_000.0)}
"""EUR that tell what they are paid for where no word does (assumed)."""

AROUND: Final = 48
"""Characters before and after an amount in which words about it are looked for (assumed)."""


@dataclass(frozen=True, slots=True)
class PayTrust:
    """
    How sure a reading is, by what stands around the amount; all assumed, for want of posts whose pay people have marked.

    Attributes:
        told: The words say for what time it is paid, and that it is pay or gross.
        gross: They say that it is gross.
        period_only: They say for what time, not that it is pay.
        size_only: They say that it is pay; for what time tells the amount alone.
        up_to: Factor where only the upper end is said.
    """

    told: float = 0.9
    gross: float = 0.95
    period_only: float = 0.6
    size_only: float = 0.6
    up_to: float = 0.6


TRUST: Final = PayTrust()

_PERIODS: Final = {
    "hour": r"stunden?lohn|stundensatz|(?:pro|je|/|die)\s?(?:stunde|std\b)|/\s?h\b|hourly|(?:per|an|/)\s?hour|de l.heure|/\s?heure"
    r"|per uur|/\s?uur|uurloon",
    "week": r"wochenlohn|(?:pro|je|/)\s?woche|weekly|per week|par semaine",
    "month": r"monatlich|monats(?:gehalt|lohn|brutto|entgelt)|(?:pro|je|im|/)\s?monat|\bmtl\b|monthly|(?:per|a|/)\s?month"
    r"|par mois|mensuel|/\s?mois|per maand|maandelijks|/\s?maand",
    "year": r"jahres(?:gehalt|brutto|entgelt|zielgehalt)|j.hrlich|(?:pro|je|im|/)\s?jahr|\bp\.\s?a\b|yearly|annual|annum"
    r"|(?:per|a|/)\s?year|par an\b|annuel|/\s?an\b|per jaar|/\s?jaar|jaarsalaris",
}
_PERIOD: Final = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _PERIODS.items()), re.IGNORECASE)
_GROSS: Final = re.compile(r"brutto|\bgross\b|\bbrute?s?\b|\bbruto\b", re.IGNORECASE)
_NET: Final = re.compile(r"\bnetto|\bnets?\b", re.IGNORECASE)
_PAY: Final = re.compile(
    r"gehalt|lohn|verg.tung|entgelt|verdien|salary|wages?\b|\bpay\b|\bpaid\b|remuneration|salaire|r.mun.ration|salaris|\bloon\b",
    re.IGNORECASE,
)
_BESIDE: Final = re.compile(
    r"bonus|pr.mie|zulage|zuschuss|zuschl.g|gutschein|sachbezug|urlaubsgeld|weihnachtsgeld|umsatz|budget|fahrt|kita|vwl"
    r"|verm.genswirksam|allowance|premium|voucher|turnover|revenue|prime|ch.que|toeslag|vergoeding|vakantiegeld|einmalig",
    re.IGNORECASE,
)
"""Words for money that is paid beside the pay, or not to the person."""
_PAUSE: Final = re.compile(r"[,;!?](?=\s|$)|\.(?=\s+[A-ZÄÖÜ]|$)")
"""Ends what is said about an amount."""
_UP_TO: Final = re.compile(r"(?:bis zu|max(?:imal|\.)?|up to|jusqu.à|tot)\s*(?:€|EUR)?\s*$", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"(?:zwischen|between|entre|tussen)\s*(?:€|EUR)?\s*$", re.IGNORECASE)

_CURRENCY: Final = r"(?:€|EUR\b|Euro\b)"
_AMOUNT: Final = r"(\d{1,3}(?:[.,’' ]\d{3})+(?:[.,]\d{1,2})?|\d{1,6}(?:[.,]\d{1,2})?)(?:,-+)?(?:\s?(k)\b)?"
_MONEY: Final = re.compile(
    rf"(?<![\d.,])({_CURRENCY}\s?)?{_AMOUNT}(?![\d])(\s?{_CURRENCY})?"
    rf"(?:\s?(-|–|—|\bbis\b|\bto\b|à|\btot\b|\bund\b|\band\b|\bet\b|\ben\b)\s?({_CURRENCY}\s?)?{_AMOUNT}(?!\d)(\s?{_CURRENCY})?)?",
    re.IGNORECASE | re.ASCII,
)
_AND: Final = ("und", "and", "et", "en")


@dataclass(frozen=True, slots=True, order=True)
class PayReading:
    """
    A range of pay that a text tells.

    Attributes:
        start: Characters of the text before the amounts.
        end: Characters up to their end.
        low: Lower end, EUR gross per period.
        high: Upper end.
        period: `hour`, `month` or `year`; pay by the week is turned to months.
        words: The amounts as they stand.
        confidence: How sure the reading is, by `PayTrust`.
    """

    start: int
    end: int
    low: float
    high: float
    period: str
    words: str
    confidence: float

    @property
    def value(self) -> str:
        """The range and its period, as table `readings` holds it."""
        return f"{self.low:.10g}-{self.high:.10g} {self.period}"


def read_pay(text: str) -> list[PayReading]:
    """
    Return the pay that a text tells, in its order; what is net, paid beside the pay or implausible is no pay.

    Args:
        text: As `ad_text` gives it; amounts and the words about them stand in one line.
    """
    found = []
    at = 0
    for line in text.split("\n"):
        found += [reading for match in _MONEY.finditer(line) if (reading := _reading(line, match, at)) is not None]
        at += len(line) + 1
    return found


def sure_pay(readings: list[PayReading], least: float) -> PayReading | None:
    """Return the one pay that a text tells surely; nothing where none is sure or two differ, as with years of apprenticeship."""
    sure = [reading for reading in readings if reading.confidence >= least]
    return sure[0] if len({reading.value for reading in sure}) == 1 else None


def _reading(line: str, match: re.Match[str], at: int) -> PayReading | None:
    """Return what an amount says of pay; nothing where it is none."""
    before = line[max(0, match.start() - AROUND) : match.start()]
    amounts = _amounts(match, before)
    if amounts is None:
        return None
    low, high, ends = amounts
    up_to = low == high and _UP_TO.search(before)
    before, after = _PAUSE.split(before)[-1], _PAUSE.split(line[ends : ends + AROUND])[0]
    around = f"{before} {after}"
    period, told = _period(before, after, low)
    confidence = _confidence(around, told=told)
    if period is None or confidence is None or _NET.search(around) or _BESIDE.search(around):
        return None
    if period == "week":
        low, high, period = low * WEEKS_A_MONTH, high * WEEKS_A_MONTH, "month"
    least, most = PLAUSIBLE[period]
    if not least <= low <= high <= most:
        return None
    words = line[match.start() : ends].strip()
    start = at + match.start()
    sure = round(confidence * (TRUST.up_to if up_to else 1.0), 3)
    return PayReading(start, start + len(words), round(low, 2), round(high, 2), period, words, sure)


def _amounts(match: re.Match[str], before: str) -> tuple[float, float, int] | None:
    """Return both ends of a range of euros and where it ends in the line; nothing where no sign of money stands by it."""
    before_sign, first, first_k, sign, joint, second_sign, second, second_k, last_sign = match.groups()
    two = second is not None and joint.lower() in _AND and not _BETWEEN.search(before)  # "3.100 € und 400 €"
    if not (before_sign or sign or (not two and (second_sign or last_sign))):
        return None
    low = _number(first, k=bool(first_k or (second_k and not two and len(first) <= 3)))
    if second is None or two:
        return low, low, match.start(5) if two else match.end()
    return low, _number(second, k=bool(second_k)), match.end()


def _confidence(around: str, *, told: bool) -> float | None:
    gross, pay = _GROSS.search(around), _PAY.search(around)
    if told:
        return TRUST.gross if gross else TRUST.told if pay else TRUST.period_only
    return TRUST.size_only if gross or pay else None


def _period(before: str, after: str, amount: float) -> tuple[str | None, bool]:
    """Return what it is paid for, by the nearest word behind the amount, else before it, else by its size; and whether a word said so."""
    if found := _PERIOD.search(after):
        return found.lastgroup, True
    if earlier := list(_PERIOD.finditer(before)):
        return earlier[-1].lastgroup, True
    return next((name for name, (least, most) in TELLING.items() if least <= amount <= most), None), False


def _number(text: str, *, k: bool) -> float:
    """Return an amount: three digits behind a sign are thousands, one or two are cents."""
    whole, cents = text, ""
    if found := re.search(r"[.,](\d{1,2})$", text):
        whole, cents = text[: found.start()], found.group(1)
    digits = re.sub(r"\D", "", whole)
    return float(f"{digits}.{cents or 0}") * (1000 if k else 1)
