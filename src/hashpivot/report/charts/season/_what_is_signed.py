"""What is signed: contracted AI revenue a quarter against the quarter's whole revenue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hashpivot.core import Quarter

from ...shared import Chart, format_money, line, text
from ._rows import LEFT, ROW, TOP, WIDTH, axis_marks, linked, name, plate, row_middle, tick


@dataclass(frozen=True, slots=True)
class SignedRow:
    """One company.

    Args:
        ticker: The company.
        signed: Contracted AI revenue a quarter, USD.
        revenue: Revenue of the quarter, USD; None if it is not known.
        address: Where the contracts are listed; empty if nowhere.
    """

    ticker: str
    signed: float
    revenue: float | None
    address: str = ""

    @property
    def times(self) -> str:
        """The first over the second: `2.6×`; a dash without revenue."""
        return (
            f"{self.signed / self.revenue:,.{1 if self.signed >= self.revenue else 2}f}×"
            if self.revenue
            else "–"
        )


def signed_chart(rows: Sequence[SignedRow], quarter: Quarter) -> Chart:
    """One bar a company; the mark is the quarter's revenue, so that a bar beyond it is more than once."""
    highest = max([1.0, *(max(row.signed, row.revenue or 0.0) for row in rows)])
    scale = (WIDTH - LEFT - 46) / highest
    bottom = TOP + ROW * len(rows) + 4
    body = [tick(LEFT + at * scale, bottom, _dollars(at)) for at in axis_marks(0.0, highest, 3)]
    body += [_row(row, row_middle(index), scale) for index, row in enumerate(rows)]
    words = "; ".join(f"{row.ticker} {format_money(row.signed)}, {row.times} revenue" for row in rows)
    return Chart(f"Contracted AI revenue a quarter, {quarter}", words, WIDTH, bottom + 20, "".join(body))


def _row(row: SignedRow, y: float, scale: float) -> str:
    end = LEFT + max(row.signed, row.revenue or 0.0) * scale
    drawn = [name(row.ticker, y), plate(LEFT, y - 5, row.signed * scale, 10, "g-ai")]
    if row.revenue:
        at = LEFT + row.revenue * scale
        drawn.append(line(at, y - 8, at, y + 8, "bound"))
    return "".join(drawn) + linked(text(end + 7, y + 4, row.times, "left val"), row.address)


def _dollars(usd: float) -> str:
    return f"${usd / 1e9:g}bn" if usd >= 1e9 else f"${usd / 1e6:g}m"
