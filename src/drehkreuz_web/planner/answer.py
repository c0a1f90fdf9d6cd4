# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
The region's figures: computed once for each version of region and software, kept in the state folder, shown at once again.

They are figures of groups, nothing of a person. Several processes of one site share the file; one of them computes.
"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import Lock, Thread
from typing import Any, Final

from django.conf import settings
from filelock import FileLock

from drehkreuz import __version__
from drehkreuz.matching.stages import RELATION
from drehkreuz.reach.stage import DIRECT, RIDES
from drehkreuz.region import Region
from drehkreuz.region.digest import text_digest
from drehkreuz_web.house.logs import fault, log
from drehkreuz_web.house.region import market

FORMAT: Final = 5
"""What the file holds; a file of another format is not read."""

KEPT: Final = 8
"""Files of other versions that stay, for a site that goes back to one."""

WORK: Final = {
    "reach.direct": (0, 6),
    "reach.rides": (6, 10),
    "matching.learned": (10, 75),
    "matching.relation": (75, 80),
    "certify": (80, 95),
}
"""From which percent to which each piece of work goes; assumed, from what they took on the model region."""

LONGEST_NAME: Final = 80
"""Letters of an exception's name that are logged."""

NO_MEMORY: Final = -9
"""Exit code of a process that the system ended: as a rule for want of memory."""


class Status(StrEnum):
    """How far the figures are."""

    COMPUTING = "computing"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class State:
    """
    The figures, or how far they are.

    Attributes:
        status: How far.
        percent: The same in percent.
        report: The figures where they are ready; see `drehkreuz.reports.region.region_report`.
        no_memory: Whether it failed for want of memory.
    """

    status: Status
    percent: int = 0
    report: Mapping[str, Any] | None = None
    no_memory: bool = False


class Work:
    """Computes the figures in the background, once, and knows how far they are."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._state = State(Status.COMPUTING)
        self._thread: Thread | None = None

    def state(self) -> State:
        """Return how far the figures are; the first call begins."""
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._run, name="region figures", daemon=True)
                self._thread.start()
        return self._state

    def _run(self) -> None:
        try:
            region = market().region
            file = settings.STATE / "planner" / f"{version(region)}.json"
            self._state = self._stored(file) or self._computed(region, file)
        except Exception as error:  # noqa: BLE001  # whatever it is, pages say that it failed
            log.error("region figures", extra={"fields": fault(error)})
            self._state = State(Status.FAILED)

    def _stored(self, file: Path) -> State | None:
        try:
            return State(Status.READY, 100, json.loads(file.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return None

    def _computed(self, region: Region, file: Path) -> State:
        file.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(file.with_suffix(".lock")):
            if found := self._stored(file):  # by another process, meanwhile
                return found
            _forget_old(file)
            code, failed = self._watch(region, file)
        if found := self._stored(file):
            return found
        log.error("region figures", extra={"fields": {"exit": code, "exception": failed}})
        return State(Status.FAILED, no_memory=code == NO_MEMORY)

    def _watch(self, region: Region, file: Path) -> tuple[int, str]:
        """Have another process compute; return its exit code and what it says has failed."""
        if region.folder is None:
            message = "a region in memory cannot be given to another process"
            raise ValueError(message)
        command = [sys.executable, "-m", "drehkreuz_web.planner.compute"]
        given = [str(region.folder.parent), str(int(region.folder.name)), str(file)]
        with subprocess.Popen(  # noqa: S603  # ours
            [*command, *given], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process:
            atexit.register(process.kill)
            failed = ""
            for line in process.stdout or ():
                failed = self._heard(line) or failed
            code = process.wait()
            atexit.unregister(process.kill)
        return code, failed

    def _heard(self, line: str) -> str:
        """Take in a line of the other process; return the kind of exception that it tells of, if any."""
        try:
            told = json.loads(line)
        except ValueError:
            return line.partition(":")[0].strip()[:LONGEST_NAME]  # the last line of Python's own report begins with it
        if told.get("work") in WORK:
            first, last = WORK[told["work"]]
            done = told["done"] / told["of"] if told["of"] else 0.0
            self._state = State(Status.COMPUTING, first + round(done * (last - first)))
        return str(told.get("failed", ""))


def version(region: Region) -> str:
    """Return a name for what the figures are computed from: the region's tables, and the software that computes them."""
    manifest = region.manifest
    software = [FORMAT, __version__, RELATION.version, DIRECT.version, RIDES.version]
    tables = {name: region.digest(name) for name in region.tables}
    known = {name: [str(field) for field in (p.kind, p.source, p.date)] for name, p in manifest.provenance.items()}
    return text_digest(
        json.dumps([software, manifest.name, manifest.title, str(manifest.day), tables, known], sort_keys=True)
    )


def _forget_old(file: Path) -> None:
    """Remove what was computed for other versions, but for the newest."""
    others = sorted(file.parent.glob("*.json"), key=lambda other: other.stat().st_mtime, reverse=True)
    for other in others[KEPT:]:
        other.unlink(missing_ok=True)
        other.with_suffix(".lock").unlink(missing_ok=True)


_work: Final = Work()


def state() -> State:
    """Return how far the region's figures are, or the figures; the first call begins to compute them."""
    return _work.state()
