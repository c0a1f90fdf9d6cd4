# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
No stage's code changes while its version stays: its cached results would be believed although they are wrong.

Run as a program, this file records the stages as they are now: `python tests/region/test_stage_versions.py`.
"""

from __future__ import annotations

import pkgutil
import sys
import tomllib
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import tomli_w

import drehkreuz
from drehkreuz.region import Stage
from drehkreuz.region.stages import source_digest, stages

RECORD = Path(__file__).with_name("stage_sources.toml")
HEADER = """\
# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
#
# Version and source of every stage. Written by: python tests/region/test_stage_versions.py

"""


def declared() -> Mapping[str, Stage]:
    """Return the stages that any module of the library declares."""
    for module in pkgutil.walk_packages(drehkreuz.__path__, "drehkreuz."):
        import_module(module.name)
    return stages()


def state(stage: Stage) -> dict[str, Any]:
    """Return what is recorded of a stage."""
    return {"version": stage.version, "source": source_digest(stage)}


def complaints(recorded: Mapping[str, Any], now: Mapping[str, Stage]) -> list[str]:
    """Say of each stage that differs from the record what to do."""
    record = "record it: python tests/region/test_stage_versions.py"
    said = [f"{name}: is gone; {record}" for name in recorded.keys() - now.keys()]
    for name, stage in now.items():
        known, current = recorded.get(name), state(stage)
        if known is None:
            said.append(f"{name}: is new; {record}")
        elif current["version"] < known["version"]:
            said.append(f"{name}: version {current['version']} is older than the recorded {known['version']}; raise it")
        elif current["version"] > known["version"]:
            said.append(f"{name}: has version {current['version']}; {record}")
        elif current["source"] != known["source"]:
            said.append(f"{name}: its source has changed; raise its version to {stage.version + 1}, then {record}")
    return sorted(said)


def test_versions() -> None:
    """Every stage's source is the one recorded for its version."""
    assert complaints(tomllib.loads(RECORD.read_text(encoding="utf-8")), declared()) == []


def test_complaints(monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed source, a new, renamed or older stage is each told what to do."""
    monkeypatch.syspath_prepend(Path(__file__).parent)
    from example_stages import NOISE, ROUNDED  # noqa: PLC0415  # found only now

    recorded = {stage.name: state(stage) for stage in (NOISE, ROUNDED)}
    now = {NOISE.name: NOISE, ROUNDED.name: ROUNDED}
    assert complaints(recorded, now) == []
    recorded["example.noise"]["source"] = "0" * 32
    recorded["example.rounded"]["version"] = 2
    recorded["example.gone"] = recorded["example.noise"]
    record = "record it: python tests/region/test_stage_versions.py"
    assert complaints(recorded, now) == [
        f"example.gone: is gone; {record}",
        f"example.noise: its source has changed; raise its version to 2, then {record}",
        "example.rounded: version 1 is older than the recorded 2; raise it",
    ]
    assert complaints({}, {NOISE.name: NOISE}) == [f"example.noise: is new; {record}"]
    recorded["example.noise"]["version"] = 0
    assert f"example.noise: has version 1; {record}" in complaints(recorded, now)


def record() -> None:
    """Write the stages as they are now, unless one has changed without its version."""
    now = declared()
    known = tomllib.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}
    stale = [line for line in complaints(known, now) if "raise" in line]
    if stale:
        sys.exit("\n".join(stale))
    RECORD.write_text(HEADER + tomli_w.dumps({name: state(now[name]) for name in sorted(now)}), encoding="utf-8")


if __name__ == "__main__":
    record()
