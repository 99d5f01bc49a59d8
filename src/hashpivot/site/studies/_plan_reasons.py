"""Why an hour is planned as it is, in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..information import Knowledge
from ..model import Floats, Load, Machines, Whole, positions_by_group


def rows_by_group(machines: Sequence[Machines], rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Fold what each part of a group does into one row a group: MW added up, and `parts` the mode of each.

    Args:
        machines: Groups and parts of groups.
        rows: `name`, `mode`, `power_mw`, `reserve_mw`, `reason` and more that parts have in common, of each.
    """
    return [
        rows[own[0]] if len(own) == 1 else _folded(name, [rows[g] for g in own])
        for name, own in positions_by_group(machines).items()
    ]


def _folded(name: str, parts: list[dict[str, Any]]) -> dict[str, Any]:
    modes = [part["mode"] for part in parts]
    counts = Counter(mode for mode in modes if mode != "off")
    some = ", ".join(f"{count}/{len(modes)} {mode}" for mode, count in counts.items())
    total = {key: round(sum(part[key] for part in parts), 4) for key in ("power_mw", "reserve_mw")}
    alike = len(set(modes)) == 1
    reasons = "; ".join(dict.fromkeys(part["reason"] for part in parts))
    told = {"name": name, "mode": modes[0] if alike else some, "reason": reasons, "parts": modes}
    return {**parts[0], **total, **told}


def group_reason(knowledge: Knowledge, price: Floats, modes: Whole, t: int, g: int) -> str:
    """Return why a group runs or is off.

    Args:
        knowledge: The hours planned.
        price: Expected real-time price, shape (T,).
        modes: Mode of each group, shape (T, G).
        t: The hour.
        g: The group.
    """
    hours = knowledge.known
    breakeven, expected = float(hours.breakeven_usd_per_mwh[t, g]), float(price[t])
    billed = hours.billed_mw(np.array([t]))[0, g, hours.normal[g]] / hours.normal_mw[g]
    peak = float(knowledge.peak_chance[t] * hours.peak_usd_per_mwh[t] * billed)
    prices = f"expected {expected:,.0f} USD/MWh, breakeven {breakeven:,.0f}"
    if modes[t, g] == 0:
        left = hours.machines_limit_mw[t] - hours.drawn_mw(modes[t : t + 1]).sum()
        if expected + peak < breakeven and left < hours.power_mw[g, 1:][hours.possible[g, 1:]].min():
            return f"off: {prices}; the limit of {hours.limit_mw[t]:,.4g} MW leaves {max(left, 0.0):,.3g} MW"
        counts = any(charge.counts[t] for charge in hours.own_peak_charges)
        return _why_off(prices, expected, breakeven, peak, float(knowledge.peak_chance[t]), counts)
    mode = f"{hours.site.machines[g].modes[modes[t, g] - 1].name}: "
    if expected + peak < breakeven:
        return mode + prices
    reserve = float(hours.reserve_prices.best[t]) / hours.interval_hours
    if hours.reserve_prices.any and expected < breakeven + 2 * reserve:
        return f"{mode}{prices}; reserve sold pays {reserve:,.2f} USD/MW"
    return f"{mode}{prices}; a stop would cost more than it saves"


def _why_off(
    prices: str, expected: float, breakeven: float, peak: float, chance: float, own_peak: bool
) -> str:
    if expected >= breakeven:
        return f"off: {prices}"
    if expected + peak >= breakeven:
        return f"off: {chance:.1%} chance of the month's peak costs {peak:,.0f} USD/MWh; {prices}"
    if own_peak:
        return f"off: {prices}; demand counts now: a higher peak of the month would cost more than it earns"
    return f"off: {prices}; held off by its times, the limit, or expensive hours beside it"


def call_reasons(machines: Sequence[Machines], called_mw: Floats) -> list[str]:
    """Return why each group, or a part of it, is off as its reserve is or was called.

    Args:
        machines: Groups and parts of groups; each part says what is off of its whole group.
        called_mw: What is called of each, shape (G,).
    """
    reasons = [""] * len(machines)
    for own in positions_by_group(machines).values():
        mw = float(called_mw[own].sum())
        called = f"called: {mw:,.4g} MW of reserve are off"
        for g in own:
            reasons[g] = called if mw > 0 else "called before: off until it may start again"
    return reasons


def ai_reason(load: Load, cost_usd_per_mwh: float, interrupted: bool) -> str:
    """Return why AI load runs or is interrupted."""
    if not load.flexible_mw:
        return f"serves: firm, power {cost_usd_per_mwh:,.0f} USD/MWh"
    lost = load.lost_usd_per_mwh
    prices = f"power {cost_usd_per_mwh:,.0f} USD/MWh, an interruption costs {lost:,.0f}"
    if interrupted:
        return f"interrupted: {prices}"
    if cost_usd_per_mwh > lost:
        return f"serves: {prices}; allowed hours are used up or kept for more expensive ones"
    return f"serves: {prices}"


def battery_reason(power_mw: float, expected_usd_per_mwh: float) -> str:
    """Return why the battery charges, discharges or rests at an expected real-time price."""
    price = f"expected {expected_usd_per_mwh:,.0f} USD/MWh"
    if power_mw > 0:
        return f"charge: {price}, less than what is stored will be worth"
    if power_mw < 0:
        return f"discharge: {price}, more than keeping it"
    return f"rest: {price}; neither filling nor emptying pays"
