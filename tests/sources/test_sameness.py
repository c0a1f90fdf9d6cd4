# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Which posts of several feeds are one: cases a person would decide, all pairs by brute force, any order."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.sources.live.sameness import Sameness, Shown, groups, name_form, pairs, sameness

TEXT = (
    "Wir suchen für unsere Werkstatt in Düren eine Elektronikerin, die Anlagen der Papierindustrie wartet und Fehler sucht, "
    "allein und mit anderen, und die Freude daran hat, Neues zu lernen und weiterzugeben an die Auszubildenden des Betriebs."
)
OTHER = (
    "Das Team der Nordhalle braucht Verstärkung bei der Prüfung von Schaltschränken nach Zeichnung und bei ihrem Aufbau vor Ort, wozu auch "
    "Fahrten zu den Kunden gehören, im Wagen des Betriebs und mit allem, was es braucht."
)

FIRST = Shown(
    source="kammer",
    source_id="kammer:1",
    own="1",
    employer="Müller Anlagenbau GmbH & Co. KG",
    title="Elektroniker/in (m/w/d)",
    point=(50.8, 6.48),
    text=TEXT,
    facts={"start": date(2027, 1, 1), "kind": "job"},
    telling=("start", "hours", "shift_system_id", "pay"),
)
SECOND = replace(FIRST, source="portal", source_id="portal:77", own="77")
BARE = {"start": date(2027, 1, 1), "hours": (39.0, 39.0), "shift_system_id": "tag", "pay": (3100.0, 3600.0, "month")}

CASES: dict[str, tuple[Shown, Shown, str | None]] = {
    "spelt otherwise": (
        FIRST,
        replace(SECOND, employer="Mueller Anlagenbau", title="Elektroniker (w/m/d)"),
        "same_text",
    ),
    "a few words changed": (FIRST, replace(SECOND, text=f"{TEXT} Wir freuen uns auf Sie."), "same_text"),
    "another text": (FIRST, replace(SECOND, text=OTHER), None),
    "half of the text": (FIRST, replace(SECOND, text=f"{TEXT} {OTHER}"), None),
    "another number in the text": (
        replace(FIRST, text=f"{TEXT} Ab 1.3."),
        replace(SECOND, text=f"{TEXT} Ab 1.6."),
        None,
    ),
    "another rota in the text": (
        replace(FIRST, text=f"{TEXT} In Frühschicht."),
        replace(SECOND, text=f"{TEXT} In Nachtschicht."),
        None,
    ),
    "another start": (FIRST, replace(SECOND, facts=FIRST.facts | {"start": date(2027, 3, 1)}), None),
    "another rota": (
        replace(FIRST, facts={"shift_system_id": "tag"}),
        replace(SECOND, facts={"shift_system_id": "drei"}),
        None,
    ),
    "a fact that one does not tell": (FIRST, replace(SECOND, facts={}), "same_text"),
    "another site of the town": (FIRST, replace(SECOND, point=(50.81, 6.48)), None),
    "the gate": (FIRST, replace(SECOND, point=(50.8015, 6.481)), "same_text"),
    "another employer": (FIRST, replace(SECOND, employer="Maier Anlagenbau GmbH"), None),
    "another number of the employer": (replace(FIRST, employer="Kita 1"), replace(SECOND, employer="Kita 2"), None),
    "no employer": (replace(FIRST, employer=""), replace(SECOND, employer=""), None),
    "another title": (FIRST, replace(SECOND, title="Mechatroniker (m/w/d)"), None),
    "one source": (FIRST, replace(FIRST, source_id="kammer:2", own="2"), None),
    "the agency's number": (
        replace(FIRST, own="10000-119-S", text=""),
        replace(SECOND, own="10000-119-S", text=OTHER),
        "same_id",
    ),
    "the agency's number, another start": (
        replace(FIRST, own="10000-119-S"),
        replace(SECOND, own="10000-119-S", facts={"start": date(2027, 3, 1)}),
        None,
    ),
    "a short number": (replace(FIRST, own="17", text=""), replace(SECOND, own="17", text=OTHER), None),
    "no text, all facts": (replace(FIRST, text="", facts=BARE), replace(SECOND, text="", facts=BARE), "same_facts"),
    "no text, a fact not told": (
        replace(FIRST, text="", facts=BARE),
        replace(SECOND, text="", facts={name: BARE[name] for name in ("start", "hours", "pay")}),
        None,
    ),
    "online": (replace(FIRST, point=None), replace(SECOND, point=None), "same_text"),
    "online and not": (FIRST, replace(SECOND, point=None), None),
}


@pytest.mark.parametrize("case", CASES)
def test_one_or_two(case: str) -> None:
    """Two posts are one where a person would be sure, two in every doubt, whichever is looked at first."""
    a, b, expected = CASES[case]
    for first, second in ((a, b), (b, a)):
        found = sameness(first, second)
        assert (None if found is None else found.reason) == expected


def test_forms_of_names() -> None:
    """Legal forms, umlauts, gender notes and the order of words do not tell, numbers do."""
    assert name_form("Bäckerei Muster GmbH & Co. KG") == name_form("Muster Baeckerei")
    assert name_form("Elektroniker/in (m/w/d)") == name_form("Elektronikerin")
    assert name_form("Kita 1") != name_form("Kita 2")
    assert name_form("  ") == ""


SMALL = st.builds(
    lambda source, number, employer, title, place, text, start, own: Shown(
        source=source,
        source_id=f"{source}:{number}",
        own=own,
        employer=employer,
        title=title,
        point=None if place is None else (50.8 + place * 0.002, 6.48),
        text=text,
        facts={} if start is None else {"start": start},
        telling=("start",),
    ),
    source=st.sampled_from("abc"),
    number=st.integers(0, 40),
    employer=st.sampled_from(["Müller GmbH", "Mueller", "Maier"]),
    title=st.sampled_from(["Koch", "Köchin", "Bäcker"]),
    place=st.sampled_from([None, 0, 1, 2, 3]),
    text=st.sampled_from(["", TEXT, f"{TEXT} Bis bald.", f"Hallo. {TEXT}", OTHER]),
    start=st.sampled_from([None, 1, 2]),
    own=st.sampled_from(["", "100000001", "7"]),
)
FEEDS = st.lists(SMALL, max_size=14, unique_by=lambda one: one.source_id)


def told(shown: list[Shown]) -> list[list[tuple[str, Sameness | None]]]:
    return [[(one.source_id, why) for one, why in group] for group in groups(shown)]


@settings(max_examples=30)
@given(FEEDS)
def test_every_pair_is_found(shown: list[Shown]) -> None:
    """Comparing only near posts of one employer and title finds just the pairs that comparing all with all finds."""
    found = {frozenset((a.source_id, b.source_id)) for a, b, _ in pairs(shown)}
    assert found == {frozenset((a.source_id, b.source_id)) for a, b in combinations(shown, 2) if sameness(a, b)}


@settings(max_examples=30)
@given(FEEDS, st.randoms(use_true_random=False))
def test_order_makes_no_difference(shown: list[Shown], mixed: random.Random) -> None:
    """In whatever order feeds and posts come, the same stand together, each in one group, all alike, one of each source."""
    first = told(shown)
    again = list(shown)
    mixed.shuffle(again)
    assert told(again) == first
    assert sorted(name for group in first for name, _ in group) == sorted(one.source_id for one in shown)
    by_id = {one.source_id: one for one in shown}
    for group in first:
        members = [by_id[name] for name, _ in group]
        assert all(sameness(a, b) for a, b in combinations(members, 2))
        assert len({one.source for one in members}) == len(members)
        assert all((why is None) == (len(group) == 1) for _, why in group)


def test_a_chain_is_not_believed() -> None:
    """Where the first is like the second and the second like the third, but not the first like the third, the likest two are joined."""
    a = FIRST
    b = replace(SECOND, text=f"{TEXT} Kommen Sie zu uns.")
    c = replace(SECOND, source="dritte", source_id="dritte:1", text=f"{b.text} Wir freuen uns auf Sie.")
    assert sameness(a, b)
    assert sameness(b, c)
    assert not sameness(a, c)
    assert [[name for name, _ in group] for group in told([c, b, a])] == [["dritte:1"], ["kammer:1", "portal:77"]]
