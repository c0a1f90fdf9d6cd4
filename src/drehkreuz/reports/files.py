# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region's answer as files that spreadsheets and scripts read."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

from drehkreuz.errors import Finding, InputError
from drehkreuz.matching.pipeline import Matched
from drehkreuz.reports.pair import Values


def write_match(matched: Matched, answer: Values, folder: Path) -> list[str]:
    """
    Write edges.csv (working set), stable.csv (the stable allocation), barriers.csv (the report) and headline.json.

    Each file replaces an older one of its name in one step.

    Raises:
        InputError: If the folder cannot be written.
    """
    files: dict[str, Callable[[Path], object]] = {
        "edges.csv": matched.described_edges().write_csv,
        "stable.csv": matched.described_stable().write_csv,
        "barriers.csv": matched.report.table().write_csv,
        "headline.json": lambda path: path.write_text(
            json.dumps(answer, default=_iso, ensure_ascii=False, indent=2, sort_keys=True), encoding="utf-8"
        ),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, write in files.items():
            draft = folder / f".{name}.{os.getpid()}"
            write(draft)
            draft.replace(folder / name)
    except OSError as error:
        remedy = "Choose a folder that can be written to, with --out."
        raise InputError(Finding(str(folder), "", "", "", f"cannot be written: {error.strerror}", remedy)) from error
    return list(files)


def _iso(value: object) -> str:
    """Return a day as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    message = f"a {type(value).__name__} cannot be written as JSON"
    raise TypeError(message)
