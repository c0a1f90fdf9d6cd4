# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`region publish` and `region taxonomy`, as a person meets them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from drehkreuz.region import open_region, snapshots, write_snapshot
from drehkreuz.sources.esco_write import write_esco
from live_feeds import feeds, posting, region

ESCO_TABLES = ("occupations", "skills", "labels", "occupation_skills", "broader")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def town(tmp_path: Path) -> Path:
    write_snapshot(tmp_path / "town", region())
    return tmp_path / "town"


def test_publish_tells_what_it_did(run: Run, town: Path, tmp_path: Path) -> None:
    """What came, went, changed and was joined is listed with its reason, in German or English, and counted."""
    other = {"hiringOrganization": {"@type": "Organization", "name": "Beispielbetrieb"}}
    listed = feeds(
        tmp_path, {"kammer": [posting("17"), posting("18", title="Nord")], "portal": [posting("9", **other)]}
    )
    code, out, _ = run("region", "publish", town, listed, "--day", "2026-11-02")
    assert code == 0
    assert "portal:9 = kammer:17: Elektroniker für Betriebstechnik (m/w/d), fast derselbe Text (1,00)" in out
    assert "Stellen: 2 offen aus den Quellen; 2 neu, 0 weg, 0 geändert, 1 doppelt gezeigt." in out
    assert "Beispielstadt: Stand 2 geschrieben, Tag 02.11.2026." in out
    listed = feeds(
        tmp_path,
        {"kammer": [posting("17", totalJobOpenings=2), posting("19", relevantOccupation="Riese", title="Riese")]},
    )
    code, out, _ = run("--lang", "en", "region", "publish", town, listed, "--day", "2026-11-03")
    assert code == 0
    assert "kammer:18  Nord: no longer shown since 3 November 2026" in out
    assert "kammer:17  Elektroniker für Betriebstechnik (m/w/d): openings" in out
    assert "kammer:19  Riese: its occupation 'Riese' is not" in out


def test_publish_as_json(run: Run, town: Path, tmp_path: Path) -> None:
    """The JSON answer holds everything; a feed that cannot be read ends with exit code 1."""
    listed = feeds(tmp_path, {"kammer": [posting("17")], "portal": []})
    code, out, _ = run("region", "publish", town, listed, "--day", "2026-11-02", "--json")
    told = json.loads(out)
    assert (code, told["failed"], told["snapshot"], told["new"]) == (1, ["portal"], 2, True)
    assert [one["post_id"] for one in told["came"]["vacancy"]] == ["kammer:17"]
    assert told["went"] == {"vacancy": [], "course": []}
    code, out, _ = run("region", "publish", town, listed, "--day", "2026-11-02")
    assert code == 1
    assert "Nicht lesbar, unverändert geblieben: portal" in out
    assert "nichts Neues, Stand 2" in out


def test_publish_refuses_in_a_sentence(run: Run, town: Path, tmp_path: Path) -> None:
    """A list that is not there, or a folder that is no region, is one sentence."""
    assert run("region", "publish", town, tmp_path / "no.toml")[0] == 2
    listed = feeds(tmp_path, {"kammer": [posting("17")]})
    code, _, err = run("region", "publish", tmp_path / "none", listed)
    assert code == 2
    assert "there is no such folder" in err
    assert snapshots(town) == [1]


def test_taxonomy_tells_what_it_did(run: Run, town: Path, tmp_path: Path) -> None:
    """A move counts what was mapped and kept, shows what was found by name, and says where all is listed."""
    esco = tmp_path / "esco"
    write_esco({name: open_region(town).table(name) for name in ESCO_TABLES}, esco)
    code, out, _ = run("region", "taxonomy", town, "--esco", esco, "--json")
    told = json.loads(out)
    assert (code, told["snapshot"]) == (0, 2)
    assert told["counts"]["occupation"] == {told["moved"][0]["how"]: 1}
    code, out, _ = run("region", "taxonomy", town, "--esco", esco)
    assert code == 0
    assert "Berufe: 1 zugeordnet" in out
    assert "taxonomy-000002.csv" in out.replace("\n", "")
    assert run("region", "taxonomy", town, "--esco", tmp_path / "nothing")[0] == 2
