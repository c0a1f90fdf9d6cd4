# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Margins written as a person writes them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

WriteMargin = Callable[..., Path]


@pytest.fixture
def write_margin(tmp_path: Path) -> WriteMargin:
    """A function that writes a margin: `write_margin("age", "Alter;Anzahl", "15-29;120", …)`."""

    def write(name: str, *lines: str, source: str = "Statistisches Amt Musterland") -> Path:
        path = tmp_path / f"{name}.csv"
        about = (f"Quelle;{source}", "Stand;31.12.2025", "Lizenz;dl-de/by-2-0")
        path.write_text("\n".join([*about, *lines, ""]), encoding="utf-8")
        return path

    return write
