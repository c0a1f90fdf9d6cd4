# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a legal page says of who runs the site, or what is to be filled in."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from drehkreuz_web.house.operator import FIELDS, operator

register = template.Library()


@register.simple_tag
def said(field: str) -> str | SafeString:
    """Return a field of the operator; marked, what is to be filled in, where it is missing."""
    if given := operator().get(field):
        return given
    return format_html("<mark>{}: {}</mark>", gettext("Please fill in"), FIELDS[field])
