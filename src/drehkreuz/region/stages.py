# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
Stages: pure functions mapped over partitions, each result kept under a key of everything it depends on.

A stage is declared once, beside its function, and run where it is needed:

    def _minutes(inputs, parameters, seed):
        table = fastest(inputs["stops"], inputs["stop_times"], deadline=parameters["deadline"])
        return {"minutes": table}

    MINUTES = stage(
        name="reach.minutes",
        version=1,
        compute=_minutes,
        modules=("drehkreuz.reach.scan", "drehkreuz.reach._kernels"),  # whose code it runs, beside its own module
        libraries=("numba", "numpy", "polars"),
    )

    stops, stop_times = table(region, "stops"), table(region, "stop_times")
    partitions = [
        Partition(f"shift {deadline}", {"stops": stops, "stop_times": stop_times}, {"deadline": deadline})
        for deadline in deadlines
    ]
    results = run(MINUTES, partitions, cache=Cache.default(), executor=ThreadPoolExecutor())
    results[0]["minutes"]                       # the array
    results[0].outputs["minutes"]               # the array with its digest: an input for the next stage

A change of an input gives another key, so its partition is computed again; where the output's digest stays the same,
the keys of the next stage stay too, and nothing further is computed. A change of the code does not show in a key: raise
`version` with it. A test compares the source of every declared stage with the source recorded for its version.
"""

from __future__ import annotations

import ast
import json
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeAlias

import numpy as np
import polars as pl

from drehkreuz.progress import SILENT, Progress
from drehkreuz.region.cache import FOLDER_VARIABLE, Cache, CacheError, CacheWarning
from drehkreuz.region.digest import text_digest
from drehkreuz.region.partition import Input, Known, Partition, Scalar, Value, known

Compute: TypeAlias = Callable[[Mapping[str, Value], Mapping[str, Scalar], int], Mapping[str, Value]]

_declared: Final[dict[str, Stage]] = {}


@dataclass(frozen=True, slots=True)
class Stage:
    """
    A pure function over partitions.

    Attributes:
        name: `engine.what`, one of its kind.
        version: Raised whenever the function may put out something else for the same inputs.
        compute: From inputs, parameters and seed to outputs by name; at the top level of a module, so that it can travel
            to another process. It reads nothing else and writes nothing.
        modules: Modules beside its own whose code it runs.
        libraries: Distributions whose version may change the result.
    """

    name: str
    version: int
    compute: Compute
    modules: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()


def stage(
    *, name: str, version: int, compute: Compute, modules: tuple[str, ...] = (), libraries: tuple[str, ...] = ()
) -> Stage:
    """
    Declare a stage, so that the test of stage versions watches its source.

    Raises:
        ValueError: If another stage has the name.
    """
    declared = Stage(name, version, compute, modules, libraries)
    if _declared.setdefault(name, declared) != declared:
        message = f"there are two stages {name!r}: of {_declared[name].compute.__module__} and {compute.__module__}"
        raise ValueError(message)
    return declared


def stages() -> Mapping[str, Stage]:
    """Return the stages declared by the modules imported so far, by name."""
    return MappingProxyType(_declared)


def source_digest(declared: Stage) -> str:
    """Return the digest of the source of a stage's modules; comments, layout and docstrings do not count."""
    modules = sorted({declared.compute.__module__, *declared.modules})
    return text_digest(json.dumps([[name, _shape(_tree(name))] for name in modules]))


def _tree(module: str) -> ast.Module:
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        message = f"there is no source of module {module!r}"
        raise ValueError(message)
    return ast.parse(Path(spec.origin).read_text(encoding="utf-8"))


def _shape(node: object) -> object:
    """Return a syntax tree as nested lists, the same on every Python: `ast.dump` changes between versions."""
    if isinstance(node, list):
        return [_shape(item) for item in node]
    if not isinstance(node, ast.AST):
        return repr(node)
    fields = dict(ast.iter_fields(node))
    documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    if isinstance(node, documented) and ast.get_docstring(node, clean=False) is not None:
        fields["body"] = node.body[1:]
    empty: tuple[object, ...] = (None, [])
    return [type(node).__name__, *([name, _shape(value)] for name, value in fields.items() if value not in empty)]


# -------------------------------------------------------------------------------------------------------- running


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """
    What a stage put out for one partition.

    Attributes:
        partition: Name of the partition.
        key: Key of everything the outputs depend on.
        outputs: Values with their digests, by name: inputs of the next stage. They cannot be written to.
        computed: Whether it was computed now; else it was in the cache.
    """

    partition: str
    key: str
    outputs: Mapping[str, Known]
    computed: bool

    def __getitem__(self, name: str) -> Value:
        """Return an output's value."""
        return self.outputs[name].value


def run(
    stage: Stage,
    partitions: Sequence[Partition],
    *,
    parameters: Mapping[str, Scalar] | None = None,
    seed: int = 0,
    cache: Cache | None = None,
    executor: Executor | None = None,
    progress: Progress = SILENT,
) -> list[Result]:
    """
    Map a stage over partitions.

    The results are the same whatever the executor, the cache and the number of workers. Of several processes that need
    the same partition one computes it. A cache that cannot be written costs a warning, not the result.

    Args:
        stage: What to compute.
        partitions: What to compute it for.
        parameters: What every partition is told beside its own parameters.
        seed: Seed of all that is drawn; a stage derives from it and its parameters.
        cache: Where results are kept; None: computed always. Work on data of real people takes none.
        executor: Threads, processes, or many machines; None: here and now.
        progress: Told about each partition.

    Returns:
        One result a partition, in their order.

    Raises:
        ValueError: If a partition names a parameter that all are told.
        TypeError: If a parameter is no scalar, or the stage puts out anything but frames and arrays.
        Exception: Whatever the stage raises; partitions not yet begun are cancelled.
    """
    jobs = _jobs(stage, partitions, parameters or {}, seed, cache)
    outcomes = _outcomes(jobs, executor, progress, stage.name)
    if cache is not None and any(outcome.computed for outcome in outcomes):
        cache.trim()
    trouble = sorted({outcome.trouble for outcome in outcomes if outcome.trouble})
    if trouble:
        remedy = f"Set {FOLDER_VARIABLE} to a folder with room that can be written to."
        message = f"{stage.name}: results were not cached: {'; '.join(trouble)}. {remedy}"
        warnings.warn(message, CacheWarning, stacklevel=2)
    return [
        Result(partition.name, job.key, outcome.outputs, outcome.computed)
        for partition, job, outcome in zip(partitions, jobs, outcomes, strict=True)
    ]


@dataclass(frozen=True, slots=True, eq=False)
class _Outcome:
    outputs: Mapping[str, Known]
    computed: bool
    trouble: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    """Everything a worker needs; travels to other processes."""

    stage: Stage
    inputs: Mapping[str, Known]
    parameters: Mapping[str, Scalar]
    seed: int
    cache: Cache | None
    key: str

    def stored(self) -> _Outcome | None:
        """Return what the cache has."""
        outputs = None if self.cache is None else self.cache.read(self.key)
        return None if outputs is None else _Outcome(outputs, computed=False)

    def work(self) -> _Outcome:
        """Return what the cache has, else compute and store it, alone among all processes that want it."""
        if self.cache is None:
            return _Outcome(self._compute(), computed=True)
        outputs = None
        try:
            with self.cache.lock(self.key):
                if (stored := self.stored()) is not None:
                    return stored
                outputs = self._compute()
                self.cache.write(self.key, outputs)
        except CacheError as error:
            return _Outcome(self._compute() if outputs is None else outputs, computed=True, trouble=str(error))
        return _Outcome(outputs, computed=True)

    def _compute(self) -> dict[str, Known]:
        inputs = {name: value.value for name, value in self.inputs.items()}
        outputs = self.stage.compute(inputs, self.parameters, self.seed)
        return {name: known(self._checked(name, value)) for name, value in outputs.items()}

    def _checked(self, name: str, value: object) -> Value:
        if not name.isidentifier():
            message = f"{self.stage.name}: the output {name!r} is no name"
            raise TypeError(message)
        if not isinstance(value, pl.DataFrame | np.ndarray):
            message = f"{self.stage.name}: the output {name!r} is a {type(value).__name__}, no frame and no array"
            raise TypeError(message)
        return value


def _jobs(
    stage: Stage, partitions: Sequence[Partition], parameters: Mapping[str, Scalar], seed: int, cache: Cache | None
) -> list[_Job]:
    seen: dict[int, Known] = {}  # inputs that several partitions share are digested once

    def once(value: Input) -> Known:
        if id(value) not in seen:
            seen[id(value)] = known(value)
        return seen[id(value)]

    jobs = []
    for partition in partitions:
        twice = sorted(parameters.keys() & partition.parameters.keys())
        if twice:
            message = f"{stage.name}: partition {partition.name!r} names the parameter {twice[0]!r} that all are told"
            raise ValueError(message)
        told = {**parameters, **partition.parameters}
        inputs = {name: once(value) for name, value in partition.inputs.items()}
        jobs.append(_Job(stage, inputs, told, seed, cache, _key(stage, inputs, told, seed)))
    return jobs


def _key(stage: Stage, inputs: Mapping[str, Known], parameters: Mapping[str, Scalar], seed: int) -> str:
    facts = {
        "stage": stage.name,
        "version": stage.version,
        "libraries": {name: _version(name) for name in stage.libraries},
        "parameters": {name: _canonical(name, value) for name, value in parameters.items()},
        "seed": seed,
        "inputs": {name: value.digest for name, value in inputs.items()},
    }
    return text_digest(json.dumps(facts, sort_keys=True))


@cache
def _version(library: str) -> str:
    """Return a library's version, looked up once: asked for every partition, it took longer than reading some of them."""
    return metadata.version(library)


def _canonical(name: str, value: object) -> object:
    """Return a parameter so that values of different types look different: 1, 1.0, True and "1" are four."""
    if isinstance(value, float):
        return {"float": float(value).hex()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if value is None or isinstance(value, str | bool | int):
        return value
    message = f"the parameter {name!r} is a {type(value).__name__}, no text, number, truth value or date"
    raise TypeError(message)


def _outcomes(jobs: Sequence[_Job], executor: Executor | None, progress: Progress, label: str) -> list[_Outcome]:
    outcomes: dict[int, _Outcome] = {}
    progress.start(label, len(jobs))
    try:
        for number, outcome in _finished(jobs, executor):
            outcomes[number] = outcome
            progress.advance()
    finally:
        progress.finish()
    return [outcomes[number] for number in range(len(jobs))]


def _finished(jobs: Sequence[_Job], executor: Executor | None) -> Iterator[tuple[int, _Outcome]]:
    """Yield outcomes with their places as they come: what is stored, then what is computed."""
    missing = []
    for number, job in enumerate(jobs):
        outcome = job.work() if executor is None else job.stored()
        if outcome is None:
            missing.append(number)
        else:
            yield number, outcome
    if executor is None:
        return
    futures = {executor.submit(jobs[number].work): number for number in missing}
    try:
        for future in as_completed(futures):
            yield futures[future], future.result()
    finally:
        for future in futures:
            future.cancel()
