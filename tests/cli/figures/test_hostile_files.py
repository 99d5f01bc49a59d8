"""One file that cannot be read is an error of that file alone: the others of a batch are read and added."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import hashpivot.desk.ledger._document as document
from hashpivot import Desk
from hashpivot.cli import app
from hashpivot.core import InvalidInput, ReaderFailure, UnreadableFiling
from hashpivot.desk import add_file, one_file, read_document
from hashpivot.testing import InlineFiling

HOSTILE = Path(__file__).resolve().parents[4] / "shared" / "cases" / "reliability"
ROWS = InlineFiling().statement(("Total revenue", "us-gaap:Revenues", 90))


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "exmp-20240630.htm"
    path.write_bytes(ROWS.write())
    return path


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file on which the reader fails in a way nobody foresaw."""
    path = tmp_path / "broken.htm"
    path.write_bytes(ROWS.write())
    read = document.read

    def failing(source: Path, **options: object) -> object:
        if Path(source) == path:
            raise IndexError("list index out of range")
        return read(source, **options)

    monkeypatch.setattr(document, "read", failing)
    return path


@pytest.mark.parametrize(("command", "key"), [("read", "readings"), ("add", "added")])
def test_an_unforeseen_error_stops_no_other_file(command: str, key: str, broken: Path, good: Path) -> None:
    result = CliRunner().invoke(app, [command, str(broken), str(good), "--json"])
    assert result.exit_code == 1
    assert "unexpected failure of the reader: IndexError: list index out of range" in result.output
    assert "please report it with this file" in result.output
    printed = result.output  # with what older versions of click mix into it
    failed, done = json.JSONDecoder().raw_decode(printed[printed.index("{") :])[0][key]
    assert failed["error"]["kind"] == "reader_failure"
    assert "error" not in done


def test_the_desk_raises_a_typed_error(broken: Path) -> None:
    for read in (read_document, Desk.read, add_file):
        with pytest.raises(ReaderFailure) as caught:
            read(broken)
        assert caught.value.where == str(broken)
        assert isinstance(caught.value.__cause__, IndexError)


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, BrokenPipeError])
def test_what_is_no_fault_of_the_file_passes(error: type[BaseException]) -> None:
    with pytest.raises(error), one_file("q.htm"):
        raise error


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="needs ../shared/cases/reliability, which is not there")
@pytest.mark.parametrize("command", ["read", "add"])
def test_files_that_broke_the_reader_are_read_or_refused(command: str, run, good: Path) -> None:
    done = run(command, *map(str, sorted(HOSTILE.glob("*.htm"))), str(good))
    assert done.returncode == 1
    assert "unexpected failure" not in done.stdout + done.stderr
    assert "Example Mining" in done.stdout or "EXMP" in done.stdout


END = "<xbrli:endDate>2024-06-30</xbrli:endDate>"
COVER = '"dei:DocumentPeriodEndDate">2024-06-30<'


@pytest.mark.parametrize("end", ["9999-12-31", "9999-12-30T24:00:00", "2500-01-01", "1066-10-14"])
def test_a_context_that_ends_with_the_calendar_is_left_out(end: str, tmp_path: Path, good: Path) -> None:
    other = ROWS.write().decode().replace(END, END.replace("2024-06-30", end), 1)
    path = tmp_path / "end.htm"
    path.write_text(other.replace("2024-04-01", "1001-01-01") if end[0] == "1" else other)
    with pytest.raises(UnreadableFiling, match="neither XBRL facts nor a table"):
        read_document(path)


def test_a_cover_that_ends_with_the_calendar_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "cover.htm"
    path.write_text(ROWS.write().decode().replace(COVER, COVER.replace("2024-06-30", "9999-12-31")))
    reading = read_document(path).reading
    assert reading.document_period_end is None
    assert reading.source.known.year == 2024
    assert "the period end on its cover is no day of a report: '9999-12-31'" in reading.warnings


def test_a_filing_without_any_day_is_read_but_not_added_without_one(tmp_path: Path) -> None:
    text = ROWS.write().decode().replace(COVER, '"dei:Other"><')
    begin, end = text.index("<xbrli:startDate>"), text.index(END) + len(END)
    path = tmp_path / "forever.htm"
    path.write_text(text[:begin] + "<xbrli:forever/>" + text[end:])
    warnings = read_document(path).reading.warnings
    assert "it does not say when it became public: name the day it was filed" in warnings
    with pytest.raises(InvalidInput, match="does not say when it became public"):
        add_file(path)
