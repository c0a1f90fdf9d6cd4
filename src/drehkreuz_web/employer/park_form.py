# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A business park's questions: where it is, and the tables that its firms hand in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from drehkreuz.commuting import ASSUMED
from drehkreuz.errors import InputError
from drehkreuz.region import Region
from drehkreuz.sources.grid import Row, csv_grid
from drehkreuz.sources.park_part import part_of
from drehkreuz_web.employer.people import LONGEST_NAME, NAME
from drehkreuz_web.employer.place_form import PlaceForm
from drehkreuz_web.employer.troubles import Trouble

MOST_FIRMS: Final = 40
"""Tables that are read."""


class TablesInput(forms.FileInput):
    """Lets several files be chosen."""

    allow_multiple_selected = True


class TablesField(forms.FileField):
    """One file or more."""

    widget = TablesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:  # noqa: ANN401  # Django's
        """Return every file, each checked alone."""
        return [super(TablesField, self).clean(one, initial) for one in data or [None]]


class ParkForm(PlaceForm):
    """
    What a business park says.

    Args:
        region: Where places and areas are looked up.
        data: What was posted; None: the page asks.
        files: Files that were posted.
    """

    tables = TablesField(
        label=_("Tables of the firms (CSV)"),
        error_messages={"required": _("Please choose the tables that the firms handed in.")},
        allow_empty_file=True,
    )

    def __init__(
        self, region: Region, data: Mapping[str, Any] | None = None, files: MultiValueDict[str, Any] | None = None
    ) -> None:
        self.troubles: list[Trouble] = []
        self._parts: list[tuple[str, list[Row]]] = []
        super().__init__(region, data, files)

    def clean_tables(self) -> list[UploadedFile[Any]]:
        """Read the tables; each firm is called as its file is."""
        uploads: list[UploadedFile[Any]] = self.cleaned_data["tables"]
        firms = [Path(upload.name or "").stem[:LONGEST_NAME] for upload in uploads]
        if len(set(firms)) < len(firms):
            message = _("Two files bear the same name. Each firm is called as its file is: please rename one of them.")
            raise ValidationError(message, code="twice")
        if len(firms) > MOST_FIRMS:
            message = _("Please choose no more than %(most)s tables.")
            raise ValidationError(message, code="many", params={"most": MOST_FIRMS})
        for firm, upload in zip(firms, uploads, strict=True):
            self._read(firm, upload.read())
        return uploads

    def _read(self, firm: str, content: bytes) -> None:
        try:
            rows = list(csv_grid(content, NAME)[0])
            part_of(firm, NAME, iter(rows), self._region, ASSUMED.least_group)
        except InputError as error:
            self.troubles += [Trouble.of(finding, firm) for finding in error.findings]
        else:
            self._parts.append((firm, rows))

    def question(self) -> dict[str, Any]:
        """Return what is to be worked out; see `drehkreuz_web.employer.compute`."""
        return {"place": self.cleaned_data["place"], "parts": self._parts}
