# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The interface keeps what its description promises, whatever is sent: examples made from the description itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler
    from schemathesis.schemas import APIOperation, BaseSchema

OPERATIONS = (
    "POST paths",
    "GET occupations",
    "GET occupations/{occupation_id}",
    "GET places",
    "GET region",
    "GET barriers",
)
EXAMPLES = {GenerationMode.POSITIVE: 20, GenerationMode.NEGATIVE: 50}

TRIED = [
    (name, mode)
    for name in OPERATIONS
    for mode in EXAMPLES
    if mode == GenerationMode.POSITIVE
    or name in {"POST paths", "GET occupations", "GET places"}  # others take anything
]

KNOWN = {
    "occupation": ("o-welder", "o-excavator-operator"),
    "skill": ("s-mag-welding", "s-forklift-driving"),
    "qualification": ("q-forklift", "q-crane"),
}

ONLY_THE_REGION_KNOWS = [positive_data_acceptance]
"""Whether a place is in the region, and whether answers go together, cannot stand in a description."""


@pytest.fixture(scope="module")
def described(site: WSGIHandler, figures: None) -> BaseSchema:
    """The description, read as a program reads it, from a site that has its region's figures."""
    assert figures is None
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", site)


def operation_of(described: BaseSchema, name: str) -> APIOperation:
    method, path = name.split()
    return described[f"/api/v1/{path}"][method]


def test_every_operation_is_tried(described: BaseSchema) -> None:
    """No operation of the description is left out below."""
    found = {f"{op.ok().method.upper()} {op.ok().path}" for op in described.get_all_operations()}
    assert found == {name.replace(" ", " /api/v1/") for name in OPERATIONS}


def known_to_the_village(case: schemathesis.Case) -> None:
    """Put places and concepts of the village in the place of invented ones, so that a case is answered whole."""
    if isinstance(case.body, dict):
        case.body |= {"zone_id": "Z01", "available_from": "2026-12-01"}
        case.body.pop("closure_id", None)
        for heading, ids in KNOWN.items():
            for entry, id_ in zip(case.body.get(heading, []), ids, strict=False):
                entry[f"{heading}_id"] = id_


@pytest.mark.parametrize(("name", "mode"), TRIED, ids=lambda value: str(value).replace("/", "."))
def test_promises_are_kept(described: BaseSchema, name: str, mode: GenerationMode) -> None:
    """An operation answers what fits and refuses what does not, in the promised form, and never with a fault of its own."""

    @given(case=operation_of(described, name).as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES[mode],
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def check(case: schemathesis.Case) -> None:
        if mode == GenerationMode.POSITIVE:
            known_to_the_village(case)
        response = case.call_and_validate(excluded_checks=[] if name != "POST paths" else ONLY_THE_REGION_KNOWS)
        statuses.add(response.status_code)

    statuses: set[int] = set()
    check()
    assert statuses & ({200, 404} if mode == GenerationMode.POSITIVE else {400, 422})
