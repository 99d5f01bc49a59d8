"""Sites outside ERCOT: other clocks, currencies, intervals, and a market without a day-ahead auction."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from hashpivot.desk import SiteDesk
from hashpivot.site import Clock, forecaster_of, parse_site
from hashpivot.site.forecast import known_until, tomorrow_known

SITE = """
name = "{market}"
market = "{market}"
limit_mw = 5
[power]
kind = "indexed"
[[machines]]
name = "m"
model = "Antminer S21"
count = 1000
min_off_hours = 2
"""


def written(folder: Path, market: str, head: str, timezone: str, minutes: int) -> tuple[Path, Path]:
    """A site, and ninety days of prices in market local time with their offsets."""
    chance = np.random.default_rng(7)
    steps = 90 * 24 * 60 // minutes
    ts_utc = np.datetime64("2025-10-01T00:00") + np.arange(steps) * np.timedelta64(minutes, "m")
    price = 60 + 30 * np.sin(np.arange(steps) * minutes / 1440 * 2 * np.pi) + chance.normal(0, 8, steps)
    zone = ZoneInfo(timezone)
    stamps = [
        moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone).isoformat() for moment in ts_utc.tolist()
    ]
    prices, site = folder / "p.csv", folder / "s.toml"
    rows = (f"{stamp},{value:.2f}" for stamp, value in zip(stamps, price, strict=True))
    prices.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    site.write_text(SITE.format(market=market), encoding="utf-8")
    return site, prices


@pytest.mark.parametrize(
    ("market", "timezone", "head", "minutes", "columns", "rate", "currency"),
    [
        ("aeso", "America/Edmonton", "Interval Start,Pool Price", 60, None, 0.72, "CAD"),
        (
            "nord_pool",
            "Europe/Oslo",
            "Time,NO1 [EUR/MWh]",
            60,
            {"rt_usd_per_mwh": "NO1 [EUR/MWh]", "da_usd_per_mwh": "NO1 [EUR/MWh]"},
            1.1,
            "EUR",
        ),
    ],
)
def test_a_site_of_another_market_is_run(
    tmp_path: Path,
    market: str,
    timezone: str,
    head: str,
    minutes: int,
    columns: dict[str, str] | None,
    rate: float,
    currency: str,
) -> None:
    site, prices = written(tmp_path, market, head, timezone, minutes)
    desk = SiteDesk(site, prices=prices, columns=columns, usd_rate=rate)
    done = desk.backtest(date(2025, 12, 10), date(2025, 12, 20))
    shown = done.to_dict()
    assert f"prices in {currency} are converted at {rate:g} USD" in shown["notes"]
    assert done.backtest.result("rolling_horizon").profit_usd > 0
    assert str(done.backtest.hours.clock.local[0]) == "2025-12-10T00:00"
    plan = desk.plan().to_dict()
    assert plan["hours"] and desk.summary().to_dict()["market"] == market


@pytest.mark.parametrize("name", ["caiso", "nord_pool"])
def test_learned_forecasts_keep_the_clock_of_the_sites_market(name: str) -> None:
    site = parse_site(SITE.format(market=name))
    assert forecaster_of(site, learned=True)()._market == site.market  # type: ignore[attr-defined]


def test_a_zone_without_a_market_keeps_the_default_rules_at_its_own_clock() -> None:
    """What is published in the afternoon is known from that time of the site's clock on, not of Chicago's."""
    text = SITE.format(market="ercot").replace('market = "ercot"', 'timezone = "Asia/Kolkata"')
    site = parse_site(text)
    ts_utc = np.datetime64("2024-03-01T00:00", "m") + np.arange(96) * np.timedelta64(60, "m")
    clock = Clock(ts_utc, site.zoneinfo)
    until = np.minimum(known_until(ts_utc, site.market), len(ts_utc)) - 1
    ahead = (clock.day[until] - clock.day).astype(int)
    inside = np.arange(96) < 48
    np.testing.assert_array_equal(ahead[inside], tomorrow_known(clock, site.market)[inside])
