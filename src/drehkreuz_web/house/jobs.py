# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
Questions that are worked out in the background, one after the other, in a process of their own each.

What was asked and what came of it stays in this process's memory for a day, under a name that nobody can guess; never on a disk.
The process is a module that calls `drehkreuz_web.house.telling.reply`.
"""

from __future__ import annotations

import atexit
import json
import secrets
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from threading import Condition, Thread
from time import monotonic
from typing import Any, Final

from drehkreuz_web.house.logs import log

SECONDS: Final = 24 * 3600.0
"""How long a result is remembered."""

MOST: Final = 32
"""Questions that each queue remembers at a time, a megabyte each."""

WAITING: Final = 6
"""Questions that wait for their turn at a time; more are refused."""

COMMAND: tuple[str, ...] = (sys.executable, "-m")
"""What works a question out; module, folder and snapshot follow."""

Asked = Mapping[str, Any]
"""A question, fit for JSON."""

LONGEST_NAME: Final = 80
"""Letters of an exception's name that are logged."""


class Status(StrEnum):
    """How far a question is."""

    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    WRONG = "wrong"
    STOPPED = "stopped"
    FAILED = "failed"


OVER: Final = frozenset({Status.READY, Status.WRONG, Status.STOPPED, Status.FAILED})


@dataclass(slots=True)
class Job:
    """
    A question in the background; others read it while it is worked out.

    Attributes:
        asked: The question; empty where it is forgotten already.
        region: Folder of the region, and its snapshot's number.
        status: How far.
        work: What is being done.
        done: Steps of it done.
        of: Steps of it in all, 0: not known.
        result: The answer, where it is ready.
        findings: What is wrong with the question, where it is wrong.
        since: When it was asked for, seconds of a clock of this process.
        process: What works on it.
    """

    asked: Asked
    region: tuple[Path, int]
    status: Status = Status.WAITING
    work: str = ""
    done: int = 0
    of: int = 0
    result: Mapping[str, Any] | None = None
    findings: tuple[str, ...] = ()
    since: float = field(default_factory=monotonic)
    process: subprocess.Popen[str] | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more happens."""
        return self.status in OVER

    @property
    def percent(self) -> int:
        """How far the piece of work under way is."""
        return round(100 * self.done / self.of) if self.of else 0


class Busy(Exception):  # noqa: N818  # it is no error: come back later
    """Too many questions wait already."""


class Jobs:
    """
    Works out questions of one kind, one at a time.

    Args:
        module: What works them out.
        keeps_question: Whether the question is kept beside its answer; else it is forgotten as soon as nothing more happens.
    """

    def __init__(self, module: str, *, keeps_question: bool = True) -> None:
        self._module, self._keeps_question = module, keeps_question
        self._known: OrderedDict[str, Job] = OrderedDict()
        self._changed = Condition()
        self._thread: Thread | None = None

    def ask(self, asked: Asked, region: tuple[Path, int]) -> str:
        """
        Have a question worked out; return the name under which to ask for the answer. The same one is worked out once.

        Raises:
            Busy: If too many wait.
        """
        with self._changed:
            known = self.latest(asked, region)
            if known is not None and self._known[known].status not in {Status.STOPPED, Status.FAILED}:
                return known
            if sum(job.status is Status.WAITING for job in self._known.values()) >= WAITING:
                raise Busy
            name = secrets.token_urlsafe(12)
            self._known[name] = Job(asked, region)
            if self._thread is None:
                self._thread = Thread(target=self._work, name=self._module, daemon=True)
                self._thread.start()
            self._changed.notify_all()
        return name

    def latest(self, asked: Asked, region: tuple[Path, int]) -> str | None:
        """Return the name under which a question was asked last, None where it was not, or is forgotten."""
        with self._changed:
            self._forget()
            same = [name for name, job in self._known.items() if (job.asked, job.region) == (asked, region)]
        return same[-1] if same else None

    def get(self, name: str) -> Job | None:
        """Return a job, None where there is none or it is forgotten."""
        with self._changed:
            self._forget()
            return self._known.get(name)

    def before(self, name: str) -> int:
        """Return how many are worked out before a job's turn comes."""
        with self._changed:
            names = [known for known, job in self._known.items() if not job.over]
        return names.index(name) if name in names else 0

    def stop(self, name: str) -> None:
        """Stop a job that is not over."""
        with self._changed:
            job = self._known.get(name)
            if job is None or job.over:
                return
            job.status = Status.STOPPED
            if job.process is not None:
                job.process.kill()
            self._keep_no_question(job)

    def drop(self, name: str) -> None:
        """Stop a job if it is not over, and forget it."""
        self.stop(name)
        with self._changed:
            self._known.pop(name, None)

    def _keep_no_question(self, job: Job) -> None:
        if not self._keeps_question:
            job.asked = {}

    def _forget(self) -> None:
        old = [name for name, job in self._known.items() if job.over and monotonic() - job.since > SECONDS]
        over = [name for name, job in self._known.items() if job.over and name not in old]
        for name in [*old, *over[: max(0, len(self._known) - len(old) - MOST)]]:
            del self._known[name]

    def _next(self) -> Job:
        with self._changed:
            while True:
                for job in self._known.values():
                    if job.status is Status.WAITING:
                        job.status = Status.RUNNING
                        return job
                self._changed.wait()

    def _work(self) -> None:
        while True:
            job = self._next()
            try:
                self._run(job)
            except OSError as error:
                log.error(self._module, extra={"fields": {"exception": type(error).__name__}})
                job.status = Status.FAILED

    def _run(self, job: Job) -> None:
        folder, snapshot = job.region
        command = [*COMMAND, self._module, str(folder), str(snapshot)]
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        with subprocess.Popen(command, text=True, **pipes) as process:  # noqa: S603  # ours
            atexit.register(process.kill)
            job.process = process
            if job.status is Status.STOPPED:  # before it began
                process.kill()
            failed = _talk(process, job)
            code = process.wait()
            atexit.unregister(process.kill)
        with self._changed:
            if job.status is Status.RUNNING:
                job.status = Status.READY if job.result else Status.WRONG if job.findings else Status.FAILED
            self._keep_no_question(job)
        if job.status is Status.FAILED:
            log.error(self._module, extra={"fields": {"exit": code, "exception": failed[:LONGEST_NAME]}})


def _talk(process: subprocess.Popen[str], job: Job) -> str:
    """Tell a process what to work out and take in what it says; return the kind of exception that it tells of, if any."""
    assert process.stdin is not None  # noqa: S101  # a pipe was asked for
    assert process.stdout is not None  # noqa: S101  # a pipe was asked for
    failed = ""
    try:
        json.dump(job.asked, process.stdin)
        process.stdin.close()
        for line in process.stdout:
            told = json.loads(line)
            if "work" in told:
                job.work, job.done, job.of = told["work"], told["done"], told["of"]
            job.result = told.get("result", job.result)
            job.findings = tuple(told.get("findings", job.findings))
            failed = str(told.get("failed", failed))
    except (BrokenPipeError, ValueError) as error:  # it was stopped, or ended in the middle of a line
        return failed or type(error).__name__
    return failed
