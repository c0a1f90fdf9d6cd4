# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A page of the documentation as a journey: the files it shows, its commands, and what they answer."""

from __future__ import annotations

import io
import json
import re
import shlex
from collections.abc import Iterable, Mapping
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from drehkreuz.cli import main
from drehkreuz.region import Region


@dataclass(frozen=True)
class Answer:
    """What a command of the page answered with `--json`, and the processor time it took."""

    code: int
    said: Mapping[str, Any]
    seconds: float


@dataclass(frozen=True)
class Journey:
    """A region of the page: the folder the commands ran in, the region they built, and the answers by command."""

    folder: Path
    region: Region
    answers: Mapping[str, Answer]

    def __getitem__(self, verb: str) -> Answer:
        """Return the answer of the one command that begins so."""
        (found,) = (answer for command, answer in self.answers.items() if command.startswith(f"drehkreuz {verb}"))
        return found


def run_all(commands: Iterable[str], folder: Path) -> dict[str, Answer]:
    """Run commands of the page in a folder, in this process, in German, with a cache of their own."""
    with pytest.MonkeyPatch.context() as patch, chdir(folder):
        patch.setenv("LC_ALL", "de_DE.UTF-8")
        patch.setenv("DREHKREUZ_CACHE", str(folder / "cache"))
        return {command: _run(command) for command in commands}


def _run(command: str) -> Answer:
    out, started = io.StringIO(), process_time()
    with redirect_stdout(out), pytest.raises(SystemExit) as exited:
        main([*shlex.split(command)[1:], "--json"])
    assert exited.value.code in {0, 1}, command
    return Answer(int(exited.value.code), json.loads(out.getvalue()), process_time() - started)


@dataclass(frozen=True)
class Page:
    """The page: files it shows, by the name in their first line, and commands in the order they stand in."""

    text: str

    def file(self, name: str) -> str:
        """Return the block whose first line is `# name`."""
        (found,) = re.findall(rf"```\w+\n(# {re.escape(name)}\n.*?)```", self.text, flags=re.DOTALL)
        return str(found)

    def commands(self, heading: str) -> list[str]:
        """Return the lines of the shell blocks of a section."""
        (section,) = re.findall(rf"^## {heading}.*?(?=^## |\Z)", self.text, flags=re.DOTALL | re.MULTILINE)
        return [line for block in re.findall(r"```sh\n(.*?)```", section, re.DOTALL) for line in block.splitlines()]
