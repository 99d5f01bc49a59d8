from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest

from hashpivot.core import MEASURES, Figure, LedgerError, Line, PlainLocator, Source
from hashpivot.ledger import Ledger, View, bundled
from tests.postgres_server import PostgresServer

Make = Callable[..., Figure]


@pytest.fixture(params=["sqlite", "postgres"])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Give a place where there is no ledger yet, in each kind of database."""
    numbers = count()
    if request.param == "sqlite":
        return lambda: str(tmp_path / "new" / f"ledger{next(numbers)}.sqlite3")
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return lambda: server.url(schema=server.new_schema())


@pytest.fixture
def place(new_place: Callable[[], str]) -> str:
    """A place where there is no ledger yet, in each kind of database."""
    return new_place()


@pytest.fixture
def new_ledger(new_place: Callable[[], str]) -> Iterator[Callable[[], Ledger]]:
    """Open a new empty ledger, in each kind of database; closed at the end."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(Ledger.open(new_place()))


@pytest.fixture(scope="session")
def desk() -> View:
    """The bundled figures alone, latest known."""
    return View(bundled())


@pytest.fixture
def source() -> Callable[..., Source]:
    def make(key: str, *, grade: str = "A", known: date = date(2025, 1, 31)) -> Source:
        return Source(key, "TEST", "10-Q", known, "filed", grade)

    return make


@pytest.fixture
def figure() -> Make:
    def make(
        value: object,
        start: str | None,
        end: str,
        *,
        line: str | None = None,
        measure: str = "revenue",
        source: str = "s",
        label: str = "row",
        known: date = date(2025, 1, 31),
        decimals: int | None = 0,
        breakdown: str = "main",
    ) -> Figure:
        return Figure(
            "TEST",
            measure,
            Line(line) if line else None,
            date.fromisoformat(start) if start else None,
            date.fromisoformat(end),
            Decimal(str(value)),
            MEASURES[measure].unit,
            label,
            source,
            PlainLocator("row"),
            known,
            decimals=decimals,
            breakdown=breakdown,
        )

    return make


@pytest.fixture
def tamper() -> Callable[[Path, str], None]:
    """Change a ledger past its triggers, which stand again afterwards."""

    def change(path: Path, statement: str) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            kept = triggers.fetchall()
            for name, _ in kept:
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute(statement)
            for _, sql in kept:
                connection.execute(sql)

    return change


@pytest.fixture
def damage_told() -> Callable[[Path, int], int]:
    """Flip bytes of a sound ledger again and again; how often a ledger error with a hint says so."""

    def told(path: Path, times: int) -> int:
        sound, chance, errors = path.read_bytes(), random.Random(7), 0
        for _ in range(times):
            damaged = bytearray(sound)
            for _ in range(chance.randint(1, 30)):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            path.write_bytes(damaged)
            try:
                with Ledger.open(path) as ledger:
                    ledger.read()
                    ledger.check()
            except LedgerError as error:
                errors += bool(error.hint)
        return errors

    return told
