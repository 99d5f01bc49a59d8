"""A week of dispatch: what each part of a site drew, stacked, under the price of power."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from hashpivot.site import Backtest, Operation

from ..shared import Chart, format_money, line, text

_WIDE, _LEFT, _RIGHT = 720, 52, 716
_PRICE_TOP, _PRICE_FLOOR, _TOP, _FLOOR, _HEIGHT = 8, 88, 108, 238, 258
_FLOOR_USD = 10.0  # USD/MWh: lower prices have no place on a logarithmic scale
_SHADES = 5
_DAYS = 7
_CHARGING = "battery, charging"


def week_chart(done: Backtest, policy: str) -> Chart:
    """Draw the seven days in which a policy earned most above always on.

    Args:
        done: The backtest; of the policy and of always on.
        policy: Its name.
    """
    inside = _eventful(done, policy)
    first, last = done.hours.clock.day[inside][[0, -1]]
    parts = {name: mw[inside] for name, mw in drawn_by_part(done, done.operations[policy]).items()}
    earned = done.uplift_usd("always_on", inside, policy)
    words = (
        f"{done.titles[policy]}, {first} to {last}, market local time: {format_money(earned)} more than "
        f"always on; real-time price up to {done.hours.prices.rt[inside].max():,.0f} USD/MWh"
    )
    key = {"c-price": "real-time price, USD/MWh"}
    key |= {_kind(n, name, done): name for n, name in enumerate(parts)}
    grid = done.pnl[policy].drawn_mw[inside] if done.hours.site.has_plant else None
    if grid is not None:
        key["c-grid"] = "drawn from the grid; below 0: sent out"
    body = [*_price(done, inside), *_stack(done, parts, grid), *_days(done, inside)]
    return Chart("A week of dispatch, MW", words, _WIDE, _HEIGHT, "".join(body), key)


def drawn_by_part(done: Backtest, operation: Operation) -> dict[str, NDArray[np.float64]]:
    """What each group of machines, AI load and a battery drew, MW, shape (T,) each, AI load first.

    They drew it from the grid, from panels, or from a battery that discharged.
    """
    hours = done.hours
    parts = {
        load.name: load.drawn_mw(operation.interrupted[:, number])
        for number, load in enumerate(hours.site.ai)
    }
    for number, group in enumerate(hours.site.machines):
        drawn = hours.power_mw[number][operation.modes[:, number]]
        parts[group.group] = parts.get(group.group, 0.0) + drawn
    if hours.site.battery is not None and operation.plant is not None:
        parts[_CHARGING] = operation.plant.charge_mw
    return parts


def _eventful(done: Backtest, policy: str) -> NDArray[np.bool_]:
    """The hours of the seven local days in which a policy earned most above always on, shape (T,)."""
    days, of_hour = np.unique(done.hours.clock.day, return_inverse=True)
    more = done.pnl[policy].profit_usd - done.pnl["always_on"].profit_usd
    by_day = np.bincount(of_hour, weights=more)
    span = min(_DAYS, len(days))
    first = int(np.convolve(by_day, np.ones(span), mode="valid").argmax())
    inside: NDArray[np.bool_] = (of_hour >= first) & (of_hour < first + span)
    return inside


def _x(number: int) -> NDArray[np.float64]:
    """Where each interval begins and ends, shape (number + 1,)."""
    return np.linspace(_LEFT, _RIGHT, number + 1)


def _price(done: Backtest, inside: NDArray[np.bool_]) -> Iterator[str]:
    rt = np.maximum(done.hours.prices.rt[inside], _FLOOR_USD)
    high = 10 ** np.ceil(np.log10(max(rt.max(), 10 * _FLOOR_USD)))

    def y(usd: NDArray[np.float64] | float) -> NDArray[np.float64]:
        share = np.log10(np.asarray(usd) / _FLOOR_USD) / np.log10(high / _FLOOR_USD)
        place: NDArray[np.float64] = _PRICE_FLOOR - share * (_PRICE_FLOOR - _PRICE_TOP)
        return place

    for power in range(round(np.log10(_FLOOR_USD)), round(np.log10(high)) + 1):
        at = float(y(10.0**power))
        yield line(_LEFT, at, _RIGHT, at, "year")
        yield text(_LEFT - 6, at + 4, f"{10**power:,}", "tick right")
    even = float(done.hours.breakeven_usd_per_mwh[inside].mean()) if done.hours.site.machines else 0.0
    if _FLOOR_USD < even < high:
        yield line(_LEFT, float(y(even)), _RIGHT, float(y(even)), "guide")
        yield text(_RIGHT, float(y(even)) - 4, f"mean breakeven {even:,.0f}", "tick right over")
    yield f'<polyline class="c-price" points="{_steps(_x(len(rt)), y(rt))}"/>'


def _stack(
    done: Backtest, parts: dict[str, NDArray[np.float64]], grid: NDArray[np.float64] | None
) -> Iterator[str]:
    limit = done.hours.site.limit_mw
    total = np.sum(list(parts.values()), axis=0)
    low = 0.0 if grid is None else min(0.0, float(grid.min()))
    high = max(limit, float(total.max()))

    def y(mw: NDArray[np.float64] | float) -> NDArray[np.float64]:
        place: NDArray[np.float64] = _FLOOR - (np.asarray(mw) - low) / (high - low) * (_FLOOR - _TOP)
        return place

    below = np.zeros(len(total))
    for number, (name, mw) in enumerate(parts.items()):
        x, top = _x(len(mw)), below + mw
        back = _steps(x[::-1], y(below)[::-1])
        kind = _kind(number, name, done)
        yield f'<polygon class="{kind}" points="{_steps(x, y(top))} {back}"/>'
        below = top
    if grid is not None:
        yield f'<polyline class="c-grid" points="{_steps(_x(len(grid)), y(grid))}"/>'
    at = float(y(limit))
    yield line(_LEFT, at, _RIGHT, at, "guide")
    yield text(_RIGHT, at - 4, f"limit {limit:,.0f} MW", "tick right over")
    yield line(_LEFT, float(y(0.0)), _RIGHT, float(y(0.0)))
    yield text(_LEFT - 6, float(y(0.0)) + 4, "0", "tick right")


def _days(done: Backtest, inside: NDArray[np.bool_]) -> Iterator[str]:
    day = done.hours.clock.day[inside]
    x = _x(len(day))
    for number in np.flatnonzero(np.concatenate([[True], day[1:] != day[:-1]])):
        yield line(x[number], _PRICE_TOP, x[number], _FLOOR + 4, "year")
        yield text(x[number] + 3, _FLOOR + 16, f"{day[number].item():%a %d %b}", "tick left")


def _steps(x: NDArray[np.float64], y: NDArray[np.float64]) -> str:
    """Points of a line that keeps each value for its interval; corners between equal values are left out."""
    turns = np.concatenate([[True], y[1:] != y[:-1]])
    starts = np.flatnonzero(turns)
    ends = np.concatenate([starts[1:], [len(y)]])
    return " ".join(f"{x[a]:.1f},{y[a]:.1f} {x[b]:.1f},{y[a]:.1f}" for a, b in zip(starts, ends, strict=True))


def _kind(number: int, name: str, done: Backtest) -> str:
    """Style class of a part: AI load in one colour, groups of machines in shades of another."""
    loads = [load.name for load in done.hours.site.ai]
    if name == _CHARGING:
        return "mw-battery"
    if name in loads:
        return "mw-ai"
    return f"mw-{min(number - len(loads), _SHADES - 1)}"
