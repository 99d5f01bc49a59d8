"""Fetched documents on disk: each whole, once, under the name its source gives it."""

from __future__ import annotations

import gzip
import hashlib
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from hashpivot.core import DocumentStoreError, InvalidInput, UnwritableFile, home, write_bytes

_KEY = re.compile(r"[a-z]+(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,120}){1,6}")
_SCHEMA = """
CREATE TABLE IF NOT EXISTS document (
    key TEXT PRIMARY KEY, sha256 TEXT NOT NULL, size INTEGER NOT NULL, stored INTEGER NOT NULL,
    url TEXT NOT NULL, fetched TEXT NOT NULL, etag TEXT NOT NULL, last_modified TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID
"""
_BY_CONTENT = "CREATE INDEX IF NOT EXISTS document_by_sha256 ON document (sha256)"
_COLUMNS = "key, sha256, size, stored, url, fetched, etag, last_modified, note"
_PATIENCE = 30.0  # seconds to wait for another process's write


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """One document in the store.

    Args:
        key: `sec/0001628280-25-046263.txt`: the source, then its name there.
        path: The file, gzip.
        sha256: Of the document, unpacked.
        size: Its bytes, unpacked.
        stored: Bytes on disk.
        url: Where it came from.
        fetched: When, UTC.
        etag: Validator for asking again, empty if none.
        last_modified: Likewise.
        note: What whoever used it wrote down about it; empty for a new one.
    """

    key: str
    path: Path
    sha256: str
    size: int
    stored: int
    url: str
    fetched: datetime
    etag: str = ""
    last_modified: str = ""
    note: str = ""

    def read(self) -> bytes:
        """The document, unpacked.

        Raises:
            DocumentStoreError: If the file is gone or is not what was stored.
        """
        hint = f"run hashpivot store --drop {self.key} and fetch it again"
        try:
            data = gzip.decompress(self.path.read_bytes())
        except (OSError, EOFError, ValueError) as error:
            raise DocumentStoreError(f"cannot be read: {error}", where=str(self.path), hint=hint) from None
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise DocumentStoreError("it is not what was stored", where=str(self.path), hint=hint)
        return data

    def to_dict(self) -> dict[str, object]:
        """One row of the JSON contract of `hashpivot store`."""
        return {
            "key": self.key,
            "path": str(self.path),
            "sha256": self.sha256,
            "size": self.size,
            "stored": self.stored,
            "url": self.url,
            "fetched": self.fetched.isoformat(timespec="seconds"),
        }


def store_folder() -> Path:
    """Where fetched documents stand: `store` in the user's home folder."""
    return home() / "store"


class Store:
    """The fetched documents of a folder. Use it as a context manager.

    A document is written aside, synced, moved into place and only then listed: a process that is killed
    leaves whole documents, and at most a file that nothing lists, which the next write of that key replaces.

    Args:
        folder: Made if missing; that in the user's home folder if not given.

    Raises:
        DocumentStoreError: If it cannot be opened.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or store_folder()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DocumentStoreError(
                _reason(error), where=str(self.folder), hint="check space and permissions"
            ) from None
        with self._told():
            self._index = sqlite3.connect(
                self.folder / "index.sqlite3", timeout=_PATIENCE, isolation_level=None
            )
            try:
                self._index.execute(_SCHEMA)
                with suppress(sqlite3.OperationalError):  # one that cannot be written is searched without it
                    self._index.execute(_BY_CONTENT)
            except BaseException:
                self._index.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the index."""
        self._index.close()

    def __iter__(self) -> Iterator[StoredDocument]:
        """Every document, by key."""
        return iter(self._select(f"SELECT {_COLUMNS} FROM document ORDER BY key"))

    def get(self, key: str) -> StoredDocument | None:
        """The document under a key, if it is listed and its file is there."""
        rows = self._select(f"SELECT {_COLUMNS} FROM document WHERE key = ?", key)
        return rows[0] if rows and rows[0].path.is_file() else None

    def by_sha256(self, digest: str) -> StoredDocument | None:
        """The first document with this content, if its file is there."""
        rows = self._select(f"SELECT {_COLUMNS} FROM document WHERE sha256 = ? ORDER BY key", digest)
        return next((row for row in rows if row.path.is_file()), None)

    def put(
        self, key: str, data: bytes, *, url: str = "", etag: str = "", last_modified: str = ""
    ) -> StoredDocument:
        """Store a document; one under the same key is replaced.

        Args:
            key: The source's name in lower case, then parts of letters, digits, dots and dashes.
            data: The document, unpacked.
            url: Where it came from.
            etag: Validator for asking again.
            last_modified: Likewise.

        Raises:
            InvalidInput: If the key is none.
            DocumentStoreError: If it cannot be written; nothing is stored then.
        """
        path = self._path(key)
        packed = gzip.compress(data, compresslevel=6, mtime=0)
        self._write(path, packed)
        digest, moment = hashlib.sha256(data).hexdigest(), datetime.now(UTC)
        document = StoredDocument(key, path, digest, len(data), len(packed), url, moment, etag, last_modified)
        row = (key, digest, len(data), len(packed), url, moment.isoformat(), etag, last_modified, "")
        with self._told():
            self._index.execute(
                f"INSERT OR REPLACE INTO document ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?)", row
            )
        return document

    def annotate(self, key: str, note: str) -> None:
        """Write something down about a document; until it is stored anew."""
        with self._told():
            self._index.execute("UPDATE document SET note = ? WHERE key = ?", (note, key))

    def drop(self, key: str) -> bool:
        """Remove a document; True if there was one."""
        document = self.get(key)
        with self._told():
            self._index.execute("DELETE FROM document WHERE key = ?", (key,))
            if document:
                document.path.unlink(missing_ok=True)
        return document is not None

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key) or ".." in key:
            raise InvalidInput(f"{key!r} is no key of the store", hint="such as sec/0001628280-25-046263.txt")
        return self.folder / f"{key}.gz"

    def _write(self, path: Path, packed: bytes) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(packed, path)
        except (OSError, UnwritableFile) as error:
            raise DocumentStoreError(
                _reason(error), where=str(path), hint="check space and permissions"
            ) from None

    def _select(self, query: str, *values: str) -> list[StoredDocument]:
        with self._told(), closing(self._index.execute(query, values)) as rows:
            return [self._document(*row) for row in rows]

    def _document(
        self, key: str, digest: str, size: int, stored: int, url: str, fetched: str, *rest: str
    ) -> StoredDocument:
        moment = datetime.fromisoformat(fetched)
        return StoredDocument(key, self._path(key), digest, size, stored, url, moment, *rest)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Errors of the index and of files in our words."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            reason = _reason(error) if isinstance(error, OSError) else f"its index fails: {error}"
            short = re.search(r"full|No space|I/O", reason)
            hint = "check free space" if short else "move the folder away; what it held is fetched again"
            raise DocumentStoreError(reason, where=str(self.folder), hint=hint) from None


def held_documents(folder: Path | None = None) -> tuple[StoredDocument, ...]:
    """Return all that a store holds; one that is not there holds nothing, and is not made.

    Args:
        folder: Of the store; the user's if not given.

    Raises:
        DocumentStoreError: If it cannot be read.
    """
    folder = folder or store_folder()
    if not folder.is_dir():
        return ()
    with Store(folder) as store:
        return tuple(store)


def _reason(error: OSError | UnwritableFile) -> str:
    if isinstance(error, UnwritableFile):
        return error.message
    return f"cannot be written: {error.strerror or error}"
