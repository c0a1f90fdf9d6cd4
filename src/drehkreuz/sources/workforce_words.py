# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What headings and cells of a firm's file mean, and what gives away that a column points to people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from drehkreuz.commuting import MODES

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "where": ("where", "home", "zone", "zone_id", "cell", "cell_id", "cell_code", "grid", "grid_id", "gitter_id", "gitterzelle", "inspire_id", "zelle", "zelle_id", "zellen_id", "wohnort", "wo", "postcode", "zip", "plz", "postleitzahl"),
    "lat": ("lat", "latitude", "breite", "breitengrad"),
    "lon": ("lon", "lng", "longitude", "laenge", "laengengrad"),
    "shift": ("shift", "shift_name", "rota", "schicht", "schichtplan", "schichtmodell"),
    "mode": ("mode", "verkehrsmittel", "modus", "anreise"),
    "count": ("count", "people", "anzahl", "personen"),
    "days": ("days", "days_a_week", "days_per_week", "tage", "tage_pro_woche", "tage_je_woche", "praesenztage"),
}  # fmt: skip
"""Headings by column; case, umlauts and signs do not matter."""

PERSONAL: Final[Mapping[str, re.Pattern[str]]] = {
    "names": re.compile(r"(^|_)(vor|nach|zu|familien|ruf)?namen?(_|$)|(^|_)(first|last|sur|full|given|family)_?names?(_|$)|mitarbeiter|employee|person(_|$)|kolleg"),
    "e-mail addresses": re.compile(r"e?_?mail"),
    "telephone numbers": re.compile(r"tel(efon|_|$)|phone|mobil(nummer|_nr|e$)|handy"),
    "numbers of people": re.compile(r"personal|(^|_)(pers_?nr|pnr|staff|ausweis|badge|matrikel|iban|steuer|versicherung|svnr|tax|social|id|uuid)(_|$)|personen(nummer|_?nr)|versicherungs|sozialvers"),
    "birth dates or ages": re.compile(r"geb(urt|_|$)|birth|dob(_|$)|(^|_)(alter|age|jahrgang)(_|$)"),
    "addresses": re.compile(r"stra(ss|ß)e|street|adress|address|haus_?n|(^|_)str(_|$)"),
    "traits that no commute needs": re.compile(r"(^|_)(geschlecht|sex|gender|nationalit\w*|religion|konfession|krank\w*|behinder\w*|gehalt|lohn|salary|pay|abteilung|department)(_|$)"),
}  # fmt: skip
"""What folded headings give away."""

TELLTALE: Final[Mapping[str, re.Pattern[str]]] = {
    "e-mail addresses": re.compile(r"\S@\S"),
    "birth dates or ages": re.compile(r"\d{1,2}\.\d{1,2}\.(19|20)\d\d|(19|20)\d\d-\d\d-\d\d"),
}
"""What cells give away."""

MODE_NAMES: Final[Mapping[str, str]] = {
    **{mode.value: mode.value for mode in MODES},
    **dict.fromkeys(("fuss", "zu_fuss", "foot", "on_foot"), "walk"),
    **dict.fromkeys(("rad", "fahrrad", "bicycle", "cycle"), "bike"),
    **dict.fromkeys(("e_bike", "ebike", "elektrorad"), "pedelec"),
    **dict.fromkeys(("auto", "pkw", "kfz", "motorrad"), "car"),
    **dict.fromkeys(("fahrgemeinschaft", "mitfahrt", "mitfahrer", "mitfahrerin"), "carpool"),
    **dict.fromkeys(("oepnv", "opnv", "bus", "bahn", "zug", "bus_und_bahn", "bus_bahn", "pt", "public_transport", "train"), "transit"),
    **dict.fromkeys(("rad_und_bahn", "bike_and_ride"), "bike_transit"),
    **dict.fromkeys(("p_r", "p_und_r"), "park_and_ride"),
}  # fmt: skip
"""Ways of coming by what a cell may call them, folded."""
