"""The last quarter a company's lines are known for, and the latest figures beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from hashpivot.core import Figure, Line, NoData, Quarter
from hashpivot.ledger import EventKind, QuarterLines, View

from ..inputs import of_figure
from ._levels import DrawnLevels
from .ai_record import known_by_line, total_usd

OLDER_QUARTERS = 4
"""How much older a quarter known in full may be than one known in part, to be preferred."""


@dataclass(frozen=True, slots=True)
class LineLevel:
    """A line's quarterly revenue where an outlook begins, in US dollars, and where it came from."""

    usd: float
    origin: str


@dataclass(frozen=True)
class BaseQuarter:
    """What a calibration starts from.

    Args:
        view: The figures.
        ticker: The company.
        lines: Its latest quarter known by line: one whose lines make up 98% of the total, unless
            that is more than a year older.
        revenue: Revenue of that quarter, of all lines.
        drawn: Levels of the running quarter, if its nowcast was handed over.
    """

    view: View
    ticker: str
    lines: QuarterLines
    revenue: float
    drawn: DrawnLevels | None = None

    @property
    def quarter(self) -> Quarter:
        """The quarter of costs, margins and all else beside revenue."""
        return self.lines.quarter

    @property
    def begins(self) -> Quarter:
        """The quarter whose revenue by line the outlook begins with: the running one if it was drawn."""
        return self.drawn.quarter if self.drawn else self.quarter

    def level(self, line: Line) -> LineLevel | None:
        """The revenue of a line to begin with: the nowcast's median, else what was reported last."""
        if self.drawn:
            usd = self.drawn.median_usd.get(line, 0.0)
            return LineLevel(usd, f"{self.drawn.origin}; costs of {self.quarter}") if usd > 0 else None
        figure = self.lines.revenue.get(line)
        return LineLevel(max(0.0, float(figure.value)), of_figure(figure)) if figure else None

    def latest(self, measure: str) -> Figure | None:
        """The latest quarter's figure of a measure of the whole company, or the latest moment's."""
        for quarter in reversed(list(self._quarters())):
            figure = self.view.company_measure(self.ticker, quarter, measure)
            if isinstance(figure, Figure):
                return figure
        return None

    def newest(self, measure: str) -> Figure | None:
        """The figure of a measure with the latest end, whatever period it covers."""
        return max(self.view.figures(self.ticker, measure), key=lambda f: (f.end, f.known), default=None)

    def peers(self, measure: str) -> tuple[float, int]:
        """Median of a measure over the quarter's revenue among companies that have both, and their number."""
        ratios = [
            float(figure.value) / base.revenue
            for ticker in self.view.tickers()
            if (base := find_base(self.view, ticker)) and base.revenue and (figure := base.latest(measure))
        ]
        return (median(ratios), len(ratios)) if ratios else (0.0, 0)

    def _quarters(self) -> list[Quarter]:
        quarters = self.view.quarters(self.ticker)
        return list(quarters[0].through(quarters[-1]))


def find_base(view: View, ticker: str) -> BaseQuarter | None:
    """The base of a company; None if no quarter of it is known by line."""
    quarters = [view.quarter_lines(ticker, quarter) for quarter in view.quarters(ticker)]
    by_line = [lines for lines in quarters if lines.revenue]
    if not by_line:
        return None
    tied = [lines for lines in by_line if known_by_line(lines)]
    near = tied and by_line[-1].quarter.since(tied[-1].quarter) <= OLDER_QUARTERS
    lines = tied[-1] if near else by_line[-1]
    return BaseQuarter(view, ticker, lines, total_usd(lines))


def check_reports(view: View, ticker: str, day: date) -> None:
    """Refuse a company that has no quarters of its own ahead.

    Raises:
        NoData: If it was acquired by that day.
    """
    for event in view.events(ticker, day):
        if event.kind is EventKind.ACQUIRED and event.effective <= day:
            by = f" by {event.counterparty}" if event.counterparty else ""
            why = "it has no quarters of its own ahead"
            raise NoData(f"{ticker} was acquired{by} on {event.effective}; {why}")


def base_of(view: View, ticker: str, drawn: DrawnLevels | None = None) -> BaseQuarter:
    """The base of a company, with the levels drawn of its running quarter.

    Raises:
        NoData: If none of its quarters is known by line.
    """
    base = find_base(view, ticker)
    if base is None:
        raise NoData(f"no quarter of {ticker} is known by line", hint="add a filing with hashpivot add FILE")
    return replace(base, drawn=drawn)
