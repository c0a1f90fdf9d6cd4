# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""An employer's questions: when the shifts are, and the firm's file or the counts made of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from drehkreuz.commuting import Rota
from drehkreuz.errors import InputError
from drehkreuz.region import Region
from drehkreuz.sources.workforce import WorkforceFile
from drehkreuz_web.employer import people
from drehkreuz_web.employer.place_form import PlaceForm
from drehkreuz_web.employer.troubles import Trouble
from drehkreuz_web.house.fields import NumberField

LONGEST: Final = 2_000
"""Characters of the lines of shifts."""

LONGEST_TABLE: Final = 900_000
"""Characters of the counts that a browser made of a file; a form is limited anyway."""


class QuestionForm(PlaceForm):
    """
    What an employer says.

    Args:
        region: Where places and cells are looked up.
        data: What was posted; None: the page asks.
        files: Files that were posted.
    """

    shifts = forms.CharField(
        label=_("Shifts and rotas"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    ticket_share = NumberField(
        label=_("Share of the job ticket that the firm pays"), low=0, high=100, unit="%", initial=25
    )
    table = forms.CharField(required=False, max_length=LONGEST_TABLE, widget=forms.HiddenInput())
    file = forms.FileField(required=False, label=_("The firm's file (CSV)"), allow_empty_file=True)

    def __init__(
        self, region: Region, data: Mapping[str, Any] | None = None, files: MultiValueDict[str, Any] | None = None
    ) -> None:
        self._rotas: dict[str, Rota] = {}
        self.troubles: list[Trouble] = []
        self.read: WorkforceFile | None = None
        super().__init__(region, data, files)
        self.fields["table"].widget.attrs["id"] = "table"

    def clean_shifts(self) -> str:
        """Read the lines of shifts."""
        text: str = self.cleaned_data["shifts"]
        self._rotas, wrong = people.rotas(text, self._region)
        if wrong:
            raise ValidationError([ValidationError(line, code="line") for line in wrong])
        return text

    def clean(self) -> dict[str, Any]:
        """Read the firm's people: the counts that the browser made of the file, or the file."""
        upload, table = self.cleaned_data.get("file"), self.cleaned_data.get("table")
        content = table.encode() if table else upload.read() if upload else b""
        if not content:
            self.add_error("file", ValidationError(_("Please choose the firm's file."), code="required"))
        elif "shifts" not in self.errors:
            try:
                self.read = people.read(content, self._rotas, self._region)
            except InputError as error:
                self.troubles = [Trouble.of(finding) for finding in error.findings]
        return self.cleaned_data

    def question(self) -> dict[str, Any]:
        """Return what is to be worked out; see `drehkreuz_web.employer.compute`."""
        assert self.read is not None  # noqa: S101  # the form is valid
        return {
            "place": self.cleaned_data["place"],
            "ticket_share": self.cleaned_data["ticket_share"] / 100,
            "snapped": self.read.snapped,
            "notes": list(self.read.notes),
            "people": people.plain(self.read.staff),
        }
