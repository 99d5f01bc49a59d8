"""A season's report: the season set against earlier ones and against its nowcast."""

from __future__ import annotations

from collections.abc import Mapping

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import HashpivotError, InvalidInput, Missing, NoData, Quarter, not_derivable
from hashpivot.nowcast import Nowcast, nowcast
from hashpivot.report import SeasonReport
from hashpivot.season import Comparison, Season, compare, season

EARLIER = (1, 4)
"""Quarters back that a season is compared with: the quarter before, and the same quarter a year before."""


def season_report(
    reported: Season, network: NetworkHistory, names: Mapping[str, str], earlier: tuple[int, ...] = EARLIER
) -> SeasonReport:
    """Compare a season with earlier ones and with what was expected of it.

    Args:
        reported: The season; earlier seasons and the nowcast are made from its view.
        network: The network's history, as far as the view's day.
        names: Company names by ticker.
        earlier: Quarters back of the seasons it is compared with.
    """
    quarters = [reported.quarter - back for back in earlier]
    compared = {quarter: _compared(reported, network, names, quarter) for quarter in quarters}
    without = tuple(ticker for ticker in names if ticker not in reported)
    return SeasonReport(reported, compared, _expected(reported, network), without)


def _compared(
    reported: Season, network: NetworkHistory, names: Mapping[str, str], quarter: Quarter
) -> Comparison | Missing:
    try:
        return compare([season(reported.view, network, dict(names), quarter), reported])
    except NoData as error:
        return _missing(error)


def _expected(reported: Season, network: NetworkHistory) -> Nowcast | Missing:
    """The nowcast of the season's companies, or why there is none for a quarter or a day like this."""
    tickers = [company.ticker for company in reported.companies]
    try:
        return nowcast(reported.view, network, reported.quarter, tickers)
    except (NoData, InvalidInput) as error:
        return _missing(error)


def _missing(error: HashpivotError) -> Missing:
    return not_derivable(error.message)
