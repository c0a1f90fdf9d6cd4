# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How a process that computes beside the site says how far it is: a line of JSON for each step."""

from __future__ import annotations

import json
import sys
from typing import Any


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
