# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Title linking, similarity and exits, measured on what other people made; tuned on one half, reported on the other."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from benchmarks.harness import Figure, arguments, report

REGION = Path(__file__).parents[1] / "build" / "aachen"
"""The model region, as `make run` builds it."""

PEERS = ("sklearn", "rapidfuzz", "fastexcel")


def main() -> None:
    """Measure and print."""
    told = arguments(__doc__ or "")
    data = None if told.data is None else Path(told.data)
    report("quality", [*_on_data(data), *_on_region()], as_json=told.json)


def _on_data(data: Path | None) -> list[Figure]:
    missing = [name for name in PEERS if find_spec(name) is None]
    if data is None or missing:
        note = f"install the extra bench: {', '.join(missing)} missing" if missing else "name the folder with --data"
        return [Figure(name, None, "", note=note) for name in ("onet_ndcg10", "onet_ndcg10_no_text", "melo_mrr")]
    from benchmarks import related, titles  # noqa: PLC0415  # they need the extra bench

    parts: tuple[Callable[[Path], list[Figure]], ...] = (related.figures, titles.figures)
    return [figure for part in parts for figure in part(data)]


def _on_region() -> list[Figure]:
    from benchmarks import exits, spread  # noqa: PLC0415  # they read the model's market

    if not REGION.is_dir():
        return [Figure("exits_sensible", None, "share", 0.5, "higher", note=f"no region at {REGION}: `make run`")]
    return [*exits.figures(REGION), *spread.figures(REGION)]


if __name__ == "__main__":
    main()
