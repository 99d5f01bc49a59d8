"""Why an hour is planned as it is, in one line."""

from __future__ import annotations

import numpy as np

from ..information import Knowledge
from ..model import AiLoad, Floats, Whole


def group_reason(view: Knowledge, price: Floats, ways: Whole, t: int, g: int) -> str:
    """Why a group runs or stands still.

    Args:
        view: The hours planned.
        price: Expected real-time price, shape (T,).
        ways: Way each group runs, shape (T, G).
        t: The hour.
        g: The group.
    """
    hours = view.known
    breakeven, expected = float(hours.breakeven_usd_per_mwh[t, g]), float(price[t])
    billed = hours.billed_mw(np.array([t]))[0, g, hours.normal[g]] / hours.normal_mw[g]
    peak = float(view.peak_chance[t] * hours.peak_usd_per_mwh[t] * billed)
    told = f"expected {expected:,.0f} USD/MWh, breakeven {breakeven:,.0f}"
    if ways[t, g] == 0:
        return _why_off(told, expected, breakeven, peak, float(view.peak_chance[t]))
    way = f"{hours.site.machines[g].modes[ways[t, g] - 1].name}: "
    if expected + peak < breakeven:
        return way + told
    if hours.offers.any and expected < breakeven + 2 * hours.offers.best[t]:
        return f"{way}{told}; reserve sold pays {hours.offers.best[t]:,.2f} USD/MW"
    return f"{way}{told}; a stop would cost more than it saves"


def _why_off(told: str, expected: float, breakeven: float, peak: float, chance: float) -> str:
    if expected >= breakeven:
        return f"off: {told}"
    if expected + peak >= breakeven:
        return f"off: {chance:.1%} chance of the month's peak costs {peak:,.0f} USD/MWh; {told}"
    return f"off: {told}; held off by its times, the limit, or dear hours beside it"


def ai_reason(load: AiLoad, cost_usd_per_mwh: float, interrupted: bool) -> str:
    """Why flexible AI load runs or is interrupted."""
    lost = load.flexible_usd_per_mwh + load.interruption_cost_usd_per_mwh
    told = f"power {cost_usd_per_mwh:,.0f} USD/MWh, an interruption costs {lost:,.0f}"
    if interrupted:
        return f"interrupted: {told}"
    if load.flexible_mw and cost_usd_per_mwh > lost:
        return f"serves: {told}; allowed hours are used up or kept for dearer ones"
    return f"serves: {told}"
