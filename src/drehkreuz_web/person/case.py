# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A person's answers as they go from page to page: the text of their case file, held by nobody but their browser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import tomli_w

from drehkreuz.errors import Finding, InputError
from drehkreuz.matching.utility import UtilityWeights
from drehkreuz.region import Region
from drehkreuz.sources.person import Person, person_of
from drehkreuz.sources.settings import parse_settings
from drehkreuz.sources.weights import read_weights

LONGEST: Final = 65_536
"""Characters of a case file that is read; a full one has about 3,000."""

NAME: Final = "drehkreuz.toml"
"""Name of the case file, in findings and for download."""

AHEAD: Final = "months_ahead"
"""The weight that is no matter of taste: how many months are looked ahead."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """
    What a person has answered so far; keys and sections as in `drehkreuz.sources.person`.

    Attributes:
        values: Plain values of TOML.
    """

    values: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> Case:
        """
        Read a case file, complete or not.

        Raises:
            InputError: If it is too long or no TOML.
        """
        if len(text) > LONGEST:
            problem = f"has more than {LONGEST:,} characters"
            raise InputError(Finding(NAME, "", "", "", problem, "Open a case file that was saved here."))
        return cls(dict(parse_settings(text, NAME).values))

    @cached_property
    def toml(self) -> str:
        """The case file."""
        return tomli_w.dumps(self.values)

    def get(self, key: str, default: object = None) -> Any:  # noqa: ANN401  # any value of TOML
        """Return the answer to one question."""
        return self.values.get(key, default)

    @property
    def text(self) -> str:
        """What a case file says in words that nobody has confirmed yet."""
        text = self.values.get("text", "")
        return text if isinstance(text, str) else ""

    def rows(self, section: str) -> list[Row]:
        """Return the entries of a section such as `occupation`; what is no list of sections counts as none."""
        entries = self.values.get(section, [])
        return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []

    def answered(self, **answers: object) -> Case:
        """Return the case with some answers set; None and an empty section take one away."""
        values = {**self.values, **answers}
        return Case({key: value for key, value in values.items() if value is not None and value != []})

    @property
    def weights(self) -> UtilityWeights:
        """
        What counts for the person, and how much.

        Raises:
            InputError: If a weight is unknown or not allowed.
        """
        findings: list[Finding] = []
        weights = read_weights(parse_settings(self.toml, NAME), findings)
        if findings:
            raise InputError(*findings)
        return weights

    @property
    def apart_from_weights(self) -> Case:
        """The case without what matters to the person; how far they look ahead stays, their posts' worth stands on it."""
        own = self.values.get("weights")
        ahead = own.get(AHEAD) if isinstance(own, Mapping) else None
        return self.answered(weights=None if ahead is None else {AHEAD: ahead})

    def person(self, region: Region, *, label: str) -> Person:
        """
        Return the person behind the answers.

        Raises:
            InputError: If an answer is missing, unknown in the region or not allowed; carries every finding.
        """
        return person_of(parse_settings(self.toml, NAME), region, label=label)
