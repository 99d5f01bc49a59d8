"""The best schedule of a battery over known costs of energy, exactly.

What stored energy is worth is a concave function of how much there is, made of straight pieces. Going back an
interval merges its pieces with those of what the interval offers, by falling slope, and cuts off what the
battery cannot hold: no grid of charge levels and no rounding.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ...economics import SupplyCurve
from ...model import Battery, Bools, Floats, Unsolvable

_LEAST = 1e-12
Piece = tuple[float, float, bool]
"""Slope, length, and whether the piece belongs to the interval rather than to the store."""
Choice = tuple[list[Piece], float]
"""Pieces of store and interval by falling slope, and the energy in the store where they begin."""


@dataclass(frozen=True, eq=False)
class StorageOffers:
    """What intervals pay for energy released, as vertices of concave functions. T intervals, K vertices.

    Args:
        released_mwh: Energy taken from the store, rising along K; negative if put in, (T, K).
        usd: What that pays, shape (T, K).
        charged_mwh: Energy taken at the meter, shape (T, K).
        discharged_mwh: Energy given at the meter, shape (T, K).
    """

    released_mwh: Floats
    usd: Floats
    charged_mwh: Floats
    discharged_mwh: Floats


@dataclass(frozen=True, eq=False)
class StoragePath:
    """A battery's schedule. T intervals.

    Args:
        charged_mwh: Energy taken at the meter, shape (T,).
        discharged_mwh: Energy given at the meter, shape (T,).
        water_value: What a MWh more in the store would be worth after each interval, shape (T,).
    """

    charged_mwh: Floats
    discharged_mwh: Floats
    water_value: Floats

    @property
    def taken_mwh(self) -> Floats:
        """Energy taken less energy given, shape (T,)."""
        return self.charged_mwh - self.discharged_mwh

    def supporting_prices(self, battery: Battery, interval_hours: float) -> tuple[Floats, Floats]:
        """Return the lowest and highest price of energy at which the schedule is best, both of shape (T,)."""
        most = battery.power_mw * interval_hours * (1 - 1e-9)
        charge = self.water_value * battery.charge_efficiency
        discharge = self.water_value / battery.discharge_efficiency + battery.cycle_cost_usd_per_mwh
        charges, discharges = self.charged_mwh > _LEAST, self.discharged_mwh > _LEAST
        low = np.where(charges & (self.charged_mwh > most), -np.inf, np.where(discharges, discharge, charge))
        full = discharges & (self.discharged_mwh > most)
        high = np.where(full, np.inf, np.where(charges & ~discharges, charge, discharge))
        return np.minimum(low, high), high


def offers_on(curve: SupplyCurve, base_mwh: Floats, battery: Battery, interval_hours: float) -> StorageOffers:
    """Return what the intervals pay beside a load of shape (T,).

    Raises:
        Unsolvable: If the load cannot be supplied with the battery's help.
    """
    most = battery.power_mw * interval_hours
    low = np.maximum(-most, curve.first_mwh - base_mwh)
    high = np.minimum(most, curve.last_mwh - base_mwh)
    if (low > high + 1e-9 * most).any():
        raise Unsolvable("the site's load exceeds limit_mw", hint="raise limit_mw")
    high = np.maximum(low, high)
    at = np.concatenate(
        [curve.edge_mwh - base_mwh[:, None], np.stack([low, high, np.zeros_like(low)], axis=1)], axis=1
    )
    taken = -np.sort(-np.clip(at, low[:, None], high[:, None]), axis=1)
    cost = np.stack([curve.cost_usd(base_mwh + column) for column in taken.T], axis=1)
    burns: Bools = np.asarray((curve.usd_per_mwh * (curve.width_mwh > 0) < 0).any(axis=1))
    return _offers(taken, cost, burns, battery, most)


def offers_at(price: Floats, battery: Battery, interval_hours: float) -> StorageOffers:
    """Return what the intervals pay at a price of energy, shape (T,)."""
    most = battery.power_mw * interval_hours
    taken = np.tile([most, 0.0, -most], (len(price), 1))
    return _offers(taken, taken * price[:, None], price < 0, battery, most)


def _offers(taken: Floats, cost_usd: Floats, burns: Bools, battery: Battery, most: float) -> StorageOffers:
    """Return the offers of energy taken at the meter, falling along K, and what it costs.

    Where energy is cheaper than nothing, losing it may pay: the battery charges and discharges by turns. So
    may making room for it in the intervals around.
    """
    charged, discharged = np.maximum(taken, 0.0), np.maximum(-taken, 0.0)
    if burns.any():
        by_turns = np.where(burns[:, None], taken, taken[:, -1:])
        charged = np.hstack([charged, (most + by_turns) / 2])
        discharged = np.hstack([discharged, (most - by_turns) / 2])
        cost_usd = np.hstack([cost_usd, np.where(burns[:, None], cost_usd, cost_usd[:, -1:])])
    released = discharged / battery.discharge_efficiency - charged * battery.charge_efficiency
    usd = -cost_usd - battery.cycle_cost_usd_per_mwh * discharged
    offers = StorageOffers(released, usd, charged, discharged)
    for t in np.flatnonzero(burns):
        _straighten(offers, int(t))
    return offers


def _straighten(offers: StorageOffers, t: int) -> None:
    """Put an interval's vertices in order and those below the hull on it."""
    order = np.lexsort((offers.usd[t], offers.released_mwh[t]))
    for values in (offers.released_mwh, offers.usd, offers.charged_mwh, offers.discharged_mwh):
        values[t] = values[t][order]
    released, usd = offers.released_mwh[t], offers.usd[t]
    hull: list[int] = []
    for k in range(len(released)):
        while hull and released[k] - released[hull[-1]] <= _LEAST and usd[k] >= usd[hull[-1]]:
            hull.pop()
        while len(hull) > 1 and _below(released, usd, hull[-2], hull[-1], k):
            hull.pop()
        hull.append(k)
    for values in (offers.usd, offers.charged_mwh, offers.discharged_mwh):
        values[t] = np.interp(released, released[hull], values[t][hull])


def _below(x: Floats, y: Floats, a: int, b: int, c: int) -> bool:
    return bool((y[b] - y[a]) * (x[c] - x[a]) <= (y[c] - y[a]) * (x[b] - x[a]))


def best_storage(offers: StorageOffers, battery: Battery) -> StoragePath:
    """Return the schedule that brings most over all intervals; what is left in the end is worth nothing.

    Raises:
        Unsolvable: If the battery cannot give what the offers ask for.
    """
    return _followed(offers, battery, _backwards(offers, battery))


def stepwise_storage(offers: StorageOffers, battery: Battery, stored_usd: Floats) -> StoragePath:
    """Return the schedule of one who takes the best step of each interval in turn.

    Args:
        offers: What the intervals pay, T of them.
        battery: The battery.
        stored_usd: What energy in the store is taken to be worth after each interval at levels evenly spread
            from the least to the most it may hold, shape (T, J).

    Raises:
        Unsolvable: If the battery cannot give what the offers ask for.
    """
    step = (battery.max_mwh - battery.min_mwh) / (stored_usd.shape[1] - 1)
    slopes = np.minimum.accumulate(np.diff(stored_usd, axis=1) / step, axis=1).tolist()
    first = offers.released_mwh[:, 0].tolist()
    choices = (
        (sorted([*((slope, step, False) for slope in row), *pieces], key=_falling), battery.min_mwh + begin)
        for row, pieces, begin in zip(slopes, _pieces(offers), first, strict=True)
    )
    return _followed(offers, battery, choices)


def _pieces(offers: StorageOffers) -> list[list[Piece]]:
    """Return each interval's offer as pieces."""
    lengths = np.diff(offers.released_mwh, axis=1)
    slopes = np.diff(offers.usd, axis=1) / np.maximum(lengths, _LEAST)
    return [
        [(slope, length, True) for slope, length in zip(*row, strict=True) if length > _LEAST]
        for row in zip(slopes.tolist(), lengths.tolist(), strict=True)
    ]


def _backwards(offers: StorageOffers, battery: Battery) -> list[Choice]:
    """Return each interval's pieces of value together with its offer, found backwards."""
    first, low, high = offers.released_mwh[:, 0].tolist(), battery.min_mwh, battery.max_mwh
    store: list[Piece] = [(0.0, high - low, False)]
    left, choices = low, []
    for pieces, begin in zip(reversed(_pieces(offers)), reversed(first), strict=True):
        both = sorted(store + pieces, key=_falling)
        choices.append((both, left + begin))
        store, left = _cut(both, left + begin, low, high)
    return choices[::-1]


def _falling(piece: Piece) -> float:
    return -piece[0]


def _cut(pieces: list[Piece], begin: float, low: float, high: float) -> tuple[list[Piece], float]:
    """Return the pieces between two levels of energy, and where they begin."""
    kept, at, left = [], begin, max(begin, low)
    for slope, length, _ in pieces:
        end = at + length
        inside = (end if end < high else high) - (at if at > low else low)
        if inside > _LEAST:
            kept.append((slope, inside, False))
        at = end
    if at < low - 1e-6 or begin > high + 1e-6:
        raise _too_little()
    return kept, left


def _followed(offers: StorageOffers, battery: Battery, choices: Iterable[Choice]) -> StoragePath:
    """Walk forward from the initial charge, taking the most valuable pieces first."""
    first = offers.released_mwh[:, 0].tolist()
    released, value = np.zeros((2, len(first)))
    stored, slack = battery.initial_mwh, 1e-6 * max(battery.energy_mwh, 1.0)
    for t, (pieces, left) in enumerate(choices):
        room, out = stored - left, first[t]
        if room < -slack:
            raise _too_little()
        for slope, length, offered in pieces:
            value[t] = slope
            taken = length if length < room else max(room, 0.0)
            if offered:
                out += taken
            room -= taken
            if room <= _LEAST:
                break
        if room > slack:
            raise _too_little()
        released[t] = out
        stored -= out
    charged, discharged = (
        _between(offers.released_mwh, values, released)
        for values in (offers.charged_mwh, offers.discharged_mwh)
    )
    return StoragePath(charged, discharged, value)


def _between(at: Floats, values: Floats, wanted: Floats) -> Floats:
    """Return values at wanted positions between vertices, each row by itself, shape (T,)."""
    rows = np.arange(len(at))
    k = np.clip((at <= wanted[:, None]).sum(axis=1) - 1, 0, at.shape[1] - 2)
    width = at[rows, k + 1] - at[rows, k]
    share = np.clip((wanted - at[rows, k]) / np.maximum(width, _LEAST), 0.0, 1.0)
    mixed: Floats = values[rows, k] + share * (values[rows, k + 1] - values[rows, k])
    return mixed


def _too_little() -> Unsolvable:
    return Unsolvable(
        "the battery cannot keep the site within its limits", hint="raise limit_mw or its energy_mwh"
    )
