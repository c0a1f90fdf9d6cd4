# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz learn`: the way to a job by learning, and what is taught against what is needed."""

from __future__ import annotations

import click

from drehkreuz.cli.learn_design import design
from drehkreuz.cli.learn_places import places
from drehkreuz.cli.learn_plan import plan
from drehkreuz.cli.learn_supply import supply
from drehkreuz.cli.output import examples
from drehkreuz.cli.verbs import VerbGroup


@click.group(
    cls=VerbGroup,
    epilog=examples(
        "drehkreuz learn plan village --person me.toml --to o-welder",
        "drehkreuz learn plan village --person me.toml --to V033 --out plan.pdf --out plan.ics",
        "drehkreuz learn supply village --out tables",
        "drehkreuz learn places village --when evening",
        "drehkreuz learn design village --modules 5",
    ),
)
def learn() -> None:
    """Find the way to a job by learning, and see what a region teaches against what it needs."""


learn.add_command(plan)
learn.add_command(supply)
learn.add_command(places)
learn.add_command(design)
