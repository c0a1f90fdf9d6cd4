# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How every compiled kernel of the house is compiled: once for each machine, without the interpreter's lock."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cached_property, update_wrapper
from pathlib import Path
from threading import RLock
from typing import Any, Final, Generic, ParamSpec, TypeVar

from drehkreuz.progress import SILENT, Progress
from drehkreuz.region.machine_code import machine_code

os.environ.setdefault("NUMBA_CACHE_DIR", str(machine_code()))  # before Numba is imported anywhere

import numba

P = ParamSpec("P")
R = TypeVar("R")

_kernels: Final[list[Kernel[..., Any]]] = []
_watchers: Final[list[Progress]] = []
_one_at_a_time: Final = RLock()


class Kernel(Generic[P, R]):
    """
    A function as machine code for one explicit signature, compiled or read from disk when it is first called.

    What a kernel calls is compiled into it: of those on disk only the ones called from Python are read.

    Args:
        function: What is compiled.
        signature: Types of the arguments and of the result, as Numba writes them.
        inner: Whether only other kernels call it; the way in from Python, which takes as long to compile, is left out.
    """

    def __init__(self, function: Callable[P, R], signature: str, *, inner: bool) -> None:
        update_wrapper(self, function)
        self.function = function
        self.signature = signature
        self.inner = inner

    def __repr__(self) -> str:
        return f"<kernel {self.function.__module__}.{self.function.__name__}>"

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """
        Run it.

        Raises:
            TypeError: If it is called by other kernels alone, or the arguments are not of its signature.
        """
        if self.inner:
            message = f"{self!r} is an inner kernel, which only other kernels call; declare it with @kernel to call it from Python"
            raise TypeError(message)
        result: R = self.compiled(*args, **kwargs)
        return result

    @cached_property
    def compiled(self) -> Any:  # noqa: ANN401  # Numba has no types
        """
        Numba's function: the lock is released while it runs, and the machine code is kept on disk.

        No `parallel=True`: its thread layers do not survive a fork and sum in no fixed order; callers split work over a thread
        pool. No `fastmath`: the same input gives the same bits.
        """
        with _one_at_a_time:
            options: dict[str, Any] = {"no_cfunc_wrapper": True, "no_cpython_wrapper": self.inner}
            compiled = numba.njit(self.signature, nogil=True, cache=True, **options)(self.function)
        for progress in _watchers:
            progress.advance()
        return compiled

    @property
    def _numba_type_(self) -> Any:  # noqa: ANN401  # asked by Numba where another kernel calls this one
        return self.compiled._numba_type_

    @property
    def on_disk(self) -> bool:
        """Whether it has been compiled on this machine before; Numba keeps a folder for each package and names files by line."""
        code = self.function.__code__
        source = Path(code.co_filename)
        kept = f"{source.parent.name}_*/{source.stem}.{self.function.__qualname__}-{code.co_firstlineno}.*.nbi"
        return any(Path(os.environ["NUMBA_CACHE_DIR"]).glob(kept))


def kernel(signature: str) -> Callable[[Callable[P, R]], Kernel[P, R]]:
    """Declare a kernel of one explicit signature."""
    return _declared(signature, inner=False)


def inner_kernel(signature: str) -> Callable[[Callable[P, R]], Kernel[P, R]]:
    """Declare a kernel that only other kernels call."""
    return _declared(signature, inner=True)


def _declared(signature: str, *, inner: bool) -> Callable[[Callable[P, R]], Kernel[P, R]]:
    def declared(function: Callable[P, R]) -> Kernel[P, R]:
        one = Kernel(function, signature, inner=inner)
        _kernels.append(one)
        return one

    return declared


def declared(*packages: str) -> list[Kernel[..., Any]]:
    """Return the kernels that Python calls of packages, as far as they have been imported, package by package."""
    found = (
        kernel
        for package in packages
        for kernel in _kernels
        if not kernel.inner and f"{kernel.function.__module__}.".startswith(f"{package}.")
    )
    return list(dict.fromkeys(found))


def make_ready(kernels: Iterable[Kernel[..., Any]], label: str, progress: Progress = SILENT) -> None:
    """
    Compile kernels, or read them from disk, before they are called.

    Args:
        kernels: Which.
        label: What the progress is called.
        progress: Told of every kernel, inner ones among them.
    """
    progress.start(label, None)
    _watchers.append(progress)
    try:
        for one in kernels:
            _ = one.compiled
    finally:
        _watchers.remove(progress)
        progress.finish()
