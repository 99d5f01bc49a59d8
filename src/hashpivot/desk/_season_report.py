"""A season's report: the season set against earlier ones and against its nowcast."""

from __future__ import annotations

from collections.abc import Mapping

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import HashpivotError, InvalidInput, Missing, NoData, Quarter, not_derivable
from hashpivot.nowcast import Nowcast
from hashpivot.nowcast import nowcast as nowcast_of
from hashpivot.report import SeasonReport
from hashpivot.season import Comparison, Season, compare, season

EARLIER = (1, 4)
"""Quarters back that a season is compared with: the quarter before, and the same quarter a year before."""


def season_report(
    reported: Season,
    network: NetworkHistory,
    names: Mapping[str, str],
    earlier: tuple[int, ...] = EARLIER,
    *,
    nowcast: bool = True,
) -> SeasonReport:
    """Compare a season with earlier ones and with what was expected of it.

    Args:
        reported: The season; earlier seasons and the nowcast are made from its view.
        network: The network's history, as far as the view's day.
        names: Company names by ticker.
        earlier: Quarters back of the seasons it is compared with.
        nowcast: Make the nowcast too.
    """
    quarters = [reported.quarter - back for back in earlier]
    compared = {quarter: _compared(reported, network, names, quarter) for quarter in quarters}
    expected = _expected(reported, network) if nowcast else not_derivable("it was not asked for")
    return SeasonReport(reported, compared, expected, _without(reported))


def _without(reported: Season) -> tuple[str, ...]:
    """Miners that owed a report on the quarter and have no figures for it; none of a chosen few."""
    if reported.chosen:
        return ()
    known = reported.view.companies
    owed = (ticker for ticker, c in known.items() if c.role == "miner" and c.owes(reported.quarter))
    return tuple(sorted(ticker for ticker in owed if ticker not in reported))


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
        return nowcast_of(reported.view, network, reported.quarter, tickers)
    except (NoData, InvalidInput) as error:
        return _missing(error)


def _missing(error: HashpivotError) -> Missing:
    return not_derivable(error.message)
