# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Bookings: what is held, taken, given back and paid, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from web.sharing.lent import NOW, booked, own, stops

pytestmark = pytest.mark.usefixtures("lending")

MINUTE = timedelta(minutes=1)


def refusal(why: str) -> object:
    from drehkreuz_web.sharing.lender import Refused  # noqa: PLC0415  # needs settings

    return pytest.raises(Refused, match=f"^{why}$")


def test_from_the_wish_to_the_price() -> None:
    """A pedelec held, taken and given back after 20 minutes at another station costs 0.50 and 20 times 0.05 euros."""
    code = booked("Bahnhof", "wish")
    assert (stops()["Bahnhof"].lends[0].free, stops()["Bahnhof"].lends[0].places) == (0, 0)
    own().begin(code, NOW + MINUTE)
    assert stops()["Bahnhof"].lends[0].places == 1
    own().finish(code, stops()["Markt"].number, 0, NOW + 21 * MINUTE)
    told = own().booking(code, NOW + 22 * MINUTE)
    assert (told.stage, told.cents, told.target) == ("returned", 150, "Modell-Station Markt")
    assert [(stop.lends[0].free, stop.lends[0].places) for stop in map(stops().get, ("Markt", "Bahnhof")) if stop] == [
        (3, 2),
        (0, 1),
    ]


def test_a_car_goes_back_and_counts_kilometres() -> None:
    """A car goes back to its own station, and pays each begun half hour and each begun kilometre."""
    code = booked("Rathaus", "wish")
    own().begin(code, NOW)
    with refusal("other_station"):
        own().finish(code, stops()["Markt"].number, 0, NOW)
    own().finish(code, stops()["Rathaus"].number, 12_400, NOW + 65 * MINUTE)
    assert own().booking(code, NOW).cents == 3 * 125 + 13 * 30


def test_a_reservation_runs_out() -> None:
    """After fifteen minutes a vehicle is free again, whether or not anybody noticed, and cannot be taken by the old code."""
    code = booked("Bahnhof", "first")
    with refusal("none_free"):
        booked("Bahnhof", "second", NOW + 14 * MINUTE)
    later = NOW + 15 * MINUTE
    assert stops(later)["Bahnhof"].lends[0].free == 1
    assert own().booking(code, later).stage == "expired"
    with refusal("over"):
        own().begin(code, later)
    own().begin(booked("Bahnhof", "second", later), later)
    assert own().booking(code, later).stage == "expired"


def test_given_up() -> None:
    """A reservation that is given up frees its vehicle; a ride cannot be given up."""
    own().cancel(booked("Bahnhof", "first"), NOW)
    code = booked("Bahnhof", "second")
    own().begin(code, NOW)
    with refusal("under_way"):
        own().cancel(code, NOW)
    with refusal("under_way"):
        own().begin(code, NOW)


def test_a_wish_sent_twice_is_one_booking() -> None:
    """Who presses twice gets the same code and holds one vehicle."""
    assert booked("Markt", "same") == booked("Markt", "same")
    assert stops()["Markt"].lends[0].free == 1


def test_a_full_station() -> None:
    """A station without a free place takes nothing; the ride goes on and can end elsewhere."""
    code = booked("Markt", "wish")
    own().begin(code, NOW)
    with refusal("full"):
        own().finish(code, stops()["Bahnhof"].number, 0, NOW + MINUTE)
    with refusal("full"):
        own().finish(code, 999_999_999, 0, NOW + MINUTE)
    assert own().booking(code, NOW).stage == "riding"
    own().finish(code, stops()["Markt"].number, 0, NOW + MINUTE)
    with refusal("over"):
        own().finish(code, stops()["Markt"].number, 0, NOW + MINUTE)


def test_closed() -> None:
    """Outside of opening hours nothing is lent, by the lender's own clock, and everything is taken back."""
    from drehkreuz_web.sharing.models import System  # noqa: PLC0415  # needs settings

    code = booked("Markt", "early")
    own().begin(code, NOW)
    System.objects.update(opening_hours="Mo-Fr 08:31-20:00")  # NOW is 08:30 in Aachen
    assert not stops()["Markt"].open
    with refusal("closed"):
        booked("Markt", "late")
    assert stops(NOW + MINUTE)["Markt"].open
    own().finish(code, stops()["Markt"].number, 0, NOW)


def test_real_lenders_are_not_booked_here() -> None:
    """Vehicles of a lender that the region only observed are not lent by this site, whatever hours it names."""
    from drehkreuz_web.sharing.models import System  # noqa: PLC0415  # needs settings

    System.objects.update(bookable=False, opening_hours="PH off", timezone="Mond")
    assert own().published(NOW)[1] == []
    with refusal("not_here"):
        booked("Markt", "wish")


@pytest.mark.parametrize("code", ["", "0000-0000-0000", "x" * 10_000, "ß💥\x00"])
def test_unknown_codes(code: str) -> None:
    """A code that nobody was given opens nothing."""
    for act in (own().begin, own().cancel):
        with refusal("unknown"):
            act(code, NOW)
    with refusal("unknown"):
        own().finish(code, 1, 0, NOW)
    with refusal("unknown"):
        own().booking(code, NOW)


def test_codes_are_read_as_people_write_them() -> None:
    """Small letters, blanks and the letter O for a zero are understood."""
    code = booked("Markt", "wish")
    typed = code.replace("-", " ").lower().replace("0", "o").replace("1", "l")
    assert own().booking(typed, NOW).stage == "reserved"


def test_nothing_of_the_booker_is_stored() -> None:
    """Neither the code nor the wish stands in the database, and a day after its end nothing of the booking does."""
    from drehkreuz_web.sharing.models import Booking  # noqa: PLC0415  # needs settings

    code = booked("Markt", "a wish of mine")
    row = Booking.objects.values().get()
    assert code not in str(row)
    assert code.replace("-", "") not in str(row)
    assert "wish" not in str(row)
    own().cancel(code, NOW)
    booked("Bahnhof", "another", NOW + timedelta(days=1, minutes=1))
    with refusal("unknown"):
        own().booking(code, NOW)


def test_a_vehicle_gets_a_new_name_after_each_trip() -> None:
    """Nobody can follow a vehicle through the published feed: its id changes when it is given back."""
    before = {each.vehicle for each in own().published(NOW)[1]}
    code = booked("Bahnhof", "wish")
    assert [each.reserved for each in own().published(NOW)[1]].count(True) == 1
    own().begin(code, NOW)
    under_way = {each.vehicle for each in own().published(NOW)[1]}
    own().finish(code, stops()["Bahnhof"].number, 0, NOW + MINUTE)
    after = {each.vehicle for each in own().published(NOW)[1]}
    assert len(before) == len(after) == 4
    assert before & after == under_way
    assert len(under_way) == 3
