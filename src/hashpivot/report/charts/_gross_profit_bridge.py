"""From the gross profit before the halving to the quarter's: a waterfall by group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from hashpivot.core import GROUPS, Figure, Missing, Quarter
from hashpivot.ledger import QuarterLines
from hashpivot.season import Metric, group_gross_profit

from ..shared import TITLES, Chart, bar, format_money, line, money_change, text

_COLUMN, _BAR, _TOP, _FLOOR, _HEIGHT = 76, 46, 20, 146, 172


@dataclass(frozen=True, slots=True)
class GrossProfitBridge:
    """Gross profit in two quarters and what each group adds to the change.

    Args:
        base: The last whole quarter before the halving.
        quarter: The quarter.
        before: Gross profit of the groups in `base`, USD.
        steps: Change by group, USD; groups without gross profit in both quarters are left out.
        left_out: Groups whose gross profit is not known in both quarters.
        figures: What it stands on.
    """

    base: Quarter
    quarter: Quarter
    before: float
    steps: dict[str, float]
    left_out: tuple[str, ...]
    figures: tuple[Figure, ...]

    @property
    def after(self) -> float:
        """Gross profit of the groups in `quarter`, USD."""
        return self.before + sum(self.steps.values())

    def __str__(self) -> str:
        steps = (f"{TITLES[group]} {money_change(usd)}" for group, usd in self.steps.items())
        ends = (f"{self.base} {format_money(self.before)}", f"{self.quarter} {format_money(self.after)}")
        return "; ".join((ends[0], *steps, ends[1]))


def bridge(base: QuarterLines, now: QuarterLines) -> GrossProfitBridge | Missing:
    """The bridge between two quarters, or why there is none: without mining there is nothing to bridge."""
    pairs = {group: (group_gross_profit(base, group), group_gross_profit(now, group)) for group in GROUPS}
    for metric, lines in zip(pairs["mining"], (base, now), strict=True):
        if isinstance(metric.value, Missing):
            return replace(metric.value, reason=f"{lines.quarter}: {metric.value.reason}")
    known = {group: pair for group, pair in pairs.items() if all(map(_is_known, pair))}
    ends = {group: (_usd(before), _usd(after)) for group, (before, after) in known.items()}
    return GrossProfitBridge(
        base.quarter,
        now.quarter,
        sum(before for before, _ in ends.values()),
        {group: after - before for group, (before, after) in ends.items() if before or after},
        tuple(group for group in GROUPS if group not in known),
        tuple(figure for pair in known.values() for metric in pair for figure in metric.figures),
    )


def bridge_chart(shown: GrossProfitBridge) -> Chart:
    """The waterfall: gross profit at the base, a step for each group, gross profit in the quarter."""
    bars = list(_bars(shown))
    high = max(0.0, *(max(start, end) for _, _, start, end, _ in bars))
    low = min(0.0, *(min(start, end) for _, _, start, end, _ in bars))
    scale = (_FLOOR - _TOP) / ((high - low) or 1)
    zero = _TOP + high * scale
    width = _COLUMN * len(bars)
    body = [line(0, zero, width, zero)]
    for index, (name, kind, start, end, label) in enumerate(bars):
        left, middle = index * _COLUMN + (_COLUMN - _BAR) / 2, (index + 0.5) * _COLUMN
        top, height = zero - max(start, end) * scale, abs(end - start) * scale
        body.append(bar(left, top, _BAR, height, kind, f"{name} {label}"))
        body.append(text(middle, top - 5, label) + text(middle, _FLOOR + 20, name, "tick"))
        if index + 1 < len(bars):
            level = zero - end * scale
            body.append(line(left + _BAR, level, left + _COLUMN, level, "guide"))
    return Chart("Gross profit since the halving", str(shown), width, _HEIGHT, "".join(body))


def _bars(shown: GrossProfitBridge) -> Iterator[tuple[str, str, float, float, str]]:
    """Name, style class, where it starts, where it ends and its label, bar by bar."""
    yield str(shown.base), "g-total", 0.0, shown.before, format_money(shown.before)
    level = shown.before
    for group, usd in shown.steps.items():
        yield TITLES[group], f"g-{group}", level, level + usd, money_change(usd)
        level += usd
    yield str(shown.quarter), "g-total", 0.0, shown.after, format_money(shown.after)


def _is_known(metric: Metric) -> bool:
    return not isinstance(metric.value, Missing)


def _usd(metric: Metric) -> float:
    assert isinstance(metric.value, int | float)
    return float(metric.value)
