"""Foresight under charges on own peaks, against everything tried where hours stand alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import (
    AiLoad,
    CoincidentPeak,
    MeteredPeak,
    PriceHistory,
    Site,
    TimeWindow,
    backtest,
    load_site,
)
from hashpivot.site.economics import HourlyEconomics, settle_pnl
from hashpivot.site.information import knowledge_of
from hashpivot.site.solvers import perfect_foresight

NETWORK = NetworkHistory.load()
ALWAYS = (date(2024, 1, 1), date(2024, 12, 31))
AFTERNOON = TimeWindow(weekdays=(1, 2, 3, 4, 5), hours=(13, 14, 15, 16))


def free(site: Site) -> Site:
    """Without costs and times that tie one hour to another."""
    groups = tuple(
        replace(g, start_cost_usd=0.0, restart_minutes=0.0, min_on_hours=1, min_off_hours=1)
        for g in site.machines
    )
    return replace(site, machines=groups)


def own_peak(rate: float, **terms: object) -> MeteredPeak:
    return MeteredPeak("own", *ALWAYS, usd_per_kw_month=rate, **terms)  # type: ignore[arg-type]


def hours_of(site: Site, made: PriceHistory) -> HourlyEconomics:
    return knowledge_of(site, made, NETWORK).actual


def everything(hours: HourlyEconomics) -> float:
    """The best of all combinations of modes under every highest demand, month by month, each alone."""
    free_usd = hours.rewards(np.arange(hours.prices.hours), hours.prices.rt, hours.peak)
    combos = list(product(*(np.flatnonzero(row) for row in hours.possible)))
    drawn = np.array([sum(hours.power_mw[g, m] for g, m in enumerate(combo)) for combo in combos])
    usd = np.array([sum(free_usd[:, g, m] for g, m in enumerate(combo)) for combo in combos])
    [charge] = hours.own_peak_charges
    total = 0.0
    for n, rate in enumerate(charge.by_month.usd_per_mw):
        inside = charge.month == n
        counted, other = inside & charge.counts, inside & ~charge.counts
        capped = [
            usd[drawn <= level + 1e-9][:, counted].max(axis=0).sum()
            - rate * max(level, charge.by_month.least_mw[n])
            for level in np.unique(drawn)
        ]
        total += max(capped) + usd[:, other].max(axis=0).sum()
    return float(total)


@pytest.mark.parametrize("rate", [0.5, 4.0, 8.0, 20.0])
@pytest.mark.parametrize("terms", [{}, {"window": AFTERNOON}, {"minimum_share": 0.6}])
def test_foresight_is_as_good_as_trying_everything(
    west: Site, made: PriceHistory, rate: float, terms: dict[str, object]
) -> None:
    hours = hours_of(replace(free(west), tariffs=(own_peak(rate, **terms),)), made)
    _, proof = perfect_foresight(hours)
    best = everything(hours)
    assert proof.value_usd <= best + 1e-6 * abs(best)
    assert proof.bound_usd >= best - 1e-6 * abs(best)
    assert proof.gap < 5e-4


@pytest.mark.parametrize(
    ("tariffs", "gap"),
    [
        ((own_peak(6.0, ratchet_share=0.8, ratchet_months=2),), 5e-4),
        ((own_peak(3.0), replace(own_peak(4.0, window=AFTERNOON), name="afternoon")), 5e-4),
        ((own_peak(6.0), CoincidentPeak("cp", *ALWAYS, tuple(range(1, 13)), 60.0, 0.5)), 2e-3),
    ],
)
def test_charges_together_are_proven(
    west: Site, made: PriceHistory, tariffs: tuple[MeteredPeak, ...], gap: float
) -> None:
    hours = hours_of(replace(west, tariffs=tariffs), made)
    operation, proof = perfect_foresight(hours)
    assert operation.optimality_gap == proof.gap < gap
    never = replace(operation, modes=0 * operation.modes, committed_mw=0 * operation.committed_mw)
    always = replace(never, modes=np.broadcast_to(hours.normal, operation.modes.shape))
    best = settle_pnl(hours, operation).profit_usd.sum()
    assert best >= max(settle_pnl(hours, other).profit_usd.sum() for other in (never, always))


def test_ai_load_is_interrupted_to_keep_the_peak_down(west: Site, made: PriceHistory) -> None:
    """A load that loses nothing in the afternoon stays off in it: its own peak costs more than it earns."""
    load = AiLoad("jobs", flexible_mw=5.0, flexible_usd_per_mwh=40.0)
    site = replace(free(west), limit_mw=110.0, ai=(load,), tariffs=(own_peak(50.0, window=AFTERNOON),))
    hours = hours_of(site, made)
    operation, proof = perfect_foresight(hours)
    counts = hours.own_peak_charges[0].counts
    assert operation.interrupted[counts, 0].all() and not operation.interrupted[~counts, 0].all()
    assert proof.gap < 5e-4


def test_a_peak_before_is_paid_anyway(west: Site, made: PriceHistory) -> None:
    """With a ratchet on a past peak of the whole site, running in January costs no more."""
    dear = own_peak(200.0, ratchet_share=1.0, ratchet_months=12)
    past = replace(dear, past_peaks_mw=(("2023-12", 105.0),))
    free_west = free(west)
    for tariff, runs in ((dear, False), (past, True)):
        operation, _ = perfect_foresight(hours_of(replace(free_west, tariffs=(tariff,)), made))
        assert (operation.modes[:24] > 0).any() == runs


def test_a_backtest_bills_what_its_policies_pay(made: PriceHistory) -> None:
    site = load_site("ai_campus")
    site = replace(site, tariffs=(own_peak(8.0, window=AFTERNOON),))
    done = backtest(site, made, date(2024, 3, 4), date(2024, 4, 5), network=NETWORK)
    profit = {name: pnl.profit_usd.sum() for name, pnl in done.pnl.items()}
    assert max(profit, key=lambda name: profit[name]) == "perfect_foresight"
    assert profit["rolling_horizon"] > profit["threshold"]
    assert done.gap < 5e-4
