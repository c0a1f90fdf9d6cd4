# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What the command line shows: tables and text, one JSON object, progress on anything over a second."""

from __future__ import annotations

import json
import math
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import Enum, IntEnum, IntFlag
from functools import cached_property, singledispatch
from pathlib import Path
from threading import Timer
from types import NoneType
from typing import Any, Final, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress

from drehkreuz.reports.words import LANGUAGES, Language, Words

Verb = TypeVar("Verb", bound=Callable[..., Any])

WIDEST: Final = 200
"""Characters of a line, however wide the terminal says it is."""

SHOWN_AFTER: Final = 1.0
"""Seconds of work before a progress bar is shown."""


def language_of_environment() -> Language:
    """Return the language of the terminal: English where LC_ALL, LC_MESSAGES or LANG says so, else German."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return "en" if value.startswith("en") else "de"
    return "de"


@dataclass
class Screen:
    """
    Where a verb shows what it found.

    Attributes:
        language: Language of what people read; messages about input are English.
        as_json: One JSON object instead of tables and text.
    """

    language: Language = field(default_factory=language_of_environment)
    as_json: bool = False

    @property
    def words(self) -> Words:
        """The sentences of the language."""
        return Words(self.language)

    @cached_property
    def console(self) -> Console:
        """Where tables and text go: stdout, as wide as the terminal up to `WIDEST`; brackets in data are no markup."""
        console = Console(highlight=False, soft_wrap=False, markup=False)
        console.width = min(console.width, WIDEST)
        return console

    def print_json(self, answer: Mapping[str, Any]) -> None:
        """Print one object: keys sorted, days in ISO form, null for what is no number."""
        click.echo(json.dumps(plain(answer), ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False))


class Bars:
    """
    Shows progress on a terminal's stderr once work takes longer than a second; elsewhere nothing.

    Pieces of work may lie within each other; each has a bar of its own.

    Args:
        words: Names pieces of work that the catalogue knows as `work.<label>`; None: by their labels.
    """

    def __init__(self, words: Words | None = None) -> None:
        self._words = words
        self._bars = RichProgress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self._open: list[TaskID] = []
        self._timer: Timer | None = None

    def start(self, label: str, total: int | None) -> None:
        """Begin a piece of work."""
        if not self._open:
            self._timer = Timer(SHOWN_AFTER, self._bars.start)
            self._timer.daemon = True
            self._timer.start()
        key = f"work.{label.replace('.', '_')}"
        named = self._words(key) if self._words is not None and key in self._words else label
        self._open.append(self._bars.add_task(named, total=total))

    def advance(self, steps: int = 1) -> None:
        """Say that some steps of the innermost piece are done."""
        self._bars.advance(self._open[-1], steps)

    def finish(self) -> None:
        """End the innermost piece; with the outermost all bars go."""
        self._bars.remove_task(self._open.pop())
        if not self._open and self._timer is not None:
            self._timer.cancel()
            self._timer.join()  # it may just be showing the bars
            self._bars.stop()


@singledispatch
def plain(value: Any) -> Any:  # noqa: ANN401  # whatever JSON can say
    """Return a value as JSON has it: mappings, lists, texts, numbers, truth values and null."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if hasattr(value, "to_dicts"):  # a Polars frame
        return plain(value.to_dicts())
    return plain(value.tolist())  # a number or an array of NumPy's


@plain.register(str)
@plain.register(int)
@plain.register(NoneType)
def _(value: Any) -> Any:  # noqa: ANN401  # as above
    return value


@plain.register
def _(value: float) -> float | None:
    return value if math.isfinite(value) else None


@plain.register(IntEnum)
@plain.register(IntFlag)
@plain.register(Enum)
def _(value: Enum) -> str:
    return value.name


@plain.register
def _(value: date) -> str:
    return value.isoformat()


@plain.register
def _(value: Path) -> str:
    return str(value)


@plain.register(Mapping)
def _(value: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(plain(key)): plain(item) for key, item in value.items()}


@plain.register(list)
@plain.register(tuple)
def _(value: Sequence[Any]) -> list[Any]:
    return [plain(item) for item in value]


def examples(*lines: str) -> str:
    """Return lines as the epilog of a verb's help, wrapped nowhere."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


def answers(verb: Verb) -> Verb:
    """Give a verb the options that every verb which answers has; it asks for the screen with `click.pass_obj`."""
    as_json = click.option(
        "--json", is_flag=True, expose_value=False, callback=_set_json, help="Print one JSON object instead of tables."
    )
    return as_json(speaks(verb))


def speaks(verb: Verb) -> Verb:
    """Give a verb `--lang`, also allowed before the verb."""
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        expose_value=False,
        callback=_set_language,
        help="Language of what is shown.  [default: LC_ALL or LANG, else de]",
    )(verb)


def _set_json(context: click.Context, _option: click.Parameter, value: bool) -> None:
    screen = context.ensure_object(Screen)
    screen.as_json = screen.as_json or value


def _set_language(context: click.Context, _option: click.Parameter, value: Language | None) -> None:
    screen = context.ensure_object(Screen)
    screen.language = value or screen.language
