# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The region's figures for programs: they close, they are those of the page, and they are not made up while there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.usefixtures("site")


def closes(line: dict[str, Any], barriers: dict[str, str]) -> bool:
    return bool(line["all"] == line["found"] + sum(line[name] for name in barriers) + line["left"])


@pytest.mark.usefixtures("figures")
def test_every_line_closes(client: Client) -> None:
    """All openings are filled today, kept apart by one of the barriers, or have nobody left; likewise people, and every group."""
    told = client.get("/api/v1/barriers").json()
    lines = [told["openings"], told["people"]]
    lines += [line for group in told["groups"].values() for line in [*group["rows"], group["sums"]]]
    assert len(lines) > 10
    assert [line for line in lines if not closes(line, told["barriers"])] == []
    for group in told["groups"].values():
        for key in ("all", "found", "left", *told["barriers"]):
            assert sum(row[key] for row in group["rows"]) == group["sums"][key]


@pytest.mark.usefixtures("figures")
def test_same_figures_as_the_pages(client: Client) -> None:
    """The figures are those of the pages' twins, small counts left out alike."""
    told = client.get("/api/v1/barriers").json()
    for slug, group in told["groups"].items():
        assert client.get(f"/region/{slug}.json").json()["table"] == group
    assert client.get("/region/map.json").json()["table"] == told["municipalities"]


@pytest.mark.parametrize(("language", "said"), [("de", "Fähigkeiten"), ("en", "skills")])
@pytest.mark.usefixtures("figures")
def test_barriers_have_names(client: Client, language: str, said: str) -> None:
    """The classes keep their keys in every language, and are called as the language calls them."""
    barriers = client.get("/api/v1/barriers", headers={"accept-language": language}).json()["barriers"]
    assert list(barriers) == ["skill", "training", "reach", "hours", "language", "formal", "pay"]
    assert barriers["skill"] == said


@pytest.mark.parametrize(
    ("now", "again", "said"),
    [("computing", "10", "40 percent"), ("failed", None, "could not be computed")],
)
def test_no_figures_yet(
    client: Client, monkeypatch: pytest.MonkeyPatch, now: str, again: str | None, said: str
) -> None:
    """While the figures are computed a program is told how far they are and when to ask again; where that failed, that it did."""
    from drehkreuz_web.api import views  # noqa: PLC0415  # needs settings
    from drehkreuz_web.planner.answer import State, Status  # noqa: PLC0415  # same

    monkeypatch.setattr(views, "state", lambda: State(Status(now), 40))
    answer = client.get("/api/v1/barriers")
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert answer.headers.get("Retry-After") == again
    assert said in answer.json()["detail"]
