"""Tagged filings read as if they had no tags: what the tables say must be what the tags say."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from hashpivot.filings import read_release
from hashpivot.lines import Reading, read, read_facts
from hashpivot.lines.release._as_filing import ReleaseDocument

MEASURES = frozenset(
    (
        *("revenue", "total_revenue", "cost_of_revenue", "operating_income", "net_income"),
        *("operating_cash_flow", "investing_cash_flow", "financing_cash_flow", "capital_expenditure"),
        *("selling_general_administrative", "debt", "total_assets"),
    )
)
Sums = dict[tuple[str, str, str, str], Decimal]


def sums(reading: Reading) -> Sums:
    """Amounts by measure, line and period."""
    found: Sums = {}
    for figure in reading.figures():
        key = (figure.measure, str(figure.line), str(figure.start), str(figure.end))
        found[key] = found.get(key, Decimal(0)) + figure.value
    return found


def test_tables_say_what_the_tags_say(real_filings: list[Path]) -> None:
    outcome: Counter[tuple[str, str]] = Counter()
    wrong = []
    for path in real_filings:
        tagged, untagged = sums(read(path)), sums(read_facts(ReleaseDocument(read_release(path))))
        for key, value in tagged.items():
            if key[0] not in MEASURES:
                continue
            result = "missing" if key not in untagged else "same" if untagged[key] == value else "wrong"
            outcome[key[0], result] += 1
            wrong += [(path.name, key, value, untagged[key])] if result == "wrong" else []
    assert not wrong
    missing = {measure: number for (measure, result), number in outcome.items() if result == "missing"}
    # Four single quarters tagged only in the statement of equity, and a year tagged from 2 January; a second
    # page of a cash flow statement that names no unit, which a warning says.
    assert missing == {"net_income": 5, "financing_cash_flow": 1}
    assert (outcome["revenue", "same"], outcome["cost_of_revenue", "same"]) == (127, 114)
    assert (outcome["total_revenue", "same"], outcome["operating_income", "same"]) == (62, 44)


def test_untagged_periods_tie(real_filings: list[Path]) -> None:
    path = next((path for path in real_filings if "CLSK_10Q-2024-03-31" in path.name), None)
    if path is None:
        pytest.skip("needs CleanSpark's filing of March 2024")
    found = read_facts(ReleaseDocument(read_release(path)))
    assert [period.revenue.ties for period in found.periods] == [True] * 4  # its tags leave two untied


def test_segments_in_columns_say_what_the_tags_say(real_filings: list[Path]) -> None:
    outcome: Counter[str] = Counter()
    missing = set()
    for path in real_filings:
        tagged, untagged = sums(read(path)), sums(read_facts(ReleaseDocument(read_release(path))))
        for key, value in tagged.items():
            if key[0] != "segment_gross_profit":
                continue
            outcome["missing" if key not in untagged else "same" if untagged[key] == value else "wrong"] += 1
            missing |= {key[1]} if key not in untagged else set()
    assert outcome == {"same": 55, "missing": 9}
    assert missing == {"other"}  # stands in a reconciliation, not in a column
