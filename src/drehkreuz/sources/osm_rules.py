# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Who may use a street of OpenStreetMap, in which direction and how fast, from its tags."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Permission(NamedTuple):
    """
    What one direction of a street allows.

    Attributes:
        walk: May be walked.
        bike: May be cycled.
        car: May be driven.
        kmh: Free-flow speed by car, km/h; 0 where no car may drive.
    """

    walk: bool
    bike: bool
    car: bool
    kmh: float


NOBODY: Final = Permission(walk=False, bike=False, car=False, kmh=0.0)


@dataclass(frozen=True, slots=True)
class StreetClass:
    """
    What holds on a class of street unless its tags say otherwise.

    Attributes:
        modes: Who may use it: any of `w`, `b` and `c` for walk, bike and car.
        kmh: Assumed free-flow speed where no limit is tagged, km/h.
        oneway: Traffic runs in the direction of the line.
    """

    modes: str
    kmh: float
    oneway: bool = False


CLASSES: Final[dict[str, StreetClass]] = {
    "motorway": StreetClass("c", 120, oneway=True),
    "motorway_link": StreetClass("c", 60),
    "trunk": StreetClass("c", 90),
    "trunk_link": StreetClass("c", 50),
    "primary": StreetClass("wbc", 60),
    "primary_link": StreetClass("wbc", 40),
    "secondary": StreetClass("wbc", 50),
    "secondary_link": StreetClass("wbc", 40),
    "tertiary": StreetClass("wbc", 50),
    "tertiary_link": StreetClass("wbc", 40),
    "unclassified": StreetClass("wbc", 40),
    "residential": StreetClass("wbc", 30),
    "living_street": StreetClass("wbc", 7),
    "road": StreetClass("wbc", 30),
    "service": StreetClass("wbc", 15),
    "track": StreetClass("wb", 15),
    "path": StreetClass("wb", 10),
    "cycleway": StreetClass("wb", 10),
    "bridleway": StreetClass("w", 10),
    "footway": StreetClass("w", 10),
    "pedestrian": StreetClass("w", 7),
    "steps": StreetClass("w", 0),
    "corridor": StreetClass("w", 0),
    "platform": StreetClass("w", 0),
    "elevator": StreetClass("w", 0),
}
"""
Classes of `highway` that are streets; all others (construction, proposed, raceway …) are none.

The modes follow the German defaults of OpenStreetMap's table of access restrictions, with two exceptions, both assumed:
nobody walks or cycles along a trunk road unless its tags allow it, and cycleways may be walked. The speeds are
assumed: tags rarely tell whether a street lies in a town, so they lie between the limits in and out of it.
"""

_WALK_ONLY: Final = {"steps", "corridor", "platform", "elevator"}  # whatever else the tags claim

_ACCESS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "w": (("foot",), ("access",)),
    "b": (("bicycle",), ("vehicle", "access")),
    "c": (("motorcar", "motor_vehicle"), ("vehicle", "access")),
}
"""
Access tags of a mode, the most specific first: those that can open or close a street, and those that can only close
it (`access=yes` on a motorway invites nobody to walk there).
"""

_OPEN: Final = {"yes", "permissive", "designated", "official", "destination", "customers", "public"}
_CLOSED: Final = {
    "no",
    "private",
    "agricultural",
    "forestry",
    "agricultural;forestry",
    "delivery",
    "permit",
    "residents",
    "emergency",
    "military",
    "psv",
    "bus",
    "use_sidepath",
    "dismount",
    "restricted",
    "customers;private",
}
"""Values that open and close a street to commuters; any other value says nothing."""

_FORWARD: Final = {"yes", "true", "1"}
_BACKWARD: Final = {"-1", "reverse"}
_BOTH: Final = {"no", "false", "0", "alternating"}
_NEITHER: Final = {"reversible"}  # changes by the hour: nobody can rely on it

_ONEWAY: Final[dict[str, tuple[str, ...]]] = {
    "w": ("oneway:foot",),
    "b": ("oneway:bicycle", "oneway:vehicle", "oneway"),
    "c": ("oneway:motorcar", "oneway:motor_vehicle", "oneway:vehicle", "oneway"),
}
_ROUNDABOUTS: Final = {"roundabout", "circular"}
_CYCLEWAYS: Final = ("cycleway", "cycleway:both", "cycleway:left", "cycleway:right")
_CONTRAFLOW: Final = {"opposite", "opposite_lane", "opposite_track", "opposite_share_busway"}

WALKING_PACE_KMH: Final = 7.0
NO_LIMIT_KMH: Final = 130.0
_MPH: Final = 1.609344
_SPEED: Final = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*(km/?h|kph|mph)?", re.IGNORECASE)

IMPLICIT_LIMITS: Final[dict[str, float]] = {
    "walk": WALKING_PACE_KMH,
    "de:walk": WALKING_PACE_KMH,
    "none": NO_LIMIT_KMH,
    "de:motorway": NO_LIMIT_KMH,
    "de:rural": 100,
    "de:urban": 50,
    "de:living_street": WALKING_PACE_KMH,
    "de:bicycle_road": 30,
    "nl:motorway": 100,
    "nl:trunk": 100,
    "nl:rural": 80,
    "nl:urban": 50,
    "nl:living_street": 15,
    "be:motorway": 120,
    "be:trunk": 120,
    "be:urban": 50,
    "be:living_street": 20,
    "be-vlg:rural": 70,
    "be-wal:rural": 90,
    "be-bru:urban": 30,
    "be-bru:rural": 70,
}
"""
Limits tagged by words instead of figures, km/h: the general limits of the three countries' traffic law; `none` is the
German advisory speed, walking pace is 4 to 7 km/h and taken as 7.
"""

_ZONE: Final = re.compile(r"[a-z]{2}(?:-[a-z]{3})?:(?:zone)?:?(\d{1,3})", re.IGNORECASE)


LIMIT_KEYS: Final = ("maxspeed", "maxspeed:forward", "maxspeed:backward")
CHANGING_LIMITS: Final = {"signals", "variable"}
"""Values that state a limit which nobody can know beforehand."""


def limit_kmh(text: str) -> float | None:
    """
    Return the speed limit that a value of `maxspeed` states, km/h; None if it states none that can be understood.

    Of several values (`50;30`) the lowest counts.
    """
    limits = [_one_limit(part.strip()) for part in text.split(";")]
    return min((limit for limit in limits if limit is not None), default=None)


def _one_limit(text: str) -> float | None:
    named = IMPLICIT_LIMITS.get(text.lower())
    if named is not None:
        return named
    if (zone := _ZONE.fullmatch(text)) is not None:
        return _bounded(float(zone[1]))
    if (speed := _SPEED.fullmatch(text)) is not None:
        return _bounded(float(speed[1]) * (_MPH if (speed[2] or "").lower() == "mph" else 1.0))
    return None


def _bounded(kmh: float) -> float | None:
    return round(kmh, 1) if 1 <= kmh <= 300 else None


def permissions(tags: Mapping[str, str]) -> tuple[Permission, Permission]:
    """
    Return what a way allows along its line and against it.

    Args:
        tags: All tags of the way.

    Source:
        OpenStreetMap Wiki: Key:access, OSM tags for routing/Access restrictions, Key:oneway, Key:cycleway, Key:maxspeed.
    """
    street = CLASSES.get(tags.get("highway", ""))
    if street is None:
        return NOBODY, NOBODY
    along = {
        mode: _directions(mode, street, tags) if _may_use(mode, street, tags) else (False, False) for mode in "wbc"
    }

    def side(position: int, limit_key: str) -> Permission:
        walk, bike, car = (along[mode][position] for mode in "wbc")
        return Permission(walk, bike, car, _kmh(tags, limit_key, street) if car else 0.0)

    return side(0, "maxspeed:forward"), side(1, "maxspeed:backward")


def _may_use(mode: str, street: StreetClass, tags: Mapping[str, str]) -> bool:
    if tags["highway"] in _WALK_ONLY and mode != "w":
        return False
    own, general = _ACCESS[mode]
    for key in own:
        value = tags.get(key)
        if value in _OPEN or value in _CLOSED:
            return value in _OPEN
    for key in general:
        value = tags.get(key)
        if value in _OPEN or value in _CLOSED:
            if value in _CLOSED:
                return False
            break
    if mode != "c" and tags.get("motorroad") == "yes":
        return False
    return mode in street.modes


def _directions(mode: str, street: StreetClass, tags: Mapping[str, str]) -> tuple[bool, bool]:
    """Return whether the mode may go along the line and against it."""
    for key in _ONEWAY[mode]:
        value = tags.get(key)
        if mode == "b" and key == "oneway" and _has_contraflow(tags):
            return True, True
        if value in _FORWARD:
            return True, False
        if value in _BACKWARD:
            return False, True
        if value in _BOTH:
            return True, True
        if value in _NEITHER:
            return False, False
    implied = mode != "w" and (street.oneway or tags.get("junction") in _ROUNDABOUTS)
    return True, not implied


def _has_contraflow(tags: Mapping[str, str]) -> bool:
    """Return whether bicycles may go against a one-way street."""
    return any(tags.get(key) in _CONTRAFLOW for key in _CYCLEWAYS) or any(
        tags.get(f"{key}:oneway") in _BACKWARD | _BOTH for key in _CYCLEWAYS
    )


def _kmh(tags: Mapping[str, str], limit_key: str, street: StreetClass) -> float:
    for key in (limit_key, "maxspeed"):
        limit = limit_kmh(tags[key]) if key in tags else None
        if limit is not None:
            return limit
    return street.kmh
