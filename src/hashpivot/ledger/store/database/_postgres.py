"""A ledger in a PostgreSQL database: many read, writers take turns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from os import environ
from typing import TYPE_CHECKING, Any

from hashpivot.core import InvalidInput, LedgerError, LedgerUrl, optional_library

from ._checksums import SEPARATOR, JoinedRow
from ._damage import damaged
from ._migrations import check_version
from ._postgres_errors import failed, is_damage, refused
from ._postgres_schema import (
    POSTGRES_MIGRATIONS,
    POSTGRES_SCHEMA,
    check_postgres_columns,
    migrate_postgres,
    postgres_version,
)
from ._protocol import DatabaseStatus
from ._stored_rows import StoredRows
from ._tables import SEALS, TABLES, VERSION

if TYPE_CHECKING:
    import psycopg

_SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_TRANSACTION = "BEGIN ISOLATION LEVEL READ COMMITTED"  # the rows of the writer before this one are seen
_TURN = "SELECT pg_advisory_xact_lock(1752190055, hashtext(coalesce(%s, current_schema(), 'public')))"
_CONNECT_SECONDS = "10"
_STATEMENT_SECONDS = 300  # reading a million figures takes a tenth of it
_IDLE_SECONDS = 900  # a writer that is stopped lets go of its turn


class _PostgresRows:
    """An open transaction as `LedgerConnection`."""

    def __init__(self, connection: psycopg.Connection[Any], error: type[psycopg.Error]) -> None:
        self._connection = connection
        self._error = error

    def execute(self, statement: str, values: Sequence[str | int] = ()) -> Iterator[tuple[Any, ...]]:
        return iter(self._connection.execute(statement.replace("?", "%s"), values))

    def attempt(self, statement: str, values: Sequence[str | int] = ()) -> list[tuple[Any, ...]] | None:
        try:
            with self._connection.transaction():  # only this statement fails
                return list(self.execute(statement, values))
        except self._error as error:
            if not is_damage(error):
                raise
            return None

    def joined(self, table: str, columns: Sequence[str], start: int, end: int) -> Iterator[JoinedRow]:
        names = ", ".join(f'"{name}"' for name in columns)
        query = f"SELECT number, checksum, {names} FROM {table} WHERE number > ? AND number <= ?"
        rows = self.execute(f"{query} ORDER BY number", (start, end))
        return ((number, sum_, SEPARATOR.join(texts).encode()) for number, sum_, *texts in rows)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> int:
        every = list(rows)  # they may come from this connection
        names = ", ".join(f'"{name}"' for name in columns)
        with self._connection.cursor() as cursor:
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in every:
                    copy.write_row(row)
            return cursor.rowcount


class PostgresDatabase:
    """A ledger in one schema of a PostgreSQL database, made when something is first written.

    A ledger of an earlier schema version is migrated if the user owns it.

    Args:
        url: Where it is.
        wait: Seconds to wait for another process that is writing.

    Raises:
        MissingLibrary: If psycopg is not installed (extra `postgres`).
    """

    path = None

    def __init__(self, url: LedgerUrl, *, wait: float = 10.0) -> None:
        self._psycopg = optional_library("psycopg", "a ledger in PostgreSQL", "postgres")
        self._url = url
        self._wait = wait
        self._connection: psycopg.Connection[Any] | None = None

    @property
    def where(self) -> str:
        """The URL without its password."""
        return str(self._url)

    def close(self) -> None:
        """Let go of the server; the next call connects again."""
        if self._connection:
            self._connection.close()
            self._connection = None

    @contextmanager
    def snapshot(self) -> Iterator[StoredRows]:
        """Read one state of the ledger, whatever others write meanwhile; no rows if there is none."""
        with self._guard(), self._within(_SNAPSHOT) as connection:
            version = self._version(connection)
            if version is None or version == VERSION:
                yield StoredRows(None if version is None else self._rows(connection))
                return
        with self.transaction():
            pass  # migrates
        with self.snapshot() as rows:
            yield rows

    @contextmanager
    def transaction(self) -> Iterator[StoredRows]:
        """Write all or nothing, with the tables in place."""
        with self._guard(), self._within(_TRANSACTION) as connection:
            connection.execute(_TURN, (self._url.schema or None,))
            version = self._version(connection)
            if version is None:
                self._create(connection)
            elif version < VERSION:
                migrate_postgres(connection, version, self.where)
            self._check_right(connection)
            yield StoredRows(self._rows(connection))
            connection.execute("COMMIT")

    def faults(self) -> list[str]:
        """Say whether rows name a source that is missing; the pages are the server's to check."""
        strays = [
            f"SELECT source FROM {table.name} WHERE source NOT IN (SELECT key FROM sources)"
            for table in TABLES
            if table.of_source
        ]
        with self.snapshot() as rows:
            if rows.connection is None or rows.connection.attempt(" UNION ALL ".join(strays)) == []:
                return []
        return ["rows name a source that is missing"]

    def _rows(self, connection: psycopg.Connection[Any]) -> _PostgresRows:
        return _PostgresRows(connection, self._psycopg.Error)

    def last_seal(self) -> int:
        """The number of the last seal; 0 if there is no ledger yet."""
        with self.snapshot() as rows:
            return rows.last(SEALS)

    def status(self) -> DatabaseStatus:
        """Size of the tables with their indices, and the server's version."""
        with self.snapshot() as rows:
            server = f"PostgreSQL {self._server_version()}"
            if rows.connection is None:
                return DatabaseStatus(None, None, server)
            sizes = " + ".join(f"pg_total_relation_size('{table.name}')" for table in TABLES)
            return DatabaseStatus(next(rows.connection.execute(f"SELECT {sizes}"))[0], None, server)

    def _server_version(self) -> str:
        said = self._connection and self._connection.info.parameter_status("server_version")
        return (said or "").partition(" ")[0]  # behind it stands how it was packaged

    def _version(self, connection: psycopg.Connection[Any]) -> int | None:
        """The schema version of the ledger, one that can be read or migrated; None if there is none yet."""
        version = postgres_version(connection, self._url.schema, self.where)
        if version is not None:
            check_version(version, self.where, POSTGRES_MIGRATIONS)
        if version == VERSION:
            check_postgres_columns(connection)
        return version

    def _create(self, connection: psycopg.Connection[Any]) -> None:
        try:
            row = connection.execute("SELECT current_schema()").fetchone()
            if not row or row[0] is None:
                connection.execute(f'CREATE SCHEMA "{self._url.schema}"')
            connection.execute(POSTGRES_SCHEMA)
        except self._psycopg.errors.InsufficientPrivilege as error:
            raise LedgerError(
                "there is no ledger yet, and this user may not make its tables",
                where=self.where,
                hint="add the first filing as the user who is to own the ledger",
            ) from error

    def _check_right(self, connection: psycopg.Connection[Any]) -> None:
        row = connection.execute("SELECT has_table_privilege('sources', 'INSERT')").fetchone()
        if not row or not row[0]:
            raise LedgerError(
                "this user may read the ledger but not write to it",
                where=self.where,
                hint="let the ledger's owner grant it; docs/how-to/keep-the-ledger-in-postgresql.md says how",
            )

    @contextmanager
    def _within(self, begin: str) -> Iterator[psycopg.Connection[Any]]:
        """A transaction, rolled back unless it was committed."""
        connection = self._begun(begin)
        try:
            yield connection
        finally:
            with suppress(self._psycopg.Error):
                connection.rollback()
            if connection.closed:
                self.close()

    def _begun(self, begin: str) -> psycopg.Connection[Any]:
        """A connection that has begun a transaction; a new one if the server closed the last."""
        if self._connection:
            try:
                self._connection.execute(begin)
                return self._connection
            except self._psycopg.OperationalError:
                if not self._connection.closed:
                    raise
                self.close()
        self._connection = self._connect()
        self._connection.execute(begin)
        return self._connection

    def _connect(self) -> psycopg.Connection[Any]:
        try:
            connection: psycopg.Connection[Any] = self._psycopg.connect(**self._settings())
        except self._psycopg.OperationalError as error:
            raise refused(error, self.where) from None
        except self._psycopg.ProgrammingError:
            raise self._unknown_setting() from None
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            connection.close()
            raise LedgerError(
                f"the database's encoding is {encoding}; a ledger needs UTF8",
                where=self.where,
                hint="make another: createdb --template template0 --encoding UTF8 NAME",
            )
        return connection

    def _settings(self) -> dict[str, Any]:
        try:
            given = self._psycopg.conninfo.conninfo_to_dict(self._url.connection)
        except self._psycopg.ProgrammingError:  # says what it does not know, which may be a password
            raise self._unknown_setting() from None
        ours = {
            "row_security": "off",  # rows that a policy hides are an error, and not missing
            "statement_timeout": f"{_STATEMENT_SECONDS}s",
            "idle_in_transaction_session_timeout": f"{_IDLE_SECONDS}s",
            "lock_timeout": f"{max(1, round(self._wait * 1000))}ms",
        }
        options = [f"-c {name}={value}" for name, value in ours.items()]
        options.append(given.get("options") or environ.get("PGOPTIONS", ""))
        if self._url.schema:
            options.append(f"-c search_path={self._url.schema}")
        defaults = {} if "PGCONNECT_TIMEOUT" in environ else {"connect_timeout": _CONNECT_SECONDS}
        return {
            "application_name": "hashpivot",
            **defaults,
            **given,
            "options": " ".join(options),
            "client_encoding": "UTF8",
            "autocommit": True,
        }

    def _unknown_setting(self) -> InvalidInput:
        return InvalidInput(
            "the URL has a setting that PostgreSQL's libpq does not know, or a % without two digits",
            where=self.where,
            hint="settings behind ? are schema and those of libpq, such as sslmode or connect_timeout",
        )

    @contextmanager
    def _guard(self) -> Iterator[None]:
        """Turn what the server says into a LedgerError."""
        try:
            yield
        except self._psycopg.Error as error:
            raise failed(error, self.where, lost=self._connection is None) from error
        except (ValueError, KeyError, TypeError, ArithmeticError) as error:
            raise damaged(self.where, error) from error
