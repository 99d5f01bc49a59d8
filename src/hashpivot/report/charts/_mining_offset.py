"""What AI and chips make up for: their change in gross profit against what mining lost."""

from __future__ import annotations

from hashpivot.core import Missing
from hashpivot.season import Answer

from ..shared import Chart, bar, format_value, line, metric_of, money_change, text

_WIDTH, _HEIGHT, _LEFT, _LONGEST, _BAR = 400, 116, 2, 300, 20


def offset_chart(profitability: Answer) -> Chart | None:
    """Two bars on one scale; a guide marks what would make up for all of the loss.

    None if the offset ratio has no value, which the answer gives the reason for.
    """
    ratio = metric_of(profitability, "offset_ratio")
    names = ("mining_gross_profit_change_usd", "ai_chips_gross_profit_change_usd")
    mining, pivot = (metric_of(profitability, name).value for name in names)
    if isinstance(ratio.value, Missing | str):
        return None
    assert isinstance(mining, int | float) and isinstance(pivot, int | float)
    lost, gained = money_change(mining), money_change(pivot)
    words = f"mining {lost}; AI and chips {gained}; {format_value(ratio)} of the loss"
    scale = _LONGEST / max(abs(mining), abs(pivot))
    loss = _LEFT + abs(mining) * scale
    made = "made up" if pivot >= 0 else "lost as well"
    body = (
        text(_LEFT, 14, f"mining gross profit lost: {lost}", "left"),
        bar(_LEFT, 20, abs(mining) * scale, _BAR, "g-mining", f"mining {lost}"),
        text(_LEFT, 64, f"AI and chips {made}: {gained}", "left"),
        bar(
            _LEFT,
            70,
            abs(pivot) * scale,
            _BAR,
            "g-ai" if pivot >= 0 else "g-unsplit",
            gained,
        ),
        line(loss, 20, loss, 96, "guide"),
        text(loss + 4, 108, "the whole loss", "tick left") if loss < _WIDTH - 85 else "",
    )
    return Chart("Offset of the mining loss", words, _WIDTH, _HEIGHT, "".join(body))
