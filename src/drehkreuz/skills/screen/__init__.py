# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The search screen: for very many sets of skills, those of very many others that are most alike."""

from drehkreuz.skills.screen.alike import Nearest, nearest, vectors

__all__ = ["Nearest", "nearest", "vectors"]
