"""A site's past quarters in the outlook: drawn by season, to the cent, from its months."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import InvalidInput, Line, NoData, PowerMonth, Quarter
from hashpivot.ledger import View
from hashpivot.outlook import (
    CompanyInputs,
    CompanyPaths,
    Mining,
    PowerQuarter,
    build_case,
    run_company,
    scenario_text,
    tornado,
    with_inputs,
)

from ..flat import FIRST, HASHPRICE, PRICE, flat_market

MINING = list(Line).index(Line.SELF_MINING)
YEAR = tuple(
    PowerQuarter(Quarter(2023, number), uptime, price, credit)
    for number, uptime, price, credit in (
        (1, 0.9, 25.0, 2.0), (2, 0.8, 30.0, 3.0), (3, 0.5, 40.0, 20.0), (4, 0.95, 28.0, 1.0)
    )
)  # fmt: skip


def site(year: int, uptime: float = 0.9) -> list[PowerMonth]:
    return [
        PowerMonth(f"{year}-{month:02}", uptime, 1e6, 0.0, 2e6, 70_000.0, 80_000.0) for month in range(1, 13)
    ]


def run(power: tuple[PowerQuarter, ...], paths: int = 3, quarters: int = 4) -> CompanyPaths:
    mining = Mining(10.0, 1.0, 20.0, class_spread=0.0, power_usd_per_mwh=50.0, non_power_opex_usd_per_mwh=5.0)
    return run_company(
        CompanyInputs("TEST", mining, power=power), flat_market(quarters, paths), PRICE, seed=1
    )


def test_one_year_on_record_to_the_cent() -> None:
    """10 EH/s at 20 J/TH are 200 MW: revenue by uptime, cost by MWh used, credits by MW installed."""
    found = run(YEAR)
    for step, past in enumerate(YEAR):
        quarter = FIRST + step
        assert quarter.number == past.quarter.number
        hours = quarter.days * 24
        revenue = 10_000 * past.uptime * HASHPRICE * quarter.days
        cost = 200 * hours * (past.uptime * past.power_usd_per_mwh + 5.0 - past.credits_usd_per_mw_hour)
        assert found.lines_usd[MINING, step] == pytest.approx(revenue, abs=0.01)
        assert found.profits_usd[MINING, step] == pytest.approx(revenue - cost, abs=0.01)


def test_every_past_quarter_of_the_season_is_drawn_as_often() -> None:
    wet = tuple(replace(each, quarter=each.quarter + 4, uptime=each.uptime / 2) for each in YEAR)
    revenue = run((*YEAR, *wet), paths=20_000, quarters=1).lines_usd[MINING, 0]
    levels, counts = np.unique(revenue.round(2), return_counts=True)
    assert levels[1] / levels[0] == pytest.approx(2.0)
    assert counts[0] / counts.sum() == pytest.approx(0.5, abs=0.02)


def test_machines_stop_where_the_season_does_not_pay() -> None:
    dear = (*YEAR[:2], replace(YEAR[2], power_usd_per_mwh=90.0), YEAR[3])
    assert (run(dear).lines_usd[MINING, 2] == 0).all()
    assert (run(dear).lines_usd[MINING, 3] > 0).all()


def test_seasons_must_be_whole() -> None:
    with pytest.raises(InvalidInput, match="no quarter Q3"):
        CompanyInputs("TEST", power=(*YEAR[:2], YEAR[3]))
    with pytest.raises(InvalidInput, match="2023Q1 stands twice"):
        CompanyInputs("TEST", power=(*YEAR, YEAR[0]))
    with pytest.raises(InvalidInput, match="uptime = 0 is out of range"):
        PowerQuarter(Quarter(2023, 1), 0.0, 30.0)


def test_months_become_quarters_and_the_hash_rate_is_whole(view: View, network: NetworkHistory) -> None:
    plain, _ = build_case(view, network, "RIOT")
    fed, calibration = build_case(view, network, "RIOT", power=[*site(2023), *site(2024, 0.8)])
    assert len(fed.inputs.power) == 8
    first = fed.inputs.power[0]
    assert (first.quarter, first.uptime) == (Quarter(2023, 1), pytest.approx(0.9))
    assert first.power_usd_per_mwh == pytest.approx(2e6 / 70_000)
    assert first.credits_usd_per_mw_hour == pytest.approx(1e6 / 80_000)
    season = [each.uptime for each in fed.inputs.power if each.quarter.number == calibration.quarter.number]
    usual = sum(season) / len(season)
    assert fed.inputs.mining.hash_rate_ehs == pytest.approx(plain.inputs.mining.hash_rate_ehs / usual)
    assert "the uptime of its site then" in calibration.origins["mining.hash_rate_ehs"]


def test_months_after_the_day_are_not_looked_at(view: View, network: NetworkHistory) -> None:
    day = date(2024, 6, 30)
    held = view.on(day), network.until(day), "RIOT"
    fed, _ = build_case(*held, power=[*site(2023), *site(2024)])
    assert max(each.quarter for each in fed.inputs.power) == Quarter(2024, 2)
    with pytest.raises(NoData, match="no whole quarter"):
        build_case(*held, power=site(2025))


def test_a_scenario_file_holds_it(view: View, network: NetworkHistory, tmp_path: Path) -> None:
    case, calibration = build_case(view, network, "RIOT", power=site(2023))
    path = tmp_path / "riot.toml"
    path.write_text(scenario_text(calibration, case), encoding="utf-8")
    read, again = build_case(view, network, "RIOT", [str(path)])
    assert read.inputs == case.inputs
    assert again.origins["power.2023Q3.uptime"] == "months of its site"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("power = 3", r"write \[\[power\]\]"),
        ("[[power]]\nuptime = 0.9", "quarter is missing"),
        ('[[power]]\nquarter = "2023Q1"\nuptime = 0.9\npower_usd_per_mwh = 30.0', "no quarter Q2"),
        ('[[power]]\nquarter = "2023Q1"\nuptime = 2\npower_usd_per_mwh = 30.0', "uptime = 2 is out of range"),
        (
            '[[power]]\nquarter = "2023Q1"\nupime = 1\nuptime = 1\npower_usd_per_mwh = 3',
            "did you mean uptime",
        ),
    ],
)
def test_bad_tables_are_named(
    view: View, network: NetworkHistory, tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        build_case(view, network, "RIOT", [str(path)])
    assert re.search(said, str(caught.value))


def test_dearer_power_and_the_tornado_reach_it(view: View, network: NetworkHistory) -> None:
    case, _ = build_case(view, network, "RIOT", ["power_price_up"], power=site(2023))
    assert case.inputs.power[0].power_usd_per_mwh == pytest.approx(1.3 * 2e6 / 70_000)
    assert with_inputs(case, {"power.credits_usd_per_mw_hour": 2.0}).inputs.power[
        0
    ].credits_usd_per_mw_hour == (pytest.approx(2 * 1e6 / 80_000))
    keys = {effect.factor.key for effect in tornado(case, quarters=4, samples=32).effects}
    assert {"power.power_usd_per_mwh", "power.credits_usd_per_mw_hour"} <= keys
    assert "mining.power_usd_per_mwh" not in keys
