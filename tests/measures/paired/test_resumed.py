# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Two processes say what one does, and a run that is killed goes on where it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from drehkreuz.measures import Measure
from drehkreuz.measures.paired import Evaluator
from drehkreuz.region import Region

PATIENCE_S = 240.0
SCENARIO = """\
title = "x"

[[measure]]
kind = "pay_raise"
id = "pay"
start = 2026-11-02
percent = 20
"""


def test_two_processes_say_what_one_does(village: Region, measure: Callable[..., Measure]) -> None:
    """Divided among two processes, the pairs are the same to the last bit, and so is every figure."""
    asked = [measure("pay_raise", percent=20)]
    alone = Evaluator.of(village)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        together = Evaluator.of(village, executor=executor)
        found = [each.evaluate(each.baseline(), asked) for each in (alone, together)]
    assert found[0].effect.figures() == found[1].effect.figures()
    for name, values in alone.related.arrays.items():
        assert values.tobytes() == np.ascontiguousarray(together.related.arrays[name]).tobytes(), name


def test_a_run_that_is_killed_goes_on(village_folder: Path, tmp_path: Path) -> None:
    """Killed in the middle, a scenario is worked out by the next run, which takes what was there and says the same."""
    file = tmp_path / "pay.toml"
    file.write_text(SCENARIO, encoding="utf-8")
    command = [sys.executable, "-c", "from drehkreuz.cli import main; main()", "scenario", "run", str(file)]
    command += ["--region", str(village_folder), "--json"]

    def environment(cache: str) -> dict[str, str]:
        return os.environ | {"DREHKREUZ_CACHE": str(tmp_path / cache)}

    def results(cache: str) -> int:
        return len(list((tmp_path / cache).rglob("*.npy")))

    whole = subprocess.run(command, env=environment("whole"), check=True, capture_output=True)
    with subprocess.Popen(command, env=environment("broken"), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        until = time.monotonic() + PATIENCE_S
        while results("broken") == 0 and run.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        run.kill()
    assert run.returncode != 0
    assert 0 < results("broken") < results("whole")
    resumed = subprocess.run(command, env=environment("broken"), check=True, capture_output=True)
    assert json.loads(resumed.stdout) == json.loads(whole.stdout)
