"""What the charts with one row a company share: names at the left, links to evidence, scales."""

from __future__ import annotations

from html import escape
from math import ceil, floor, log10

from ...shared import line, text

WIDTH, LEFT, ROW, TOP = 360, 50, 22, 16
"""Units of the drawing: as wide as a column of the page is in pixels."""


def row_middle(index: int) -> float:
    """The height at which a row's marks stand."""
    return TOP + ROW * index + ROW / 2


def name(ticker: str, y: float) -> str:
    """A company at the left of its row."""
    return text(0, y + 4, ticker[:6], "left lab")


def linked(drawing: str, address: str) -> str:
    """A drawing that leads to its evidence; unchanged without an address."""
    return f'<a href="{escape(address, quote=True)}">{drawing}</a>' if address else drawing


def dot(x: float, y: float, radius: float, kind: str) -> str:
    """A filled or, by its style, hollow circle."""
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"/>'


def plate(x: float, y: float, width: float, height: float, kind: str) -> str:
    """A rectangle without a tooltip: the number stands beside it."""
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{max(0.0, width):.1f}" height="{height:g}"/>'


def nice_step(span: float, ticks: int) -> float:
    """The smallest of 1, 2, 2.5, 5 times a power of ten with which `ticks` steps cover a span."""
    least = span / ticks or 1.0
    power = 10.0 ** floor(log10(least))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= least * 0.999)


def axis_marks(low: float, high: float, ticks: int) -> list[float]:
    """Round values from `low` to `high`, zero among them if it lies between."""
    step = nice_step(high - low, ticks)
    return [step * n for n in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)]


def tick(x: float, bottom: float, words: str, kind: str = "grid") -> str:
    """A vertical line from the top to the axis with its value below."""
    return line(x, TOP, x, bottom, kind) + text(x, bottom + 14, words, "tick")
