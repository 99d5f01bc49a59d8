"""Runs of one seed differ by what was changed in them, not by luck."""

from dataclasses import replace

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Line
from hashpivot.ledger import View
from hashpivot.outlook import (
    Chips,
    CompanyInputs,
    Finance,
    Mining,
    OutlookCase,
    build_case,
    outlook,
    run_company,
    swings,
    with_inputs,
)
from hashpivot.outlook.company.shared import DrawnChance, Streams
from hashpivot.outlook.company.shared._chance import geometric
from hashpivot.outlook.inputs import Colocation

from ..flat import FIRST, PRICE, flat_market

MINING = list(Line).index(Line.SELF_MINING)
AI = (Line.AI_COLOCATION, Line.AI_CLOUD)


@pytest.fixture(scope="module")
def case(view: View, network: NetworkHistory) -> OutlookCase:
    return build_case(view, network, "CORZ")[0]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("colocation.late_quarters", 1.0),
        ("colocation.late_quarters", 5.0),
        ("colocation.on_time", 0.2),
        ("colocation.on_time", 1.0),
        ("colocation.loss_chance", 0.0),
        ("contracts.tenant_chance", 0.5),
        ("chips.tape_out_success", 0.2),
    ],
)
def test_an_input_of_one_line_leaves_every_other_draw(case: OutlookCase, key: str, value: float) -> None:
    free = replace(case, inputs=replace(case.inputs, finance=replace(case.inputs.finance, cash_usd=None)))
    cases = (free, with_inputs(free, {key: value}))
    before, after = (outlook(each, quarters=6, paths=512).rows for each in cases)
    for step in range(6):
        for name in ["hashprice_usd_ph_day", *(f"lines.{line}" for line in Line if line not in AI)]:
            np.testing.assert_array_equal(before.row(name, step=step), after.row(name, step=step), name)


def test_longer_delays_make_no_path_earlier() -> None:
    def late(on_time: float, mean: float) -> np.ndarray:
        return DrawnChance(Streams(1, 0), 20_000).start_slip(
            0, Colocation(on_time=on_time, late_quarters=mean)
        )

    base = late(0.6, 2.0)
    assert (base > 0).mean() == pytest.approx(0.4, abs=0.01)
    assert base[base > 0].mean() == pytest.approx(2.0, abs=0.05)
    assert (late(0.6, 5.0) >= base).all() and (late(0.4, 2.0) >= base).all()
    assert (late(0.6, 1.0) == (base > 0)).all()
    assert not late(1.0, 5.0).any()


def test_geometric_numbers_have_their_distribution() -> None:
    drawn = geometric((np.arange(100_000) + 1) / 100_000, 0.3)
    for trials in (1, 2, 5):
        assert (drawn == trials).mean() == pytest.approx(0.3 * 0.7 ** (trials - 1), abs=1e-4)
    assert geometric(np.array([1e-300, 1.0]), 1.0).tolist() == [1, 1]


def test_tape_outs_move_no_fleet() -> None:
    def mined(success: float) -> np.ndarray:
        mining = Mining(10.0, 1.0, 20.0, fleet_noise=0.2)
        chips = Chips(first_quarter=FIRST, sold_ehs=1.0, cost_usd_per_th=100.0, tape_out_success=success)
        inputs = CompanyInputs("TEST", mining, chips=chips, finance=Finance(cash_usd=None))
        return run_company(inputs, flat_market(4, 64), PRICE, 1).lines_usd[MINING]

    np.testing.assert_array_equal(mined(0.2), mined(0.9))


def test_longer_delays_do_not_pay(case: OutlookCase) -> None:
    found = {each.factor.key: each for each in swings(case, quarters=8).swings}
    assert found["colocation.late_quarters"].high_usd < 0 < found["colocation.on_time"].high_usd
