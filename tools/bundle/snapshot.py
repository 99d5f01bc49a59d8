"""The part of the data folder that the package is built from.

The data folder grows. `snapshot.json` names the rows and files that were taken in, so that tables, scores and
hindcasts stay the same until somebody decides to take in more:

- `rows`: of a table into which rows are inserted, the digest of every row taken in;
- `first_rows`: of a table that only grows at its end, how many rows were taken in, and their digest;
- `files`: of a folder, the names of the files taken in.

`python -m tools snapshot` says what has not been taken in yet; `python -m tools snapshot --refresh` takes in
all of it, after which `python -m tools write` writes everything that follows from it.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..places import DATA

FILE = Path(__file__).with_name("snapshot.json")
_DIGITS = 10  # of a row's SHA-256: two of a few thousand rows are alike with a chance of one in 100,000

Row = dict[str, str]


class SnapshotError(ValueError):
    """The data folder no longer holds what was taken in."""


@dataclass(frozen=True)
class Snapshot:
    """What was taken in of a data folder, by path within it."""

    data: Path
    rows: Mapping[str, frozenset[str]]
    first_rows: Mapping[str, tuple[int, str]]
    files: Mapping[str, frozenset[str]]

    @classmethod
    def load(cls, data: Path = DATA) -> Snapshot:
        """The committed snapshot, over a data folder."""
        stored = json.loads(FILE.read_text(encoding="utf-8"))
        return cls(
            data,
            {name: frozenset(digests.split()) for name, digests in stored["rows"].items()},
            {name: (count, digest) for name, (count, digest) in stored["first_rows"].items()},
            {folder: frozenset(names) for folder, names in stored["files"].items()},
        )

    def table(self, name: str) -> list[Row]:
        """The rows of a table that were taken in, in the table's order.

        Raises:
            SnapshotError: A row that was taken in is gone or changed.
        """
        rows = _rows(self.data / name)
        if name in self.first_rows:
            count, whole = self.first_rows[name]
            if len(rows) < count or _digest(map(_digest_of_row, rows[:count])) != whole:
                raise SnapshotError(f"{name}: its first {count} rows are not those that were taken in")
            return rows[:count]
        taken = self.rows[name]
        kept = [row for row in rows if _digest_of_row(row) in taken]
        if len(kept) < len(taken):
            missing = len(taken) - len(kept)
            raise SnapshotError(f"{name}: {missing} rows that were taken in are gone or changed")
        return kept

    def paths(self, folder: str) -> list[Path]:
        """The files of a folder that were taken in, by name.

        Raises:
            SnapshotError: A file that was taken in is gone.
        """
        names = sorted(self.files[folder])
        gone = [name for name in names if not (self.data / folder / name).is_file()]
        if gone:
            raise SnapshotError(f"{folder}: {', '.join(gone)} was taken in and is gone")
        return [self.data / folder / name for name in names]

    def left_out(self) -> dict[str, int]:
        """How many rows or files have not been taken in yet, by table or folder; nothing where none."""
        rows = {name: len(_rows(self.data / name)) - len(self.table(name)) for name in self._tables}
        files = {folder: len(_names(self.data / folder)) - len(self.paths(folder)) for folder in self.files}
        return {name: count for name, count in (rows | files).items() if count}

    @property
    def _tables(self) -> list[str]:
        return sorted([*self.rows, *self.first_rows])

    def refreshed(self, names: Iterable[str] = ()) -> Snapshot:
        """A snapshot that takes in everything of the tables and folders named; of all without a name.

        Raises:
            SnapshotError: A name is no table or folder of the snapshot.
        """
        known = {*self._tables, *self.files}
        chosen = set(names) or known
        if chosen - known:
            raise SnapshotError(f"{', '.join(chosen - known)}: not one of {', '.join(sorted(known))}")
        rows = {n: frozenset(map(_digest_of_row, _rows(self.data / n))) for n in chosen & self.rows.keys()}
        firsts = {n: _whole(_rows(self.data / n)) for n in chosen & self.first_rows.keys()}
        files = {n: frozenset(_names(self.data / n)) for n in chosen & self.files.keys()}
        return Snapshot(
            self.data, {**self.rows, **rows}, {**self.first_rows, **firsts}, {**self.files, **files}
        )

    def to_json(self) -> str:
        """The text of `snapshot.json`."""
        stored = {
            "rows": {name: " ".join(sorted(self.rows[name])) for name in sorted(self.rows)},
            "first_rows": {name: self.first_rows[name] for name in sorted(self.first_rows)},
            "files": {folder: sorted(self.files[folder]) for folder in sorted(self.files)},
        }
        return json.dumps(stored, indent=1) + "\n"


def _rows(path: Path) -> list[Row]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("*.gz")]


def _whole(rows: list[Row]) -> tuple[int, str]:
    return len(rows), _digest(map(_digest_of_row, rows))


def _digest_of_row(row: Row) -> str:
    return _digest(map(str, row.values()))


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:_DIGITS]
