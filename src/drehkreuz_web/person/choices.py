# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What can be chosen on the pages of questions: the values of the case file and what people read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Choices = list[tuple[str, str | Promise]]

LICENCES: Final[Choices] = [
    ("B", _("car (B)")),
    ("C1", _("lorry up to 7.5 t (C1)")),
    ("C", _("lorry (C)")),
    ("CE", _("lorry with trailer (CE)")),
    ("D", _("bus (D)")),
    ("T", _("tractor (T)")),
]
WEEKDAYS: Final[Choices] = [
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
    ("6", _("Sunday")),
]
STATUSES: Final[Choices] = [
    ("employed", _("employed, full time")),
    ("part_time", _("employed, part time")),
    ("unemployed", _("unemployed")),
    ("inactive", _("at home, for example with children or caring for relatives")),
    ("student", _("studying")),
    ("apprentice", _("in an apprenticeship")),
    ("self_employed", _("self-employed")),
]
EMPLOYERS: Final[Choices] = [
    ("other", _("no")),
    ("lignite_operator", _("yes, at the operator of a mine or power station")),
    ("contractor", _("yes, at a contractor that works there")),
    ("supplier", _("yes, at a supplier")),
]
SCHOOLING: Final[Choices] = [
    ("1", _("no certificate")),
    ("2", _("school leaving certificate, 9 or 10 years")),
    ("3", _("university entrance certificate, or a two-year apprenticeship")),
    ("4", _("apprenticeship of three years or more")),
    ("5", _("short higher education, for example certified specialist")),
    ("6", _("Meister, Techniker or bachelor's degree")),
    ("7", _("master's degree, Diplom, Staatsexamen")),
    ("8", _("doctorate")),
]
HERE: Final = "DE"
"""Country of an award unless said otherwise."""

COUNTRIES: Final[Choices] = [
    (HERE, _("Germany")),
    ("NL", _("the Netherlands")),
    ("BE", _("Belgium")),
    ("EU", _("another country of the EU or EEA, or Switzerland")),
    ("ZZ", _("another country")),
]
"""Where an award may be from."""
LEVELS: Final[Choices] = [
    ("", _("none")),
    ("A1", _("A1: single words")),
    ("A2", _("A2: simple sentences")),
    ("B1", _("B1: everyday life")),
    ("B2", _("B2: work, fluent")),
    ("C1", _("C1: very good")),
    ("C2", _("C2: like a first language")),
    ("native", _("first language")),
]
LANGUAGES: Final[dict[str, _StrPromise]] = {
    "de": _("German"),
    "en": _("English"),
    "nl": _("Dutch"),
    "fr": _("French"),
}
