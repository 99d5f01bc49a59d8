from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot.core import Missing, not_derivable, not_disclosed
from hashpivot.report import format_money, format_share, format_value
from hashpivot.report.shared.formats import clean, metric_title
from hashpivot.season import Metric


@pytest.mark.parametrize(
    ("usd", "text"),
    [
        (142_558_000, "$142.6m"),
        (-137.69705512040446, "−$137.7"),
        (99.99999999999977, "$100"),
        (-3_210_000, "−$3.2m"),
        (0, "$0"),
        (1_234_500_000, "$1,234.5m"),
        (12_345, "$0.012m"),
        (-312, "−$312"),
        (Decimal("49999.99"), "$0.050m"),
        (50_000, "$0.1m"),
    ],
)
def test_money(usd: float | Decimal, text: str) -> None:
    assert format_money(usd) == text


def test_exact_money_shows_every_digit() -> None:
    assert format_money(Decimal("142558000"), exact=True) == "$142,558,000"
    assert format_money(Decimal("-0.50"), exact=True) == "−$0.5"


@pytest.mark.parametrize(
    ("share", "signed", "text"),
    [
        (0.554683, False, "55.5%"),
        (-0.056, False, "−5.6%"),
        (2.258, True, "+225.8%"),
        (-0.2, True, "−20.0%"),
        (0.0, True, "0.0%"),
        (0.0001, False, "<0.1%"),
    ],
)
def test_share(share: float, signed: bool, text: str) -> None:
    assert format_share(share, signed=signed) == text


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("debt_usd", 5_000_000, "$5.0m"),
        ("ai_share", 0.1, "10.0%"),
        ("revenue_growth_yoy", 0.5, "+50.0%"),
        ("offset_ratio", -0.123, "−0.12×"),
        ("contracted_critical_it_mw", 590.0, "590.0 MW"),
        ("runway_quarters", 3.25, "3.2 quarters"),
        ("effective_lines", 2.385, "2.38"),
        ("ai_contracts", 4, "4"),
        ("base_quarter", "2024Q1", "2024Q1"),
        ("check_runway_quarters", "not_judged", "not judged"),
        ("debt_usd", not_disclosed("no debt is known"), "not disclosed"),
        ("debt_usd", not_derivable("no nine months"), "not derivable"),
    ],
)
def test_value_is_written_in_the_unit_of_its_name(name: str, value: float | str | Missing, text: str) -> None:
    assert format_value(Metric(name, value)) == text


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("ai_chips_growth_yoy", "AI and chips growth, year on year"),
        ("total_revenue_usd", "Total revenue"),
        ("contracted_critical_it_mw", "Contracted critical IT, MW"),
        ("mining_gross_margin_share", "Mining gross margin"),
        ("chips_share", "Chips share"),
        ("ai_contracts", "AI contracts"),
    ],
)
def test_titles(name: str, title: str) -> None:
    assert metric_title(name) == title


@given(st.integers(-(10**13), 10**13))
def test_money_keeps_the_amount_to_half_its_last_digit(usd: int) -> None:
    found = re.fullmatch(r"(−?)\$([\d,]+(?:\.(\d+))?)(m?)", format_money(usd))
    assert found
    scale = Decimal(10**6 if found[4] else 1)
    value = Decimal(found[2].replace(",", "")) * scale * (-1 if found[1] else 1)
    assert abs(value - usd) <= scale / Decimal(10) ** len(found[3] or "") / 2
    assert (value == 0) == (usd == 0)


@given(st.floats(-1e6, 1e6))
def test_share_never_shows_a_nonzero_as_zero(share: float) -> None:
    text = format_share(share)
    assert (text == "0.0%") == (share == 0)
    assert text.startswith("−") == (share < 0)


@given(st.text())
def test_clean_text_prints_on_one_line_and_stays_clean(text: str) -> None:
    tidy = clean(text)
    assert tidy.isprintable() and len(tidy) <= 240
    assert clean(tidy) == tidy
