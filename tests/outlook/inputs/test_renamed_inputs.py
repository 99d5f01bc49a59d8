"""Inputs by their old names: accepted with a warning in files, sweeps and keys; JSON keeps them for good."""

from __future__ import annotations

from pathlib import Path

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import InvalidInput
from hashpivot.ledger import View
from hashpivot.outlook import (
    OutlookCase,
    Tornado,
    build_case,
    get_input,
    read_sweep_file,
    scenario_text,
    sweep_points,
    with_inputs,
)
from hashpivot.outlook.studies._sensitivity import FactorEffect, uncertain_inputs
from hashpivot.outlook.studies._sweep import run_point

OLD_FILE = "[mining]\nother_usd_per_mw_hour = 7\n[finance]\nleast_cash_usd = { value = 5e6, from = 'me' }\n"


@pytest.fixture(scope="module")
def case(view: View, network: NetworkHistory) -> OutlookCase:
    return build_case(view, network, "CORZ")[0]


def test_a_scenario_file_of_before(view: View, network: NetworkHistory, tmp_path: Path) -> None:
    path = tmp_path / "old.toml"
    path.write_text(OLD_FILE)
    with pytest.warns(FutureWarning) as caught:
        case, calibration = build_case(view, network, "CORZ", [str(path)])
    words = [str(each.message) for each in caught]
    assert any("'least_cash_usd' is now 'minimum_cash_usd'" in each and "old.toml" in each for each in words)
    assert len(words) == 2
    assert case.inputs.finance.minimum_cash_usd == 5e6
    assert case.inputs.mining.non_power_opex_usd_per_mwh == 7
    assert calibration.origins["finance.minimum_cash_usd"] == "me"
    text = scenario_text(calibration, case)
    assert "minimum_cash_usd" in text and "least_cash_usd" not in text


def test_old_and_new_together_are_refused(view: View, network: NetworkHistory, tmp_path: Path) -> None:
    for first, second in (
        ("least_cash_usd", "minimum_cash_usd"),
        ("minimum_cash_usd", "least_cash_usd"),
    ):
        path = tmp_path / "both.toml"
        path.write_text(f"[finance]\n{first} = 1\n{second} = 2\n")
        with (
            pytest.warns(FutureWarning),
            pytest.raises(InvalidInput, match="minimum_cash_usd is given twice"),
        ):
            build_case(view, network, "CORZ", [str(path)])


def test_keys_of_before(case: OutlookCase) -> None:
    with pytest.warns(FutureWarning, match="non_power_opex_usd_per_mwh"):
        changed = with_inputs(case, {"mining.other_usd_per_mw_hour": 3.0})
    assert changed.inputs.mining.non_power_opex_usd_per_mwh == 3.0
    with pytest.warns(FutureWarning):
        assert get_input(changed, "mining.other_usd_per_mw_hour") == 3.0


def test_a_sweep_keeps_its_columns_and_its_files(case: OutlookCase, tmp_path: Path) -> None:
    sweep = tmp_path / "sweep.toml"
    sweep.write_text('[grid]\n"finance.least_cash_usd" = [1e6, 2e6]\n')
    with pytest.warns(FutureWarning, match=r"finance\.minimum_cash_usd"):
        _, old = read_sweep_file(sweep, 1)
    sweep.write_text('[grid]\n"finance.minimum_cash_usd" = [1e6, 2e6]\n')
    _, new = read_sweep_file(sweep, 1)
    assert old == new
    points = sweep_points([case], new, quarters=2, paths=8, seed=1)
    assert run_point(points[0])[0]["input.finance.least_cash_usd"] == 1e6


def test_a_tornado_keeps_its_keys(case: OutlookCase) -> None:
    factors = {factor.key: factor for factor in uncertain_inputs(case)}
    factor = factors["mining.non_power_opex_usd_per_mwh"]
    tornado = Tornado("x", (FactorEffect(factor, 0.5),), 1.0, 0.0, 1.0)
    assert tornado.to_dict()["effects"][0]["input"] == "mining.other_usd_per_mw_hour"
