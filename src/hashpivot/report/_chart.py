"""Two small charts as inline SVG: shares of a quarter's revenue, and the last quarters' revenue by group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from hashpivot.core import GROUPS, Missing, Quarter
from hashpivot.ledger import QuarterLines

from ._format import format_money, format_share

TITLES = {"mining": "mining", "ai": "AI", "chips": "chips", "other": "other"}

UNSPLIT = "unsplit"
"""Revenue that stands on no line."""

_COLUMN, _BAR, _TOP, _FLOOR, _HEIGHT = 54, 34, 18, 150, 172


@dataclass(frozen=True, slots=True)
class Column:
    """One quarter of the revenue chart.

    Args:
        quarter: The quarter.
        parts: Dollars by group and `unsplit`, from the bottom up; empty if nothing is known.
        total: Total revenue in dollars, or why it is not known.
    """

    quarter: Quarter
    parts: Mapping[str, float]
    total: float | Missing = field(default_factory=lambda: Missing("no figures for this quarter"))

    @classmethod
    def of(cls, lines: QuarterLines) -> Column:
        """The column of a quarter's lines."""
        amounts = {
            group: float(sum(figure.value for line, figure in lines.revenue.items() if line.group == group))
            for group in GROUPS
        }
        if isinstance(lines.total_revenue, Missing):
            return cls(lines.quarter, {}, lines.total_revenue)
        total = float(lines.total_revenue.value)
        rest = total - sum(amounts.values())
        if not lines.ties and rest > 0:
            amounts[UNSPLIT] = rest
        return cls(lines.quarter, {name: usd for name, usd in amounts.items() if usd > 0}, total)

    def __str__(self) -> str:
        parts = ", ".join(f"{_name(name)} {format_money(usd)}" for name, usd in self.parts.items())
        return f"{self.quarter} {format_money(self.total)}" + (f" ({parts})" if parts else "")


def revenue_chart(columns: Sequence[Column], name: str) -> str:
    """Stacked bars of total revenue by group, oldest first, as an SVG element.

    Args:
        columns: The quarters.
        name: Identifier for the title and description, unique on the page.
    """
    highest = max((sum(column.parts.values()) for column in columns), default=0) or 1
    bars = "".join(_bar(column, index * _COLUMN, highest) for index, column in enumerate(columns))
    width = _COLUMN * len(columns)
    words = escape("; ".join(map(str, columns)))
    return (
        f'<svg class="chart" viewBox="0 0 {width} {_HEIGHT}" role="img" '
        f'aria-labelledby="{name}-t {name}-d"><title id="{name}-t">Revenue by quarter and group</title>'
        f'<desc id="{name}-d">{words}</desc>{bars}'
        f'<line class="axis" x1="0" x2="{width}" y1="{_FLOOR}" y2="{_FLOOR}"/></svg>'
    )


def share_bar(shares: Mapping[str, float | Missing]) -> str:
    """One horizontal bar of known shares, the unknown rest pale, as an SVG element.

    It is hidden from screen readers: `share_words` beside it says the same.
    """
    known = [(name, share) for name in GROUPS if isinstance(share := shares[name], float | int) and share > 0]
    whole = max(1.0, sum(share for _, share in known))
    parts = [(name, share / whole) for name, share in known]
    rest = 1 - sum(share for _, share in parts)
    if rest > 0.005:
        parts.append((UNSPLIT, rest))
    return (
        '<svg class="share" viewBox="0 0 120 10" preserveAspectRatio="none" aria-hidden="true">'
        f"{''.join(_slices(parts))}</svg>"
    )


def share_words(shares: Mapping[str, float | Missing]) -> str:
    """`mining 75.0%, chips 10.4%, rest not disclosed`: known shares above zero, then what is unknown."""
    known = [
        f"{TITLES[name]} {format_share(share)}"
        for name, share in shares.items()
        if not isinstance(share, Missing) and share
    ]
    missing = next((share for share in shares.values() if isinstance(share, Missing)), None)
    if missing is not None:
        known.append(f"{'rest ' if known else ''}{format_share(missing)}")
    return ", ".join(known) or "no revenue"


def _slices(parts: list[tuple[str, float]]) -> Iterator[str]:
    left = 0.0
    for name, share in parts:
        width = 120 * share
        yield f'<rect class="g-{name}" x="{left:.1f}" y="0.5" width="{width:.1f}" height="9"/>'
        left += width


def _bar(column: Column, left: int, highest: float) -> str:
    middle = left + _COLUMN / 2
    foot = f'<text class="tick" x="{middle:g}" y="{_FLOOR + 15}">{column.quarter}</text>'
    if isinstance(column.total, Missing):
        return f"<g><title>{escape(str(column))}</title>{_text(middle, _FLOOR - 6, 'n/d')}{foot}</g>"
    scale = (_FLOOR - _TOP) / highest
    top, rects = float(_FLOOR), []
    for name, usd in column.parts.items():
        height = usd * scale
        top -= height
        rects.append(
            f'<rect class="g-{name}" x="{left + (_COLUMN - _BAR) / 2:g}" y="{top:.1f}" width="{_BAR}" '
            f'height="{height:.1f}"><title>{_name(name)} {format_money(usd)}</title></rect>'
        )
    return f"<g>{''.join(rects)}{_text(middle, top - 5, _brief(column.total))}{foot}</g>"


def _text(x: float, y: float, words: str) -> str:
    return f'<text class="total" x="{x:g}" y="{y:.1f}">{words}</text>'


def _brief(usd: float) -> str:
    return f"${usd / 1e6:,.0f}m" if usd >= 1e9 else format_money(usd)


def _name(part: str) -> str:
    return TITLES.get(part, "not by line")
