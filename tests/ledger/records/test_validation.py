"""Every faulty cell is named with its line, its column and what to write; then nothing is stored."""

from __future__ import annotations

from typing import Any

import pytest

from hashpivot.ledger import RowFaults
from tests.ledger.records.book import CONTRACT, EVENT, FIGURE, FILING_DATE, LINE, ROWS, SPLIT, TARGET, Book

BALANCE = FIGURE | {"measure": "cash", "period": "2026-09-30"}
SHARE = FIGURE | {"measure": "customer_concentration", "unit": "pure", "value": "0.45"}

WRONG: list[tuple[str, dict[str, Any], str, str]] = [
    ("figures", FIGURE | {"ticker": "RIOR"}, "ticker", "did you mean RIOT"),
    ("figures", FIGURE | {"measure": "revenu"}, "measure", "did you mean revenue"),
    ("figures", FIGURE | {"measure": "gross_profit"}, "measure", "derived, not recorded"),
    ("figures", FIGURE | {"line": "self_mining"}, "line", "whole company"),
    ("figures", LINE | {"line": ""}, "line", "total_revenue"),
    ("figures", LINE | {"line": "selfmining"}, "line", "self_mining"),
    ("figures", LINE | {"line": "ai_cloud:rental"}, "line", "rent, pass_through"),
    ("figures", FIGURE | {"unit": "usd_thousands"}, "unit", "in usd, not"),
    ("figures", FIGURE | {"value": "180,000,000"}, "value", "not a plain number"),
    ("figures", FIGURE | {"value": "1.8E+08"}, "value", "not a plain number"),
    ("figures", FIGURE | {"value": float("nan")}, "value", "not a plain number"),
    ("figures", FIGURE | {"value": float("inf")}, "value", "not a plain number"),
    ("figures", FIGURE | {"value": "٣"}, "value", "not a plain number"),
    ("figures", FIGURE | {"measure": "bitcoin_mined", "unit": "btc", "value": "-5"}, "value", "negative"),
    ("figures", SHARE | {"value": "45"}, "value", "0.45"),
    ("figures", FIGURE | {"period": "2026Q5"}, "period", "not a period"),
    ("figures", FIGURE | {"period": "2026-09-30"}, "period", "no period"),
    ("figures", FIGURE | {"period": "2026-09-30..2026-07-01"}, "period", "first day, then the last"),
    ("figures", FIGURE | {"period": "2016-09-30..2026-07-01"}, "period", "two years"),
    ("figures", BALANCE | {"period": "2026-07-01..2026-09-30"}, "period", "of one day"),
    ("figures", FIGURE | {"period": "Q3"}, "period", "not a period"),
    ("figures", FIGURE | {"known": "2026-09-29"}, "known", "before the period's end"),
    ("figures", FIGURE | {"known": "2026-11-02"}, "known", "after today"),
    ("figures", FIGURE | {"known": "10/29/2026"}, "known", "2025-01-31"),
    ("figures", FIGURE | {"known": "2026-02-30"}, "known", "not a date"),
    ("figures", FIGURE | {"grade": "D"}, "grade", "not a grade"),
    ("figures", FIGURE | {"title": "", "url": ""}, "title", "neither title nor url"),
    ("figures", FIGURE | {"url": "riot.com"}, "url", "https://"),
    ("figures", FIGURE | {"accession": "123"}, "accession", "0001558370-24-010495"),
    ("figures", FIGURE | {"form": "???"}, "form", "10-Q"),
    ("figures", FIGURE | {"locator": ""}, "locator", "is empty"),
    ("figures", FIGURE | {"note": "a\nb"}, "note", "U+000A"),
    ("figures", FIGURE | {"note": "x" * 1001}, "note", "1001 characters"),
    ("figures", FIGURE | {"title": "half a \ud83d"}, "title", "U+D83D"),
    ("figures", FIGURE | {"decimals": "thousand"}, "decimals", "-3 for thousands"),
    ("figures", FIGURE | {"breakdown": "By Line"}, "breakdown", "lower case"),
    ("figures", FIGURE | {"kind": "derived"}, "kind", "record what it is derived from"),
    ("contracts", CONTRACT | {"kind": "hosting"}, "kind", "colocation"),
    ("contracts", CONTRACT | {"announced": "2026-13"}, "announced", "not a date"),
    ("contracts", CONTRACT | {"announced": "May 2026"}, "announced", "2024-08"),
    ("contracts", CONTRACT | {"known": "2026-04-30"}, "known", "before the announcement"),
    ("contracts", CONTRACT | {"mw_critical_it": "0"}, "mw_critical_it", "above zero"),
    ("contracts", CONTRACT | {"start": "Q4 2026"}, "start", "2025-Q4"),
    ("contracts", CONTRACT | {"start": "2026-02-30"}, "start", "no announced start"),
    ("figures", FIGURE | {"period": "1926Q3"}, "period", "before 2009-01-03"),
    ("contracts", CONTRACT | {"start": "2026-13"}, "start", "no announced start"),
    ("contracts", CONTRACT | {"restates": "true"}, "group", "restates its group"),
    ("contracts", CONTRACT | {"group": "g", "restates": "yes", "extends": "yes"}, "extends", "either"),
    ("contracts", CONTRACT | {"restates": "maybe"}, "restates", "true or false"),
    ("contracts", CONTRACT | {"share": "50"}, "share", "0.45"),
    ("contracts", CONTRACT | {"ended": "2026-04-01"}, "ended", "before the announcement"),
    ("contracts", CONTRACT | {"mw_gross": "1", "mw_critical_it": "2"}, "mw_critical_it", "mw_gross"),
    ("contracts", CONTRACT | {"counterparty": ""}, "counterparty", "is empty"),
    ("targets", TARGET | {"metric": "hashrate"}, "metric", "hash_rate"),
    ("targets", TARGET | {"unit": "phs"}, "unit", "in ehs"),
    ("targets", TARGET | {"low": "", "high": ""}, "low", "neither low nor high"),
    ("targets", TARGET | {"low": "60"}, "high", "below low"),
    ("targets", TARGET | {"due": "year-end"}, "due", "2026Q4"),
    ("targets", TARGET | {"due": "2020"}, "due", "before the day it was said"),
    ("targets", TARGET | {"stance": "hoped"}, "stance", "guided"),
    ("targets", TARGET | {"scope": "total"}, "scope", "no revenue"),
    ("targets", TARGET | {"excerpt": "x" * 161}, "excerpt", "160"),
    ("splits", SPLIT | {"ratio": "1"}, "ratio", "no split"),
    ("splits", SPLIT | {"ratio": "0-for-1"}, "ratio", "no ratio"),
    ("splits", SPLIT | {"ratio": "ten"}, "ratio", "not a plain number"),
    ("splits", SPLIT | {"known": "2026-05-31"}, "known", "before the split"),
    ("events", EVENT | {"kind": "takeover"}, "kind", "there are"),
    ("events", EVENT | {"scale": "-0.1"}, "scale", "below zero"),
    ("events", EVENT | {"scale": "1.5"}, "scale", "leaves less"),
    ("events", EVENT | {"kind": "site_bought"}, "scale", "adds"),
    ("events", EVENT | {"kind": "line_ended"}, "scale", "the line ended"),
    ("events", EVENT | {"kind": "line_ended", "scale": "", "line": ""}, "line", "name the line"),
    ("events", EVENT | {"mw": "0"}, "mw", "above zero"),
    ("events", EVENT | {"known": "2026-11-02"}, "known", "after today"),
    ("filing-dates", FILING_DATE | {"of": "0000000000-24-000000"}, "of", "ledger export sources"),
    ("filing-dates", FILING_DATE | {"filed": "2024-06-29"}, "filed", "before its period ended"),
    ("filing-dates", FILING_DATE | {"filed": "2026-11-02"}, "filed", "after today"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "row", "column", "said"), WRONG)
def test_a_faulty_cell(kind: str, row: dict[str, Any], column: str, said: str, book: Book) -> None:
    with pytest.raises(RowFaults) as caught:
        book.record(ROWS[kind], row, kind=kind)
    faults = caught.value.faults
    assert [(fault.line, fault.column) for fault in faults] == [(2, column)], faults
    assert said in str(caught.value)
    assert not book.path.exists()


@pytest.mark.parametrize("kind", ROWS)
def test_every_required_cell_is_missed(kind: str, book: Book) -> None:
    with pytest.raises(RowFaults) as caught:
        book.record({"note" if kind in ("figures", "splits") else "url": ""}, kind=kind)
    from hashpivot.ledger.records import RECORD_KINDS

    assert set(RECORD_KINDS[kind].required) <= {fault.column for fault in caught.value.faults}
    assert all(fault.hint for fault in caught.value.faults)


def test_all_faults_of_all_rows_are_reported_in_order(book: Book) -> None:
    with pytest.raises(RowFaults) as caught:
        book.record(FIGURE | {"grade": "D", "value": "x"}, FIGURE, FIGURE | {"ticker": "?", "known": "x"})
    assert [(f.line, f.column) for f in caught.value.faults] == [
        (1, "value"), (1, "grade"), (3, "ticker"), (3, "known"),
    ]  # fmt: skip
    assert "2 rows are wrong, nothing was recorded" in str(caught.value)
    assert not book.path.exists()


def test_many_faults_are_all_kept_and_some_shown(book: Book) -> None:
    with pytest.raises(RowFaults) as caught:
        book.record(*[FIGURE | {"grade": "D"}] * 60)
    assert len(caught.value.faults) == 60
    assert "and 10 more" in str(caught.value)


def test_rows_that_contradict_one_another(book: Book) -> None:
    with pytest.raises(RowFaults, match="given otherwise on line 1"):
        book.record(FIGURE, FIGURE | {"value": "1"})
    with pytest.raises(RowFaults, match="grade B on line 1"):
        book.record(FIGURE, LINE | {"grade": "A"})
    with pytest.raises(RowFaults, match="known 2026-10-29 on line 1"):
        book.record(FIGURE, LINE | {"known": "2026-10-30"})
    assert [row.new for row in book.record(FIGURE, FIGURE)] == [True, False]


@pytest.mark.parametrize(
    ("ticker", "period", "start", "end"),
    [
        ("RIOT", "2026Q2", "2026-04-01", "2026-06-30"),
        ("APLD", "2024Q4", "2024-09-01", "2024-11-30"),
        ("CLSK", "Q4 2025", "2025-10-01", "2025-12-31"),
        ("RIOT", "2026-01-01..2026-06-30", "2026-01-01", "2026-06-30"),
    ],
)
def test_periods_follow_the_company(ticker: str, period: str, start: str, end: str, book: Book) -> None:
    (row,) = book.record(FIGURE | {"ticker": ticker, "period": period})
    assert (str(row.member.start), str(row.member.end)) == (start, end)
    cash = FIGURE | {"ticker": ticker, "period": period, "measure": "cash"}
    if ".." not in period:
        (row,) = book.record(cash)
        assert (row.member.start, str(row.member.end)) == (None, end)


@pytest.mark.parametrize(
    ("value", "measure", "unit", "decimals"),
    [
        ("180000000", "total_revenue", "usd", -6),
        ("180120000", "total_revenue", "usd", -4),
        ("-180123456", "net_income", "usd", 0),
        ("500", "bitcoin_mined", "btc", None),
        ("500.25", "bitcoin_mined", "btc", None),
    ],
)
def test_rounding_is_read_from_the_digits(
    value: str, measure: str, unit: str, decimals: int | None, book: Book
) -> None:
    (row,) = book.record(FIGURE | {"value": value, "measure": measure, "unit": unit})
    assert row.member.decimals == decimals


@pytest.mark.parametrize(
    ("ratio", "value"),
    [("1-for-10", "0.1"), ("4:1", "4"), ("4 for 1", "4"), ("0.1", "0.1"), ("1-for-3", "0.333333333333")],
)
def test_ratios(ratio: str, value: str, book: Book) -> None:
    (row,) = book.record(SPLIT | {"ratio": ratio}, kind="splits")
    assert row.member.text == value
