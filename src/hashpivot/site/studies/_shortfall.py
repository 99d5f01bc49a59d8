"""Where our policy falls short of perfect foresight, by what it did in the hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ._backtest import Backtest

SHORTFALLS = {
    "peak_charges": "peak hours that were not avoided",
    "peak_watch": "standing still for peaks that did not come",
    "stood_still": "standing still while power was cheap enough",
    "ran_through": "running through dear hours",
    "starts": "more starts and stops",
    "other": "modes, AI load and reserves chosen otherwise",
}
_WATCH_USD_PER_MWH = 1.0
_ALIKE = 1e-9


def shortfall(done: Backtest) -> dict[str, float]:
    """Dollars by kind, adding up to the profit of perfect foresight less ours; negative where ours did
    better.

    An hour counts as `peak_watch` if more machines stood still than with perfect foresight and the chance of
    a peak was worth at least a dollar per MWh.
    """
    best, ours = done.books["perfect_foresight"], done.books["ours"]
    lost = best.profit_usd - ours.profit_usd
    tariffs, wear = (best.usd[name] - ours.usd[name] for name in ("tariffs", "wear"))
    rest = lost - tariffs - wear
    more_off = ours.off_share > best.off_share + _ALIKE
    less_off = ours.off_share < best.off_share - _ALIKE
    watch = done.hours.peak_usd_per_mwh * done.peak_chance >= _WATCH_USD_PER_MWH
    return {
        "peak_charges": float(tariffs.sum()),
        "peak_watch": float(rest[more_off & watch].sum()),
        "stood_still": float(rest[more_off & ~watch].sum()),
        "ran_through": float(rest[less_off].sum()),
        "starts": float(wear.sum()),
        "other": float(rest[~more_off & ~less_off].sum()),
    }


def worst_days(done: Backtest, most: int = 10) -> list[tuple[str, float, float, float]]:
    """Days on which ours fell furthest behind: date, dollars, highest real-time and day-ahead price."""
    days, where = np.unique(done.hours.clock.day, return_inverse=True)
    lost = np.bincount(
        where, weights=done.books["perfect_foresight"].profit_usd - done.books["ours"].profit_usd
    )
    rows = []
    for day in np.argsort(-lost, kind="stable")[:most]:
        if lost[day] > 0:
            inside = where == day
            table = done.hours.table
            rows.append(
                (
                    str(days[day]),
                    float(lost[day]),
                    float(table.rt[inside].max()),
                    float(table.da[inside].max()),
                )
            )
    return rows
