"""Which quarter is the latest season, and how far a newer one has come."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.core import Figure, NoData, Quarter
from hashpivot.ledger import View

FEWEST_TOTALS = 10
FEWEST_BREAKDOWNS = 6
"""Companies with total revenue, and with revenue by line, that make a quarter a season.

Judged: with 10 of some 20 listed miners a league table says something of the field, and with 6 breakdowns the
question of AI revenue can be put to more than half of them.
"""


@dataclass(frozen=True, slots=True)
class QuarterCounts:
    """What is known of a quarter.

    Args:
        quarter: The quarter.
        totals: Companies whose total revenue is known.
        breakdowns: Companies whose revenue by line is known.
    """

    quarter: Quarter
    totals: int
    breakdowns: int

    @property
    def enough(self) -> bool:
        """True if the quarter can stand as a season."""
        return self.totals >= FEWEST_TOTALS and self.breakdowns >= FEWEST_BREAKDOWNS

    def to_dict(self) -> dict[str, object]:
        """`{"quarter", "totals", "breakdowns"}`."""
        return {"quarter": str(self.quarter), "totals": self.totals, "breakdowns": self.breakdowns}


def latest_season(view: View) -> Quarter:
    """The newest quarter with ten totals and six breakdowns, or else that with the most totals.

    Raises:
        NoData: If no company has revenue in any quarter.
    """
    quarters = _quarters(view)
    if not quarters:
        raise NoData("the ledger holds no revenue", hint="add a filing with hashpivot add FILE")
    counts = []
    for quarter in quarters:
        counted = count_quarter(view, quarter)
        if counted.enough:
            return quarter
        counts.append(counted)
    return max(counts, key=lambda counted: (counted.totals, counted.breakdowns, counted.quarter)).quarter


def newer_quarters(view: View, quarter: Quarter) -> tuple[QuarterCounts, ...]:
    """The quarters after one in which any company has revenue, in order."""
    return tuple(count_quarter(view, newer) for newer in reversed(_quarters(view)) if newer > quarter)


def count_quarter(view: View, quarter: Quarter) -> QuarterCounts:
    """Count the companies with a total and with a breakdown in a quarter."""
    held = [view.quarter_lines(ticker, quarter) for ticker in miners(view)]
    totals = sum(isinstance(lines.total_revenue, Figure) for lines in held)
    return QuarterCounts(quarter, totals, sum(bool(lines.revenue) for lines in held))


def miners(view: View) -> list[str]:
    """Companies with any figure that are miners by `Company.role`; one in no table counts as a miner."""
    known = view.companies
    return [t for t in view.tickers() if t not in known or known[t].role == "miner"]


def _quarters(view: View) -> list[Quarter]:
    """Quarters in which any company has revenue, newest first."""
    return sorted({q for ticker in miners(view) for q in view.quarters(ticker)}, reverse=True)
