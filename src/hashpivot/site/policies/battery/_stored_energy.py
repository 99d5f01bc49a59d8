"""What energy in the battery is worth over a lattice of prices, by how much of it there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...economics import GridStep, HourlyEconomics
from ...information import PriceLattice
from ...model import Battery, Floats

LEVELS = 25
"""States of charge looked at; judged: twice as many move no decision of the examples."""
_LEFT_OVER = 0.25  # judged: what is left at a forecast's end saves charging in its cheapest quarter


@dataclass(frozen=True, eq=False)
class _Trades:
    """What a battery can trade in an hour, each array of shape (I, H, K).

    Beside it `shaved` holds, for each charge on own peaks, how much of what is discharged lowers a peak,
    (I, H, K), and what a MWh of that saves, (I, H).
    """

    charge_mwh: Floats
    charge_usd_per_mwh: Floats
    discharge_mwh: Floats
    discharge_usd_per_mwh: Floats
    shaved: tuple[tuple[Floats, Floats], ...]


def stored_values(
    hours: HourlyEconomics,
    lattice: PriceLattice,
    prices: Floats,
    later: Floats,
    first: Floats,
    running_mw: Floats,
    steps: Sequence[GridStep] = (),
) -> Floats:
    """Return what each state of charge is worth after each hour, shape (I, H, K, J).

    Args:
        hours: The site's hours as expected days before, over the whole price history.
        lattice: Forecasts, I of them over H hours.
        prices: Price at each rank, or expected of the rank before, shape (I, H, K).
        later: Probability that a rank is followed by each, shape (K, K).
        first: The same in a forecast's first hour.
        running_mw: What groups draw that run, shape (T, G) or (G,).
        steps: Powers from which own peaks make grid power more expensive, of shape (I, H).
    """
    battery = hours.site.battery
    if battery is None:
        return np.zeros((*prices.shape, 0))
    levels = np.linspace(battery.min_mwh, battery.max_mwh, LEVELS)
    trades = _trades(hours, battery, lattice, prices, running_mw, steps)
    cheap = np.quantile(trades.charge_usd_per_mwh.mean(axis=2), _LEFT_OVER, axis=1)
    worth = np.maximum(cheap, 0.0) / battery.charge_efficiency
    value = np.broadcast_to(worth[:, None, None] * levels, (*prices[:, 0].shape, LEVELS))
    onward = np.empty((*prices.shape, LEVELS))
    for h in range(prices.shape[1] - 1, -1, -1):
        onward[:, h] = np.einsum("kl,ilj->ikj", later if h else first, value)
        here = _best(battery, trades, h, onward[:, h], levels)
        value = np.where((h < lattice.lengths)[:, None, None], here, value)
    return onward


def _trades(
    hours: HourlyEconomics,
    battery: Battery,
    lattice: PriceLattice,
    prices: Floats,
    running_mw: Floats,
    steps: Sequence[GridStep],
) -> _Trades:
    """Return what can be traded beside machines that run wherever they pay by themselves."""
    site, at, most = hours.site, lattice.positions, battery.power_mw
    runs = hours.breakeven_usd_per_mwh[at][:, :, None] > prices[..., None]
    used = runs @ running_mw if running_mw.ndim == 1 else np.einsum("ihkg,ihg->ihk", runs, running_mw[at])
    net = site.ai_mw + used - hours.expected_solar_mw[at][:, :, None]
    limit = hours.limit_mw[at][:, :, None]
    load, surplus = np.clip(net, 0.0, limit), np.maximum(-net, 0.0)
    spare, export = np.maximum(surplus - site.export_mw, 0.0), np.minimum(surplus, site.export_mw)
    cost = prices + hours.adder_usd_per_mwh[at][:, :, None]
    room, length, shaved = limit - load, hours.interval_hours, []
    for step in steps:
        above = load - step.from_mw[:, :, None]
        room = np.minimum(room, np.maximum(-above, 0.0))
        shaved.append((np.clip(above, 0.0, most) * length, step.usd_per_mwh))
    charged, paid = _mean_price([(spare, 0 * cost), (export, prices), (room, cost)], most)
    given, earned = _mean_price([(load, cost), (site.export_mw - export, prices)], most)
    return _Trades(charged * length, paid, given * length, earned, tuple(shaved))


def _mean_price(parts: list[tuple[Floats, Floats]], most: float) -> tuple[Floats, Floats]:
    """Return how much of some parts is taken in order, up to a most, and its mean price."""
    total, usd = np.zeros_like(parts[0][0]), np.zeros_like(parts[0][0])
    for room, price in parts:
        taken = np.minimum(room, most - total)
        total, usd = total + taken, usd + taken * price
    return total, usd / np.maximum(total, 1e-12)


def _best(battery: Battery, trades: _Trades, h: int, onward: Floats, levels: Floats) -> Floats:
    """Return the value of each state before an hour: the best of staying, and of steps up and down."""
    step = levels[1] - levels[0]
    fill = trades.charge_mwh[:, h, :, None] * battery.charge_efficiency
    drain = trades.discharge_mwh[:, h, :, None] / battery.discharge_efficiency
    paid = trades.charge_usd_per_mwh[:, h, :, None] / battery.charge_efficiency
    net = trades.discharge_usd_per_mwh[:, h, :, None] - battery.cycle_cost_usd_per_mwh
    earned, best = net * battery.discharge_efficiency, onward
    for n in range(1, int(fill.max() / step) + 2):
        up = np.minimum(np.minimum(n * step, fill), levels[-1] - levels)
        best = np.maximum(best, _at(onward, up / step) - paid * up)
    for n in range(1, int(drain.max() / step) + 2):
        down = np.minimum(np.minimum(n * step, drain), levels - levels[0])
        usd = earned * down
        for most, saved in trades.shaved:
            given = np.minimum(down * battery.discharge_efficiency, most[:, h, :, None])
            usd = usd + saved[:, h, None, None] * given
        best = np.maximum(best, _at(onward, -down / step) + usd)
    return best


def _at(values: Floats, moved: Floats) -> Floats:
    """Return values at levels moved by parts of a step, between their neighbours, shape (..., J)."""
    place = np.clip(np.arange(values.shape[-1]) + moved, 0.0, values.shape[-1] - 1.0)
    below = np.minimum(place.astype(np.int64), values.shape[-1] - 2)
    share = place - below
    low = np.take_along_axis(values, below, -1)
    return low + share * (np.take_along_axis(values, below + 1, -1) - low)
