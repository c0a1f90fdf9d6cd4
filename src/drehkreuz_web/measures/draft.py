# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A scenario as it goes from page to page: the text of its file, held by nobody but the visitor's browser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import tomli_w

from drehkreuz.errors import Finding, InputError
from drehkreuz.measures import Kind, every_kind
from drehkreuz.region import Region
from drehkreuz.sources.scenario import Scenario, scenario_of
from drehkreuz.sources.settings import parse_settings

LONGEST: Final = 65_536
"""Characters of a scenario that is read."""

NAME: Final = "scenario.toml"
"""Name of the scenario, in findings and for download."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """
    A scenario, finished or not.

    Attributes:
        title: What people read.
        measures: Sections `[[measure]]`, as TOML has them.
        text: Why, in a sentence or two.
    """

    title: str = ""
    measures: tuple[Row, ...] = ()
    text: str = ""

    @classmethod
    def read(cls, text: str) -> Draft:
        """
        Read a draft.

        Raises:
            InputError: If it is too long or no TOML.
        """
        if len(text) > LONGEST:
            problem = f"has more than {LONGEST:,} characters"
            raise InputError(Finding(NAME, "", "", "", problem, "Make two scenarios of it."))
        values = parse_settings(text, NAME).values
        title, why, sections = (values.get(key, empty) for key, empty in (("title", ""), ("text", ""), ("measure", [])))
        rows = tuple(row for row in sections if isinstance(row, dict)) if isinstance(sections, list) else ()
        return cls(title if isinstance(title, str) else "", rows, why if isinstance(why, str) else "")

    @property
    def toml(self) -> str:
        """The scenario's file; empty where nothing is said yet."""
        told = {"title": self.title, "text": self.text, "measure": list(self.measures)}
        return tomli_w.dumps({key: value for key, value in told.items() if value})

    def finished(self, region: Region, default_title: str) -> Scenario:
        """
        Return the scenario.

        Args:
            region: Where the ids that it names are looked up.
            default_title: Title of one that has none.

        Raises:
            InputError: If it cannot be worked out as it stands; carries every finding.
        """
        named = Draft(self.title or default_title, self.measures, self.text)
        return scenario_of(parse_settings(named.toml, NAME), region)

    def with_measure(self, kind: Kind, values: Mapping[str, Any]) -> Draft:
        """Return the draft with one measure more, under an id that is free."""
        taken = {str(row.get("id", "")) for row in self.measures}
        base = kind.name.replace("_", "-")
        free = next(name for n in range(1, len(taken) + 2) if (name := base if n == 1 else f"{base}-{n}") not in taken)
        return Draft(self.title, (*self.measures, {"kind": kind.name, "id": free, **values}), self.text)

    def without(self, id_: str) -> Draft:
        """Return the draft without a measure."""
        return Draft(self.title, tuple(row for row in self.measures if row.get("id") != id_), self.text)

    def listed(self, language: str) -> list[dict[str, Any]]:
        """Return the measures as a page shows them: id, name, first day, what is said about each."""
        return [_listed(row, language) for row in self.measures]


def _listed(row: Row, language: str) -> dict[str, Any]:
    kind = every_kind().get(str(row.get("kind", "")))
    told = {parameter.name: parameter for parameter in kind.parameters} if kind else {}
    said = [
        (told[name].doc.told(language), _shown(value), told[name].unit) for name, value in row.items() if name in told
    ]
    name = str(row.get("title") or "") or (kind.title.told(language) if kind else str(row.get("kind", "")))
    return {"id": row.get("id", ""), "kind": row.get("kind", ""), "name": name, "start": row.get("start"), "said": said}


def _shown(value: object) -> object:
    """Return a value as a page shows it."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return value if isinstance(value, bool | int | float | date) else str(value)
