# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Machine code is never older than the sources of any kernel compiled into it."""

from __future__ import annotations

import ast
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import drehkreuz
import drehkreuz.skills
from drehkreuz.reach._kernels import heap_pop, search
from drehkreuz.region.kernels import declared, make_ready
from drehkreuz.region.machine_code import SOURCES, machine_code

KERNELS = sorted(Path(drehkreuz.__path__[0]).rglob("_kernels.py"))


def imported(path: Path) -> set[str]:
    """Return the modules of the library that a file imports, but the one that compiles."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    modules = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {module for module in modules if module.startswith("drehkreuz")} - {"drehkreuz.region.kernels"}


def test_kernels_take_nothing_from_elsewhere() -> None:
    """Whatever a kernel imports from the library stands in a file whose change names another folder."""
    assert KERNELS
    for module in set().union(*map(imported, KERNELS)):
        spec = find_spec(module)
        assert spec is not None
        assert spec.origin is not None
        assert Path(spec.origin).name in SOURCES, module


def test_the_folder_is_named_by_the_sources() -> None:
    """The same sources name the same folder, and its name is a digest."""
    assert machine_code() == machine_code()
    assert len(bytes.fromhex(machine_code().name)) == 8


def test_a_kernel_is_on_disk_once_it_is_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a kernel was compiled on this machine is told without compiling it, and not by another kernel's file."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    (one,) = (kernel for kernel in declared("drehkreuz.skills") if kernel.function.__name__ == "add_columns")
    folder, line = tmp_path / "skills_5f0c", one.function.__code__.co_firstlineno
    folder.mkdir()
    (folder / f"_kernels.add_columns-{line + 1}.py311.nbi").touch()
    assert not one.on_disk
    (folder / f"_kernels.add_columns-{line}.py311.nbi").touch()
    assert one.on_disk


def test_numba_keeps_a_kernel_where_it_is_looked_for() -> None:
    """A kernel that has just been called is found on disk."""
    add_columns = next(kernel for kernel in declared("drehkreuz.skills") if kernel.function.__name__ == "add_columns")
    assert add_columns.compiled is add_columns.compiled
    assert add_columns.on_disk


def test_inner_kernels_are_called_by_kernels_alone() -> None:
    """A kernel without a way in from Python says so, and is none of those that are made ready."""
    with pytest.raises(TypeError, match="inner kernel"):
        heap_pop(np.zeros(1), np.zeros(1, dtype=np.int32), 1)
    assert heap_pop not in declared("drehkreuz.reach")
    assert search in declared("drehkreuz.reach", "drehkreuz.reach._kernels")
    assert len(declared("drehkreuz.reach", "drehkreuz.reach._kernels")) == len(declared("drehkreuz.reach"))


def test_making_ready_is_told() -> None:
    """The progress hears of a beginning and an end, and of no kernel that was ready before."""
    told = []
    watcher = SimpleNamespace(
        start=lambda label, total: told.append((label, total)),
        advance=lambda: told.append("advance"),
        finish=lambda: told.append("finish"),
    )
    kernels = declared("drehkreuz.skills")
    make_ready(kernels, "engines")
    make_ready(kernels, "engines", watcher)
    assert told == [("engines", None), "finish"]
