"""Quarters behind and ahead: bars of what was, a band with its median of what may come, on one scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hashpivot.core import Quarter

from ..shared import Chart, bar, line, text
from .season import WIDTH, axis_marks

if TYPE_CHECKING:
    from hashpivot.outlook import Spread

_LEFT, _RIGHT, _TOP, _FLOOR, _HEIGHT = 34, WIDTH - 76, 38, 190, 208
"""Where bars begin and the last quarter ends: values of the axis to the left, names of lines to the right."""
_MARKS = 4
_CUT = 4
"""Judged: a bar of what was, so many times as high as all that lies ahead, is cut."""
_APART, _ROW = 12.5, 11  # units between two labels at the end, and between two above
_FILLED = 0.86
"""Share of a quarter's width that its bar fills."""


@dataclass(frozen=True, slots=True)
class MedianLine:
    """A line beside the band.

    Args:
        label: What it is.
        kind: Style class of the line.
        values: One a quarter; None where there is none.
    """

    label: str
    kind: str
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class PastBar:
    """What is known of a quarter before the first one ahead.

    Args:
        quarter: The quarter.
        parts: Values by style class, from the bottom up; empty if nothing is known.
        pale: It is a nowcast.
        names: What the parts are called, by style class.
    """

    quarter: Quarter
    parts: Mapping[str, float]
    pale: bool = False
    names: Mapping[str, str] | None = None

    @property
    def total(self) -> float:
        """All parts that rise from zero."""
        return sum(max(0.0, value) for value in self.parts.values())


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where quarters and values stand."""

    quarters: Sequence[Quarter]
    low: float
    high: float

    @property
    def step(self) -> float:
        return (_RIGHT - _LEFT) / len(self.quarters)

    def x(self, quarter: Quarter) -> float:
        return _LEFT + self.step * (self.quarters.index(quarter) + 0.5)

    def y(self, value: float) -> float:
        return _FLOOR - (value - self.low) / (self.high - self.low) * (_FLOOR - _TOP)


def ahead_chart(
    title: str,
    quarters: Sequence[Quarter],
    spreads: Sequence[Spread],
    unit: float,
    word: str,
    *,
    past: Sequence[PastBar] = (),
    courses: Sequence[MedianLine] = (),
    halving: date | None = None,
    tight: Quarter | None = None,
    reach: tuple[float, float] | None = None,
    key: Mapping[str, str] | None = None,
    stack: Mapping[str, Sequence[float]] | None = None,
) -> Chart:
    """Bars of what was, a band from the 10% to the 90% quantile with its median, and other courses.

    Args:
        title: What is shown.
        quarters: The quarters ahead.
        spreads: Of each of them; nothing is drawn of one that has no numbers.
        unit: What all numbers are divided by.
        word: The unit's name, for the words.
        past: Quarters before; the axis is continuous from the first of them.
        courses: Lines beside the band.
        halving: The day of the halving, to be marked.
        tight: The quarter to be marked as tight.
        reach: Least and largest value of the axis, in `unit`, for charts on one scale; fitted if not given.
        key: What the colours of bars, courses and parts mean, by style class.
        stack: Parts of the median ahead by style class, from the bottom up, one value a quarter.
    """
    low, high = reach or ahead_reach([spreads], unit, past, courses)
    first = past[0].quarter if past else quarters[0]
    scale = _Scale(tuple(first.through(quarters[-1])), low, high if high > low else low + 1e-9)
    known = [(q, s) for q, s in zip(quarters, spreads, strict=True) if s.p50 is not None]
    body = [_grid(scale), *_bars(past, unit, scale), *_cut(past, unit, scale)]
    body += [*_stacked(stack or {}, quarters, unit, scale), *_band(known, unit, scale)]
    body += [_course(quarters, course, unit, scale) for course in courses]
    body += [
        _divider(past, quarters[0], scale),
        *_marks(halving, tight, scale),
        *_ends(known, courses, quarters, unit, scale),
    ]
    body += [text(scale.x(q), _FLOOR + 14, f"{q}"[:4], "tick") for q in scale.quarters if q.number == 1]
    return Chart(
        f"{title}, {word}", _words(past, known, unit), WIDTH, _HEIGHT, "".join(body), dict(key or {})
    )


def ahead_reach(
    bands: Sequence[Sequence[Spread]],
    unit: float,
    past: Sequence[PastBar] = (),
    courses: Sequence[MedianLine] = (),
) -> tuple[float, float]:
    """Least and largest value of an axis, zero among them.

    It shows all but bars that would make what lies ahead flat: over `_CUT` times as high as that.

    Args:
        bands: The spreads of one or several charts.
        unit: What all numbers are divided by.
        past: Quarters before.
        courses: Lines beside a band.
    """
    values = [getattr(s, p) for spreads in bands for s in spreads for p in ("p10", "p50", "p90")]
    values += [value for course in courses for value in course.values]
    ahead = [value / unit for value in values if value is not None]
    most = _CUT * max(ahead, default=0.0) or float("inf")
    behind = [value / unit for each in past for value in (each.total, *each.parts.values())]
    known = [*ahead, *(value for value in behind if value <= most)]
    return min(0.0, *known, 0.0), max(0.0, *known, 0.0)


def _bars(past: Sequence[PastBar], unit: float, scale: _Scale) -> Iterator[str]:
    for each in past:
        level = 0.0
        width = scale.step * _FILLED
        for kind, value in each.parts.items():
            ends = (min(amount / unit, scale.high) for amount in (level + value, level))
            top, foot = sorted(map(scale.y, ends))
            level += value
            name = (each.names or {}).get(kind, "")
            said = f"{each.quarter}{' nowcast' if each.pale else ''} {name} {value / unit:,.1f}"
            style = f"{kind} pale" if each.pale else kind
            yield bar(
                scale.x(each.quarter) - width / 2, top, width, foot - top, style, " ".join(said.split())
            )


def _cut(past: Sequence[PastBar], unit: float, scale: _Scale) -> Iterator[str]:
    """An arrow over each bar that is higher than the axis, the highest with its value."""
    beyond = [each for each in past if each.total / unit > scale.high * (1 + 1e-9)]
    for each in beyond:
        yield text(scale.x(each.quarter), _TOP + 10, "↑", "over")
    if beyond:
        most = max(each.total for each in beyond) / unit
        at = max(scale.x(beyond[0].quarter) - scale.step / 2 - 2, _LEFT + 62)
        yield text(at, _TOP + 10, f"up to {_short(most)}", "tick right over")


def _stacked(
    stack: Mapping[str, Sequence[float]], quarters: Sequence[Quarter], unit: float, scale: _Scale
) -> Iterator[str]:
    """Parts of the median as areas, one on the other."""
    floor = [0.0] * len(quarters)
    for kind, values in stack.items():
        roof = [low + value for low, value in zip(floor, values, strict=True)]
        edges = [
            f"{scale.x(quarter):.1f},{scale.y(usd / unit):.1f}"
            for quarter, usd in (
                *zip(quarters, roof, strict=True),
                *reversed(list(zip(quarters, floor, strict=True))),
            )
        ]
        yield f'<polygon class="{kind} ahead" points="{" ".join(edges)}"/>'
        floor = roof


def _band(known: Sequence[tuple[Quarter, Spread]], unit: float, scale: _Scale) -> Iterator[str]:
    def points(which: str, rows: Sequence[tuple[Quarter, Spread]]) -> list[str]:
        return [f"{scale.x(q):.1f},{scale.y((getattr(s, which) or 0.0) / unit):.1f}" for q, s in rows]

    if len(known) == 1:
        yield _one_band(*known[0], unit, scale)
    elif known:
        edge = [*points("p90", known), *reversed(points("p10", known))]
        yield f'<polygon class="fan" points="{" ".join(edge)}"/>'
        yield f'<polyline class="mid" points="{" ".join(points("p50", known))}"/>'


def _one_band(quarter: Quarter, spread: Spread, unit: float, scale: _Scale) -> str:
    """The band and median of a quarter that stands alone, as wide as a bar."""
    low, middle, high = (scale.y((v or 0.0) / unit) for v in (spread.p10, spread.p50, spread.p90))
    width, at = scale.step * _FILLED, scale.x(quarter)
    fan = bar(at - width / 2, high, width, low - high, "fan", f"{quarter} 80%")
    return fan + line(at - width / 2, middle, at + width / 2, middle, "mid")


def _course(quarters: Sequence[Quarter], course: MedianLine, unit: float, scale: _Scale) -> str:
    values = zip(quarters, course.values, strict=True)
    points = " ".join(f"{scale.x(q):.1f},{scale.y(v / unit):.1f}" for q, v in values if v is not None)
    return f'<polyline class="{course.kind}" points="{points}"/>'


def _grid(scale: _Scale) -> str:
    return "".join(
        line(_LEFT, scale.y(value), _RIGHT, scale.y(value), "grid" if value else "axis")
        + text(
            _LEFT - 4,
            scale.y(value) + 4,
            f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}",
            "tick right",
        )
        for value in axis_marks(scale.low, scale.high, _MARKS)
    )


def _divider(past: Sequence[PastBar], first: Quarter, scale: _Scale) -> str:
    """The line between what was and what may come."""
    if not past:
        return ""
    at = scale.x(first) - scale.step / 2
    before = "reported · nowcast" if any(each.pale for each in past) else "reported"
    return line(at, _TOP - 4, at, _FLOOR, "year") + text(at - 3, _TOP - 5, before, "tick right")


def _marks(halving: date | None, tight: Quarter | None, scale: _Scale) -> Iterator[str]:
    """Vertical lines through the halving and the tight quarter, with what they are."""
    marks = [(tight, "tight")] if tight else []
    if halving:
        marks.append((Quarter.containing(halving), f"halving, {halving:%b %Y}"))
    for row, (quarter, words) in enumerate(mark for mark in marks if mark[0] in scale.quarters):
        at, height = scale.x(quarter), _ROW * (row + 1)
        before = at > _LEFT + (_RIGHT - _LEFT) * 0.72
        yield line(at, height - _ROW + 2, at, _FLOOR, "halving")
        yield text(at - 4 if before else at + 4, height, words, "tick right" if before else "tick left")


def _ends(
    known: Sequence[tuple[Quarter, Spread]],
    courses: Sequence[MedianLine],
    quarters: Sequence[Quarter],
    unit: float,
    scale: _Scale,
) -> Iterator[str]:
    """Values of the last quarter to the right of it, none over another, each led to where it belongs."""
    ends = list(_last(known, unit))
    ends += [
        (course.values[-1] / unit, f"{course.label} {_short(course.values[-1] / unit)}".strip(), "left")
        for course in courses
        if course.values[-1] is not None
    ]
    ends.sort(key=lambda end: -end[0])
    at = scale.x(quarters[-1])
    heights = [scale.y(value) for value, _, _ in ends]
    for height, placed, (_, words, kind) in zip(heights, apart(heights), ends, strict=True):
        if abs(placed - height) > 1:
            yield line(at, height, _RIGHT + 6, placed, "year")
        yield text(_RIGHT + 8, placed + 4, words, kind)


def _last(known: Sequence[tuple[Quarter, Spread]], unit: float) -> Iterator[tuple[float, str, str]]:
    """Both ends of the last band and its median: value, words, style."""
    if known:
        last = known[-1][1]
        p10, p50, p90 = ((value or 0.0) / unit for value in (last.p10, last.p50, last.p90))
        yield p50, _short(p50), "left lab"
        if _short(p90) != _short(p10):
            yield p90, f"90% {_short(p90)}", "left tick"
            yield p10, f"10% {_short(p10)}", "left tick"


def _short(value: float) -> str:
    written = f"{abs(value):,.0f}" if abs(value) >= 10 else f"{abs(value):,.1f}"
    return f"−{written}" if value < 0 and written != "0.0" else written


def apart(heights: Sequence[float], least: float = _APART, floor: float = _FLOOR) -> list[float]:
    """Where labels stand so that none covers another: moved down as need be, then up from the floor.

    Args:
        heights: Where they belong, from the top down.
        least: Units between two.
        floor: The lowest place.
    """
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + least if placed else height))
    limit = floor
    for number in reversed(range(len(placed))):
        placed[number] = min(placed[number], limit)
        limit = placed[number] - least
    return placed


def _words(past: Sequence[PastBar], known: Sequence[tuple[Quarter, Spread]], unit: float) -> str:
    before = [
        f"{each.quarter} {'nowcast' if each.pale else 'reported'} {sum(each.parts.values()) / unit:,.1f}"
        for each in past
        if each.parts
    ]
    bands = [(q, *((value or 0.0) / unit for value in (s.p10, s.p90, s.p50))) for q, s in known]
    ahead = [f"{q} {p10:,.1f} to {p90:,.1f}, median {p50:,.1f}" for q, p10, p90, p50 in bands]
    return "; ".join((*before, *ahead)) or "no numbers"
