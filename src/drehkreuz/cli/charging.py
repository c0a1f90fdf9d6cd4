# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz charging`: what cars and trucks need to charge, and where."""

from __future__ import annotations

import click

from drehkreuz.cli.charging_afir import afir
from drehkreuz.cli.charging_assumed import assumptions
from drehkreuz.cli.charging_import import import_sites
from drehkreuz.cli.charging_need import need
from drehkreuz.cli.charging_site import site
from drehkreuz.cli.output import examples
from drehkreuz.cli.verbs import VerbGroup


@click.group(
    cls=VerbGroup,
    epilog=examples(
        "drehkreuz charging need village --year 2030",
        "drehkreuz charging need village --register Ladesaeulenregister.csv --out need.svg",
    ),
)
def charging() -> None:
    """See what cars and trucks need to charge, and where."""


for verb in (need, site, afir, import_sites, assumptions):
    charging.add_command(verb)
