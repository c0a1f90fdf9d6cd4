# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a hostile or hapless user gives the command line: each is refused in one line, or answered, and never more."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from drehkreuz.cli import main
from drehkreuz.model import new_region

HEAD = """\
name = "tiny"
title = "Winzig"
day = 2026-11-02
provenance = { kind = "modelled", source = "Beispiel", licence = "CC0-1.0", date = 2026-11-02 }
"""
ZONES = '\n[[source]]\nkind = "table"\ntable = "zones"\npath = "zones.csv"\n'
ROWS = "zone_id,lat,lon\nz,50.7,6.1\n"
TARIFFS = "tariff_id,value,unit,valid_from,source,checked_on\n"
PERSON = """\
zone_id = "Z18"
employment_status = "unemployed"
net_need_eur_month = 1430
max_minutes = 45
available_from = 2026-12-01
"""

Sow = Callable[[Path], object]


@dataclass(frozen=True)
class Fault:
    """
    One fault and what must be said about it.

    Attributes:
        name: The fault.
        says: Pieces that the line must hold, in this order.
        sow: Puts the fault into a folder that holds a recipe, its CSV file, a person and a region.
        command: Arguments after `drehkreuz`; `{}` is the folder.
    """

    name: str
    says: tuple[str, ...]
    sow: Sow = lambda _folder: None
    command: tuple[str, ...] = ("region", "build", "{}/region.toml")


def recipe(text: str) -> Sow:
    return lambda folder: (folder / "region.toml").write_text(text, encoding="utf-8")


def zones(text: str | bytes) -> Sow:
    content = text.encode() if isinstance(text, str) else text
    return lambda folder: (folder / "zones.csv").write_bytes(content)


def tariff(value: str) -> Sow:
    def sow(folder: Path) -> None:
        recipe(HEAD + ZONES.replace("zones", "tariffs"))(folder)
        row = f"car_km,{value},EUR/km,2026-01-01,x,2026-01-01\n"
        (folder / "tariffs.csv").write_text(TARIFFS + row, encoding="utf-8")

    return sow


def person(name: str, says: tuple[str, ...], **values: str) -> Fault:
    """Return a fault of a person's file: some keys have other values."""
    kept = [line for line in PERSON.splitlines() if line.partition(" ")[0] not in values]
    text = "\n".join([*kept, *(f"{key} = {value}" for key, value in values.items())])
    return Fault(
        name,
        says,
        lambda folder: (folder / "me.toml").write_text(text, encoding="utf-8"),
        ("paths", "{}/village", "--person", "{}/me.toml"),
    )


def stored(name: str, says: tuple[str, ...], sow: Sow) -> Fault:
    """Return a fault of a region folder."""
    return Fault(name, says, sow, ("region", "check", "{}/village"))


def in_place_of(name: str, make: Callable[[Path], object]) -> Sow:
    def sow(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        make(folder / name)

    return sow


def zip_in_zip(folder: Path) -> None:
    recipe(HEAD + ZONES.replace("zones.csv", "zones.zip"))(folder)
    with zipfile.ZipFile(folder / "inner.zip", "w") as inner:
        inner.writestr("zones.csv", ROWS)
    with zipfile.ZipFile(folder / "zones.zip", "w") as outer:
        outer.write(folder / "inner.zip", "inner.zip")


def manifest(pattern: str, replacement: str) -> Sow:
    def sow(folder: Path) -> None:
        path = folder / "village" / "000001" / "region.toml"
        path.write_text(re.sub(pattern, replacement, path.read_text(encoding="utf-8")), encoding="utf-8")

    return sow


def flip_a_byte(folder: Path) -> None:
    path = folder / "village" / "000001" / "people.arrow"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


DEEP = "x = " + "[" * 5_000 + "]" * 5_000 + "\n"
WIDE = ",".join(f"column{number}" for number in range(100_000))

FAULTS = [
    # recipes
    Fault("recipe as its own source", ("region.toml:1: ", "Add it"), recipe(HEAD + ZONES.replace("zones.csv", "region.toml"))),
    Fault("day of the first century", ("day '0001-11-02'", "no date of our time", "Correct the year"), recipe(HEAD.replace("2026", "0001", 1) + ZONES)),
    Fault("day of the last year there is", ("day '9999-11-02'", "no date of our time", "Correct the year"), recipe(HEAD.replace("2026", "9999", 1) + ZONES)),
    Fault("number of five thousand digits", ("region.toml: a number has too many digits",), recipe(f"x = {'1' * 5_000}\n" + HEAD + ZONES)),
    Fault("five thousand brackets", ("region.toml: brackets are nested too deep",), recipe(DEEP + HEAD + ZONES)),
    Fault("path that no disk can hold", ("File name too long", "Check the path"), recipe(HEAD + ZONES.replace("zones.csv", "x" * 5_000))),
    Fault("NUL in a path", ("path 'a?b'", "no such file", "Put the file there"), recipe(HEAD + ZONES.replace("zones.csv", "a\\u0000b"))),
    # files
    Fault("device without end", ("/dev/zero: is neither a file nor a folder", "Name a file"), recipe(HEAD + ZONES.replace("zones.csv", "/dev/zero"))),
    Fault("pipe that nobody writes to", ("zones.csv: is neither a file nor a folder",), in_place_of("zones.csv", os.mkfifo)),
    Fault("link to itself", ("zones.csv", "no such file"), in_place_of("zones.csv", lambda path: path.symlink_to("zones.csv"))),
    Fault("folder in place of a table", ("zones.csv: the folder holds no files",), in_place_of("zones.csv", Path.mkdir)),
    Fault("zip within a zip", ("inner.zip:1: not UTF-8",), zip_in_zip),
    Fault("hundred thousand columns", ("zones.csv:1: the header has 100,000 columns", "right file"), zones(WIDE + "\n1\n")),
    Fault("web page in place of a table", ("zones.csv:1: column zone_id is missing",), zones("<!DOCTYPE html>\n<p>404</p>\n")),
    Fault("cell of two megabytes", ("zones.csv:2: country 'DEDEDE", "not one of the values allowed", "Use one of DE"), zones(f"zone_id,lat,lon,country\nz,50,6,{'DE' * 2**20}\n")),
    Fault("half a letter of UTF-16", ("zones.csv:", "not utf-16", "Save it as UTF-8"), zones((ROWS + "y,5").encode("utf-16") + b"\x00\xd8")),
    # cells
    Fault("minus sign of a typesetter", ("zones.csv:2: lat '−50': is not a number",), zones("zone_id,lat,lon\nz,−50,6\n")),
    Fault("infinite latitude", ("zones.csv:2: lat 'inf': is not a number",), zones("zone_id,lat,lon\nz,inf,6\n")),
    Fault("digits of another script", ("zones.csv:2: lat '٥٠': is not a number",), zones("zone_id,lat,lon\nz,٥٠,6\n")),
    Fault("Swiss number with two meanings", ("tariffs.csv:2: value \"1'234.567\": may mean 1234567 or 1234.5670",), tariff("1'234.567")),
    Fault("more than a float holds", ("tariffs.csv:2: value '1e400': is not a number",), tariff("1e400")),
    # people
    person("hours that contradict", ("me.toml:", "hours_min '40': is more than hours_max 10", "Swap"), hours_min="40", hours_max="10"),
    person("free since 1900", ("me.toml:", "available_from '1900-01-01'", "Correct the year"), available_from="1900-01-01"),
    person("need beyond all money", ("me.toml:", "net_need_eur_month '1e+300': is more than 100000 EUR/month"), net_need_eur_month="1e300"),
    person("text of a megabyte", ("me.toml:", "text 'Bagger", "more than 1,000 characters", "few words"), text='"' + "Bagger " * 150_000 + '"'),
    person("label that is no text", ("me.toml:", "label '5': is not text"), label="5"),
    # regions
    stored("pipe as pointer", ("village: is no region: it has no file 'current'",), in_place_of("village/current", os.mkfifo)),
    stored("pointer that leads out", ("current:1: '../../000001' is no snapshot", "000001"), lambda folder: (folder / "village" / "current").write_text("../../000001", encoding="utf-8")),
    stored("schema of the future", ("region.toml: schema '2'", "Update drehkreuz"), manifest(r"schema = 1", "schema = 2")),
    stored("one wrong byte", ("people.arrow: has other content than its manifest says",), flip_a_byte),
    # commands
    Fault("folder name that no disk can hold", ("File name too long", "Check the path"), command=("match", "x" * 5_000)),
    Fault("post of emoji and colours", ("vacancy_id '😀?[31m': is no post", "such as V"), command=("pool", "{}/village", "--vacancy", "😀\x1b[31m")),
]  # fmt: skip


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("regions") / "village"
    new_region(folder)
    return folder


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_fault_is_told_in_one_line(
    fault: Fault, village: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fault ends with exit code 2 and one short line that names it and what to do; no region is written."""
    recipe(HEAD + ZONES)(tmp_path)
    zones(ROWS)(tmp_path)
    shutil.copytree(village, tmp_path / "village")
    fault.sow(tmp_path)
    with pytest.raises(SystemExit) as exited:
        main([argument.format(tmp_path) for argument in fault.command])
    output = capsys.readouterr()
    assert (exited.value.code, output.out) == (2, "")
    (line,) = output.err.splitlines()
    assert line.startswith("drehkreuz: ")
    assert len(line) < 1_000
    position = 0
    for piece in fault.says:
        assert piece in line[position:], f"{piece!r} is not in {line!r}"
        position = line.index(piece, position) + len(piece)
    assert not (tmp_path / "tiny").exists()


def test_names_are_unique() -> None:
    """Each fault of the table has a name of its own."""
    names = [fault.name for fault in FAULTS]
    assert len(names) == len(set(names)) >= 30


def test_region_without_people_is_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A region of zones alone can be built below a name that is no UTF-8, and matched: nobody, nothing, no shares."""
    recipe(HEAD + ZONES)(tmp_path)
    zones(ROWS)(tmp_path)
    folder = tmp_path / os.fsdecode(b"\xff")
    for command in (["region", "build", str(tmp_path / "region.toml"), "--out", str(folder)], ["match", str(folder)]):
        with pytest.raises(SystemExit) as exited:
            main(command)
        assert (exited.value.code, capsys.readouterr().err) == (0, "")
