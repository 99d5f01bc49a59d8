"""Tables out: as CSV and Parquet, filtered, as of a day; and back in."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from hashpivot.core import InvalidInput, MissingLibrary, UnwritableFile
from hashpivot.ledger import bundled
from hashpivot.ledger.records import EXPORTS, csv_text, export_rows, export_table, write_table
from tests.ledger.records.book import CONTRACT, EVENT, FIGURE, LINE, SPLIT, TARGET, Book

ALL = {
    "figures": [LINE, FIGURE],
    "contracts": [CONTRACT],
    "targets": [TARGET],
    "splits": [SPLIT],
    "events": [EVENT],
}


def filled(book: Book) -> Book:
    for kind, rows in ALL.items():
        titled = [row | {"title": f"Document of {kind}"} for row in rows]
        book.record(*titled, kind=kind)
    return book


@pytest.mark.parametrize("name", EXPORTS)
def test_every_table_has_its_columns_and_something_in_it(name: str, book: Book) -> None:
    table = export_table(name)
    rows = export_rows(table, bundled() | filled(book).held())
    read = list(csv.DictReader(io.StringIO(csv_text(table, rows))))
    assert read == rows
    assert read
    assert all(set(row) == set(table.columns) for row in read)


@pytest.mark.parametrize("name", ALL)
def test_recorded_rows_can_be_read_back(name: str, book: Book, tmp_path: Path) -> None:
    held = filled(book).held()
    rows = export_rows(export_table(name), held)
    assert len(rows) == len(ALL[name]) + (name == "figures")  # a split is a figure too
    assert not any(row.new for row in book.record(*rows, kind=name))
    other = Book(tmp_path / "other.sqlite3")
    other.record(*rows, kind=name)
    assert export_rows(export_table(name), other.held()) == rows
    assert {f.id for f in other.held().figures} <= {f.id for f in held.figures}


def test_filters(book: Book) -> None:
    held = bundled() | filled(book).held()
    figures = EXPORTS["figures"]
    some = export_rows(figures, held, tickers=["RIOT"], measures=["total_revenue"])
    assert {(row["ticker"], row["measure"]) for row in some} == {("RIOT", "total_revenue")}
    for name in EXPORTS:
        assert {row["ticker"] for row in export_rows(EXPORTS[name], held, tickers=["RIOT"])} == {"RIOT"}


def test_as_of(book: Book) -> None:
    held = bundled() | filled(book).held()
    day = date(2026, 5, 20)
    figures = export_rows(EXPORTS["figures"], held, day)
    assert max(row["known"] for row in figures) <= str(day)
    assert not export_rows(EXPORTS["splits"], held, day)
    assert [c["counterparty"] for c in export_rows(EXPORTS["contracts"], held, day, tickers=["RIOT"])][
        -1:
    ] == ["Example AI"]
    early = export_rows(EXPORTS["contracts"], held, date(2026, 5, 19), tickers=["RIOT"])
    assert "Example AI" not in {c["counterparty"] for c in early}


def test_what_is_superseded_is_not_exported(book: Book) -> None:
    book.record(LINE)
    book.record(LINE | {"value": "1"})
    assert [row["value"] for row in export_rows(EXPORTS["figures"], book.held())] == ["1"]


@pytest.mark.parametrize("name", EXPORTS)
def test_parquet_has_types(name: str, book: Book, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs pyarrow (extra parquet)")
    table = EXPORTS[name]
    rows = export_rows(table, bundled() | filled(book).held())
    write_table(table, rows, tmp_path / "t.parquet", parquet=True)
    read = parquet.read_table(tmp_path / "t.parquet").to_pylist()
    assert len(read) == len(rows)
    assert list(read[0]) == list(table.columns)
    for text, typed in zip(rows, read, strict=True):
        for column, cell in text.items():
            value = typed[column]
            if not cell:
                assert value is None
            elif isinstance(value, Decimal):
                assert value == round(Decimal(cell), 12)
            else:
                assert str(value).lower() == cell.lower()
    typed = read[-1]
    if "known" in typed:
        assert isinstance(typed["known"], date)
    assert not list(tmp_path.glob(".*"))


def test_parquet_needs_a_library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(MissingLibrary, match=r"hashpivot\[parquet\]"):
        write_table(EXPORTS["splits"], [], tmp_path / "t.parquet", parquet=True)
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_exported(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="did you mean figures"):
        export_table("figure")
    with pytest.raises(UnwritableFile, match="cannot be written"):
        write_table(EXPORTS["splits"], [], tmp_path / "none" / "t.csv")
