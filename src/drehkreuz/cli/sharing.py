# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz sharing`: stations and fleets of shared vehicles, and their feeds."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Final

import click

from drehkreuz.cli.output import examples
from drehkreuz.cli.sharing_gbfs import gbfs
from drehkreuz.cli.sharing_plan import plan
from drehkreuz.cli.verbs import VerbGroup

INSTALLED: Final = "drehkreuz.verbs.sharing"
"""Group of entry points by which the site adds what needs its database."""


@click.group(
    cls=VerbGroup,
    epilog=examples(
        "drehkreuz sharing plan village --build 3",
        "drehkreuz sharing gbfs aachen --out feeds",
    ),
)
def sharing() -> None:
    """Plan shared vehicles: where stations open most jobs, how many vehicles they need, what that costs and earns."""


for verb in (plan, gbfs, *(point.load() for point in sorted(entry_points(group=INSTALLED)))):
    sharing.add_command(verb)
