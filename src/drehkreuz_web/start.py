# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Making the site ready, and listening."""

from __future__ import annotations

import errno
import os
import socket
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from threading import Event, Lock
from typing import Any, Final

import django
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from filelock import FileLock
from waitress import wasyncore
from waitress.server import create_server

from drehkreuz.cli.engines import ALL, KERNELS, ahead
from drehkreuz.errors import DrehkreuzError
from drehkreuz.progress import SILENT, Progress
from drehkreuz.region import open_region
from drehkreuz.region.kernels import declared
from drehkreuz.region.kernels import make_ready as make_kernels_ready

MEBIBYTE: Final = 1024 * 1024

LARGEST_RECEIVED: Final = 16 * MEBIBYTE
"""Bytes of a request that are received, so that it can be refused in a visitor's words; a larger one is cut off."""

MOST_CONNECTIONS: Final = 200


@dataclass(frozen=True, slots=True)
class Server:
    """
    A server that listens.

    Attributes:
        address: What to type into a browser.
        port: Where it listens.
    """

    address: str
    port: int
    _waitress: Any
    _closing: Event = field(default_factory=Event)
    _wires: Lock = field(default_factory=Lock)

    def run(self) -> None:
        """Answer until interrupted or closed; requests under way are finished."""
        server = self._waitress
        try:
            while not self._closing.is_set():
                wasyncore.loop(map=server._map, timeout=1, use_poll=True, count=1)  # noqa: SLF001  # waitress ends by signals only
        except (KeyboardInterrupt, SystemExit):
            pass
        server.task_dispatcher.shutdown()
        with self._wires:
            self._closing.set()
            wasyncore.close_all(server._map, ignore_all=True)  # noqa: SLF001  # same

    def close(self) -> None:
        """Have `run`, in another thread, return; twice is as good as once."""
        with self._wires:  # never a byte to a descriptor that is closed, and may be another's by then
            if not self._closing.is_set():
                self._closing.set()
                self._waitress.pull_trigger()


def make_ready(progress: Progress = SILENT) -> WSGIHandler:
    """
    Return the site as a WSGI application, with its region prepared and its static files laid out under names with hashes.

    Args:
        progress: Told of every piece of work.

    Raises:
        InputError: If a setting cannot be understood or the region cannot be opened.
        DrehkreuzError: If the state folder cannot be written.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drehkreuz_web.settings")
    django.setup()

    from django.conf import settings

    from drehkreuz_web.house.operator import operator

    operator()
    _lay_out_static_files(settings.STATE)
    if settings.REGION:
        ahead(open_region(Path(settings.REGION)))
    for engine in (*ALL, settings.ROOT_URLCONF):
        import_module(engine)
    make_kernels_ready(declared(*KERNELS, "drehkreuz"), "engines", progress)  # so that no visitor waits for a compiler

    from drehkreuz_web.house.region import market
    from drehkreuz_web.person.warm import warm
    from drehkreuz_web.sharing.store import at_start

    warm(market(progress), progress)
    at_start()
    return WSGIHandler()


def listen(
    application: WSGIHandler, *, host: str, port: int, threads: int, further: int = 0, trusted_proxy: str | None = None
) -> Server:
    """
    Return a server that listens already.

    What visitors send is held in memory, never in a file. Threads share the region; the kernels let each other run.

    Args:
        application: What answers.
        host: Address.
        port: Port; 0: any that is free.
        threads: Requests that are answered at a time.
        further: Ports after it that are tried where it is taken.
        trusted_proxy: Address whose X-Forwarded-For, -Host and -Proto are believed.

    Raises:
        DrehkreuzError: If the address cannot be listened at.
    """
    forwarded = {
        "trusted_proxy": trusted_proxy,
        "trusted_proxy_headers": "x-forwarded-for x-forwarded-host x-forwarded-proto",
    }
    opened = _opened(host, port, further)
    server = create_server(
        application,
        sockets=[opened],
        threads=threads,
        ident="",
        connection_limit=MOST_CONNECTIONS,
        max_request_body_size=LARGEST_RECEIVED,
        inbuf_overflow=2 * LARGEST_RECEIVED,
        clear_untrusted_proxy_headers=True,
        **(forwarded if trusted_proxy else {}),
    )
    shown = f"[{host}]" if ":" in host else host
    taken = opened.getsockname()[1]
    return Server(f"http://{shown}:{taken}/", taken, server)


def _opened(host: str, port: int, further: int) -> socket.socket:
    """Return a socket that listens at a port, or at the first of some further ones that is free."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        if error.errno == errno.EADDRINUSE and further:
            return _opened(host, port + 1, further - 1)
        why = error.strerror or error
        message = f"cannot listen at {host}:{port}: {why}. Choose another with --host and --port."
        raise DrehkreuzError(message) from error


def _lay_out_static_files(state: Path) -> None:
    try:
        state.mkdir(parents=True, exist_ok=True)
        with FileLock(state / ".lock"):
            call_command("collectstatic", interactive=False, verbosity=0)
    except OSError as error:
        message = f"{state}: cannot be written: {error.strerror or error}. Set DREHKREUZ_STATE to a folder that can."
        raise DrehkreuzError(message) from error
