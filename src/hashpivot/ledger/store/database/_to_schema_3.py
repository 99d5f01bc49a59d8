"""From schema 2 to 3: every row is numbered and gets its checksum, and seals say what belongs together."""

from __future__ import annotations

import sqlite3
import warnings
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from ._checksums import signed
from ._columns import CHANGE_COLUMNS, FIGURE_COLUMNS, READING_COLUMNS, SOURCE_COLUMNS, TEXT_FACT_COLUMNS
from ._damage import DamagedRow
from ._schema import CREATE_TABLES, refuse_other_columns, run_script
from ._tables import FIGURES, SEALED, SEALS, SOURCES, TEXT_FACTS, StoredTable

RowId = Callable[[str, Sequence[str]], str]
"""The id that the row of a table must have, of its other columns; ValueError if it is no such row."""

_MANY = 100_000
_ROWS_A_SECOND = 40_000  # measured on a slow core: 250,000 in 5.6 s

_BEFORE = {
    "sources": SOURCE_COLUMNS,
    "figures": ("id", *FIGURE_COLUMNS),
    "remarks": ("id", *TEXT_FACT_COLUMNS),
    "readings": READING_COLUMNS,
    "changes": CHANGE_COLUMNS,
}
_Group = tuple[str, str]  # source and ticker, as in a seal
_Runs = dict[str, deque[tuple[_Group, int]]]


def seal_rows(connection: sqlite3.Connection, row_id: RowId) -> None:
    """Write the tables of schema 3 from those of schema 2, within the open transaction.

    Raises:
        DamagedRow: If a row is not the one its id names.
    """
    _set_aside(connection)
    _announce(connection)
    run_script(connection, CREATE_TABLES)
    tickers = dict(connection.execute("SELECT key, ticker FROM old_sources ORDER BY key").fetchall())
    runs = {table.name: _runs(connection, table, tickers) for table in SEALED[1:]}
    groups = _grouped(runs, tickers)
    sources = [group[0] for group, counts in groups if counts[0]]
    _write(connection, SOURCES, (_source(connection, key) for key in sources))
    for table in SEALED[1:]:
        _write(connection, table, _checked(table, _old_rows(connection, table), row_id))
    _write(connection, SEALS, _seals(groups))
    for name in reversed(_BEFORE):
        connection.execute(f"DROP TABLE old_{name}")


def _announce(connection: sqlite3.Connection) -> None:
    """Warn the user of a migration that takes long."""
    rows = connection.execute("SELECT count(*) FROM old_figures").fetchone()[0]
    if rows >= _MANY:
        seconds = f"{rows / _ROWS_A_SECOND:,.0f}"
        said = (
            f"the ledger is brought to schema 3, once: {rows:,} figures, about {seconds} seconds; wait for it"
        )
        warnings.warn(said, FutureWarning, stacklevel=2)


def _set_aside(connection: sqlite3.Connection) -> None:
    """Rename the tables of schema 2; triggers and indices go.

    Raises:
        DamagedRow: If they are not those of schema 2.
    """
    listed = connection.execute("SELECT type, name FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    for kind, name in listed:
        if kind != "table":
            connection.execute(f'DROP {kind} "{name}"')
    for name, columns in _BEFORE.items():
        present = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
        if not present and name == "remarks":  # none was made before there were text facts
            quoted = ", ".join(f'"{column}" TEXT NOT NULL' for column in columns)
            connection.execute(f"CREATE TABLE old_{name} ({quoted})")
            continue
        refuse_other_columns(name, present, columns, 2)
        connection.execute(f"ALTER TABLE {name} RENAME TO old_{name}")


def _runs(
    connection: sqlite3.Connection, table: StoredTable, tickers: dict[str, str]
) -> deque[tuple[_Group, int]]:
    """How many rows in a row are of one source and company."""
    of_member = "ticker" in table.columns
    query = f"SELECT source, {'ticker' if of_member else 'NULL'} FROM old_{table.name} ORDER BY rowid"
    rows = connection.execute(query)
    groups = ((source, ticker if of_member else tickers.get(source, "")) for source, ticker in rows)
    return deque((group, sum(1 for _ in run)) for group, run in groupby(groups))


def _grouped(runs: _Runs, tickers: dict[str, str]) -> list[tuple[_Group, list[int]]]:
    """How many rows of each table every seal covers: runs of one source and company go together."""
    waiting = {name: Counter(group for group, _ in queue) for name, queue in runs.items()}
    unwritten = dict(tickers)
    sealed: list[tuple[_Group, list[int]]] = []

    def seal(group: _Group) -> None:
        source, ticker = group
        own = unwritten.get(source) == ticker
        if own:
            del unwritten[source]
        counts = [int(own)]
        for name, queue in runs.items():
            taken = queue.popleft()[1] if queue and queue[0][0] == group else 0
            waiting[name][group] -= bool(taken)
            counts.append(taken)
        sealed.append((group, counts))

    while any(runs.values()):
        heads = [queue[0][0] for queue in runs.values() if queue]
        # One that waits in no other table holds up nothing but its own.
        alone = (g for g in heads if all(w[g] <= 1 for w in waiting.values()) and _ready(g, runs, waiting))
        seal(next(alone, heads[0]))
    for source, ticker in list(unwritten.items()):
        seal((source, ticker))
    return sealed


def _ready(group: _Group, runs: _Runs, waiting: dict[str, Counter[_Group]]) -> bool:
    """True if its rows come next in every table that still has some."""
    return all(not waiting[name][group] or queue[0][0] == group for name, queue in runs.items())


def _seals(groups: Iterable[tuple[_Group, list[int]]]) -> Iterator[tuple[str, ...]]:
    ends = [0] * len(SEALED)
    for (source, ticker), counts in groups:
        yield source, ticker, *(f"{end}+{count}" for end, count in zip(ends, counts, strict=True))
        ends = [end + count for end, count in zip(ends, counts, strict=True)]


def _old_rows(connection: sqlite3.Connection, table: StoredTable) -> Iterator[tuple[str, ...]]:
    names = ", ".join(f'old_{table.name}."{name}"' for name in table.columns)
    return connection.execute(f"SELECT {names} FROM old_{table.name} ORDER BY rowid")


def _source(connection: sqlite3.Connection, key: str) -> tuple[str, ...]:
    names = ", ".join(f'old_sources."{name}"' for name in SOURCES.columns)
    row: tuple[str, ...] = connection.execute(
        f"SELECT {names} FROM old_sources WHERE key = ?", (key,)
    ).fetchone()
    return row


def _checked(table: StoredTable, rows: Iterable[tuple[str, ...]], row_id: RowId) -> Iterator[tuple[str, ...]]:
    """The rows, figures and text facts after making sure that each is what its id names."""
    if table not in (FIGURES, TEXT_FACTS):
        yield from rows
        return
    for row in rows:
        try:
            sound = row_id(table.name, row[1:]) == row[0]
        except (ValueError, KeyError, TypeError, ArithmeticError):
            sound = False
        if not sound:
            raise DamagedRow(f"{row[0]} in its table {table.name} is not what was written")
        yield row


def _write(connection: sqlite3.Connection, table: StoredTable, rows: Iterable[tuple[str, ...]]) -> None:
    places = ", ".join("?" * len(table.stored))
    names = ", ".join(f'"{name}"' for name in table.stored)
    connection.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({places})", signed(table, 1, rows))
