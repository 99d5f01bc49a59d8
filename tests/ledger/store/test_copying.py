"""A ledger copied from one database to another: every row, or a clear line."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from hashpivot.core import LedgerError
from hashpivot.ledger import Ledger
from hashpivot.ledger.store import _copying
from hashpivot.ledger.store.database import SEALED, SEALS
from tests.ledger.records.book import CONTRACT, FIGURE, LINE, Book
from tests.ledger.store import writer as filings
from tests.postgres_server import PostgresServer

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Give a new place in a kind of database."""
    numbers = iter(range(100))

    def give(kind: str) -> str:
        if kind == "sqlite":
            return str(tmp_path / f"{next(numbers)}.sqlite3")
        server: PostgresServer = request.getfixturevalue("postgres_server")
        return server.url(schema=server.new_schema())

    return give


def add(place: str, *keys: str, label: str = "") -> None:
    with Ledger.open(place) as ledger:
        for key in keys:
            figures = [replace(figure, label=label or figure.label) for figure in filings.figures(key)]
            ledger.add(filings.source(key), figures, filings.remarks(key))


def full(place: str) -> str:
    """A ledger with filings, one of them read again, and records that supersede each other."""
    add(place, "c", "a", "ü€😀")
    with Ledger.open(place) as ledger:
        later = [replace(figure, value=figure.value + 1) for figure in filings.figures("a")]
        ledger.add(replace(filings.source("a"), reader=3), later, read_on=date(2026, 1, 1))
    book = Book(place)
    book.record(LINE, FIGURE)
    book.record(LINE | {"value": "170000000", "known": "2026-10-30", "title": "Later"})
    book.record(CONTRACT | {"title": "Contract"}, kind="contracts")
    add(place, "b")
    return place


def rows(place: str) -> list[list[tuple[object, ...]]]:
    """Every stored row, with number and checksum."""
    with Ledger.open(place) as ledger:
        ledger.check()
    with Ledger.open(place) as ledger, ledger._database.snapshot() as stored:
        assert stored.connection
        return [
            list(stored.connection.execute(f"SELECT * FROM {table.name} ORDER BY number"))
            for table in (*SEALED, SEALS)
        ]


def copy(source: str, target: str) -> _copying.LedgerCopy:
    with Ledger.open(source) as original, Ledger.open(target) as other:
        return original.copy_to(other)


@pytest.mark.parametrize(("one", "other"), [*product(["sqlite", "postgres"], repeat=2)])
def test_there_and_back_nothing_is_lost(fresh, one: str, other: str) -> None:
    first, second, third = full(fresh(one)), fresh(other), fresh(one)
    made = copy(first, second)
    assert made.held == 0 and made.rows == sum(map(len, rows(first)[:-1]))
    assert copy(second, third) == made
    assert rows(first) == rows(second) == rows(third)
    with Ledger.open(first) as ledger, Ledger.open(third) as back:
        assert ledger.read() == back.read() and ledger.sources() == back.sources()
    add(second, "later")
    assert copy(second, third) == _copying.LedgerCopy(filings.FIGURES + filings.REMARKS + 1, made.rows)
    assert rows(second) == rows(third)
    assert copy(second, third).rows == 0


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_what_holds_anything_else_is_left_alone(fresh, kind: str) -> None:
    source, other, longer, same_seals = fresh("sqlite"), fresh(kind), fresh(kind), fresh(kind)
    add(source, "a", "b")
    add(other, "b")
    add(longer, "a", "b", "c")
    add(same_seals, "a", label="otherwise")
    for target in (other, longer, same_seals):
        before = rows(target)
        with pytest.raises(LedgerError, match="holds what the one to be copied does not") as caught:
            copy(source, target)
        assert caught.value.hint and rows(target) == before


def test_nothing_to_copy(fresh) -> None:
    source, target = fresh("sqlite"), fresh("sqlite")
    with pytest.raises(LedgerError, match="no ledger to copy"):
        copy(source, target)
    assert not Path(source).exists() and not Path(target).exists()


def test_a_writer_that_comes_between_is_told(fresh, monkeypatch) -> None:
    monkeypatch.setattr(_copying, "_ROWS_AT_ONCE", 1)
    source, target = fresh("sqlite"), fresh("sqlite")
    add(source, "a", "b", "c")
    with Ledger.open(source) as original, Ledger.open(target) as other:
        with pytest.raises(LedgerError, match="another process wrote to the ledger") as caught:
            original.copy_to(other, lambda *_: add(target, "x"))
        assert caught.value.where == target
    with Ledger.open(target) as ledger:
        ledger.check()
        assert set(ledger.read().sources) == {"a", "x"}


def test_what_others_add_meanwhile_waits_for_the_next_copy(fresh, monkeypatch) -> None:
    monkeypatch.setattr(_copying, "_ROWS_AT_ONCE", 1)
    source, target = fresh("sqlite"), fresh("sqlite")
    add(source, "a", "b")
    with Ledger.open(source) as original, Ledger.open(target) as other:
        original.copy_to(other, lambda *_: add(source, "x"))
        assert set(other.read().sources) == {"a", "b"}
    assert copy(source, target).held == 2 * (filings.FIGURES + filings.REMARKS + 1)
    assert rows(source) == rows(target)


def test_a_damaged_source_is_blamed_and_not_copied(fresh) -> None:
    source, target = fresh("sqlite"), fresh("sqlite")
    add(source, "a")
    with closing(sqlite3.connect(source)) as connection:
        trigger = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'figures_update'"
        ).fetchone()[0]
        connection.execute("DROP TRIGGER figures_update")
        connection.execute("UPDATE figures SET value = '7' WHERE number = 3")
        connection.execute(trigger)
        connection.commit()
    with pytest.raises(LedgerError, match="damaged") as caught:
        copy(source, target)
    assert caught.value.where == source
    assert not Path(target).exists()


def test_an_earlier_version_is_copied_as_it_is_migrated(fresh, tmp_path: Path) -> None:
    old = tmp_path / "old.sqlite3"
    old.write_bytes((DATA / "ledger-0.1.0.sqlite3").read_bytes())
    target = fresh("postgres")
    copy(str(old), target)
    assert rows(str(old)) == rows(target)


COPY = """
import sys
from hashpivot.ledger import Ledger
from hashpivot.ledger.store import _copying
_copying._ROWS_AT_ONCE = 1
with Ledger.open(sys.argv[1]) as original, Ledger.open(sys.argv[2]) as other:
    original.copy_to(other, lambda *done: print(*done, flush=True))
"""


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_killed_copy_is_a_whole_earlier_state_and_goes_on(fresh, kind: str) -> None:
    source, target, chance = fresh("sqlite"), fresh(kind), random.Random(4)
    add(source, *(f"s{number}" for number in range(60)))
    for _ in range(2):
        command = [sys.executable, "-c", COPY, source, target]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert process.stdout
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.05))
        process.kill()
        process.communicate()
        with Ledger.open(target) as ledger:
            ledger.check()
            keys = list(ledger.read().sources)
        assert len(keys) > 0 and keys == [f"s{number}" for number in range(len(keys))]
    assert copy(source, target).held
    assert rows(source) == rows(target)
