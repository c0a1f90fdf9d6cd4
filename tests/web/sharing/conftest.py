# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A small lender in the site's database, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from drehkreuz.region import Region
from web.sharing.lent import STATIONS, filled


@pytest.fixture
def lending(database: str, make_region: Callable[..., Region], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The URL of a database that holds two pedelec stations, one of them full, and a car's."""
    from drehkreuz_web.sharing import store  # noqa: PLC0415  # needs settings

    monkeypatch.setattr(store, "_opened", [make_region(sharing_stations=STATIONS)])
    with filled():
        yield database
