"""Gross margins of AI lines: a company's own latest quarters, else what other companies report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median, pstdev

from hashpivot.core import Figure, Line, Quarter
from hashpivot.ledger import QuarterLines, View

from ..inputs import assumed, of_figure
from ._base import BaseQuarter
from .ai_record import earns_margin_usd

LATEST, OLDEST_QUARTERS = 4, 8
"""Quarters whose profit and revenue are added up, and the oldest one that still speaks of the line."""

USUAL, LEAST_SPREAD = 0.5, 0.15
"""Assumed while fewer than two companies report a margin; and the spread drawn around so few companies."""

FEWEST_PEERS = 2

FEWEST_OWN = 3
"""Quarters from which a company's own spread counts; of fewer, the least spread between companies does."""

FEW = assumed("too few quarters or companies tell how much it varies")

MOST_SPREADS = 2.0
"""Spreads that a margin is drawn away at most: so far it must stay below all of revenue."""


@dataclass(frozen=True, slots=True)
class LineMargin:
    """A line's gross margin on what recurs, depreciation not deducted.

    Args:
        margin: Gross profit over revenue, fit-out, resale and costs passed on left out of it.
        spread: Standard deviation to draw it with: between its own quarters, or between companies.
        origin: Where the margin came from.
        spread_origin: Where the spread came from.
    """

    margin: float
    spread: float
    origin: str
    spread_origin: str


def line_margin(base: BaseQuarter, line: Line) -> LineMargin:
    """The margin of a company's AI line: its own four latest quarters, else the median of companies."""
    own = _own(base.view, base.ticker, line, base.quarter)
    if own and not own[-1].written_down:
        figures = [figure for row in own for figure in (row.profit, row.revenue)]
        how = f"gross profit / recurring revenue of {len(own)} quarters together"
        return _drawn(_share(own), of_figure(*figures, how=how), *_own_spread(base, line))
    peers = peer_margins(base.view, line, _newest(base.view))
    if len(peers) < FEWEST_PEERS and not own:
        why = f"no cost of the line is disclosed, and {len(peers)} other companies disclose theirs"
        return _drawn(USUAL, assumed(why), LEAST_SPREAD, FEW)
    if own:
        figures = [own[-1].profit, own[-1].revenue]
        peers_median = median(peers.values())
        least = of_figure(*figures, how="at least, as its cost holds depreciation")
        return _drawn(max(_share(own), peers_median), least, LEAST_SPREAD, FEW)
    words = ", ".join(f"{ticker} {margin:.0%}" for ticker, margin in peers.items())
    spread = max(LEAST_SPREAD, pstdev(peers.values()))
    why = f"no cost of the line is disclosed; median of {words}, drawn with a spread of {spread:.0%}"
    return _drawn(median(peers.values()), assumed(why), spread, assumed(why))


def _newest(view: View) -> Quarter:
    """The newest quarter any company reported: peers are as known on the day, whatever one's own age."""
    return max(quarters[-1] for ticker in view.tickers() if (quarters := view.quarters(ticker)))


def _drawn(margin: float, origin: str, spread: float, spread_origin: str) -> LineMargin:
    """A margin with a spread that keeps its draws below all of revenue."""
    return LineMargin(margin, min(spread, (1 - margin) / MOST_SPREADS), origin, spread_origin)


def _own_spread(base: BaseQuarter, line: Line) -> tuple[float, str]:
    """Spread of a company's own margin between its quarters of two years, and where it came from."""
    rows = [row for row in _near(base.view, base.ticker, line, base.quarter) if not row.written_down]
    if len(rows) < FEWEST_OWN:
        return LEAST_SPREAD, FEW
    how = f"standard deviation of the margin between {len(rows)} quarters"
    return pstdev([_share([row]) for row in rows]), of_figure(*[row.profit for row in rows], how=how)


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
    disclosed = _near(view, ticker, line, last)
    plain = [row for row in disclosed if not row.written_down]
    return plain[-LATEST:] or disclosed[-1:]


def _near(view: View, ticker: str, line: Line, last: Quarter) -> list[Disclosed]:
    """All quarters of the two years to a quarter that disclose a profit."""
    near = [each for each in view.quarters(ticker) if 0 <= last.since(each) <= OLDEST_QUARTERS]
    return [row for each in near for row in _row(view, view.quarter_lines(ticker, each), line)]


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
