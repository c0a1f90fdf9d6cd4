# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A stage gives the same bytes however it is run, and computes only what has changed."""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drehkreuz.region import (
    Cache,
    CacheWarning,
    Known,
    Partition,
    Region,
    Result,
    Scalar,
    Stage,
    Value,
    blocks,
    known,
    open_region,
    run,
    stage,
    table,
    write_snapshot,
)
from drehkreuz.region.stages import source_digest, stages

Deaths: TypeAlias = Callable[[str, list[str]], Iterator[list[str]]]
HERE = Path(__file__).parent


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module of example stages, importable here and in other processes."""
    monkeypatch.syspath_prepend(HERE)
    sys.modules.pop("example_stages", None)
    import example_stages  # noqa: PLC0415  # found only now

    return example_stages


def parts(count: int = 4, rows: int = 50) -> list[Partition]:
    """Return partitions over the same table, told apart by a parameter."""
    frame = known(pl.DataFrame({"value": np.arange(rows)}))
    return [Partition(f"block {number}", {"rows": frame}, {"block": number}) for number in range(count)]


def digests(results: list[Result]) -> list[dict[str, str]]:
    """Return what the results say, not where it comes from."""
    return [{name: value.digest for name, value in result.outputs.items()} for result in results]


class Counting:
    """A stage's function that notes for which partitions it was called."""

    def __init__(self, compute: Callable[[Mapping[str, Value]], Mapping[str, Value]]) -> None:
        self.compute = compute
        self.seen: list[Scalar] = []

    def __call__(
        self, inputs: Mapping[str, Value], parameters: Mapping[str, Scalar], _seed: int
    ) -> Mapping[str, Value]:
        """Note the partition's number, then compute."""
        self.seen.append(parameters.get("block"))
        return self.compute(inputs)


def executors() -> dict[str, Callable[[], Executor]]:
    """Return ways to run, by name."""
    spawn = multiprocessing.get_context("spawn")
    return {"threads": lambda: ThreadPoolExecutor(3), "processes": lambda: ProcessPoolExecutor(2, mp_context=spawn)}


@pytest.mark.parametrize("kind", executors())
@pytest.mark.parametrize("cached", [False, True])
def test_same_bytes(example: ModuleType, tmp_path: Path, kind: str, cached: bool) -> None:
    """Here, in threads and in other processes, cached and not, the results are the same and in order."""
    expected = run(example.NOISE, parts(), parameters={"day": date(2026, 3, 2)}, seed=7)
    cache = Cache(tmp_path) if cached else None
    with executors()[kind]() as executor:
        results = run(
            example.NOISE, parts(), parameters={"day": date(2026, 3, 2)}, seed=7, cache=cache, executor=executor
        )
    assert digests(results) == digests(expected)
    assert [result.partition for result in results] == [f"block {number}" for number in range(4)]
    for result, other in zip(results, expected, strict=True):
        np.testing.assert_array_equal(result["numbers"], other["numbers"])
        assert known(result["rows"]).digest == other.outputs["rows"].digest
    if cache is not None:
        again = run(example.NOISE, parts(), parameters={"day": date(2026, 3, 2)}, seed=7, cache=cache)
        assert not any(result.computed for result in again)
        assert digests(again) == digests(expected)


def test_without_cache_computes_always() -> None:
    """Without a cache every run computes every partition."""
    counting = Counting(lambda inputs: {"rows": inputs["rows"]})
    for _ in range(2):
        assert all(result.computed for result in run(Stage("example.count", 1, counting), parts(3)))
    assert counting.seen == [0, 1, 2] * 2


def test_change_of_one_input(tmp_path: Path) -> None:
    """A changed input computes its partition again and leaves the others alone."""
    counting = Counting(lambda inputs: {"sum": np.array(inputs["rows"].sum().item())})
    counted, cache = Stage("example.sum", 1, counting), Cache(tmp_path)
    frames = [pl.DataFrame({"value": [number, 1]}) for number in range(3)]

    def pieces() -> list[Partition]:
        return [Partition(str(number), {"rows": frame}, {"block": number}) for number, frame in enumerate(frames)]

    run(counted, pieces(), cache=cache)
    frames[1] = pl.DataFrame({"value": [5, 5]})
    results = run(counted, pieces(), cache=cache)
    assert counting.seen == [0, 1, 2, 1]
    assert [result.computed for result in results] == [False, True, False]
    assert [int(result["sum"]) for result in results] == [1, 10, 3]


def test_unchanged_output_stops_propagation(example: ModuleType, tmp_path: Path) -> None:
    """A change whose output is the same computes nothing downstream."""
    cache, downstream = Cache(tmp_path), Counting(lambda inputs: {"sum": inputs["rounded"].sum(keepdims=True)})
    last = Stage("example.last", 1, downstream)

    def both(values: list[float]) -> list[Result]:
        first = run(example.ROUNDED, [Partition("all", {"values": np.array(values)})], cache=cache)
        second = run(last, [Partition("all", {"rounded": first[0].outputs["rounded"]})], cache=cache)
        return [*first, *second]

    assert [result.computed for result in both([1.5, 2.5])] == [True, True]
    assert [result.computed for result in both([1.25, 2.75])] == [True, False]
    assert [result.computed for result in both([1.25, 3.75])] == [True, True]
    assert len(downstream.seen) == 2


def test_what_makes_a_key(example: ModuleType, tmp_path: Path) -> None:
    """Name, version, parameters with their types, seed, inputs and libraries make the key; names of partitions do not."""
    frame = pl.DataFrame({"value": [1]})

    def key(
        what: Stage = example.NOISE, name: str = "x", rows: pl.DataFrame = frame, seed: int = 0, **told: Scalar
    ) -> str:
        return run(what, [Partition(name, {"rows": rows}, {"block": 1})], parameters=told, seed=seed)[0].key

    compute = example.NOISE.compute
    base = key()
    assert base == key(name="another name") == key(rows=pl.concat([frame, frame])[:1])
    assert key(a=1, b=2) == key(b=2, a=1)
    keys = [
        base,
        key(Stage("example.other", 1, compute, libraries=("numpy", "polars"))),
        key(Stage("example.noise", 2, compute, libraries=("numpy", "polars"))),
        key(Stage("example.noise", 1, compute, libraries=("numpy",))),
        key(seed=1),
        key(rows=frame + 1),
        *(key(day=value) for value in (1, 1.0, True, "1", None, date(2026, 3, 2), "2026-03-02", 1.0000000000000002)),
    ]
    assert len(set(keys)) == len(keys)
    assert tmp_path.exists()


@given(
    st.dictionaries(
        st.text(max_size=5), st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates()
    )
)
def test_parameters_of_any_sort(told: dict[str, Scalar]) -> None:
    """Any scalars make a key, the same in any order."""
    same = Stage("example.same", 1, lambda inputs, _parameters, _seed: dict(inputs))
    one, other = (run(same, [Partition("x", {})], parameters=p)[0].key for p in (told, dict(reversed(told.items()))))
    assert one == other


def test_refusals(example: ModuleType) -> None:
    """What cannot make a key or an output is refused by name."""
    part = [Partition("first", {"rows": pl.DataFrame({"value": [1]})}, {"block": 1})]
    with pytest.raises(ValueError, match="partition 'first' names the parameter 'block' that all are told"):
        run(example.NOISE, part, parameters={"block": 2})
    with pytest.raises(TypeError, match="the parameter 'day' is a list"):
        run(example.NOISE, part, parameters={"day": [1]})
    with pytest.raises(TypeError, match=r"example\.bad: the output 'x' is a list, no frame and no array"):
        run(Stage("example.bad", 1, lambda *_: {"x": [1]}), part)
    with pytest.raises(TypeError, match="the output 'a/b' is no name"):
        run(Stage("example.bad", 1, lambda *_: {"a/b": np.zeros(1)}), part)
    with pytest.raises(TypeError, match="Python objects"):
        run(Stage("example.bad", 1, lambda *_: {"x": np.array([None])}), part)


def test_results_cannot_be_written_to(example: ModuleType, tmp_path: Path) -> None:
    """A result stays what its digest says, cached or not; so does an input while a stage runs."""

    def spoils(inputs: Mapping[str, Value], _parameters: Mapping[str, Scalar], _seed: int) -> Mapping[str, Value]:
        inputs["values"][0] = 9
        return {}

    for cache in (None, Cache(tmp_path), Cache(tmp_path)):
        (result,) = run(example.ROUNDED, [Partition("all", {"values": np.ones(3)})], cache=cache)
        with pytest.raises(ValueError, match="read-only"):
            result["rounded"][0] = 5
    with pytest.raises(ValueError, match="read-only"):
        run(Stage("example.spoils", 1, spoils), [Partition("all", {"values": np.ones(3)})])


def test_failure_cancels_the_rest(tmp_path: Path) -> None:
    """What a stage raises comes out as it is, later partitions are not begun, and what was computed is kept."""
    begun: list[Scalar] = []

    def fails(_inputs: Mapping[str, Value], parameters: Mapping[str, Scalar], _seed: int) -> Mapping[str, Value]:
        begun.append(parameters["block"])
        if parameters["block"] == 1:
            raise ZeroDivisionError
        return {"x": np.zeros(1)}

    for executor in (None, ThreadPoolExecutor(1)):
        begun.clear()
        with pytest.raises(ZeroDivisionError):
            run(
                Stage("example.fails", 1, fails),
                parts(50),
                cache=Cache(tmp_path / str(executor)[:5]),
                executor=executor,
            )
        if executor is not None:
            executor.shutdown()
        assert len(begun) < 50
        assert len(Cache(tmp_path / str(executor)[:5]).stored()) >= 1


def test_one_of_many_computes(tmp_path: Path) -> None:
    """Of several that need the same partition at the same time one computes it."""
    together = threading.Barrier(4)
    counting = Counting(lambda inputs: {"rows": inputs["rows"]})
    counted = Stage("example.once", 1, counting)

    def go(_number: int) -> list[Result]:
        together.wait()
        return run(counted, parts(5), cache=Cache(tmp_path))

    with ThreadPoolExecutor(4) as pool:
        everyone = list(pool.map(go, range(4)))
    assert sorted(counting.seen) == [0, 1, 2, 3, 4]
    assert all(digests(results) == digests(everyone[0]) for results in everyone)


def test_full_disk(example: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache that cannot be written costs a warning, not the result."""

    def full(*_: object) -> dict[str, object]:
        raise OSError(28, "No space left on device")

    expected = run(example.NOISE, parts())
    monkeypatch.setattr("drehkreuz.region.cache._store", full)
    with pytest.warns(CacheWarning, match=r"example\.noise: results were not cached: .*No space left on device"):
        results = run(example.NOISE, parts(), cache=Cache(tmp_path))
    assert digests(results) == digests(expected)
    assert Cache(tmp_path).stored() == []
    (tmp_path / "file").touch()
    with pytest.warns(CacheWarning, match="Not a directory"):
        results = run(example.NOISE, parts(), cache=Cache(tmp_path / "file"))
    assert digests(results) == digests(expected)


def test_damaged_entry_is_computed_again(example: ModuleType, tmp_path: Path) -> None:
    """An entry damaged on disk is computed again, and then whole."""
    first = run(example.NOISE, parts(2), cache=Cache(tmp_path))
    path = tmp_path / first[1].key[:2] / first[1].key / "numbers.npy"
    path.write_bytes(path.read_bytes()[:-1] + b"\xff")
    second = run(example.NOISE, parts(2), cache=Cache(tmp_path))
    assert [result.computed for result in second] == [False, True]
    assert digests(second) == digests(first)
    assert not any(result.computed for result in run(example.NOISE, parts(2), cache=Cache(tmp_path)))


def test_run_keeps_the_limit(example: ModuleType, tmp_path: Path) -> None:
    """After a run the cache is within its limit, and the results that went are still there to be used."""
    cache = Cache(tmp_path, limit=30_000)
    results = run(example.NOISE, parts(8, rows=200), cache=cache)
    assert 0 < sum(path.stat().st_size for path in tmp_path.glob("??/*/*")) <= 30_000
    assert [known(result["numbers"]).digest for result in results] == [d["numbers"] for d in digests(results)]


class Watching:
    """A progress that remembers."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def start(self, label: str, total: int | None) -> None:
        """Remember the beginning."""
        self.told.append((label, total))

    def advance(self, steps: int = 1) -> None:
        """Remember a step."""
        self.told.append(steps)

    def finish(self) -> None:
        """Remember the end."""
        self.told.append("done")


def test_progress(example: ModuleType, tmp_path: Path) -> None:
    """Every partition counts as a step, computed or not."""
    for _ in range(2):
        watching = Watching()
        run(example.NOISE, parts(3), cache=Cache(tmp_path), progress=watching)
        assert watching.told == [("example.noise", 3), 1, 1, 1, "done"]


# ---------------------------------------------------------------------------------------------------------- partitions


def test_tables_of_a_region(example: ModuleType, tiny: Region, tmp_path: Path) -> None:
    """A table of a snapshot is an input that other processes read from its file."""
    write_snapshot(tmp_path / "region", tiny)
    region = open_region(tmp_path / "region")
    zones = table(region, "zones")
    assert (zones.digest, zones.file) == (tiny.digest("zones"), tmp_path / "region" / "000001" / "zones.arrow")
    again = zones.__reduce__()
    assert again[1] == (zones.file, zones.digest)
    copy = again[0](*again[1])
    assert known(copy.value).digest == copy.digest == zones.digest
    assert table(tiny, "zones").file is None
    assert isinstance(table(tiny, "zones").__reduce__()[1][0], pl.DataFrame)
    renamed = known(pl.DataFrame({"value": region.table("stop_times")["arrival"]}))
    with executors()["processes"]() as executor:
        (result,) = run(example.NOISE, [Partition("x", {"rows": renamed}, {"block": 1})], executor=executor)
    assert len(result["rows"]) == 2


def test_known_is_taken_at_its_word() -> None:
    """A value that comes with its digest is not digested again."""
    sure = Known(pl.DataFrame({"a": [1]}), "0" * 32)
    assert known(sure) is sure


@given(st.integers(0, 40), st.integers(1, 12))
def test_blocks(rows: int, size: int) -> None:
    """Blocks follow one another, cover every row once, and are full but for the last."""
    cut = blocks(rows, size)
    assert [row for block in cut for row in block] == list(range(rows))
    assert all(len(block) == size for block in cut[:-1])
    assert all(0 < len(block) <= size for block in cut)


# ------------------------------------------------------------------------------------------------------- declarations


def test_declaration(monkeypatch: pytest.MonkeyPatch, example: ModuleType) -> None:
    """A declared stage is known by its name; a second of the same name is refused."""
    monkeypatch.setattr("drehkreuz.region.stages._declared", {})
    declared = stage(name="example.declared", version=1, compute=example.NOISE.compute)
    assert stages() == {"example.declared": declared}
    assert stage(name="example.declared", version=1, compute=example.NOISE.compute) == declared
    with pytest.raises(
        ValueError, match=r"there are two stages 'example\.declared': of example_stages and example_stages"
    ):
        stage(name="example.declared", version=1, compute=example.ROUNDED.compute)


SOURCE = '''
"""Module."""
def compute(inputs, parameters, seed):
    """Double it."""
    return {"x": inputs["x"] * 2}  # twice
'''


def test_source_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Comments, docstrings and layout do not count as a change of a stage's source; code does."""
    monkeypatch.syspath_prepend(tmp_path)
    path = tmp_path / "watched_stage.py"

    def digest(source: str) -> str:
        path.write_text(source)
        sys.modules.pop("watched_stage", None)
        import watched_stage  # noqa: PLC0415  # written just now

        return source_digest(Stage("example.watched", 1, watched_stage.compute))

    base = digest(SOURCE)
    assert digest(SOURCE.replace("# twice", "# by two").replace("Double it.", "Do it.").replace(" * ", "*")) == base
    assert digest(SOURCE.replace('"""Double it."""', "")) == base
    assert digest(SOURCE.replace("* 2", "* 3")) != base
    assert digest(SOURCE + "\nLIMIT = None\n") != digest(SOURCE + "\nLIMIT = 0\n")
    wider = Stage("example.watched", 1, sys.modules["watched_stage"].compute, ("drehkreuz.region.partition",))
    assert source_digest(wider) != source_digest(Stage("example.watched", 1, wider.compute))
    with pytest.raises(ValueError, match=r"no source of module 'drehkreuz\.nowhere'"):
        source_digest(Stage("example.watched", 1, wider.compute, ("drehkreuz.nowhere",)))


# ------------------------------------------------------------------------------------------------------ sudden death

WORKER = """
sys.path.insert(0, {here!r})
from itertools import count
from pathlib import Path
import numpy as np, polars as pl
from drehkreuz.region import Cache, Partition, known, run
from example_stages import NOISE

def work(folder, rows):
    cache = Cache(Path(folder))
    for seed in count(len(cache.stored()) // 3):
        frame = known(pl.DataFrame(dict(value=np.arange(int(rows)))))
        run(NOISE, [Partition(str(k), dict(rows=frame), dict(block=k)) for k in range(3)], seed=seed, cache=cache)
        print(seed, flush=True)
"""


def test_sudden_death(example: ModuleType, tmp_path: Path, deaths: Deaths) -> None:
    """A stage killed at any moment leaves a cache in which every entry is what would be computed again."""
    cache, seeds = Cache(tmp_path / "cache"), 0
    for said in deaths(WORKER.replace("{here!r}", repr(str(HERE))), [str(cache.folder), "20000"]):
        seeds = max(seeds, int(said[-1]) + 1)
        assert all(cache.read(key) is not None for key in cache.stored())
        assert len(cache.stored()) >= 3 * seeds
    again = {}
    for seed in range(seeds + 1):
        fresh = run(example.NOISE, parts(3, rows=20_000), seed=seed)
        again |= {result.key: {name: value.digest for name, value in result.outputs.items()} for result in fresh}
    kept = {key: cache.read(key) for key in cache.stored()}
    assert kept.keys() <= again.keys()
    for key, values in kept.items():
        assert values is not None
        assert {name: known(value.value).digest for name, value in values.items()} == again[key]
    cache.trim()
    assert {path.name for path in cache.folder.glob("??/*")} == kept.keys() | {
        path.name for path in cache.folder.glob("??/*.lock")
    }
