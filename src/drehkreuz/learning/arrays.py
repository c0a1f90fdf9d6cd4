# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
The arrays that the compiled searches take, and the words they use.

An offer *gives* items. `given` counts what gives an item (the person, the offers chosen), `wanted` what asks for an item (the
profile, the offers chosen). An item wanted and not given is open. `worth` is the weight that a must skill adds when it is
given. `ignored` holds the bits of `TrainingReason` that a plan may break.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Longs: TypeAlias = NDArray[np.int64]
Ints: TypeAlias = NDArray[np.int32]
Bools: TypeAlias = NDArray[np.bool_]
Bytes: TypeAlias = NDArray[np.uint8]
Rows: TypeAlias = tuple[Longs, Ints]
"""A `Csr`: (indptr, indices)."""
Catalogue: TypeAlias = tuple[Rows, Rows, Rows, Rows, Longs, Longs, Ints, Ints, Ints, Ints]
"""
Of a `Problem`: gives, needs, givers, sessions, own, cost; of all sessions: start, end; of the problem's sessions by first and then last
day: offer, session.
"""

# Arrays that are only read: memory-mapped and shipped ones may not be written to.
I8 = "Array(int64, 1, 'C', readonly=True)"
I4 = "Array(int32, 1, 'C', readonly=True)"
F8 = "Array(float64, 1, 'C', readonly=True)"
F8X2 = "Array(float64, 2, 'C', readonly=True)"
U1 = "Array(uint8, 1, 'C', readonly=True)"
B1 = "Array(boolean, 1, 'C', readonly=True)"
U1X2 = "Array(uint8, 2, 'C', readonly=True)"
B1X2 = "Array(boolean, 2, 'C', readonly=True)"
ROWS = f"Tuple(({I8}, {I4}))"
CATALOGUE = f"Tuple(({ROWS}, {ROWS}, {ROWS}, {ROWS}, {I8}, {I8}, {I4}, {I4}, {I4}, {I4}))"

NEVER = 2**30  # no day
DEAR = 2**60  # no price
MUST = 2.0**20  # more weight than any profile has: for offers that are to be in
NOT_READY = np.uint8(128)  # beside the bits of `TrainingReason`: what a session needs cannot be there in time
DATE, ENTRY, UNFUNDED = 8, 32, 64  # the bits of `TrainingReason` that the search itself heeds
