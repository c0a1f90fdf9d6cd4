# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The engines, imported when a verb needs them: the first time their kernels are compiled, and that is shown."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from drehkreuz.cli.output import Bars, Screen
from drehkreuz.region.kernels import watched

FIRST: Final = "drehkreuz.learning"
"""Its kernels take half of all the time to compile."""

MEANWHILE: Final = ("drehkreuz.reach", "drehkreuz.reach.choice._kernels", "drehkreuz.matching._kernels")
"""The other half, compiled beside it."""


def load_engines(screen: Screen) -> None:
    """Make every compiled kernel ready, with a progress bar where it takes long."""
    with watched("engines", Bars(screen.words), beside=MEANWHILE):
        for engine in (FIRST, "drehkreuz.skills.linking", "drehkreuz.matching.pipeline"):
            import_module(engine)
