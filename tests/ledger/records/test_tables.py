"""Tables as files: what spreadsheets write, and what no table is."""

from __future__ import annotations

from pathlib import Path

import pytest

from hashpivot.core import HashpivotError, InvalidInput, NoData, UnreadableFile
from hashpivot.ledger import RowFaults
from hashpivot.ledger.records import RECORD_KINDS, record_kind, rows_of_file, rows_of_mappings, template
from tests.ledger.records.book import Book

FIGURES = RECORD_KINDS["figures"]
TEXT = template(FIGURES)


def rows(tmp_path: Path, data: bytes) -> list[tuple[int, str]]:
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    return [(row.line, row.cells["title"]) for row in rows_of_file(path, FIGURES)]


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_a_template_can_be_recorded(kind: str, tmp_path: Path, book: Book) -> None:
    what = RECORD_KINDS[kind]
    path = tmp_path / "t.csv"
    path.write_text(template(what), encoding="utf-8")
    (row,) = rows_of_file(path, what)
    assert book.record(row.cells, kind=kind)[0].new


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        (TEXT + ",,,\n\n" + "," * 18 + "\n").encode(),
        TEXT.rstrip("\n").encode(),
        TEXT.replace("Riot third", "  Riot\u00a0third").encode(),
        TEXT.replace("ticker,measure", " Ticker ,MEASURE").encode(),
    ],
    ids=["plain", "bom", "crlf", "cr", "empty rows", "no last newline", "spaces", "header"],
)
def test_what_spreadsheets_write(data: bytes, tmp_path: Path) -> None:
    assert rows(tmp_path, data) == [(2, "Riot third quarter 2024 results")]


def test_lines_are_counted_where_a_cell_holds_a_newline(tmp_path: Path) -> None:
    header, row = TEXT.splitlines()
    odd = row.replace("Riot third quarter 2024 results", '"two\nlines"')
    assert [line for line, _ in rows(tmp_path, f"{header}\n{odd}\n{row}\n".encode())] == [2, 4]


@pytest.mark.parametrize(
    ("data", "kind", "said"),
    [
        (b"", UnreadableFile, "is empty"),
        (b" \n\n", UnreadableFile, "is empty"),
        (TEXT.partition("\n")[0].encode(), NoData, "no row"),
        (TEXT.replace("Riot", "Zürich").encode("latin-1"), UnreadableFile, "t.csv:2: is not UTF-8"),
        (TEXT.encode("utf-16"), UnreadableFile, "UTF-16"),
        (TEXT.replace(",", ";").encode(), InvalidInput, "semicolons"),
        (TEXT.replace(",", "\t").encode(), InvalidInput, "tabs"),
        (TEXT.replace("measure", "mesure", 1).encode(), InvalidInput, "did you mean measure"),
        (TEXT.replace("grade,", "", 1).encode(), InvalidInput, "lacks grade"),
        (TEXT.replace("note", "title", 1).encode(), InvalidInput, "stands twice"),
        ((TEXT + 'RIOT,"x\n').encode(), UnreadableFile, "is no CSV"),
        ((TEXT + "RIOT,revenue\n").encode(), RowFaults, "line 3: has 2 cells"),
    ],
)
def test_what_is_no_table(data: bytes, kind: type[HashpivotError], said: str, tmp_path: Path) -> None:
    with pytest.raises(kind) as caught:
        rows(tmp_path, data)
    assert said in str(caught.value)
    assert "t.csv" in str(caught.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.csv", Path("a\0b")):
        with pytest.raises(UnreadableFile, match="cannot be read"):
            rows_of_file(path, FIGURES)
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    with pytest.raises(UnreadableFile, match="64 MB"):
        rows_of_file(large, FIGURES)


def test_rows_of_python(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="'valu' is no column"):
        rows_of_mappings({"valu": 3}, FIGURES)
    with pytest.raises(InvalidInput, match="row 2"):
        rows_of_mappings([{"value": 3}, {"x": 3}], FIGURES)
    with pytest.raises(NoData):
        rows_of_mappings([], FIGURES)
    (row,) = rows_of_mappings({"value": 1.5e7, "note": None, "line": " a\u2003b "}, FIGURES)
    assert row.cells == {"value": "15000000", "note": "", "line": "a b"}


def test_kinds_have_two_names() -> None:
    assert record_kind("filing_date") is record_kind("filing-dates") is RECORD_KINDS["filing-dates"]
    with pytest.raises(InvalidInput, match="did you mean figures"):
        record_kind("figurs")
