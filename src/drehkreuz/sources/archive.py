# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""One face over a folder, a zip archive or a single file, safe against archives that are broken or meant to harm."""

from __future__ import annotations

import gzip
import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections import Counter
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Final, Literal

from drehkreuz.errors import Finding, InputError, did_you_mean, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    IndexError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
    OSError,
)
"""What the standard library raises when packed bytes make no sense."""

_OTHER_PACKERS: Final = {
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"\xfd7zXZ\x00": "an XZ archive",
    b"BZh": "a bzip2 archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive",
    b"%PDF": "a PDF document",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file",
}
"""First bytes of files that people take for a table or a zip."""

_NOT_THERE: Final = "there is no such file or folder"
_IGNORED_FOLDERS: Final = {"__MACOSX"}


@dataclass(frozen=True, slots=True)
class Limits:
    """
    How much an archive may hold before it is refused.

    The sizes are assumed: far above any timetable or taxonomy known, far below what stops a machine.

    Attributes:
        members: Files in an archive.
        unpacked: Bytes of all files together, unpacked.
        ratio: Unpacked bytes for each packed byte of one file; text rarely passes 30, a zip bomb begins near 1,000.
        ratio_from: Bytes from which the ratio counts; short files may be all zeros.
    """

    members: int = 10_000
    unpacked: int = 4 * 2**30
    ratio: int = 200
    ratio_from: int = 10 * 2**20


@dataclass(frozen=True, slots=True)
class _Member:
    """Where a name's bytes are: a file (perhaps gzipped) or an entry of the zip at `path`."""

    path: Path
    packed: int
    gzipped: bool = False
    entry: str | None = None


class SourceFiles:
    """
    The files of a source by name, whatever they are packed in.

    Attributes:
        path: Folder, zip or single file.
        names: Names of the files, ascending; `x.csv.gz` in a folder counts as `x.csv`.
    """

    def __init__(self, path: Path, members: dict[str, _Member], limits: Limits) -> None:
        self.path = path
        self.names = tuple(sorted(members))
        self._members = members
        self._limits = limits

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def __repr__(self) -> str:
        return f"SourceFiles({str(self.path)!r}, {len(self.names)} files)"

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """
        Open a file for reading bytes, unpacked.

        Raises:
            InputError: If there is no such file, or, while reading, if it is broken, encrypted or larger than the limits allow.
        """
        member = self._members.get(name)
        if member is None:
            raise InputError(self._missing(name))
        with ExitStack() as stack:
            with _translated(name):
                raw = stack.enter_context(_raw(member))
            yield stack.enter_context(io.BufferedReader(_Guarded(raw, name, member, self._limits)))

    def read(self, name: str) -> bytes:
        """
        Return a file's bytes, unpacked.

        Raises:
            InputError: As `open`.
        """
        with self.open(name) as stream:
            return stream.read()

    def _missing(self, name: str) -> Finding:
        if kind_of(self.path / name) == "folder":
            return about(self.path, f"{name} is a folder, not a file", "Put the file there in its place.")
        held = ", ".join(self.names[:12]) + (", …" if len(self.names) > 12 else "")
        return about(
            self.path,
            f"{name} is missing; found are {held}",
            f"Add {name}, or check that this is the right source.{did_you_mean(name, list(self.names))}",
        )


def open_source(path: str | Path, *, limits: Limits | None = None) -> SourceFiles:
    """
    Open a folder, a zip archive or a single file (plain or gzipped).

    Only the files at the top count. Where there are none and all lie in one sub-folder, those of the sub-folder
    count: that is how many timetables are packed. Archives within archives are not followed.

    Args:
        path: Folder, `.zip`, or a file such as `people.csv` or `people.csv.gz`.
        limits: Sizes beyond which an archive is refused.

    Raises:
        InputError: If nothing is there, it is empty, may not be read, is broken, or is larger than the limits allow.
    """
    path = Path(path)
    limits = limits or Limits()
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return SourceFiles(path, _folder_members(path, limits), limits)
        if not stat.S_ISREG(mode):
            raise InputError(about(path, "is neither a file nor a folder", "Name a file or a folder."))
        with path.open("rb") as stream:
            magic = stream.read(8)
    except OSError as error:
        raise InputError(unreadable(path, error)) from error
    except ValueError as error:  # a NUL in the path
        raise InputError(about(path, _NOT_THERE, "Check the path.")) from error
    return SourceFiles(path, _file_members(path, magic, limits), limits)


def kind_of(path: Path) -> Literal["file", "folder", "other", "nothing"]:
    """Return what stands at a path; nothing also where no such path can be, such as one with a name that is too long."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return "nothing"
    return "folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "other"


def about(where: str | Path, problem: str, remedy: str) -> Finding:
    """Return a finding about a source or file as a whole."""
    return Finding(str(where), "", "", "", problem, remedy)


def unreadable(path: Path, error: OSError) -> Finding:
    """Return the finding for a file that the operating system will not open, with the remedy that fits the reason."""
    if isinstance(error, FileNotFoundError):
        with suppress(OSError):
            neighbours = sorted(neighbour.name for neighbour in path.parent.iterdir())
            return about(path, _NOT_THERE, f"Check the path.{did_you_mean(path.name, neighbours)}")
        return about(path, _NOT_THERE, "Check the path.")
    if isinstance(error, PermissionError):
        return about(path, "you have no permission to read it", "Ask its owner for the right to read.")
    if isinstance(error, IsADirectoryError):
        return about(path, "is a folder, not a file", "Name the file inside the folder.")
    reason = error.strerror or str(error)
    return about(path, f"cannot be read ({reason})", "Check the disk and the path.")


def _folder_members(folder: Path, limits: Limits) -> dict[str, _Member]:
    files = _visible(folder)
    if not any(p.is_file() for p in files) and len(files) == 1:
        files = _visible(files[0])
    if len(files) > limits.members:
        raise InputError(_too_many(folder, len(files), limits))
    found = [p for p in files if p.is_file()]
    if not found:
        raise InputError(about(folder, "the folder holds no files", "Name the folder the files are in."))
    members = [(p.name.removesuffix(".gz"), _Member(p, p.stat().st_size, p.suffix == ".gz")) for p in found]
    _refuse_twins(folder, (name for name, _ in members))
    return dict(members)


def _visible(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if not p.name.startswith(".") and p.name not in _IGNORED_FOLDERS)


def _file_members(path: Path, magic: bytes, limits: Limits) -> dict[str, _Member]:
    if not magic:
        raise InputError(about(path, "the file is empty", "Get it again from where it came."))
    if magic.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")) or path.suffix.lower() == ".zip":
        return _zip_members(path, magic, limits)
    for start, what in _OTHER_PACKERS.items():
        if magic.startswith(start):
            raise InputError(about(path, f"is {what}", "Save it as CSV, or pack the files as a zip."))
    size = path.stat().st_size
    if path.suffix == ".gz" or magic.startswith(b"\x1f\x8b"):
        return {path.name.removesuffix(".gz"): _Member(path, size, gzipped=True)}
    return {path.name: _Member(path, size)}


def _zip_members(path: Path, magic: bytes, limits: Limits) -> dict[str, _Member]:
    if not magic.startswith(b"PK"):
        raise InputError(
            about(path, "is not a zip archive, whatever its name says", "Get it again from where it came.")
        )
    with _translated(str(path)), zipfile.ZipFile(path) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    _refuse_archive(path, entries, limits)
    top = _top_entries(entries)
    if not top:
        raise InputError(about(path, "the archive holds no files", "Pack the files at its top."))
    for name, entry in top.items():
        if entry.flag_bits & 0x1:
            raise InputError(about(name, "is encrypted", "Unpack it with its password and pack it without."))
    return {name: _Member(path, entry.compress_size, entry=entry.filename) for name, entry in top.items()}


def _refuse_archive(path: Path, entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Raise for what the archive's own list of members already shows."""
    if len(entries) > limits.members:
        raise InputError(_too_many(path, len(entries), limits))
    names = Counter(entry.filename for entry in entries)
    for name, times in names.items():
        if times > 1:
            raise InputError(about(path, f"holds {name} {times} times", "Pack the files again, each once."))
        parts = PurePosixPath(name.replace("\\", "/")).parts
        if not parts or ".." in parts or parts[0] == "/" or ":" in parts[0]:
            problem = f"holds the file name {shorten(name)!r}, which leads outside the archive"
            raise InputError(about(path, problem, "Do not trust this archive; get it elsewhere."))
    if any(name == "[Content_Types].xml" or name.endswith("META-INF/manifest.xml") for name in names):
        raise InputError(about(path, "is a spreadsheet or a document", "Save each sheet as CSV (UTF-8)."))
    total = sum(entry.file_size for entry in entries)
    if total > limits.unpacked:
        raise InputError(_too_large(str(path), total, limits.unpacked))
    for entry in entries:
        if entry.file_size > limits.ratio_from and entry.file_size > limits.ratio * max(1, entry.compress_size):
            raise InputError(_bomb(entry.filename, limits))


def _top_entries(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Return the entries at the archive's top, else those of its only folder, by name."""
    paths = {PurePosixPath(entry.filename.replace("\\", "/")): entry for entry in entries}
    visible = {
        path: entry
        for path, entry in paths.items()
        if path.parts[0] not in _IGNORED_FOLDERS and not path.name.startswith(".")
    }
    top = {path.name: entry for path, entry in visible.items() if len(path.parts) == 1}
    folders = {path.parts[0] for path in visible}
    if top or len(folders) != 1:
        return top
    return {path.name: entry for path, entry in visible.items() if len(path.parts) == 2}


def _refuse_twins(path: Path, names: Iterable[str]) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            raise InputError(about(path, f"holds {name} both plain and packed as {name}.gz", "Remove one of the two."))


@contextmanager
def _raw(member: _Member) -> Iterator[BinaryIO]:
    if member.entry is not None:
        with zipfile.ZipFile(member.path) as archive, archive.open(member.entry) as packed:
            yield packed  # type: ignore[misc]  # IO[bytes] by its stub, a BufferedIOBase in fact
    elif member.gzipped:
        with gzip.open(member.path, "rb") as packed:
            yield packed  # type: ignore[misc]  # same
    else:
        with member.path.open("rb") as plain:
            yield plain


@contextmanager
def _translated(where: str) -> Iterator[None]:
    """Turn what the standard library raises on broken packed bytes into one finding."""
    try:
        yield
    except InputError:
        raise
    except PermissionError as error:
        raise InputError(unreadable(Path(where), error)) from error
    except BROKEN as error:
        problem = f"is broken or packed in an unknown way ({error})".replace("\n", " ")
        raise InputError(about(where, problem, "Get it again, or pack it as an ordinary zip.")) from error


class _Guarded(io.RawIOBase):
    """Counts the bytes that come out, and stops once they are more than an honest file would hold."""

    def __init__(self, raw: BinaryIO, name: str, member: _Member, limits: Limits) -> None:
        self._raw = raw
        self._name = name
        self._packed = max(1, member.packed)
        self._is_packed = member.gzipped or member.entry is not None
        self._limits = limits
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stub's Buffer has no length
        with _translated(self._name):
            chunk = self._raw.read(len(buffer))
        buffer[: len(chunk)] = chunk
        self._count += len(chunk)
        if self._count > self._limits.unpacked:
            raise InputError(_too_large(self._name, self._count, self._limits.unpacked))
        ratio_counts = self._is_packed and self._count > self._limits.ratio_from
        if ratio_counts and self._count > self._limits.ratio * self._packed:
            raise InputError(_bomb(self._name, self._limits))
        return len(chunk)


def _too_many(path: Path, count: int, limits: Limits) -> Finding:
    problem = f"holds {count:,} files; at most {limits.members:,} are read"
    return about(path, problem, "Pack only the files that belong to the source.")


def _too_large(where: str, size: int, limit: int) -> Finding:
    problem = f"holds {size:,} bytes or more once unpacked; at most {limit:,} are read"
    return about(where, problem, "Cut the source to the region.")


def _bomb(name: str, limits: Limits) -> Finding:
    problem = f"unpacks to more than {limits.ratio} times its packed size, as zip bombs do"
    return about(name, problem, "Do not trust this archive; if it is honest, unpack it to a folder and name that.")
