"""What a higher rate of new debt costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import hashpivot as hp
from hashpivot.outlook import OutlookCase, swings
from hashpivot.outlook.studies._debt_rate import debt_rate_swing


@pytest.fixture(scope="module")
def case() -> OutlookCase:
    """CleanSpark on its balance sheet of 2024-12-31, without cash: it borrows."""
    found = hp.Desk.open(as_of=date(2025, 2, 28)).outlook_case("CLSK").case
    finance = replace(found.inputs.finance, cash_usd=0.0, bitcoin=0.0, debt_limit_usd=2e9)
    return replace(found, inputs=replace(found.inputs, finance=finance))


def test_a_higher_rate_costs_interest_and_no_path_is_better_for_it(case: OutlookCase) -> None:
    found = debt_rate_swing(case, 6, 1)
    assert found
    assert (found.rate, found.higher) == (0.06, pytest.approx(0.09))
    assert found.interest_usd > 0
    assert found.p_unpaid_higher >= found.p_unpaid
    assert swings(case, quarters=6).to_dict()["debt_rate"] == found.to_dict()


def test_without_a_balance_nothing_is_said_of_it(case: OutlookCase) -> None:
    finance = replace(case.inputs.finance, cash_usd=None)
    assert debt_rate_swing(replace(case, inputs=replace(case.inputs, finance=finance)), 6, 1) is None
