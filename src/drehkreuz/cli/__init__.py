# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The command line."""

from drehkreuz.cli.main import main

__all__ = ["main"]
