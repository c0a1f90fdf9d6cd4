# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Prices, kinds and refusals in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from drehkreuz.planning.sharing.hours import ALWAYS
from drehkreuz.planning.sharing.price import Step
from drehkreuz_web.sharing.lender import Why

KINDS: Final[dict[str, str | Promise]] = {
    "pedelec": _("pedelecs"),
    "carsharing": _("cars"),
    "bike": _("bicycles"),
    "cargo_bike": _("cargo bicycles"),
    "moped": _("mopeds"),
    "scooter": _("scooters"),
}

REFUSALS: Final[dict[Why, str | Promise]] = {
    Why.NONE_FREE: _("Nothing is free there any more: somebody was faster. Choose another station."),
    Why.CLOSED: _("Nothing is lent at this hour. The opening hours stand at each station."),
    Why.NOT_HERE: _("These vehicles are booked with their lender, not here."),
    Why.UNKNOWN: _("We know no booking of this code. Check it; a day after its end a booking is forgotten."),
    Why.OVER: _("This booking is over."),
    Why.UNDER_WAY: _("You have taken the vehicle already."),
    Why.NOT_TAKEN: _("You have not taken the vehicle yet."),
    Why.FULL: _("No place is free there any more. Choose another station; the ride goes on until then."),
    Why.OTHER_STATION: _("This vehicle goes back to the station where you took it."),
}

SIGNS: Final = {"EUR": "€"}

DAYS: Final[dict[str, str | Promise]] = {
    "Mo": pgettext_lazy("day", "Mo"),
    "Tu": pgettext_lazy("day", "Tu"),
    "We": pgettext_lazy("day", "We"),
    "Th": pgettext_lazy("day", "Th"),
    "Fr": pgettext_lazy("day", "Fr"),
    "Sa": pgettext_lazy("day", "Sa"),
    "Su": pgettext_lazy("day", "Su"),
}


def hours(text: str) -> str:
    """Return opening hours as people read them."""
    if text.strip() == ALWAYS:
        return gettext("around the clock")
    told = re.sub(rf"\b({'|'.join(DAYS)})\b", lambda day: str(DAYS[day[1]]), text)
    return re.sub(r"\b(off|closed)\b", gettext("closed"), told)


def money(amount: Decimal, currency: str) -> str:
    """Return an amount with its currency, with decimals beyond cents where it has any."""
    exact = amount.quantize(Decimal("0.01")) if amount == amount.quantize(Decimal("0.01")) else amount.normalize()
    return f"{number_format(exact, use_l10n=True)} {SIGNS.get(currency, currency)}"


def in_cents(cents: int, currency: str) -> str:
    """Return an amount given in hundredths."""
    return money(Decimal(cents) / 100, currency)


def price(steps: Iterable[Step], currency: str) -> Iterator[str]:
    """Yield each step of a price as a line; trips first, then time, then way."""
    order = ("trip", "minute", "km")
    for step in sorted(steps, key=lambda step: (order.index(step.per), step.start)):
        amount = money(step.price, currency)
        if step.per == "trip":
            if step.price:
                yield gettext("%(amount)s a trip") % {"amount": amount}
            continue
        yield f"{_charged(step, amount)}{_within(step)}"


def _charged(step: Step, amount: str) -> str:
    values = {"amount": amount, "n": step.interval}
    if not step.interval:
        return gettext("%(amount)s once") % values
    if step.interval == 1:
        once = gettext("%(amount)s for each begun minute"), gettext("%(amount)s for each begun kilometre")
        return once[step.per == "km"] % values
    many = gettext("%(amount)s for each begun %(n)s minutes"), gettext("%(amount)s for each begun %(n)s kilometres")
    return many[step.per == "km"] % values


def _within(step: Step) -> str:
    minutes = step.per == "minute"
    after = gettext(" after %(n)s minutes") if minutes else gettext(" after %(n)s kilometres")
    until = gettext(", up to %(n)s minutes") if minutes else gettext(", up to %(n)s kilometres")
    said = after % {"n": step.start} if step.start else ""
    return said + (until % {"n": step.end} if step.end is not None else "")
