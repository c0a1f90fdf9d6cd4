# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Sentences as people say them in the first field, and what must be found in each."""

from __future__ import annotations

import pytest

from drehkreuz.model.core import core
from drehkreuz.region import Region
from drehkreuz_web.person.understand import Meaning, understand

SPOKEN = """
# what is said | taken for granted | asked at least
# without a title: a word for the place or the work
9 Jahre im Büro gearbeitet | | o-office-clerk o-industrial-clerk
Ich hab lange an der Kasse im Supermarkt gearbeitet | s-cash-register | o-cashier o-retail-salesperson
Im Lager war ich, und in der Produktion | | o-warehouse-worker o-warehouse-specialist o-production-helper
Hab nix gelernt. Immer über Leiharbeit in der Produktion | | o-production-helper
am Prüfstand gearbeitet | s-test-benches | o-test-bench-technician
Ich war auf dem Bau | | o-construction-helper
Bin in der Kita gewesen | | o-educator o-childcare-assistant
In der Küche und im Restaurant | | o-cook o-waiter
Ik heb tien jaar op kantoor gewerkt | | o-office-clerk
J'ai travaillé à l'usine | | o-production-helper
I worked in a warehouse for six years | | o-warehouse-worker
# a title, old or spoken
Ich bin gelernte Krankenschwester | o-nurse | o-nurse
Putzfrau, 12 Jahre | o-cleaner | o-cleaner
Klempner | o-plumber-heating | o-plumber-heating
Sprechstundenhilfe beim Zahnarzt | o-medical-assistant | o-medical-assistant
Ich war Kindergärtnerin | o-educator | o-educator
Conducteur de grue depuis 2010 | o-crane-operator s-operate-crane | o-crane-operator
kraandrijver | o-crane-operator | o-crane-operator
Je suis camionneur | o-truck-driver | o-truck-driver
Femme de ménage | o-cleaner | o-cleaner
Ik ben verpleegster | o-nurse | o-nurse
poetsvrouw in een school | o-cleaner | o-cleaner
I am a car mechanic | o-car-mechatronics-technician | o-car-mechatronics-technician
Schweißer bei einer Fremdfirma, 20 Jahre | o-welder | o-welder
Bandwärterin im Tagebau | o-belt-attendant | o-belt-attendant
Ich fahre seit 26 Jahren Schaufelradbagger im Tagebau | o-excavator-operator s-bucket-wheel-excavator | o-excavator-operator
Bin Mechatroniker, kann SPS | o-mechatronics-technician s-plc | q-mechatronics-technician
Ich war Bergmann | o-mining-technologist | o-mining-technologist
technicien de maintenance | o-industrial-mechanic | o-industrial-mechanic
Maler, 15 Jahre | o-painter | o-painter
# one name, several occupations: asked, not taken
Elektriker | | o-building-electrician o-plant-electrician o-industrial-electrician
Elektriker im Tagebau | | o-plant-electrician
Schlosser | | o-metal-worker o-industrial-mechanic
Schichtleiter | | o-shift-leader o-production-supervisor o-power-plant-shift-supervisor
Lokführer Werkbahn | | o-works-railway-driver o-train-driver
Hilfsarbeiter | | o-construction-helper o-production-helper o-warehouse-worker
# a thing, no title: an ability at most
Stapler | s-forklift-driving | o-forklift-operator
Gabelstapler fahren | s-forklift-driving | s-forklift-driving
Turbine | | o-turbine-mechanic s-steam-turbine s-turbine-overhaul
Stapler und Turbine | s-forklift-driving | o-forklift-operator o-turbine-mechanic
Ich hab im Lager Stapler gefahren | s-forklift-driving | o-forklift-operator o-warehouse-worker
heftruck rijden | s-forklift-driving | s-forklift-driving
# abilities by another name
Kann CAD und Excel | s-cad s-spreadsheets | s-cad
Regale eingeräumt, Pakete gepackt, Paletten mit der Ameise | s-stock-shelves s-pack-goods s-pallet-truck | s-pack-goods
Ablage und Termine gemacht | s-document-management s-appointments | s-appointments
Dienstpläne geschrieben | s-plan-shifts | s-plan-shifts
Ich bin bei der Freiwilligen Feuerwehr | | s-fight-fires s-first-aid
Störungen suchen | | s-mechanical-faults s-electrical-faults
Rechnungen schreiben | s-invoicing | s-invoicing
Ich mache die Übergabe | s-shift-handover | s-shift-handover
Ich hatte 14 Leute unter mir | s-lead-team | s-lead-team
Drei Kinder großgezogen | s-supervise-children | s-supervise-children
Hab meine Mutter gepflegt | s-basic-care | s-basic-care
mit SAP und DATEV | s-erp-software s-accounting-software | s-erp-software
vakkenvullen en kassa | s-stock-shelves s-cash-register | o-cashier
préparation de commandes avec le transpalette | s-order-picking s-pallet-truck | s-pallet-truck
Schweißen kann ich: MAG und WIG | s-mag-welding s-tig-welding | o-welder
Staplerschein | q-forklift | q-forklift
# nothing that could be an ability or an occupation
Arabisch spreche ich | |
My German is A2 | |
Ich möchte Erzieherin werden | |
Ich mag Katzen | |
"""

ROWS = [
    tuple(part.strip() for part in line.split("|")) for line in SPOKEN.splitlines() if line and not line.startswith("#")
]


@pytest.fixture(scope="module")
def region(village: Region) -> Region:
    """The village with all occupations and skills that the software knows, under the names people say."""
    return village.with_tables(core().tables())


def meanings(region: Region, text: str) -> list[Meaning]:
    return [meaning for phrase in understand(region, text) for meaning in phrase.meanings]


@pytest.mark.parametrize(("text", "taken", "asked"), ROWS)
def test_spoken(region: Region, text: str, taken: str, asked: str) -> None:
    """What a sentence says without doubt is taken, neither more nor less; what it may say is asked."""
    found = meanings(region, text)
    assert {each.concept_id for each in found if each.taken} == set(taken.split())
    assert {each.concept_id for each in found} >= set(asked.split())


def test_years_go_with_what_is_asked(region: Region) -> None:
    """The years told with a word for the place stand beside each occupation that it may mean."""
    asked = [each for each in meanings(region, "9 Jahre im Büro gearbeitet") if each.kind == "occupation"]
    assert {each.years for each in asked} == {9}
