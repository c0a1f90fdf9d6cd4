# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What several tests of reports share."""

from __future__ import annotations

import pytest

from drehkreuz.matching.pipeline import Matched, match
from drehkreuz.region import Region
from town import with_towns


@pytest.fixture(scope="session")
def matched(village: Region) -> Matched:
    """The village with municipalities, matched."""
    return match(with_towns(village))
