"""Schedules for the next hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import InvalidInput
from hashpivot.site import (
    InvalidPrices,
    PriceHistory,
    Site,
    make_price_history,
    parse_site,
    plan,
    price_forecast,
)
from hashpivot.testing import made_up_prices

from ..checks import check_operation

NETWORK = NetworkHistory.load()

CROWDED = """
name = "crowded"
zone = "LZ_WEST"
limit_mw = 30
[power]
kind = "block"
block_mw = 10
block_usd_per_mwh = 20
[[machines]]
name = "first"
model = "Antminer S21"
count = 7786
[[machines]]
name = "second"
model = "Antminer S19 XP"
count = 7000
[[tariffs]]
name = "own"
kind = "own_peak"
usd_per_kw_month = 1
"""
AT = datetime(2023, 8, 10, 14)


@pytest.fixture(scope="module")
def hours(hours: PriceHistory) -> PriceHistory:
    """Two years around the days planned."""
    first, end = np.searchsorted(hours.ts_utc, np.array(["2022-06-01", "2024-01-02"], dtype="datetime64[h]"))
    return hours.part(int(first), int(end))


def test_a_plan_says_what_and_why(west: Site, hours: PriceHistory) -> None:
    made = plan(west, hours, AT, 34, network=NETWORK)
    answer = made.to_dict()
    assert len(answer["hours"]) == 34 and answer["at_utc"] == "2023-08-10T19:00Z"
    evening, night = answer["hours"][4], answer["hours"][10]
    assert {g["mode"] for g in evening["groups"]} == {"off"} and "breakeven" in evening["groups"][0]["reason"]
    assert {g["mode"] for g in night["groups"]} <= {"normal", "eco"}
    assert evening["p10_usd_per_mwh"] <= evening["p50_usd_per_mwh"] <= evening["p90_usd_per_mwh"]
    check_operation(west, made, made.forecast.hours.clock)


def test_a_group_the_limit_leaves_no_room_for_says_so(hours: PriceHistory) -> None:
    site = parse_site(CROWDED)
    for hour in plan(site, hours, datetime(2023, 3, 14, 14), 3, network=NETWORK).to_dict()["hours"]:
        reasons = {group["name"]: group["reason"] for group in hour["groups"]}
        assert "the limit of 30 MW leaves 2.75 MW" in reasons["second"], reasons


def test_real_prices_and_loads_to_come_are_not_looked_at(west: Site, hours: PriceHistory) -> None:
    now = int(np.searchsorted(hours.ts_utc, np.datetime64("2023-08-10T19", "h")))
    columns = {name: values.copy() for name, values in hours.columns.items()}
    for name in ("rt_usd_per_mwh", "load_mw", "wind_mw", "solar_mw"):
        columns[name][now:] = 7.0
    other = replace(hours, columns=columns)
    assert (
        plan(west, other, AT, network=NETWORK).to_dict() == plan(west, hours, AT, network=NETWORK).to_dict()
    )


def test_before_the_afternoon_tomorrow_stands_in(west: Site, hours: PriceHistory) -> None:
    rows = plan(west, hours, datetime(2023, 8, 10, 8), 30, network=NETWORK).to_dict()["hours"]
    assert [row["da_stand_in"] for row in rows] == [False] * 16 + [True] * 14
    assert rows[16]["da_usd_per_mwh"] != pytest.approx(float("nan"))


def test_hours_to_come_of_a_file_are_planned(west: Site, hours: PriceHistory) -> None:
    part = hours.part(hours.hours - 3000, hours.hours)
    columns = {**part.columns, "rt_usd_per_mwh": part.rt.copy(), "load_mw": part["load_mw"].copy()}
    columns["rt_usd_per_mwh"][-20:] = np.nan
    columns["load_mw"][-20:] = np.nan
    made = plan(
        west,
        make_price_history(part.ts_utc, columns, "mine", "mine", open_end=True),
        None,
        48,
        network=NETWORK,
    )
    assert made.forecast.hours.prices.hours == 20 and not made.forecast.stand_in.any()


@pytest.mark.parametrize(
    ("at", "ahead", "error", "said"),
    [
        (AT, 0, InvalidInput, "1 to 48"),
        (AT, 49, InvalidInput, "1 to 48"),
        (datetime(2030, 1, 1), 10, InvalidPrices, "no interval 2030-01-01T00:00"),
        (datetime(2022, 6, 9), 10, InvalidPrices, "hours of prices come before"),
    ],
)
def test_plans_that_cannot_be(
    west: Site, hours: PriceHistory, at: datetime, ahead: int, error: type, said: str
) -> None:
    with pytest.raises(error, match=said):
        plan(west, hours, at, ahead, network=NETWORK)


def test_the_outlook_is_that_of_the_plan(west: Site, hours: PriceHistory) -> None:
    one, other = (
        plan(west, hours, AT, 5, network=NETWORK).to_dict(),
        price_forecast(west, hours, AT, 5, network=NETWORK).to_dict(),
    )
    for planned, seen in zip(one["hours"], other["hours"], strict=True):
        assert all(planned[name] == value for name, value in seen.items())


CALLED_SITE = """
name = "S"
limit_mw = 60
[power]
kind = "indexed"
[[machines]]
name = "m"
model = "Antminer S21"
count = 3000
min_off_hours = 2
[[reserves]]
product = "rrs"
resource = "{}"
"""


@pytest.mark.parametrize(("resource", "draws", "mode"), [("clr", 0.5, "normal"), ("non-clr", 0.0, "off")])
def test_a_call_at_hand_is_obeyed_and_later_ones_are_not_known(
    resource: str, draws: float, mode: str
) -> None:
    site, made = parse_site(CALLED_SITE.format(resource)), made_up_prices(70)
    rows = made.hours - 30
    at = made.clock(site.zoneinfo).local[rows].item()

    def planned(*hours: int) -> list[dict[str, object]]:
        share = np.zeros(made.hours)
        share[[rows + hour for hour in hours]] = 0.5
        history = made.with_columns(
            {**made.columns, "as_rrs": np.full(made.hours, 90.0), "rrs_called": share}
        )
        answer = plan(site, history, at, 12, network=NETWORK).to_dict()
        return [hour["groups"][0] for hour in answer["hours"]]

    bare, called, later = planned(), planned(0, 1, 7), planned(7)
    assert later == bare and bare[0]["mode"] == "normal"
    assert [group["mode"] for group in called[:2]] == [mode, mode] and called[2:] == bare[2:]
    assert called[0]["power_mw"] == pytest.approx(draws * bare[0]["power_mw"])
    assert called[1]["reason"].startswith("called: ") and called[0]["reserve_mw"] == bare[0]["reserve_mw"] > 0


def test_a_battery_trades_where_a_site_is_averse_to_risk() -> None:
    """The price an hour is decided by weighs ranks as the value of stored energy does."""
    site = parse_site(
        'name = "Averse"\nlimit_mw = 20\nrisk_aversion = 0.3\n[power]\nkind = "indexed"\n'
        '[[machines]]\nname = "hall"\nmodel = "Antminer S21"\ncount = 600\n'
        "[battery]\npower_mw = 2\nenergy_mwh = 5\n"
    )
    prices = made_up_prices(96)
    for day in (datetime(2024, 3, 29), datetime(2024, 3, 31), datetime(2024, 4, 2)):
        planned = plan(site, prices, day, 34, network=NETWORK).plant
        assert planned is not None
        assert (planned.battery_mw > 1).any() and (planned.battery_mw < -1).any()
