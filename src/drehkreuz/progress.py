# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How long work tells how far it is, without knowing who watches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from typing import Protocol, TypeVar

T = TypeVar("T")


class Progress(Protocol):
    """Something that can show how far a piece of work is."""

    def start(self, label: str, total: int | None) -> None:
        """Begin a piece of work of `total` steps (None: unknown)."""

    def advance(self, steps: int = 1) -> None:
        """Say that some steps are done."""

    def finish(self) -> None:
        """Say that the piece of work is done."""


class Silent:
    """Shows nothing; the default."""

    def start(self, label: str, total: int | None) -> None:
        """Show nothing."""

    def advance(self, steps: int = 1) -> None:
        """Show nothing."""

    def finish(self) -> None:
        """Show nothing."""


SILENT = Silent()


def track(items: Iterable[T], label: str, progress: Progress = SILENT) -> Iterator[T]:
    """Yield the items, advancing the progress after each."""
    progress.start(label, len(items) if isinstance(items, Sized) else None)
    try:
        for item in items:
            yield item
            progress.advance()
    finally:
        progress.finish()
