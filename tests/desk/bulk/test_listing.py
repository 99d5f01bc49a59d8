"""Which files are added: of a folder, of a list."""

from __future__ import annotations

import csv
import gzip
import io
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from hashpivot.core import InvalidInput, UnreadableFile
from hashpivot.desk import FileList, list_files

NAMES = [
    "b.htm", "a/z.xml", "a/c.TXT", "a.htm.gz", ".hidden.htm", ".git/x.htm", "a/.b/c/d.htm", "notes.md",
    "x.pdf",
]  # fmt: skip


def paths(files: FileList) -> list[str]:
    return [file.path for file in files.files]


def test_a_folder_gives_its_filings_by_path_and_counts_the_others(tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    files = list_files(tmp_path, ticker="RIOT", filed=date(2024, 8, 1))
    assert paths(files) == [str(tmp_path / name) for name in ("a/c.TXT", "a/z.xml", "a.htm.gz", "b.htm")]
    assert (files.hidden, files.others) == (3, 2)
    assert {(file.ticker, file.filed) for file in files.files} == {("RIOT", date(2024, 8, 1))}


@pytest.mark.skipif(os.name == "nt", reason="names of bytes")
def test_a_name_that_is_no_text_is_listed(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.htm")).touch()
    assert len(list_files(tmp_path).files) == 1


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_list_is_read_line_by_line(tmp_path: Path, pack: object) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes(pack("\ufeffb.htm\r\n\n a, b.htm \nmissing.htm".encode()))  # type: ignore[operator]
    assert paths(list_files(path)) == ["b.htm", " a, b.htm ", "missing.htm"]


def test_a_table_gives_company_and_day_of_each(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text('filed,path,ticker\n2024-08-01,"a, b.htm",RIOT\n,c.htm\n1 August,d.htm,\n')
    first, second, third = list_files(path, ticker="MARA", filed=date(2024, 7, 1)).files
    assert (first.path, first.ticker, first.filed) == ("a, b.htm", "RIOT", date(2024, 8, 1))
    assert (second.path, second.ticker, second.filed) == ("c.htm", "MARA", date(2024, 7, 1))
    assert third.problem
    assert "1 August" in third.problem.message


def test_a_list_comes_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"a.htm\nb.htm\n")))
    assert paths(list_files("-")) == ["a.htm", "b.htm"]


def test_an_empty_list_is_one(tmp_path: Path) -> None:
    (tmp_path / "list").touch()
    assert list_files(tmp_path / "list").files == ()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html>", "no list"),
        (b"\x00\x01", "no list"),
        (b"\xff\xfea", "no list"),
        (b"path,form\na,10-Q\n", "unknown column 'form'"),
        (b"path,path\na,b\n", "twice"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "list").write_bytes(content)
    with pytest.raises(InvalidInput, match=words):
        list_files(tmp_path / "list")


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no such file"):
        list_files(tmp_path / "none")


@pytest.fixture(autouse=True)
def usual_limit() -> Iterator[None]:
    """The limit of `csv` to a field: other libraries raise it for the whole process."""
    before = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(before)


def test_a_line_no_csv_reader_takes_is_named(tmp_path: Path) -> None:
    listing = tmp_path / "list.csv"
    listing.write_text(f"path,ticker\na.htm,RIOT\n{'x' * 200_000}\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"list\.csv:3: is no list of files: a cell has more than 131,072"):
        list_files(listing)
    listing.write_text('path,ticker\na.htm,RIOT\n"b.htm,RIOT\nc.htm,RIOT\n', encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"list\.csv:3: .* a quote is not closed"):
        list_files(listing)
