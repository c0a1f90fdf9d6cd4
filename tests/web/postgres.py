# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A throw-away PostgreSQL: a cluster of its own in a temporary folder, reached by a socket there and by nobody else."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

DEBIAN: Final = Path("/usr/lib/postgresql")
OWNER: Final = "postgres"
"""Who runs the cluster where the tests run as root, which PostgreSQL refuses."""

WRITES_EVERYTHING: Final = {
    "listen_addresses": "",
    "fsync": "off",
    "log_statement": "all",
    "log_min_error_statement": "debug5",
    "log_connections": "on",
    "max_connections": "250",
}
"""Settings: no port, no waiting for the disk, every statement with its values in the log, and room for a crowd."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """
    A running cluster.

    Attributes:
        binaries: Folder of its programs.
        folder: Folder of its data, its log and its socket.
    """

    binaries: Path
    folder: Path

    @property
    def url(self) -> str:
        """What DATABASE_URL says."""
        return f"postgresql:///postgres?host={self.folder}&user=drehkreuz"

    @property
    def files(self) -> list[Path]:
        """Every file it has written so far, its log among them."""
        self.restart()
        return [path for path in self.folder.rglob("*") if path.is_file()]

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = " ".join(f"-c {name}='{value}'" for name, value in WRITES_EVERYTHING.items())
        self._run("pg_ctl", "-l", "log", "-o", f"-k {self.folder} {settings}", "start")

    def stop(self) -> None:
        """Stop it; what is in memory is written first."""
        self._run("pg_ctl", "-m", "fast", "stop")

    def restart(self) -> None:
        """Stop and start it."""
        self.stop()
        self.start()

    def remove(self) -> None:
        """Stop it and take its folder away."""
        self.stop()
        shutil.rmtree(self.folder)

    def _run(self, program: str, *arguments: str) -> None:
        owner: dict[str, Any] = {"user": OWNER, "group": OWNER, "extra_groups": []} if os.geteuid() == 0 else {}
        subprocess.run(
            [self.binaries / program, "-D", "data", *arguments],
            cwd=self.folder,
            env={"LC_ALL": "C.UTF-8", "PATH": os.defpath},
            stdout=subprocess.DEVNULL,
            check=True,
            **owner,
        )


def new_cluster() -> Cluster | None:
    """Return a new cluster that runs; None where PostgreSQL is not installed."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parents[1].name))
    if not found or (os.geteuid() == 0 and OWNER not in {user.pw_name for user in pwd.getpwall()}):
        return None
    cluster = Cluster(found[-1].parent, Path(tempfile.mkdtemp(prefix="drehkreuz-postgres-")))
    if os.geteuid() == 0:
        shutil.chown(cluster.folder, OWNER, OWNER)
    cluster._run("initdb", "-U", "drehkreuz", "-A", "trust", "-E", "UTF8", "--no-sync")
    cluster.start()
    return cluster
