# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region's answer as files that spreadsheets and scripts read."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from drehkreuz.errors import Finding, InputError
from drehkreuz.matching.pipeline import Matched
from drehkreuz.progress import SILENT, Progress
from drehkreuz.reports.barriers import figures_table, reasons_table
from drehkreuz.reports.barriers_picture import chart
from drehkreuz.reports.pair import Values
from drehkreuz.reports.spread import SIDES
from drehkreuz.reports.words import Words


def write_match(matched: Matched, answer: Values, folder: Path, progress: Progress = SILENT) -> list[str]:
    """
    Write edges.csv (working set), stable.csv (the stable allocation), barriers.csv (the report) and headline.json.

    Args:
        matched: The region's answer.
        answer: Its headline.
        folder: Made if it is not there.
        progress: Told while conditions of courses are named.

    Raises:
        InputError: If the folder cannot be written.
    """
    return write_all(
        {
            "edges.csv": matched.described_edges(progress).write_csv,
            "stable.csv": matched.described_stable().write_csv,
            "barriers.csv": matched.report.table().write_csv,
            "headline.json": _json(answer),
        },
        folder,
    )


def write_barriers(answer: Values, words: Words, folder: Path) -> list[str]:
    """
    Write barriers.csv (every figure), reasons.csv, openings.svg, people.svg (the charts) and barriers.json.

    Raises:
        InputError: If the folder cannot be written.
    """
    charts = {f"{side}.svg": _text(chart(answer, side, words)) for side in SIDES}
    return write_all(
        {
            "barriers.csv": figures_table(answer, words.language).write_csv,
            "reasons.csv": reasons_table(answer).write_csv,
            **charts,
            "barriers.json": _json(answer),
        },
        folder,
    )


def write_all(files: Mapping[str, Callable[[Path], object]], folder: Path) -> list[str]:
    """
    Write files into a folder; each replaces an older one of its name in one step.

    Returns:
        Their names.

    Raises:
        InputError: If the folder cannot be written.
    """
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


def _text(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text, encoding="utf-8")


def _json(answer: Values) -> Callable[[Path], object]:
    return _text(json.dumps(answer, default=_iso, ensure_ascii=False, indent=2, sort_keys=True))


def _iso(value: object) -> str:
    """Return a day as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    message = f"a {type(value).__name__} cannot be written as JSON"
    raise TypeError(message)
