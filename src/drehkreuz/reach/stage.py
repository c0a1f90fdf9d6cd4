# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The stages of reach: minutes of all homes to blocks of places, kept as long as neither network nor times change."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import asdict, fields, replace
from datetime import date
from functools import lru_cache
from typing import Final, TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.errors import Finding
from drehkreuz.progress import SILENT, Progress
from drehkreuz.reach.commutes import Minutes, findings_of, put_together
from drehkreuz.reach.direct import Direct, direct_ways
from drehkreuz.reach.lent import Lending, lent_rides, somebody_shares
from drehkreuz.reach.network import Network, network, streets
from drehkreuz.reach.parameters import PARAMETERS
from drehkreuz.reach.points import Points
from drehkreuz.reach.triples import Triples
from drehkreuz.reach.visits import Block, Rides, rides, visits
from drehkreuz.reach.ways import Sites, Ways
from drehkreuz.region import Cache, Manifest, Partition, Region, Result, Scalar, Value, run, stage, table
from drehkreuz.region.csr import Csr

Arrays = TypeVar("Arrays", Direct, Rides)

STREETS: Final = ("zones", "street_nodes", "street_edges")
"""Tables that every partition of direct ways reads."""

NETWORK: Final = (*STREETS, "stops", "routes", "trips", "stop_times", "service_days", "transfers")
"""Tables that every partition of rides reads."""

LENT: Final = (*NETWORK, "sharing_stations")
"""Tables that every partition of ways by shared vehicles reads."""

PLACES: Final = 64
"""Places of a partition."""

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

    @classmethod
    def of(cls, inputs: Mapping[str, Value], names: tuple[str, ...]) -> _Same:
        """Return the tables that all partitions read."""
        return cls(_frame(inputs, name) for name in names)

    def region(self, names: tuple[str, ...], day: date) -> Region:
        """Return a region of these tables."""
        return Region(Manifest("partition", "", day, "de", {}), dict(zip(names, self, strict=True)))


def _frame(inputs: Mapping[str, Value], name: str) -> pl.DataFrame:
    frame = inputs[name]
    assert isinstance(frame, pl.DataFrame)  # noqa: S101  # told by `minutes_of_region`
    return frame


def _day(parameters: Mapping[str, Scalar]) -> date:
    day = parameters["day"]
    assert isinstance(day, date)  # noqa: S101  # told by `minutes_of_region`
    return day


@lru_cache(maxsize=1)
def _network(shared: _Same, day: date) -> Network:
    return network(shared.region(NETWORK, day), PARAMETERS)


@lru_cache(maxsize=1)
def _streets(shared: _Same) -> tuple[Ways, Sites]:
    region = shared.region(STREETS, date.min)
    ways = streets(region, PARAMETERS)
    return ways, ways.locate(Points.of(region, "zones"))


def _direct(inputs: Mapping[str, Value], _parameters: Mapping[str, Scalar], _seed: int) -> Mapping[str, Value]:
    ways, zones = _streets(_Same.of(inputs, STREETS))
    places = Region(Manifest("partition", "", date.min, "de", {}), {"places": _frame(inputs, "places")})
    found = direct_ways(ways, zones, ways.locate(Points.of(places, "places")), PARAMETERS)
    return {field.name: getattr(found, field.name) for field in fields(found)}


DIRECT: Final = stage(
    name="reach.direct",
    version=8,
    compute=_direct,
    modules=tuple(
        f"drehkreuz.reach.{name}"
        for name in ("_kernels", "direct", "modes", "network", "parameters", "points", "streets", "ways")
    ),
    libraries=("numba", "numpy", "polars", "scipy"),
)


def _block(net: Network, triples: Triples, inputs: Mapping[str, Value]) -> Block:
    return Block.of(net, visits(triples), *(np.asarray(inputs[name]) for name in ("walk_out", "walk_back")))


def _rides(inputs: Mapping[str, Value], parameters: Mapping[str, Scalar], _seed: int) -> Mapping[str, Value]:
    day, shared = _day(parameters), _Same.of(inputs, NETWORK)
    region = shared.region(NETWORK, day).with_tables({"places": _frame(inputs, "places")})
    net, triples = _network(shared, day).leading_to(region), _triples(_frame(inputs, "triples"))
    found = rides(net, _block(net, triples, inputs))
    return {
        "out": found.out,
        "back": found.back,
        "findings": pl.DataFrame([asdict(one) for one in findings_of(region, net, triples)], schema=_FINDINGS),
    }


RIDES: Final = stage(
    name="reach.rides",
    version=8,
    compute=_rides,
    modules=tuple(
        f"drehkreuz.reach.{name}"
        for name in (
            "_kernels", "commutes", "footpaths", "lines", "links", "modes", "network", "parameters", "points", "scan",
            "service_day", "streets", "timetable", "visits", "ways",
        )
    ),
    libraries=("numba", "numpy", "polars", "scipy"),
)  # fmt: skip


@lru_cache(maxsize=1)
def _lending(shared: _Same, day: date) -> Lending:
    region = shared.region(LENT, day)
    return Lending.of(region, _network(_Same(shared[: len(NETWORK)]), day))


def _lent(inputs: Mapping[str, Value], parameters: Mapping[str, Scalar], _seed: int) -> Mapping[str, Value]:
    day = _day(parameters)
    lending = _lending(_Same.of(inputs, LENT), day)
    region = Region(Manifest("partition", "", day, "de", {}), {"places": _frame(inputs, "places")})
    lending, triples = replace(lending, network=lending.network.leading_to(region)), _triples(_frame(inputs, "triples"))
    found = lent_rides(lending, _block(lending.network, triples, inputs))
    return {"out": found.out, "back": found.back}


LENDING: Final = stage(
    name="reach.lent",
    version=3,
    compute=_lent,
    modules=(
        *RIDES.modules,
        *(f"drehkreuz.reach.{name}" for name in ("lent", "asked.assumed", "asked.ends", "asked.sharing")),
    ),
    libraries=RIDES.libraries,
)


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

    What the timetable does not change, ways by a single mode, is a stage of its own: one line more leaves it as it is. So are ways
    by shared pedelecs, computed only where somebody uses them: one station more leaves all others as they are.

    Args:
        region: The region.
        triples: From `triples(region)`.
        cache: Where partitions are kept; None: computed always.
        executor: Threads, processes or many machines; None: here and now.
        progress: Told of every partition.
    """
    shares = somebody_shares(region)
    shared = {name: table(region, name) for name in NETWORK}
    places = region.table("places")
    used = np.unique(triples.place)
    blocks = [used[i : i + PLACES] for i in range(0, len(used), PLACES)] or [used]
    names = [f"places {block[0]} to {block[-1]}" if len(block) else "no places" for block in blocks]
    on_ground = [
        Partition(name, {**{table: shared[table] for table in STREETS}, "places": places[block]})
        for name, block in zip(names, blocks, strict=True)
    ]
    ground = run(DIRECT, on_ground, cache=cache, executor=executor, progress=progress)
    by_ride = [
        Partition(
            name,
            {
                **shared,
                "places": places[block],
                "triples": _times(triples, block),
                **{walk: direct.outputs[walk] for walk in ("walk_out", "walk_back")},
            },
        )
        for name, block, direct in zip(names, blocks, ground, strict=True)
    ]
    ridden = run(
        RIDES, by_ride, parameters={"day": region.manifest.day}, cache=cache, executor=executor, progress=progress
    )
    own = [_read(Rides, rode) for rode in ridden]
    lent = [rode.none() for rode in own]
    if shares:
        stations = {"sharing_stations": table(region, "sharing_stations")}
        by_lent = [Partition(part.name, {**part.inputs, **stations}) for part in by_ride]
        told = {"day": region.manifest.day}
        found = run(LENDING, by_lent, parameters=told, cache=cache, executor=executor, progress=progress)
        lent = [_read(Rides, more) for more in found]
    parts = list(zip((_read(Direct, direct) for direct in ground), own, lent, strict=True))
    told_of = [Finding(**row) for rode in ridden for row in pl.DataFrame(rode["findings"]).iter_rows(named=True)]
    return put_together(
        triples,
        (len(places), len(region.table("zones"))),
        parts,
        assumed=len(region.table("street_edges")) == 0,
        findings=(*triples.findings, *dict.fromkeys(told_of)),
    )


def _read(kind: type[Arrays], result: Result) -> Arrays:
    return kind(**{field.name: np.asarray(result[field.name]) for field in fields(kind)})


def _times(triples: Triples, block: NDArray[np.int32]) -> pl.DataFrame:
    """Return when people must be at the places of a block."""
    rows = np.isin(triples.place, block)
    return pl.DataFrame(
        {
            "place": np.searchsorted(block, triples.place[rows]).astype(np.int32),
            "start": triples.start[rows],
            "end": triples.end[rows],
            "day_out": triples.day_out[rows],
            "day_back": triples.day_back[rows],
        }
    )


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
