"""A site's months in the terms miners report, and Riot Platforms' published ones beside them."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Missing, PowerMonth
from hashpivot.site import Backtest, PriceHistory, RollingHorizon, backtest, load_site, power_months

NETWORK = NetworkHistory.load()


@pytest.fixture(scope="module")
def block(hours: PriceHistory) -> Backtest:
    recent = hours.part(int(np.searchsorted(hours.ts_utc, np.datetime64("2021-06-01T05", "h"))), hours.hours)
    return backtest(
        load_site("fixed_block"),
        recent,
        date(2022, 7, 1),
        date(2024, 12, 30),
        regime="lagged",
        network=NETWORK,
        policies=[RollingHorizon()],
    )


def test_months_add_up_to_profit_and_loss(block: Backtest) -> None:
    months = power_months(block)
    usd = block.pnl["rolling_horizon"].usd
    assert len(months) == 30 and months[0].month == "2022-07"
    credits = usd["resale"] + usd["reserves"] + usd["credits"]
    assert sum(month.credits_usd for month in months) == pytest.approx(credits.sum())
    net = sum(float(month.net_power_usd_per_mwh) * month.drawn_mwh for month in months)
    assert net == pytest.approx(-(usd["power"] + usd["tariffs"] + credits).sum())
    assert all(0 < month.uptime <= 1 for month in months)


def test_riots_credits_have_the_same_months_direction_and_order(block: Backtest, shared: Path) -> None:
    with (shared / "energy" / "riot_power_credits_monthly.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["preferred"] == "1"]
    ours = {month.month: month.credits_usd / 1e6 for month in power_months(block)}
    published = {
        row["month"]: float(row["total_power_credits_usd_m"] or row["power_curtailment_credits_usd_m"])
        for row in rows
        if row["month"] in ours
    }
    assert len(published) == 19
    pairs = np.array([(published[month], ours[month]) for month in published])
    ranks = np.argsort(np.argsort(pairs, axis=0), axis=0)
    assert np.corrcoef(ranks.T)[0, 1] > 0.5
    assert max(published, key=published.get) == max(ours, key=ours.get) == "2023-08"
    assert 0.5 < pairs[:, 1].sum() / pairs[:, 0].sum() < 2


def test_a_month_without_power_has_no_cost() -> None:
    month = PowerMonth("2024-01", 0.0, 5.0, 1.0, 9.0, 0.0, 744.0)
    assert isinstance(month.net_power_usd_per_mwh, Missing)
    assert month.to_dict()["net_power_usd_per_mwh"] is None
    assert replace(month, drawn_mwh=3.0).net_power_usd_per_mwh == pytest.approx(1.0)
