"""Where the SEC's data sets stand: archives as downloaded, or folders of unpacked tables."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath
from typing import IO

from hashpivot.core import InvalidInput, UnreadableFile, named_path

TABLES = ("sub", "num", "tag", "dim", "pre")
"""The tables that are read; of these only `sub` and `num` must be there."""

DAMAGES = (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError)
"""What reading a damaged, encrypted or vanished file raises."""

_ENDINGS = (".tsv", ".txt")
_GZIP = b"\x1f\x8b"
_HIGHEST_RATIO = 400  # unpacked to packed; real tables have about 10, and deflate cannot exceed 1,032
_SMALL = 16 * 2**20  # bytes that do no harm, whatever they were packed to
_LARGEST = 64 * 2**30  # bytes of one table; the largest of a quarter has about 2 GB


@dataclass(frozen=True, slots=True)
class TableFile:
    """One table of a data set.

    Args:
        path: The archive, or the table's own file.
        member: Its name in the archive; empty for a file of its own.
        size: Its bytes, unpacked.
    """

    path: Path
    member: str
    size: int

    @property
    def where(self) -> str:
        """How messages name it."""
        return f"{self.path}: {self.member}" if self.member else str(self.path)

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Open it for reading, unpacked as it is read.

        Raises:
            UnreadableFile: If it cannot be opened.
        """
        with ExitStack() as stack:
            try:
                file = stack.enter_context(self._opened())
            except DAMAGES as error:
                raise self.unreadable(error) from None
            yield file

    def unreadable(self, error: Exception) -> UnreadableFile:
        """The error of a table that one of `DAMAGES` keeps from being read."""
        return UnreadableFile(
            f"cannot be read: {error}", where=self.where, hint="download the data set again"
        )

    @contextmanager
    def _opened(self) -> Iterator[IO[bytes]]:
        if not self.member:
            with self.path.open("rb") as file:
                yield file
        else:
            with _archive(self.path) as archive, archive.open(self.member) as packed:
                yield packed


@dataclass(frozen=True, slots=True)
class DataSet:
    """One data set: what was filed in a month or quarter.

    Args:
        name: Of the archive or folder.
        tables: Its tables by name.
    """

    name: str
    tables: Mapping[str, TableFile]

    @property
    def has_notes(self) -> bool:
        """True for a Financial Statement and Notes data set: breakdowns have a table of their own."""
        return "dim" in self.tables


def find_data_sets(paths: Iterable[str | Path]) -> tuple[DataSet, ...]:
    """Return the data sets in archives and folders, those with notes first.

    Args:
        paths: Archives (`2024_05_notes.zip`, `2024q1.zip`), folders with such archives or unpacked tables
            (`num.tsv` or `num.txt` beside `sub`) in them or below, and a table itself.

    Raises:
        InvalidInput: If a path holds no data set, or no file can have such a name.
        UnreadableFile: If a path is missing, or an archive is damaged, encrypted, or not what it says.
    """
    sets = [found for path in paths for found in _of_path(named_path(path))]
    if not sets:
        raise InvalidInput("no data set is named", hint="name an archive such as 2024_05_notes.zip")
    unique = {tuple(table.where for table in one.tables.values()): one for one in sets}
    return tuple(sorted(unique.values(), key=lambda one: (not one.has_notes, one.name)))


def _of_path(path: Path) -> list[DataSet]:
    if path.is_dir():
        found = _of_folder(path)
        if not found:
            raise InvalidInput(
                "holds no data set",
                where=str(path),
                hint="it should hold archives such as 2024_05_notes.zip, or sub.tsv, num.tsv and dim.tsv",
            )
        return found
    if not path.exists():
        raise UnreadableFile(
            "does not exist", where=str(path), hint="name an archive or a folder of archives"
        )
    if not path.is_file():  # a pipe or device may never end
        raise UnreadableFile("is neither a file nor a folder", where=str(path), hint="name an archive")
    if _is_table(path):
        return _of_path(path.parent)
    return [_of_archive(path)]


def _is_table(name: PurePath) -> bool:
    """True for `num.tsv`, `NUM.TXT` and their like."""
    return name.suffix.lower() in _ENDINGS and name.stem.lower() in TABLES


def _of_folder(folder: Path) -> list[DataSet]:
    """The data sets in a folder and those below it; hidden ones and links to folders are left out."""
    try:
        files = sorted(folder.iterdir())
    except OSError as error:
        raise UnreadableFile(f"cannot be read: {error.strerror}", where=str(folder)) from None
    tables: dict[str, TableFile] = {}
    for file in files:
        if _is_table(file) and file.is_file():
            _put(tables, file.stem.lower(), TableFile(file, "", file.stat().st_size))
    found = [_checked(DataSet(folder.name, tables), folder)] if tables else []
    for file in files:
        if file.suffix.lower() == ".zip" and file.is_file():
            found.append(_of_archive(file))
        elif file.is_dir() and not file.is_symlink() and not file.name.startswith("."):
            found += _of_folder(file)
    return found


def _of_archive(path: Path) -> DataSet:
    tables: dict[str, TableFile] = {}
    try:
        with _archive(path) as archive:
            for info in archive.infolist():
                name = PurePosixPath(info.filename.replace("\\", "/"))
                if _is_table(name):
                    _check_member(info, name, path)
                    _put(tables, name.stem.lower(), TableFile(path, info.filename, info.file_size))
    except DAMAGES as error:
        raise UnreadableFile(
            f"is no archive that can be read: {error}", where=str(path), hint="download it again"
        ) from None
    return _checked(DataSet(path.name, tables), path)


def _put(tables: dict[str, TableFile], name: str, table: TableFile) -> None:
    """Put a table to the others of its data set."""
    if name in tables:
        raise UnreadableFile(
            f"is a second table {name} beside {tables[name].where}",
            where=table.where,
            hint="give each data set a folder of its own",
        )
    tables[name] = table


def _check_member(info: zipfile.ZipInfo, name: PurePosixPath, path: Path) -> None:
    """Refuse what no archive of the SEC holds: tables elsewhere, encrypted, or far larger than packed."""
    if name.is_absolute() or ".." in name.parts:
        problem = f"names a table outside itself: {info.filename!r}"
    elif info.flag_bits & 1:
        problem = f"{info.filename} is encrypted"
    elif info.file_size > max(_SMALL, min(_LARGEST, info.compress_size * _HIGHEST_RATIO)):
        problem = f"{info.filename} unpacks to {info.file_size:,} bytes from {info.compress_size:,}"
    else:
        return
    raise UnreadableFile(problem, where=str(path), hint="the SEC's archives hold nothing like it")


def _checked(one: DataSet, path: Path) -> DataSet:
    missing = [table for table in ("sub", "num") if table not in one.tables]
    if missing:
        raise UnreadableFile(
            f"holds no table {' or '.join(missing)}",
            where=str(path),
            hint="a data set holds sub (filings) and num (numbers), as .tsv or .txt",
        )
    return one


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive; one from the store of fetched documents is kept as gzip."""
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
        file.seek(0)
        with zipfile.ZipFile(gzip.GzipFile(fileobj=file) if packed else file) as archive:
            yield archive
