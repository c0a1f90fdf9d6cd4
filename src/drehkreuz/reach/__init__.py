# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Who gets where for which shift, by which means, there and back."""

from drehkreuz.reach.commutes import Minutes, minutes
from drehkreuz.reach.itinerary import Itinerary, Leg, itinerary
from drehkreuz.reach.modes import CANNOT, Chain, DayType, Mode
from drehkreuz.reach.parameters import PARAMETERS, Parameters
from drehkreuz.reach.person import ReachReason, VacancyCommutes, chosen_chains, vacancy_commutes
from drehkreuz.reach.service_day import service_dates
from drehkreuz.reach.sessions import SessionCommutes, session_commutes
from drehkreuz.reach.tariffs import Tariff, Tariffs, tariffs
from drehkreuz.reach.triples import Triples, triples

__all__ = [
    "CANNOT",
    "PARAMETERS",
    "Chain",
    "DayType",
    "Itinerary",
    "Leg",
    "Minutes",
    "Mode",
    "Parameters",
    "ReachReason",
    "SessionCommutes",
    "Tariff",
    "Tariffs",
    "Triples",
    "VacancyCommutes",
    "chosen_chains",
    "itinerary",
    "minutes",
    "service_dates",
    "session_commutes",
    "tariffs",
    "triples",
    "vacancy_commutes",
]
