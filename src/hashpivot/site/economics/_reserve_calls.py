"""Reserve that is called: what of the machines must be off, and for how long.

An operation says how the machines would run. A call comes on top of it: of what they then hold and have sold,
the called part is off in the interval. It returns once it may be started again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ..model import Bools, Floats, Whole
from ._hourly import HourlyEconomics
from ._reserve_prices import ReserveStack, income_usd


@dataclass(frozen=True, eq=False)
class CalledPower:
    """What calls do to an operation. T intervals, G groups.

    Args:
        called_mw: Power that must be off, shape (T, G).
        off_share: Share of each group's power that is off on call or on its way back, shape (T, G).
        missing_mw: What of it stands ready for no call though it should, shape (T, G).
    """

    called_mw: Floats
    off_share: Floats
    missing_mw: Floats

    @classmethod
    def of(cls, hours: HourlyEconomics, modes: Whole, committed_mw: Floats) -> CalledPower:
        """Return what the calls of some hours do to modes (T, G) and reserve sold, shape (T, G).

        Megawatts are lined up group by group, and sold to the products in their order.
        """
        prices, calls = hours.reserve_prices, hours.reserve_prices.calls
        nothing = np.zeros(modes.shape)
        if calls is None or not hours.called.any():
            return cls(nothing, nothing, nothing)
        power, can_hold = hours.drawn_mw(modes), hours.held_mw(modes)
        held = np.where(prices.cleared[:, None], can_hold, np.minimum(committed_mw, can_hold))
        so_far = income_usd(calls.share, prices.cap_mw, np.cumsum(held, axis=1))
        called = np.diff(so_far, axis=1, prepend=0.0)
        share = np.minimum(called / np.where(power > 0, power, 1.0), 1.0)
        off = np.stack(
            [
                _until_restarted(share[:, g], modes[:, g] > 0, group.min_off_hours)
                for g, group in enumerate(hours.machines)
            ],
            axis=1,
        )
        returning = np.minimum((off - share) * power, held)
        return cls(called, off, np.where(calls.restored_in_time[:, None], 0.0, returning))

    def switched(self, on: Bools) -> tuple[Floats, Floats]:
        """Return the share of each group that is started and stopped in each interval, both (T, G).

        Args:
            on: Which groups the operation runs, shape (T, G); all run before the first.
        """
        before = np.vstack([np.ones((1, on.shape[1]), dtype=bool), on[:-1]])
        off_before = np.vstack([np.zeros((1, on.shape[1])), self.off_share[:-1]]) * before
        more = self.off_share - off_before
        started = (on & ~before) + on * before * np.maximum(-more, 0.0)
        stopped = (before & ~on) * (1 - off_before) + on * np.maximum(more, 0.0)
        return started, stopped


class _Stopped(NamedTuple):
    """A part of a group that was called in an interval."""

    since: int
    share: float


def _until_restarted(share: Floats, on: Bools, min_off: int) -> Floats:
    """Return the share of a group that is off: called, or called before and not yet allowed to start.

    Args:
        share: Share called in each interval, shape (T,).
        on: Whether the operation runs the group, shape (T,); a group that is stopped forgets its calls.
        min_off: Shortest time off, in intervals.
    """
    if min_off <= 1 or not share.any():
        return share
    off, stopped = np.zeros(len(share)), list[_Stopped]()
    waits = np.flatnonzero(share)[:, None] + np.arange(min_off + 1)
    for t in np.unique(np.minimum(waits, len(share) - 1)).tolist():
        if not on[t]:
            stopped = []
        free = sum(part.share for part in stopped) - float(share[t])
        if free < 0:
            stopped.append(_Stopped(t, -free))
        stopped = _restarted(stopped, free, t - min_off)
        off[t] = sum(part.share for part in stopped)
    return np.minimum(off, 1.0)


def _restarted(stopped: list[_Stopped], free: float, latest: int) -> list[_Stopped]:
    """Return parts less a share that is called no longer, the first stopped first, if stopped by `latest`."""
    left = []
    for part in stopped:
        starts = min(max(free, 0.0), part.share) if part.since <= latest else 0.0
        free -= starts
        if part.share - starts > 1e-12:
            left.append(_Stopped(part.since, part.share - starts))
    return left


def most_with_calls(hours: HourlyEconomics, rewards: Floats) -> tuple[Floats, ReserveStack]:
    """Return rewards (T, G, M) and reserve prices at which no operation brings more than with the calls.

    What is called earns its price and loses what its mode earns. Nothing is sold where that is worth more;
    where reserve is cleared again in real time, all that runs is. Where several products share what is held,
    called megawatts lose as much as those that lose least. What is on its way back may be off for nothing,
    and starting it costs nothing.

    Args:
        hours: The hours, with calls.
        rewards: Of each mode without reserve, shape (T, G, M).
    """
    prices, calls = hours.reserve_prices, hours.reserve_prices.calls
    assert calls is not None
    sells = hours.possible & (hours.reserve_mw > 0)
    lost = np.where(sells, rewards - rewards[:, :, :1], 0.0) / np.where(sells, hours.power_mw, 1.0)
    paid = prices.settled.price_usd_per_mw - calls.share * calls.cost_usd_per_mw
    all_mw = hours.reserve_mw.max(axis=1, initial=0.0).sum()
    caps = np.diff(np.minimum(np.cumsum(prices.cap_mw, axis=0), all_mw), axis=0, prepend=0.0)
    alone = hours.called & (caps >= all_mw).any(axis=0)

    back = _on_the_way_back(hours)[:, :, None] * np.maximum(-lost, 0.0)
    in_call = lost + back  # what may be off anyway saves nothing by being called
    only = caps.argmax(axis=0)[None]
    price, share = (np.take_along_axis(rows, only, 0)[0][:, None, None] for rows in (paid, calls.share))
    sold = np.where(alone[:, None, None], price - share * in_call, 0.0)
    sold = np.where(prices.cleared[:, None, None], sold, np.maximum(sold, 0.0))
    least = np.where(sells, in_call, np.inf).min(axis=(1, 2))
    shared = np.where(hours.called, paid - calls.share * least, prices.settled.price_usd_per_mw)
    stack, _ = ReserveStack.of(np.where(alone, 0.0, shared), caps)
    return rewards + (sold + back) * hours.reserve_mw, stack


def _on_the_way_back(hours: HourlyEconomics) -> Bools:
    """Return where a group may still be off for an earlier call, shape (T, G)."""
    number = np.arange(hours.prices.hours)
    last = np.maximum.accumulate(np.where(hours.called, number, -(10**9)))
    before = np.concatenate([[-(10**9)], last[:-1]])
    return np.stack([number - before < group.min_off_hours for group in hours.machines], axis=1)
