"""A ledger of schema 2, with readings, changes and records: every row is kept, numbered and sealed."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from shutil import copyfile

import pytest

from hashpivot.core import LedgerError
from hashpivot.ledger import Ledger

DATA = Path(__file__).parents[1] / "data" / "schema-2"
ROWS: dict[str, list[dict[str, str]]] = json.loads((DATA / "ledger.json").read_text())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return Path(copyfile(DATA / "ledger.sqlite3", tmp_path / "ledger.sqlite3"))


def test_every_row_is_as_it_was_written(path: Path) -> None:
    with Ledger.open(path) as ledger:
        ledger.check()
    with closing(sqlite3.connect(path)) as connection:
        for table, rows in ROWS.items():
            names = list(rows[0])
            order = "key" if table == "sources" else "number"
            columns = ", ".join(f'"{name}"' for name in names)
            query = f"SELECT {columns} FROM {table} ORDER BY {order}"
            assert [dict(zip(names, row, strict=True)) for row in connection.execute(query)] == rows


def test_what_is_read_is_what_it_held(path: Path) -> None:
    with Ledger.open(path) as ledger:
        held = ledger.read()
        assert [figure.id for figure in held.figures] == [row["id"] for row in ROWS["figures"]]
        assert [fact.id for fact in held.remarks] == [row["id"] for row in ROWS["remarks"]]
        assert [change.id for change in held.changes] == [row["id"] for row in ROWS["changes"]]
        assert set(held.sources) == {row["key"] for row in ROWS["sources"]}
        assert len(held.current().figures) < len(held.figures)
        for ticker in ("EXMP", "RIOT"):
            one = ledger.read(ticker)
            assert one.figures == tuple(f for f in held.figures if f.ticker == ticker)
            assert one.remarks == tuple(f for f in held.remarks if f.ticker == ticker)
            assert {key: held.sources[key] for key in one.sources} == one.sources
        assert ledger.added_on() == {
            key: min(date.fromisoformat(r["read_on"]) for r in ROWS["readings"] if r["source"] == key)
            for key in {row["source"] for row in ROWS["readings"]}
        }


def test_damage_found_by_the_migration_changes_nothing(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER figures_update")
        connection.execute("UPDATE figures SET value = '7' WHERE rowid = 9")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match=r"damaged: .*@.* in its table figures") as caught:
        Ledger.open(path)
    assert caught.value.hint and caught.value.where == str(path)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*backup*")) and not list(path.parent.glob(".*partial"))


@pytest.mark.parametrize("version", [1, 2])
def test_a_version_that_is_not_that_of_its_tables_is_damage(path: Path, version: int) -> None:
    Ledger.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    with pytest.raises(LedgerError, match="damaged"):
        Ledger.open(path)


def test_a_long_migration_is_announced(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hashpivot.ledger.store.database._to_schema_3._MANY", 50)
    with pytest.warns(FutureWarning, match="59 figures, about 0 seconds"):
        Ledger.open(path).close()
