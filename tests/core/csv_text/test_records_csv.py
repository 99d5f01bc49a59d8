"""Rows as CSV."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from hashpivot.core import records_csv


def test_rows_have_a_header_and_numbers_stay_numbers() -> None:
    rows = [{"a": -1.5, "b": None, "c": date(2025, 3, 1)}, {"a": 2, "b": 'x,"y"', "c": ""}]
    assert records_csv(rows) == 'a,b,c\r\n-1.5,,2025-03-01\r\n2,"x,""y""",\r\n'
    assert records_csv([]) == ""


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_compute_stays_text(text: str) -> None:
    (row,) = csv.DictReader(io.StringIO(records_csv([{"a": text}]), newline=""))
    assert row["a"] == f"'{text}"
