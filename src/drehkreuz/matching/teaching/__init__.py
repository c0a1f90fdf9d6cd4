# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a region teaches against what stands between its people and its open posts."""

from drehkreuz.matching.teaching.calendar import offers
from drehkreuz.matching.teaching.design import Design, Module, created, design, placed
from drehkreuz.matching.teaching.digital import digital
from drehkreuz.matching.teaching.need import Need, need
from drehkreuz.matching.teaching.supply import Supply, supply

__all__ = ["Design", "Module", "Need", "Supply", "created", "design", "digital", "need", "offers", "placed", "supply"]
