# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Feeds published into a region: what comes, goes, changes and is joined; two at a time, killed, on a full disk."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from drehkreuz.errors import DrehkreuzError, InputError
from drehkreuz.region import check, open_region, snapshots, verify, write_snapshot
from drehkreuz.region.posts import PostState, post_state
from drehkreuz.sources.live.feeds import read_feeds
from drehkreuz.sources.live.publish import Publication, publish
from live_feeds import DAY, WORKSHOP, course, feeds, posting, region

NEXT = DAY + timedelta(days=1)
PORTAL = {
    "hiringOrganization": {"@type": "Organization", "name": "Beispielbetrieb"},
    "title": "Elektronikerin für Betriebstechnik",
}


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """The region's folder."""
    folder = tmp_path / "town"
    write_snapshot(folder, region())
    return folder


def publishing(
    folder: Path, shown: Mapping[str, Sequence[Mapping[str, Any]]], day: date = DAY, more: str = "unseen_days = 0"
) -> Publication:
    path = feeds(folder.parent, shown, more)
    return publish(folder, read_feeds(path, day), day)


def ids(folder: Path, table: str = "vacancies", column: str = "vacancy_id") -> list[str]:
    return open_region(folder).table(table)[column].to_list()


def test_what_comes(town: Path) -> None:
    """A post of a feed stands in the next snapshot with its place, its skills and its source; the region's own stay."""
    done = publishing(town, {"kammer": [posting("17")]})
    assert (done.snapshot, done.new, done.open["vacancy"]) == (2, True, 1)
    assert [(one.post_id, one.sources) for one in done.came["vacancy"]] == [("kammer:17", ("kammer",))]
    now = open_region(town)
    assert now.table("vacancies")["vacancy_id"].to_list() == ["kammer:17", "own-1"]
    row = now.table("vacancies").row(0, named=True)
    assert (row["occupation_id"], row["source"], row["source_id"]) == ("electrician", "Beispielquelle", "17")
    assert (row["first_seen"], row["last_seen"]) == (date(2026, 10, 20), DAY)
    skills = now.table("vacancy_skills").select("skill_id", "demand", "confidence").rows()
    assert skills == [("plans", "nice", 0.9), ("plc", "must", 0.85)]
    assert now.manifest.provenance["vacancies"].source == "Beispiel; Beispielquelle"
    assert [finding for finding in check(now) if finding.severity == "error"] == []
    assert [(one.named, one.found.occupation_id) for one in done.meant] == [("kldb2010:26212", "electrician")]


def test_publishing_again_changes_nothing(town: Path) -> None:
    """The same feeds on the same day write no snapshot; a day later only the day and the last sighting are new."""
    shown = {"kammer": [posting("17"), posting("18", jobStartDate=None)], "kurse": [course("A1")]}
    publishing(town, shown)
    again = publishing(town, shown)
    assert (again.snapshot, again.new) == (2, False)
    later = publishing(town, shown, NEXT)
    assert later.snapshot == 3
    assert not any([*later.came.values(), *later.went.values(), *later.changed.values()])
    first, now = open_region(town, 2), open_region(town)
    assert now.manifest.day == NEXT
    assert now.manifest.provenance["vacancies"].source == first.manifest.provenance["vacancies"].source
    shown_on = ("last_seen", "last_shown")
    for name, rows in first.tables.items():
        if name not in {"sightings", "vacancies", "courses"}:
            assert now.table(name).equals(rows)
        else:
            assert now.table(name).drop(shown_on, strict=False).equals(rows.drop(shown_on, strict=False))


def test_the_day_never_goes_back(town: Path) -> None:
    """A publication with an earlier day leaves the region's day where it is."""
    publishing(town, {"kammer": [posting("17")]}, DAY - timedelta(days=9))
    assert open_region(town).manifest.day == DAY


def test_what_goes(town: Path) -> None:
    """Withdrawn and expired posts leave with all that belonged to them, each with its reason; their places too."""
    elsewhere = {"@type": "Place", "geo": {"latitude": 50.9, "longitude": 6.5}}
    ends = posting("18", validThrough=DAY.isoformat(), title="Elektroniker, befristet")
    publishing(town, {"kammer": [posting("17", jobLocation=elsewhere), ends, posting("19", title="Elektroniker Nord")]})
    assert len(ids(town, "places", "place_id")) == 3
    done = publishing(town, {"kammer": [posting("19", title="Elektroniker Nord"), ends]}, NEXT)
    assert [(one.post_id, one.gone, one.why) for one in done.went["vacancy"]] == [
        ("kammer:17", NEXT, "withdrawn"),
        ("kammer:18", NEXT, "expired"),
    ]
    assert ids(town) == ["kammer:19", "own-1"]
    assert set(ids(town, "vacancy_skills")) == set(ids(town, "readings")) == {"kammer:19"}
    assert len(ids(town, "places", "place_id")) == 2
    assert len(done.skipped) == 0


def test_a_post_withdrawn_between_computation_and_click(town: Path) -> None:
    """Of a post of an older snapshot the newest says whether it is open, since when it is gone and why, or under which id it stands."""
    publishing(town, {"kammer": [posting("17")], "portal": []})
    publishing(town, {"kammer": [posting("17")], "portal": [posting("99", title="Elektroniker Süd")]})
    now = open_region(town)
    assert post_state(now, "kammer:17") == PostState(
        "kammer:17", "Elektroniker für Betriebstechnik (m/w/d)", last_shown=DAY
    )
    assert post_state(now, "own-1") == PostState("own-1", "Bäckerin (Beispielstelle)")
    assert post_state(now, "never") is None
    publishing(town, {"kammer": [posting("18", title="Elektroniker Nord")], "portal": [posting("99", **PORTAL)]}, NEXT)
    state = post_state(open_region(town), "kammer:17")
    assert state == PostState("kammer:17", "Elektroniker für Betriebstechnik (m/w/d)", NEXT, "withdrawn", DAY)
    assert post_state(open_region(town, 2), "kammer:17") is not None
    assert post_state(open_region(town), "kammer:17", "course") is None


def test_two_feeds_one_post(town: Path) -> None:
    """What two feeds show stands once, says so with its reason, and stays under its first id when the first feed drops it."""
    publishing(town, {"portal": [posting("99", **PORTAL)]})
    done = publishing(town, {"portal": [posting("99", **PORTAL)], "kammer": [posting("17")]}, NEXT)
    assert ids(town) == ["own-1", "portal:99"]
    [joined] = done.joined["vacancy"]
    assert (joined.source_id, joined.post_id, joined.reason, joined.alike, joined.new) == (
        "kammer:17",
        "portal:99",
        "same_text",
        1.0,
        True,
    )
    assert done.came["vacancy"] == []
    assert post_state(open_region(town), "kammer:17") == PostState("portal:99", PORTAL["title"], last_shown=NEXT)
    other = posting("100", title="Elektroniker Nord")
    third = publishing(town, {"portal": [other], "kammer": [posting("17")]}, NEXT + timedelta(days=1))
    assert ids(town) == ["own-1", "portal:100", "portal:99"]
    assert third.went["vacancy"] == []
    assert open_region(town).table("vacancies").filter(vacancy_id="portal:99")["title"][0].endswith("(m/w/d)")


def test_the_order_of_feeds_makes_no_difference(tmp_path: Path) -> None:
    """Feeds listed the other way round give the same region."""
    shown = {"kammer": [posting("17"), posting("20", title="Elektroniker Nord")], "portal": [posting("99", **PORTAL)]}
    tables = []
    for name, names in (("a", ["kammer", "portal"]), ("b", ["portal", "kammer"])):
        folder = tmp_path / name
        write_snapshot(folder, region())
        publishing(folder, {feed: shown[feed] for feed in names})
        tables.append(open_region(folder))
    for name in ("vacancies", "vacancy_skills", "places", "sightings", "readings"):
        assert tables[0].table(name).equals(tables[1].table(name))


def test_what_changes(town: Path) -> None:
    """A post that says something else is listed with what it said before and says now."""
    publishing(town, {"kammer": [posting("17")]})
    done = publishing(town, {"kammer": [posting("17", totalJobOpenings=3)]}, NEXT)
    [changed] = done.changed["vacancy"]
    assert (changed.post_id, changed.columns) == ("kammer:17", {"openings": (1, 3)})


def test_pay_in_words(town: Path) -> None:
    """Pay that only the text tells is the post's pay, and stands among the readings with its place in the text."""
    text = f"{WORKSHOP}<p>Gehalt: 3.100 bis 3.600 € brutto im Monat.</p>"
    publishing(town, {"kammer": [posting("17", baseSalary=None, description=text)]})
    now = open_region(town)
    assert now.table("vacancies").filter(vacancy_id="kammer:17").select("pay_min", "pay_max").row(0) == (3100, 3600)
    [pay] = now.table("readings").filter(what="pay").to_dicts()
    assert (pay["words"], pay["value"], pay["taken"]) == ("3.100 bis 3.600 €", "3100-3600 month", True)
    said = publishing(town, {"kammer": [posting("17", description=text)]}, NEXT)
    assert said.changed["vacancy"] == []
    assert open_region(town).table("readings").filter(what="pay")["taken"].to_list() == [False]


def test_what_is_not_taken(town: Path) -> None:
    """A post without pay, of an unknown occupation or rota is left out with the reason; the others come."""
    shown = [
        posting("1"),
        posting("2", baseSalary=None),
        posting("3", relevantOccupation="Drachenflieger", title="Flieger"),
        posting("4", workHours="39 h; Schichtsystem: konti"),
        posting("5", title="Bäcker/in", relevantOccupation="Bäckerin", description=None),
    ]
    done = publishing(town, {"kammer": shown})
    assert ids(town) == ["kammer:1", "kammer:5", "own-1"]
    reasons = {one.source_id: one.why for one in done.skipped}
    assert reasons["kammer:3"].startswith("its occupation 'Drachenflieger' is not")
    assert reasons["kammer:4"] == "the region has no rota 'konti', but tag"
    assert any("pay" in why for own, why in reasons.items() if not own)
    assert open_region(town).table("vacancies").filter(vacancy_id="kammer:5")["occupation_id"][0] == "baker"


def test_what_the_check_refuses_is_left_out(town: Path) -> None:
    """A post that the region's check would refuse costs itself alone."""
    done = publishing(town, {"kammer": [posting("1"), posting("2", workHours="39-20 h; Schichtsystem: tag")]})
    assert ids(town) == ["kammer:1", "own-1"]
    assert [one.source_id for one in done.skipped] == ["kammer:2"]
    assert "hours_min" in done.skipped[0].why


def test_a_feed_that_cannot_be_read(town: Path) -> None:
    """A feed that is broken or empty is told, and what it showed before stays; the other feeds are published."""
    publishing(town, {"kammer": [posting("17")], "portal": [posting("99", title="Elektroniker Süd")]})
    path = feeds(town.parent, {"kammer": [], "portal": [posting("98", title="Elektroniker Nord")]})
    for broken in ("[]", "{"):
        (town.parent / "kammer.json").write_text(broken)
        done = publish(town, read_feeds(path, NEXT), NEXT)
        assert done.failed == ("kammer",)
        assert ids(town) == ["kammer:17", "own-1", "portal:98"]
    assert done.findings


def test_many_gone_at_once(town: Path) -> None:
    """A feed that drops most of its posts at once is obeyed, and said to look odd."""
    many = [posting(str(n), title=f"Elektroniker Halle {n}") for n in range(12)]
    publishing(town, {"kammer": many})
    done = publishing(town, {"kammer": many[:2]}, NEXT)
    assert len(done.went["vacancy"]) == 10
    assert [finding.problem for finding in done.findings] == ["10 of 12 have gone at once"]


def test_a_feed_that_nobody_lists_any_more(town: Path) -> None:
    """What a feed showed stays when the feed is taken from the list, and that is said."""
    publishing(town, {"kammer": [posting("17")], "portal": [posting("99", title="Elektroniker Süd")]})
    done = publishing(town, {"portal": [posting("99", title="Elektroniker Süd")]}, NEXT)
    assert ids(town) == ["kammer:17", "own-1", "portal:99"]
    [finding] = done.findings
    assert str(finding).startswith("kammer: is not in the list of feeds; 1 of its vacancies stay until their last day")


def test_courses_live_too(town: Path) -> None:
    """Courses come with sessions and skills, are joined where all is the same, and go with what belongs to them."""
    both = {"kurse": [course("A1")], "kurse-zwei": [course("ZZ-9")]}
    done = publishing(town, both)
    assert [one.post_id for one in done.came["course"]] == ["kurse:A1"]
    assert [(one.source_id, one.reason) for one in done.joined["course"]] == [("kurse-zwei:ZZ-9", "same_facts")]
    later = course(
        "B2", hasCourseInstance=course("")["hasCourseInstance"] | {"startDate": "2027-03-01", "endDate": "2027-04-09"}
    )
    done = publishing(town, {"kurse": [later], "kurse-zwei": [course("ZZ-9")]}, NEXT)
    assert ids(town, "courses", "course_id") == ["kurse:A1", "kurse:B2"]
    assert ids(town, "course_sessions", "course_id") == ["kurse:A1", "kurse:B2"]
    done = publishing(town, {"kurse": [later], "kurse-zwei": [later | {"identifier": "C3", "name": "Anderes"}]}, NEXT)
    assert [(one.post_id, one.why) for one in done.went["course"]] == [("kurse:A1", "withdrawn")]
    assert post_state(open_region(town), "kurse:A1", "course") == PostState(
        "kurse:A1", "Steuerungen programmieren (Beispielkurs)", NEXT, "withdrawn", NEXT
    )


def test_posts_that_came_by_the_recipe(town: Path) -> None:
    """Posts that the region was built with from the same feed enter the ledger and go when it shows them no more."""
    built = open_region(town)
    rows = built.table("vacancies").with_columns(
        vacancy_id=pl.lit("kammer:4"), last_seen=pl.lit(DAY), first_seen=pl.lit(DAY)
    )
    write_snapshot(town, built.with_tables({"vacancies": rows}))
    done = publishing(town, {"kammer": [posting("17")]}, NEXT)
    assert [(one.post_id, one.why) for one in done.went["vacancy"]] == [("kammer:4", "withdrawn")]


def test_no_person_is_in_it(town: Path) -> None:
    """Whom to ask, written in a text, and who a private household is, reach no file of the region."""
    text = f"{WORKSHOP}<p>Fragen an Erika Musterfrau, erika@example.org, 02421 555123.</p>"
    home = {"@type": "Person", "name": "Max Mustermann"}
    where = {"@type": "Place", "address": {"streetAddress": "Am Hang 3", "postalCode": "52349"}}
    shown = [posting("1", description=text), posting("2", hiringOrganization=home, jobLocation=where)]
    publishing(town, {"kammer": shown})
    assert len(ids(town)) == 3
    content = b"".join(path.read_bytes() for path in (town / "000002").iterdir())
    for secret in ("Erika", "erika@", "555123", "Mustermann", "Am Hang"):
        assert secret.encode() not in content


LISTS = {
    "no source": ("", "recipe has no source"),
    "colon": ('kind = "jobposting"\npath = "a"\nfeed = "a:b"', "holds a colon"),
    "unknown kind": ('kind = "rss"\npath = "a"\nfeed = "a"', "is not one of the values allowed"),
    "no feed": ('kind = "course"\npath = "a"', r"\[source\] has no feed"),
    "days": ('kind = "course"\npath = "a"\nfeed = "a"\nunseen_days = -1', "is less than 0"),
    "assumption": ('kind = "jobposting"\npath = "a"\nfeed = "a"\nassume = { pay = 3 }', "no such key here"),
    "twice": (
        'kind = "course"\npath = "a"\nfeed = "a"\n[[source]]\nkind = "course"\npath = "b"\nfeed = "a"',
        "names two feeds",
    ),
}


@pytest.mark.parametrize("case", LISTS)
def test_a_list_of_feeds_gone_wrong(tmp_path: Path, case: str) -> None:
    """A list of feeds that cannot be meant is refused with what is wrong and where."""
    text, expected = LISTS[case]
    path = tmp_path / "feeds.toml"
    head = 'provenance = { kind = "observed", source = "x", licence = "x" }\n'
    path.write_text(f"{head}[[source]]\n{text}" if text else head)
    with pytest.raises(InputError, match=expected):
        read_feeds(path, DAY)


def test_a_list_without_provenance(tmp_path: Path) -> None:
    """A list that does not say where its rows are from is refused."""
    path = tmp_path / "feeds.toml"
    path.write_text('[[source]]\nkind = "course"\npath = "a"\nfeed = "a"')
    with pytest.raises(InputError, match="nothing says where the rows are from"):
        read_feeds(path, DAY)


# ------------------------------------------------------------------------------------------ two at a time, and death

SCRIPT = """
import os, signal, sys, time
from datetime import date
from pathlib import Path
from drehkreuz.region import snapshot
from drehkreuz.sources.live import publish as live
from drehkreuz.sources.live.feeds import read_feeds

folder, listed, how = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
day = date(2026, 11, 2)
if how == "after naming":
    snapshot._point = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
elif how == "slowly":
    merge = live.merge
    live.merge = lambda *arguments: (time.sleep(0.4), merge(*arguments))[1]
try:
    live.publish(folder, read_feeds(listed, day), day)
except Exception as error:
    print(type(error).__name__, error)
"""


def start(town: Path, listed: Path, how: str) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", SCRIPT, str(town), str(listed), how]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)


def test_two_publications_at_once(town: Path, tmp_path: Path) -> None:
    """Of two processes that publish at the same time neither loses what the other brings."""
    running = []
    for name in ("links", "rechts"):
        (tmp_path / name).mkdir()
        listed = feeds(tmp_path / name, {name: [posting("1", title=f"Elektroniker {name}")]})
        running.append(start(town, listed, "slowly"))
    assert [process.communicate(timeout=120)[0] for process in running] == ["", ""]
    assert ids(town) == ["links:1", "own-1", "rechts:1"]
    assert snapshots(town) == [1, 2, 3]


def test_killed_while_publishing(town: Path, tmp_path: Path) -> None:
    """A publication that is killed once its snapshot has a name leaves the old region, whole; the next one does the rest."""
    listed = feeds(tmp_path, {"kammer": [posting("17")]})
    process = start(town, listed, "after naming")
    process.communicate(timeout=120)
    assert process.returncode == -9
    now = open_region(town)
    assert now.folder is not None
    assert (now.folder.name, snapshots(town)) == ("000001", [1, 2])
    assert verify(now) == []
    publish(town, read_feeds(listed, DAY), DAY)
    assert ids(town) == ["kammer:17", "own-1"]


def test_a_full_disk(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full is one sentence, and the region is as it was."""

    def full(_frame: pl.DataFrame, path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("drehkreuz.region.snapshot.write_arrow", full)
    with pytest.raises(DrehkreuzError, match=r"cannot be written: No space left on device\. Free space"):
        publishing(town, {"kammer": [posting("17")]})
    assert (snapshots(town), ids(town)) == ([1], ["own-1"])
    assert {entry.name for entry in town.iterdir()} == {"000001", "current", ".lock"}
