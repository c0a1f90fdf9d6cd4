# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How every compiled kernel of the house is compiled: once, ahead of use, without the interpreter's lock."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar, cast

from platformdirs import user_cache_path

# Set before Numba is imported anywhere: an installed package's own folder may not be writable, the user's cache is.
os.environ.setdefault("NUMBA_CACHE_DIR", str(user_cache_path("drehkreuz") / "kernels"))

import numba  # after the line above

F = TypeVar("F", bound=Callable[..., object])


def kernel(signature: str) -> Callable[[F], F]:
    """
    Compile a function for one explicit signature, release the lock while it runs, keep the machine code on disk.

    No `parallel=True`: its thread layers do not survive a fork and sum in no fixed order; callers split work over a thread pool.
    No `fastmath`: the same input gives the same bits.
    """
    return cast("Callable[[F], F]", numba.njit(signature, nogil=True, cache=True))
