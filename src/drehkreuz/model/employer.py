# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
Model employers: people drawn from a region, as a firm would hand them in. Nobody in these files exists.

`python -m drehkreuz.model.employer REGION FOLDER` writes a firm of 1,200 in three shifts and a park of five firms with one rota file.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.reach.points import Points
from drehkreuz.region import Region, open_region

SEED: Final = 1
WORKPLACE: Final = "W-hub-weisweiler"

HALF_KM: Final = 8.0
"""Straight kilometres within which half as many more people live (assumed); homes are weighted by residents and by this."""

LONGEST_KM: Final = 60.0

DAYS: Final = {"buero": 4.0}
"""Days a week at the workplace where they are not five (assumed)."""

ROTA: Final = """# Shifts and crews of the model firms. Crews that never work at the same time are rotas of their own.

[[shift]]
name = "frueh"
start = "06:00"
end = "14:00"

[[shift]]
name = "spaet"
start = "14:00"
end = "22:00"

[[shift]]
name = "nacht"
start = "22:00"
end = "06:00"

[[shift]]
name = "tag"
start = "07:30"
end = "16:00"

[[shift]]
name = "buero"
start = "09:00"
end = "17:30"

[[rota]]
name = "crew-a"
shifts = ["frueh", "spaet"]

[[rota]]
name = "crew-b"
shifts = ["spaet", "frueh"]
"""


@dataclass(frozen=True, slots=True)
class ModelFirm:
    """
    A firm to be drawn.

    Attributes:
        name: Its name, which says that it is an example.
        shifts: People by shift or crew.
    """

    name: str
    shifts: Mapping[str, int]


FIRM: Final = ModelFirm("beispielwerk", {"frueh": 400, "spaet": 400, "nacht": 400})
"""1,200 people in three shifts."""

PARK: Final = (
    FIRM,
    ModelFirm("beispiel-logistik", {"frueh": 160, "spaet": 140, "nacht": 40}),
    ModelFirm("beispiel-metallbau", {"crew-a": 70, "crew-b": 70, "tag": 40}),
    ModelFirm("beispiel-labor", {"tag": 60, "buero": 50}),
    ModelFirm("beispiel-verwaltung", {"buero": 64}),
)
"""Five firms side by side."""


def model_firm(region: Region, firm: ModelFirm, place_id: str = WORKPLACE, seed: int = SEED) -> list[dict[str, object]]:
    """
    Draw the people of a firm: homes by residents, distance and, where the region knows them, commuters between municipalities.

    How they come is drawn by distance: on foot and by bicycle near the workplace, else mostly by car; one in ten does not say.

    Args:
        region: The region.
        firm: The firm.
        place_id: Where it is.
        seed: Another seed draws other people.

    Returns:
        Rows with `where`, `shift`, `mode`, `count` and `days`, sorted.
    """
    random = np.random.default_rng([seed, *firm.name.encode()])
    ids = region.table("zones")["zone_id"].to_list()
    weight, km = _homes(region, place_id)
    groups: Counter[tuple[str, str, str]] = Counter()
    for shift, people in firm.shifts.items():
        for zone in random.choice(len(ids), people, p=weight / weight.sum()).tolist():
            groups[ids[zone], shift, _mode(float(km[zone]), random)] += 1
    return [
        {"where": where, "shift": shift, "mode": mode, "count": count, "days": DAYS.get(shift, 5.0)}
        for (where, shift, mode), count in sorted(groups.items())
    ]


def write_firms(region: Region, folder: Path, seed: int = SEED) -> list[Path]:
    """Write the rota file and a CSV of each firm of the park; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    rota = folder / "rota.toml"
    rota.write_text(ROTA, encoding="utf-8")
    written = [rota]
    for firm in PARK:
        rows = model_firm(region, firm, seed=seed)
        path = folder / f"{firm.name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        written.append(path)
    return written


def _homes(region: Region, place_id: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the weight of each home and its straight kilometres from the workplace."""
    zones, places = region.table("zones"), region.table("places")
    row = places["place_id"].to_list().index(place_id)
    gaps = Points.of(region, "zones").xyz - Points.of(region, "places").xyz[row]
    km = np.linalg.norm(gaps, axis=1) / 1000
    weight = zones["population"].fill_null(1).to_numpy() * 0.5 ** (km / HALF_KM) * (km <= LONGEST_KM)
    flows = region.table("commuting").filter(pl.col("work") == (places["municipality"][row] or ""))
    if len(flows):
        home = zones.select(pl.col("municipality").alias("home"), weight=pl.Series(weight))
        sums = home.group_by("home").agg(pl.sum("weight").alias("all"))
        joined = home.join(
            flows.group_by("home").agg(pl.sum("commuters")), on="home", how="left", maintain_order="left"
        )
        joined = joined.join(sums, on="home", how="left", maintain_order="left")
        share = pl.col("weight") / pl.col("all") * pl.col("commuters").fill_null(0)
        weight = joined.select(share.fill_nan(0.0).fill_null(0.0)).to_series().to_numpy()
    return weight.astype(np.float64), km


def _mode(km: float, random: np.random.Generator) -> str:
    """Draw a way of coming; shares by distance are assumed."""
    if km < 2:
        shares = {"walk": 0.35, "bike": 0.3, "car": 0.25, "": 0.1}
    elif km < 8:
        shares = {"bike": 0.15, "pedelec": 0.05, "transit": 0.05, "car": 0.6, "carpool": 0.05, "": 0.1}
    else:
        shares = {"transit": 0.07, "park_and_ride": 0.01, "car": 0.75, "carpool": 0.07, "": 0.1}
    return str(random.choice(list(shares), p=list(shares.values())))


if __name__ == "__main__":
    for file in write_firms(open_region(Path(sys.argv[1])), Path(sys.argv[2])):
        print(file)  # noqa: T201  # what a script has done
