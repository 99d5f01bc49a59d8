"""Does it pay: change of gross profit since before the halving, mining against AI and chips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hashpivot.core import Quarter

from ...shared import Chart, line, money_change, text
from ._rows import LEFT, TOP, WIDTH, axis_marks, linked, name, plate

_ROW, _BAR, _RIGHT = 27, 8, 118


@dataclass(frozen=True, slots=True)
class PaidRow:
    """One company.

    Args:
        ticker: The company.
        mining: Change of mining gross profit, USD; None if it is not known.
        pivot: The same of AI and chips.
        verdict: What became of the loss, such as `0.93× replaced` or `not squeezed`.
        address: Where the evidence is; empty if nowhere.
    """

    ticker: str
    mining: float | None
    pivot: float | None
    verdict: str
    address: str = ""


def paid_chart(rows: Sequence[PaidRow], quarter: Quarter, base: Quarter) -> Chart:
    """Two bars a company about a common zero; a dash stands for a change that is not known."""
    amounts = [usd for row in rows for usd in (row.mining, row.pivot) if usd is not None]
    low, high = min(0.0, *amounts, 0.0), max(0.0, *amounts, 0.0)
    scale = (WIDTH - _RIGHT - LEFT - 8) / ((high - low) or 1.0)
    zero, bottom = LEFT + 8 - low * scale, TOP + _ROW * len(rows)
    body = [line(zero, TOP - 4, zero, bottom, "axis")]
    body += [
        text(zero + at * scale, bottom + 14, money_change(at) if at else "0", "tick")
        for at in axis_marks(low, high, 3)
    ]
    body += [_row(row, TOP + _ROW * index, zero, scale) for index, row in enumerate(rows)]
    words = "; ".join(map(_words, rows))
    title = f"Gross profit, {quarter} against {base}"
    return Chart(title, words, WIDTH, bottom + 20, "".join(body))


def _row(row: PaidRow, top: float, zero: float, scale: float) -> str:
    bars = _bar(row.mining, top + 2, zero, scale, "g-mining") + _bar(row.pivot, top + 11, zero, scale, "g-ai")
    said = linked(text(WIDTH, top + 14, row.verdict, "right val"), row.address)
    return name(row.ticker, top + 10) + bars + said


def _bar(usd: float | None, top: float, zero: float, scale: float, kind: str) -> str:
    if usd is None:
        return text(zero + 4, top + 7, "–", "tick left")
    left = zero + min(0.0, usd) * scale
    return plate(left, top, max(abs(usd) * scale, 1.0 if usd else 0.0), _BAR, kind)


def _words(row: PaidRow) -> str:
    pairs = (("mining", row.mining), ("AI and chips", row.pivot))
    parts = [f"{title} {'not known' if usd is None else money_change(usd)}" for title, usd in pairs]
    return f"{row.ticker} {', '.join(parts)}: {row.verdict}"
