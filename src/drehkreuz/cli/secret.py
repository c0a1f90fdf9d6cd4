# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The secret of an installation, which keeps protected counts the same from call to call and unknown to who asks."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

from drehkreuz.errors import Finding, InputError

VARIABLE: Final = "DREHKREUZ_SECRET"
BYTES: Final = 32


def installation_secret() -> bytes:
    """
    Return the secret: from `DREHKREUZ_SECRET` (hexadecimal), else from a file of the user, made at the first call.

    Raises:
        InputError: If the variable or the file is no hexadecimal text of at least 32 digits, or the file cannot be written.
    """
    stated = os.environ.get(VARIABLE)
    if stated:
        return _read(stated, VARIABLE)
    path = user_data_path("drehkreuz") / "secret"
    try:
        return _read((path if path.exists() else _made(path)).read_text(encoding="ascii"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        remedy = f"Make the file readable, or set {VARIABLE} to {2 * BYTES} hexadecimal digits."
        raise InputError(Finding(str(path), "", "", "", "the secret cannot be read or made", remedy)) from error


def _made(path: Path) -> Path:
    """Make the file, readable by its owner alone; of two processes that race, the first one's stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".secret-{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_hex(BYTES), encoding="ascii")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path


def _read(text: str, where: str) -> bytes:
    try:
        secret = bytes.fromhex(text.strip())
    except ValueError:
        secret = b""
    if len(secret) < BYTES // 2:
        remedy = f"Write {2 * BYTES} hexadecimal digits, or remove it to have one made."
        raise InputError(Finding(where, "", "", "", f"holds no secret of at least {BYTES} hexadecimal digits", remedy))
    return secret
