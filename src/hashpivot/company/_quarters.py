"""Which quarters a company is shown by."""

from __future__ import annotations

from datetime import date

from hashpivot.core import MEASURES, Figure, InvalidInput, Missing, Quarter
from hashpivot.ledger import View
from hashpivot.season import FEWEST_TOTALS

QUARTERS_SHOWN = 9
"""Two years and the quarter they are compared with."""

_MOST = 40
_TWO_MONTHS = 62
_FIRST = date(2024, 7, 1)  # a ledger without revenue has no newest quarter; the first after the halving


def shown_quarters(view: View, ticker: str, count: int = QUARTERS_SHOWN) -> tuple[Quarter, ...]:
    """Return the last quarters of a company, oldest first, up to the newest with any amount of a quarter.

    Of a company without any they are those up to the ledger's newest quarter that it owes a report on.

    Args:
        view: What is known.
        ticker: The company.
        count: How many, 1 to 40.

    Raises:
        InvalidInput: If `count` is out of range.
    """
    if not 1 <= count <= _MOST:
        raise InvalidInput(f"{count} quarters cannot be shown", hint=f"ask for 1 to {_MOST}")
    last = _newest_amount(view, ticker) or _newest_instant(view, ticker) or _newest_owed(view, ticker)
    return tuple((last - (count - 1)).through(last))


def newest_day(view: View) -> date:
    """The view's day, or else the last one on which anything in it became known."""
    return view.as_of or view.last_known or date.min


def newest_in_ledger(view: View) -> Quarter:
    """Return the newest quarter in which as many companies have revenue as the latest season needs.

    Counted are reported periods of three months or more that end in it. With fewer companies it is the newest
    quarter of any, without revenue the quarter before the view's day.
    """
    counts: dict[Quarter, int] = {}
    for ticker in view.tickers():
        for quarter in _reported_quarters(view, ticker):
            counts[quarter] = counts.get(quarter, 0) + 1
    full = [quarter for quarter, count in counts.items() if count >= FEWEST_TOTALS]
    return max(full or counts, default=Quarter.containing(view.as_of or _FIRST) - 1)


def _reported_quarters(view: View, ticker: str) -> set[Quarter]:
    """Quarters in which a reported period of revenue ends."""
    return {
        Quarter.of_period_end(figure.end)
        for measure in ("total_revenue", "revenue")
        for figure in view.figures(ticker, measure)
        if figure.start and (figure.end - figure.start).days > _TWO_MONTHS
    }


def _newest_amount(view: View, ticker: str) -> Quarter | None:
    earned = view.quarters(ticker)[-1:]
    ends = {Quarter.of_period_end(f.end) for f in view.figures(ticker) if f.start}
    later = sorted((q for q in ends if not earned or q > earned[0]), reverse=True)
    return next((q for q in later if _has_flow(view, ticker, q)), earned[0] if earned else None)


def _has_flow(view: View, ticker: str, quarter: Quarter) -> bool:
    flows = [name for name, measure in MEASURES.items() if measure.flow and not measure.by_line]
    return any(isinstance(view.company_measure(ticker, quarter, name), Figure) for name in flows)


def _newest_instant(view: View, ticker: str) -> Quarter | None:
    return max((Quarter.of_period_end(f.end) for f in view.figures(ticker)), default=None)


def _newest_owed(view: View, ticker: str) -> Quarter:
    """The last quarter up to the ledger's newest in which a company was listed; the newest if in none."""
    newest, company = newest_in_ledger(view), view.companies.get(ticker)
    owed = (newest - back for back in range(_MOST) if company and company.owes(newest - back))
    return next(owed, newest)


def newest_revenue(view: View, ticker: str) -> Quarter | Missing:
    """Return the newest quarter with revenue, in total or by line, or why there is none."""
    quarters = view.quarters(ticker)
    if quarters:
        return quarters[-1]
    return view.company_statements(ticker).absent("total_revenue", _newest_owed(view, ticker))
