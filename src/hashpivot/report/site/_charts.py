"""Pictures of a backtest: heat maps by day and hour, price duration, profit as it accrued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from hashpivot.site import Backtest

from ..shared import Chart, format_money, line, text

_WIDE, _LEFT, _CELL = 720, 46, 5
_FLOOR = 10.0  # USD/MWh: lower prices have no place on a logarithmic scale
PRICE_STEPS = (0.0, 25.0, 50.0, 100.0, 250.0, 1000.0)
OFF_STEPS = (0.001, 0.34, 0.67)
_COLOURED = ("threshold", "threshold_peak_rule", "rolling_horizon", "perfect_foresight")
"""Policies with a colour of their own; all others share one."""


def price_map(done: Backtest) -> Chart:
    """Draw the real-time price by local day and hour."""
    names = ["below 0", *(f"{a:g} to {b:g}" for a, b in pairwise(PRICE_STEPS))]
    names.append(f"{PRICE_STEPS[-1]:g} and more")
    key = {f"heat-{n}": f"{name} USD/MWh" for n, name in enumerate(names)}
    price = done.hours.prices.rt
    words = f"from {price.min():,.0f} to {price.max():,.0f} USD/MWh, mean {price.mean():,.1f}"
    return _heat_map("Real-time price", words, done, price, PRICE_STEPS, "heat", key)


def state_map(done: Backtest, policy: str) -> Chart:
    """Draw the share of the machines that is off by local day and hour."""
    key = {"off-1": "up to a third off", "off-2": "up to two thirds off", "off-3": "all or nearly all off"}
    off, each = done.pnl[policy].off_share, done.hours.interval_hours
    words = f"{off.sum() * each:,.0f} hours off of {len(off) * each:,.0f}"
    return _heat_map(f"Machines off: {done.titles[policy]}", words, done, off, OFF_STEPS, "off", key)


def _heat_map(
    title: str,
    words: str,
    done: Backtest,
    values: Any,
    steps: Sequence[float],
    kind: str,
    key: Mapping[str, str],
) -> Chart:
    clock = done.hours.clock
    day = (clock.day - clock.day[0]).astype(int)
    span = int(day[-1] // 370 + 1)
    columns = int(day[-1] // span + 1)
    total, count = np.zeros((columns, 24)), np.zeros((columns, 24))
    np.add.at(total, (day // span, clock.hour), values)
    np.add.at(count, (day // span, clock.hour), 1)
    mean = np.divide(total, count, out=np.full_like(total, np.nan), where=count > 0)
    level = np.where(np.isnan(mean), -1, np.searchsorted(steps, mean, side="right"))
    wide = (_WIDE - _LEFT) / columns
    body = [_level(level, n, wide, f"{kind}-{n}") for n in range(len(steps) + 1) if f"{kind}-{n}" in key]
    body += [text(_LEFT - 6, hour * _CELL + 9, f"{hour:02d}", "tick right") for hour in (0, 6, 12, 18)]
    body += _months(clock.month, day // span, wide)
    return Chart(title, words, _WIDE, 24 * _CELL + 18, "".join(body), key)


def _level(level: Any, wanted: int, wide: float, kind: str) -> str:
    """Draw all cells of one level as one path, cells below each other joined."""
    parts = []
    for column, hours in enumerate(level):
        hour = 0
        while hour < 24:
            end = hour
            while end < 24 and hours[end] == wanted:
                end += 1
            if end > hour:
                x = _LEFT + column * wide
                parts.append(
                    f"M{x:.1f} {hour * _CELL}h{wide + 0.1:.1f}v{(end - hour) * _CELL}h-{wide + 0.1:.1f}z"
                )
            hour = max(end, hour + 1)
    return f'<path class="{kind}" d="{"".join(parts)}"/>' if parts else ""


def _months(month: Any, column: Any, wide: float) -> list[str]:
    """Draw the names of months, or of years where there are many."""
    begins = [0, *(n for n in range(1, len(month)) if month[n] != month[n - 1])]
    if len(begins) > 14:
        begins = [n for n in begins if str(month[n]).endswith("-01")]
    y = 24 * _CELL + 13
    return [text(_LEFT + column[n] * wide, y, str(month[n]), "tick left") for n in begins]


def duration_chart(done: Backtest) -> Chart:
    """Draw the most expensive fifth of hours by price, highest first, on a logarithmic scale."""
    price = np.sort(done.hours.prices.rt)[::-1]
    shown = np.maximum(price[: max(2, len(price) // 5)], _FLOOR)
    high, height = 10 ** np.ceil(np.log10(max(shown[0], 10 * _FLOOR))), 150

    def y(usd: float) -> float:
        return float(8 + height * (1 - np.log10(usd / _FLOOR) / np.log10(high / _FLOOR)))

    shown_at = np.unique(np.geomspace(1, len(shown), 240).astype(int)) - 1
    points = [(_LEFT + (_WIDE - _LEFT) * p / len(shown), y(shown[p])) for p in shown_at]
    body: list[str] = []
    for power in range(round(np.log10(_FLOOR)), round(np.log10(high)) + 1):
        at = y(10.0**power)
        body += [line(_LEFT, at, _WIDE, at, "year"), text(_LEFT - 6, at + 4, f"{10**power:,}", "tick right")]
    even = float(done.hours.breakeven_usd_per_mwh.mean()) if done.hours.site.machines else 0.0
    if _FLOOR < even < high:
        label = text(_WIDE, y(even) - 4, f"mean breakeven {even:,.0f}", "tick right over")
        body += [line(_LEFT, y(even), _WIDE, y(even), "guide"), label]
    body += [_polyline(points, "c-price")]
    body += [text(_LEFT + (_WIDE - _LEFT) * s / 20, height + 24, f"{s}%", "tick") for s in (1, 5, 10, 15, 19)]
    above = (done.hours.prices.rt > even).mean()
    words = f"highest {price[0]:,.0f} USD/MWh; {above:.1%} of hours above the mean breakeven of {even:,.0f}"
    return Chart(
        "Price duration: the most expensive fifth of hours, USD/MWh", words, _WIDE, height + 30, "".join(body)
    )


def profit_chart(done: Backtest) -> Chart:
    """Draw the profit of policies above always on (above nothing, if that was not run), as it accrued.

    Of the simple ones only the best are drawn: of the years before, and in hindsight.
    """
    based = "always_on" in done.pnl
    base = done.pnl["always_on"].profit_usd if based else np.zeros(done.hours.prices.hours)
    best = {done.best_simple.beforehand(), done.best_simple.in_hindsight()}
    hidden = {"always_on", *done.best_simple.names} - (best - {"always_on"})
    drawn = [name for name in done.policies if name not in hidden]
    ends = np.unique(np.linspace(0, len(base) - 1, 320).astype(int))
    lines = {p: np.cumsum(done.pnl[p].profit_usd - base)[ends] for p in drawn}
    low, high = min(0.0, *(v.min() for v in lines.values())), max(1.0, *(v.max() for v in lines.values()))
    height = 190
    x = _LEFT + 30 + (_WIDE - _LEFT - 30) * ends / max(ends[-1], 1)

    def y(usd: float) -> float:
        return float(8 + height * (high - usd) / (high - low))

    body = [line(_LEFT + 30, y(0), _WIDE, y(0))]
    for usd in _round_steps(low, high):
        body += [line(_LEFT + 30, y(usd), _WIDE, y(usd), "year")]
        body += [text(_LEFT + 24, y(usd) + 4, format_money(usd) if usd else "0", "tick right")]
    body += [_polyline([(a, y(b)) for a, b in zip(x, v, strict=True)], _colour(p)) for p, v in lines.items()]
    month = done.hours.clock.month
    wide = (_WIDE - _LEFT - 30) / max(len(month) - 1, 1)
    begins = [n for n in range(1, len(month)) if month[n] != month[n - 1]]
    shown = begins if len(begins) < 14 else [n for n in begins if str(month[n]).endswith("-01")]
    body += [
        text(_LEFT + 30 + n * wide, height + 22, str(month[n]), "tick")
        for n in shown[:: max(1, len(shown) // 7)]
    ]
    words = "; ".join(f"{done.titles[p]} {format_money(float(v[-1]))}" for p, v in lines.items())
    key = {_colour(p): done.titles[p] for p in drawn}
    title = "Profit above always on, as it accrued" if based else "Profit, as it accrued"
    return Chart(title, words, _WIDE, height + 28, "".join(body), key)


def _colour(policy: str) -> str:
    """Return the class of a policy's line."""
    return f"c-{policy}" if policy in _COLOURED else "c-own_policy"


def _round_steps(low: float, high: float) -> list[float]:
    step = 10 ** np.floor(np.log10(high - low))
    step = next(s for s in (step / 4, step / 2, step, 2 * step, 5 * step) if (high - low) / s <= 6)
    return [float(n * step) for n in range(int(np.ceil(low / step)), int(high / step) + 1)]


def _polyline(points: Sequence[tuple[float, float]], kind: str) -> str:
    return f'<polyline class="{kind}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'
