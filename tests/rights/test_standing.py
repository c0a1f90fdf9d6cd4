# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Each condition at its edge; age and answers only ever help."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drehkreuz.rights import Option, Reason, Standing
from rights.cases import DAY, ask

FITS, ASK, NOT = Standing.FITS, Standing.ASK, Standing.NOT_BY_FACTS


def apg(**facts: object) -> tuple[Standing, tuple[Reason, ...]]:
    """Return how adjustment pay stands and why."""
    option = ask(**facts)["r-apg"]  # type: ignore[arg-type]
    return option.standing, option.reasons


def born(first: int | None, last: int | None) -> dict[str, int | None]:
    return {"birth_year_from": first, "birth_year_to": last}


# ------------------------------------------------------------------------------------------------------------ age


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # 31 December 2028 is the last day, and nobody's post at the site ends later
        (born(1970, 1970), (FITS, Reason.AGE_REACHED)),
        (born(1971, 1971), (ASK, Reason.AGE_NEW_YEAR)),  # 57, but 58 by law if born on 1 January
        (born(1972, 1972), (NOT, Reason.AGE_TOO_YOUNG)),
        (born(1965, 1970), (FITS, Reason.AGE_REACHED)),
        (born(1970, 1971), (ASK, Reason.AGE_EITHER)),
        (born(1960, 1990), (ASK, Reason.AGE_EITHER)),
        (born(1972, 1975), (NOT, Reason.AGE_TOO_YOUNG)),
        (born(None, None), (ASK, Reason.AGE_UNKNOWN)),
        (born(None, 1970), (FITS, Reason.AGE_REACHED)),
        (born(None, 1971), (ASK, Reason.AGE_UNKNOWN)),
        (born(1970, None), (ASK, Reason.AGE_EITHER)),
        (born(1972, None), (NOT, Reason.AGE_TOO_YOUNG)),
    ],
)
def test_58_on_the_last_day(facts: dict[str, int | None], expected: tuple[Standing, Reason]) -> None:
    """Adjustment pay fits who is surely 58 on the last day of the post, is refused who surely is not, and else is asked about."""
    standing, reasons = apg(**facts)
    assert (standing, reasons) == (expected[0], (expected[1],))


@pytest.mark.parametrize(
    ("free", "expected"),
    [
        (date(2028, 6, 30), Reason.AGE_EITHER),
        (date(2028, 12, 31), Reason.AGE_EITHER),  # last day 30 December: not yet, if born on the 31st
        (date(2029, 1, 1), Reason.AGE_REACHED),
    ],
)
def test_the_day_decides_within_the_year_of_the_birthday(free: date, expected: Reason) -> None:
    """Born 1970, the age is certain only when the last birthday of that year has come."""
    assert apg(available_from=free)[1] == (expected,)


def test_a_later_step_of_the_site_keeps_the_question_open() -> None:
    """Who is 57 on the own last day and 58 before the site's last one is told to ask, not refused."""
    assert apg(years=(2028, 2029), **born(1971, 1971)) == (ASK, (Reason.AGE_LATER,))
    assert apg(years=(2028, 2029), **born(1972, 1972)) == (NOT, (Reason.AGE_TOO_YOUNG,))


def test_a_span_of_days_must_fit_from_its_first() -> None:
    """Where only the years of the closure are known, the age must be reached on the first day to be certain."""
    span = {"years": (2028, 2029), "available_from": date(2027, 4, 1)}
    assert apg(**span, **born(1969, 1969)) == (FITS, (Reason.AGE_REACHED,))
    assert apg(**span, **born(1970, 1970)) == (ASK, (Reason.AGE_EITHER,))
    assert apg(**span, **born(1971, 1971)) == (ASK, (Reason.AGE_EITHER,))
    assert apg(**span, **born(1972, 1972)) == (ASK, (Reason.AGE_NEW_YEAR,))
    assert apg(**span, **born(1973, 1973)) == (NOT, (Reason.AGE_TOO_YOUNG,))


def test_an_unknown_end_is_asked_about() -> None:
    """Without a known end only who is 58 today is certain to be 58 then."""
    unknown = {"closure_id": None}
    assert apg(**unknown, **born(1967, 1967)) == (FITS, (Reason.AGE_REACHED,))
    assert apg(**unknown, **born(1968, 1968)) == (ASK, (Reason.END_UNKNOWN,))
    assert apg(**unknown, **born(1990, 1990)) == (ASK, (Reason.END_UNKNOWN,))


# ----------------------------------------------------------------------------------------------- other conditions


def test_coal_on_the_reference_day() -> None:
    """Coal employment on 30 September 2019 is asked: yes fits, no refuses, and unknown with short tenure asks."""
    assert apg(employed_on_2019_09_30=False) == (NOT, (Reason.NO_COAL,))
    assert apg(employed_on_2019_09_30=None, tenure_years=None) == (ASK, (Reason.AGE_REACHED, Reason.COAL_UNKNOWN))


def test_years_with_the_operator_prove_the_reference_day() -> None:
    """Tenure with the operator that reaches back to the very day proves it; a contractor's tenure does not."""
    reaching = (DAY - date(2019, 9, 30)).days / 365.25
    unsaid = {"employed_on_2019_09_30": None}
    assert apg(**unsaid, tenure_years=reaching)[0] is FITS
    assert apg(**unsaid, tenure_years=reaching - 0.003)[0] is ASK
    partner = ask(**unsaid, tenure_years=33.0, employer_group="contractor")["r-apg-partner"]
    assert Reason.COAL_UNKNOWN in partner.reasons


def test_a_fixed_term_is_no_dismissal() -> None:
    """Where the contract runs out by itself, protection against dismissal and adjustment pay are asked about."""
    found = ask(contract_end=date(2028, 12, 31))
    assert found["r-apg"].reasons == (Reason.AGE_REACHED, Reason.FIXED_TERM)
    assert found["r-lignite-agreement"].standing is ASK


@pytest.mark.parametrize(("tenure", "expected"), [(2.0, FITS), (1.9, ASK), (None, ASK)])
def test_notice_grows_from_two_years_on(tenure: float | None, expected: Standing) -> None:
    """A longer notice is certain from two years with the employer; before, it is asked about."""
    assert ask(employer_group="contractor", tenure_years=tenure)["r-notice"].standing is expected


@pytest.mark.parametrize("home", ["NL", "BE"])
def test_who_lives_across_the_border_asks(home: str) -> None:
    """For people who do not live in the country of a rule every option is something to ask, and none is lost."""
    across, here = ask(zone_id=home), ask()
    assert across.keys() == here.keys()
    assert all(option.standing is ASK and Reason.ABROAD in option.reasons for option in across.values())


def test_the_top_up_stands_as_what_it_tops_up() -> None:
    """The top-up fits, is asked about or is refused together with adjustment pay."""
    for year in (1970, 1971, 1980):
        found = ask(**born(year, year))
        assert found["r-apg-top-up"].standing is found["r-apg"].standing


def test_figures_are_those_that_rules_state() -> None:
    """Staying keeps today's net, the top-up leaves 80 % of it; nothing else has a figure, nor has unknown pay."""
    assert {k: o.net_eur_month for k, o in ask().items() if o.net_eur_month is not None} == {
        "r-stay": 3000.0,
        "r-apg-top-up": 2400.0,
    }
    assert all(option.net_eur_month is None for option in ask(net_today_eur_month=None).values())


def test_from_when_an_option_counts() -> None:
    """What counts at once begins on the region's day, what follows the post on the day after; unless it fits, no day is said."""
    found = ask()
    assert (found["r-stay"].begins, found["r-apg"].begins) == (DAY, date(2029, 1, 1))
    assert ask(**born(1980, 1980))["r-apg"].begins is None
    assert ask(closure_id=None, **born(1960, 1960))["r-apg"].begins is None


# ------------------------------------------------------------------------------------------------ properties

PEOPLE: Final = st.fixed_dictionaries(
    {
        "employer_group": st.sampled_from(["lignite_operator", "contractor", "supplier"]),
        "employment_status": st.sampled_from(["employed", "part_time", "apprentice"]),
        "closure_id": st.sampled_from([None, "x-plant"]),
        "zone_id": st.sampled_from(["DE", "NL"]),
        "tenure_years": st.none() | st.floats(0, 45),
        "employed_on_2019_09_30": st.none() | st.booleans(),
        "contract_end": st.none() | st.dates(DAY, date(2031, 12, 31)),
        "net_today_eur_month": st.none() | st.floats(500, 6000),
        "available_from": st.dates(DAY, date(2031, 12, 31)),
        "years": st.sampled_from([(), (2027,), (2028, 2029), (2026, 2030)]),
    }
)
BANDS: Final = st.tuples(st.integers(1955, 2005), st.integers(0, 6)).map(lambda band: (band[0], band[0] + band[1]))
FACTS: Final = ("closure_id", "tenure_years", "employed_on_2019_09_30", "contract_end", "net_today_eur_month")


def standings(found: dict[str, Option]) -> dict[str, Standing]:
    return {rule_id: option.standing for rule_id, option in found.items()}


@given(person=PEOPLE, band=BANDS, older=st.integers(1, 20))
def test_growing_older_never_removes_an_option(person: dict[str, Any], band: tuple[int, int], older: int) -> None:
    """Born earlier, a person has the same options, and each stands at least as well."""
    young = standings(ask(**person, **born(*band)))
    old = standings(ask(**person, **born(band[0] - older, band[1] - older)))
    assert young.keys() == old.keys()
    assert all(old[rule_id] >= young[rule_id] for rule_id in young)


@given(person=PEOPLE, band=st.none() | BANDS, unsaid=st.sets(st.sampled_from([*FACTS, "birth"])))
def test_a_fact_added_never_removes_an_option(
    person: dict[str, Any], band: tuple[int, int] | None, unsaid: set[str]
) -> None:
    """With an answer or without it, a person is shown the same options; and what is unsaid is never held against anybody."""
    told = person | born(*(band or (None, None)))
    silent = told | {name: None for name in FACTS if name in unsaid} | (born(None, None) if "birth" in unsaid else {})
    assert ask(**told).keys() == ask(**silent).keys()
    assert not {Reason.AGE_TOO_YOUNG, Reason.NO_COAL} & {
        reason
        for option in ask(**told | born(None, None) | {"employed_on_2019_09_30": None}).values()
        for reason in option.reasons
    }


@given(person=PEOPLE, born_on=st.dates(date(1965, 1, 1), date(1975, 12, 31)), width=st.integers(0, 3))
def test_nobody_of_the_band_is_told_wrong(person: dict[str, Any], born_on: date, width: int) -> None:
    """Who is born on any day of the band and counts by that day finds what fits to be so, and what is refused as well."""
    band = born(born_on.year - width, born_on.year + width)
    end = date(2028, 12, 31)
    fixed = {"years": (2028,), "available_from": end + timedelta(days=1), "contract_end": None, "closure_id": "x-plant"}
    facts = {"employer_group": "lignite_operator", "employed_on_2019_09_30": True, "employment_status": "employed"}
    standing, _ = apg(**person | fixed | facts | band)
    turned = date(born_on.year + 58, born_on.month, min(born_on.day, 28))
    assert not (standing is FITS and turned > end)
    assert not (standing is NOT and turned <= end)
