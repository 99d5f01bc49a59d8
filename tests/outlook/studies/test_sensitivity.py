from dataclasses import replace

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.ledger import View
from hashpivot.outlook import build_case, get_input, tornado, uncertain_inputs, with_inputs
from hashpivot.outlook.studies._hypercube import latin_hypercube
from hashpivot.outlook.studies._sensitivity import rank_regression


def test_rank_regression_finds_what_was_put_in() -> None:
    points = latin_hypercube(400, 3, 1)
    values = np.exp(3 * points[:, 0] - points[:, 1])
    coefficients, explained = rank_regression(points, values)
    assert explained > 0.95
    assert coefficients[0] ** 2 == pytest.approx(0.9, abs=0.05)
    assert coefficients[1] ** 2 == pytest.approx(0.1, abs=0.05)
    assert coefficients[1] < 0 < coefficients[0]
    assert abs(coefficients[2]) < 0.05


def test_what_ranks_cannot_explain_is_shown() -> None:
    points = latin_hypercube(400, 2, 1)
    _, explained = rank_regression(points, (points[:, 0] - 0.5) ** 2)
    assert explained < 0.1


def test_a_miners_tornado(view: View, network: NetworkHistory) -> None:
    case, _ = build_case(view, network, "CLSK")
    found = tornado(case, quarters=6, samples=64)
    effects = {effect.factor.key: effect.coefficient for effect in found.effects}
    assert effects["market.price.start_factor"] > 0
    assert effects["market.network.growth_level"] < 0
    assert effects["mining.power_usd_per_mwh"] < 0
    assert found.low_usd < found.high_usd
    assert found.effects == tornado(case, quarters=6, samples=64).effects
    shares = [effect.share for effect in found.effects]
    assert shares == sorted(shares, reverse=True)


def test_only_inputs_a_company_has_are_varied(view: View, network: NetworkHistory) -> None:
    keys = {
        ticker: {factor.key for factor in uncertain_inputs(build_case(view, network, ticker)[0])}
        for ticker in ("BTBT", "CLSK", "BTDR")
    }
    assert "cloud.spot_decay" in keys["BTBT"] and "cloud.spot_decay" not in keys["CLSK"]
    assert "chips.price_days" in keys["BTDR"] and "chips.price_days" not in keys["CLSK"]
    assert "colocation.on_time" in keys["CLSK"] and "colocation.on_time" not in keys["BTBT"]


def test_no_factor_leaves_the_range_of_its_input(view: View, network: NetworkHistory) -> None:
    """GPUs used 99% of the time and kept margins of 95%: a tenth more would be refused."""
    case, _ = build_case(view, network, "BTBT")
    full = with_inputs(case, {"cloud.utilisation": 0.99, "cloud.margin": 0.95})
    factors = {factor.key: factor for factor in uncertain_inputs(full)}
    assert factors["cloud.utilisation"].high == 1.0
    assert factors["cloud.margin"].high == 1.0
    assert tornado(full, quarters=2, samples=32).effects
    loss = with_inputs(case, {"cloud.margin": -0.5})
    factor = next(each for each in uncertain_inputs(loss) if each.key == "cloud.margin")
    assert (factor.low, factor.high) == (pytest.approx(-0.6), pytest.approx(-0.4))


def test_inputs_by_key(view: View, network: NetworkHistory) -> None:
    case, _ = build_case(view, network, "CORZ")
    new = with_inputs(
        case, {"mining.uptime": 0.5, "market.price.volatility": 0.1, "contracts.capex_usd": 2.0}
    )
    assert get_input(new, "mining.uptime") == 0.5
    assert new.parameters.price == replace(case.parameters.price, volatility=0.1)
    assert [c.capex_usd for c in new.inputs.contracts] == [2 * c.capex_usd for c in case.inputs.contracts]
