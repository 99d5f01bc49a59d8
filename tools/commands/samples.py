"""Small files a reader would have of their own: a call's transcript, a site, prices, a sweep."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

CALL = """Riot Platforms, Inc. third quarter 2025 call, prepared remarks.

We now expect to reach a self-mining hash rate of 40 EH/s by the end of the first quarter of 2026.
We remain on track to complete the core and shell of the first two data center buildings, 112 MW of critical
IT capacity, in the first half of 2027.

We are subject to the risks of bitcoin's price, of network difficulty and of power prices.
"""

SITE = """name = "A site of ours"
zone = "LZ_WEST"
limit_mw = 60

[power]
kind = "indexed"
adder_usd_per_mwh = 2.5

[[machines]]
name = "S19 XP"
model = "Antminer S19 XP"
count = 9000
pue = 1.05
start_cost_usd = 120
restart_minutes = 10
min_on_hours = 2
min_off_hours = 2

[[ai]]
name = "rented"
firm_mw = 4
firm_usd_per_mwh = 160
flexible_mw = 6
flexible_usd_per_mwh = 120
interruption_cost_usd_per_mwh = 30
max_hours_per_day = 6
max_hours_per_month = 40

[[tariffs]]
name = "4CP transmission"
kind = "coincident_peak"
months = [6, 7, 8, 9]
usd_per_kw_year = 60
end = 2026-12-31

[conversion]
kind = "colocation"
usd_per_kw_month = 130
capex_usd_per_mw = 9000000
months_to_energise = 18
utilisation = 0.95
power_paid_by = "tenant"
max_mw = 40
step_mw = 10
horizon_years = 12
discount_rate = 0.12
hashprices_usd_per_ph_day = [35, 50, 65]
probabilities = [0.3, 0.4, 0.3]
hashprice_growth = -0.1
machines_usd_per_mw_year = 60000
flexible_mw = 0
"""

RECORDS = """ticker,measure,period,value,unit,known,title,grade,locator
RIOT,hash_rate_period_end,2026-06-30,39.5,ehs,2026-07-03,Riot June 2026 update,B,"table 1, row 2"
"""

SWEEP = """[grid]
"mining.power_usd_per_mwh" = [30, 45, 60]
"market.price.start_factor" = [0.5, 1.0]
"""

PRICES_START = datetime(2024, 5, 1, 5)  # midnight in Texas: a backtest learns from 61 whole days
PRICE_HOURS = 24 * 120


def price_rows(start: datetime, hours: int = PRICE_HOURS) -> Iterator[str]:
    """Hours of made-up prices and load as CSV, with a spike every eleven days."""
    yield "ts_utc,rt_usd_per_mwh,da_usd_per_mwh,load_mw,as_nspin\n"
    for hour in range(hours):
        daily = math.sin(math.tau * (hour % 24 - 15) / 24)
        weekly = math.sin(math.tau * hour / (24 * 7.3))
        expected = 28 + 22 * daily + 9 * weekly
        spike = 900.0 if hour % 264 == 23 else 0.0
        actual = expected + 7 * math.sin(hour * 1.7) - 6 * math.cos(hour * 0.37) + spike
        load = 52000 + 14000 * daily + 3000 * weekly + 500 * math.sin(hour * 0.11)
        when = start + timedelta(hours=hour)
        yield f"{when:%Y-%m-%dT%H:%M},{actual:.2f},{expected:.2f},{load:.0f},{max(0.0, expected / 9):.2f}\n"


OTHER_PRICES = {
    "lmp.csv": ("Interval Start,Market,Location,LMP", (
        "{local},REAL_TIME_15_MIN,LZ_WEST,{rt}",
        "{local},DAY_AHEAD_HOURLY,LZ_WEST,{da}",
        "{local},REAL_TIME_15_MIN,LZ_SOUTH,1",
    )),
    "real-time.csv": (
        "DeliveryDate,DeliveryHour,DeliveryInterval,SettlementPointName,SettlementPointPrice,DSTFlag",
        tuple(f"{{date}},{{hour}},{n},LZ_WEST,{{rt}},N" for n in (1, 2, 3, 4)),
    ),
    "day-ahead.csv": (
        "DeliveryDate,HourEnding,SettlementPoint,SettlementPointPrice,DSTFlag",
        ("{date},{hour:02}:00,LZ_WEST,{da},N",),
    ),
    "other.csv": ("When,RT price,DA price", ("{ts_utc},{rt},{da}",)),
}  # fmt: skip
"""The hours of `price_rows` under the names of others: the header, and the lines of each hour."""


def other_price_rows(name: str) -> Iterator[str]:
    """Prices of `price_rows` as `OTHER_PRICES` writes them; no clock change lies in them."""
    head, lines = OTHER_PRICES[name]
    yield f"{head}\n"
    for row in list(price_rows(PRICES_START))[1:]:
        ts_utc, rt, da, *_ = row.split(",")
        local = datetime.fromisoformat(ts_utc).replace(tzinfo=UTC).astimezone(ZoneInfo("America/Chicago"))
        cells = {"ts_utc": ts_utc, "rt": rt, "da": da, "local": local.isoformat(" "), "hour": local.hour + 1}
        for line in lines:
            yield line.format(date=f"{local:%m/%d/%Y}", **cells) + "\n"
