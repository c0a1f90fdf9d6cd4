# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Who runs this site, from the file that DREHKREUZ_OPERATOR names."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from drehkreuz.errors import Finding, InputError, did_you_mean

FIELDS: Final = {
    "name": _("name of the organisation"),
    "street": _("street and number"),
    "town": _("postcode and town"),
    "represented_by": _("who represents the organisation"),
    "email": _("e-mail address"),
    "phone": _("telephone number"),
    "register": _("register and number, if there are any"),
    "vat_id": _("VAT identification number, if there is one"),
    "responsible_for_content": _("who answers for the content"),
    "data_protection_officer": _("data protection officer and how to reach them"),
    "legal_basis": _("legal basis of the processing"),
    "hosting": _("who runs the computers, and where they stand"),
    "supervisory_authority": _("supervisory authority for data protection"),
    "accessibility_contact": _("whom to tell about obstacles"),
    "enforcement_body": _("enforcement body for accessibility"),
    "assessed_on": _("day of the last assessment"),
}
"""What the legal pages say of who runs the site."""


@cache
def operator() -> dict[str, str]:
    """
    Return the fields of the operator that are given.

    Raises:
        InputError: If the file cannot be read or has a field that no page shows.
    """
    where = settings.OPERATOR
    if not where:
        return {}
    try:
        given = tomllib.loads(Path(where).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        remedy = 'Write a TOML file with lines such as name = "…".'
        raise InputError(Finding(where, "", "", "", f"cannot be read: {error}", remedy)) from error
    for name, value in given.items():
        if name not in FIELDS or not isinstance(value, str):
            problem = "is no field with a text" if name in FIELDS else "is shown on no page"
            remedy = f"Choose among {', '.join(FIELDS)}.{did_you_mean(name, list(FIELDS))}"
            raise InputError(Finding(where, "", name, "", problem, remedy))
    return {name: value.strip() for name, value in given.items() if value.strip()}
