# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Texts for a works council and for data protection, to be filled in and changed; no legal advice."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from drehkreuz.reports.paper.document import Bullets, Notice, Paragraph, Section
from drehkreuz.reports.words import Language


def annex(language: Language) -> list[Section]:
    """Return the texts, each as a section: what it is for, then point by point."""
    texts = _texts()[language]
    return [
        Section(
            text["title"],
            (Notice(texts["notice_title"], texts["notice"]), Paragraph(text["about"])),
            tuple(Section(point["title"], (Bullets(tuple(point["says"])),)) for point in text["point"]),
            new_page=True,
        )
        for text in texts["text"]
    ]


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("annex.toml").read_text(encoding="utf-8"))
