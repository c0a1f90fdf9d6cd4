# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
How a process that computes beside the site is asked and answers: `python -m MODULE REGION SNAPSHOT`.

The question is JSON at its input, so that what a visitor typed stands neither among the arguments of a process nor in a file. Each line of
its output is one JSON object: `{"work": …, "done": …, "of": …}` while it works; then `{"result": …}`, `{"findings": […]}` where the question cannot
be worked out, or `{"failed": …}` with the kind of an exception.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from drehkreuz.errors import InputError
from drehkreuz.progress import Progress
from drehkreuz.region import Region, open_region

LOW_PRIORITY: Final = 10
"""Nice value: visitors come first."""

Work = Callable[[Region, dict[str, Any], Progress], dict[str, Any]]
"""Answers a question about a region; raises InputError where it cannot be answered as it stands."""


class Told:
    """Writes how far the outermost piece of work is, a line for each step."""

    def __init__(self) -> None:
        self._depth, self._done = 0, 0
        self._work, self._of = "", 0

    def start(self, label: str, total: int | None) -> None:
        """Begin a piece of work."""
        if self._depth == 0:
            self._work, self._of, self._done = label, total or 0, 0
            self._tell()
        self._depth += 1

    def advance(self, steps: int = 1) -> None:
        """Say that some steps are done."""
        if self._depth == 1:
            self._done += steps
            self._tell()

    def finish(self) -> None:
        """End a piece of work."""
        self._depth -= 1

    def _tell(self) -> None:
        tell({"work": self._work, "done": self._done, "of": self._of})


def tell(line: dict[str, Any]) -> None:
    """Write a line to whoever started this process."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def reply(work: Work, arguments: Sequence[str]) -> int:
    """Read a question, answer it and tell what came of it; return the exit code."""
    folder, snapshot = arguments
    with suppress(OSError):
        os.nice(LOW_PRIORITY)
    try:
        tell({"result": work(open_region(Path(folder), int(snapshot)), json.load(sys.stdin), Told())})
    except InputError as error:
        tell({"findings": [str(finding) for finding in error.findings]})
        return 2
    except Exception as error:  # noqa: BLE001  # whatever it is, it is told
        tell({"failed": f"{type(error).__module__}.{type(error).__qualname__}"})
        return 1
    return 0
