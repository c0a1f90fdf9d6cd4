# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The questions of the person's way, a form for each page; each knows how its answers stand in the case file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, time
from typing import Any, ClassVar, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from drehkreuz.region import Region
from drehkreuz_web.house.fields import NumberField
from drehkreuz_web.person import homes
from drehkreuz_web.person.case import Case, Row
from drehkreuz_web.person.choices import EMPLOYERS, LANGUAGES, LEVELS, LICENCES, SCHOOLING, STATUSES, WEEKDAYS
from drehkreuz_web.person.matters import MATTERS, POSITIONS, USUAL, positions, with_positions

LONGEST_NAME: Final = 80
"""Characters of a place's name."""


CLASSES: Final = {
    "checkbox": "kern-form-check__checkbox",
    "radio": "kern-form-check__radio",
    "select": "kern-form-input__select",
    "range": "person-range",
}
"""Class of an input by its kind."""


class Questions(forms.Form):
    """
    One page of questions.

    Args:
        region: The region that places are looked up in.
        case: The answers so far.
        data: What was posted; None: the page shows what the case says.
    """

    title: ClassVar[Promise]
    lead: ClassVar[Promise]
    required_css_class = "required"

    def __init__(self, region: Region, case: Case, data: Mapping[str, Any] | None = None) -> None:
        self.region, self.case = region, case
        super().__init__(data, initial=self.shown(), use_required_attribute=False)
        self._dress()

    def _dress(self) -> None:
        """Give each input the class of its KERN component."""
        for field in self.fields.values():
            kind = getattr(field.widget, "input_type", "textarea")
            field.widget.attrs["class"] = CLASSES.get(kind, "kern-form-input__input")

    def shown(self) -> dict[str, Any]:
        """Return what the case says, by field."""
        return {}

    def answered(self) -> Case:
        """Return the case with this page's answers."""
        return self.case


class WayQuestions(Questions):
    """Where the person lives and how they get about."""

    title = _("Where you live and how you get about")
    lead = _("The name of the place is enough. Please do not write an address.")

    place = forms.CharField(
        label=_("Where do you live?"),
        help_text=_("Town, village or part of a town, for example: {example}"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Please write where you live: the name of the place is enough.")},
    )
    zone_id = forms.ChoiceField(label=_("Which of these do you mean?"), required=False, widget=forms.RadioSelect)
    car = forms.BooleanField(label=_("I have a car for the commute"), required=False)
    transit_pass = forms.BooleanField(label=_("I have a monthly pass for bus and train"), required=False)
    bike = forms.BooleanField(label=_("I ride a bicycle"), required=False)
    pedelec = forms.BooleanField(label=_("I have a pedelec (e-bike)"), required=False)
    bike_max_minutes = NumberField(
        label=_("How long would you ride at most, in one go?"), low=0, high=180, unit=_("minutes"), required=False
    )
    max_minutes = NumberField(
        label=_("How long may your commute take at most?"),
        help_text=_("From door to door, in one direction."),
        low=1,
        high=300,
        unit=_("minutes"),
        error_messages={"required": _("Please write how many minutes your commute may take.")},
    )
    licences = forms.MultipleChoiceField(
        label=_("Which driving licences do you have?"),
        choices=LICENCES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, region: Region, case: Case, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(region, case, data)
        places = homes.homes(region)
        example = places[len(places) // 2].label if places else ""
        self.fields["place"].help_text = str(self.fields["place"].help_text).format(example=example)
        found = self._found()
        self.fields["zone_id"].choices = [(home.zone_id, home.label) for home in found]  # type: ignore[attr-defined]  # a choice field
        if not found or (data is not None and homes.is_sure(found, data.get("place", ""))):
            self.fields["zone_id"].widget = forms.HiddenInput()

    def _found(self) -> list[homes.Home]:
        """Return the places that the written name may mean."""
        return homes.search(self.region, str(self.data.get("place", ""))[:LONGEST_NAME]) if self.is_bound else []

    def shown(self) -> dict[str, Any]:
        """Return what the case says, by field."""
        case = self.case
        return {
            "place": homes.label_of(self.region, case.get("zone_id")),
            "car": case.get("car", False),
            "transit_pass": case.get("transit_pass", False),
            "bike": case.get("bike", False),
            "pedelec": case.get("pedelec", False),
            "bike_max_minutes": case.get("bike_max_minutes", 20),
            "max_minutes": case.get("max_minutes", 45),
            "licences": [row.get("licence") for row in case.rows("licence")],
        }

    def clean(self) -> dict[str, Any]:
        """Find the place; a car is driven with a licence."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("place"):
            self._find(cleaned)
        if cleaned.get("car") and "B" not in cleaned.get("licences", []):
            self.add_error("licences", _("To drive a car you need licence B. Please tick it, or untick the car above."))
        return cleaned

    def _find(self, cleaned: dict[str, Any]) -> None:
        written, found = cleaned["place"], self._found()
        if homes.label_of(self.region, self.case.get("zone_id")) == written:
            cleaned["zone_id"] = self.case.get("zone_id")
        elif homes.is_sure(found, written):
            cleaned["zone_id"] = found[0].zone_id
        elif not found:
            message = _("We do not know this place. Please write the name of a place in the region, not a postcode.")
            self.add_error("place", message)
        elif not cleaned.get("zone_id"):
            self.add_error("zone_id", _("Several places are called like this. Please choose one."))

    def answered(self) -> Case:
        """Return the case with this page's answers."""
        said = self.cleaned_data
        offered = {licence for licence, _name in LICENCES}
        kept = [row for row in self.case.rows("licence") if row.get("licence") not in offered]
        held = {row.get("licence"): row for row in self.case.rows("licence")}
        return self.case.answered(
            zone_id=said["zone_id"],
            car=said["car"],
            transit_pass=said["transit_pass"],
            bike=said["bike"],
            pedelec=said["pedelec"],
            bike_max_minutes=said["bike_max_minutes"],
            max_minutes=said["max_minutes"],
            licence=[*(held.get(licence, {"licence": licence}) for licence in said["licences"]), *kept],
        )


class TimeQuestions(Questions):
    """When the person can work."""

    title = _("When you can work")
    lead = _("This is what shifts and opening hours of child care are compared with.")

    hours_min = NumberField(label=_("At least how many hours a week?"), low=0, high=60, unit=_("hours"), whole=False)
    hours_max = NumberField(label=_("At most how many hours a week?"), low=1, high=60, unit=_("hours"), whole=False)
    when = forms.ChoiceField(
        label=_("At what times can you work?"),
        choices=[
            ("any", _("at any time, shifts as well")),
            ("window", _("only on certain days, between two times")),
        ],
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(
        label=_("On which days?"), choices=WEEKDAYS, required=False, widget=forms.CheckboxSelectMultiple
    )
    earliest = forms.TimeField(
        label=_("Work begins at the earliest at"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    latest = forms.TimeField(
        label=_("Work ends at the latest at"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    care = forms.BooleanField(label=_("I take a child to care and fetch it"), required=False)
    care_opens = forms.TimeField(
        label=_("Care opens at"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    care_closes = forms.TimeField(
        label=_("Care closes at"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    available_from = forms.DateField(
        label=_("From when could you start?"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def shown(self) -> dict[str, Any]:
        """Return what the case says, by field; of several windows, the days of all and the times of most."""
        times, care = self.case.rows("time"), self.case.rows("care")
        starts = Counter(str(row.get("from", ""))[:5] for row in times).most_common(1)
        ends = Counter(str(row.get("to", ""))[:5] for row in times).most_common(1)
        return {
            "hours_min": self.case.get("hours_min", 15),
            "hours_max": self.case.get("hours_max", 40),
            "when": "window" if times else "any",
            "days": sorted({str(row.get("day")) for row in times}) if times else ["0", "1", "2", "3", "4"],
            "earliest": starts[0][0] if starts else "08:00",
            "latest": ends[0][0] if ends else "16:00",
            "care": bool(care),
            "care_opens": str(care[0].get("opens", ""))[:5] if care else "07:30",
            "care_closes": str(care[0].get("closes", ""))[:5] if care else "16:00",
            "available_from": self.case.get("available_from", self.region.manifest.day),
        }

    def clean(self) -> dict[str, Any]:
        """Ends come after beginnings."""
        cleaned = super().clean() or self.cleaned_data
        low, high = cleaned.get("hours_min"), cleaned.get("hours_max")
        if low is not None and high is not None and low > high:
            self.add_error("hours_max", _("This is less than the hours above. Please correct one of the two."))
        if cleaned.get("when") == "window":
            if not cleaned.get("days"):
                self.add_error("days", _("Please tick at least one day."))
            self._in_order(cleaned, "earliest", "latest")
        if cleaned.get("care"):
            self._in_order(cleaned, "care_opens", "care_closes")
        start, today = cleaned.get("available_from"), self.region.manifest.day
        if start and not date(today.year - 5, 1, 1) <= start <= date(today.year + 10, 1, 1):
            self.add_error("available_from", _("Please check the year."))
        return cleaned

    def _in_order(self, cleaned: dict[str, Any], first: str, second: str) -> None:
        for name in (first, second):
            if cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, _("Please write a time, for example 07:30."))
        if cleaned.get(first) and cleaned.get(second) and cleaned[second] <= cleaned[first]:
            self.add_error(second, _("This is not later than the time before it."))

    def answered(self) -> Case:
        """Return the case with this page's answers; windows that were not touched stay as they are."""
        said = self.cleaned_data
        touched = {"when", "days", "earliest", "latest"} & set(self.changed_data)
        return self.case.answered(
            hours_min=said["hours_min"],
            hours_max=said["hours_max"],
            time=_windows(said) if touched else self.case.rows("time"),
            care=self._children(said),
            available_from=said["available_from"],
        )

    def _children(self, said: Mapping[str, Any]) -> list[Row]:
        if not said["care"]:
            return []
        known = self.case.rows("care") or [{"child": 1}]
        return [{**child, "opens": said["care_opens"], "closes": said["care_closes"]} for child in known]


def _windows(said: Mapping[str, Any]) -> list[Row]:
    if said["when"] == "any":
        return []
    earliest: time = said["earliest"]
    return [{"day": int(day), "from": earliest, "to": said["latest"]} for day in sorted(said["days"])]


class LifeQuestions(Questions):
    """What the person does and earns today, what they speak and how they could learn."""

    title = _("Work, money, languages")
    lead = _("What you need is never shown to an employer.")

    employment_status = forms.ChoiceField(label=_("What do you do today?"), choices=STATUSES)
    employer_group = forms.ChoiceField(
        label=_("Do you work in lignite or for it?"),
        help_text=_("You then have rights that a resignation would cost. We say so before anything else."),
        choices=EMPLOYERS,
        widget=forms.RadioSelect,
    )
    closure_id = forms.ChoiceField(label=_("Which closure ends your post?"), required=False)
    coal_2019 = forms.ChoiceField(
        label=_("Did you work in coal on 30 September 2019?"),
        choices=[("", _("I do not know")), ("yes", _("yes")), ("no", _("no"))],
        required=False,
    )
    net_today_eur_month = NumberField(
        label=_("What is left to you today, net per month?"),
        help_text=_("With premiums for shifts. You may leave this empty."),
        low=0,
        high=100_000,
        unit="€",
        required=False,
    )
    net_need_eur_month = NumberField(
        label=_("What do you need net per month, after the commute?"),
        help_text=_("Rent, food, everything. Paths that leave less are not offered as open."),
        low=0,
        high=100_000,
        unit="€",
        error_messages={"required": _("Please write how much you need. An estimate is enough.")},
    )
    language_de = forms.ChoiceField(label=LANGUAGES["de"], choices=LEVELS, required=False)
    language_en = forms.ChoiceField(label=LANGUAGES["en"], choices=LEVELS, required=False)
    language_nl = forms.ChoiceField(label=LANGUAGES["nl"], choices=LEVELS, required=False)
    language_fr = forms.ChoiceField(label=LANGUAGES["fr"], choices=LEVELS, required=False)
    eqf = forms.ChoiceField(label=_("What is your highest certificate, wherever you got it?"), choices=SCHOOLING)
    learning_hours_max = NumberField(
        label=_("How many hours a week could you learn?"),
        help_text=_("40: a full-time course is possible. 10: in the evening."),
        low=0,
        high=60,
        unit=_("hours"),
        whole=False,
    )
    learning_fee_max_eur = NumberField(
        label=_("What could you pay yourself for a course, in all?"),
        help_text=_("Many courses are paid for. 0 is a good answer."),
        low=0,
        high=1_000_000,
        unit="€",
    )
    learning_online = forms.BooleanField(
        label=_("I can learn online (device, connection, a quiet place)"), required=False
    )
    birth_year = NumberField(
        label=_("Year of birth"),
        help_text=_("Only for rights that depend on age. It changes no order. You may leave this empty."),
        low=1900,
        high=2020,
        unit="",
        required=False,
    )

    def __init__(self, region: Region, case: Case, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(region, case, data)
        closures = region.table("projects").filter(kind="closure").unique("project_id").sort("label")
        known = list(closures.select("project_id", "label").iter_rows())
        self.fields["closure_id"].choices = [("", _("I do not know")), *known]  # type: ignore[attr-defined]  # a choice field

    def shown(self) -> dict[str, Any]:
        """Return what the case says, by field."""
        case, spoken = self.case, {row.get("language"): row for row in self.case.rows("language")}
        languages = {f"language_{code}": _level(spoken.get(code)) for code in LANGUAGES}
        if not spoken and "net_need_eur_month" not in case.values:
            languages["language_de"] = "native"  # until the page is answered; most people here speak it so
        return {
            "employment_status": case.get("employment_status", "employed"),
            "employer_group": case.get("employer_group", "other"),
            "closure_id": case.get("closure_id", ""),
            "coal_2019": {True: "yes", False: "no"}.get(case.get("employed_on_2019_09_30"), ""),
            "net_today_eur_month": case.get("net_today_eur_month"),
            "net_need_eur_month": case.get("net_need_eur_month"),
            **languages,
            "eqf": str(case.get("eqf", 4)),
            "learning_hours_max": case.get("learning_hours_max", 40),
            "learning_fee_max_eur": case.get("learning_fee_max_eur", 0),
            "learning_online": case.get("learning_online", True),
            "birth_year": case.get("birth_year_from"),
        }

    def clean(self) -> dict[str, Any]:
        """Nobody has worked longer than since they were fourteen."""
        cleaned = super().clean() or self.cleaned_data
        born, day = cleaned.get("birth_year"), self.region.manifest.day
        years = [float(row.get("years", 0)) for row in self.case.rows("occupation")]
        if born and years and max(years) > day.year - born - 14:
            self.add_error("birth_year", _("This does not go with the years in your occupation. Please check both."))
        return cleaned

    def answered(self) -> Case:
        """Return the case with this page's answers."""
        said = self.cleaned_data
        known = {row.get("language"): row for row in self.case.rows("language")}
        spoken = [
            known[code]
            if _level(known.get(code)) == said[f"language_{code}"]
            else _language(code, said[f"language_{code}"])
            for code in LANGUAGES
            if said[f"language_{code}"]
        ]
        others = [row for code, row in known.items() if code not in LANGUAGES]
        born = said["birth_year"]
        band = {} if born == self.case.get("birth_year_from") else {"birth_year_from": born, "birth_year_to": born}
        return self.case.answered(
            employment_status=said["employment_status"],
            employer_group=said["employer_group"],
            closure_id=said["closure_id"] or None,
            employed_on_2019_09_30={"yes": True, "no": False}.get(said["coal_2019"]),
            net_today_eur_month=said["net_today_eur_month"],
            net_need_eur_month=said["net_need_eur_month"],
            language=[*spoken, *others],
            eqf=int(said["eqf"]),
            learning_hours_max=said["learning_hours_max"],
            learning_fee_max_eur=said["learning_fee_max_eur"],
            learning_online=said["learning_online"],
            **band,
        )


def _level(row: Row | None) -> str:
    """Return the choice that stands for an entry of the case."""
    if row is None:
        return ""
    return "native" if row.get("cefr") == "C2" and row.get("certified") is True else str(row.get("cefr", ""))


def _language(code: str, level: str) -> Row:
    return {
        "language": code,
        "cefr": "C2" if level == "native" else level,
        "certified": level == "native",
    }


class MatterQuestions(Questions):
    """What matters to the person: sliders that order the paths."""

    title = _("What matters to you")
    lead = _("This orders the paths; it hides none. You can change it beside the result at any time.")
    positions = POSITIONS

    def __init__(self, region: Region, case: Case, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(region, case, data)
        for matter in MATTERS:
            self.fields[matter.name] = forms.TypedChoiceField(
                label=matter.label,
                choices=list(enumerate(POSITIONS)),
                coerce=int,
                required=False,
                widget=forms.NumberInput({"type": "range", "min": 0, "max": len(POSITIONS) - 1, "step": 1}),
            )
        self._dress()

    def shown(self) -> dict[str, Any]:
        """Return the positions that the case's weights stand for."""
        return dict(positions(self.case))

    def answered(self) -> Case:
        """Return the case with the weights that the sliders stand for."""
        said = {matter.name: self.cleaned_data[matter.name] for matter in MATTERS}
        return with_positions(self.case, {name: USUAL if place == "" else place for name, place in said.items()})
