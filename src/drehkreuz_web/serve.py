# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz serve`: the site on this machine."""

from __future__ import annotations

import os
import signal
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import click

from drehkreuz.cli.output import Bars, Screen, examples, speaks
from drehkreuz.errors import DrehkreuzError

NEEDED: Final = ("django", "whitenoise", "waitress")

LOOPBACK: Final = "127.0.0.1"

FIRST_PORT: Final = 8000
FURTHER_PORTS: Final = 20
"""Ports after the first one that are tried where none is named."""


@click.command(
    epilog=examples(
        "drehkreuz serve                                   the village, at http://127.0.0.1:8000/",
        "drehkreuz serve --region aachen --port 9000",
        "DATABASE_URL=postgres://… drehkreuz serve --region aachen",
    )
)
@click.option(
    "--region",
    "folder",
    metavar="DIR",
    envvar="DREHKREUZ_REGION",
    type=click.Path(path_type=Path),
    help="The region that is served.  [env: DREHKREUZ_REGION; default: the village that comes with the software]",
)
@click.option("--host", default=LOOPBACK, show_default=True, help="Address to listen at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help=f"0: any that is free.  [default: {FIRST_PORT}, or the next that is free]",
)
@click.option(
    "--threads", default=8, show_default=True, type=click.IntRange(1, 256), help="Requests answered at a time."
)
@click.option("--database-url", metavar="URL", help="PostgreSQL instead of SQLite.  [env: DATABASE_URL]")
@click.option("--trusted-proxy", metavar="ADDRESS", help="Whose X-Forwarded-… headers are believed.")
@speaks
@click.pass_obj
def serve(
    screen: Screen,
    folder: Path | None,
    host: str,
    port: int | None,
    threads: int,
    database_url: str | None,
    trusted_proxy: str | None,
) -> None:
    """
    Serve the site: people find a way, the region sees itself.

    Opens the region once, compiles what is to be compiled, then prints the address. Ctrl+C stops it. Nothing that
    visitors type is stored or written to a log.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        message = f"the site needs {', '.join(missing)}. Install it: pip install 'drehkreuz[web]'."
        raise DrehkreuzError(message)
    if folder:
        os.environ["DREHKREUZ_REGION"] = str(folder)
    if database_url:
        os.environ["DATABASE_URL"] = database_url

    from drehkreuz_web.start import listen, make_ready

    application = make_ready(Bars(screen.words))
    wanted, further = (FIRST_PORT, FURTHER_PORTS) if port is None else (port, 0)
    server = listen(application, host=host, port=wanted, further=further, threads=threads, trusted_proxy=trusted_proxy)

    from django.utils.translation import gettext, override

    with override(screen.language):
        if port is None and server.port != wanted:
            click.echo(gettext("Port %(port)s is taken, so another one is used.") % {"port": wanted})
        click.echo(gettext("The site is at %(address)s – Ctrl+C stops it.") % {"address": server.address})
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # services are stopped so; the same as Ctrl+C
    server.run()
