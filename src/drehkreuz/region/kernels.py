# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How every compiled kernel of the house is compiled: once, ahead of use, without the interpreter's lock."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
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
def watched(label: str, progress: Progress = SILENT, beside: Sequence[str] = ()) -> Iterator[None]:
    """
    Tell the progress of each kernel that is made ready in this block: compiled the first time, then read from disk.

    Args:
        label: What is made ready.
        progress: Told of each kernel.
        beside: Modules whose kernels another process compiles meanwhile, where those of one of them are not on disk yet.
            Compiling holds the interpreter's lock, so that threads are no help.
    """
    other = None if all(map(on_disk, beside)) else _compiling(beside)
    progress.start(label, None)
    _watchers.append(progress)
    try:
        yield
    finally:
        _watchers.remove(progress)
        progress.finish()
        if other is not None:
            other.terminate()  # what it had left to do has been done here
            other.wait()


def on_disk(module: str) -> bool:
    """Return whether kernels of a module's package have been compiled before; Numba keeps them under the package's name."""
    package = module.removesuffix("._kernels").rpartition(".")[2]
    return any(Path(os.environ["NUMBA_CACHE_DIR"]).glob(f"{package}_*/*.nbi"))


def _compiling(modules: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a process that imports some modules."""
    code, silent = f"import {', '.join(modules)}", subprocess.DEVNULL
    return subprocess.Popen([sys.executable, "-c", code], stdin=silent, stdout=silent, stderr=silent)  # noqa: S603  # ours
