# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz barriers` on the village."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", ("heute besetzbar", "Woran es im Einzelnen liegt", "Helfertätigkeiten")),
        ("en", ("can be filled today", "What exactly it is", "Unskilled")),
    ],
)
def test_said_in_words(run: Run, village_folder: Path, language: str, said: tuple[str, ...]) -> None:
    """The openings, the people and the reasons are told in the language asked for, groups where they are asked for."""
    code, out, err = run("barriers", village_folder, "--by", "level", "--times", "2", "--lang", language)
    assert (code, err) == (0, "")
    assert all(words in out for words in said)
    assert "{" not in out


def test_written(run: Run, village_folder: Path, tmp_path: Path) -> None:
    """Tables, charts and the whole answer are written into the folder; the answer closes."""
    code, out, err = run("barriers", village_folder, "--times", "0", "--out", tmp_path / "result", "--json")
    assert (code, err) == (0, "")
    answer = json.loads(out)
    assert sorted(answer["written"]) == sorted(path.name for path in (tmp_path / "result").iterdir())
    line = answer["openings_by"]["all"]
    assert "interval" not in line
    assert line["total"] == line["found"] + sum(line["shares"].values()) + line["left"]


def test_thinned(run: Run, village_folder: Path) -> None:
    """Thinned to every second person and post, the answer says so, and counts each for two."""
    code, out, _ = run("barriers", village_folder, "--times", "0", "--every", "2", "--lang", "de")
    assert code == 0
    assert "jeder 2. Mensch" in out
