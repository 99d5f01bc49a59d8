"""Charts of an outlook: fans over the quarters, bars of what moves it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from ..shared import Chart, bar, line, text
from .season import WIDTH

if TYPE_CHECKING:
    from hashpivot.outlook import FactorEffect, Spread, Tornado

_STEP, _LEFT, _TOP, _FLOOR, _HEIGHT = 44, 56, 12, 132, 154
_TICK = 10
"""Height of a number on the axis: none stands closer to that of zero."""
_ROW, _NAMES, _SPAN = 18, 150, 300


def fan_chart(
    title: str, quarters: Sequence[str], spreads: Sequence[Spread], unit: float, word: str
) -> Chart:
    """A band from the 10% to the 90% quantile with the median in it.

    Args:
        title: What is shown.
        quarters: Names of the quarters.
        spreads: Of each quarter; a quantile that is missing is drawn at 0.
        unit: What the numbers are divided by.
        word: The unit's name, for the words.
    """
    bands = [[(value or 0.0) / unit for value in band] for band in _bands(spreads)]
    low, high = min(0.0, *bands[0]), max(0.0, *bands[2])
    high = high if high > low else low + 1e-9
    points = [[(_x(at), _y(value, low, high)) for at, value in enumerate(band)] for band in bands]
    edge = " ".join(f"{x:.1f},{y:.1f}" for x, y in [*points[2], *reversed(points[0])])
    middle = "".join(line(*before, *after, "mid") for before, after in pairwise(points[1]))
    width = _LEFT + _STEP * len(spreads)
    body = f'<polygon class="fan" points="{edge}"/>{middle}{_axes(quarters, low, high, width)}'
    words = "; ".join(
        f"{quarter} {p10:,.1f} to {p90:,.1f}, median {p50:,.1f}"
        for quarter, p10, p50, p90 in zip(quarters, *bands, strict=True)
    )
    key = {"fan": "10% to 90% of paths", "mid": "median"}
    return Chart(f"{title}, {word}", words, width, _HEIGHT, body, key)


def _bands(spreads: Sequence[Spread]) -> tuple[list[float | None], ...]:
    return [each.p10 for each in spreads], [each.p50 for each in spreads], [each.p90 for each in spreads]


def _axes(quarters: Sequence[str], low: float, high: float, width: int) -> str:
    zero = _y(0.0, low, high)
    heights = {value: _y(value, low, high) for value in (0.0, low, high)}
    apart = [value for value, y in heights.items() if value == 0.0 or abs(y - zero) > _TICK]
    marks = [text(_LEFT - 6, heights[value] + 4, _brief(value), "tick right") for value in apart]
    names = [text(_x(at), _FLOOR + 16, name, "tick") for at, name in enumerate(quarters) if at % 2 == 0]
    return line(_LEFT, zero, width, zero) + "".join(sorted(marks)) + "".join(names)


def tornado_chart(tornado: Tornado, most: int = 10, *, narrow: bool = False) -> Chart:
    """Bars of the shares of variance inputs explain, largest first.

    Args:
        tornado: The effects.
        most: Bars.
        narrow: As wide as a column of the page.
    """
    span = WIDTH - _NAMES - 42 if narrow else _SPAN
    effects = tornado.effects[:most]
    largest = max([effect.share for effect in effects], default=0) or 1
    parts = [_bar(number, effect, largest, span) for number, effect in enumerate(effects)]
    words = "; ".join(f"{each.factor.title} {each.share:.0%}, {_direction(each)}" for each in effects)
    key = {"g-ai": "the outcome rises with it", "g-other": "the outcome falls with it"}
    height = _ROW * len(effects) + 4
    return Chart("What moves the outcome", words, _NAMES + span + 50, height, "".join(parts), key)


def _bar(number: int, effect: FactorEffect, largest: float, span: int) -> str:
    top = _ROW * number
    width = max(1.0, effect.share / largest * span)
    kind = "g-ai" if effect.coefficient > 0 else "g-other"
    title = f"{effect.factor.title}: {effect.share:.1%} of the variance, {_direction(effect)}"
    return (
        text(_NAMES - 8, top + 12, effect.factor.title, "tick right")
        + bar(_NAMES, top + 3, width, _ROW - 6, kind, title)
        + text(_NAMES + width + 6, top + 12, f"{effect.share:.0%}", "tick left")
    )


def _direction(effect: FactorEffect) -> str:
    return "up" if effect.coefficient > 0 else "down"


def _x(at: int) -> float:
    return _LEFT + _STEP * (at + 0.5)


def _y(value: float, low: float, high: float) -> float:
    return _FLOOR - (value - low) / (high - low) * (_FLOOR - _TOP)


def _brief(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 20 or value == 0 else f"{value:,.1f}"
