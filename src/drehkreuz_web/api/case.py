# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A person's case as JSON: the same keys as the case file, their types and limits from the schema of the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, create_model
from pydantic_core import CoreSchema, core_schema

from drehkreuz.errors import Finding
from drehkreuz.matching.utility import UtilityWeights
from drehkreuz.region import TABLES, Column, Region
from drehkreuz.sources.person import LONGEST_TEXT, OWN_KEYS, SECTIONS, UNASKED, Person, person_of
from drehkreuz.sources.settings import Section
from drehkreuz.sources.values import INT32_MAX
from drehkreuz.sources.weights import HEADING as WEIGHTS
from drehkreuz.sources.weights import MOST as LARGEST_WEIGHT
from drehkreuz_web.person.case import Case

MOST_ENTRIES: Final = 200
"""Entries of a section; a long working life has some dozens."""

CLOCK: Final = r"^(?:(?:[0-3]?[0-9]|4[0-7]):[0-5][0-9]|48:00)$"
DAY: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
WORD: Final = r"\S"
"""A text is not blank."""


def _plain(schema: dict[str, Any]) -> None:
    """Take out of a JSON schema what says nothing: titles made from names, and that nothing is said by default."""
    for about in schema["properties"].values():
        about.pop("title", None)
        if about.get("default", "") is None:
            del about["default"]


STRICT: Final = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False, json_schema_extra=_plain)


def _whole(value: object) -> object:
    """Return a number without decimals as whole: to JSON 45.0 is the same number as 45."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


WHOLE: Final = BeforeValidator(_whole)

PLAIN: Final[dict[str, Any]] = {
    "bool": bool,
    "date": Annotated[str, Field(pattern=DAY, json_schema_extra={"format": "date"})],
    "clock": Annotated[str, Field(pattern=CLOCK)],
}
"""Types that no column narrows."""

DOCS: Final = {
    "label": "Who it is, in words; repeated in the answer, never stored.",
    "text": "What the person can do, in words: the occupation that the words mean most likely counts as held.",
}


@dataclass(frozen=True, slots=True)
class JsonCase(Case):
    """A case that came as JSON; its findings know their place there (`pointer`)."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read what the generated model allows."""
        return core_schema.no_info_after_validator_function(_case_of, handler(MODEL))

    def person(self, region: Region, *, label: str) -> Person:
        """
        Return the person behind the answers.

        Raises:
            InputError: If an answer is unknown in the region or answers do not go together; carries every finding.
        """
        lines = {place: {"": number} for number, place in enumerate(_places(self.values))}
        return person_of(Section("", "", 0, self.values, lines), region, label=label)

    def pointer(self, finding: Finding) -> str:
        """Return the JSON pointer (RFC 6901, as a fragment) of what a finding of `person` is about."""
        heading, number = _places(self.values)[int(finding.row)]
        entries = isinstance(self.values.get(heading), list)
        parts = ["#", *([heading] if heading else []), *([str(number)] if entries else []), finding.column]
        return "/".join(part for part in parts if part)


def _case_of(model: BaseModel) -> JsonCase:
    return JsonCase(model.model_dump(exclude_unset=True, by_alias=True))


def _places(values: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Return the sections of a case, the top first: heading and number."""
    entries = [(key, n) for key, value in values.items() if isinstance(value, list) for n in range(len(value))]
    return [("", 0), *entries, *((key, 0) for key, value in values.items() if isinstance(value, dict))]


def _model(name: str, doc: str, keys: Mapping[str, Any]) -> type[BaseModel]:
    made: type[BaseModel] = create_model(name, __config__=STRICT, __doc__=doc, **keys)
    return made


def _key(column: Column) -> tuple[Any, Any]:
    """Return type and default of a key, as the column of its table says."""
    said = f"{column.doc} In {column.unit}." if column.unit else column.doc
    unsaid = ... if column.required and column.default is None else column.default
    return Annotated[_type(column), Field(description=said)], unsaid


def _type(column: Column) -> Any:  # noqa: ANN401  # a type
    if column.allowed is not None:
        return Annotated[Literal[column.allowed], WHOLE]
    if column.type == "int":
        low, high = column.min, column.max
        limits = Field(ge=-INT32_MAX if low is None else low, le=INT32_MAX if high is None else high)
        return Annotated[int, limits, WHOLE]
    if column.type in PLAIN:
        return PLAIN[column.type]
    if column.type == "float":
        return Annotated[float, Field(ge=column.min, le=column.max)]
    return Annotated[str, Field(max_length=LONGEST_TEXT, pattern=f"^{column.pattern}$" if column.pattern else WORD)]


def _columns(table: str) -> dict[str, Any]:
    return {name: _key(column) for name, column in TABLES[table].columns.items() if name not in UNASKED}


def _section(table: str) -> Any:  # noqa: ANN401  # a field
    name = "".join(part.capitalize() for part in table.split("_"))
    entry: Any = _model(name, TABLES[table].doc, _columns(table))
    return Annotated[list[entry], Field(description=TABLES[table].doc, max_length=MOST_ENTRIES)], []


def _weights() -> Any:  # noqa: ANN401  # a field
    number: Any = Annotated[float, Field(ge=-LARGEST_WEIGHT, le=LARGEST_WEIGHT)]
    assumed = UtilityWeights()
    keys: dict[str, Any] = {}
    for field in fields(assumed):
        value = getattr(assumed, field.name)
        several = Annotated[list[number], Field(min_length=3, max_length=3)]
        keys[field.name] = (several, list(value)) if isinstance(value, tuple) else (number, value)
    doc = "What counts for the person, in EUR a month; what is left out counts as assumed."
    return Annotated[_model("Weights", doc, keys), Field(description=doc)], None


def _case_model() -> type[BaseModel]:
    own = {
        key: (Annotated[str, Field(description=DOCS[key], max_length=LONGEST_TEXT, pattern=WORD)], None)
        for key in OWN_KEYS
    }
    sections = {heading: _section(table) for heading, table in SECTIONS.items()}
    doc = "A person's case: what they can do, where they live, when they can work and what they need."
    return _model("Case", doc, {**own, **_columns("people"), **sections, WEIGHTS: _weights()})


MODEL: Final = _case_model()
"""The generated model; OpenAPI shows it."""
