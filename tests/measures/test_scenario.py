# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Scenarios as people write them: what is read, and each fault with its line, its value and what is allowed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from drehkreuz.errors import Finding, InputError
from drehkreuz.measures import Band, every_kind, with_measures
from drehkreuz.region import Region
from drehkreuz.sources.scenario import BANDS, OF_EVERY, read_scenario
from hamlet import tables

MakeRegion = Callable[..., Region]
EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "scenarios").glob("*.toml"))

GOOD = """title = "Zur Schicht"

[[measure]]
kind = "bus_line"
id = "bus"
start = 2026-11-02
stops = ["village", "gate"]
first = "05:15"
last = 14:00:00
headway = 510

[[measure]]
kind = "job_ticket"
id = "ticket"
title = "Jobticket"
start = 2027-01-01
ramp_months = 12
uptake = [0.2, 0.4, 0.7]
invest_eur = [0, 1000, 2000]
eur_per_year = [100, 200.5, 300]
"""


@pytest.fixture(scope="module")
def hamlet(make_region: MakeRegion) -> Region:
    return make_region(**tables())


def faults(text: str, region: Region, folder: Path) -> list[Finding]:
    """Return the findings of a scenario that cannot be read."""
    path = folder / "plan.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_scenario(path, region)
    return list(refused.value.findings)


def test_a_scenario_is_read(hamlet: Region, tmp_path: Path) -> None:
    """Values have their parameters' types; what is not said is the default; clocks are minutes after midnight."""
    path = tmp_path / "plan.toml"
    path.write_text(GOOD, encoding="utf-8")
    found = read_scenario(path, hamlet)
    bus, ticket = found.measures
    assert (found.title, found.text) == ("Zur Schicht", "")
    assert bus.values == {
        "stops": ("village", "gate"),
        "first": 5 * 60 + 15,
        "last": 14 * 60,
        "headway": 510,
        "days": ("weekday",),
        "kmh": 25.0,
        "name": "Modell-Linie (Szenario)",
    }
    assert (ticket.title, ticket.start, ticket.ramp_months) == ("Jobticket", date(2027, 1, 1), 12)
    assert (ticket.uptake, ticket.invest, ticket.per_year) == (
        Band(0.2, 0.4, 0.7),
        Band(0, 1000, 2000),
        Band(100, 200.5, 300),
    )
    assert with_measures(hamlet, found.measures).touched == ("routes", "trips", "stop_times", "service_days")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            'kind = "bus_line"',
            'kind = "bus_lane"',
            "plan.toml:4: kind 'bus_lane': is no kind of measure. Use one of bus_line, connection, ",
        ),
        ('"gate"]', '"gaet"]', "plan.toml:7: stops 'gaet': is not in the table stops. The table stops has village, gate, nowhere."),
        ("headway = 510", "headway = 3", "plan.toml:10: headway '3': is out of range. Use 5 to 720 min."),
        ("headway = 510", 'headway = "hourly"', "plan.toml:10: headway 'hourly': is of another type. Write a whole number. Use 5 to 720"),
        ("headway = 510", "headways = 510", "plan.toml:10: headways '510': no such key here. Known are kind, id, title, start, "),
        ('first = "05:15"', 'first = "5:15"', "plan.toml:8: first '5:15': is of another type. Write hours and minutes: \"05:30\""),
        ("start = 2026-11-02", 'start = "2026-11-02"', "plan.toml:6: start '2026-11-02': is of another type. Write a day without"),
        ("start = 2026-11-02\n", "", "plan.toml:3: start '': is missing. Add start = …: First day."),
        ("last = 14:00:00", 'days = ["monday"]', "plan.toml:9: days 'monday': is not one of the values allowed. Use some of weekday, "),
        ('stops = ["village", "gate"]', 'stops = ["gate"]', "plan.toml:7: stops 'gate': is out of range. Name 2 or more of them."),
        ("uptake = [0.2, 0.4, 0.7]", "uptake = [0.4, 0.2, 0.7]", "plan.toml:18: uptake '[0.4, 0.2, 0.7]': is no range. Write low, mid"),
        ("uptake = [0.2, 0.4, 0.7]", "uptake = 0.4", "plan.toml:18: uptake '0.4': is no range. Write low, mid and high"),
        ("headway = 510", "ramp_months = 6", "plan.toml:10: ramp_months '6': means nothing here: bus_line holds for all"),
        ('id = "ticket"', 'id = "a b"', "plan.toml:14: id 'a b': is no id. Use up to 60 letters"),
        ('id = "ticket"', 'id = "bus"', "plan.toml:14: id 'bus': names two measures. Give each an id of its own."),
        ('title = "Jobticket"', 'places = ["school"]', "plan.toml:15: places 'school': there is no post of these occupations"),
        ("headway = 510", "headway = 510 min", "plan.toml:10: cannot be read as TOML"),
        ('title = "Zur Schicht"', "", "has no title"),
    ],
)  # fmt: skip
def test_a_fault_is_said_with_line_value_and_what_is_allowed(
    hamlet: Region, tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    """One fault, one finding; a person can mend it from the sentence alone."""
    assert GOOD.count(old) == 1
    found = faults(GOOD.replace(old, new), hamlet, tmp_path)
    assert len(found) == 1
    assert sentence in str(found[0])


def test_the_nearest_value_is_offered(hamlet: Region, tmp_path: Path) -> None:
    """A slip in a kind, a key or an id is answered with what may be meant."""
    slips = {'"bus_line"': ('"busline"', "bus_line"), "headway": ("hedway", "headway"), '"gate"': ('"gaet"', "gate")}
    for right, (wrong, meant) in slips.items():
        assert f"Did you mean {meant!r}?" in str(faults(GOOD.replace(right, wrong), hamlet, tmp_path)[0])


def test_all_faults_come_at_once_in_the_order_of_lines(hamlet: Region, tmp_path: Path) -> None:
    """Whoever mends a file sees everything that is wrong with it."""
    text = GOOD.replace('"gate"', '"gaet"').replace("510", "1").replace("ramp_months = 12", "ramp_months = 999")
    assert [finding.row for finding in faults(text, hamlet, tmp_path)] == ["7", "10", "17"]


def test_two_that_set_the_same_are_refused_at_the_second(hamlet: Region, tmp_path: Path) -> None:
    """The line is that of the second one's kind."""
    fare = '\n[[measure]]\nkind = "fare"\nid = "{}"\nstart = 2026-11-02\nticket = "transit_month"\neur = {}\n'
    (found,) = faults(GOOD + fare.format("a", 9) + fare.format("b", 29), hamlet, tmp_path)
    assert (found.row, found.column) == ("30", "kind")
    assert "sets tariffs.value" in found.problem


def test_an_empty_scenario_is_refused(hamlet: Region, tmp_path: Path) -> None:
    """A scenario has a measure."""
    assert "has no measure" in str(faults('title = "Nichts"\n', hamlet, tmp_path)[0])


def test_no_parameter_has_the_name_of_what_every_measure_has() -> None:
    """Else one of the two could not be said."""
    common = {parameter.name for parameter in OF_EVERY} | set(BANDS)
    for kind in every_kind().values():
        assert common.isdisjoint(parameter.name for parameter in kind.parameters), kind.name


def test_the_example_for_the_village_is_ready(village: Region) -> None:
    """It reads, every measure but the placebo changes something, and nothing is said against it."""
    (path,) = (path for path in EXAMPLES if path.stem == "village")
    found = with_measures(village, read_scenario(path, village).measures, date(2027, 6, 1))
    assert found.findings == ()
    assert set(found.touched) >= {"trips", "care", "courses"}


@pytest.mark.parametrize("path", [path for path in EXAMPLES if path.stem != "village"], ids=lambda path: path.stem)
def test_examples_for_the_model_region_lack_nothing_but_its_ids(hamlet: Region, path: Path) -> None:
    """Kinds, keys, types and ranges are right; of the hamlet's tables only the ids are missing."""
    with pytest.raises(InputError) as refused:
        read_scenario(path, hamlet)
    for finding in refused.value.findings:
        assert finding.problem.startswith(("is not in the table", "there is no post", "nobody")), str(finding)
