"""From one amount to another in steps: a waterfall that lies on its side, so that steps can be named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..shared import Chart, bar, line, text
from .season import WIDTH

_ROW, _NAME, _FILLED = 27, 11, 9  # units: a row, its name above, its bar below
_LEAST = 2.0  # units of the smallest bar
_SLIVER = 0.4
"""Judged: steps that move less of the amount than this are drawn without its greater part."""
_MILLION = 1e6
Step = tuple[str, float]


def waterfall_chart(title: str, start: Step, steps: Sequence[Step], end: Step) -> Chart:
    """Bars one below the other: the start, each step from where the last one ended, the end.

    Args:
        title: What is shown.
        start: What it begins with, and US dollars.
        steps: Each step and what it adds, in US dollars.
        end: What it ends with, and US dollars.
    """
    rows = list(_rows(start, steps, end))
    low, high = _reach([level for row in rows for level in row[1:3]], start[1], end[1])
    scale = WIDTH / ((high - low) or 1.0)
    body = [line(-low * scale, 0, -low * scale, _ROW * len(rows), "axis")] if low <= 0 else []
    for number, (name, before, after, kind, said) in enumerate(rows):
        top, left = _ROW * number, max(0.0, (min(before, after) - low) * scale)
        width = max(_LEAST, (max(before, after) - low) * scale - left)
        body.append(text(0, top + _NAME, name, "left"))
        body.append(text(WIDTH, top + _NAME, said, "right"))
        body.append(bar(left, top + _NAME + 4, width, _FILLED, kind, f"{name} {said}"))
    words = "; ".join(f"{name} {said}" for name, *_, said in rows)
    height = _ROW * len(rows) + 4
    if low > 0:
        height += _NAME
        body.append(text(0, height - 4, f"bars begin at {_millions(low)}", "tick left"))
    return Chart(title, f"USD million: {words}", WIDTH, height, "".join(body))


def _reach(levels: Sequence[float], start: float, end: float) -> tuple[float, float]:
    """Least and largest level; not from zero where the steps would be slivers."""
    inner = [level for level in levels if level] or [0.0]
    low, high = min(inner), max(inner)
    room = high - low
    if min(start, end, low) > 0 and room < _SLIVER * high:
        return max(0.0, low - room / 2), high
    return min(0.0, low), max(0.0, high)


def _rows(start: Step, steps: Sequence[Step], end: Step) -> Iterator[tuple[str, float, float, str, str]]:
    """Name, where it starts, where it ends, style and label, bar by bar."""
    yield start[0], 0.0, start[1], "g-total", _millions(start[1])
    level = start[1]
    for name, usd in steps:
        sign = "+" if usd > 0 else ""
        yield name, level, level + usd, "g-ai" if usd > 0 else "g-loss", f"{sign}{_millions(usd)}"
        level += usd
    yield end[0], 0.0, end[1], "g-total", _millions(end[1])


def _millions(usd: float) -> str:
    written = f"{abs(usd) / _MILLION:,.1f}"
    return f"−{written}" if usd < 0 and written != "0.0" else written
