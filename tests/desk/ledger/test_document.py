"""A file without figures that is read as text: what of it was not read is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hashpivot import read_document
from hashpivot.testing import release_page, release_table

FILED = date(2025, 11, 6)
TALK = "<p>We expect to operate 45 EH/s by year-end 2026.</p>"


def warnings(tmp_path: Path, *parts: str) -> tuple[str, ...]:
    path = tmp_path / "it.htm"
    path.write_bytes(release_page(*parts))
    document = read_document(path, ticker="RIOT", filed=FILED)
    assert not document.reading.figures()
    assert document.statements is not None
    return document.reading.warnings


def test_tables_without_dates_are_told(tmp_path: Path) -> None:
    rows = ("Revenues", "70", "59"), ("Net loss", "6", "7")
    table = release_table(("", "This quarter", "Last quarter"), *rows)
    (told,) = warnings(tmp_path, TALK, table, table)
    assert told == "no figures were read: of 2 tables of numbers none has a column with a date"


def test_a_text_with_lists_is_not_doubted(tmp_path: Path) -> None:
    table = release_table(("Operator", "Good day."), ("Analyst", "Thank you."))
    assert warnings(tmp_path, TALK, table) == ()


def test_a_transcript_is_not_doubted(tmp_path: Path) -> None:
    path = tmp_path / "call.txt"
    path.write_text(
        "Operator: Good day.\n\nJason Les: We expect 45 EH/s by year-end 2026.\n", encoding="utf-8"
    )
    assert read_document(path, ticker="RIOT", filed=FILED).reading.warnings == ()
