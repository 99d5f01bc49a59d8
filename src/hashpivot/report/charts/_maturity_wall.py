"""The maturity wall: what of the debt falls due in each calendar year, and what tells no maturity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..shared import Chart, bar, line, text
from .season import WIDTH

if TYPE_CHECKING:
    from hashpivot.outlook import MaturityWall

_MILLION = 1e6
_TOP, _FLOOR, _HEIGHT = 22, 84, 104
_FILLED = 0.6
"""Share of a column that its bar fills."""

NOT_TOLD = "not told"


def wall_chart(wall: MaturityWall) -> Chart:
    """A bar a year from the first maturity to the last, then what tells none.

    Args:
        wall: At least one maturity is told.
    """
    first, last = min(wall.by_year), max(wall.by_year)
    columns = {str(year): wall.by_year.get(year, 0.0) for year in range(first, last + 1)}
    columns |= {NOT_TOLD: wall.without_usd} if wall.without_usd >= _MILLION / 2 else {}
    step, highest = WIDTH / len(columns), max(columns.values())
    body = [line(0, _FLOOR, WIDTH, _FLOOR)]
    for place, (name, usd) in enumerate(columns.items()):
        height, middle = (_FLOOR - _TOP) * usd / highest, step * (place + 0.5)
        if usd:
            kind, words = ("g-past" if name == NOT_TOLD else "c-debt"), _millions(usd)
            left, wide = middle - step * _FILLED / 2, step * _FILLED
            body.append(bar(left, _FLOOR - height, wide, height, kind, f"{name}: {words} million"))
            body.append(text(middle, _FLOOR - height - 4, words))
        body.append(text(middle, _FLOOR + 14, name, "tick"))
    words = "; ".join(f"{name}: {_millions(usd)}" for name, usd in columns.items() if usd)
    return Chart("Debt falling due, USD million", words, WIDTH, _HEIGHT, "".join(body))


def _millions(usd: float) -> str:
    return f"{usd / _MILLION:,.0f}" if usd >= 10 * _MILLION else f"{usd / _MILLION:,.1f}"
