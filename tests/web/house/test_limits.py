# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How much one visitor may ask."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from drehkreuz_web.house.limits import MOST_VISITORS, Buckets, PostLimit, _network

pytestmark = pytest.mark.usefixtures("site")


@pytest.mark.parametrize("language", ["de", "en"])
def test_ten_megabytes(client: Client, language: str) -> None:
    """A form of ten megabytes gets 413 and a sentence about what to do."""
    response = client.post("/language", {"next": "x" * 10_000_000}, headers={"accept-language": language})
    assert response.status_code == 413
    expected = {"de": "größer als ein Megabyte", "en": "larger than one megabyte"}
    assert expected[language] in response.content.decode()


def test_bucket_holds_a_minute() -> None:
    """A visitor may send a minute's worth at once, then one each time a token has come back."""
    buckets = Buckets(60)
    assert [buckets.take("a", 0.0) for _ in range(60)] == [0.0] * 60
    assert buckets.take("a", 0.0) == pytest.approx(1.0)
    assert buckets.take("b", 0.0) == 0.0
    assert buckets.take("a", 1.0) == 0.0
    assert buckets.take("a", 1.0) > 0.0


@given(
    per_minute=st.integers(1, 30),
    gaps=st.lists(st.floats(0, 90, allow_nan=False), min_size=1, max_size=60),
)
def test_never_more_than_allowed(per_minute: int, gaps: list[float]) -> None:
    """In no minute are more than two minutes' worth let through, and who waits as told is let through."""
    buckets, now, let = Buckets(per_minute), 0.0, []
    for gap in gaps:
        now += gap
        wait = buckets.take("a", now)
        if wait:
            now += wait + 1e-6
            assert buckets.take("a", now) == 0.0
        let.append(now)
        assert sum(now - 60 < moment for moment in let) <= 2 * per_minute


def test_visitors_are_forgotten() -> None:
    """Who sent nothing for a minute leaves no trace in memory, and what is kept is no address."""
    buckets = Buckets(10)
    buckets.take("192.0.2.1", 0.0)
    assert b"192.0.2.1" not in b"".join(buckets._levels)
    buckets.take("192.0.2.2", 61.0)
    assert len(buckets._levels) == 1


def test_memory_is_bounded() -> None:
    """However many visitors there are, memory stays bounded."""
    buckets = Buckets(10)
    for visitor in range(MOST_VISITORS + 100):
        buckets.take(str(visitor), 0.0)
    assert len(buckets._levels) == MOST_VISITORS


def test_too_many_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who sends too many forms is told to wait and for how long; reading stays free."""
    monkeypatch.setattr(PostLimit, "__init__", _strict)
    visitor = Client(headers={"host": "localhost"})
    assert visitor.post("/language", {"language": "en"}).status_code == 303
    response = visitor.post("/language", {"language": "de"})
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "Wait a minute" in response.content.decode()
    assert visitor.get("/imprint").status_code == 200


def _strict(self: PostLimit, respond: object) -> None:
    self._respond = respond  # type: ignore[assignment]  # the next in line, as Django gives it
    self._buckets = Buckets(1)


def test_networks() -> None:
    """An address of IPv6 counts as the network of its household, what is no address as itself."""
    assert _network("2001:db8:1:2:3:4:5:6") == _network("2001:db8:1:2::9")
    assert _network("192.0.2.1") == "192.0.2.1"
    assert _network("unix:") == "unix:"
