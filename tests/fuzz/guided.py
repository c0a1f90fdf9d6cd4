# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
Fuzzing guided by coverage: what shows a reader a step it has not taken before is kept and changed further.

A step is two lines of this project run one after the other. A reader may refuse a file with `InputError`, each finding in
one line; anything else that it raises, more than `SECONDS` or more than `MOST_MEMORY` is a failure.
"""

from __future__ import annotations

import resource
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import monotonic
from types import FrameType
from typing import Any, Final

import drehkreuz
from drehkreuz.errors import InputError
from fuzz.mutations import Bundle, mutate

SECONDS: Final = 10
"""A file of some kilobytes is read within it, watched at every line."""
MOST_MEMORY: Final = 2**30
"""Bytes that reading a file may add to what the process ever held."""

_HOME: Final = str(Path(drehkreuz.__file__).parent)
Step = tuple[int, int, int]


class TooSlowError(Exception):
    """A reader took longer than it may; nothing of the project catches it."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What a reader did that it must not, and with which files."""

    what: str
    where: str
    files: Bundle


@dataclass(slots=True)
class Search:
    """
    A search for files that a reader cannot take.

    Attributes:
        read: Reads the files.
        kept: Files that each showed a new step.
        steps: Steps seen.
        failures: By the place where they happen, the first files each.
        tried: Files tried so far.
    """

    read: Callable[[Bundle], object]
    kept: list[Bundle]
    steps: set[Step] = field(default_factory=set)
    failures: dict[str, Failure] = field(default_factory=dict)
    tried: int = 0

    def run(self, random: Random, *, times: int | None = None, seconds: float | None = None) -> None:
        """Try files until as many are tried or as much time is over."""
        seeds = list(self.kept)
        for seed in seeds:
            self.read(seed)  # whatever is compiled when it is first called does not count
            self.attempt(seed)
        end = monotonic() + seconds if seconds is not None else None
        while (times is None or self.tried < times + len(seeds)) and (end is None or monotonic() < end):
            base = random.choice(self.kept[-50:] if random.random() < 0.5 else self.kept)
            files = mutate(base, self.kept, random)
            if self.attempt(files):
                self.kept.append(files)

    def attempt(self, files: Bundle) -> bool:
        """Have files read; return whether that showed a new step."""
        self.tried += 1
        before = len(self.steps)
        with watched(self.steps):
            failure = failed(self.read, files)
        if failure is not None:
            self.failures.setdefault(f"{failure.what.partition(':')[0]} at {failure.where}", failure)
        return len(self.steps) > before


def failed(read: Callable[[Bundle], object], files: Bundle) -> Failure | None:
    """Have files read; return what the reader did that it must not, if it did."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        with limited(SECONDS):
            read(files)
    except InputError as error:
        if told := badly_told(error):
            return Failure(told, "words", files)
    except Exception as error:  # noqa: BLE001  # whatever a reader lets through is what is looked for
        return Failure(f"{type(error).__name__}: {str(error)[:200]}", place(error), files)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held) * 1024
    return Failure(f"took {grown:,} bytes", "memory", files) if grown > MOST_MEMORY else None


def badly_told(error: InputError) -> str:
    """Return what is wrong with how a refusal is told; nothing where each finding is one line of text."""
    if not error.findings:
        return "refused without a finding"
    for finding in error.findings:
        line = str(finding)
        if any(sign < " " for sign in line) or len(line) > 3_000:
            return f"no line of text: {line[:300]!r}"
    return ""


def place(error: BaseException) -> str:
    """Return the innermost line of the project in an error's trace."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename.startswith(_HOME)]
    frame = own[-1] if own else frames[-1]
    return f"{frame.filename.removeprefix(_HOME).lstrip('/')}:{frame.lineno}"


@contextmanager
def limited(seconds: int) -> Iterator[None]:
    """Raise where something takes longer."""

    def ring(*_: object) -> None:
        message = f"took more than {seconds} seconds"
        raise TooSlowError(message)

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def watched(steps: set[Step]) -> Iterator[None]:
    """Note the steps that are taken in the project's own files."""
    own: dict[Any, int] = {}

    def enter(frame: FrameType, event: str, _: object) -> Callable[..., Any] | None:
        if event != "call":
            return None
        code = frame.f_code
        number = own.get(code)
        if number is None:
            number = own[code] = (
                hash((code.co_filename, code.co_firstlineno)) if code.co_filename.startswith(_HOME) else 0
            )
        if not number:
            return None
        last = 0

        def walk(frame: FrameType, event: str, _: object) -> Callable[..., Any]:
            nonlocal last
            if event == "line":
                steps.add((number, last, frame.f_lineno))
                last = frame.f_lineno
            return walk

        return walk

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        yield
    finally:
        sys.settrace(before)


def written(folder: Path, files: Bundle) -> Sequence[Path]:
    """Write files into an empty folder and return their paths, in order of names."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return [folder / name for name in sorted(files)]
