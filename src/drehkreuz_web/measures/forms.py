# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A measure's questions: a field for each parameter of its kind, and what every measure has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from drehkreuz.measures import Kind, Parameter
from drehkreuz.region import TABLES, Region, kept
from drehkreuz.reports.measure import unit_named
from drehkreuz.reports.words import Words
from drehkreuz_web.house.fields import NumberField

NAME_OF: Final = {
    "courses": "title", "municipalities": "name", "occupations": "", "places": "name", "qualifications": "label_de",
    "routes": "name", "shift_systems": "label_de", "skills": "", "stops": "name", "zones": "name", "vacancies": "title",
}  # fmt: skip
"""Column that names a row for people; empty: its label in the taxonomy."""

CLASSES: Final = {
    "checkbox": "kern-form-check__checkbox",
    "select": "kern-form-input__select",
}
"""Class of an input by its kind."""

LONGEST: Final = 2_000
"""Characters of an answer."""

FURTHEST: Final = 1_000_000_000.0
"""Limit of a number that has none."""

CHOICES: Final[dict[str, str | Promise]] = {
    "weekday": _("Monday to Friday"), "saturday": _("Saturday"), "sunday": _("Sunday"),
    "de": _("German"), "fr": _("French"), "nl": _("Dutch"), "en": _("English"),
    "daytime": _("by day"), "evening": _("in the evening"), "weekend": _("at the weekend"), "block": _("in blocks"),
    "online": _("online"), "hybrid": _("partly online"), "part_time": _("part time"),
    "bike": _("bicycle"), "pedelec": _("pedelec"),
    "employed": _("employed, full time"), "unemployed": _("unemployed"), "self_employed": _("self-employed"),
    "student": _("studying"), "apprentice": _("in an apprenticeship"), "inactive": _("at home"),
    "transit_single": _("single ticket"), "transit_month": _("monthly ticket"), "transit_job_ticket_month": _("job ticket"),
    "none": _("not at all"), "applied": _("applied for"), "partial": _("in part"), "full": _("in full"),
}  # fmt: skip
"""Values that a person should not read as they stand in a file; levels and licence classes are read as they stand."""


class RowsField(forms.CharField):
    """
    Rows of a table by name or id: one, or one a line.

    Args:
        region: The region.
        table: The table.
        many: Whether there may be several.
    """

    def __init__(self, region: Region, table: str, *, many: bool, **options: Any) -> None:  # noqa: ANN401  # Django's
        self.region, self.table, self.many = region, table, many
        widget = forms.Textarea(attrs={"rows": 4}) if many else forms.TextInput()
        super().__init__(widget=widget, max_length=LONGEST, **options)

    def to_python(self, value: Any) -> Any:  # noqa: ANN401  # ids, not text
        """Return the id, or the ids in their order; None where nothing is written."""
        text = super().to_python(value) or ""
        asked = [line.strip() for line in text.splitlines() if line.strip()]
        if not asked:
            return None
        found = [self._id(name) for name in (asked if self.many else asked[:1])]
        return found if self.many else found[0]

    def _id(self, name: str) -> str:
        ids = _names(self.region, self.table)
        meant = ids.get(name) or ids.get(name.casefold(), [])
        if len(meant) == 1:
            return meant[0]
        if meant:
            message = _("%(name)s is the name of several. Write the short name of one of them: %(ids)s.")
            raise ValidationError(message, code="several", params={"name": name, "ids": ", ".join(meant[:8])})
        near = get_close_matches(name.casefold(), ids, n=3)
        if near:
            message = _("%(name)s is not known here. Do you mean one of these: %(near)s?")
            raise ValidationError(message, code="unknown", params={"name": name, "near": ", ".join(near)})
        raise ValidationError(_("%(name)s is not known here."), code="unknown", params={"name": name})

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401  # Django's
        """Return ids one a line."""
        return "\n".join(value) if isinstance(value, list | tuple) else value


@kept
def _names(region: Region, table: str) -> dict[str, list[str]]:
    """Return the ids behind each id and each name in small letters."""
    ids = region.table(table)[TABLES[table].key[0]].to_list()
    named = NAME_OF[table]
    names: dict[str, list[str]] = {}
    if named:
        for id_, name in zip(ids, region.table(table)[named].to_list(), strict=True):
            names.setdefault((name or "").casefold(), []).append(id_)
    else:
        labels = region.table("labels").filter(preferred=True).select("concept_id", "label")
        known = set(ids)
        for id_, name in labels.iter_rows():
            if id_ in known and id_ not in names.setdefault(name.casefold(), []):
                names[name.casefold()].append(id_)
    return names | {id_: [id_] for id_ in ids}


class MeasureForm(forms.Form):
    """
    Questions about one measure.

    Args:
        region: Where rows are looked up.
        kind: The kind.
        words: The language.
        data: What was posted; None: the page asks.
    """

    start = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), localize=False
    )
    title = forms.CharField(
        label=_("Name of the measure, if it shall have one of its own"), required=False, max_length=120
    )

    def __init__(
        self, region: Region, kind: Kind, words: Words, data: Mapping[str, Any] | None = None, *, day: date
    ) -> None:
        self.kind = kind
        super().__init__(data, initial={"start": day}, use_required_attribute=False)
        if kind.uptake is not None:
            self.fields["ramp_months"] = NumberField(
                label=_("Until all take part who will"),
                low=0, high=120, unit=words("measure.unit_months"), required=False,
            )  # fmt: skip
        own = {parameter.name: _field(parameter, region, words) for parameter in kind.parameters}
        self.fields = {**own, **self.fields}
        for field in self.fields.values():
            input_type = getattr(field.widget, "input_type", "")
            field.widget.attrs["class"] = CLASSES.get(input_type, "kern-form-input__input")

    def values(self) -> dict[str, Any]:
        """Return what a scenario says: what was answered and is not as it would be anyway."""
        usual = {parameter.name: parameter.default for parameter in self.kind.parameters}
        told = {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [], 0)}
        told |= {
            name: value for name, value in self.cleaned_data.items() if value == 0 and usual.get(name) not in (0, None)
        }
        return {name: value for name, value in told.items() if value != usual.get(name)}


def _field(parameter: Parameter, region: Region, words: Words) -> forms.Field:
    """Return the field of a parameter."""
    common = {
        "label": parameter.doc.told(words.language).rstrip("."),
        "required": parameter.required,
        "initial": parameter.written or None,
    }
    if parameter.ref:
        return _of_rows(parameter, region, common)
    if parameter.type in {"int", "float"}:
        return _of_number(parameter, words, common)
    return _FIELDS[parameter.type](parameter, common)


Options = dict[str, Any]


def _of_rows(parameter: Parameter, region: Region, common: Options) -> forms.Field:
    many = parameter.type == "ids"
    hint = _("Names, one a line") if many else _("The name is enough")
    return RowsField(region, parameter.ref, many=many, **(common | {"initial": None, "help_text": hint}))


def _of_number(parameter: Parameter, words: Words, common: Options) -> forms.Field:
    low = -FURTHEST if parameter.min is None else parameter.min
    high = FURTHEST if parameter.max is None else parameter.max
    unit = unit_named(parameter, words).strip()
    return NumberField(low=low, high=high, unit=unit, whole=parameter.type == "int", **common)


def _of_choice(parameter: Parameter, common: Options) -> forms.Field:
    choices = [(value, CHOICES.get(value, value)) for value in parameter.allowed]
    return forms.ChoiceField(choices=choices, **(common | {"initial": parameter.default}))


def _of_choices(parameter: Parameter, common: Options) -> forms.Field:
    choices = [(value, CHOICES.get(value, value)) for value in parameter.allowed]
    usual = list(parameter.default) if isinstance(parameter.default, tuple) else None
    ticked = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(choices=choices, widget=ticked, **(common | {"initial": usual}))


def _of_truth(parameter: Parameter, common: Options) -> forms.Field:
    return forms.BooleanField(**(common | {"required": False, "initial": bool(parameter.default)}))


def _of_day(_parameter: Parameter, common: Options) -> forms.Field:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), localize=False, **common)


def _of_clock(_parameter: Parameter, common: Options) -> forms.Field:
    wrong = {"invalid": _("Please write a time such as 05:30.")}
    return forms.RegexField(r"^[0-4]?\d:[0-5]\d$", error_messages=wrong, **common)


def _of_text(_parameter: Parameter, common: Options) -> forms.Field:
    return forms.CharField(max_length=LONGEST, **common)


_FIELDS: Final[dict[str, Callable[[Parameter, Options], forms.Field]]] = {
    "choice": _of_choice,
    "choices": _of_choices,
    "bool": _of_truth,
    "date": _of_day,
    "clock": _of_clock,
    "text": _of_text,
}
"""By type of the parameter, where it is neither a row nor a number."""
