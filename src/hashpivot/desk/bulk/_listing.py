"""Which files are to be added: those of a folder, or of a list."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hashpivot.core import (
    HashpivotError,
    InvalidInput,
    NotCsv,
    UnreadableFile,
    csv_rows,
    named_path,
    parse_day,
)
from hashpivot.filings.source import load

STANDARD_INPUT = "-"
NAMES = (".htm", ".html", ".xhtml", ".xml", ".txt", ".gz")
"""How the names of a folder's files end that are taken for filings; of a list every file is taken."""

_COLUMNS = ("path", "ticker", "filed")
_MOST_BYTES = 100_000_000  # of a list; a path takes about a hundred, so that is a million files


@dataclass(frozen=True, slots=True)
class ListedFile:
    """One file to be added.

    Args:
        path: As the list has it, or below the folder that was named.
        ticker: Whose it is, if the list says so.
        filed: Day it became public, if the list says so.
        problem: Why it cannot be added, if that is known before it is read.
    """

    path: str
    ticker: str = ""
    filed: date | None = None
    problem: HashpivotError | None = None


@dataclass(frozen=True, slots=True)
class FileList:
    """Files to be added, in order.

    Args:
        files: The files.
        hidden: How many of a folder were left out, as their name or that of a folder begins with a dot.
        others: How many were left out, as their name is none of a filing.
        source: The folder or list; `-` for standard input.
    """

    files: tuple[ListedFile, ...]
    hidden: int = 0
    others: int = 0
    source: str = STANDARD_INPUT


def list_files(source: str | Path, *, ticker: str = "", filed: date | None = None) -> FileList:
    """Return the files of a folder, those below it included, by path; or those of a list, in its order.

    A list has one path a line, or is CSV with the columns `path`, `ticker` and `filed`, of which only the
    first is needed. Relative paths begin at the working directory.

    Args:
        source: The folder or the list's file; `-` for a list from standard input.
        ticker: Of files whose company the list does not say.
        filed: Of files whose day the list does not say.

    Raises:
        UnreadableFile: If there is no such folder or file, or it cannot be read.
        InvalidInput: If it is no list, has an unknown column, or no file can have such a name.
    """
    if str(source) != STANDARD_INPUT and named_path(source).is_dir():
        return _of_folder(Path(source), ticker, filed)
    files = tuple(_of_list(_text(source), str(source), ticker, filed))
    return FileList(files, source=str(source))


def _of_folder(folder: Path, ticker: str, filed: date | None) -> FileList:
    files: list[ListedFile] = []
    hidden = others = 0
    for place, names in _walk(folder, files):
        inside = place.relative_to(folder).parts
        for name in names:
            if any(part.startswith(".") for part in (*inside, name)):
                hidden += 1
            elif name.lower().endswith(NAMES):
                files.append(ListedFile(str(place / name), ticker, filed))
            else:
                others += 1
    return FileList(tuple(sorted(files, key=lambda file: Path(file.path).parts)), hidden, others, str(folder))


def _walk(folder: Path, problems: list[ListedFile]) -> Iterator[tuple[Path, list[str]]]:
    """Folders with the names of their files; a folder that cannot be read is listed among the problems."""

    def unreadable(error: OSError) -> None:
        where = str(error.filename or folder)
        told = UnreadableFile(f"cannot be read: {error.strerror}", where=where, hint="check its permissions")
        problems.append(ListedFile(where, problem=told))

    for place, _, names in os.walk(folder, onerror=unreadable):
        yield Path(place), names


def _text(source: str | Path) -> str:
    from_input = str(source) == STANDARD_INPUT
    name = "standard input" if from_input else str(source)
    data = _input_bytes() if from_input else _list_bytes(Path(source))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text or text.lstrip().startswith("<"):
        raise InvalidInput(
            "this is no list of files",
            where=name,
            hint="name a folder, or a UTF-8 text with a path on each line; a filing itself needs no --from",
        )
    return text


def _input_bytes() -> bytes:
    return sys.stdin.buffer.read(_MOST_BYTES) if sys.stdin else b""  # None if it was closed


def _list_bytes(path: Path) -> bytes:
    try:
        return load(path, _MOST_BYTES)
    except UnreadableFile as error:
        if error.message == "the file is empty":
            return b""
        raise


def _of_list(text: str, where: str, ticker: str, filed: date | None) -> Iterator[ListedFile]:
    try:
        yield from _listed(text, where, ticker, filed)
    except NotCsv as error:
        hint = "write one path a line, or a CSV table with the column path"
        raise InvalidInput(
            f"is no list of files: {error}", where=f"{where}:{error.line}", hint=hint
        ) from None


def _listed(text: str, where: str, ticker: str, filed: date | None) -> Iterator[ListedFile]:
    if "path" not in _cells(text):
        yield from (ListedFile(line, ticker, filed) for line in text.splitlines() if line.strip())
        return
    rows = csv_rows(text)
    head = [cell.strip() for cell in next(rows).cells]
    unknown = [name for name in head if name not in _COLUMNS]
    if unknown or len(set(head)) < len(head):
        raise InvalidInput(
            f"unknown column {unknown[0]!r}" if unknown else "a column stands there twice",
            where=where,
            hint=f"columns are {', '.join(_COLUMNS)}",
        )
    for _, cells in rows:
        if any(cells):
            yield _row(dict(zip(head, cells, strict=False)), ticker, filed)


def _cells(text: str) -> list[str]:
    """The cells of a list's first line, if it is one of CSV."""
    first = next(iter(text.splitlines()), "")
    try:
        return [cell.strip() for row in csv_rows(first) for cell in row.cells]
    except NotCsv:
        return []


def _row(cells: dict[str, str], ticker: str, filed: date | None) -> ListedFile:
    path, own = cells.get("path", ""), cells.get("ticker", "").strip()
    day = cells.get("filed", "").strip()
    try:
        return ListedFile(path, own or ticker, parse_day(day) if day else filed)
    except HashpivotError as error:
        return ListedFile(
            path, own or ticker, filed, InvalidInput(error.message, where=path, hint=error.hint)
        )
