"""What decides an outlook: bars of what each input does at both ends of its range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..shared import Chart, bar, line, text
from .season import WIDTH

if TYPE_CHECKING:
    from hashpivot.outlook import DebtRateSwing, Swing, Swings

_ROW, _NAMES, _NUMBER = 22, 156, 38
_MILLION = 1e6


def swings_chart(found: Swings, most: int = 8) -> Chart:
    """Bars to both sides of the outcome as it stands, the largest first.

    Args:
        found: What each input does.
        most: Bars.
    """
    shown = [swing for swing in found.swings[:most] if swing.size_usd]
    ends = [usd for swing in shown for usd in (swing.low_usd, swing.high_usd)]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    span = WIDTH - _NAMES - 2 * _NUMBER
    scale = span / ((high - low) or 1.0)
    zero = _NAMES + _NUMBER - low * scale
    body = "".join(_bars(number, swing, zero, scale) for number, swing in enumerate(shown))
    height = _ROW * len(shown) + 18
    axis = line(zero, 0, zero, _ROW * len(shown), "axis")
    base = f"USD million against {found.base_usd / _MILLION:,.0f}"
    foot = text(WIDTH, height - 4, base, "tick right")
    words = "; ".join(map(swing_words, shown)) or "no input moves it"
    return Chart(f"What decides {found.outcome}", words, WIDTH, height, body + axis + foot)


def decides_words(found: Swings, most: int) -> list[str]:
    """What decides an outcome, an input each, and what a higher rate of new debt costs."""
    said = [swing_words(swing) for swing in found.swings[:most] if swing.size_usd]
    return said + ([_debt_rate(found.debt_rate)] if found.debt_rate else [])


def _debt_rate(found: DebtRateSwing) -> str:
    """More interest and more bills unpaid at a higher rate of new debt."""
    return (
        f"new debt at {found.higher:.1%} a year instead of {found.rate:.1%}: "
        f"{_signed(found.interest_usd)} million USD of interest in the last four quarters, not in EBITDA; "
        f"the largest chance of an unpaid bill rises by {_points(found)} percentage points"
    )


def _points(found: DebtRateSwing) -> str:
    return f"{100 * (found.p_unpaid_higher - found.p_unpaid):.0f}"


def swing_words(swing: Swing) -> str:
    """`contract rates −15%: −138 million USD, +15%: +137`."""
    low, high = _ends(swing)
    return (
        f"{swing.factor.title} {low}: {_signed(swing.low_usd)} million USD, {high}: {_signed(swing.high_usd)}"
    )


def _ends(swing: Swing) -> tuple[str, str]:
    """Both ends of an input's range: against where it stands, or named where that says nothing."""
    ends, value = (swing.factor.low, swing.factor.high), swing.value
    if value <= 0 or min(ends) <= 0:
        return "low", "high"
    low, high = (100 * (end / value - 1) for end in ends)
    return _percent(low), _percent(high)


def _range(swing: Swing) -> str:
    """`±20%`, `−40% +60%`; nothing where the ends are only named."""
    low, high = _ends(swing)
    if low == "low":
        return ""
    if low[1:] == high[1:]:
        return f"±{high[1:]}"
    return " ".join(end for end in (low, high) if end[1:] != "0%")


def _percent(change: float) -> str:
    return f"{'−' if change < 0 else '+'}{abs(change):.0f}%"


def _bars(number: int, swing: Swing, zero: float, scale: float) -> str:
    top = _ROW * number
    low, high = _ends(swing)
    parts = [text(0, top + 14, f"{swing.factor.title} {_range(swing)}".strip(), "left")]
    for usd, end in ((swing.low_usd, low), (swing.high_usd, high)):
        width = abs(usd) * scale
        left = zero if usd > 0 else zero - width
        said = f"{swing.factor.title} {end}: {_signed(usd)} million USD"
        parts.append(bar(left, top + 4, max(0.5, width), 12, "g-ai" if usd > 0 else "g-loss", said))
    least, most = min(swing.low_usd, swing.high_usd), max(swing.low_usd, swing.high_usd)
    if least < 0:
        parts.append(text(zero + least * scale - 4, top + 14, _signed(least), "right"))
    if most > 0:
        parts.append(text(zero + most * scale + 4, top + 14, _signed(most), "left"))
    return "".join(parts)


def _signed(usd: float) -> str:
    sign = "−" if usd < 0 else "+"
    return f"{sign}{abs(usd) / _MILLION:,.0f}"
