"""Outcome of a quarter: its total as first reported, and the day from which any of it was known."""

from __future__ import annotations

from datetime import date

from hashpivot.core import Figure, Quarter
from hashpivot.ledger import View


def first_view(view: View) -> View:
    """The same figures as first reported."""
    return view.of_vintage("first")


def outcome_known(first: View, ticker: str, quarter: Quarter) -> date | None:
    """The first day on which any revenue of the quarter was known; None if none is.

    Args:
        first: A view of figures as first reported.
        ticker: The company.
        quarter: The quarter.
    """
    lines = first.quarter_lines(ticker, quarter)
    figures = [*lines.revenue.values(), lines.total_revenue]
    return min((f.known for f in figures if isinstance(f, Figure)), default=None)


def outcome(first: View, ticker: str, quarter: Quarter) -> Figure | None:
    """Total revenue of the quarter, if it has been reported."""
    total = first.quarter_lines(ticker, quarter).total_revenue
    return total if isinstance(total, Figure) else None
