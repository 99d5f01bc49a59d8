"""Megawatts over time as a chart: contracted, energized as reported, to come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from html import escape

from hashpivot.company import MegawattPoint, MegawattTimeline

from ..shared import Chart, clean, line, text, unit_scale

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _FLOOR = 520, 200, 40, 500, 32, 170


def megawatt_chart(timeline: MegawattTimeline) -> Chart | None:
    """Return the chart; None if there is no megawatt to draw."""
    series = timeline.series()
    points = [point for part in series.values() for point in part]
    if not points:
        return None
    days = [point.day for point in points]
    first = min(days) - timedelta(days=60)
    last = max(*days, timeline.day) + timedelta(days=90)
    frame = _Frame(first, last, float(max(point.mw for point in points)) * 1.08)
    reported = (
        frame.steps(series[name], timeline.day, f"mw-{name}", words) for name, words in _REPORTED.items()
    )
    body = [
        *frame.grid(),
        frame.today(timeline.day),
        *reported,
        frame.steps(_from_now(timeline), last, "mw-starts", "announced starts"),
        *frame.dots(timeline.guided),
    ]
    return Chart("Megawatts", _words(timeline), _WIDTH, _HEIGHT, "".join(body))


_REPORTED = {
    "capacity": "power capacity",
    "contracted": "contracted",
    "delivered": "delivered",
    "energized": "energized",
}
"""Series of what was reported or announced, and how the chart names them; the last is drawn on top."""


class _Frame:
    """The axes: days to the right, megawatts upwards."""

    def __init__(self, first: date, last: date, highest: float) -> None:
        self._first, self._last, self._highest = first, last, highest or 1.0

    def x(self, day: date) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (day - self._first).days / ((self._last - self._first).days or 1)

    def y(self, mw: float) -> float:
        return _FLOOR - (_FLOOR - _TOP) * mw / self._highest

    def grid(self) -> list[str]:
        """Round numbers across, years along."""
        step = next(s for s in _STEPS if self._highest / s <= 5)
        levels = [step * n for n in range(int(self._highest // step) + 1)]
        drawn = [line(_LEFT, self.y(mw), _RIGHT, self.y(mw), "year") for mw in levels]
        drawn += [text(_LEFT - 6, self.y(mw) + 3.5, f"{mw:,.0f}", "tick right") for mw in levels]
        years = range(self._first.year, self._last.year + 1)
        starts = [(year, date(year, 1, 1)) for year in years if date(year, 1, 1) >= self._first]
        return drawn + [text(self.x(day), _FLOOR + 16, str(year), "tick") for year, day in starts]

    def today(self, day: date) -> str:
        x = self.x(day)
        near_edge = x > _RIGHT - 60
        words = text(
            x + (-4 if near_edge else 4), 12, f"known {day}", "tick right" if near_edge else "tick left"
        )
        return line(x, 4, x, _FLOOR, "guide") + words

    def steps(self, points: Sequence[MegawattPoint], until: date, kind: str, name: str) -> str:
        """A stair from the first point to a day, named at its last step, starts below it."""
        if not points:
            return ""
        path = [f"M{self.x(points[0].day):.1f} {self.y(float(points[0].mw)):.1f}"]
        path += [f"H{self.x(point.day):.1f}V{self.y(float(point.mw)):.1f}" for point in points[1:]]
        end = max(until, points[-1].day)
        path.append(f"H{self.x(end):.1f}")
        dots = "".join(self._dot(point, kind) for point in points)
        x, y = self.x(end) - 4, self.y(float(points[-1].mw))
        label = text(
            x,
            y + (14 if kind == "mw-starts" else -6),
            f"{name} {unit_scale('mw').write(points[-1].mw)}",
            "over right",
        )
        return f'<path class="{kind}" d="{"".join(path)}"/>{dots}{label}'

    def dots(self, points: Iterable[MegawattPoint]) -> list[str]:
        return [self._dot(point, "mw-guided", radius=3.5) for point in points]

    def _dot(self, point: MegawattPoint, kind: str, radius: float = 2) -> str:
        words = f"{point.day}: {unit_scale('mw').write(point.mw)} MW, {clean(point.label, 120)}"
        return (
            f'<circle class="{kind}" cx="{self.x(point.day):.1f}" cy="{self.y(float(point.mw)):.1f}" '
            f'r="{radius:g}"><title>{escape(words)}</title></circle>'
        )


_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 10**6)


def _from_now(timeline: MegawattTimeline) -> tuple[MegawattPoint, ...]:
    """The announced starts, from the level begun by the day the chart is seen from."""
    if not timeline.starts:
        return ()
    begun = MegawattPoint(timeline.day, timeline.begun, "begun by then, as announced")
    return (begun, *timeline.starts)


def _words(timeline: MegawattTimeline) -> str:
    said = (
        f"{name} {', '.join(f'{point.mw:g} MW {point.day}' for point in points)}"
        for name, points in timeline.series().items()
        if points
    )
    return "; ".join(said)
