"""Stored columns are names of their own: no field of a class names them, and none but these is accepted."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from pathlib import Path
from shutil import copyfile

import pytest

import hashpivot.ledger
from hashpivot.core import LedgerError
from hashpivot.ledger import Ledger

FIXTURE = Path(__file__).parents[1] / "data" / "ledger-0.1.0.sqlite3"
TABLES = Path(hashpivot.ledger.__file__).parent / "data"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return Path(copyfile(FIXTURE, tmp_path / "ledger.sqlite3"))


def schema(path: Path) -> dict[str, list[str]]:
    with closing(sqlite3.connect(path)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")] for table in tables
        }


def test_a_new_ledger_has_the_columns_of_one_migrated(path: Path, tmp_path: Path, source, figure) -> None:
    """The tables of 0.1.0, since schema 2 those of readings, since schema 3 numbers, checksums and seals."""
    before = schema(path)
    with Ledger.open(tmp_path / "new.sqlite3") as ledger:
        ledger.add(source("s"), [figure(1, None, "2025-12-31")])
    Ledger.open(path).close()
    assert schema(tmp_path / "new.sqlite3") == schema(path)
    after = schema(path)
    assert {table: ["number", *names, "checksum"] for table, names in before.items()}.items() <= after.items()
    assert set(after) - set(before) == {"readings", "changes", "seals"}


def test_the_bundled_tables_have_the_columns_of_a_ledger(path: Path) -> None:
    Ledger.open(path).close()
    columns = schema(path)
    for name in ("sources", "figures"):
        with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            assert next(csv.reader(lines)) == [
                column for column in columns[name] if column not in ("number", "id", "checksum")
            ]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            'ALTER TABLE figures RENAME COLUMN "cut" TO "breakdown"',
            "figures .*unknown 'breakdown'; missing 'cut'",
        ),
        ("ALTER TABLE figures ADD COLUMN extra TEXT", "figures .*unknown 'extra'"),
        ("ALTER TABLE sources ADD COLUMN extra TEXT", "sources .*unknown 'extra'"),
        ("ALTER TABLE remarks ADD COLUMN extra TEXT", "remarks .*unknown 'extra'"),
        ("DROP TABLE figures", "figures .*missing 'id'"),
    ],
)
def test_other_columns_are_an_error_that_names_them(path: Path, statement: str, words: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()
    with pytest.raises(LedgerError, match=words) as caught:
        Ledger.open(path)
    assert "restore a backup" in caught.value.hint and caught.value.where == str(path)


def test_the_order_of_columns_does_not_matter(path: Path, tmp_path: Path) -> None:
    with Ledger.open(copyfile(path, tmp_path / "before.sqlite3")) as ledger:
        before = ledger.read()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "DROP TRIGGER figures_update; ALTER TABLE figures RENAME COLUMN note TO last;"
            "ALTER TABLE figures ADD COLUMN note TEXT NOT NULL DEFAULT '';"
            "UPDATE figures SET note = last; ALTER TABLE figures DROP COLUMN last;"
        )
    with Ledger.open(path) as ledger:
        assert ledger.read() == before
        ledger.check()
