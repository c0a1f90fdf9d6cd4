# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What is shipped of others is what they published."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

VENDOR = Path(__file__).parents[3] / "src" / "drehkreuz_web" / "static" / "vendor"
RECORD = VENDOR / "vendored.toml"


def test_files_are_unmodified() -> None:
    """Every file has the digest it was fetched with, and no file stands there that is not recorded."""
    packages = tomllib.loads(RECORD.read_text(encoding="utf-8"))["package"]
    digests = {file["to"]: file["sha256"] for package in packages for file in package["file"]}
    there = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file() and path != RECORD}
    assert there == set(digests)
    for name, digest in digests.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest, name


def test_packages_have_licences() -> None:
    """Every package says its version and its licence, whose text stands in LICENSES."""
    licences = VENDOR.parents[3] / "LICENSES"
    for package in tomllib.loads(RECORD.read_text(encoding="utf-8"))["package"]:
        assert package["fetched"] == package["version"]
        assert (licences / f"{package['licence']}.txt").is_file()
