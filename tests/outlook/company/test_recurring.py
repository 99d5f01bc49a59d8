"""Revenue that recurs and revenue that ends, orders of chips, and machines of one's own."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.core import Line
from hashpivot.outlook import (
    Chips,
    Cloud,
    Colocation,
    CompanyInputs,
    Finance,
    Mining,
    RunRateLines,
    run_company,
)

from ..flat import FIRST, HASHPRICE, PRICE, flat_market

LINES = list(Line)


def lines_of(
    inputs: CompanyInputs, name: Line, quarters: int = 4, hashprice: float = HASHPRICE
) -> np.ndarray:
    company = run_company(inputs, flat_market(4, hashprice=hashprice), PRICE, 1)
    return company.lines_usd[LINES.index(name)][:, 0]


def test_fit_out_ends_rent_and_costs_passed_on_do_not() -> None:
    halls = Colocation(
        running_usd=12e6, margin=0.6, passthrough_usd=2e6, one_off_usd=73e6, one_off_quarters=2,
        one_off_margin=0.1,
    )  # fmt: skip
    inputs = CompanyInputs("TEST", colocation=halls)
    company = run_company(inputs, flat_market(4), PRICE, 1)
    assert lines_of(inputs, Line.AI_COLOCATION) == pytest.approx([87e6, 87e6, 14e6, 14e6])
    assert company.gross_profit_usd[:, 0] == pytest.approx([14.5e6, 14.5e6, 7.2e6, 7.2e6])


def test_machines_sold_on_by_a_cloud_end_with_their_quarters() -> None:
    inputs = CompanyInputs("TEST", cloud=Cloud(one_off_usd=5e6, one_off_quarters=1))
    assert lines_of(inputs, Line.AI_CLOUD) == pytest.approx([5e6, 0, 0, 0])


def test_revenue_no_line_claims_is_in_other_at_its_own_name() -> None:
    inputs = CompanyInputs("TEST", steady=RunRateLines(other_usd=1e6, unattributed_usd=19e6))
    assert lines_of(inputs, Line.OTHER) == pytest.approx([20e6] * 4)


@given(st.floats(0.3, 3.0), st.floats(0.0, 2.0))
@settings(max_examples=20, deadline=None)
def test_orders_follow_hashprice_and_never_die(factor: float, elasticity: float) -> None:
    chips = Chips(
        FIRST, 1.0, 2, 2.0, 1, 500.0, 5.0, orders_elasticity=elasticity,
        reference_hashprice_usd_per_ph_day=HASHPRICE,
    )  # fmt: skip
    sold = lines_of(CompanyInputs("TEST", chips=chips), Line.CHIPS, hashprice=HASHPRICE * factor)
    price = HASHPRICE * factor / 1_000 * 500
    assert (sold > 0).all()
    if price > 5:
        assert sold[0] == pytest.approx(2e6 * factor**elasticity * price)


def test_own_machines_use_less_power_and_cost_less() -> None:
    mining = Mining(10.0, 1.0, 20.0, growth_ehs=1.0, growth_quarters=4, class_spread=0.0, improvement=0.0)
    finance = Finance(cash_usd=1e9, machine_days=500.0)
    chips = Chips(FIRST, 1.0, cost_usd_per_th=15.0, own_j_per_th=10.0)
    market = flat_market(4)
    bought = run_company(CompanyInputs("TEST", mining, finance=finance), market, PRICE, 1)
    own = run_company(CompanyInputs("TEST", mining, chips=chips, finance=finance), market, PRICE, 1)
    assert (own.lines_usd == bought.lines_usd).all()
    assert (own.gross_profit_usd > bought.gross_profit_usd).all()
    assert own.cash_usd[0, 0] - bought.cash_usd[0, 0] > 1e6 * 5
