"""What the chance of a peak is learned from: tariffs in force, and bundled loads where there are few."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import (
    CoincidentPeak,
    InvalidPrices,
    PriceHistory,
    RollingHorizon,
    Site,
    backtest,
    load_site,
    load_zone,
    plan,
    read_prices,
)
from hashpivot.site.information._peak_chances import peak_chances
from hashpivot.site.markets import load_market

NETWORK = NetworkHistory.load()
EVERY_MONTH = tuple(range(1, 13))
FOUR = CoincidentPeak("four peaks", date(2000, 1, 1), date(2026, 12, 31), usd_per_kw_year=60.0)
TWELVE = CoincidentPeak("twelve peaks", date(2027, 1, 1), date(2100, 1, 1), EVERY_MONTH, 60.0)
SUMMER = (date(2024, 6, 1), date(2024, 9, 30))


def days(prices: PriceHistory, site: Site, first: date, last: date) -> np.ndarray:
    return prices.clock(site.zoneinfo).between(first, last)


def cut(prices: PriceHistory, site: Site, first: date, last: date) -> PriceHistory:
    inside = np.flatnonzero(days(prices, site, first, last))
    return prices.part(int(inside[0]), int(inside[-1]) + 1)


def test_a_tariff_not_in_force_changes_nothing(west: Site, hours: PriceHistory) -> None:
    now, later = replace(west, tariffs=(FOUR,)), replace(west, tariffs=(FOUR, TWELVE))
    july, ours = (date(2024, 7, 1), date(2024, 7, 10)), (RollingHorizon(),)
    alone, both = (backtest(site, hours, *july, network=NETWORK, policies=ours) for site in (now, later))
    assert alone.to_dict() == both.to_dict() and alone.peak_chance.any()
    assert np.array_equal(alone.peak_chance, both.peak_chance)


def test_a_tariff_counts_from_its_first_day(west: Site, hours: PriceHistory) -> None:
    began = replace(TWELVE, start=date(2024, 3, 16))
    site = replace(west, tariffs=(replace(FOUR, end=date(2024, 3, 15)), began))
    decided = days(hours, site, date(2024, 2, 1), date(2024, 4, 30))
    chance, _ = peak_chances(site, hours, decided)
    assert not chance[days(hours, site, date(2017, 1, 1), date(2024, 3, 15))].any()
    assert chance[days(hours, site, date(2024, 3, 16), date(2024, 4, 30))].any()
    assert not chance[~decided].any()


def test_only_months_decided_are_learned_for(west: Site, hours: PriceHistory, monkeypatch) -> None:
    from hashpivot.site.forecast.peaks import _next_hour

    fits: list[int] = []
    fit = _next_hour.logistic
    monkeypatch.setattr(
        _next_hour, "logistic", lambda rows, *rest: fits.append(len(rows)) or fit(rows, *rest)
    )
    site = replace(
        west, tariffs=(replace(TWELVE, start=date(2020, 1, 1)), replace(FOUR, end=date(2019, 12, 31)))
    )
    peak_chances(site, hours, days(hours, site, date(2024, 3, 10), date(2024, 3, 20)))
    month = len(fits)
    peak_chances(site, hours, days(hours, site, date(2024, 3, 10), date(2024, 4, 9)))
    assert 0 < month == (len(fits) - month) / 2


def test_too_few_loads_are_learned_from_bundled_ones_and_noted(west: Site, hours: PriceHistory) -> None:
    site = replace(west, tariffs=(FOUR,))
    short = cut(hours, site, date(2024, 4, 15), SUMMER[1])
    decided = days(short, site, *SUMMER)
    chance, [note] = peak_chances(site, short, decided)
    assert "2024-06 to 2024-09" in note and "bundled loads of ERCOT of earlier years" in note
    whole, none = peak_chances(site, hours, days(hours, site, *SUMMER))
    assert not none
    june = days(short, site, date(2024, 6, 1), date(2024, 6, 30))
    assert np.allclose(chance[june], whole[days(hours, site, date(2024, 6, 1), date(2024, 6, 30))])
    _, [other] = peak_chances(replace(site, market=load_market("pjm")), short, decided)
    assert "another market" in other


def test_bundled_loads_of_the_hours_decided_and_later_are_not_learned_from(west: Site, monkeypatch) -> None:
    from hashpivot.site.information import _peak_chances

    site, bundled = replace(west, tariffs=(FOUR,)), load_zone("LZ_WEST")
    short = cut(bundled, site, date(2023, 4, 15), date(2023, 9, 30))
    decided = days(short, site, date(2023, 6, 20), date(2023, 9, 30))
    chance, _ = peak_chances(site, short, decided)
    load = bundled["load_mw"].copy()
    load[days(bundled, site, date(2023, 4, 1), date(2024, 12, 31))] *= np.random.default_rng(3).uniform(
        0.5, 2
    )
    wild = bundled.with_columns({**bundled.columns, "load_mw": load})
    monkeypatch.setattr(_peak_chances, "load_zone", lambda _zone: wild)
    assert np.array_equal(peak_chances(site, short, decided)[0], chance)


def test_without_enough_loads_anywhere_it_is_refused(west: Site, hours: PriceHistory) -> None:
    site = replace(west, tariffs=(FOUR,))
    with pytest.raises(InvalidPrices, match="fewer than 4 months whose peak counts lie before 2017-09"):
        peak_chances(site, hours, days(hours, site, date(2017, 9, 1), date(2017, 9, 30)))
    spring = days(hours, site, date(2017, 4, 1), date(2017, 5, 31))
    assert not peak_chances(site, hours, spring)[0].any()  # nothing counts then


def test_a_month_not_over_is_charged_on_its_highest_load_so_far(west: Site, hours: PriceHistory) -> None:
    site = replace(west, tariffs=(FOUR,))
    until = cut(hours, site, date(2024, 1, 1), date(2024, 8, 20))
    done = backtest(site, until, date(2024, 8, 1), date(2024, 8, 20), network=NETWORK)
    assert any("end before 2024-08 does" in n and "2024-08-20T17" in n for n in done.notes)
    assert done.pnl["always_on"].usd["tariffs"].sum() < 0
    assert done.uplift_usd("threshold") > 0


def test_a_peak_outside_the_days_asked_for_is_noted(west: Site, hours: PriceHistory) -> None:
    done = backtest(
        replace(west, tariffs=(FOUR,)), hours, date(2024, 8, 1), date(2024, 8, 15), network=NETWORK
    )
    assert any("peak of 2024-08, 2024-08-20T17:00, lies outside" in note for note in done.notes)
    assert done.pnl["always_on"].usd["tariffs"].sum() == 0


def test_hours_too_close_to_call_are_noted(west: Site, hours: PriceHistory) -> None:
    """ERCOT charges for a quarter hour; in July 2024 two hours lie 3 MW apart."""
    done = backtest(
        replace(west, tariffs=(FOUR,)), hours, date(2024, 7, 1), date(2024, 8, 31), network=NETWORK
    )
    [note] = [note for note in done.notes if "apart" in note]
    assert "2024-07" in note and "2024-08" not in note


@pytest.mark.parametrize(
    ("site", "prices"), [("site_cp_summer", "summer"), ("site_cp_mid_aug", "ends_mid_aug")]
)
def test_a_short_file_of_the_cases_avoids_its_peaks(shared: Path, site: str, prices: str) -> None:
    folder = shared.parent / "cases" / "site"
    table = read_prices(folder / f"{prices}.csv")
    last = {"summer": date(2024, 9, 30), "ends_mid_aug": date(2024, 8, 20)}[prices]
    done = backtest(load_site(folder / f"{site}.toml"), table, date(2024, 7, 1), last, network=NETWORK)
    assert (
        done.tariff_avoided_usd("rolling_horizon") > 0.99 * done.tariff_avoided_usd("perfect_foresight") > 0
    )
    assert any("bundled loads" in note for note in done.notes)


def planned(site: Site, prices: PriceHistory, at: datetime) -> list[float]:
    made = plan(site, prices, at, 10, network=NETWORK)
    return [made.hour(t)["peak_probability"] for t in range(10)]


def test_a_plan_sees_the_peak_hours_ahead(west: Site, hours: PriceHistory) -> None:
    """Loads of a day before stood in for those ahead, and made the chance of the day's peak nothing."""
    seen = planned(west, hours, datetime(2024, 8, 20, 10))
    assert int(np.argmax(seen)) == 7 and seen[7] > 0.01  # 17:00, the month's highest
    assert planned(west, hours, datetime(2024, 10, 20, 10)) == [0.0] * 10
    short = cut(hours, west, date(2024, 4, 15), SUMMER[1])
    assert max(planned(west, short, datetime(2024, 8, 20, 10))) > 0.01  # learned from bundled loads


def test_a_plan_does_not_see_loads_ahead(west: Site, hours: PriceHistory) -> None:
    load = hours["load_mw"].copy()
    at = datetime(2024, 8, 20, 14)
    load[hours.clock(west.zoneinfo).local >= np.datetime64(at)] *= 1.3
    assert planned(west, hours.with_columns({**hours.columns, "load_mw": load}), at) == planned(
        west, hours, at
    )
