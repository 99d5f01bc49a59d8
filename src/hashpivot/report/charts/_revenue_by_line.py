"""Revenue by quarter, stacked by line of business."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hashpivot.core import Figure, Line, Missing, Quarter, not_in_ledger
from hashpivot.ledger import QuarterLines

from ..shared import UNSPLIT, Chart, bar, format_money, line, text

_COLUMN, _BAR, _TOP, _FLOOR, _HEIGHT = 54, 34, 18, 150, 172


@dataclass(frozen=True, slots=True)
class Column:
    """One quarter of the revenue chart.

    Args:
        quarter: The quarter.
        parts: Dollars by line and `unsplit`, from the bottom up; empty if nothing is known.
        total: Total revenue in dollars, or why it is not known.
    """

    quarter: Quarter
    parts: Mapping[str, float]
    total: float | Missing = field(default_factory=lambda: not_in_ledger("no figures for this quarter"))

    @classmethod
    def of(cls, lines: QuarterLines) -> Column:
        """The column of a quarter's lines."""
        if isinstance(lines.total_revenue, Missing):
            return cls(lines.quarter, {}, lines.total_revenue)
        amounts = {name.value: float(lines.revenue[name].value) for name in Line if name in lines.revenue}
        total = float(lines.total_revenue.value)
        if not lines.ties:
            rest = lines.unattributed
            amounts[UNSPLIT] = (
                float(rest.value) if isinstance(rest, Figure) else total - sum(amounts.values())
            )
        return cls(lines.quarter, {name: usd for name, usd in amounts.items() if usd > 0}, total)

    def __str__(self) -> str:
        parts = ", ".join(f"{part_title(name)} {format_money(usd)}" for name, usd in self.parts.items())
        return f"{self.quarter} {format_money(self.total)}" + (f" ({parts})" if parts else "")


def revenue_chart(columns: Sequence[Column]) -> Chart:
    """Stacked bars of total revenue by line, oldest first."""
    highest = max((sum(column.parts.values()) for column in columns), default=0) or 1
    bars = "".join(_bar(column, index * _COLUMN, highest) for index, column in enumerate(columns))
    width = _COLUMN * len(columns)
    words = "; ".join(map(str, columns))
    floor = line(0, _FLOOR, width, _FLOOR)
    return Chart("Revenue by quarter and line", words, width, _HEIGHT, bars + floor, legend(columns))


def legend(columns: Sequence[Column]) -> dict[str, str]:
    """Title by style class of the parts that are drawn, in the order of the lines."""
    drawn = {name for column in columns for name in column.parts}
    return {part_class(name): part_title(name) for name in (*Line, UNSPLIT) if name in drawn}


def part_title(part: str) -> str:
    """`self-mining`; `not by line` for what stands on none."""
    if part == UNSPLIT:
        return "not by line"
    heading = Line(part).heading
    return heading if heading.startswith("AI") else heading.lower()


def part_class(part: str) -> str:
    """The style class of a part."""
    return f"g-{UNSPLIT}" if part == UNSPLIT else f"l-{part}"


def _bar(column: Column, left: int, highest: float) -> str:
    middle = left + _COLUMN / 2
    foot = text(middle, _FLOOR + 15, str(column.quarter), "tick")
    if isinstance(column.total, Missing):
        return f"<g>{text(middle, _FLOOR - 6, '–')}{foot}</g>"
    scale, top, drawn = (_FLOOR - _TOP) / highest, float(_FLOOR), []
    for name, usd in column.parts.items():
        height = usd * scale
        top -= height
        title = f"{part_title(name)} {format_money(usd)}"
        drawn.append(bar(left + (_COLUMN - _BAR) / 2, top, _BAR, height, part_class(name), title))
    return f"<g>{''.join(drawn)}{text(middle, top - 5, brief(column.total))}{foot}</g>"


def brief(usd: float) -> str:
    """Dollars in as few letters as a bar has room for."""
    return f"${usd / 1e6:,.0f}m" if usd >= 1e9 else format_money(usd)
