# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Finding a post by its id."""

from __future__ import annotations

from drehkreuz.errors import Finding, InputError, did_you_mean
from drehkreuz.region.region import Region


def known_post(region: Region, vacancy_id: str) -> int:
    """
    Return the row of a post in table `vacancies`.

    Raises:
        InputError: If the region has no such post.
    """
    ids = region.table("vacancies")["vacancy_id"].to_list()
    if vacancy_id not in ids:
        examples = f", such as {', '.join(ids[:3])}" if ids else "; it has none"
        remedy = f"Use one of the region's posts{examples}.{did_you_mean(vacancy_id, ids)}"
        raise InputError(Finding("--vacancy", "", "vacancy_id", vacancy_id, "is no post of the region", remedy))
    return ids.index(vacancy_id)
