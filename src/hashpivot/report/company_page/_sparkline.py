"""A sparkline: one small bar a quarter, in the ink of the row."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

_STEP, _BAR, _HEIGHT = 6, 5, 20
_FEWEST = 2
"""One bar alone says nothing."""


def sparkline(values: Sequence[Decimal | None]) -> str:
    """Return an SVG of bars on a common zero, a quarter without a value a gap; empty for fewer than two."""
    known = [float(value) for value in values if value is not None]
    if len(known) < _FEWEST or not any(known):
        return ""
    high, low = max(*known, 0.0), min(*known, 0.0)
    scale = _HEIGHT / (high - low)
    zero = high * scale
    bars = "".join(
        _bar(at, float(value), scale, zero) for at, value in enumerate(values) if value is not None
    )
    return (
        f'<svg class="bars" viewBox="0 0 {_STEP * len(values)} {_HEIGHT}" aria-hidden="true">'
        f'<path d="{bars}"/></svg>'
    )


def _bar(at: int, value: float, scale: float, zero: float) -> str:
    height = max(abs(value) * scale, 0.6)
    top = zero - height if value >= 0 else zero
    return f"M{at * _STEP} {top:.1f}h{_BAR}v{height:.1f}h-{_BAR}z"
