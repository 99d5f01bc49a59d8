"""The quarters ahead in a column of the page: a band with its median, courses beside it, the halving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hashpivot.core import Quarter

from ..shared import Chart, line, text
from .season import WIDTH, axis_marks

if TYPE_CHECKING:
    from hashpivot.outlook import Spread

_RIGHT, _TOP, _FLOOR, _HEIGHT = 318, 16, 172, 192
_MARKS = 4
_APART = 13  # units between two labels


@dataclass(frozen=True, slots=True)
class MedianLine:
    """A line beside the band.

    Args:
        label: What it is.
        kind: Style class of the line.
        values: One a quarter.
    """

    label: str
    kind: str
    values: Sequence[float]


def ahead_chart(
    title: str,
    quarters: Sequence[Quarter],
    spreads: Sequence[Spread],
    unit: float,
    word: str,
    *,
    courses: Sequence[MedianLine] = (),
    halving: Quarter | None = None,
    tight: Quarter | None = None,
) -> Chart:
    """A band from the 10% to the 90% quantile with its median, and other courses, over quarters.

    Args:
        title: What is shown.
        quarters: The quarters.
        spreads: Of each quarter; a quantile that is missing is drawn at 0.
        unit: What the numbers of band and courses are divided by.
        word: The unit's name, for the words.
        courses: Lines beside the band.
        halving: The quarter of the halving, to be marked.
        tight: The quarter to be marked as tight.
    """
    bands = [[(getattr(s, p) or 0.0) / unit for s in spreads] for p in ("p10", "p50", "p90")]
    lines = [[value / unit for value in course.values] for course in courses]
    low = min(0.0, *bands[0], *(v for values in lines for v in values))
    high = max(0.0, *bands[2], *(v for values in lines for v in values)) or 1e-9
    step = _RIGHT / len(quarters)

    def x(at: int) -> float:
        return step * (at + 0.5)

    def y(value: float) -> float:
        return _FLOOR - (value - low) / (high - low) * (_FLOOR - _TOP)

    def course(values: Sequence[float], kind: str) -> str:
        points = " ".join(f"{x(at):.1f},{y(value):.1f}" for at, value in enumerate(values))
        return f'<polyline class="{kind}" points="{points}"/>'

    edge = [
        *((x(at), y(value)) for at, value in enumerate(bands[2])),
        *((x(at), y(bands[0][at])) for at in reversed(range(len(quarters)))),
    ]
    around = " ".join(f"{a:.1f},{b:.1f}" for a, b in edge)
    ends = [(y(bands[1][-1]), f"{bands[1][-1]:,.0f}", "val")]
    ends += [(y(v[-1]), f"{c.label} {v[-1]:,.0f}", "val") for c, v in zip(courses, lines, strict=True)]
    body = [_grid(low, high, y), f'<polygon class="fan" points="{around}"/>', course(bands[1], "mid")]
    body += [course(values, c.kind) for c, values in zip(courses, lines, strict=True)]
    body += [_mark(quarters, q, x, words) for q, words in ((halving, "halving"), (tight, "tight")) if q]
    body += [text(x(len(quarters) - 1), at - 4, words, f"right {kind}") for at, words, kind in _spread(ends)]
    body += [
        text(x(at), _FLOOR + 14, f"{quarter}"[:4], "tick")
        for at, quarter in enumerate(quarters)
        if quarter.number == 1
    ]
    said = "; ".join(
        f"{quarter} {p10:,.1f} to {p90:,.1f}, median {p50:,.1f}"
        for quarter, p10, p50, p90 in zip(quarters, *bands, strict=True)
    )
    return Chart(f"{title}, {word}", said, WIDTH, _HEIGHT, "".join(body))


def _grid(low: float, high: float, y: Callable[[float], float]) -> str:
    marks = axis_marks(low, high, _MARKS)
    return "".join(
        line(0, y(value), _RIGHT, y(value), "grid" if value else "axis")
        + text(WIDTH, y(value) + 4, f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}", "tick right")
        for value in marks
    )


def _mark(quarters: Sequence[Quarter], quarter: Quarter, x: Callable[[int], float], words: str) -> str:
    """A vertical line through a quarter, with what it is."""
    if quarter not in quarters:
        return ""
    at = x(list(quarters).index(quarter))
    return line(at, _TOP - 8, at, _FLOOR, "halving") + text(at + 4, _TOP - 4, words, "tick left")


def _spread(ends: Sequence[tuple[float, str, str]]) -> list[tuple[float, str, str]]:
    """Labels from the top down, none over another."""
    placed: list[tuple[float, str, str]] = []
    for at, words, kind in sorted(ends):
        placed.append((max(at, placed[-1][0] + _APART) if placed else at, words, kind))
    return placed
