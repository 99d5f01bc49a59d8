"""Which machines stay, leave and are bought: rules that hold for any fleet."""

from math import exp, log
from statistics import NormalDist, fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.core import Line
from hashpivot.outlook import CompanyInputs, Finance, Mining, run_company
from hashpivot.outlook.inputs import NetworkModel
from hashpivot.outlook.market._supply import share_running

from ..flat import FIRST, PRICE, flat_market

MINING = list(Line).index(Line.SELF_MINING)
FINANCE = Finance(cash_usd=1e9, machine_days=300.0)


def mined(mining: Mining, hashprice: float, quarters: int = 6) -> tuple[list[float], list[float]]:
    """Revenue and gross profit of mining by quarter."""
    company = run_company(
        CompanyInputs("TEST", mining, finance=FINANCE), flat_market(quarters, 1, hashprice), PRICE, 1
    )
    return company.lines_usd[MINING][:, 0].tolist(), company.profits_usd[MINING][:, 0].tolist()


@given(
    st.floats(5, 120), st.floats(10, 60), st.floats(10, 100), st.floats(0, 40), st.floats(0, 0.1),
    st.floats(-0.1, 0.1),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_halving_the_hashprice_never_raises_mining_profit(
    hashprice: float, j_per_th: float, power: float, other: float, renewal: float, trend: float
) -> None:
    mining = Mining(
        10.0, 1.0, j_per_th, 0.2, power, other, renewal=renewal, trend=trend, improvement=0.0,
        growth_j_per_th=min(j_per_th, 15.0),
    )  # fmt: skip
    _, before = mined(mining, hashprice)
    _, after = mined(mining, hashprice / 2)
    for high, low in zip(before, after, strict=True):
        assert low <= high + 1


def test_a_class_that_loses_for_two_quarters_leaves_and_costs_no_more() -> None:
    mining = Mining(10.0, 1.0, 20.0, 0.0, 50.0, 5.0)
    revenue, profit = mined(mining, 20.0)
    assert revenue == [0.0] * 6
    assert profit[0] < 0 and profit[1] < 0 and profit[2:] == [0.0] * 4


def test_machines_are_renewed_only_where_they_pay_back_in_time() -> None:
    mining = Mining(10.0, 1.0, 20.0, 0.0, 40.0, 0.0, renewal=0.1, growth_j_per_th=10.0, improvement=0.0)
    renewed, _ = mined(mining, 40.0)
    kept, _ = mined(Mining(10.0, 1.0, 20.0, 0.0, 40.0, 0.0, growth_j_per_th=10.0, payback_days=300.0), 40.0)
    days = [(FIRST + step).days for step in range(6)]
    assert renewed[5] / days[5] > renewed[0] / days[0]
    assert [round(usd / day) for usd, day in zip(kept, days, strict=True)] == [400_000] * 6


EFFICIENCY, POWER, BREAKEVEN = 20.0, 50.0, 0.024 * 20.0 * 50.0
"""J/TH, USD/MWh, and the hashprice at which such a machine pays for its power."""


def running(power: float, margin: float, network: NetworkModel) -> float:
    """Share of a fleet as efficient as the network that runs, at a log margin of the network's average."""
    mining = Mining(10.0, 1.0, EFFICIENCY, network.class_spread, power, 0.0)
    hashprice = BREAKEVEN * exp(margin)
    revenue, _ = mined(mining, hashprice, quarters=1)
    return revenue[0] / (10_000 * hashprice * FIRST.days)


@pytest.mark.parametrize("margin", [-0.6, -0.25, -0.06, 0.06, 0.25, 0.6])
def test_a_median_company_switches_off_with_the_networks_median_machine(margin: float) -> None:
    """At the network's median power price, its own classes stop where the network's stop."""
    network = NetworkModel(cost_spread=0.02)
    assert running(POWER, margin, network) == pytest.approx(share_running(margin, network), abs=0.01)
    still = NetworkModel(cost_spread=0.02, class_spread=0.0)
    assert running(POWER, margin, still) == pytest.approx(float(margin > 0))


@pytest.mark.parametrize("margin", [-0.5, -0.2, 0.0, 0.2, 0.5])
def test_companies_at_the_networks_power_prices_run_as_the_network_does(margin: float) -> None:
    """What leaves when hashprice falls is the same share, counted over companies or by the network's rule."""
    network = NetworkModel()
    prices = NormalDist(log(POWER), network.cost_spread)
    shares = [running(exp(prices.inv_cdf((n + 0.5) / 60)), margin, network) for n in range(60)]
    assert fmean(shares) == pytest.approx(share_running(margin, network), abs=0.05)
