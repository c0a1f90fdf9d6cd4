# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Machine code is never older than the sources of any kernel compiled into it."""

from __future__ import annotations

import ast
from importlib.util import find_spec
from pathlib import Path

import pytest

import drehkreuz
from drehkreuz.region.kernels import on_disk
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


def test_only_a_packages_own_kernels_are_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another package's kernels were compiled, those asked about are still to be compiled."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert not on_disk("drehkreuz.reach")
    compiled = tmp_path / "reach_5f0c" / "_kernels.scan-1.py311.nbi"
    compiled.parent.mkdir()
    compiled.touch()
    assert on_disk("drehkreuz.reach")
    assert not on_disk("drehkreuz.matching._kernels")
