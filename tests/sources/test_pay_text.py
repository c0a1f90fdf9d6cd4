# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Pay in the words of an advertisement: what is read, for what time, how surely, and what is no pay."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.sources.live.ad_text import LONGEST, ad_text
from drehkreuz.sources.live.pay_text import PLAUSIBLE, read_pay, sure_pay

PAY = {
    "Gehalt: 3.100 € bis 3.600 € brutto/Monat": ("3100-3600 month", 0.95),
    "Wir zahlen 3100-3600 Euro brutto im Monat.": ("3100-3600 month", 0.95),
    "18,50 €/Stunde": ("18.5-18.5 hour", 0.6),
    "Stundenlohn von 18 bis 21 Euro brutto": ("18-21 hour", 0.95),
    "Jahresgehalt zwischen 45.000 und 55.000 Euro": ("45000-55000 year", 0.9),
    "Ihr Jahresgehalt: 45k - 55k €": ("45000-55000 year", 0.9),
    "bis zu 4.000 € brutto monatlich": ("4000-4000 month", 0.57),
    "Gehalt ab 2.800 €": ("2800-2800 month", 0.6),
    "Vergütung: 3.200,00 EUR brutto monatlich, Bonus 500 €": ("3200-3200 month", 0.95),
    "salary €3,100.50 per month": ("3100.5-3100.5 month", 0.9),
    "You are paid EUR 45,000 to 50,000 gross per year": ("45000-50000 year", 0.95),
    "€ 18 per uur bruto": ("18-18 hour", 0.95),
    "een loon van 2.500 tot 3.000 euro bruto per maand": ("2500-3000 month", 0.95),
    "salaire 2 300 à 2 600 € brut par mois": ("2300-2600 month", 0.95),
    "700 € pro Woche Lohn": ("3033.33-3033.33 month", 0.9),
}

NO_PAY = [
    "2.000 € netto pro Monat",
    "50 € pro Monat Sachbezug",
    "Ein Bonus von 3.000 € im Jahr",
    "Wir haben 3.000.000 € Umsatz im Jahr",
    "Telefon 02461 3100, Gehalt nach Tarif",
    "Zuschuss von 30 Euro zum Deutschlandticket",
    "39 Stunden, 30 Tage Urlaub",
    "3.600 € bis 3.100 € brutto im Monat",
    "1 € brutto pro Stunde",
]


@pytest.mark.parametrize("text", PAY)
def test_pay_in_words(text: str) -> None:
    """A range, its period and how sure it is are read as a person reads them, and the words are those of the text."""
    [found] = read_pay(f"Erste Zeile\n{text}")
    assert (found.value, found.confidence) == PAY[text]
    assert f"Erste Zeile\n{text}"[found.start : found.end] == found.words


@pytest.mark.parametrize("text", NO_PAY)
def test_no_pay(text: str) -> None:
    """What is net, paid beside the pay, or no money at all is no pay."""
    assert read_pay(text) == []


def test_two_amounts_are_not_one_pay() -> None:
    """Of an apprenticeship that names the pay of each year none is taken for the post's pay."""
    both = read_pay("1. Jahr: 1.218 € brutto pro Monat, 2. Jahr: 1.268 € brutto pro Monat")
    assert [found.value for found in both] == ["1218-1218 month", "1268-1268 month"]
    assert sure_pay(both, 0.85) is None
    assert sure_pay(both[:1], 0.85) == both[0]
    assert sure_pay(both[:1], 0.99) is None


@settings(max_examples=60)
@given(st.text(alphabet="0123456789.,€ EURO-–bisund/hMonatbruttoGehalt\n", max_size=120))
def test_any_text(text: str) -> None:
    """Whatever stands in a text, what is read lies within the plausible and stands where it is said to."""
    for found in read_pay(text):
        least, most = PLAUSIBLE[found.period]
        assert least <= found.low <= found.high <= most
        assert text[found.start : found.end] == found.words
        assert 0 < found.confidence <= 1


def test_text_without_tags() -> None:
    """Tags that begin a line begin one, others vanish, escaped ones too; a long text is cut."""
    assert ad_text("<p>Ihr <b>Profil</b></p><ul><li>a&amp;b<li>c</ul>") == "Ihr Profil\na&b\nc"
    assert ad_text("&lt;p&gt;Eins&lt;/p&gt;&lt;p&gt;zwei") == "Eins\nzwei"
    assert ad_text("3 < 4 und 5 > 4") == "3 < 4 und 5 > 4"
    assert len(ad_text("x" * (9 * LONGEST))) == LONGEST
