"""Rows of the tables of a ledger file: written within a transaction, and selected."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from hashpivot.core import Figure, Source, TextFact

from ._columns import CHANGE_COLUMNS, FIGURE_COLUMNS, READING_COLUMNS, SOURCE_COLUMNS, TEXT_FACT_COLUMNS
from ._rereading import Change, Member, out_of_force
from ._rows import change_of, change_row, figure_of, figure_row, source_row, text_fact_of, text_fact_row
from ._schema import TEXT_FACTS, run_script


def _quoted(table: str, names: Sequence[str]) -> str:
    """Column names of a table; without the table's name SQLite may take a quoted name for a text."""
    return ", ".join(f'{table}."{name}"' for name in names)


def _insert(table: str, names: Sequence[str]) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(names))})"


_SOURCES = _quoted("sources", SOURCE_COLUMNS)
FIGURES = _quoted("figures", FIGURE_COLUMNS)
_TEXT_FACTS = _quoted("remarks", TEXT_FACT_COLUMNS)
_INSERT_SOURCE = _insert("sources", SOURCE_COLUMNS)
_INSERT_FIGURE = _insert("figures", ("id", *FIGURE_COLUMNS))
_INSERT_TEXT_FACT = _insert("remarks", ("id", *TEXT_FACT_COLUMNS))
_INSERT_READING = _insert("readings", READING_COLUMNS)
_INSERT_CHANGE = _insert("changes", CHANGE_COLUMNS)
_CHANGES = _quoted("changes", CHANGE_COLUMNS)

SELECT_SOURCE = f"SELECT {_SOURCES} FROM sources"


@dataclass(frozen=True, slots=True)
class TableWriter:
    """The tables within an open transaction; a row that is there already is left alone."""

    connection: sqlite3.Connection

    def insert_source(self, source: Source) -> None:
        """Write a source."""
        self.connection.execute(_INSERT_SOURCE, source_row(source))

    def insert_member(self, member: Member) -> None:
        """Write a figure or text fact."""
        self.insert_members([member])

    def insert_members(self, members: Iterable[Member]) -> None:
        """Write figures and text facts."""
        every = list(members)
        rows = ((member.id, *figure_row(member)) for member in every if isinstance(member, Figure))
        self.connection.executemany(_INSERT_FIGURE, rows)
        facts = [member for member in every if isinstance(member, TextFact)]
        if facts:
            run_script(self.connection, TEXT_FACTS)
            rows = ((fact.id, *text_fact_row(fact)) for fact in facts)
            self.connection.executemany(_INSERT_TEXT_FACT, rows)

    def insert_reading(self, source: str, number: int, day: date) -> None:
        """Write that a source was read, by which version of the reader or in which recording."""
        self.connection.execute(_INSERT_READING, (source, str(number), day.isoformat()))

    def insert_change(self, change: Change) -> None:
        """Write that a member counts, or no longer counts."""
        self.connection.execute(_INSERT_CHANGE, change_row(change))


def members_in_force(connection: sqlite3.Connection, source: str) -> dict[str, Member]:
    """The figures and text facts of a source that count now."""
    aside = out_of_force(select_changes(connection), None)
    members = select_members(connection, "WHERE source = ?", (source,))
    return {member.id: member for member in members if member.id not in aside}


def select_members(
    connection: sqlite3.Connection, where: str = "", values: tuple[str, ...] = ()
) -> list[Member]:
    """Figures, then text facts, each in the order they were added."""
    figures = connection.execute(f"SELECT {FIGURES} FROM figures {where} ORDER BY rowid", values)
    facts = select_text_facts(connection, f"{where} ORDER BY rowid", values)
    return [*map(figure_of, figures), *(text_fact_of(row[1:]) for row in facts)]


def last_readers(connection: sqlite3.Connection) -> dict[str, int]:
    """The latest version of the reader that read each source; those read before there were versions lack."""
    rows = connection.execute("SELECT source, max(CAST(reader AS INTEGER)) FROM readings GROUP BY source")
    return dict(rows.fetchall())


def added_days(connection: sqlite3.Connection) -> dict[str, date]:
    """The day of the first reading of each source, where it was written down."""
    rows = connection.execute("SELECT source, min(read_on) FROM readings WHERE read_on <> '' GROUP BY source")
    return {source: date.fromisoformat(day) for source, day in rows}


def select_changes(connection: sqlite3.Connection) -> Iterator[Change]:
    """What later readings changed, in the order it was written."""
    return map(change_of, connection.execute(f"SELECT {_CHANGES} FROM changes ORDER BY rowid"))


def select_text_facts(
    connection: sqlite3.Connection, tail: str = "", values: tuple[str, ...] = ()
) -> Iterable[tuple[str, ...]]:
    """Ids and columns of text facts; none in a ledger written before there were any."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'remarks'").fetchone():
        return ()
    return connection.execute(f"SELECT remarks.id, {_TEXT_FACTS} FROM remarks {tail}", values)
