# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What one station costs a year, with its vehicles and places."""

from __future__ import annotations

from drehkreuz.planning.sharing.assumed import ASSUMED, Band, SharingParameters


def station_cost(vehicles: int, places: int, assumed: SharingParameters = ASSUMED) -> Band:
    """
    Return EUR a year, overhead included; vehicles brought back at night and income are not of one station and left out.

    Args:
        vehicles: That belong to the station.
        places: Of the station.
        assumed: What is assumed.
    """
    low, mid, high = (
        (getattr(assumed.vehicle_eur_year, name) * vehicles)
        + getattr(assumed.station_eur_year, name)
        + getattr(assumed.place_eur_year, name) * places
        for name in ("low", "mid", "high")
    )
    return Band(*(round(value * (1 + assumed.overhead), 2) for value in (low, mid, high)))
