# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: INP001 -- a script, no part of a package
"""
Fetches what the site ships of others, unmodified: `python tools/vendor.py`, needs npm.

vendored.toml beside the files says package, version, licence and the files with their SHA-256. A new version is a changed
`version` there; the digests are then written anew and a person reads the difference.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any, Final

import tomli_w

VENDOR: Final = Path(__file__).parents[1] / "src" / "drehkreuz_web" / "static" / "vendor"
RECORD: Final = VENDOR / "vendored.toml"
HEADER: Final = "# SPDX-FileCopyrightText: 2026 The Drehkreuz authors\n# SPDX-License-Identifier: Apache-2.0\n\n"


def main() -> None:
    """Fetch every package of the record and write its files and their digests."""
    record = tomllib.loads(RECORD.read_text(encoding="utf-8"))
    for package in record["package"]:
        fetch(package)
    RECORD.write_text(HEADER + tomli_w.dumps(record), encoding="utf-8")


def fetch(package: dict[str, Any]) -> None:
    """Write the files of one package; refuse content that differs from what is recorded for this version."""
    name = f"{package['name']}@{package['version']}"
    same = package.get("fetched") == package["version"]
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(  # noqa: S603  # the name stands in our own record
            ["npm", "pack", name, "--silent", "--pack-destination", folder],  # noqa: S607  # npm as the user has it
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout.split()[-1]
        with tarfile.open(Path(folder) / packed) as archive:
            for file in package["file"]:
                content = archive.extractfile(f"package/{file['from']}")
                if content is None:
                    sys.exit(f"{name}: {file['from']} is no file")
                data = content.read()
                digest = hashlib.sha256(data).hexdigest()
                if same and file["sha256"] != digest:
                    sys.exit(f"{name}: {file['from']} has SHA-256 {digest}, recorded is {file['sha256']}")
                file["sha256"] = digest
                target = VENDOR / file["to"]
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
    package["fetched"] = package["version"]


if __name__ == "__main__":
    main()
