"""Markets as data: every entry with a source, rules by date, and a site that takes its market's clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import UnknownKey
from hashpivot.site import Clock, InvalidSite, parse_site, read_prices
from hashpivot.site.forecast import gates, known_until, publications, tomorrow_known
from hashpivot.site.information import knowledge_of
from hashpivot.site.markets import DayAheadAuction, load_market, market_names

SITE = """
name = "S"
limit_mw = 10
[power]
kind = "indexed"
[[machines]]
name = "m"
model = "Antminer S21"
count = 1000
"""


@pytest.mark.parametrize("name", market_names())
def test_every_entry_has_a_source_and_fits(name: str) -> None:
    market = load_market(name)
    ZoneInfo(market.timezone)
    assert len(market.currency) == 3 and 60 % market.real_time_minutes == 0
    rules = (*market.day_ahead, *market.price_caps, *market.ancillary, *market.tariffs)
    rules += market.load_resources
    assert all(len(rule.source) > 20 for rule in rules) and len(market.real_time_source) > 20
    for auction in market.day_ahead:
        assert 0 < auction.gate_minute < auction.published_minute < 24 * 60 and 60 % auction.minutes == 0
    for dated in (market.day_ahead, market.price_caps, market.ancillary):
        starts = [rule.start for rule in dated]
        assert starts == sorted(set(starts))
    assert {rule.settlement for rule in market.ancillary} <= {"day_ahead", "co_optimised"}
    sold = {product for rule in market.ancillary for product in rule.products}
    for resource in market.load_resources:
        assert resource.kind in ("clr", "non-clr") and set(resource.products) <= sold
        assert resource.minimum_mw > 0 and (resource.restore_hours > 0) == (resource.kind == "non-clr")
    assert {tariff.kind for tariff in market.tariffs} <= {"coincident_peak", "energy", "demand", ""}


def test_rules_hold_from_their_first_day() -> None:
    nord_pool, ercot = load_market("nord_pool"), load_market("ercot")
    day = date(2025, 9, 30)
    assert nord_pool.auction(day).minutes == 60 and nord_pool.auction(date(2025, 10, 1)).minutes == 15
    assert ercot.co_optimised_from == date(2025, 12, 5)
    assert (ercot.gate_minute(day), ercot.published_minute(day)) == (10 * 60, 13 * 60 + 30)
    assert load_market("aeso").auction(day) is None and load_market("caiso").co_optimised_from is None


def test_gate_and_publication_are_those_in_force_on_the_day_asked() -> None:
    """Delivery days of 10 and 11 March 2024 are auctioned by different rules; before the first, none are."""
    early = DayAheadAuction(date(2024, 3, 9), 60, 9 * 60, 11 * 60, "the first rules")
    late = DayAheadAuction(date(2024, 3, 11), 60, 12 * 60, 15 * 60, "the newest rules")
    market = replace(load_market("miso"), day_ahead=(early, late))
    days = [date(2024, 3, 8), date(2024, 3, 10), date(2024, 3, 11)]
    assert [market.gate_minute(day) for day in days] == [14 * 60, 9 * 60, 12 * 60]
    assert [market.published_minute(day) for day in days] == [14 * 60, 11 * 60, 15 * 60]
    clock = Clock(np.datetime64("2024-03-07T05", "h") + np.arange(4 * 24), ZoneInfo(market.timezone))
    assert clock.hour[publications(clock, market)].tolist() == [14, 11, 11, 15]
    assert clock.hour[gates(clock, market, np.array([24, 48, 72]))].tolist() == [14, 9, 9]


def test_a_site_takes_its_markets_clock() -> None:
    site = parse_site('market = "nord_pool"\n' + SITE)
    assert site.market.key == "nord_pool" and site.timezone == "Europe/Oslo"
    assert parse_site(SITE).market.key == "ercot" and parse_site(SITE).timezone == "America/Chicago"
    assert parse_site('market = "ercot"\ntimezone = "US/Central"\n' + SITE).timezone == "US/Central"
    with pytest.raises(InvalidSite, match="but the market keeps America/Chicago"):
        parse_site('market = "ercot"\ntimezone = "America/Denver"\n' + SITE)
    with pytest.raises(InvalidSite, match="market must be one of aeso, caiso, ercot"):
        parse_site('market = "ercott"\n' + SITE)
    with pytest.raises(UnknownKey):
        load_market("../ercot")


def test_reserve_products_are_the_markets(tmp_path: Path) -> None:
    reserve = '\n[[reserves]]\nproduct = "synchronized_reserve"\n'
    site = parse_site('market = "pjm"\n' + SITE + reserve)
    assert site.reserves[0].column == "as_synchronized_reserve"
    with pytest.raises(InvalidSite, match="'synchronized_reserve' is not sold in ERCOT: ecrs, nspin"):
        parse_site(SITE + reserve)
    path = tmp_path / "p.csv"
    head = "ts_utc,rt_usd_per_mwh,da_usd_per_mwh,as_synchronized_reserve,rt_as_synchronized_reserve"
    rows = "".join(f"2024-05-01T{hour:02}:00Z,30,31,4,3\n" for hour in range(24))
    path.write_text(f"{head}\n{rows}", encoding="utf-8")
    prices = read_prices(path, timezone=site.timezone)
    hours = knowledge_of(site, prices, NetworkHistory.load()).actual
    assert hours.reserve_prices.cleared.all() and not hours.notes


@pytest.mark.parametrize(
    ("market", "keys", "said"),
    [
        (
            "ercot",
            'product = "regup"\nresource = "non-clr"',
            """'regup' may not be sold by a non-clr load resource \
in ERCOT, which may sell rrs, ecrs, nspin; regup is sold with resource = "clr\"""",
        ),
        ("pjm", 'product = "non_synchronized_reserve"', "which may sell regulation, synchronized_reserve"),
        ("ercot", 'product = "nspin"\nresource = "non-clr"', "give it start = 2022-06-01 or later"),
        ("ercot", 'product = "rrs"\ncap_mw = 0.05', "'rrs' is offered from 0.1 MW on, the site has 0.05"),
        ("ercot", 'product = "rrs"\nresource = "ncl"', "resource must be one of clr, non-clr, not 'ncl'"),
        (
            "ercot",
            'product = "rrs"\nresource = "non-clr"\n[[reserves]]\nproduct = "ecrs"',
            "'rrs' is sold as non-clr and 'ecrs' as clr at the same time",
        ),
    ],
)
def test_what_a_load_resource_may_not_sell_is_refused(market: str, keys: str, said: str) -> None:
    with pytest.raises(InvalidSite) as refused:
        parse_site(f'market = "{market}"\n{SITE}\n[[reserves]]\n{keys}\n')
    assert said in str(refused.value)


def test_a_load_that_returns_too_late_may_not_be_sold_as_a_block() -> None:
    slow, reserve = SITE + "min_off_hours = 4\n", '[[reserves]]\nproduct = "rrs"\nresource = "{}"\n'
    assert parse_site(slow + reserve.format("clr")).reserves[0].resource == "clr"
    with pytest.raises(
        InvalidSite, match="is restored within 3 hours, but machines 'm' have a longer min_off"
    ):
        parse_site(slow + reserve.format("non-clr"))
    parse_site(slow + "reserve_share = 0\n" + reserve.format("non-clr"))


@pytest.mark.parametrize(
    ("name", "published", "gate"),
    [("ercot", 14, 10), ("miso", 14, 10), ("nord_pool", 13, 12), ("caiso", 13, 10), ("aeso", 14, 14)],
)
def test_hours_of_gate_and_publication_come_from_the_market(name: str, published: int, gate: int) -> None:
    """Whole hours: what is published at 13:30 is known from the hour that begins at 14:00."""
    market = load_market(name)
    ts_utc = np.datetime64("2024-03-08T00", "h") + np.arange(5 * 24)  # over the clock change of Texas
    clock = Clock(ts_utc, ZoneInfo(market.timezone))
    starts = np.flatnonzero(clock.hour == 0)[1:]
    assert set(clock.hour[publications(clock, market)]) == {published}
    assert set(clock.hour[gates(clock, market, starts)]) == {gate}
    assert (clock.day[gates(clock, market, starts)] + np.timedelta64(1, "D") == clock.day[starts]).all()
    known = tomorrow_known(clock, market)
    assert (known == (clock.hour >= published)).all()
    until = np.minimum(known_until(ts_utc, market), len(ts_utc)) - 1
    assert (clock.day[until] <= clock.day + known).all()
