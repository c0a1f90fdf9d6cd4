# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How every compiled kernel of the house is compiled: once, ahead of use, without the interpreter's lock."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

from drehkreuz.progress import SILENT, Progress
from drehkreuz.region.machine_code import machine_code

os.environ.setdefault("NUMBA_CACHE_DIR", str(machine_code()))  # before Numba is imported anywhere

import numba

F = TypeVar("F", bound=Callable[..., Any])

_watchers: list[Progress] = []


def kernel(signature: str) -> Callable[[F], F]:
    """
    Compile a function for one explicit signature, release the lock while it runs, keep the machine code on disk.

    No `parallel=True`: its thread layers do not survive a fork and sum in no fixed order; callers split work over a thread pool.
    No `fastmath`: the same input gives the same bits.
    """

    def compiled(function: F) -> F:
        ready = cast("F", numba.njit(signature, nogil=True, cache=True)(function))
        for progress in _watchers:
            progress.advance()
        return ready

    return compiled


@contextmanager
def watched(label: str, progress: Progress = SILENT) -> Iterator[None]:
    """Tell the progress of each kernel that is made ready in this block: compiled the first time, then read from disk."""
    progress.start(label, None)
    _watchers.append(progress)
    try:
        yield
    finally:
        _watchers.remove(progress)
        progress.finish()


def on_disk(module: str) -> bool:
    """Return whether kernels of a module's package have been compiled before; Numba keeps them under the package's name."""
    package = module.removesuffix("._kernels").rpartition(".")[2]
    return any(Path(os.environ["NUMBA_CACHE_DIR"]).glob(f"{package}_*/*.nbi"))
