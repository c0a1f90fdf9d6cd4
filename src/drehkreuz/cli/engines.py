# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The engines, imported when a verb needs them: the first time their kernels are compiled, and that is shown."""

from __future__ import annotations

from importlib import import_module

from drehkreuz.cli.output import Bars, Screen
from drehkreuz.region.kernels import watched


def load_engines(screen: Screen) -> None:
    """Make every compiled kernel ready, with a progress bar where it takes long."""
    with watched("engines", Bars(screen.words)):
        import_module("drehkreuz.matching.pipeline")
