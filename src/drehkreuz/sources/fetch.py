# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
Files of a recipe fetched from their addresses: only when asked, whole or not at all, with a record of what came.

The record stands beside the recipe, `region.fetched.toml` for `region.toml`: of each file its address, size, digest,
licence and the day it came. A file is written under a working name and renamed: whoever looks, and whenever the machine
stops, finds the old file or the new one.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import ssl
import tomllib
import urllib.error
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from email.message import Message
from pathlib import Path
from typing import IO, Any, Final, Literal
from urllib.request import HTTPRedirectHandler, HTTPSHandler, OpenerDirector, Request, build_opener

import tomli_w
from filelock import FileLock, Timeout

from drehkreuz import __version__
from drehkreuz.errors import DrehkreuzError, Finding
from drehkreuz.progress import SILENT, Progress
from drehkreuz.sources.archive import kind_of
from drehkreuz.sources.recipe import Address, is_safe

WAIT_SECONDS: Final = 60.0
"""How long an address may say nothing."""
MOST_BYTES: Final = 8 * 2**30
"""Size of a file that is fetched at most; the streets of Germany take five gigabytes. Assumed."""
PIECE: Final = 2**20
WORKING: Final = ".fetching"
"""Ending of a file that is still coming."""

State = Literal["fetched", "changed", "same", "kept", "own"]
"""Came for the first time; came and differs from before; came and is the same; was there already; is there and was never fetched."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """
    A file after fetching.

    Attributes:
        path: Where it lies.
        url: Its address.
        state: What happened.
        bytes: Its size.
        sha256: Its digest, hexadecimal.
        licence: Licence of the source.
        day: Day it came; None for a file that was never fetched.
    """

    path: Path
    url: str
    state: State
    bytes: int
    sha256: str
    licence: str
    day: date | None


class _RefusedError(Exception):
    """Why a file was not taken, and what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy


class _SafeRedirects(HTTPRedirectHandler):
    """Follows an address to another only where that is as safe as the first must be."""

    def redirect_request(  # urllib's face
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> Request | None:
        if not is_safe(newurl):
            problem = f"leads on to {newurl}, which is not encrypted"
            raise _RefusedError(problem, "Use an address that stays with https://.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]  # the stub is narrower


def record_of(recipe: Path) -> Path:
    """Return where the record of a recipe's files stands."""
    return recipe.with_name(f"{recipe.stem}.fetched.toml")


def fetch(
    addresses: Sequence[Address], record: Path, today: date, *, again: bool = False, progress: Progress = SILENT
) -> tuple[list[Fetched], list[Finding]]:
    """
    Fetch the files that are not there yet.

    Args:
        addresses: Files and their addresses.
        record: File that keeps what came; written anew.
        today: Day that is noted for what comes.
        again: Fetch those that are there as well.
        progress: Shows how many are done.

    Returns:
        What happened to each file that is there; and what a person should know: an error for each that could not be had,
        a warning for each that is another one than before.

    Raises:
        DrehkreuzError: If the record cannot be read or written, or another process is fetching.
    """
    lock = FileLock(record.with_name(record.name + ".lock"), timeout=0)
    try:
        with lock:
            return _all(addresses, record, today, again=again, progress=progress)
    except Timeout as error:
        message = f"{record}: another process is fetching these files. Wait for it, then try again."
        raise DrehkreuzError(message) from error


def _all(
    addresses: Sequence[Address], record: Path, today: date, *, again: bool, progress: Progress
) -> tuple[list[Fetched], list[Finding]]:
    known = _read(record)
    opener = build_opener(_SafeRedirects(), HTTPSHandler(context=ssl.create_default_context()))
    done: list[Fetched] = []
    findings: list[Finding] = []
    progress.start("fetch", len(addresses))
    try:
        for address in addresses:
            before = known.get(_key(address.path, record))
            try:
                one, note = _had(address, before, opener, today, again=again)
            except _RefusedError as refused:
                findings.append(_finding(address, refused.problem, refused.remedy, "error"))
            else:
                done.append(one)
                findings += note
                _write(record, known, one)
            progress.advance()
    finally:
        progress.finish()
    return done, findings


def _had(
    address: Address, before: Fetched | None, opener: OpenerDirector, today: date, *, again: bool
) -> tuple[Fetched, list[Finding]]:
    """Return the file of an address, fetched where it is not there or wanted again."""
    there = kind_of(address.path)
    if there in {"folder", "other"}:
        problem = f"cannot lie at {address.path}: that is {'a folder' if there == 'folder' else 'no file'}"
        raise _RefusedError(problem, "Name a file in path.")
    return _kept(address, before) if there == "file" and not again else _come(address, before, opener, today)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _kept(address: Address, before: Fetched | None) -> tuple[Fetched, list[Finding]]:
    """Return a file that is there, compared with what the recipe and the record say of it."""
    try:
        digest = digest_of(address.path)
        size = address.path.stat().st_size
    except OSError as error:
        raise _RefusedError(
            f"{address.path} is there and cannot be read: {_why(error)}", "Check its rights."
        ) from error
    if address.sha256 not in {None, digest}:
        problem = f"{address.path.name} is there and has the digest {digest}, not the one of sha256"
        raise _RefusedError(problem, "Fetch it --again, or correct sha256.")
    own = before is None or before.sha256 != digest
    notes = []
    if before is not None and own:
        problem = f"{address.path.name} is not the file that came on {before.day}: somebody changed it; it stays"
        notes.append(_finding(address, problem, "Fetch it --again to have it from its address.", "warning"))
    day = None if own or before is None else before.day
    licence = address.provenance.licence
    return Fetched(address.path, address.url, "own" if own else "kept", size, digest, licence, day), notes


def _come(
    address: Address, before: Fetched | None, opener: OpenerDirector, today: date
) -> tuple[Fetched, list[Finding]]:
    """Fetch a file and put it into its place."""
    working = address.path.with_name(address.path.name + WORKING)
    try:
        address.path.parent.mkdir(parents=True, exist_ok=True)
        size, digest = _load(address, opener, working)
        old = digest_of(address.path) if kind_of(address.path) == "file" else None
        working.replace(address.path)
        _sync(address.path.parent)
    except OSError as error:
        raise _RefusedError(
            _why(error), "Look at the address in a browser, check the connection and the disk."
        ) from error
    except http.client.HTTPException as error:
        raise _RefusedError(f"ended before its end ({type(error).__name__})", "Try again.") from error
    finally:
        with suppress(OSError):
            working.unlink(missing_ok=True)
    state: State = "fetched" if old is None else "same" if old == digest else "changed"
    notes = []
    if state == "changed":
        when = f"on {before.day}" if before is not None and before.sha256 == old else "before"
        problem = f"has another file now: {old} {when}, {digest} today"
        remedy = "Check what changed, and the date of its provenance; build the region again."
        notes.append(_finding(address, problem, remedy, "warning"))
    return Fetched(address.path, address.url, state, size, digest, address.provenance.licence, today), notes


def _load(address: Address, opener: OpenerDirector, working: Path) -> tuple[int, str]:
    """Write what an address answers into a file, safe on disk; return size and digest."""
    request = Request(address.url, headers={"User-Agent": f"drehkreuz/{__version__}", "Accept-Encoding": "identity"})  # noqa: S310  # is_safe has seen the address
    digest, size = hashlib.sha256(), 0
    with opener.open(request, timeout=WAIT_SECONDS) as answer, working.open("wb") as file:
        if answer.headers.get_content_type() == "text/html" and address.path.suffix not in {".html", ".htm"}:
            raise _RefusedError(
                "answers with a web page, not with a file", "Look at it in a browser for the file's own address."
            )
        while piece := answer.read(PIECE):
            size += len(piece)
            if size > MOST_BYTES:
                raise _RefusedError(
                    f"is larger than {MOST_BYTES / 2**30:.0f} GB", "Fetch it yourself, and leave out url."
                )
            digest.update(piece)
            file.write(piece)
        promised = answer.headers.get("Content-Length")
        if promised is not None and promised.isdecimal() and int(promised) != size:
            raise _RefusedError(f"ended after {size:,} of {int(promised):,} bytes", "Try again.")
        file.flush()
        os.fsync(file.fileno())
    if not size:
        raise _RefusedError("answers with nothing", "Look at it in a browser.")
    if address.sha256 not in {None, digest.hexdigest()}:
        problem = f"has another file than sha256 says: {digest.hexdigest()}; what was there before stays"
        raise _RefusedError(problem, "Check the file, then correct sha256 or leave it out.")
    return size, digest.hexdigest()


def _why(error: OSError) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"answers {error.code} {error.reason}"
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    told = reason.strerror if isinstance(reason, OSError) and reason.strerror else str(reason)
    return f"cannot be fetched: {told}"


def _finding(address: Address, problem: str, remedy: str, severity: Literal["error", "warning"]) -> Finding:
    return Finding(address.where, str(address.line), "url", address.url, problem, remedy, severity)


def _read(record: Path) -> dict[str, Fetched]:
    """Return what the record says, by path; nothing where there is none."""
    try:
        files: list[dict[str, Any]] = tomllib.loads(record.read_text(encoding="utf-8"))["file"]
        return {
            file["path"]: Fetched(
                record.parent / file["path"],
                file["url"],
                "kept",
                file["bytes"],
                file["sha256"],
                file["licence"],
                file["day"],
            )
            for file in files
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{record}: cannot be read as a record of fetched files ({error}). Remove it; files stay as they are."
        raise DrehkreuzError(message) from error


def _key(path: Path, record: Path) -> str:
    return os.path.relpath(path, record.parent).replace(os.sep, "/")


def _write(record: Path, known: dict[str, Fetched], one: Fetched) -> None:
    """Enter a file that came into the record."""
    if one.day is None:
        return
    known[_key(one.path, record)] = one
    files = [
        {
            "path": key,
            "url": file.url,
            "day": file.day,
            "bytes": file.bytes,
            "sha256": file.sha256,
            "licence": file.licence,
        }
        for key, file in sorted(known.items())
    ]
    working = record.with_name(record.name + WORKING)
    try:
        working.write_text(tomli_w.dumps({"file": files}), encoding="utf-8")
        working.replace(record)
    except OSError as error:
        message = (
            f"{record}: cannot be written: {error.strerror or error}. The files are there; fetch again to note them."
        )
        raise DrehkreuzError(message) from error


def _sync(folder: Path) -> None:
    """Have the disk hold the new name, so that a power cut does not undo it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
