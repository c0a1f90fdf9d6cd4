# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What if I stay, on a terminal: the warning before everything else, and the options as cards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rich.padding import Padding
from rich.text import Text

from drehkreuz.cli.output import Screen
from drehkreuz.reports.staying import sentences

STANDINGS: Final = ("fits", "ask", "not_by_facts")
"""In the order in which they are shown."""

INDENT: Final = (0, 0, 0, 3)


def show_warning(answer: Mapping[str, Any], screen: Screen) -> None:
    """Print the warning of `drehkreuz.reports.staying.describe_staying`, to stand before everything else."""
    if answer["warning"] is not None:
        screen.console.print(Text(answer["warning"]["text"], style="bold reverse"), end="\n\n")


def show_staying(answer: Mapping[str, Any], screen: Screen) -> None:
    """Print the options of `drehkreuz.reports.staying.describe_staying`; nothing where there are none."""
    if not answer["options"]:
        return
    console = screen.console
    console.print(Text(answer["title"], style="bold underline"), end="\n\n")
    for text in filter(None, (answer["summary"], answer["ends"]["text"])):
        console.print(Text(text), end="\n\n")
    for standing in STANDINGS:
        options = [option for option in answer["options"] if option["standing"] == standing]
        if options:
            console.print(Text(sentences(screen.language)[standing], style="bold"), end="\n\n")
        for option in options:
            _card(option, screen)


def _card(option: Mapping[str, Any], screen: Screen) -> None:
    screen.console.print(Text(option["title"], style="bold"))
    reasons = " ".join(reason["text"] for reason in option["reasons"])
    if option["standing"] == "not_by_facts":
        lines = [f"{reasons} {option['refused']}"]
    else:
        lines = [
            option["claim"],
            reasons,
            f"{option['begins_text']} {option['worth']}".strip(),
            option["loss"],
            option["ask"],
        ]
    for line in filter(None, lines):
        screen.console.print(Padding(Text(line), INDENT))
    screen.console.print(Padding(Text(option["source_text"], style="dim"), INDENT))
    screen.console.print()
