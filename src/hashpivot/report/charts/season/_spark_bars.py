"""A company's last quarters in one cell: mining and AI stacked, the halving dashed."""

from __future__ import annotations

from collections.abc import Sequence

from hashpivot.core import Figure, Line, Missing, Quarter
from hashpivot.ledger import QuarterLines

_WIDTH, _HEIGHT, _GAP = 118, 26, 1.6
_KINDS = {"mining": "g-mining", "ai": "g-ai", "chips": "g-chips", "other": "g-other"}
_REST = "g-rest"


def spark_bars(quarters: Sequence[QuarterLines], base: Quarter | None) -> str:
    """Bars of total revenue by group of lines, oldest first, on the row's own scale.

    Revenue on no line is grey; a quarter without a total leaves its place empty. It is hidden from screen
    readers: the numbers stand in the company's own table.

    Args:
        quarters: The quarters.
        base: The last whole quarter before the halving: the dashed line stands in the middle of the next.
    """
    stacks = [_stack(lines) for lines in quarters]
    highest = max((sum(stack.values()) for stack in stacks), default=0.0) or 1.0
    step = _WIDTH / len(stacks)
    paths: dict[str, list[str]] = {}
    for index, stack in enumerate(stacks):
        top = float(_HEIGHT)
        for kind, usd in stack.items():
            height = usd / highest * _HEIGHT
            top -= height
            paths.setdefault(kind, []).append(
                f"M{index * step:.1f} {top:.1f}h{step - _GAP:.1f}v{height:.1f}h-{step - _GAP:.1f}z"
            )
    drawn = "".join(f'<path class="{kind}" d="{"".join(parts)}"/>' for kind, parts in paths.items())
    frame = f'<svg class="spark" viewBox="0 0 {_WIDTH} {_HEIGHT}" aria-hidden="true">'
    return f"{frame}{drawn}{_halving(quarters, base, step)}</svg>"


def _stack(lines: QuarterLines) -> dict[str, float]:
    """Dollars by style, from the bottom up; empty without a total."""
    if isinstance(lines.total_revenue, Missing):
        return {}
    total, amounts = float(lines.total_revenue.value), dict.fromkeys(_KINDS.values(), 0.0)
    for line in Line:
        if line in lines.revenue:
            amounts[_KINDS[line.group]] += float(lines.revenue[line].value)
    left = lines.unattributed
    rest = (
        0.0
        if lines.ties
        else float(left.value)
        if isinstance(left, Figure)
        else total - sum(amounts.values())
    )
    return {kind: usd for kind, usd in (amounts | {_REST: rest}).items() if usd > 0}


def _halving(quarters: Sequence[QuarterLines], base: Quarter | None, step: float) -> str:
    names = [lines.quarter for lines in quarters]
    if base is None or base + 1 not in names:
        return ""
    x = (names.index(base + 1) + 0.5) * step - _GAP / 2
    return f'<line class="halving" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{_HEIGHT}"/>'
