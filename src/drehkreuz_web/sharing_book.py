# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz sharing book`: a vehicle held, taken and given back from the command line, by the same lender as the site's pages."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from drehkreuz.cli.output import Screen, answers, examples
from drehkreuz.errors import DrehkreuzError, Finding, InputError

if TYPE_CHECKING:
    from datetime import datetime

    from drehkreuz_web.sharing.lender import Booked, Lender, Stop

NEEDED: Final = ("django", "whitenoise")
SHOWN: Final = 20
"""Stations shown on the screen; all stand in the JSON object."""


@click.command(
    epilog=examples(
        "drehkreuz sharing book aachen                               what is free where",
        "drehkreuz sharing book aachen --station 'Modell-Station Aachen Bushof' --kind pedelec",
        "drehkreuz sharing book aachen --code ABCD-EFGH-1234 --do take",
        "drehkreuz sharing book aachen --code ABCD-EFGH-1234 --do return --km 12.4",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--station", metavar="NAME", help="Where to hold a vehicle, or to give one back.")
@click.option(
    "--kind", help="With --station: of what, where two stations have the same name; pedelec or carsharing, say."
)
@click.option("--code", help="The booking's.")
@click.option("--do", "act", type=click.Choice(["show", "take", "cancel", "return"]), default="show", show_default=True)
@click.option("--km", type=click.FloatRange(0, 2000), default=0.0, help="Kilometres driven, where they are paid for.")
@click.option("--database-url", metavar="URL", help="PostgreSQL instead of SQLite.  [env: DATABASE_URL]")
@answers
@click.pass_obj
def book(screen: Screen, /, folder: Path, database_url: str | None, **asked: Any) -> None:  # noqa: ANN401  # options
    """
    Hold a shared vehicle, take it, give it back.

    The same lender and the same database as the site's: what is booked here is gone there. Without --station and --code it lists what is
    free.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        message = f"booking needs {', '.join(missing)}. Install it: pip install 'drehkreuz[web]'."
        raise DrehkreuzError(message)
    if database_url:
        os.environ["DATABASE_URL"] = database_url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drehkreuz_web.settings")

    import django
    from django.utils import timezone, translation

    django.setup()

    from drehkreuz.region import open_region
    from drehkreuz_web.sharing.lender import Refused, Unavailable, lender
    from drehkreuz_web.sharing.store import open_for_lending
    from drehkreuz_web.sharing.words import REFUSALS

    open_for_lending(open_region(folder))
    with translation.override(screen.language):
        try:
            answer = _answer(lender(), timezone.now(), **asked)
        except Refused as refused:
            message = str(REFUSALS[refused.why])
            raise DrehkreuzError(message) from refused
        except Unavailable as away:
            message = "the database of bookings does not answer. Check DATABASE_URL and DREHKREUZ_STATE."
            raise DrehkreuzError(message) from away
        if screen.as_json:
            screen.print_json(answer)
        else:
            _show(answer, screen)


def _answer(
    lender: Lender, now: datetime, *, station: str | None, kind: str | None, code: str | None, act: str, km: float
) -> dict[str, Any]:
    from drehkreuz_web.sharing.codes import new_wish
    from drehkreuz_web.sharing.lender import Refused, Why

    if code is None and station is None:
        every = lender.stations(now)
        if not every:
            remedy = "Build a region that reads a GBFS feed, or add stations to the table."
            raise InputError(Finding("sharing_stations", "", "", "", "no station of shared vehicles", remedy))
        return {"stations": [_station(stop) for stop in every]}
    if code is None:
        stop = _named(lender.stations(now), station or "", kind)
        free = [lent for lent in stop.lends if lent.free]
        if not free:
            raise Refused(Why.NONE_FREE)
        code = lender.reserve(stop.number, free[0].number, new_wish(), now)
    elif act == "take":
        lender.begin(code, now)
    elif act == "cancel":
        lender.cancel(code, now)
    elif act == "return":
        told = lender.booking(code, now)
        at = told.origin[0] if station is None else _named(lender.stations(now), station, kind).number
        lender.finish(code, at, round(1000 * km), now)
    return {"code": code, "booking": _booking(lender.booking(code, now))}


def _named(stops: Any, name: str, kind: str | None) -> Stop:  # noqa: ANN401  # a sequence of stops
    """
    Return the station of a name.

    Raises:
        InputError: If there is none, or several.
    """
    from drehkreuz.errors import did_you_mean

    found = [stop for stop in stops if stop.name == name and kind in {None, stop.kind}]
    if len(found) == 1:
        stop: Stop = found[0]
        return stop
    if found:
        problem = "is the name of several stations"
        remedy = f"Choose one by --kind {' or '.join(sorted({stop.kind for stop in found}))}."
    else:
        problem = "is no station"
        remedy = f"Ask without --station to see them all.{did_you_mean(name, [stop.name for stop in stops])}"
    raise InputError(Finding("--station", "", "", name, problem, remedy))


def _station(stop: Stop) -> dict[str, Any]:
    return {
        "station": stop.name,
        "kind": stop.kind,
        "system": stop.system[0],
        "open": stop.open,
        "bookable": stop.bookable,
        "lends": [{"vehicle": lent.name, "free": lent.free, "places": lent.places} for lent in stop.lends],
    }


def _booking(booked: Booked) -> dict[str, Any]:
    return {
        "stage": booked.stage.value,
        "vehicle": booked.vehicle,
        "from": booked.origin[1],
        "to": booked.target or None,
        "held_until": booked.held_until.isoformat(),
        "began": booked.began.isoformat() if booked.began else None,
        "ended": booked.ended.isoformat() if booked.ended else None,
        "cents": booked.cents,
        "currency": booked.currency,
    }


def _show(answer: dict[str, Any], screen: Screen) -> None:
    words, console = screen.words, screen.console
    if "stations" in answer:
        for row in answer["stations"][:SHOWN]:
            for lent in row["lends"]:
                free = {"free": words.number(lent["free"]), "places": words.number(lent["places"])}
                console.print(words("sharing.book_free", name=row["station"], vehicle=lent["vehicle"], **free))
        more = len(answer["stations"]) - SHOWN
        if more > 0:
            console.print(words("site.more", n=words.number(more)))
        return
    told = answer["booking"]
    console.print(words(f"sharing.book_{told['stage']}", vehicle=told["vehicle"], name=told["to"] or told["from"]))
    console.print(words("sharing.book_code", code=answer["code"]))
    if told["cents"] is not None:
        amount = words.number(told["cents"] / 100, 2)
        console.print(words("sharing.book_price", amount=amount, currency=told["currency"]))
