"""From one amount to another in steps: a waterfall that lies on its side, so that steps can be named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..shared import Chart, bar, line, text

_WIDTH, _ROW, _NAMES, _NUMBER, _FILLED = 560, 22, 256, 56, 13
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
    low = min(0.0, *(min(row[1:3]) for row in rows))
    high = max(0.0, *(max(row[1:3]) for row in rows))
    scale = (_WIDTH - _NAMES - _NUMBER) / ((high - low) or 1.0)
    zero = _NAMES - low * scale
    body = [line(zero, 0, zero, _ROW * len(rows), "axis")]
    for number, (name, before, after, kind, said) in enumerate(rows):
        top, left = _ROW * number, zero + min(before, after) * scale
        width = max(0.5, abs(after - before) * scale)
        body.append(text(0, top + 15, name, "left"))
        body.append(bar(left, top + 5, width, _FILLED, kind, f"{name} {said}"))
        body.append(text(left + width + 5, top + 15, said, "left"))
    words = "; ".join(f"{name} {said}" for name, *_, said in rows)
    return Chart(title, f"USD million: {words}", _WIDTH, _ROW * len(rows) + 4, "".join(body))


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
