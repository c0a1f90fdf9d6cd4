# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
Other processes that work answers out, so that pages never wait for them.

A case goes to one of them through a pipe and the result comes back through another; neither stands in a file or a log. While they are
not ready, or if one has died, answers are worked out here.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.learning.catalogue import catalogue
from drehkreuz.matching.market import Market, prepare, with_person
from drehkreuz.matching.relation import Pairs
from drehkreuz.matching.utility import UtilityWeights
from drehkreuz.reach import PARAMETERS
from drehkreuz.reach.network import network
from drehkreuz.region import Cache, Region, open_region
from drehkreuz.region.region import OF_PEOPLE
from drehkreuz.reports.pair import Values
from drehkreuz.reports.words import Language
from drehkreuz_web.house.logs import log
from drehkreuz_web.person.case import Case
from drehkreuz_web.person.memory import Worked
from drehkreuz_web.person.work import told, work


class Result(NamedTuple):
    """
    What a process sends back.

    Attributes:
        tables: The person's tables.
        weights: What counts for them.
        plain: Their pairs.
        described: Pairs described already.
        findings: What is wrong with the case; then nothing else is there.
    """

    tables: Mapping[str, pl.DataFrame]
    weights: UtilityWeights
    plain: Pairs | None
    described: dict[tuple[int, str], Values]
    findings: tuple[Finding, ...] = ()


class Workers:
    """
    Processes over one region.

    Args:
        count: How many.
        region: Folder of the region, and its snapshot's number.
    """

    def __init__(self, count: int, region: tuple[Path, int]) -> None:
        self._count, self._region = count, region
        self._pool: ProcessPoolExecutor | None = None
        self._ready: list[Future[None]] = []

    def start(self) -> None:
        """Begin; answers come from here as soon as all are ready."""
        self._pool = ProcessPoolExecutor(
            self._count, mp_context=get_context("spawn"), initializer=_begin, initargs=self._region
        )
        with _told_to_children(
            POLARS_MAX_THREADS="1"
        ):  # a person's tables are so small that waking threads takes longer
            self._ready = [self._pool.submit(_ready) for _ in range(self._count)]

    def work(self, market: Market, case: Case, language: Language) -> Worked:
        """
        Work a case out, over there if possible.

        Raises:
            InputError: If an answer is missing, unknown or not allowed.
        """
        if self._pool is None or not all(one.done() for one in self._ready):
            return work(market, case)
        try:
            result = self._pool.submit(_work, case.toml, language).result()
        except BrokenProcessPool:
            log.error("answers", extra={"fields": {"exception": "BrokenProcessPool"}})
            self.start()
            return work(market, case)
        if result.findings or result.plain is None:
            raise InputError(*result.findings)
        return Worked(with_person(market, result.tables, result.weights), result.plain, result.described)

    def stop(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


@contextmanager
def _told_to_children(**settings: str) -> Iterator[None]:
    """Set what processes that begin now read from their environment; whoever set it already is heard."""
    ours = {name: value for name, value in settings.items() if name not in os.environ}
    os.environ.update(ours)
    try:
        yield
    finally:
        for name in ours:
            del os.environ[name]


_begun: list[Workers] = []
"""The workers of this site, if it has any."""


def begin(count: int, region: Region) -> None:
    """
    Begin so many processes over a region; those begun before end.

    Args:
        count: How many; 0: none.
        region: Read from a snapshot; of a region in memory no other process knows, so none is begun.
    """
    while _begun:
        _begun.pop().stop()
    if count and region.folder is not None:
        _begun.append(Workers(count, (region.folder.parent, int(region.folder.name))))
        _begun[0].start()


def work_out(market: Market, case: Case, language: Language) -> Worked:
    """Work a case out, in another process where there are some; arguments and errors as for `Workers.work`."""
    return _begun[0].work(market, case, language) if _begun else work(market, case)


_market: list[Market] = []
"""In a process that works: the prepared region."""


def _begin(folder: Path, snapshot: int) -> None:
    """Prepare the region in a new process, which ends with the site and leaves its signals to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_the_site, daemon=True).start()
    market = prepare(open_region(folder, snapshot), cache=Cache.default())
    network(market.region, PARAMETERS)
    catalogue(market.region, market.taxonomy, market.requirements, market.learning)
    _market.append(market)


def _end_with_the_site() -> None:
    parent: Any = parent_process()
    parent.join()
    os._exit(0)


def _ready() -> None:
    """Do nothing: who is asked for it is ready afterwards."""


def _work(toml: str, language: Language) -> Result:
    case = Case.read(toml)
    try:
        worked = work(_market[0], case.apart_from_weights)
        told(worked, case, "", language)
    except InputError as error:
        return Result({}, UtilityWeights(), None, {}, error.findings)
    tables = {name: worked.market.region.table(name) for name in OF_PEOPLE}
    return Result(tables, worked.market.weights, worked.plain, worked.described)
