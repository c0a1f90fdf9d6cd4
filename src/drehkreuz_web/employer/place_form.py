# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where the workplace is: what an employer's and a park's questions have in common."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from drehkreuz.region import Region, kept

LONGEST_PLACE: Final = 120

SHOWN: Final = 6
"""Places of the same name that a message lists."""

_POINT: Final = re.compile(r"\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;]\s*(-?\d{1,3}(?:\.\d+)?)\s*")

Place = str | tuple[float, float, str]
"""Id of a place of the region, or latitude, longitude and name of one that is none of them."""


class PlaceForm(forms.Form):
    """
    Asks for a workplace.

    Args:
        region: Where places and cells are looked up.
        data: What was posted; None: the page asks.
        files: Files that were posted.
    """

    place = forms.CharField(label=_("Workplace"), max_length=LONGEST_PLACE)

    def __init__(
        self, region: Region, data: Mapping[str, Any] | None = None, files: MultiValueDict[str, Any] | None = None
    ) -> None:
        self._region = region
        super().__init__(data, files, use_required_attribute=False)
        self.fields["place"].widget.attrs |= {"list": "places", "autocomplete": "off"}
        for field in self.fields.values():
            if not field.widget.is_hidden:
                field.widget.attrs["class"] = "kern-form-input__input"

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
