# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""An employer's questions: where the workplace is, when the shifts are, and the firm's file or the counts made of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from drehkreuz.commuting import Rota
from drehkreuz.errors import InputError
from drehkreuz.region import Region, kept
from drehkreuz.sources.workforce import WorkforceFile
from drehkreuz_web.employer import people
from drehkreuz_web.employer.troubles import Trouble
from drehkreuz_web.house.fields import NumberField

LONGEST: Final = 2_000
"""Characters of the lines of shifts."""

LONGEST_PLACE: Final = 120

LONGEST_TABLE: Final = 900_000
"""Characters of the counts that a browser made of a file; a form is limited anyway."""

SHOWN: Final = 6
"""Places of the same name that a message lists."""

_POINT: Final = re.compile(r"\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;]\s*(-?\d{1,3}(?:\.\d+)?)\s*")

Place = str | tuple[float, float, str]
"""Id of a place of the region, or latitude, longitude and name of one that is none of them."""


class QuestionForm(forms.Form):
    """
    What an employer says.

    Args:
        region: Where places and cells are looked up.
        data: What was posted; None: the page asks.
        files: Files that were posted.
    """

    place = forms.CharField(label=_("Workplace"), max_length=LONGEST_PLACE)
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
        self._region = region
        self._rotas: dict[str, Rota] = {}
        self.troubles: list[Trouble] = []
        self.read: WorkforceFile | None = None
        super().__init__(data, files, use_required_attribute=False)
        self.fields["place"].widget.attrs |= {"list": "places", "autocomplete": "off"}
        self.fields["table"].widget.attrs["id"] = "table"
        for name in ("place", "shifts", "ticket_share", "file"):
            self.fields[name].widget.attrs["class"] = "kern-form-input__input"

    def clean_place(self) -> Place:
        """Return the place that a name, an id or coordinates mean."""
        text = self.cleaned_data["place"].strip()
        if point := _POINT.fullmatch(text):
            return float(point[1]), float(point[2]), text
        meant = known_places(self._region).get(text.casefold(), [])
        if len(meant) > 1:
            message = _("Several places are called so. Write the short name of one of them: %(ids)s.")
            shown = ", ".join(str(place) for place in meant[:SHOWN] if isinstance(place, str))
            raise ValidationError(message, code="several", params={"ids": shown})
        if not meant:
            raise ValidationError(
                _(
                    "This place is not known here. Choose one of the list, or write latitude and longitude: 50.84, 6.33."
                ),
                code="unknown",
            )
        return meant[0]

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


@kept
def known_places(region: Region) -> dict[str, list[Place]]:
    """Return what each name or id in small letters means: places, and where no place is called so the middle of a cell."""
    found: dict[str, list[Place]] = {}
    zones = region.table("zones").select("zone_id", "name", "lat", "lon")
    for id_, name, lat, lon in zones.iter_rows():
        for called in {id_, name or id_}:
            found[called.casefold()] = [(lat, lon, name or id_)]
    places: dict[str, list[Place]] = {}
    for id_, name in region.table("places").select("place_id", "name").iter_rows():
        places.setdefault((name or id_).casefold(), []).append(id_)
    return found | places | {id_.casefold(): [id_] for id_ in region.table("places")["place_id"]}


@kept
def workplaces(region: Region) -> list[str]:
    """Return the names of the region's workplaces, each once."""
    return region.table("places").filter(kind="workplace")["name"].drop_nulls().unique().sort().to_list()
