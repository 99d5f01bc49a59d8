"""A held file read again by a later version of the reader: today's views learn, earlier days' views stay."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hashpivot.core import Figure, LedgerError, PlainLocator, Source, TextFact
from hashpivot.ledger import Change, Figures, Ledger, View
from hashpivot.ledger.store import _sql
from hashpivot.ledger.store._rows import row_id
from hashpivot.ledger.store._sql import TableWriter
from hashpivot.ledger.store.database import SqliteDatabase

Make = Callable[..., Figure]
FILED, READ_ON = date(2025, 1, 31), date(2026, 3, 1)
QUARTER = ("2024-10-01", "2024-12-31")
ADDRESS = "TEST/2024Q4/total_revenue/total"


@pytest.fixture
def total(figure: Make) -> Make:
    return lambda value, **given: figure(value, *QUARTER, measure="total_revenue", source="s", **given)


@pytest.fixture
def cost(figure: Make) -> Figure:
    return figure(7, *QUARTER, measure="total_cost_of_revenue", source="s")


def read_by(source: Callable[..., Source], version: int) -> Source:
    return replace(source("s", known=FILED), reader=version)


def test_what_changed_supersedes_from_the_day_of_the_reading(source, total, cost, new_ledger) -> None:
    with new_ledger() as ledger:
        ledger.add(read_by(source, 0), [total(100), cost])
        added = ledger.add(read_by(source, 1), [total(90)], read_on=READ_ON)
        held = ledger.read()
        ledger.check()
    assert (added.new, added.reread, added.figures) == (False, True, 1)
    assert [change.to_dict()["old"] for change in added.changes] == [100, 7]
    assert [change.to_dict()["new"] for change in added.changes] == [90, None]
    before, today = (View(held, as_of=day, companies={}) for day in (date(2026, 2, 28), READ_ON))
    assert before.figure(ADDRESS).value == 100 and len(before.figures("TEST")) == 2
    assert today.figure(ADDRESS).value == 90 and len(today.figures("TEST")) == 1
    assert (
        today.figure(ADDRESS).known == FILED
    )  # known since it was filed, so that later filings still outrank it
    assert View(held, companies={}).figure(ADDRESS).value == 90
    assert held.sources["s"].reader == 1


def test_an_id_quoted_before_leads_to_its_successor(source, total, new_ledger) -> None:
    old = total(100)
    with new_ledger() as ledger:
        ledger.add(read_by(source, 0), [old])
        ledger.add(read_by(source, 1), [total(90)], read_on=READ_ON)
        held = ledger.read()
    trace = View(held, companies={}).trace(old.id)
    assert trace.figure.value == 90 and "version 1 of the reader" in str(trace)
    assert View(held, as_of=FILED, companies={}).figure(old.id).value == 100


def test_the_same_or_an_earlier_reader_changes_nothing(source, total, new_ledger) -> None:
    with new_ledger() as ledger:
        ledger.add(read_by(source, 2), [total(100)])
        held = ledger.read()
        for version in (2, 1):
            added = ledger.add(read_by(source, version), [total(90)], read_on=READ_ON)
            assert (added.new, added.reread, added.changes) == (False, False, ())
        assert ledger.read() == held


def test_a_figure_may_be_withdrawn_and_found_again(source, total, new_ledger) -> None:
    with new_ledger() as ledger:
        ledger.add(read_by(source, 0), [total(100)])
        ledger.add(read_by(source, 1), [], read_on=date(2026, 3, 1))
        ledger.add(read_by(source, 2), [total(100)], read_on=date(2026, 4, 1))
        held = ledger.read()
        ledger.check()
    days = (date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1))
    assert [len(held.current(day)) for day in days] == [1, 0, 0, 1]
    assert len(held.figures) == 1 and len(held.changes) == 2


def test_another_day_of_filing_changes_no_text_fact(source, new_ledger) -> None:
    fact = TextFact("TEST", "s", FILED, "target", PlainLocator("p:1/s:1"), "{}")
    other = replace(fact, locator=PlainLocator("p:2/s:1"))
    with new_ledger() as ledger:
        ledger.add(read_by(source, 0), [], [fact])
        again = [replace(fact, known=READ_ON), replace(other, known=READ_ON)]
        added = ledger.add(read_by(source, 1), [], again, read_on=READ_ON)
        assert (added.remarks, added.changes) == (1, ())
        held = ledger.read()
    assert [f.known for f in held.current().remarks] == [FILED, FILED]
    assert len(held.current(date(2026, 2, 28)).remarks) == 1


def test_a_bundled_source_wins_over_changes_of_the_users_own(source, total, new_ledger) -> None:
    bundled = Figures({"s": read_by(source, 0)}, (total(100),))
    with new_ledger() as ledger:
        ledger.add(read_by(source, 0), [total(100)])
        ledger.add(read_by(source, 1), [total(90)], read_on=READ_ON)
        both = bundled | ledger.read()
    assert not both.changes and View(both, companies={}).figure(ADDRESS).value == 100


def test_a_failed_rereading_leaves_the_ledger_as_it_was(place, source, total, monkeypatch) -> None:
    with Ledger.open(place) as ledger:
        ledger.add(read_by(source, 0), [total(100)])
        held = ledger.read()
        monkeypatch.setattr(_sql, "CHANGES", replace(_sql.CHANGES, name="nowhere"))
        with pytest.raises(LedgerError):
            ledger.add(read_by(source, 1), [total(90)], read_on=READ_ON)
        monkeypatch.undo()
        assert ledger.read() == held
        assert ledger.add(read_by(source, 1), [total(90)], read_on=READ_ON).reread


def test_readings_and_changes_are_append_only(tmp_path: Path, source, total) -> None:
    path = tmp_path / "ledger.sqlite3"
    with Ledger.open(path) as ledger:
        ledger.add(read_by(source, 0), [total(100)])
        ledger.add(read_by(source, 1), [total(90)], read_on=READ_ON)
    with closing(sqlite3.connect(path)) as connection:
        for table in ("readings", "changes"):
            for statement in (f"UPDATE {table} SET read_on = ''", f"DELETE FROM {table}"):
                with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                    connection.execute(statement)


def test_a_change_of_an_unknown_figure_is_damage(tmp_path: Path, source, total) -> None:
    path = tmp_path / "ledger.sqlite3"
    with Ledger.open(path) as ledger:
        ledger.add(read_by(source, 1), [total(100)])
    database = SqliteDatabase(path, row_id)
    with database.transaction() as stored:
        writer = TableWriter(stored, [read_by(source, 1)])
        writer.insert_change(Change("nobody", "s", 2, False, "", date(2026, 1, 1)))
        writer.seal()
    database.close()
    with Ledger.open(path) as ledger, pytest.raises(LedgerError, match="damaged"):
        ledger.check()
