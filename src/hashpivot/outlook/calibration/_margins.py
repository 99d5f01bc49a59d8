"""Gross margins of AI lines: a company's own latest quarters, else what other companies report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median, pstdev

from hashpivot.core import Figure, Line, Quarter
from hashpivot.ledger import QuarterLines, View

from ..inputs import assumed, of_figure
from ._base import BaseQuarter
from ._recurring import earns_margin_usd

LATEST, OLDEST_QUARTERS = 4, 8
"""Quarters whose profit and revenue are added up, and the oldest one that still speaks of the line."""

USUAL, LEAST_SPREAD = 0.5, 0.15
"""Assumed while fewer than two companies report a margin; and the spread drawn around so few companies."""

FEWEST_PEERS = 2


@dataclass(frozen=True, slots=True)
class LineMargin:
    """A line's gross margin on what recurs, depreciation not deducted.

    Args:
        margin: Gross profit over revenue, fit-out, resale and costs passed on left out of it.
        spread: Standard deviation to draw it with; 0 if it is the company's own.
        origin: Where it came from.
    """

    margin: float
    spread: float
    origin: str


def line_margin(base: BaseQuarter, line: Line) -> LineMargin:
    """The margin of a company's AI line: its own four latest quarters, else the median of companies."""
    own = _own(base.view, base.ticker, line, base.quarter)
    if own and not own[-1].written_down:
        figures = [figure for row in own for figure in (row.profit, row.revenue)]
        how = f"gross profit / recurring revenue of {len(own)} quarters together"
        return LineMargin(_share(own), 0.0, of_figure(*figures, how=how))
    peers = peer_margins(base.view, line, base.quarter)
    if len(peers) < FEWEST_PEERS and not own:
        why = f"no cost of the line is disclosed, and {len(peers)} other companies disclose theirs"
        return LineMargin(USUAL, LEAST_SPREAD, assumed(why))
    if own:
        figures = [own[-1].profit, own[-1].revenue]
        peers_median = median(peers.values())
        least = of_figure(*figures, how="at least, as its cost holds depreciation")
        return LineMargin(max(_share(own), peers_median), 0.0, least)
    words = ", ".join(f"{ticker} {margin:.0%}" for ticker, margin in peers.items())
    spread = max(LEAST_SPREAD, pstdev(peers.values()))
    why = f"no cost of the line is disclosed; median of {words}, drawn with a spread of {spread:.0%}"
    return LineMargin(median(peers.values()), spread, assumed(why))


def peer_margins(view: View, line: Line, quarter: Quarter) -> dict[str, float]:
    """Margin of a line by company, of those that disclose it in the two years to a quarter.

    A company whose profits are those of another, its parent, counts once. Where the cost holds depreciation,
    the latest quarter stands, as the least the margin can be.
    """
    found: dict[str, float] = {}
    seen: set[float] = set()
    for ticker in view.tickers():
        own = _own(view, ticker, line, quarter)
        profits = {float(row.profit.value) for row in own}
        if own and not profits & seen:
            found[ticker] = _share(own)
            seen |= profits
    return found


@dataclass(frozen=True, slots=True)
class Disclosed:
    """A line's quarter: profit, revenue, the dollars the margin is of, and if its cost holds depreciation."""

    profit: Figure
    revenue: Figure
    usd: float
    written_down: bool


def _own(view: View, ticker: str, line: Line, last: Quarter) -> list[Disclosed]:
    """Profit, revenue and the dollars the margin is of, in the latest quarters that disclose them."""
    near = [each for each in view.quarters(ticker) if 0 <= last.since(each) <= OLDEST_QUARTERS]
    disclosed = [row for each in near for row in _row(view, view.quarter_lines(ticker, each), line)]
    plain = [row for row in disclosed if not row.written_down]
    return plain[-LATEST:] or disclosed[-1:]


def _row(view: View, lines: QuarterLines, line: Line) -> Iterator[Disclosed]:
    profit, revenue, cost = lines.gross_profit.get(line), lines.revenue.get(line), lines.cost.get(line)
    written_down = isinstance(cost, Figure) and "includes depreciation" in cost.note
    if isinstance(profit, Figure) and revenue is not None:
        usd = earns_margin_usd(view, lines, line)
        if usd > 0:
            yield Disclosed(profit, revenue, usd, written_down)


def _share(rows: list[Disclosed]) -> float:
    margin = sum(float(row.profit.value) for row in rows) / sum(row.usd for row in rows)
    return max(-2.0, min(1.0, margin))
