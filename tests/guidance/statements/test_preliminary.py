"""Preliminary results in made-up sentences and in the real release."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot.core import MEASURES, Companies, FiscalCalendar, YearEnd
from hashpivot.filings import read_prose
from hashpivot.guidance import Disclosures, Preliminary, find_preliminary

SAID = date(2025, 10, 20)
DECEMBER = FiscalCalendar(YearEnd(12))
THIRD = (date(2025, 7, 1), date(2025, 9, 30))
TWO_MONTHS = (date(2025, 7, 1), date(2025, 8, 31))


def found(text: str, said_on: date = SAID, calendar: FiscalCalendar = DECEMBER) -> list[Preliminary]:
    data = f"<html><body><p>Begin.</p><p>{text}</p></body></html>".encode()
    return find_preliminary(read_prose("made-up.htm", data=data), said_on=said_on, calendar=calendar)


def brief(results: list[Preliminary]) -> list[tuple[str, int | None, int | None]]:
    return [(r.measure, *(None if n is None else int(n) // 10**5 for n in (r.low, r.high))) for r in results]


def test_the_real_release(shared) -> None:
    name = "BTBT_8K_2025Q3prelim_0001213900-25-104749.txt.gz"
    results = find_preliminary(
        read_prose(shared / "filings" / "submissions" / name),
        said_on=date(2025, 10, 31),
        calendar=Companies.load()["BTBT"].calendar,
    )
    assert [(r.measure, r.low, r.high, r.start, r.end, r.locator) for r in results] == [
        ("total_revenue", 28_900_000, 32_000_000, *THIRD, "p:20/s:2"),
        ("total_cost_of_revenue", 11_500_000, 12_700_000, *THIRD, "p:20/s:2"),
        ("cash", 173_700_000, 184_500_000, None, THIRD[1], "p:20/s:2"),
    ]


def test_the_real_release_of_two_months(shared) -> None:
    (path,) = shared.glob("filings/submissions/BTBT_8K_2025-09-29_prelim-JulAug_*")
    results = find_preliminary(
        read_prose(path), said_on=date(2025, 9, 29), calendar=Companies.load()["BTBT"].calendar
    )
    assert [(r.measure, r.low, r.high, r.start, r.end) for r in results] == [
        ("total_revenue", 20_100_000, 22_200_000, *TWO_MONTHS),
        ("total_cost_of_revenue", 8_200_000, 9_000_000, *TWO_MONTHS),
        ("cash", 163_700_000, 173_900_000, None, TWO_MONTHS[1]),
    ]


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("two months ended August 31, 2025", date(2025, 7, 1)),
        ("five months ended August 31, 2025", date(2025, 4, 1)),
        ("eight months ended August 31, 2025", date(2025, 1, 1)),
    ],
)
def test_a_period_of_any_months(words: str, start: date) -> None:
    (result,) = found(f"Preliminary revenue for the {words} is $20.0 million to $22.5 million.")
    assert (result.start, result.end) == (start, date(2025, 8, 31))


def test_a_range_stays_a_range() -> None:
    text = "Preliminary revenue for Q3 2025 is expected to be between $20.0 million and $22.5 million."
    (result,) = found(text)
    assert (result.measure, result.low, result.high) == ("total_revenue", 20_000_000, 22_500_000)
    assert (result.start, result.end) == THIRD
    (told,) = Disclosures(preliminary=(result,)).to_dict()["preliminary"]
    assert (told["low"], told["end"], told["unit"]) == (20_000_000, "2025-09-30", "usd")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Preliminary total revenue of about $31 million for the quarter ended September 30, 2025.",
         [("total_revenue", 310, 310)]),
        ("Preliminary unaudited revenue was at least $31 million for the third quarter of 2025.",
         [("total_revenue", 310, None)]),
        ("Preliminary net income was $4 million and Adjusted EBITDA was $9 million for Q3 2025.",
         [("adjusted_ebitda", 90, 90)]),  # whether the period is also the first one's is not certain
        ("Preliminary revenue for Q3 2025 is $31 million, compared to $22 million in Q3 2024.",
         [("total_revenue", 310, 310)]),
        ("Preliminary cost of revenue for the third quarter of 2025 is $12 million to $13 million.",
         [("total_cost_of_revenue", 120, 130)]),
    ],
)  # fmt: skip
def test_forms(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    assert brief(found(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Revenue was $31 million for the three months ended September 30, 2025.",  # not called preliminary
        "Preliminary revenue is expected to be $31 million for the fourth quarter of 2025.",  # ahead
        "Preliminary revenue was $31 million for the three months ended September 30, 2024.",  # long known
        "Preliminary revenue and cost of revenue for Q3 2025 are $31 million and $12 million.",
        "Preliminary revenue for Q3 2025 is $31 million, $30 million or $29 million.",
        "Preliminary hosting revenue for Q3 2025 is $31 million.",  # a line, not the total
        "Our preliminary net loss for Q3 2025 is $31 million.",  # its sign is in words
        "The preliminary results have not been audited, revenue of $31 million for Q3 2025 included.",
        "Preliminary revenue is $31 million.",  # of no period
    ],
)
def test_nothing_is_invented(text: str) -> None:
    assert found(text) == []


def test_fiscal_quarters_follow_the_company() -> None:
    september = FiscalCalendar(YearEnd(9))
    text = "Preliminary revenue for the fourth fiscal quarter of fiscal 2025 is $31 million."
    (result,) = found(text, calendar=september)
    assert (result.start, result.end) == THIRD and result.high == Decimal(31_000_000)


millions = st.decimals(1, 999, places=1)


@given(millions, millions, millions, millions)
def test_any_two_ranges_come_back(a: Decimal, b: Decimal, c: Decimal, d: Decimal) -> None:
    first, second = sorted((a, b)), sorted((c, d))
    text = (
        f"Preliminary revenue and cost of revenue for Q3 2025 will be ${first[0]} million to "
        f"${first[1]} million, and ${second[0]} million to ${second[1]} million, respectively."
    )
    results = found(text)
    assert [r.measure for r in results] == ["total_revenue", "total_cost_of_revenue"]
    for result, (low, high) in zip(results, (first, second), strict=True):
        assert (result.low, result.high) == (low * 10**6, high * 10**6)


WORDS = (
    "Preliminary", "revenue", "cost of revenue", "cash and cash equivalents", "net income", "and", ",",
    "respectively", "$31 million", "$2 million to $3 million", "for Q3 2025", "as of September 30, 2025",
    "hosting", "compared to",
)  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_any_order_of_words_gives_only_numbers_that_stand_there(words: list[str]) -> None:
    for result in found(f"{' '.join(words)} end."):
        assert {result.low, result.high} <= {Decimal(31 * 10**6), Decimal(2 * 10**6), Decimal(3 * 10**6)}
        assert result.end == THIRD[1] and result.measure in MEASURES
