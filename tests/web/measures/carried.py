# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a page on measures gives back in its forms."""

from __future__ import annotations

import html
import re

from django.http import HttpResponse

HIDDEN = re.compile(r'name="scenario" value="([^"]+)"')


def carried(response: HttpResponse) -> str:
    """Return the scenario that a page carries to the next."""
    found = HIDDEN.findall(response.content.decode())
    return html.unescape(found[-1]) if found else ""
