# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The tables of a region: schemas, open, check, save, digest, stages."""

from drehkreuz.region.region import Kind, Manifest, Provenance, Region
from drehkreuz.region.schema import TABLES, Column, TableSchema

__all__ = ["TABLES", "Column", "Kind", "Manifest", "Provenance", "Region", "TableSchema"]
