"""Bills of every family of charges, each checked against one worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import Bill, InvalidSite, PriceHistory, Site, backtest, make_price_history, parse_site
from hashpivot.site.economics import at_site, bill, peak_hours

INDEXED = 'kind = "indexed"'
TAX_AND_POWER = 'kind = "tax"\nshare = 0.1\n[[tariffs]]\nname = "power"\nkind = "energy"\nusd_per_mwh = 1'
SITE = """
name = "Test"
limit_mw = 100
timezone = "UTC"
[power]
kind = "indexed"
[[machines]]
name = "hall"
model = "Antminer S21"
count = 2000
"""


def history(start: str, days: float, minutes: int = 60, **columns: object) -> PriceHistory:
    count = int(days * 1440 / minutes)
    ts = np.datetime64(start, "m") + np.arange(count) * np.timedelta64(minutes, "m")
    full = {"rt_usd_per_mwh": 40.0, "da_usd_per_mwh": 35.0, **columns}
    filled = {name: np.broadcast_to(np.asarray(v, dtype=float), count).copy() for name, v in full.items()}
    return make_price_history(ts, filled, "test", "test")


def site_with(text: str, power: str = 'kind = "indexed"') -> Site:
    return parse_site(SITE.replace('kind = "indexed"', power) + text)


def billed(site: Site, prices: PriceHistory, drawn: object) -> Bill:
    prices = at_site(site, prices)
    clock = prices.clock(site.zoneinfo)
    drawn_mw = np.broadcast_to(np.asarray(drawn, dtype=float), prices.hours)
    return bill(site, prices, clock, peak_hours(site, prices, clock), drawn_mw)


def total(site: Site, prices: PriceHistory, drawn: object, name: str = "t") -> float:
    return float(billed(site, prices, drawn).tariffs_usd[name].sum())


def tariff(kind: str, **keys: object) -> str:
    rows = "".join(f"{key} = {value}\n" for key, value in keys.items())
    return f'[[tariffs]]\nname = "t"\nkind = "{kind}"\n{rows}'


def test_two_demand_riders_add_up() -> None:
    """USD 60 and 10 a kW-year on 100 MW contracted, 31 days: 70 x 100,000 kW x 744 / 8,760 hours."""
    rows = [
        f'[[tariffs]]\nname = "{name}"\nkind = "demand"\nusd_per_kw_year = {rate}\n'
        for name, rate in (("delivery demand", 60), ("standby rider", 10))
    ]
    done = billed(site_with("".join(rows)), history("2025-07-01", 31), 3.0)
    assert done.tariff_total_usd.sum() == pytest.approx(70 * 100_000 * 744 / 8760)
    assert done.tariffs_usd["standby rider"].sum() == pytest.approx(10 * 100_000 * 744 / 8760)


@pytest.mark.parametrize(("start", "days"), [("2024-01-01", 366), ("2025-01-01", 365)])
def test_a_year_of_contracted_demand_costs_its_rate(start: str, days: int) -> None:
    """USD 60 a kW-year on 100 MW contracted: 6 m a year, also in a leap year."""
    text = tariff("demand", usd_per_kw_year=60)
    assert total(site_with(text), history(start, days), 3.0) == pytest.approx(6_000_000)


def test_four_coincident_peaks() -> None:
    """July's load is highest on the 10th at 17:00, when 8 MW are drawn: 8,000 kW x USD 60 / 4."""
    load = 50_000 + np.zeros(744)
    load[9 * 24 + 17] = 80_000
    drawn = np.full(744, 20.0)
    drawn[9 * 24 + 17] = 8.0
    site = site_with(tariff("coincident_peak", usd_per_kw_year=60))
    assert total(site, history("2025-07-01", 31, load_mw=load), drawn) == pytest.approx(8_000 * 60 / 4)
    assert total(site, history("2025-10-01", 31, load_mw=load), drawn) == 0  # no month of the four
    so_far = total(site, history("2025-07-01", 30, load_mw=load[:720]), drawn[:720])
    assert so_far == pytest.approx(8_000 * 60 / 4)  # a month not over is billed on its highest load so far
    assert (
        total(site, history("2025-07-02", 30, load_mw=load[24:]), drawn[24:]) == 0
    )  # not from its first day


def test_loads_and_power_are_averaged_to_the_tariffs_interval() -> None:
    """Five-minute loads spike for 5 minutes in one hour; another hour, of higher mean, is the peak.

    In it half the 5-minute intervals draw 10 MW and half 4 MW: 7,000 kW x USD 60 / 4 are billed. For a
    30-minute tariff the half hour of 10 MW has the higher load: 10,000 kW x USD 60 / 4.
    """
    count = 31 * 288
    load, drawn = np.full(count, 50_000.0), np.full(count, 20.0)
    load[9 * 288 + 12 * 10] = 90_000  # its hour's mean is 53,333
    hour = slice(19 * 288 + 12 * 16, 19 * 288 + 12 * 17)
    load[hour], drawn[hour] = np.repeat([70_000, 60_000], 6), np.repeat([10.0, 4.0], 6)
    prices = history("2025-07-01", 31, 5, load_mw=load)
    hourly = site_with(tariff("coincident_peak", usd_per_kw_year=60))
    assert total(hourly, prices, drawn) == pytest.approx(7_000 * 60 / 4)
    half_hourly = site_with(tariff("coincident_peak", usd_per_kw_year=60, interval_minutes=30))
    assert total(half_hourly, prices, drawn) == pytest.approx(10_000 * 60 / 4)


def test_five_coincident_peaks_lie_on_different_days() -> None:
    """The two highest hours lie on one day, so five days count: 10 + 20 + 30 + 40 + 50 MW at USD 100 / 5."""
    hours = 122 * 24  # June to September
    load, drawn = np.full(hours, 90_000.0), np.full(hours, 70.0)
    for n, day in enumerate((5, 20, 40, 60, 80)):
        load[day * 24 + 17], drawn[day * 24 + 17] = 150_000 - n * 1000, 10.0 * (n + 1)
    load[5 * 24 + 18] = 149_500  # second of all hours, on the day of the first
    site = site_with(tariff("coincident_peak", usd_per_kw_year=100, peak_days=5))
    prices = history("2025-06-01", 122, load_mw=load)
    assert total(site, prices, drawn) == pytest.approx((10 + 20 + 30 + 40 + 50) * 1000 * 100 / 5)
    assert total(site, prices.part(0, hours - 24), drawn[:-24]) == 0  # no whole season


def test_a_season_may_cross_the_new_year() -> None:
    """November to February: one season, its highest hour on 9 January: 5,000 kW x USD 12."""
    load, drawn = np.full(120 * 24, 30_000.0), np.full(120 * 24, 50.0)
    at = (30 + 31 + 8) * 24 + 7
    load[at], drawn[at] = 40_000, 5.0
    keys = {"months": [11, 12, 1, 2], "usd_per_kw_year": 12, "peak_days": 1}
    site = site_with(tariff("coincident_peak", **keys))
    assert total(site, history("2025-11-01", 120, load_mw=load), drawn) == pytest.approx(5_000 * 12)


def test_own_peak_in_its_window_and_a_month_in_part() -> None:
    """On weekdays from 12:00 to 19:00 at most 30 MW, at night 90 MW: 30,000 kW x USD 9; half June: 15/30."""
    prices = history("2025-06-01", 30)  # a Sunday
    drawn = np.full(720, 30.0)
    drawn[2] = 90.0  # Sunday at 02:00
    drawn[7 * 24 + 15] = 80.0  # Sunday at 15:00
    keys = {"usd_per_kw_month": 9, "weekdays": [1, 2, 3, 4, 5], "hours": list(range(12, 19))}
    assert total(site_with(tariff("own_peak", **keys)), prices, drawn) == pytest.approx(30_000 * 9)
    assert total(site_with(tariff("own_peak", usd_per_kw_month=9)), prices, drawn) == pytest.approx(810_000)
    half = total(site_with(tariff("own_peak", **keys)), prices.part(0, 360), drawn[:360])
    assert half == pytest.approx(30_000 * 9 / 2)
    holiday = keys | {"except_days": "[2025-06-03]"}
    drawn[2 * 24 + 13] = 70.0  # Tuesday the 3rd at 13:00
    assert total(site_with(tariff("own_peak", **holiday)), prices, drawn) == pytest.approx(30_000 * 9)
    assert total(site_with(tariff("own_peak", **keys)), prices, drawn) == pytest.approx(70_000 * 9)


def test_own_demand_is_averaged_over_its_interval() -> None:
    """Ten minutes at 90 MW and five at 60 in one quarter, 60 else: (2 x 90 + 60) / 3 = 80 MW x USD 5."""
    drawn = np.full(30 * 288, 60.0)
    drawn[300:302] = 90.0  # 01:00 on the 2nd
    prices = history("2025-06-01", 30, 5)
    assert total(site_with(tariff("own_peak", usd_per_kw_month=5)), prices, drawn) == pytest.approx(400_000)
    half = tariff("own_peak", usd_per_kw_month=5, interval_minutes=30)  # (2 x 90 + 4 x 60) / 6 = 70 MW
    assert total(site_with(half), prices, drawn) == pytest.approx(350_000)


RATCHET = {"usd_per_kw_month": 2, "ratchet_share": 0.8, "ratchet_months": 2}


def test_a_ratchet_bills_a_share_of_the_highest_month_before() -> None:
    """Own peaks 100, 50, 60, 30 MW; 80% of the highest of two months before is billed at least.

    January 100; February 80 (of January); March 80 (of January); April 48 (of March): 308 MW x USD 2,000.
    """
    prices = history("2025-01-01", 120)
    month = prices.clock(parse_site(SITE).zoneinfo).month_of_year
    drawn = np.array([0, 100.0, 50.0, 60.0, 30.0])[month]
    assert total(site_with(tariff("own_peak", **RATCHET)), prices, drawn) == pytest.approx(308 * 2000)
    past = tariff("own_peak", **RATCHET) + '[tariffs.past_peaks_mw]\n"2024-12" = 150\n"2024-10" = 900\n'
    # December's 150 MW bill 120 in January and February; October's lie further back than two months
    assert total(site_with(past), prices, drawn) == pytest.approx((120 + 120 + 80 + 48) * 2000)
    least = tariff("own_peak", **RATCHET, minimum_share=0.5, contracted_mw=110)
    assert total(site_with(least), prices, drawn) == pytest.approx((100 + 80 + 80 + 55) * 2000)


def test_energy_by_season_weekday_and_hour() -> None:
    """USD 20 a MWh on weekdays from 14:00 to 16:00 in June: 21 weekdays x 2 hours x 10 MW x USD 20."""
    keys = {"usd_per_mwh": 20, "months": [6], "weekdays": [1, 2, 3, 4, 5], "hours": [14, 15]}
    site = site_with(tariff("energy", **keys))
    for minutes in (5, 15, 30, 60):
        assert total(site, history("2025-06-01", 61, minutes), 10.0) == pytest.approx(21 * 2 * 10 * 20)


def test_pass_through_of_the_price_losses_and_an_adder() -> None:
    """At USD 40 with a fee of 2%, losses of 3% and USD 1.5: 10 MW x 24 h x (40 x 5% + 1.5)."""
    site = site_with(tariff("pass_through", share=0.02, losses=0.03, usd_per_mwh=1.5))
    assert total(site, history("2025-06-01", 1), 10.0) == pytest.approx(240 * (40 * 0.05 + 1.5))


def test_taxes_are_on_what_they_name() -> None:
    """10 MW x 24 h: power 9,600, delivery at USD 5 1,200; 8% on both, 2% on delivery alone."""
    rows = '[[tariffs]]\nname = "delivery"\nkind = "energy"\nusd_per_mwh = 5\n'
    rows += '[[tariffs]]\nname = "sales tax"\nkind = "tax"\nshare = 0.08\n'
    rows += '[[tariffs]]\nname = "city fee"\nkind = "tax"\nshare = 0.02\non = ["delivery"]\n'
    done = billed(site_with(rows), history("2025-06-01", 1), 10.0)
    assert done.tariffs_usd["sales tax"].sum() == pytest.approx(0.08 * (9600 + 1200))
    assert done.tariffs_usd["city fee"].sum() == pytest.approx(0.02 * 1200)
    assert done.total_usd.sum() == pytest.approx(9600 + 1200 + 864 + 24)


@pytest.mark.parametrize(
    ("extra", "power", "said"),
    [
        ('kind = "tax"\nshare = 0.1\non = ["delivery"]', INDEXED, "it may be on power"),
        (TAX_AND_POWER, INDEXED, "one named 'power'"),
        ('kind = "tax"\nshare = 0.1', 'kind = "day_ahead"\nblock_mw = 5', "sold back untaxed"),
        ('kind = "own_peak"\nusd_per_kw_month = 5\nratchet_months = 3', INDEXED, "needs ratchet_share"),
        ('kind = "own_peak"\nusd_per_kw_month = 5\ninterval_minutes = 7', INDEXED, "5, 15, 30, 60"),
        ('kind = "energy"\nusd_per_mwh = 5\nweekdays = [0]', INDEXED, "from 1 to 7"),
        ('kind = "energy"\nusd_per_mwh = 5', 'kind = "collar"', "a collar has a cap, a floor or both"),
        ('kind = "energy"\nusd_per_mwh = 5', 'kind = "blocks"', r"write \[\[power.blocks\]\]"),
        ('kind = "energy"\nusd_per_mwh = 5', 'kind = "indexed"\nbasis = "node"', "fixed, column"),
    ],
)  # fmt: skip
def test_terms_that_cannot_be_are_named(extra: str, power: str, said: str) -> None:
    with pytest.raises(InvalidSite, match=said):
        site_with(f'[[tariffs]]\nname = "t"\n{extra}\n', power)


BLOCKS = """\
kind = "blocks"
adder_usd_per_mwh = 1
[[power.blocks]]
name = "base"
mw = 20
usd_per_mwh = 30
[[power.blocks]]
name = "day-ahead"
mw = 5
price = "day_ahead"
[[power.blocks]]
name = "on-peak"
monthly_mw = [0, 0, 0, 0, 0, 30, 30, 30, 30, 0, 0, 0]
usd_per_mwh = 50
weekdays = [1, 2, 3, 4, 5]
hours = [14, 15]"""


def test_blocks_with_shapes() -> None:
    """Monday 2 June 2025, real-time 40, day-ahead 35, 30 MW drawn all day.

    Ahead: 20 MW x 24 x 30 + 30 MW x 2 x 50 + 5 MW x 24 x 35 = 21,600. In 22 hours 25 MW are ahead, so 5 MW
    are bought at 40: 4,400. In 2 hours 55 MW are ahead, so 25 MW are sold back at 40: 2,000. Adder: 720.
    """
    site = site_with("", BLOCKS)
    assert site.power.ahead_mw == 55
    done = billed(site, history("2025-06-02", 1), 30.0)
    parts = {name: pytest.approx(float(usd.sum())) for name, usd in done.power_usd.items()}
    assert parts == {"ahead": 21_600, "real_time": 4400, "sold_back": -2000, "adder": 720}
    assert done.total_usd.sum() == pytest.approx(24_720)


def test_collars() -> None:
    """Prices of 10, 50 and 500 for an hour each, floor 20, cap 80, premium 2, 10 MW used.

    On what is used: 10 x (20 + 50 + 80 + 3 x 2). On 4 MW: 10 x 560 + 4 x (10 + 0 - 420 + 6).
    """
    prices = history("2025-06-02", 3 / 24, rt_usd_per_mwh=[10.0, 50.0, 500.0])
    terms = 'kind = "collar"\nfloor_usd_per_mwh = 20\ncap_usd_per_mwh = 80\npremium_usd_per_mwh = 2\n'
    assert billed(site_with("", terms), prices, 10.0).total_usd.sum() == pytest.approx(1560)
    fixed = billed(site_with("", terms + "collar_mw = 4"), prices, 10.0)
    assert fixed.total_usd.sum() == pytest.approx(5600 - 4 * 404)


def test_basis_between_hub_and_site() -> None:
    """A block of 8 MW at 30 at the hub, 10 MW used at a price 5 above the hub's 40, then 6 MW at -3.

    First hour: 240 + 2 x 45 + 8 x 5 = 370. Second: 240 - 2 x 40 + 6 x -3 = 142.
    """
    prices = history("2025-06-02", 2 / 24, basis_usd_per_mwh=[5.0, -3.0])
    terms = 'kind = "block"\nblock_mw = 8\nblock_usd_per_mwh = 30\nbasis = "column"'
    assert billed(site_with("", terms), prices, [10.0, 6.0]).total_usd == pytest.approx([370.0, 142.0])
    fixed = 'kind = "indexed"\nbasis_usd_per_mwh = -4'
    assert billed(site_with("", fixed), prices, [10.0, 6.0]).total_usd == pytest.approx([360.0, 216.0])


def test_the_bill_names_month_and_charge() -> None:
    rows = tariff("own_peak", usd_per_kw_month=10)
    done = billed(site_with(rows), history("2025-06-01", 61), 10.0)
    assert done.records() == [
        {"month": "2025-06", "charge": "real_time", "kind": "power", "usd": 288_000.0},
        {"month": "2025-06", "charge": "t", "kind": "own_peak", "usd": 100_000.0},
        {"month": "2025-07", "charge": "real_time", "kind": "power", "usd": 297_600.0},
        {"month": "2025-07", "charge": "t", "kind": "own_peak", "usd": 100_000.0},
    ]


ROWS = [
    ("cp", 'kind = "coincident_peak"\nmonths = [1, 2, 3]\nusd_per_kw_year = {rate}\nminimum_share = 0.2'),
    ("own", 'kind = "own_peak"\nusd_per_kw_month = {rate}\nhours = [8, 9, 17]\nminimum_share = 0.1'),
    ("energy", 'kind = "energy"\nusd_per_mwh = {rate}\nweekdays = [6, 7]'),
    ("contract", 'kind = "demand"\nusd_per_kw_year = {rate}'),
    ("fee", 'kind = "pass_through"\nusd_per_mwh = {rate}\nlosses = 0.02'),
]


@settings(max_examples=20, deadline=None)
@given(
    rates=st.lists(st.floats(0, 50), min_size=5, max_size=5),
    seed=st.integers(0, 2**31),
    minutes=st.sampled_from([15, 30, 60]),
)
def test_bills_add_up_are_not_negative_and_split_at_months(
    rates: list[float], seed: int, minutes: int
) -> None:
    chance = np.random.default_rng(seed)
    count = 59 * 1440 // minutes
    load, drawn = chance.uniform(30_000, 60_000, count), chance.uniform(0, 100, count)
    prices = history("2025-01-01", 59, minutes, load_mw=load, rt_usd_per_mwh=chance.gamma(2, 20, count))
    rows = [
        f'[[tariffs]]\nname = "{name}"\n{text.format(rate=rate)}\n'
        for (name, text), rate in zip(ROWS, rates, strict=True)
    ]
    every = site_with("".join(rows))
    done = billed(every, prices, drawn)
    assert all((usd >= 0).all() for usd in done.tariffs_usd.values())
    alone = [billed(site_with(row), prices, drawn).tariff_total_usd.sum() for row in rows]
    assert done.tariff_total_usd.sum() == pytest.approx(sum(alone))
    cut = 31 * 1440 // minutes
    parts = [(prices.part(0, cut), drawn[:cut]), (prices.part(cut, count), drawn[cut:])]
    split = sum(billed(every, part, used).total_usd.sum() for part, used in parts)
    assert split == pytest.approx(done.total_usd.sum())


@pytest.mark.parametrize("minutes", [5, 15, 30])
def test_hours_repeated_at_shorter_intervals_cost_the_same(minutes: int) -> None:
    """Energy scales with the interval, demand does not: the same power in every interval of an hour."""
    chance, count = np.random.default_rng(2), 59 * 24
    load, drawn = chance.uniform(30_000, 60_000, count), chance.uniform(0, 100, count)
    columns = {"load_mw": load, "rt_usd_per_mwh": chance.gamma(2, 20, count)}
    finer = {name: np.repeat(values, 60 // minutes) for name, values in columns.items()}
    rows = [f'[[tariffs]]\nname = "{name}"\n{text.format(rate=7)}\n' for name, text in ROWS]
    site = site_with("".join(rows), BLOCKS)
    hourly = billed(site, history("2025-01-01", 59, **columns), drawn)
    other = billed(site, history("2025-01-01", 59, minutes, **finer), np.repeat(drawn, 60 // minutes))
    for one, same in ((hourly.tariffs_usd, other.tariffs_usd), (hourly.power_usd, other.power_usd)):
        assert {name: pytest.approx(usd.sum()) for name, usd in one.items()} == {
            name: usd.sum() for name, usd in same.items()
        }


def test_a_ratchet_splits_at_a_month_if_past_peaks_are_given() -> None:
    prices = history("2025-01-01", 90)
    drawn = np.random.default_rng(1).uniform(0, 100, prices.hours)
    drawn[31 * 24 :] *= 0.5
    site = site_with(tariff("own_peak", **RATCHET))
    first, second = (31 * 24, drawn[: 31 * 24]), drawn[31 * 24 :]
    past = (("2025-01", float(first[1].max())),)
    later = replace(site, tariffs=(replace(site.tariffs[0], past_peaks_mw=past),))
    split = total(site, prices.part(0, first[0]), first[1])
    split += total(later, prices.part(first[0], prices.hours), second)
    assert split == pytest.approx(total(site, prices, drawn))


def test_a_clock_of_summer_time_bills_local_days() -> None:
    """The window of 00:00 to 01:00 in Chicago is 06:00 UTC in winter and 05:00 UTC in summer."""
    site = replace(site_with(tariff("energy", usd_per_mwh=1, hours=[0])), timezone="America/Chicago")
    prices = history("2025-03-08T06:00", 4)
    charged = billed(site, prices, 1.0).tariffs_usd["t"]
    assert [str(t)[8:13] for t in prices.ts_utc[charged > 0]] == ["08T06", "09T06", "10T05", "11T05", "12T05"]


def test_a_backtest_shows_the_bill_of_each_policy(made: PriceHistory, west: Site) -> None:
    """The rows of a policy add up to what its profit and loss pays for power, less what it sells back."""
    done = backtest(west, made, date(2024, 3, 4), date(2024, 4, 5), network=NetworkHistory.load())
    rows = done.to_dict()["bill"]
    for policy, pnl in done.pnl.items():
        paid = -sum(pnl.usd[name].sum() for name in ("power", "resale", "tariffs"))
        own = [row["usd"] for row in rows if row["policy"] == policy]
        assert sum(own) == pytest.approx(paid, abs=1)
    assert {row["month"] for row in rows} == {"2024-03", "2024-04"}
    assert {row["charge"] for row in rows} == {"real_time", "adder"}  # 4CP is not charged in spring


def test_a_tariff_of_part_of_a_month_charges_only_the_peak_of_the_month() -> None:
    """July's load is highest on the 10th, from the 15th on it is highest on the 20th: that is no peak."""
    prices = history(
        "2025-07-01",
        31,
        load_mw=np.r_[np.full(225, 50.0), 90.0, np.full(250, 50.0), 80.0, np.full(267, 50.0)],
    )
    for start, end, due in (("01", "31", 60), ("01", "12", 60), ("15", "31", 0), ("11", "20", 0)):
        text = tariff(
            "coincident_peak",
            usd_per_kw_year=60,
            months=[7],
            start=f"2025-07-{start}",
            end=f"2025-07-{end}",
        )
        assert total(site_with(text), prices, 8.0) == pytest.approx(8_000 * due)
