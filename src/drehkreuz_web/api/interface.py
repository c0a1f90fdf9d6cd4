# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The interface for programs: its operations, how it reads, how it writes, and its description."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from drehkreuz_web.api.parser import StrictParser
from drehkreuz_web.api.problems import told
from drehkreuz_web.api.views import router
from drehkreuz_web.house.problem import MEDIA_TYPE

VERSION: Final = "1.0"

ABOUT: Final = (
    "Which work a person can do, can learn and can reach in a region, and what keeps people and work apart. "
    "Nothing that is sent is stored. Labels come in the language of the header Accept-Language: German or English. "
    "Faults are told as application/problem+json (RFC 9457). "
    "Within version 1 members may be added to an answer, never taken away or given another meaning."
)


class Renderer(JSONRenderer):
    """Writes letters as they are."""

    json_dumps_params: Mapping[str, Any] = MappingProxyType({"ensure_ascii": False})


class Interface(NinjaAPI):
    """Answers every fault of a request with a problem; the house answers faults of the software."""

    def on_exception(self, _request: HttpRequest, exc: Exception | type[Exception]) -> HttpResponse:
        """
        Answer a fault.

        Raises:
            Exception: The fault, where it is the software's.
        """
        response = told(exc)
        if response is None:
            raise exc
        return response


interface: Final = Interface(
    title="Drehkreuz",
    version=VERSION,
    description=ABOUT,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    parser=StrictParser(),
    renderer=Renderer(),
)
interface.add_router("", router)


def description(prefix: str) -> dict[str, Any]:
    """
    Return the description of the interface, OpenAPI 3.1.

    Args:
        prefix: Address of the operations.
    """
    schema: dict[str, Any] = interface.get_openapi_schema(path_prefix=prefix)
    for operations in schema["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if status >= 400:
                    response["content"] = {MEDIA_TYPE: response["content"].pop("application/json")}
    return schema
