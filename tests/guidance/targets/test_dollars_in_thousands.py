"""Bare dollars that stand for thousands: where they are declared to, and nowhere else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from hashpivot.core import FiscalCalendar, YearEnd
from hashpivot.filings import read_prose
from hashpivot.guidance import find_targets

STATEMENTS = "<p><b>Item 1. Financial Statements</b></p>"
DISCUSSION = "<p><b>Item 2. Management’s Discussion and Analysis</b></p>"
HEAD = "<p>($ in thousands, except per share amounts)</p>"
SAID = "<p>Unless otherwise noted, amounts are stated in thousands of dollars.</p>"
REPORT = "<p>Amounts in this report are stated in thousands of dollars.</p>"
PLAN = "<p>The Company expects to spend $12,500 on construction spending in 2026.</p>"
SCALED = "<p>Revenue was $5.1 million and cost $3.0 million.</p>"
BARE = "<p>Cost rose to $12,345 from $10,000.</p>" * 10


def amounts(page: str) -> list[Decimal | None]:
    prose = read_prose("made-up.htm", data=f"<html><body>{page}</body></html>".encode())
    found = find_targets(prose, said_on=date(2025, 11, 6), calendar=FiscalCalendar(YearEnd(12)))
    return [target.high for target in found]


@pytest.mark.parametrize(
    ("page", "read"),
    [
        (STATEMENTS + HEAD + PLAN, True),
        (STATEMENTS + PLAN, False),  # nothing declared
        (STATEMENTS + HEAD + DISCUSSION + PLAN, False),  # another item
        (STATEMENTS + HEAD + BARE + DISCUSSION + BARE + PLAN, True),  # which writes the same way throughout
        (STATEMENTS + HEAD + BARE + DISCUSSION + BARE + SCALED + PLAN, False),  # or does not
        (DISCUSSION + HEAD + PLAN, False),  # the head of a table
        (DISCUSSION + SAID + PLAN, True),
        (STATEMENTS + REPORT + DISCUSSION + PLAN, True),
        (STATEMENTS + SAID + DISCUSSION + PLAN, False),
        (STATEMENTS + HEAD + SCALED + PLAN, False),  # thousands in the tables alone
        (STATEMENTS + HEAD.replace("thousands", "millions") + PLAN, False),
    ],
)
def test_scope(page: str, read: bool) -> None:
    assert amounts(page) == ([Decimal(12_500_000)] if read else [])


def test_what_may_be_full_dollars_is_left_out() -> None:
    for amount in ("$1,250,000", "$950", "$12,500.50"):
        assert amounts(STATEMENTS + HEAD + BARE + PLAN.replace("$12,500", amount)) == []
