"""A made-up miner whose hash rate is known, and what it would report on the real network."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hashpivot.core import MEASURES, Company, Figure, Line, PlainLocator, Quarter, Source
from hashpivot.ledger import Figures, View
from hashpivot.nowcast import Days

_ROW = PlainLocator("row")
_UPDATE_AFTER = timedelta(days=5)
"""When production updates come: in the first week of the next month."""
_REPORT_AFTER = timedelta(days=40)
"""When quarterly reports come: the SEC's deadline for accelerated filers."""


class MadeUpMiner:
    """A company at a constant effective hash rate, which reports on time and to the coin.

    Every method that adds to what it has reported returns the miner, so that calls can be chained.

    Args:
        days: The network: `hashpivot.nowcast.days_known`.
        ehs: Its effective hash rate, EH/s.
        ticker: Its ticker.
    """

    def __init__(self, days: Days, ehs: float = 10.0, ticker: str = "TEST") -> None:
        self.days, self.ehs, self.ticker = days, ehs, ticker
        self.figures: list[Figure] = []

    def figure(
        self,
        measure: str,
        start: date | None,
        end: date,
        value: float,
        *,
        line: Line | None = None,
        known: date | None = None,
        source: str = "release",
        label: str = "row",
    ) -> MadeUpMiner:
        """Add one figure; returns the miner.

        Args:
            measure: Its measure, a key of `hashpivot.core.MEASURES`, which gives the unit.
            start: First day; None for an instant.
            end: Last day, or the instant.
            value: The number.
            line: The line of business, if it is of one.
            known: Day it became known; five days after `end` if not given.
            source: Key of its source.
            label: Label of its row.
        """
        amount = Decimal(str(round(value, 4)))
        day = known or end + _UPDATE_AFTER
        unit = MEASURES[measure].unit
        self.figures.append(
            Figure(self.ticker, measure, line, start, end, amount, unit, label, source, _ROW, day)
        )
        return self

    def month(self, year: int, month: int, **given: float) -> MadeUpMiner:
        """Add a month's production update: the bitcoin mined at its hash rate, or the one given."""
        start = date(year, month, 1)
        end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        mined = self.ehs * float(self.days.btc_per_eh[self.days.span(start, end)].sum())
        self.figure("bitcoin_mined", start, end, given.get("bitcoin_mined", mined))
        return self

    def hash_rate(self, day: date, ehs: float) -> MadeUpMiner:
        """Add a reported hash rate, EH/s at the end of a day."""
        return self.figure("hash_rate_period_end", None, day, ehs)

    def quarter(
        self, text: str, line: Line | None = Line.SELF_MINING, value: float | None = None
    ) -> MadeUpMiner:
        """Add a quarterly report's revenue of a line, or without one its total revenue.

        Args:
            text: The quarter, such as `2024Q4`.
            line: The line; None for the total.
            value: US dollars; what the network paid for its hash rate if not given.
        """
        quarter = Quarter.parse(text)
        paid = float(self.days.usd_per_eh[self.days.span(quarter.start, quarter.end)].sum())
        amount = self.ehs * paid if value is None else value
        known = quarter.end + _REPORT_AFTER
        measure = "revenue" if line else "total_revenue"
        return self.figure(
            measure, quarter.start, quarter.end, amount, line=line, known=known, source=f"10-Q {text}"
        )

    def held(self) -> Figures:
        """All it has reported, with a source for each key."""
        keys = {figure.source for figure in self.figures}
        sources = {key: Source(key, self.ticker, "10-Q", date(2024, 1, 1), "filed", "A") for key in keys}
        return Figures(sources, tuple(self.figures))

    def view(self, as_of: date | None = None) -> View:
        """A point-in-time view of what it has reported, and of nothing else."""
        companies = {self.ticker: Company(self.ticker, "Test Mining Inc.")}
        return View(self.held(), as_of=as_of, companies=companies)
