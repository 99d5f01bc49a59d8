"""The tables of a ledger in PostgreSQL, and the checks that a schema holds one that this version reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from hashpivot.core import LedgerError

from ._columns import column_difference
from ._damage import DamagedRow
from ._tables import TABLES, VERSION, StoredTable

if TYPE_CHECKING:
    from psycopg import Connection

POSTGRES_MIGRATIONS: dict[int, Callable[[Connection[Any]], None]] = {}
"""By schema version, the step to the next one, within a transaction; ledgers in PostgreSQL began with 3."""

_MARK = "ledger_schema"
# What another writer has just made is seen only from the first look at a table on.
_SCHEMAS = "SELECT current_schema(), (SELECT oid FROM pg_namespace WHERE nspname = %s)"
_TABLES = """
SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace
AND relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT EXISTS (
    SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e'
)"""
_COLUMNS = """
SELECT relname, attname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
WHERE relnamespace = current_schema()::regnamespace AND relname = ANY(%s)
AND attnum > 0 AND NOT attisdropped"""


def _created(table: StoredTable) -> str:
    """Statements that make a table with its indices and triggers; texts are compared as SQLite does."""
    name = table.name
    columns = "".join(f', "{column}" text COLLATE "C" NOT NULL' for column in table.stored[1:])
    unique = f", UNIQUE ({table.unique})" if table.unique else ""
    source = ", FOREIGN KEY (source) REFERENCES sources (key)" if table.of_source else ""
    indices = "".join(f"CREATE INDEX {name}_by_{index} ON {name} ({index});\n" for index in table.indices)
    return f"""CREATE TABLE {name} (number bigint NOT NULL PRIMARY KEY{columns}{unique}{source});
{indices}CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {name}
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
"""


POSTGRES_SCHEMA = f"""
CREATE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN RAISE EXCEPTION ''the ledger is append-only''; END';
{"".join(map(_created, TABLES))}
CREATE TABLE {_MARK} (version integer NOT NULL);
INSERT INTO {_MARK} VALUES ({VERSION});
"""


def postgres_version(connection: Connection[Any], schema: str, where: str) -> int | None:
    """Return the schema version of the ledger in the current schema; None if there is none and may be one.

    Args:
        connection: Open on the database.
        schema: The schema that was asked for; empty for the user's first one.
        where: The database, for messages.

    Raises:
        LedgerError: If the schema belongs to something else, or the user may not use it.
        DamagedRow: If the ledger does not say its version.
        psycopg.Error: If the user may not read the ledger.
    """
    row = connection.execute(_SCHEMAS, (schema,)).fetchone()
    current, there = row or (None, None)
    if current is None:
        if schema and there is None:
            return None
        raise LedgerError(
            f"this user may not use the schema {schema or 'public'}, or it is not there",
            where=where,
            hint="let the ledger's owner grant it; docs/how-to/keep-the-ledger-in-postgresql.md says how",
        )
    tables = {row[0] for row in connection.execute(_TABLES)}
    if _MARK in tables:
        marked = connection.execute(f"SELECT to_jsonb({_MARK}) -> 'version' FROM {_MARK}").fetchall()
        if len(marked) != 1 or not isinstance(marked[0][0], int):
            raise DamagedRow(f"its table {_MARK} does not hold one version")
        return marked[0][0]
    if tables:
        raise LedgerError(
            f"the schema {current} holds other tables and no ledger",
            where=where,
            hint="name another database, or an empty schema with ?schema=NAME",
        )
    return None


def check_postgres_columns(connection: Connection[Any]) -> None:
    """Make sure that every table has the columns it must have and no other.

    Raises:
        DamagedRow: Naming the table and its columns.
    """
    present = connection.execute(_COLUMNS, ([table.name for table in TABLES],)).fetchall()
    for table in TABLES:
        columns = [column for name, column in present if name == table.name]
        difference = column_difference(columns, table.stored)
        if difference:
            raise DamagedRow(
                f"its table {table.name} has other columns than schema version {VERSION}: {difference}"
            )


def migrate_postgres(connection: Connection[Any], version: int, where: str) -> None:
    """Take a ledger of an earlier schema to this one, within the open transaction.

    Raises:
        LedgerError: If the user does not own the ledger.
    """
    owner = connection.execute(
        "SELECT pg_get_userbyid(relowner), pg_has_role(relowner, 'USAGE') "
        "FROM pg_class WHERE oid = to_regclass(%s)",
        (_MARK,),
    ).fetchone()
    if not owner or not owner[1]:
        raise LedgerError(
            f"the ledger has schema version {version} and must be migrated to {VERSION} by its owner",
            where=where,
            hint=f"back it up with pg_dump, then open it once as the role {owner[0] if owner else 'owner'}",
        )
    for step in range(version, VERSION):
        POSTGRES_MIGRATIONS[step](connection)
    connection.execute(f"UPDATE {_MARK} SET version = {VERSION}")
    check_postgres_columns(connection)
