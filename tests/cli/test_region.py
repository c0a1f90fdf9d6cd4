# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The `region` verbs and the frame of the command line, as a person meets them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum, IntFlag
from pathlib import Path
from typing import Any

import click
import numpy as np
import polars as pl
import pytest

from drehkreuz import __version__
from drehkreuz.cli import main
from drehkreuz.cli.main import FAULT, STOPPED, drehkreuz
from drehkreuz.cli.output import SHOWN_AFTER, Bars, language_of_environment, plain
from drehkreuz.cli.region import region as region_group
from drehkreuz.cli.verbs import VERBS
from drehkreuz.errors import DrehkreuzError
from drehkreuz.model import new_region
from drehkreuz.region.snapshot import open_region, snapshots, write_snapshot

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line in this process; return exit code, stdout and stderr."""
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")

    def call(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as exited:
            main([str(argument) for argument in arguments])
        output = capsys.readouterr()
        assert isinstance(exited.value.code, int)
        return exited.value.code, output.out, output.err

    return call


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("regions") / "village"
    new_region(folder)
    return folder


# ---------------------------------------------------------------------------------------------------------- verbs


def test_new_adds_a_snapshot_once(run: Run, tmp_path: Path) -> None:
    """Making the village twice in one folder gives one snapshot and says so, in either language."""
    code, out, _ = run("region", "new", tmp_path / "v")
    assert (code, snapshots(tmp_path / "v")) == (0, [1])
    assert "Stand 1 geschrieben" in out
    code, out, _ = run("--lang", "en", "region", "new", tmp_path / "v")
    assert (code, snapshots(tmp_path / "v")) == (0, [1])
    assert "nothing new, snapshot 1 already holds the same" in out


def test_new_accepts_its_own_size(run: Run, tmp_path: Path) -> None:
    """A scale of one is what the village has."""
    assert run("region", "new", tmp_path / "v", "--scale", "1")[0] == 0


def test_show_lists_every_table(run: Run, village: Path) -> None:
    """The tables are shown with their rows, grouped by what they are and where they are from."""
    region = open_region(village)
    code, out, _ = run("region", "show", village)
    assert code == 0
    assert "modelliert" in out
    for name, frame in region.tables.items():
        assert name in out
        assert f"{len(frame):,}".replace(",", ".") in out


def test_show_fits_the_terminal(run: Run, village: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is wider than the terminal, at 80 and at 120 columns."""
    for width in (80, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        for verb in ("show", "check"):
            assert max(map(len, run("region", verb, village)[1].splitlines())) <= width


def test_show_as_json(run: Run, village: Path) -> None:
    """The JSON answer is one object with sorted keys that holds rows and provenance of every table."""
    code, out, err = run("region", "show", village, "--json")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert list(answer) == sorted(answer)
    assert (answer["name"], answer["snapshot"], answer["day"]) == ("village", 1, "2026-11-02")
    tables = open_region(village).tables
    assert {name: table["rows"] for name, table in answer["tables"].items()} == {n: len(f) for n, f in tables.items()}
    assert all(table["provenance"]["licence"] for table in answer["tables"].values())


def test_check_of_a_clean_region(run: Run, village: Path) -> None:
    """A region without errors ends with exit code 0."""
    code, out, _ = run("region", "check", village, "--json")
    assert (code, json.loads(out)["errors"]) == (0, 0)
    assert run("region", "check", village)[0] == 0


def test_check_lists_every_error(run: Run, village: Path, tmp_path: Path) -> None:
    """A region with an error ends with exit code 1 and names table, row, column, value and remedy."""
    region = open_region(village)
    people = region.table("people").with_columns(
        pl.when(pl.int_range(pl.len()) == 0).then(pl.lit("Z99")).otherwise("zone_id").alias("zone_id")
    )
    write_snapshot(tmp_path / "broken", region.with_tables({"people": people}))
    code, out, _ = run("region", "check", tmp_path / "broken")
    first = people["person_id"][0]
    assert code == 1
    for piece in ("people", first, "zone_id", "Z99", "1 Fehler"):
        assert piece in out
    code, out, _ = run("region", "check", tmp_path / "broken", "--json")
    (error,) = [finding for finding in json.loads(out)["findings"] if finding["severity"] == "error"]
    assert (code, error["where"], error["row"], error["column"], error["value"]) == (
        1,
        "people",
        first,
        "zone_id",
        "Z99",
    )
    assert error["remedy"]


def test_damage_is_told(run: Run, village: Path, tmp_path: Path) -> None:
    """A byte changed in a table's file is found when the region is opened, and named with the file."""
    write_snapshot(tmp_path / "r", open_region(village))
    file = tmp_path / "r" / "000001" / "zones.arrow"
    data = bytearray(file.read_bytes())
    data[data.index(b"Sonnenfeld Bahnhof")] ^= 1
    file.unlink()  # the old bytes stay what open readers have mapped
    file.write_bytes(data)
    code, out, err = run("region", "check", tmp_path / "r")
    assert (code, out) == (2, "")
    assert "zones.arrow" in err


def test_template_then_build(run: Run, tmp_path: Path) -> None:
    """A person can fill in one template and build; the recipe needs no change."""
    code, out, _ = run("region", "template", tmp_path / "mine")
    assert code == 0
    assert "columns.csv" in out
    with (tmp_path / "mine" / "zones.csv").open("a", encoding="utf-8") as file:
        file.write("z1;Markt;05334002;DE;50,77;6,08;1200\n")
    code, out, err = run("region", "build", tmp_path / "mine" / "region.toml")
    assert (code, err) == (0, "")
    assert "in 4 Tabellen" in out
    assert open_region(tmp_path / "mine" / "example").table("zones")["lat"].to_list() == [50.77]


def test_lenient_build_shows_what_it_left_out(run: Run, tmp_path: Path) -> None:
    """A lenient build ends well, shows each row left out, and names the list beside the source."""
    (tmp_path / "zones.csv").write_text("zone_id,lat,lon\na,50,6\nb,500,6\n", encoding="utf-8")
    (tmp_path / "region.toml").write_text(
        'name = "tiny"\ntitle = "Winzig"\nday = 2026-11-02\n'
        'provenance = { kind = "modelled", source = "x", licence = "CC0-1.0", date = 2026-11-02 }\n'
        '[[source]]\nkind = "table"\ntable = "zones"\npath = "zones.csv"\n',
        encoding="utf-8",
    )
    code, out, _ = run("region", "build", tmp_path / "region.toml", "--lenient")
    assert code == 0
    for piece in ("zones.csv", "lat '500'", "1 Fehler", "zones.errors.csv", "Stand 1 geschrieben"):
        assert piece in out.replace("\n", "")
    code, out, _ = run("region", "build", tmp_path / "region.toml", "--lenient", "--json")
    answer = json.loads(out)
    assert (code, answer["new"], answer["snapshot"]) == (0, False, 1)
    assert [finding["row"] for finding in answer["findings"]] == ["3"]
    assert set(answer["seconds"]) == {"zones.csv", "check", "write"}


# ---------------------------------------------------------------------------------------------------------- frame


def test_version(run: Run) -> None:
    """The version is the package's."""
    assert run("--version") == (0, f"drehkreuz {__version__}\n", "")


@pytest.mark.parametrize("verb", [[], *([name] for name in region_group.commands)])
def test_help_has_examples(run: Run, verb: list[str]) -> None:
    """The help of every verb says what it does and ends with examples."""
    code, out, _ = run("region", *verb, "--help")
    assert code == 0
    assert "\n  Examples:\n    drehkreuz region " in out


def test_verbs_need_not_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """A verb that is not installed is not listed, and those that are keep their order."""
    context = click.Context(drehkreuz)
    listed = drehkreuz.list_commands(context)
    assert listed == [*(name for name in VERBS if name in listed), "serve"]  # added by the site's package
    monkeypatch.setattr("drehkreuz.cli.verbs.VERBS", ("region", "nowhere"))
    assert drehkreuz.list_commands(context) == ["region", "serve"]
    assert drehkreuz.get_command(context, "nowhere") is None


def test_without_a_verb_the_help_is_shown(run: Run) -> None:
    """A group without a verb shows its help."""
    code, out, _ = run("region")
    assert code == 0
    assert out.startswith("Usage: drehkreuz region")


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "nl_NL.UTF-8"}, "de"),
        ({"LC_ALL": "C"}, "de"),
        ({}, "de"),
    ],
)
def test_language(variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The language is English where the terminal's is, else German."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language_of_environment() == language


def test_language_may_stand_at_the_end(run: Run, village: Path) -> None:
    """`--lang` is understood before the verb and after it; the later one counts."""
    assert "Snapshot 1" in run("region", "show", village, "--lang", "en")[1]
    assert "Snapshot 1" in run("--lang", "en", "region", "show", village)[1]
    assert "Stand 1" in run("--lang", "en", "region", "show", village, "--lang", "de")[1]


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (DrehkreuzError("the disk is full. Free space."), 2, "the disk is full. Free space."),
        (KeyboardInterrupt(), STOPPED, "stopped; nothing was changed"),
        (
            ZeroDivisionError("division\nby zero"),
            FAULT,
            "a fault of the software, not of your input (ZeroDivisionError",
        ),
    ],
)
def test_errors_are_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, says: str
) -> None:
    """Whatever goes wrong ends in one line on stderr and the exit code of its kind."""
    monkeypatch.delenv("DREHKREUZ_DEBUG", raising=False)

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("drehkreuz.region.snapshot.open_region", fail)
    ended, out, err = run("region", "show", "x")
    line = err.removeprefix("\n")  # after the terminal's ^C
    assert (ended, out) == (code, "")
    assert line.startswith(f"drehkreuz: {says}")
    assert len(line.splitlines()) == 1


def test_debug_shows_the_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """With DREHKREUZ_DEBUG set, a fault of the software is raised as it is."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setenv("DREHKREUZ_DEBUG", "1")
    monkeypatch.setattr("drehkreuz.region.snapshot.open_region", fail)
    with pytest.raises(ZeroDivisionError):
        main(["region", "show", "x"])


def test_reader_may_leave(village: Path) -> None:
    """Output that nobody reads any more ends quietly."""
    command = f"{sys.executable} -c 'from drehkreuz.cli import main; main()' region show {village} --json | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("{\n", "")


class Colour(Enum):
    """Something with names."""

    RED = 1


class Mask(IntFlag):
    """Something with bits."""

    REACH = 4


@dataclass
class Pair:
    """Something with fields."""

    at: date
    score: float


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (float("nan"), None),
        (np.float64("inf"), None),
        (np.float32(0.5), 0.5),
        (np.int64(3), 3),
        (np.array([1, 2], dtype=np.uint8), [1, 2]),
        (np.bool_(True), True),  # NumPy's own
        ((1, "a", None, True), [1, "a", None, True]),
        ({Colour.RED: Path("x/y")}, {"RED": "x/y"}),
        (Mask.REACH, "REACH"),
        (Pair(date(2026, 11, 2), float("-inf")), {"at": "2026-11-02", "score": None}),
        (pl.DataFrame({"a": [1.0, None]}), [{"a": 1.0}, {"a": None}]),
    ],
)
def test_json_of_everything(value: object, expected: Any) -> None:  # whatever JSON has
    """Dates are ISO, what is no number is null, and arrays and frames are lists."""
    assert plain(value) == expected
    assert type(plain(value)) is type(expected)


def test_bars_nest_and_end(capsys: pytest.CaptureFixture[str]) -> None:
    """Pieces of work may lie within each other; where stderr is no terminal nothing is shown."""
    bars = Bars()
    bars.start("outer", 2)
    bars.start("inner", None)
    bars.advance(3)
    bars.finish()
    bars.advance()
    bars.finish()
    bars.start("again", 1)
    bars.finish()
    assert capsys.readouterr() == ("", "")
    assert SHOWN_AFTER == 1.0


@pytest.mark.parametrize(
    ("kind", "files"), [("jobposting", ["postings.jsonld"]), ("course", ["courses.jsonld"]), ("gtfs", ["gtfs.zip"])]
)
def test_export_writes_what_others_read(run: Run, village: Path, tmp_path: Path, kind: str, files: list[str]) -> None:
    """Files stand in the folder asked for, the same bytes each time, and the JSON answer names them."""
    command = ("region", "export", village, "--as", kind, "--out", tmp_path / "out")
    code, out, _ = run(*command)
    assert (code, sorted(path.name for path in (tmp_path / "out").iterdir())) == (0, files)
    assert str(len(files)) in out
    before = (tmp_path / "out" / files[0]).read_bytes()
    answer = json.loads(run(*command, "--json")[1])
    assert answer["files"] == [str(tmp_path / "out" / files[0])]
    assert (tmp_path / "out" / files[0]).read_bytes() == before


def test_export_of_an_unknown_format(run: Run, village: Path, tmp_path: Path) -> None:
    """A misspelt format is answered with those there are, and nothing is written."""
    code, _, err = run("region", "export", village, "--as", "gtsf", "--out", tmp_path / "out")
    assert code == 2
    assert "gtfs" in err
    assert not (tmp_path / "out").exists()
