# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a pair is worth to both sides together, in one unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Surplus:
    """
    How the worth of a pair to the employer is added to what it is worth to the person; staying alone is worth 0 to either.

        worth = utility of the person + employer · utility of the employer

    Attributes:
        employer: EUR a month that a pair of employer's utility 1 is worth to the employer beyond the wage. Assumed: a third
            of a median gross wage; who can start at once then counts for about as much as a third of a person's pay.
    """

    employer: float = 1_200.0

    def of(self, person: NDArray[np.float32], employer: NDArray[np.float32]) -> NDArray[np.float32]:
        """
        Return the worth of pairs.

        Args:
            person: float32, any shape, EUR a month.
            employer: float32, the same shape, 0 to 1.
        """
        return np.asarray(person + np.float32(self.employer) * employer, dtype=np.float32)


SURPLUS: Final = Surplus()
