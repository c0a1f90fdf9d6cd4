# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The tables of a region: schemas, open, check, save, digest, stages."""

from drehkreuz.region.cache import Cache, CacheWarning
from drehkreuz.region.check import check
from drehkreuz.region.keep import kept, row_by_id, row_of
from drehkreuz.region.partition import Known, Partition, Scalar, Value, blocks, known, table
from drehkreuz.region.region import Kind, Manifest, Provenance, Region
from drehkreuz.region.schema import TABLES, Column, TableSchema
from drehkreuz.region.snapshot import change_snapshot, open_region, prune, snapshots, verify, write_snapshot
from drehkreuz.region.stages import Result, Stage, run, stage

__all__ = [
    "TABLES",
    "Cache",
    "CacheWarning",
    "Column",
    "Kind",
    "Known",
    "Manifest",
    "Partition",
    "Provenance",
    "Region",
    "Result",
    "Scalar",
    "Stage",
    "TableSchema",
    "Value",
    "blocks",
    "change_snapshot",
    "check",
    "kept",
    "known",
    "open_region",
    "prune",
    "row_by_id",
    "row_of",
    "run",
    "snapshots",
    "stage",
    "table",
    "verify",
    "write_snapshot",
]
