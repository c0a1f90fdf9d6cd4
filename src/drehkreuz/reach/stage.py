# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The stage of reach: minutes of all homes to a block of places, kept as long as neither network nor times change."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np
import polars as pl

from drehkreuz.errors import Finding
from drehkreuz.progress import SILENT, Progress
from drehkreuz.reach.commutes import Minutes, minutes
from drehkreuz.reach.network import Network, network
from drehkreuz.reach.parameters import PARAMETERS
from drehkreuz.reach.triples import Triples
from drehkreuz.region import Cache, Known, Manifest, Partition, Region, Result, Scalar, Value, run, stage, table
from drehkreuz.region.csr import Csr

NETWORK: Final = (
    "zones", "street_nodes", "street_edges", "stops", "routes", "trips", "stop_times", "service_days", "transfers",
)  # fmt: skip
"""Tables that every partition reads."""

PLACES: Final = 64
"""Places of a partition: a network is prepared once for so many."""

_FINDINGS: Final = pl.Schema(
    dict.fromkeys(("where", "row", "column", "value", "problem", "remedy", "severity"), pl.String)
)


class _Same(tuple[pl.DataFrame, ...]):
    """Tables that are equal if they are the same objects: what partitions of one process share is prepared once."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and [*map(id, self)] == [*map(id, other)]

    def __hash__(self) -> int:
        return hash(tuple(map(id, self)))


def _region(shared: _Same, day: date) -> Region:
    return Region(Manifest("partition", "", day, "de", {}), dict(zip(NETWORK, shared, strict=True)))


@lru_cache(maxsize=1)
def _network(shared: _Same, day: date) -> Network:
    return network(_region(shared, day), PARAMETERS)


def _compute(inputs: Mapping[str, Value], parameters: Mapping[str, Scalar], _seed: int) -> Mapping[str, Value]:
    frames = {name: frame for name, frame in inputs.items() if isinstance(frame, pl.DataFrame)}
    day = parameters["day"]
    assert isinstance(day, date)  # noqa: S101  # told by `minutes_of_region`
    shared = _Same(frames[name] for name in NETWORK)
    region = _region(shared, day).with_tables({"places": frames["places"]})
    found = minutes(region, _triples(frames["triples"]), prepared=_network(shared, day).leading_to(region))
    return {
        "out": found.out,
        "back": found.back,
        "bike_km": found.bike_km,
        "car_km": found.car_km,
        "findings": pl.DataFrame([asdict(finding) for finding in found.findings], schema=_FINDINGS),
    }


MINUTES: Final = stage(
    name="reach.minutes",
    version=4,
    compute=_compute,
    modules=tuple(
        f"drehkreuz.reach.{name}"
        for name in (
            "_kernels", "commutes", "footpaths", "lines", "links", "modes", "network", "parameters", "points", "scan",
            "service_day", "streets", "timetable", "visits", "ways",
        )
    ),
    libraries=("numba", "numpy", "polars", "scipy"),
)  # fmt: skip


def minutes_of_region(
    region: Region,
    triples: Triples,
    *,
    cache: Cache | None = None,
    executor: Executor | None = None,
    progress: Progress = SILENT,
) -> Minutes:
    """
    Return what `minutes` returns, by partitions of places through the cache.

    Args:
        region: The region.
        triples: From `triples(region)`.
        cache: Where partitions are kept; None: computed always.
        executor: Threads, processes or many machines; None: here and now.
        progress: Told of every partition.
    """
    shared = {name: table(region, name) for name in NETWORK}
    places = region.table("places")
    used = np.unique(triples.place)
    blocks = [used[i : i + PLACES] for i in range(0, len(used), PLACES)] or [used]
    partitions = [_partition(block, places, triples, shared) for block in blocks]
    results = run(
        MINUTES, partitions, parameters={"day": region.manifest.day}, cache=cache, executor=executor, progress=progress
    )
    return _assembled(results, blocks, len(places), len(region.table("street_edges")) == 0, triples)


def _partition(
    block: np.ndarray[tuple[int], np.dtype[np.int32]],
    places: pl.DataFrame,
    triples: Triples,
    shared: Mapping[str, Known],
) -> Partition:
    rows = np.isin(triples.place, block)
    times = pl.DataFrame(
        {
            "place": np.searchsorted(block, triples.place[rows]).astype(np.int32),
            "start": triples.start[rows],
            "end": triples.end[rows],
            "day_out": triples.day_out[rows],
            "day_back": triples.day_back[rows],
        }
    )
    names = f"places {block[0]} to {block[-1]}" if len(block) else "no places"
    return Partition(names, {**shared, "places": places[block], "triples": times})


def _triples(times: pl.DataFrame) -> Triples:
    """Return the triples of a partition; which posts and sessions they belong to makes no difference to minutes."""
    nothing = Csr(np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int32))
    columns = {name: times[name].to_numpy() for name in times.columns}
    return Triples(
        **columns,
        of_vacancy=nothing,
        days=np.zeros(0),
        further=np.zeros(0, dtype=np.bool_),
        of_session=np.zeros(0, dtype=np.int32),
        findings=(),
    )


def _assembled(
    results: list[Result],
    blocks: list[np.ndarray[tuple[int], np.dtype[np.int32]]],
    n_places: int,
    assumed: bool,
    triples: Triples,
) -> Minutes:
    """Put the partitions together; triples are in order of their places, so their rows follow one another."""

    def joined(name: str) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
        return np.concatenate([np.asarray(result[name]) for result in results])

    def by_place(name: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        parts = [np.asarray(result[name]) for result in results]
        whole = np.full((n_places, parts[0].shape[1]), np.nan, dtype=np.float32)
        for block, part in zip(blocks, parts, strict=True):
            whole[block] = part
        return whole

    found = [Finding(**row) for result in results for row in pl.DataFrame(result["findings"]).iter_rows(named=True)]
    return Minutes(
        out=joined("out"),
        back=joined("back"),
        bike_km=by_place("bike_km"),
        car_km=by_place("car_km"),
        assumed_ways=assumed,
        findings=(*triples.findings, *dict.fromkeys(found)),
    )
