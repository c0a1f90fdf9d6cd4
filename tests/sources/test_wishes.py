# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A wish is not taken for something held."""

from __future__ import annotations

import pytest

from drehkreuz.sources.wishes import told_and_wished


@pytest.mark.parametrize(
    ("text", "told", "wished"),
    [
        ("Baggerfahrer Tagebau, 18 Jahre", "Baggerfahrer Tagebau, 18 Jahre", ()),
        ("Ich möchte Erzieherin werden.", "", ("Ich möchte Erzieherin werden",)),
        ("Erzieherin möchte ich werden", "", ("Erzieherin möchte ich werden",)),
        (
            "Ich bin Lageristin und möchte Erzieherin oder Pflegerin werden.",
            "Ich bin Lageristin",
            ("möchte Erzieherin oder Pflegerin werden",),
        ),
        ("Verkäuferin, zwei Jahre, ich will Köchin werden", "Verkäuferin, zwei Jahre", ("ich will Köchin werden",)),
        ("Schlosser. Ich würde sehr gern Lokführer werden!", "Schlosser.", ("Ich würde sehr gern Lokführer werden",)),
        ("Bürokauffrau, neun Jahre. Ich habe gern mit Menschen zu tun.",) * 2 + ((),),
        ("I was a cook, but I would like to become a nurse.", "I was a cook", ("I would like to become a nurse",)),
        ("I'd like to be a welder", "", ("I'd like to be a welder",)),
        ("Willich: 3.5 Jahre Schweißer, Wilhelm & Söhne",) * 2 + ((),),
        ("", "", ()),
    ],
)
def test_wishes_are_told_apart(text: str, told: str, wished: tuple[str, ...]) -> None:
    """What is held and what is wished are two things, also within a sentence."""
    assert told_and_wished(text) == (told, wished)
