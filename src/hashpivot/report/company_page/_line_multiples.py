"""Small multiples: each line's revenue by quarter, all on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import floor, log10

from hashpivot.company import CompanyProfile, LineHistory
from hashpivot.core import Figure, Kind, Missing, Quarter

from ..shared import Chart, bar, compact_money, line, text, unit_scale

_WIDTH, _TOP, _FLOOR, _HEIGHT, _RIGHT = 250, 16, 96, 114, 34


def line_multiples(profile: CompanyProfile) -> list[Chart]:
    """Return one chart a line with revenue in any quarter; all have the scale of the largest."""
    rows = [row for row in profile.lines.lines if any(_value(cell.revenue) for cell in row.quarters)]
    if not rows and any(_value(cell.revenue) for cell in profile.lines.total.quarters):
        rows = [profile.lines.total]
    amounts = [_value(cell.revenue) for row in rows for cell in row.quarters]
    highest, lowest = max(amounts, default=0.0), min([0.0, *amounts])
    quarters = profile.quarters
    return [_chart(row, quarters, profile.halvings, highest, lowest) for row in rows]


def _chart(
    row: LineHistory, quarters: Sequence[Quarter], halvings: Sequence[date], high: float, low: float
) -> Chart:
    step = (_WIDTH - _RIGHT) / len(quarters)
    scale = (_FLOOR - _TOP) / (high - low)
    zero = _TOP + high * scale
    mark = _round_number(high)
    body = [
        line(0, zero - mark * scale, _WIDTH - _RIGHT, zero - mark * scale, "year"),
        text(
            _WIDTH - _RIGHT + 4,
            zero - mark * scale + 3.5,
            unit_scale("usd").write(mark).removesuffix(".0"),
            "tick left",
        ),
        line(0, zero, _WIDTH - _RIGHT, zero),
        *(_bar(row, at, quarter, step, scale, zero) for at, quarter in enumerate(quarters)),
        *_halvings(halvings, quarters, step),
        *_ticks(quarters, step),
        _last(row, step, scale, zero, mark),
    ]
    return Chart(row.title, _words(row, quarters), _WIDTH, _HEIGHT, "".join(body))


def _bar(row: LineHistory, at: int, quarter: Quarter, step: float, scale: float, zero: float) -> str:
    revenue = row.quarters[at].revenue
    if isinstance(revenue, Missing):
        dash = text(at * step + step / 2, zero - 3, "–", "tick")
        return f"<g><title>{quarter}: {revenue.code.words}</title>{dash}</g>"
    value = float(revenue.value)
    derived = " drv" if revenue.kind is Kind.DERIVED else ""
    height = abs(value) * scale
    kind = f"l-{row.line}" if row.line else "g-total"
    words = f"{quarter}: {compact_money(value)}{', derived' if derived else ''}"
    return bar(at * step + 1, zero - max(value, 0) * scale, step - 2, height, kind + derived, words)


def _halvings(days: Sequence[date], quarters: Sequence[Quarter], step: float) -> list[str]:
    """A dashed line where a halving lies, with its name."""
    drawn = []
    for day in days:
        quarter = Quarter.containing(day)
        if quarter in quarters:
            x = (quarters.index(quarter) + (day - quarter.start).days / quarter.days) * step
            drawn += [line(x, 4, x, _FLOOR, "guide"), text(x + 3, 11, "halving", "tick left")]
    return drawn


def _ticks(quarters: Sequence[Quarter], step: float) -> list[str]:
    """The first quarter and every first quarter of a year, apart enough to be read."""
    marked = [at for at, quarter in enumerate(quarters) if quarter.number == 1 or at == 0]
    kept = [at for at in marked if at == 0 or at * step > 34]
    return [
        text(at * step + 1, _HEIGHT - 3, f"{quarters[at].year % 100:02d}Q{quarters[at].number}", "tick left")
        for at in kept
    ]


def _last(row: LineHistory, step: float, scale: float, zero: float, mark: float) -> str:
    """The last amount, beside its bar; a little off the number of the scale."""
    known = [(at, cell.revenue) for at, cell in enumerate(row.quarters) if isinstance(cell.revenue, Figure)]
    if not known or known[-1][0] != len(row.quarters) - 1:
        return ""
    value = float(known[-1][1].value)
    y, other = zero - max(value, 0) * scale + 4, zero - mark * scale + 3.5
    if abs(y - other) < 11:
        y = other + (11 if y >= other else -11)
    return text(_WIDTH - _RIGHT + 4, min(y, _FLOOR + 4), unit_scale("usd").write(value), "left")


def _round_number(high: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten below the highest bar."""
    power = 10.0 ** floor(log10(high)) if high > 0 else 1.0
    return next(power * times for times in (5, 2, 1) if power * times <= high) if high > 0 else 1.0


def _value(revenue: Figure | Missing) -> float:
    return 0.0 if isinstance(revenue, Missing) else float(revenue.value)


def _words(row: LineHistory, quarters: Sequence[Quarter]) -> str:
    cells = zip(quarters, row.quarters, strict=True)
    return "; ".join(f"{quarter} {_said(cell.revenue)}" for quarter, cell in cells)


def _said(revenue: Figure | Missing) -> str:
    return revenue.code.words if isinstance(revenue, Missing) else compact_money(revenue.value)
