# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Between computation and click: what the pages say of a post that the region's newest snapshot no longer holds."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from drehkreuz.region import Region, change_snapshot
from live_feeds import table
from scripts import ROOT

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.usefixtures("site")

CASE = {"case": (ROOT / "examples" / "baggerfahrer.toml").read_text(encoding="utf-8")}
SINCE = date(2026, 11, 24)

Publish = Callable[[Callable[[Region], Region]], int]


@pytest.fixture
def publish(village_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Publish:
    """Have the site look after a copy of its region's folder; return what writes a newer snapshot there."""
    from drehkreuz_web.house import newest  # noqa: PLC0415  # needs settings

    folder = tmp_path / "village"
    shutil.copytree(village_folder, folder)
    served = folder / (folder / "current").read_text().strip()
    watch = newest._Watch(served)  # instead of that of the shared folder
    monkeypatch.setattr(newest, "_watch", lambda _: watch)
    return lambda change: change_snapshot(folder, change)


def shown(client: Client, group: str = "paths") -> list[dict[str, Any]]:
    """Return the paths of the answer as JSON."""
    found: list[dict[str, Any]] = client.post("/paths.json", CASE).json()[group]
    return found


def without(concept: str, gone: dict[str, str | None]) -> Callable[[Region], Region]:
    """Return what takes posts or courses out of a region, each for a reason that stands in `sightings`, or for none."""
    name = {"vacancy": "vacancies", "course": "courses"}[concept]
    seen = [
        {
            "concept": concept, "source": "kammer", "source_id": id_, "post_id": id_, "title": "Weg", "why": why,
            "first_shown": SINCE, "last_shown": SINCE, "gone": SINCE,
        }
        for id_, why in gone.items() if why
    ]  # fmt: skip

    def change(region: Region) -> Region:
        left = region.table(name).filter(~pl.col(f"{concept}_id").is_in(list(gone)))
        told = pl.concat([region.table("sightings"), table("sightings", seen)]) if seen else region.table("sightings")
        return region.with_tables({name: left, "sightings": told})

    return change


def test_nothing_newer(client: Client, publish: Publish) -> None:
    """Where the snapshot that is served is the newest, no card says anything of it."""
    assert publish
    assert {path.get("gone") for path in [*shown(client), *shown(client, "nearly")]} == {None}
    assert "Nicht mehr offen" not in client.post("/paths", CASE).content.decode()
    assert "newest" not in client.get("/health").json()


def test_cards_say_what_has_gone(client: Client, publish: Publish) -> None:
    """A post that went says since when and why and what to do, in its card, on paper, beside another and as JSON; others say nothing."""
    first, second, third, *others = [path["vacancy_id"] for path in shown(client)]
    publish(without("vacancy", {first: "withdrawn", second: "expired", third: None}))
    found = {path["vacancy_id"]: path.get("gone") for path in shown(client)}
    assert found == {
        first: {"since": "2026-11-24", "why": "withdrawn"},
        second: {"since": "2026-11-24", "why": "expired"},
        third: {"since": None, "why": None},
        **dict.fromkeys(others),
    }
    for page in ("/paths", "/print"):
        html = client.post(page, CASE).content.decode()
        assert html.count("Nicht mehr offen") == 3
        assert (
            "Seit dem 24. November 2026 ist diese Stelle nicht mehr offen: Sie ist nicht mehr ausgeschrieben." in html
        )
        assert "Die Frist dafür ist vorbei." in html
        assert "In der neuesten Liste steht sie nicht." in html
        assert html.count("fragen Sie den Betrieb, bevor Sie sich bewerben") == 3
    html = client.post("/compare", {**CASE, "compare": [first, others[0]]}).content.decode()
    assert html.count("Nicht mehr offen") == 1
    assert "Sie ist nicht mehr ausgeschrieben." in html


def test_a_course_that_has_gone(client: Client, publish: Publish) -> None:
    """A path whose course is no longer offered says so beside the path, whose post is still open."""
    path = next(path for path in shown(client) if path["learning"]["steps"])
    course = path["learning"]["steps"][0]["course_id"]
    publish(without("course", {course: "withdrawn"}))
    again = next(one for one in shown(client) if one["vacancy_id"] == path["vacancy_id"])
    assert "gone" not in again
    assert again["learning"]["steps"][0]["gone"] == {"since": "2026-11-24", "why": "withdrawn"}
    assert "gibt es nicht mehr.</strong> Fragen Sie beim Träger" in client.post("/paths", CASE).content.decode()


def test_under_another_id(client: Client, publish: Publish) -> None:
    """A post that stands under another id since it was found in a second feed has not gone."""
    first = shown(client)[0]["vacancy_id"]

    def renamed(region: Region) -> Region:
        seen = {
            "concept": "vacancy", "source": "portal", "source_id": first, "post_id": "portal:1", "title": "Anlagenführer",
            "first_shown": SINCE, "last_shown": SINCE, "joined": "same_text",
        }  # fmt: skip
        posts = region.table("vacancies").with_columns(pl.col("vacancy_id").replace(first, "portal:1"))
        return region.with_tables({"vacancies": posts.sort("vacancy_id"), "sightings": table("sightings", [seen])})

    publish(renamed)
    assert {path.get("gone") for path in shown(client)} == {None}


def test_a_newer_snapshot_is_read_once(client: Client, publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many ask, the newer snapshot's posts are read once, and health names both snapshots."""
    from drehkreuz_web.house import newest  # noqa: PLC0415  # needs settings

    read: list[Path] = []
    original = newest.open_region

    def counted(folder: Path, **how: Any) -> Region:
        read.append(folder)
        return original(folder, **how)

    monkeypatch.setattr(newest, "open_region", counted)
    publish(without("vacancy", {shown(client)[0]["vacancy_id"]: "withdrawn"}))
    read.clear()
    for _ in range(3):
        shown(client)
    assert len(read) == 1
    told = client.get("/health").json()
    assert int(told["newest"]) == int(told["snapshot"]) + 1


@pytest.mark.parametrize("damage", ["no pointer", "no snapshot", "broken table"])
def test_a_damaged_folder_is_no_visitors_business(
    client: Client, publish: Publish, tmp_path: Path, damage: str
) -> None:
    """Where the newest snapshot cannot be read, the site answers from what it has opened, and does not guess."""
    first = shown(client)[0]["vacancy_id"]
    number = publish(without("vacancy", {first: "withdrawn"}))
    folder = tmp_path / "village"
    match damage:
        case "no pointer":
            (folder / "current").unlink()
        case "no snapshot":
            shutil.rmtree(folder / f"{number:06d}")
        case _:
            (folder / f"{number:06d}" / "vacancies.arrow").write_bytes(b"?")
    assert "gone" not in shown(client)[0]
    assert client.post("/paths", CASE).status_code == 200
