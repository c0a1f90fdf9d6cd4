# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where the machine code of kernels is kept: a folder for each state of their sources."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Final

from platformdirs import user_cache_path

SOURCES: Final = ("_kernels.py", "arrays.py", "modes.py")
"""Names of the files that kernels, and the constants compiled into them, stand in."""


def machine_code() -> Path:
    """
    Return the folder for the machine code of the kernels as their sources are now.

    Numba compiles a kernel anew when its own file changes, not when that of a kernel it calls does: so the sources of all of
    them name the folder. An installed package's own folder may not be writable, the user's cache is.
    """
    digest = sha256()
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        if path.name in SOURCES:
            digest.update(path.read_bytes())
    return user_cache_path("drehkreuz") / "kernels" / digest.hexdigest()[:16]
