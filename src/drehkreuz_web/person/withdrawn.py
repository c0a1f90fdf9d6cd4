# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What has gone between computation and click: of each path, whether the region's newest snapshot still holds its post and its courses."""

from __future__ import annotations

from drehkreuz.region import Region, kept
from drehkreuz.region.posts import TABLE_OF, Concept, post_state
from drehkreuz.reports.pair import Values
from drehkreuz_web.house.newest import newest


def marked(served: Region, values: Values) -> Values:
    """
    Return an answer with `gone` in each path, and in each course on one, that the newest snapshot no longer holds.

    `gone` says `since` (first day it was not there) and `why` (`expired`, `withdrawn`), both None where the newest snapshot has
    never heard of it. What stands there under another id has not gone. Nothing of what is given is changed.

    Args:
        served: The region that the answer was worked out on.
        values: From `drehkreuz.reports.paths.paths`.
    """
    now = newest(served)
    if now is None:
        return values
    return values | {name: [_path(now, path) for path in values[name]] for name in ("paths", "nearly")}


def has_gone(path: Values) -> bool:
    """Return whether a path's post or one of its courses is no longer there."""
    return any("gone" in part for part in (path, *path["learning"]["steps"]))


def _path(now: Region, path: Values) -> Values:
    learning = path["learning"]
    steps = [step | _gone(now, step["course_id"], "course") for step in learning["steps"]]
    return path | _gone(now, path["vacancy_id"], "vacancy") | {"learning": learning | {"steps": steps}}


def _gone(now: Region, id_: str, concept: Concept) -> Values:
    """Return what is to be said of a post or course; nothing where it is still there."""
    if id_ in _ids(now, concept):
        return {}
    state = post_state(now, id_, concept)
    if state is None:
        return {"gone": {"since": None, "why": None}}
    return {} if state.gone is None else {"gone": {"since": state.gone, "why": state.why}}


@kept
def _ids(now: Region, concept: Concept) -> frozenset[str]:
    return frozenset(now.table(TABLE_OF[concept])[f"{concept}_id"])
