"""Implied quarterly revenue: contracted, guided and aspired, each on top of what is firmer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot import Desk
from hashpivot.core import Missing, SentenceLocator, not_in_ledger
from hashpivot.guidance import Stance, Target
from hashpivot.season import Metric
from hashpivot.season.answers._implied_revenue import fresh_targets, on_top, open_targets, summed

SAID = date(2025, 5, 15)
NOTHING = Metric("contracted_quarterly_revenue_usd", not_in_ledger("none"))


def target(
    amount: int | None,
    stance: Stance = Stance.GUIDED,
    metric: str = "annualised_revenue",
    due: date | None = None,
    said_on: date = SAID,
    low: int | None = None,
) -> Target:
    least = None if amount is None else Decimal(amount if low is None else low)
    most = None if amount is None else Decimal(amount)
    return Target(metric, least, most, "usd", due, "", stance, SentenceLocator(1, 1), "", said_on)


def amounts(contracted: float, *targets: Target) -> list[float | None]:
    found = on_top(Metric("contracted_quarterly_revenue_usd", contracted), targets)
    return [None if isinstance(metric.value, Missing) else metric.value for metric in found]  # type: ignore[misc]


def test_a_level_contains_what_is_contracted() -> None:
    assert amounts(10.0, target(100)) == [None, 15.0, None]
    assert amounts(30.0, target(100)) == [None, 0.0, None]


def test_each_stance_is_on_top_of_the_firmer_ones() -> None:
    said = (target(40, Stance.CONTRACTED), target(100), target(140, Stance.ASPIRATION))
    assert amounts(4.0, *said) == [6.0, 15.0, 10.0]
    assert amounts(50.0, *said) == [0.0, 0.0, 0.0]


def test_the_last_text_speaks_and_its_highest_level() -> None:
    earlier = target(400, said_on=date(2025, 2, 1))
    assert amounts(0.0, earlier, target(80), target(100)) == [None, 25.0, None]


def test_of_a_range_the_lower_end_counts() -> None:
    assert amounts(0.0, target(120, low=100)) == [None, 25.0, None]


def test_contract_value_needs_a_term_and_adds_up() -> None:
    end = date(2030, 5, 15)  # 1826 days
    deals = [target(n, Stance.CONTRACTED, "contract_value", end) for n in (1826_00, 1826_00, 3652_00)]
    (first, *_) = amounts(0.0, *deals)
    assert first == pytest.approx(300 * 365.25 / 4)  # each amount once
    assert amounts(0.0, target(500, Stance.CONTRACTED, "contract_value")) == [None, None, None]


def test_deals_and_a_level_are_not_added() -> None:
    deal = target(1826_00, metric="contract_value", due=date(2030, 5, 15))
    assert amounts(0.0, deal, target(400_000)) == [None, 100_000.0, None]


levels = st.integers(0, 10**12)


@given(st.floats(0, 1e12), levels, levels, levels)
def test_all_together_are_the_highest_level(contracted: float, firm: int, guided: int, hoped: int) -> None:
    said = [target(n * 4, stance) for n, stance in zip((firm, guided, hoped), Stance, strict=True)]
    base = Metric("contracted_quarterly_revenue_usd", contracted)
    whole = summed("all", (base, *on_top(base, said)), "").value
    assert whole == pytest.approx(max(contracted, firm, guided, hoped), abs=1e-3, rel=1e-9)


def test_nothing_said_is_not_zero() -> None:
    found = on_top(NOTHING, [])
    assert all(isinstance(metric.value, Missing) and metric.value.reason for metric in found)
    assert isinstance(summed("all", (NOTHING, *found), "").value, Missing)


def still(desk: Desk, day: date) -> list[Target]:
    return open_targets(fresh_targets(desk.view, "BTBT", day), day, ())


def test_what_is_due_or_old_does_not_count(desk: Desk) -> None:
    open_then = still(desk, date(2024, 9, 30))
    hoped = [t for t in open_then if t.metric == "annualised_revenue" and t.stance is Stance.ASPIRATION]
    assert [(t.threshold, t.due) for t in hoped] == [(100_000_000, date(2024, 12, 31))]
    later = still(desk, date(2025, 1, 31))
    assert not [t for t in later if t.due == date(2024, 12, 31)]
    assert not still(desk, date(2027, 1, 31))


def test_bit_digital_2024q4(desk: Desk) -> None:
    growth = desk.season("2024Q4")["BTBT"]["growth"]
    assert growth["targets_contracted_quarterly_revenue_usd"] == 92_000_000 / 4  # 10-K: 92 million a year
    assert isinstance(growth["contracted_quarterly_revenue_usd"], Missing)
    assert growth.verdict == "substantial"


def test_bit_digital_hoped_before_it_was_contracted(desk: Desk) -> None:
    growth = desk.season("2024Q2")["BTBT"]["growth"]
    guided, hoped = (growth[f"targets_{stance}_quarterly_revenue_usd"] for stance in ("guided", "aspired"))
    assert guided == 650_000  # 2.6 million a year from one customer
    assert hoped == 25_000_000 - 650_000  # 100 million a year by year-end 2024


def test_a_level_of_mining_is_no_ai_revenue() -> None:
    assert amounts(0.0, replace(target(100), scope="self_mining")) == [None, None, None]
    assert amounts(0.0, replace(target(100), scope="ai_cloud")) == [None, 25.0, None]
