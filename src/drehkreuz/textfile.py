# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A small text file that a person hands in: a file it must be, in UTF-8, and no longer than anybody writes by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from drehkreuz.errors import Finding, InputError

MOST_BYTES: Final = 64 * 2**20
"""Assumed: some thousand times what such files hold."""


def read_text(path: Path, *, remedy: str = "Check the path.") -> str:
    """
    Return a file's text without byte order mark; its line ends are LF.

    Args:
        path: The file; a folder, a device or a pipe is none, nor is a link that leads nowhere.
        remedy: What to do where it cannot be read.

    Raises:
        InputError: If it is no file, cannot be read, is too long or is not UTF-8.
    """
    try:
        if path.exists() and not path.is_file():
            raise InputError(_about(path, "is no file", "Name a file."))
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputError(_about(path, f"cannot be read: {reason}", remedy)) from error
    if len(data) > MOST_BYTES:
        raise InputError(_about(path, f"holds more than {MOST_BYTES:,} bytes", "Check that this is the right file."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(Finding(str(path), str(line), "", "", "is not UTF-8", "Save it as UTF-8.")) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _about(path: Path, problem: str, remedy: str) -> Finding:
    return Finding(str(path), "", "", "", problem, remedy)
