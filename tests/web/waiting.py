# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Waiting for what happens in the background."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic, sleep

PATIENCE_S = 240.0


def until(is_so: Callable[[], bool], seconds: float = PATIENCE_S) -> None:
    """Wait until something is so."""
    end = monotonic() + seconds
    while not is_so() and monotonic() < end:
        sleep(0.05)
    assert is_so()
