"""Hours filled for the settlement are not shown to policies, which see the last price before."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import (
    Backtest,
    PriceHistory,
    RealTimeForecaster,
    RollingHorizon,
    Site,
    backtest,
    default_policies,
    load_site,
    load_zone,
    make_price_history,
    plan,
    read_prices,
)

NETWORK = NetworkHistory.load()
START, END = date(2024, 3, 4), date(2024, 4, 5)
GAP = 24 * 80


@pytest.fixture
def gapped(made: PriceHistory) -> Callable[[float, int], PriceHistory]:
    """Prices without rows of two hours, and a real-time price of one's choice after them."""

    def with_price(after: float, gap: int = GAP) -> PriceHistory:
        columns = {name: values.copy() for name, values in made.items()}
        columns["rt_usd_per_mwh"][gap + 2] = after
        there = np.ones(made.hours, dtype=bool)
        there[gap : gap + 2] = False
        kept = {name: values[there] for name, values in columns.items()}
        return make_price_history(made.ts_utc[there], kept, "made", "made", fill_gaps=True)

    return with_price


def test_what_is_seen_is_the_last_price_before(gapped: Callable[[float], PriceHistory]) -> None:
    table = gapped(4000.0)
    assert np.flatnonzero(table.filled).tolist() == [GAP, GAP + 1]
    assert table.rt[GAP - 1] < table.rt[GAP] < table.rt[GAP + 1] < 4000
    seen = table.as_seen()
    for name in ("rt_usd_per_mwh", "da_usd_per_mwh"):
        assert (seen[name][GAP : GAP + 2] == table[name][GAP - 1]).all()
        assert np.array_equal(seen[name][~table.filled], table[name][~table.filled])
    assert np.array_equal(table.part(GAP - 5, GAP + 9).as_seen().rt, seen.rt[GAP - 5 : GAP + 9])
    assert seen.as_seen().rt is seen.rt


@pytest.mark.parametrize("regime", ["live", "lagged"])
@pytest.mark.parametrize("example", ["west_texas", "hedged_reserves"])
def test_no_policy_acts_on_the_price_after_a_gap(
    gapped: Callable[[float], PriceHistory], example: str, regime: str
) -> None:
    site = load_site(example)
    policies = [p for p in default_policies() if p.name not in ("always_on", "perfect_foresight")]
    assert len(policies) > 2
    last = date(2024, 3, 26)
    spike, calm = (
        backtest(site, gapped(after), START, last, regime=regime, network=NETWORK, policies=policies)
        for after in (4000.0, 30.0)
    )
    until = GAP + 2 - spike.window.first
    for name in spike.policies:
        one, other = spike.operations[name], calm.operations[name]
        assert np.array_equal(one.modes[:until], other.modes[:until]), name
        assert np.array_equal(one.committed_mw[:until], other.committed_mw[:until]), name
    settled = [done.pnl["threshold"].usd["power"][until - 2 : until] for done in (spike, calm)]
    assert example == "hedged_reserves" or (settled[0] != settled[1]).all()


def test_a_month_with_a_short_gap_of_load_is_charged(west: Site, made: PriceHistory) -> None:
    """On the highest load that is known; policies see the last before the gap, not what fills it."""
    west = replace(west, tariffs=tuple(replace(t, months=(3, 4)) for t in west.tariffs))
    clock = made.clock(west.zoneinfo)
    march = np.flatnonzero(clock.month == np.datetime64("2024-03"))
    peak = int(march[made["load_mw"][march].argmax()])
    gap = next(t for t in march if t > peak + 24 and clock.hour[t] == 13)

    def run(after: float) -> Backtest:
        columns = {name: values.copy() for name, values in made.items()}
        columns["load_mw"][gap : gap + 3] = np.nan
        columns["load_mw"][gap + 3] *= after
        table = make_price_history(made.ts_utc, columns, "made", "made", fill_gaps=True)
        return backtest(west, table, date(2024, 3, 4), date(2024, 4, 5), network=NETWORK)

    calm, high = run(1.0), run(1.5)
    assert any("load_mw is missing in some hours: filled in" in note for note in calm.notes)
    until = gap + 3 - calm.window.first
    for name in set(calm.policies) - {"perfect_foresight"}:
        one, other = (done.operations[name].modes[:until] for done in (calm, high))
        assert np.array_equal(one, other), name
    one, other = (done.window.knowledge.peak_chance[: gap + 3] for done in (calm, high))
    assert one == pytest.approx(other, rel=1e-9)
    charged = [row["month"] for row in calm.bill("always_on").records() if row["kind"] == "coincident_peak"]
    assert "2024-03" in charged


def test_trees_do_not_see_it_either(west: Site, gapped: Callable[[float], PriceHistory]) -> None:
    pytest.importorskip("lightgbm", reason="lightgbm is not installed")
    learned = (RollingHorizon(RealTimeForecaster),)
    last = date(2024, 3, 24)
    spike, calm = (
        backtest(west, gapped(after), START, last, regime="lagged", network=NETWORK, policies=learned)
        for after in (4000.0, 30.0)
    )
    until = GAP + 2 - spike.window.first
    modes = [done.operations["rolling_horizon"].modes[:until] for done in (spike, calm)]
    assert np.array_equal(*modes)


def test_the_answer_says_how_many_and_where(west: Site, gapped: Callable[..., PriceHistory]) -> None:
    def notes(done: Backtest) -> list[str]:
        return [note for note in done.notes if "filled" in note]

    [inside] = notes(backtest(west, gapped(30.0), START, END, network=NETWORK))
    assert inside.startswith("2 hours of prices not published hour by hour: filled in")
    assert "(2024-03-21T06:00Z to 2024-03-21T07:00Z)" in inside
    early = gapped(30.0, 24 * 10)
    [before] = notes(backtest(west, early, START, END, network=NETWORK))
    assert "before the first day" in before and "2024-01-11T06:00Z" in before
    planned = plan(west, early, network=NETWORK)
    assert any("before the first day" in note for note in planned.to_dict()["notes"])


def test_bundled_hours_not_published_are_not_seen() -> None:
    """A gap of days filled from the weeks around it, and the autumn hour that is a mean of two."""
    hours = load_zone("LZ_WEST")
    seen = hours.as_seen()
    changed = np.flatnonzero(seen.rt != hours.rt)
    assert len(changed) and hours.filled[changed].all()
    autumn = np.searchsorted(hours.ts_utc, np.datetime64("2021-11-07T06:00"))
    assert seen.rt[autumn] == hours.rt[autumn - 1] and seen.da[autumn] == hours.da[autumn]


@pytest.mark.parametrize("after", [30, 4000])
def test_the_cases_decide_alike_before_the_price_is_seen(shared: Path, after: int) -> None:
    folder = shared.parent / "cases" / "site"
    site = load_site(folder / "site_plain.toml")
    runs = [
        backtest(
            site,
            read_prices(folder / f"gap_before_{price}.csv", fill_gaps=True),
            date(2024, 3, 10),
            date(2024, 3, 19),
            network=NETWORK,
        )
        for price in (after, 30)
    ]
    [gap] = np.flatnonzero(runs[0].hours.prices.filled)
    for name in ("threshold", "threshold_day_ahead", "rolling_horizon"):
        one, other = (run.operations[name].modes[: gap + 1] for run in runs)
        assert np.array_equal(one, other)
