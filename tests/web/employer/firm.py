# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A model firm's file in many spellings, for the tests of pages and for those in a browser."""

from __future__ import annotations

SHIFTS = "früh 06:00-14:00\nspät 14:00-22:00\nSamstag 08:00-16:00 Sa\nGruppe A = früh, spät\n"

STAFF = "\n".join(
    [
        "PLZ;Schicht;Verkehrsmittel;Anzahl;Tage",
        *(f"Z{cell:02d};früh;{'Auto' if cell % 4 else 'Fahrrad'};{cell % 3 + 1};5" for cell in range(1, 21)),
        "Z03;Gruppe A;öpnv;2;4,5",
        'Z03;"Gruppe A";ÖPNV;1;"4,5"',
        "Z05;09:00-17:30;;;",
    ]
)
"""Forty-five people of the village."""

POINTS = "lat,lon,shift,count\n50.873596,6.322883,06:00-14:00,6\n50.8741,6.3231,06:00-14:00,5\n"
"""Two points less than a hundredth of a degree apart."""
