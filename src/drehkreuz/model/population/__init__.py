# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A synthetic population for a region, fitted to official margins."""

from drehkreuz.model.population.margins import Margin, read_margins
from drehkreuz.model.population.official import margins_of
from drehkreuz.model.population.populate import Population, populate, write_populated
from drehkreuz.model.population.quality import Kept

__all__ = ["Kept", "Margin", "Population", "margins_of", "populate", "read_margins", "write_populated"]
