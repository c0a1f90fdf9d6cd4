# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import osmium
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.errors import InputError
from drehkreuz.region import TABLES
from drehkreuz.sources.gtfs import read_gtfs
from drehkreuz.sources.osm import read_osm
from sources.feeds import Pack

Feed = dict[str, str | bytes]


@dataclass(frozen=True)
class Fault:
    """One thing done to the feed `bus`, and the words its message must have: file and row, value, problem, remedy."""

    id: str
    seed: Callable[[Feed], object]
    words: tuple[str, ...]


def put(name: str, content: str | bytes) -> Callable[[Feed], object]:
    """Put a file in the place of another."""
    return lambda feed: feed.update({name: content})


def change(name: str, old: str, new: str) -> Callable[[Feed], object]:
    """Replace the first occurrence of a text in a file."""

    def seed(feed: Feed) -> None:
        text = feed[name]
        assert isinstance(text, str)
        assert old in text
        feed[name] = text.replace(old, new, 1)

    return seed


def append(name: str, row: str) -> Callable[[Feed], object]:
    """Append a row to a file."""
    return lambda feed: feed.update({name: f"{feed[name]}{row}\n"})


def drop(*names: str) -> Callable[[Feed], object]:
    """Take files out."""
    return lambda feed: [feed.pop(name) for name in names]


def encode(name: str, encoding: str, old: str, new: str) -> Callable[[Feed], object]:
    """Write a file in another encoding after replacing a text."""
    return lambda feed: feed.update({name: str(feed[name]).replace(old, new, 1).encode(encoding)})


STRICT = "Fix the feed, or read it with --lenient to drop"
HEADWAYS = "trip_id,start_time,end_time,headway_secs\n"
EXCEPTIONS = "service_id,date,exception_type\n"
CHANGES = "from_stop_id,to_stop_id,transfer_type,min_transfer_time\n"

FAULTS = [
    # what is missing
    Fault("no stops.txt", drop("stops.txt"), ("stops.txt is missing; found are agency.txt", "Add stops.txt")),
    Fault("no stop_times.txt", drop("stop_times.txt"), ("stop_times.txt is missing", "check that this is a GTFS feed")),
    Fault(
        "no calendar",
        drop("calendar.txt"),
        ("neither calendar.txt nor calendar_dates.txt is there", "Add one of the two"),
    ),
    Fault(
        "file under another name",
        lambda feed: feed.update({"stop_time.txt": feed.pop("stop_times.txt")}),
        ("stop_times.txt is missing", "Did you mean 'stop_time.txt'?"),
    ),
    Fault("empty file", put("trips.txt", ""), ("trips.txt: the file is empty", "Get it again")),
    Fault(
        "header alone",
        put("trips.txt", "route_id,service_id,trip_id\n"),
        ("trips.txt:1: the file has a header but no rows",),
    ),
    Fault(
        "column missing",
        change("stop_times.txt", "stop_sequence", "stop_seqence"),
        ("stop_times.txt:1: column 'stop_sequence' is missing", "Add it. Did you mean 'stop_seqence'?"),
    ),
    Fault("id missing", append("trips.txt", "L20,MF,,,0,1"), ("trips.txt:3: trip_id is empty", f"{STRICT} the row.")),
    Fault(
        "call without stop",
        append("stop_times.txt", "A7,7:20:00,7:20:00,,5"),
        ("stop_times.txt:6: trip 'A7' calls at no stop",),
    ),
    Fault(
        "stop without place",
        append("stops.txt", "DN-9,Nirgends,,6.4,0,"),
        ("stops.txt:6: stop 'DN-9' has no coordinates",),
    ),
    # what does not exist
    Fault(
        "unknown stop",
        append("stop_times.txt", "A7,7:20:00,7:20:00,DN-9,5"),
        ("stop_times.txt:6: stop 'DN-9' is not in stops.txt", STRICT),
    ),
    Fault(
        "unknown trip",
        append("stop_times.txt", "ZZ,7:20:00,7:20:00,DN-1,5"),
        ("stop_times.txt:6: trip 'ZZ' is not in trips.txt", STRICT),
    ),
    Fault(
        "unknown line",
        append("trips.txt", "L99,MF,A8,,0,1"),
        ("trips.txt:3: route_id 'L99': is not in routes.txt", STRICT),
    ),
    Fault(
        "unknown service",
        append("trips.txt", "L20,SO,A8,,0,1"),
        ("trips.txt:3: service_id 'SO': is not in calendar.txt and calendar_dates.txt",),
    ),
    Fault(
        "headway of an unknown trip",
        put("frequencies.txt", HEADWAYS + "ZZ,6:00:00,7:00:00,600\n"),
        ("frequencies.txt:2: trip_id 'ZZ': is not in trips.txt",),
    ),
    Fault(
        "change at an unknown stop",
        put("transfers.txt", CHANGES + "DN-1,DN-9,0,\n"),
        ("transfers.txt:2: to_stop_id 'DN-9': is not in stops.txt",),
    ),
    # what stands twice
    Fault(
        "stop twice",
        append("stops.txt", "DN-1,Markt,50.80,6.48,0,"),
        ("stops.txt:6: stop_id 'DN-1': stands twice", "the second row"),
    ),
    Fault("line twice", append("routes.txt", "L20,MV,20,,3"), ("routes.txt:3: route_id 'L20': stands twice",)),
    Fault("trip twice", append("trips.txt", "L20,MF,A7,,0,1"), ("trips.txt:3: trip_id 'A7': stands twice",)),
    Fault(
        "service twice",
        append("calendar.txt", "MF,1,1,1,1,1,0,0,20260105,20260118"),
        ("calendar.txt:3: service_id 'MF': stands twice",),
    ),
    Fault(
        "sequence twice",
        append("stop_times.txt", "A7,7:20:00,7:20:00,DN-1,4"),
        ("stop_times.txt:6: trip 'A7' has stop_sequence 4 twice",),
    ),
    Fault(
        "exception twice",
        put("calendar_dates.txt", EXCEPTIONS + "MF,20260106,1\nMF,20260106,2\n"),
        ("calendar_dates.txt:3: service 'MF' stands twice for 2026-01-06",),
    ),
    Fault(
        "change twice",
        put("transfers.txt", CHANGES + "DN-1,DN-2,0,\nDN-1,DN-2,3,\n"),
        ("transfers.txt:3: the change from 'DN-1' to 'DN-2' stands twice",),
    ),
    Fault(
        "column twice",
        change("stops.txt", "stop_name", "stop_id"),
        ("stops.txt:1: column 'stop_id' stands twice in the header",),
    ),
    Fault(
        "headways overlap",
        put("frequencies.txt", HEADWAYS + "A7,6:00:00,7:00:00,1800\nA7,6:30:00,7:30:00,1800\n"),
        ("frequencies.txt:3: trip 'A7' starts at 06:30 by two rows",),
    ),
    # what is no value
    Fault("no number", change("stops.txt", "50.81", "50,81x"), ("stops.txt:3: 7 fields where the header has 6",)),
    Fault(
        "decimal comma",
        change("stops.txt", "50.81", '"50,81"'),
        ("stops.txt:3: stop_lat '50,81': is not a number", "from -90 to 90"),
    ),
    Fault("latitude of 95", change("stops.txt", "50.81", "95.81"), ("stops.txt:3: stop_lat '95.81'", "from -90 to 90")),
    Fault("not a number", change("stops.txt", "50.81", "NaN"), ("stops.txt:3: stop_lat 'NaN': is not a number",)),
    Fault(
        "minute 61",
        change("stop_times.txt", "7:10:00", "7:61:00"),
        ("stop_times.txt:4: arrival_time '7:61:00': is not a time written as HH:MM:SS",),
    ),
    Fault(
        "time without seconds",
        change("stop_times.txt", "7:10:00", "7:10"),
        ("stop_times.txt:4: arrival_time '7:10': is not a time",),
    ),
    Fault(
        "negative time", change("stop_times.txt", "7:10:00", "-7:10:00"), ("stop_times.txt:4: arrival_time '-7:10:00'",)
    ),
    Fault(
        "day that is none",
        change("calendar.txt", "20260118", "20260230"),
        ("calendar.txt:2: end_date '20260230': is not a day written as YYYYMMDD",),
    ),
    Fault(
        "date with hyphens",
        change("calendar.txt", "20260118", "2026-01-18"),
        ("calendar.txt:2: end_date '2026-01-18'",),
    ),
    Fault(
        "weekday of 2",
        change("calendar.txt", "MF,1", "MF,2"),
        ("calendar.txt:2: monday '2': is not a whole number from 0 to 1",),
    ),
    Fault(
        "exception of type 3",
        put("calendar_dates.txt", EXCEPTIONS + "MF,20260106,3\n"),
        ("calendar_dates.txt:2: exception_type '3'", "from 1 to 2"),
    ),
    Fault(
        "negative sequence",
        change("stop_times.txt", "DN-2,2", "DN-2,-2"),
        ("stop_times.txt:3: stop_sequence '-2': is not a whole number, 0 or more",),
    ),
    Fault(
        "line of type 9999",
        change("routes.txt", ",3\n", ",9999\n"),
        ("routes.txt:2: route_type '9999'", "from 0 to 1702"),
    ),
    Fault(
        "direction of 2",
        change("trips.txt", "Siedlung,0", "Siedlung,2"),
        ("trips.txt:2: direction_id '2'", "the value."),
    ),
    Fault(
        "headway of 0",
        put("frequencies.txt", HEADWAYS + "A7,6:00:00,7:00:00,0\n"),
        ("frequencies.txt:2: headway_secs '0': is not a whole number, 1 or more",),
    ),
    Fault(
        "type 2 without time",
        put("transfers.txt", CHANGES + "DN-1,DN-2,2,\n"),
        ("transfers.txt:2: transfer_type 2 without min_transfer_time",),
    ),
    # what cannot be
    Fault(
        "leaves before it arrives",
        change("stop_times.txt", "7:04:00", "7:06:00"),
        ("stop_times.txt:3: trip 'A7' leaves stop 'DN-2' at 07:05 before it arrives at 07:06", STRICT),
    ),
    Fault(
        "time goes back",
        change("stop_times.txt", "7:15:00,7:15:00", "6:15:00,6:15:00"),
        ("stop_times.txt:5: trip 'A7' arrives at stop 'DN-4' at 06:15 before it leaves stop 'DN-3' at 07:10",),
    ),
    Fault(
        "last call without time",
        change("stop_times.txt", "7:15:00,7:15:00", ","),
        ("stop_times.txt:5: trip 'A7' has no time at its first or last stop 'DN-4'",),
    ),
    Fault(
        "ends before it starts",
        change("calendar.txt", "20260118", "20251231"),
        ("calendar.txt:2: service 'MF' ends on 2025-12-31 before it starts on 2026-01-05",),
    ),
    Fault(
        "headways of no time",
        put("frequencies.txt", HEADWAYS + "A7,7:00:00,7:00:00,600\n"),
        ("frequencies.txt:2: trip 'A7' runs from 07:00 until 07:00, which is no time",),
    ),
    Fault(
        "stop 400 km away",
        change("stops.txt", "50.83,6.48", "50.83,12.20"),
        ("stops.txt:5: stop 'DN-4' at 50.83, 12.2 lies 402 km from the middle of the feed",),
    ),
    Fault("stop at 0, 0", change("stops.txt", "50.83,6.48", "0,0"), ("stops.txt:5: stop 'DN-4' at 0, 0 lies",)),
    Fault(
        "countless runs",
        lambda feed: (
            put("frequencies.txt", HEADWAYS + "".join(f"A{i},0:00:00,999:00:00,1\n" for i in range(10, 14)))(feed),
            append("trips.txt", "\n".join(f"L20,MF,A{i},,0,1" for i in range(10, 14)))(feed),
            append(
                "stop_times.txt", "\n".join(f"A{i},7:00:00,7:00:00,DN-1,{n}" for i in range(10, 14) for n in range(4))
            )(feed),
        ),
        ("frequencies.txt:2: headway_secs '1': the headways unfold into 57,542,400 calls", "at most 50,000,000"),
    ),
    Fault(
        "endless calendars",
        append("calendar.txt", "\n".join(f"S{i},1,1,1,1,1,1,1,20000101,29991231" for i in range(60))),
        ("calendar.txt:3: end_date '29991231'", "at most 20,000,000", "the day on which the timetable really ends"),
    ),
    # what is no table
    Fault(
        "western encoding",
        encode("stops.txt", "cp1252", "Markt", "Düren"),
        ("stops.txt:2: not UTF-8: byte", 'state encoding = "cp1252"'),
    ),
    Fault("unmarked UTF-16", encode("stops.txt", "utf-16-le", "Markt", "Markt"), ("stops.txt:1: holds a NUL byte",)),
    Fault(
        "too many fields", append("trips.txt", "L20,MF,A8,,0,1,9"), ("trips.txt:3: 7 fields where the header has 6",)
    ),
    Fault("row cut off", append("trips.txt", "L20,MF,A8"), ("trips.txt:3: 3 fields where the header has 6",)),
    Fault(
        "open quotation mark",
        append("trips.txt", 'L20,MF,A8,"Markt,0,1'),
        ("trips.txt:3: a quotation mark is not closed",),
    ),
    Fault(
        "page instead of a file",
        put("stops.txt", "<!DOCTYPE html>\n<html>\n</html>\n"),
        ("stops.txt:1: column 'stop_id' is missing",),
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.id)
def test_a_faulty_feed_is_refused_in_one_clear_sentence(bus: Feed, pack: Pack, fault: Fault) -> None:
    """The first sentence names file, row, value and remedy; read leniently, the feed gives tables or another InputError."""
    fault.seed(bus)
    path = pack(bus, "feed.zip")
    with pytest.raises(InputError) as caught:
        read_gtfs(path, "dn")
    message = str(caught.value)
    for word in fault.words:
        assert word in message
    assert "\n" not in message
    assert all(
        finding.where and finding.problem and finding.remedy.endswith((".", "?")) for finding in caught.value.findings
    )
    with suppress(InputError):
        check_tables(read_gtfs(path, "dn", lenient=True)[0])


def test_there_are_at_least_as_many_faults_as_promised() -> None:
    """The table of seeded faults has no fault twice and is long."""
    assert len({fault.id for fault in FAULTS}) == len(FAULTS) >= 50


def check_tables(tables: Mapping[str, pl.DataFrame]) -> None:
    """Check that ids resolve, keys are unique and times do not run backwards."""
    for name, frame in tables.items():
        schema = TABLES[name]
        assert frame.schema == schema.polars
        assert frame.select(pl.struct(schema.key).is_unique().all()).item()
        for column, spec in schema.columns.items():
            assert not (spec.required and frame[column].has_nulls())
            if spec.ref is not None:
                assert frame[column].is_in(tables[spec.ref][TABLES[spec.ref].key[0]].implode()).all()
    calls = tables["stop_times"].with_columns(before=pl.col("departure").shift(1).over("trip_id"))
    assert (calls["arrival"] <= calls["departure"]).all()
    assert calls.select((pl.col("before") <= pl.col("arrival")).all()).item()


@settings(max_examples=25)
@given(data=st.data())
def test_no_cell_however_odd_gives_a_traceback(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """With any cells of any files replaced, a strict reading refuses or reads, and a lenient one gives sound tables."""
    feed = {
        "stops.txt": "stop_id,stop_lat,stop_lon,location_type,parent_station\nS1,50.80,6.4,0,\nS2,50.81,6.4,0,S3\nS3,50.82,6.4,1,\n",
        "routes.txt": "route_id,route_type\nL,3\n",
        "trips.txt": "trip_id,route_id,service_id,direction_id\nT1,L,W,0\nT2,L,W,1\n",
        "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled\nT1,7:00:00,7:00:00,S1,1,0\nT1,,,S2,2,3\nT1,7:30:00,7:31:00,S1,3,9\nT2,8:00:00,8:00:00,S2,1,\nT2,8:09:00,8:09:00,S1,2,\n",
        "calendar.txt": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nW,1,1,1,1,1,0,0,20260105,20260118\n",
        "calendar_dates.txt": "service_id,date,exception_type\nW,20260106,2\n",
        "frequencies.txt": "trip_id,start_time,end_time,headway_secs\nT2,6:00:00,9:00:00,1800\n",
        "transfers.txt": "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nS1,S3,2,90\nS2,S1,0,\n",
    }
    odd = st.sampled_from(
        [
            "",
            "S1",
            "S3",
            "T1",
            "0",
            "1",
            "-1",
            "2",
            "9",
            "7:00:00",
            "6:59:00",
            "25:00:00",
            "20260106",
            "1e9",
            "NaN",
            "ä",
            '"',
        ]
    )
    for name in data.draw(st.lists(st.sampled_from(sorted(feed)), min_size=1, max_size=3)):
        rows = [line.split(",") for line in feed[name].splitlines()]
        row = data.draw(st.integers(1, len(rows) - 1))
        rows[row][data.draw(st.integers(0, len(rows[row]) - 1))] = data.draw(odd)
        feed[name] = "\n".join(map(",".join, rows))
    folder = tmp_path_factory.mktemp("feed")
    for name, text in feed.items():
        (folder / name).write_text(text, encoding="utf-8")
    for lenient in (False, True):
        with suppress(InputError):
            check_tables(read_gtfs(folder, "x", lenient=lenient)[0])


def bomb() -> bytes:
    """Return a zip of 64 KiB that unpacks to 64 MiB."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("stop_times.txt", "w") as member:
        for _ in range(64):
            member.write(b"\0" * 2**20)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"<html>not found</html>", "is not a zip archive"),
        (b"PK\x03\x04" + b"\0" * 200, "is broken"),
        (bomb(), "stop_times.txt: unpacks to more than 200 times its packed size"),
    ],
    ids=["empty", "page", "broken", "bomb"],
)
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    """A feed that did not arrive whole, or is meant to harm, is refused before it is read."""
    path = tmp_path / "feed.zip"
    path.write_bytes(content)
    with pytest.raises(InputError, match=words):
        read_gtfs(path, "dn")


def test_a_feed_name_that_would_break_ids_is_refused(bus: Feed, pack: Pack) -> None:
    """A colon in the name would make two feeds' ids ambiguous."""
    with pytest.raises(InputError, match="feed 'a:b': this is no name for a feed"):
        read_gtfs(pack(bus, "feed"), "a:b")


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a small street extract."""
    path = tmp_path_factory.mktemp("osm") / "streets.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        for number in range(1, 40):
            writer.add_node(
                osmium.osm.mutable.Node(id=number, location=(6.0 + number / 1_000, 50.0 + number % 7 / 1_000))
            )
        for number in range(1, 38):
            tags = {"highway": "residential", "maxspeed": "30", "name": f"Modellweg {number}"}
            writer.add_way(osmium.osm.mutable.Way(id=number, nodes=[number, number + 1, number + 2], tags=tags))
    return path.read_bytes()


@settings(max_examples=100)
@given(position=st.integers(0, 5_000), value=st.integers(0, 255), cut=st.booleans())
def test_a_damaged_extract_never_gives_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, extract: bytes, position: int, value: int, cut: bool
) -> None:
    """Whatever byte is changed or wherever the file ends, it is read or refused with a finding."""
    position %= len(extract)
    damaged = extract[:position] if cut else extract[:position] + bytes([value]) + extract[position + 1 :]
    path = tmp_path_factory.mktemp("osm") / "damaged.osm.pbf"
    path.write_bytes(damaged)
    with suppress(InputError):
        read_osm(path)


def test_an_extract_without_permission_is_refused(
    tmp_path: Path, extract: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that may not be read says whom to ask."""
    path = tmp_path / "streets.osm.pbf"
    path.write_bytes(extract)

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match="you have no permission to read it"):
        read_osm(path)
