# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
Write the reference pages from the software itself: tables, command line, assumptions, measures.

Run `python docs/generate.py` after a change; a test fails while a page is out of date.
"""

from __future__ import annotations

import dataclasses
import inspect
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import click

from drehkreuz.cli.main import drehkreuz
from drehkreuz.commuting import CommutingParameters
from drehkreuz.foresight import read_assumptions
from drehkreuz.learning.parameters import LearningParameters
from drehkreuz.matching.allocations.search import Habits
from drehkreuz.matching.allocations.surplus import Surplus
from drehkreuz.matching.market import MarketParameters
from drehkreuz.matching.teaching.modules import DesignParameters
from drehkreuz.matching.utility import UtilityWeights
from drehkreuz.measures import Band, Kind, Parameter, every_kind
from drehkreuz.model.population.parameters import PopulationParameters
from drehkreuz.planning.sharing.assumed import CarParameters, SharingParameters
from drehkreuz.reach.asked import AskedParameters
from drehkreuz.reach.parameters import Parameters as ReachParameters
from drehkreuz.region import TABLES, Column
from drehkreuz.skills.exits import ExitWeights
from drehkreuz.skills.neighbours import NeighbourWeights
from drehkreuz.skills.parameters import SkillParameters

ROOT: Final = Path(__file__).parents[1]
REFERENCE: Final = ROOT / "docs" / "reference"
PASTED: Final = (ROOT / "README.md",)
"""Pages that show what commands print."""

# REUSE-IgnoreStart
HEADER: Final = (
    "<!-- SPDX-FileCopyrightText: 2026 The Drehkreuz authors -->\n"
    "<!-- SPDX-License-Identifier: Apache-2.0 -->\n"
    "<!-- Written by docs/generate.py from the software; do not edit. -->\n"
)
# REUSE-IgnoreEnd
WIDTH: Final = 100


def tables_page() -> str:
    """Return the page of all tables and columns."""
    parts = [
        "# Tables of a region\n\nAn empty cell is unknown, never zero. `clock` is `HH:MM`, after midnight counted on.\n"
    ]
    for schema in TABLES.values():
        rows = "\n".join(_column_row(column, key=column.name in schema.key) for column in schema.columns.values())
        head = "| column | type | allowed | default | meaning |\n| --- | --- | --- | --- | --- |"
        parts.append(f"## {schema.name}\n\n{schema.doc}\n\n{head}\n{rows}\n")
    return HEADER + "\n".join(parts)


def _column_row(column: Column, *, key: bool) -> str:
    marks = " 🔑" if key else (" required" if column.required else "")
    limits = f"{_bound(column.min)} … {_bound(column.max)}" if (column.min, column.max) != (None, None) else ""
    allowed = ", ".join(f"`{value}`" for value in column.allowed) if column.allowed else limits
    target = f"→ [{column.ref}](#{column.ref})" if column.ref else ""
    default = "" if column.default is None else f"`{column.default}`"
    unit = f" [{column.unit}]" if column.unit else ""
    return f"| `{column.name}`{marks} | {column.type}{unit} | {allowed or target} | {default} | {column.doc} |"


def _bound(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def commands_page() -> str:
    """Return the page of all verbs, as `--help` prints them."""
    parts = ["# Command line\n"]
    for name, command, context in walk(drehkreuz, root_context()):
        parts.append(f"## {name}\n\n```text\n{command.get_help(context)}\n```\n")
    return HEADER + "\n".join(parts)


def root_context() -> click.Context:
    """Return the context of the whole command line, as wide as a page."""
    settings = {**drehkreuz.context_settings, "terminal_width": WIDTH, "max_content_width": WIDTH}
    return click.Context(drehkreuz, info_name="drehkreuz", **settings)


def walk(command: click.Command, context: click.Context) -> Iterator[tuple[str, click.Command, click.Context]]:
    """Yield every verb with its whole name and its context, groups first."""
    yield context.command_path, command, context
    if isinstance(command, click.Group):
        for verb in command.list_commands(context):
            child = command.get_command(context, verb)
            if child is not None:
                settings = {**child.context_settings, "terminal_width": WIDTH}
                yield from walk(child, click.Context(child, info_name=verb, parent=context, **settings))


ASSUMED: Final[dict[str, type[Any]]] = {
    "Skills": SkillParameters,
    "Occupations alike": NeighbourWeights,
    "Where an occupation leads to": ExitWeights,
    "Reach": ReachParameters,
    "Ways that are asked for": AskedParameters,
    "An employer's commutes": CommutingParameters,
    "Fleets of shared vehicles": SharingParameters,
    "Cars booked at stations": CarParameters,
    "Learning": LearningParameters,
    "New modules": DesignParameters,
    "Matching": MarketParameters,
    "What counts, and how much": UtilityWeights,
    "What a pair is worth to both": Surplus,
    "How people search": Habits,
    "A population from margins": PopulationParameters,
}


def assumptions_page() -> str:
    """Return the page of everything that is assumed, with its default."""
    parts = [
        "# Assumptions\n\nValues that no table and no law gives. Each can be changed; answers print them with `--json`.\n"
    ]
    for title, kind in ASSUMED.items():
        docs, defaults = _attribute_docs(kind), kind()
        rows = "\n".join(
            f"| `{field.name}` | {_default(getattr(defaults, field.name))} | {docs[field.name]} |"
            for field in dataclasses.fields(kind)
        )
        parts.append(f"## {title}\n\n| parameter | default | meaning |\n| --- | --- | --- |\n{rows}\n")
    return HEADER + "\n".join([*parts, _of_the_outlook()])


def _of_the_outlook() -> str:
    """Return what the outlook assumes: three values of each parameter, with kind and source."""
    rows = "\n".join(
        f"| `{name}` | {one.low:g} | {one.mid:g} | {one.high:g} | {one.en} [{one.unit}] | {one.kind}: {one.source_en} |"
        for name, one in read_assumptions().parameters.items()
    )
    head = "| parameter | low | middle | high | meaning | kind and source |\n| --- | --- | --- | --- | --- | --- |"
    return (
        f"## If nothing happens\n\nTables by age and level stand in `foresight/assumptions.toml`.\n\n{head}\n{rows}\n"
    )


def _default(value: object) -> str:
    if dataclasses.is_dataclass(value):
        parts = dataclasses.astuple(value)  # type: ignore[call-overload]  # a value, not a class
        few = len(parts) <= 3  # low, middle and high, or the two limits of a rule
        return " / ".join(f"`{part:g}`" for part in parts) if few else "as above"
    if isinstance(value, Mapping):
        return ", ".join(f"{name} `{entry}`" for name, entry in value.items())
    return f"`{value}`"


def _attribute_docs(kind: type[Any]) -> dict[str, str]:
    """Return the sentences of a docstring's Attributes section by name."""
    section = inspect.cleandoc(kind.__doc__ or "").partition("Attributes:\n")[2]
    entries = re.findall(r"^    (\w+): (.*(?:\n {8}.*)*)", section, flags=re.MULTILINE)
    return {name: re.sub(r"\s+", " ", text) for name, text in entries}


def measures_page() -> str:
    """Return the page of all kinds of measures."""
    head = (
        "# Measures\n\nWhat a scenario can be made of; [how to write one](../how-to/scenarios.md). Beside what stands here every "
        "measure has `kind`, `id` and `start`, and may have `title`, `ramp_months`, `uptake`, `invest_eur` and `eur_per_year`. "
        "Shares and costs are low / mid / high.\n"
    )
    parts = [head]
    for kind in every_kind().values():
        parts.append(f"## {kind.name}\n\n**{kind.title.en}** ({kind.area}). {kind.doc.en}\n")
        rows = "\n".join(_parameter_row(parameter) for parameter in kind.parameters)
        if rows:
            parts.append(f"| key | type | allowed | default | meaning |\n| --- | --- | --- | --- | --- |\n{rows}\n")
        parts.append("\n".join(f"- {fact}" for fact in _measure_facts(kind)) + "\n")
    return HEADER + "\n".join(parts)


def _parameter_row(parameter: Parameter) -> str:
    limits = (
        f"{_bound(parameter.min)} … {_bound(parameter.max)}" if (parameter.min, parameter.max) != (None, None) else ""
    )
    target = f"→ [{parameter.ref}](tables.md#{parameter.ref})" if parameter.ref else ""
    allowed = ", ".join(f"`{value}`" for value in parameter.allowed) or target or limits
    default = f"`{parameter.written}`" if parameter.written else ""
    unit = f" [{parameter.unit}]" if parameter.unit else ""
    return f"| `{parameter.name}` | {parameter.type}{unit} | {allowed} | {'required' if parameter.required else default} | {parameter.doc.en} |"


def _measure_facts(kind: Kind) -> Iterator[str]:
    if kind.uptake is None:
        yield "Takes part: all, from the first day."
    else:
        share, grade = _three(kind.uptake.share), kind.uptake.grade
        yield f"Takes part: {share} {kind.uptake.of.en} (evidence: {grade}; {kind.uptake.source.en})."
    if kind.cost is None:
        yield "Costs: not known; the scenario says them, else they stay open."
    else:
        cost = kind.cost
        once, yearly = _three(cost.invest), _three(cost.per_year)
        yield f"Costs for each {cost.unit.en}: {once} EUR once, {yearly} EUR a year (evidence: {cost.grade}; {cost.source.en})."
        yield f"Paid by: {'the public' if cost.payer == 'public' else cost.payer}."
    yield f"Changes tables: {', '.join(f'`{name}`' for name in kind.changes) or 'none'}."


def _three(band: Band) -> str:
    return " / ".join(f"{value:,}".removesuffix(".0") for value in (band.low, band.mid, band.high))


PAGES: Final[dict[str, Callable[[], str]]] = {
    "tables.md": tables_page,
    "command-line.md": commands_page,
    "assumptions.md": assumptions_page,
    "measures.md": measures_page,
}

OUTPUT: Final = re.compile(r"(<!-- output: drehkreuz (.+?) -->\n```text\n).*?(^```$)", flags=re.DOTALL | re.MULTILINE)
"""A block whose text is what a command prints; `…N` after the command keeps its first N lines."""


def with_outputs(text: str) -> str:
    """Return a page with what its commands print now."""
    return OUTPUT.sub(lambda found: found[1] + _printed(found[2]) + found[3], text)


def _printed(command: str) -> str:
    line, _, most = command.partition(" …")
    environment = os.environ | {"COLUMNS": str(WIDTH), "LC_ALL": "de_DE.UTF-8", "PYTHONUTF8": "1"}
    with tempfile.TemporaryDirectory() as folder:
        for name in ("examples",):
            (Path(folder) / name).symlink_to(ROOT / name)
        start = [sys.executable, "-c", "from drehkreuz.cli import main; main()"]
        subprocess.run(
            [*start, "region", "new", "village"], cwd=folder, env=environment, check=True, capture_output=True
        )
        done = subprocess.run(
            [*start, *shlex.split(line)], cwd=folder, env=environment, check=True, capture_output=True, encoding="utf-8"
        )
    lines = [row.rstrip() for row in done.stdout.rstrip().splitlines()]
    return "\n".join(lines[: int(most)] if most else lines) + "\n"


if __name__ == "__main__":
    REFERENCE.mkdir(exist_ok=True)
    for file, page in PAGES.items():
        (REFERENCE / file).write_text(page(), encoding="utf-8")
    for pasted in PASTED:
        pasted.write_text(with_outputs(pasted.read_text(encoding="utf-8")), encoding="utf-8")
