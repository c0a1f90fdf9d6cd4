# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Groups of verbs: in the order of their use, imported when asked for, helpful when misspelt."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from typing import Final

import click

from drehkreuz.errors import did_you_mean

VERBS: Final = (
    "region",
    "paths",
    "learn",
    "pool",
    "match",
    "barriers",
    "reach",
    "site",
    "sharing",
    "charging",
    "commute",
    "measure",
    "scenario",
    "outlook",
)
"""In the order of the help; each is the command of its name in `drehkreuz.cli.<name>`."""

INSTALLED: Final = "drehkreuz.verbs"
"""Group of entry points by which other packages add verbs; they stand after these."""


class VerbGroup(click.Group):
    """A group whose verbs stand in the order they were defined in; without a verb it shows its help."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the verbs in order."""
        return list(self.commands)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Show the help where there is nothing to parse."""
        if not args:
            click.echo(ctx.get_help())
            ctx.exit()
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the verb that the arguments begin with."""
        names = self.list_commands(ctx)
        if args[0] not in names and not args[0].startswith("-"):
            message = f"there is no verb {args[0]!r}; there are {', '.join(names)}.{did_you_mean(args[0], names)}"
            raise click.UsageError(message, ctx)
        return super().resolve_command(ctx, args)


class LazyVerbGroup(VerbGroup):
    """The verbs of the command line, each imported when it is asked for, so that one never waits for another's engine."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the verbs that are installed."""
        own = [name for name in VERBS if find_spec(f"drehkreuz.cli.{name}")]
        return own + sorted(set(_added()) - set(own))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a verb, None if there is none of the name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        if cmd_name in VERBS:
            command: click.Command = getattr(import_module(f"drehkreuz.cli.{cmd_name}"), cmd_name)
        else:
            command = _added()[cmd_name].load()
        return command


def _added() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=INSTALLED)}
