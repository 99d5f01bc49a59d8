"""Which machines stay, leave and are bought: rules that hold for any fleet."""

from math import exp, log
from statistics import NormalDist, fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.core import Line
from hashpivot.outlook import CompanyInputs, Finance, Mining, run_company
from hashpivot.outlook.company.operations._fleet import HALVING_DAYS, QUARTER_DAYS, Fleet
from hashpivot.outlook.company.shared import NoChance, NoRecord
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


@pytest.mark.parametrize(
    ("halving_days", "payback", "step", "share"),
    [
        (20_000.0, 1_460.0, 0, 1.0),  # none within reach
        (QUARTER_DAYS + 730.0, 1_460.0, 0, 0.75),  # half of the payback before it, half after
        (QUARTER_DAYS * 3 + 730.0, 1_460.0, 2, 0.75),  # the calendar moves on
        (QUARTER_DAYS, 1_000.0, 0, 0.5),
        (QUARTER_DAYS, 2 * HALVING_DAYS, 0, 0.375),  # the one after counts as well
        (QUARTER_DAYS / 2, 1_000.0, 0, 0.5 / 0.75),  # in mid-quarter: half of it is paid less already
        (0.0, 1_000.0, 0, 1.0),  # past
    ],
)
def test_a_new_machine_is_promised_what_halvings_leave(
    halving_days: float, payback: float, step: int, share: float
) -> None:
    fleet = Fleet(
        Mining(10.0, halving_days=halving_days, payback_days=payback), (), 0, NoChance(), NoRecord()
    )
    assert fleet.subsidy_ahead(step) == pytest.approx(share)


def test_machines_that_pay_back_only_before_the_halving_are_not_bought() -> None:
    terms = {"uptime": 1.0, "j_per_th": 20.0, "class_spread": 0.0, "power_usd_per_mwh": 40.0, "renewal": 0.1}
    new = {"growth_j_per_th": 10.0, "improvement": 0.0, "payback_days": 500.0}
    revenue, _ = mined(Mining(10.0, **terms, **new), 40.0)
    held, _ = mined(Mining(10.0, **terms, **new, halving_days=QUARTER_DAYS), 40.0)
    assert revenue[3] > held[3]


def test_a_first_quarter_as_told_pays_for_its_renewal() -> None:
    mining = Mining(
        10.0, 1.0, 20.0, 0.0, 40.0, renewal=0.1, growth_j_per_th=10.0, improvement=0.0, age_quarters=0
    )
    company = run_company(CompanyInputs("TEST", mining, finance=FINANCE), flat_market(2, 1), PRICE, 1)
    megawatts, usd_per_th = 200.0, 40.0 * 300 / 1_000
    assert company.capex_usd[0, 0] == pytest.approx(0.1 * megawatts / 10.0 * 1e6 * usd_per_th)
    assert company.lines_usd[MINING][0, 0] == pytest.approx(10.0 * 1_000 * 40.0 * FIRST.days)


def test_a_fleet_that_cannot_grow_does_not_shrink_for_it() -> None:
    """Falls undo growth not bought first, and what fell idle comes back: the median stays as it is."""
    mining = Mining(10.0, 1.0, 20.0, 0.0, 40.0, fleet_noise=0.3, age_quarters=0, payback_days=30.0)
    company = run_company(CompanyInputs("TEST", mining, finance=FINANCE), flat_market(6, 4_000), PRICE, 1)
    megawatts = company.mining_mw
    assert megawatts.max() == pytest.approx(200.0)
    assert (megawatts[1:] > 199.0).mean(axis=1) == pytest.approx([0.5] * 5, abs=0.03)
    assert ((megawatts[2] > megawatts[1]) & (megawatts[1] < 199.0)).any()
    assert not company.capex_usd.any()
