# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The region's figures: computed once in the background, stored, found again."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

import pytest
from django.core.handlers.wsgi import WSGIHandler

if TYPE_CHECKING:
    from drehkreuz_web.planner.answer import State, Work

LONGEST = 300.0
"""Seconds that the village may take on a busy machine."""


@pytest.fixture
def state_folder(site: WSGIHandler, tmp_path: Path) -> Iterator[Path]:
    """A state folder of its own."""
    from django.test import override_settings  # noqa: PLC0415  # needs settings

    assert site
    with override_settings(STATE=tmp_path):
        yield tmp_path


def finished(work: Work) -> State:
    """Return the state once it is no longer computing."""
    until = monotonic() + LONGEST
    while work.state().status == "computing" and monotonic() < until:
        sleep(0.05)
    return work.state()


def test_computed_once_and_found_again(state_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first site computes and stores the figures in one step; the next one shows them without computing."""
    from drehkreuz_web.planner.answer import Work  # noqa: PLC0415  # needs settings

    first = finished(Work())
    assert first.status == "ready"
    (file,) = (state_folder / "planner").glob("*.json")
    assert first.report == json.loads(file.read_text(encoding="utf-8"))
    assert not [each for each in file.parent.iterdir() if each.name.startswith(".")]
    monkeypatch.setattr(Work, "_watch", lambda *_: pytest.fail("computed again"))
    assert finished(Work()).report == first.report


def test_a_failure_is_said_and_logged(
    state_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """If the other process fails, pages say so and the log says with what; nothing is stored."""
    from drehkreuz_web.planner import answer  # noqa: PLC0415  # needs settings

    script = state_folder / "python"
    script.write_text('#!/bin/sh\necho \'{"failed": "builtins.ValueError"}\'\nexit 1\n', encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setattr(answer.sys, "executable", str(script))
    state = finished(answer.Work())
    assert (state.status, state.report, state.no_memory) == ("failed", None, False)
    assert not list((state_folder / "planner").glob("*.json"))
    logged = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert {"event": "region figures", "exit": 1, "exception": "builtins.ValueError"}.items() <= logged[-1].items()


def test_want_of_memory_is_told(state_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that the system ends is told as want of memory."""
    from drehkreuz_web.planner import answer  # noqa: PLC0415  # needs settings

    script = state_folder / "python"
    script.write_text("#!/bin/sh\nkill -9 $$\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setattr(answer.sys, "executable", str(script))
    assert finished(answer.Work()).no_memory


def test_a_damaged_file_is_computed_anew(state_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be read is not believed."""
    from drehkreuz_web.house.region import market  # noqa: PLC0415  # needs settings
    from drehkreuz_web.planner.answer import Work, version  # noqa: PLC0415  # as above

    file = state_folder / "planner" / f"{version(market().region)}.json"
    file.parent.mkdir()
    file.write_text('{"half', encoding="utf-8")

    def watch(_self: Work, _region: object, written: Path) -> tuple[int, str]:
        written.write_text('{"whole": 1}', encoding="utf-8")
        return 0, ""

    monkeypatch.setattr(Work, "_watch", watch)
    assert finished(Work()).report == {"whole": 1}


@pytest.mark.usefixtures("site")
def test_the_version_follows_the_tables() -> None:
    """Another table, another day or another provenance is another version; the same is the same."""
    from drehkreuz_web.house.region import market  # noqa: PLC0415  # needs settings
    from drehkreuz_web.planner.answer import version  # noqa: PLC0415  # as above

    region = market().region
    fewer = region.with_tables({"people": region.table("people").head(10)})
    later = region.with_manifest(day=region.manifest.day.replace(day=3))
    unknown = region.with_manifest(provenance={})
    assert version(region) == version(region.with_tables({}))
    assert len({version(each) for each in (region, fewer, later, unknown)}) == 4


def test_old_versions_go(tmp_path: Path) -> None:
    """Of what was computed for other versions only the newest stays."""
    from drehkreuz_web.planner.answer import KEPT, _forget_old  # noqa: PLC0415  # needs settings

    for age in range(KEPT + 3):
        file = tmp_path / f"{age}.json"
        file.write_text("{}", encoding="utf-8")
        os.utime(file, (1_000_000 - age, 1_000_000 - age))
    _forget_old(tmp_path / "new.json")
    assert {file.name for file in tmp_path.glob("*.json")} == {f"{age}.json" for age in range(KEPT)}
