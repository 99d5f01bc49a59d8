from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from hashpivot.ledger import bundled


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-Q4", "2025-10-01", "2025-12-31"),
        ("2026-H1", "2026-01-01", "2026-06-30"),
        ("2026-H2", "2026-07-01", "2026-12-31"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2026-08-15", "2026-08-15", "2026-08-15"),
        ("2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_an_announced_start_is_a_span_of_days(text: str, first: str, last: str) -> None:
    contract = replace(bundled().contracts[0], start=text)
    assert contract.starts == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["", "soon", "2026-13", "2026-Q5", "2026-08-99", "2026-02-30", "26-08"])
def test_other_words_are_no_start(text: str) -> None:
    assert replace(bundled().contracts[0], start=text).starts is None


def test_every_bundled_start_is_read() -> None:
    assert all(contract.starts for contract in bundled().contracts if contract.start)


def test_the_value_is_spread_evenly_over_the_term() -> None:
    contract = replace(
        bundled().contracts[0], contract_value_usd=Decimal(400), term_years=Decimal(10), share=Decimal("0.5")
    )
    assert contract.quarterly_usd == 5
    assert replace(contract, term_years=None).quarterly_usd is None
    assert replace(contract, contract_value_usd=None).quarterly_usd is None
