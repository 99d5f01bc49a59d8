"""What an outlook begins with: a company's quarters not yet reported, as the nowcast draws them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import (
    Figure,
    Line,
    Missing,
    NoData,
    NowcastDraws,
    PowerMonth,
    Quarter,
    QuarterDraws,
    not_derivable,
    not_in_ledger,
)
from hashpivot.ledger import View

from ._nowcast import FARTHEST_DAYS, ceased, known_on
from ._persistence import joined
from .company import CompanyDraws, CompanyQuarter, Information
from .network import Floats
from .track_record import Learned, NowcastCase, learned_on, load_track_record

MOST_QUARTERS = 4
"""Quarters drawn at most: of a company that has not reported for longer the latest."""
_ATTRIBUTED = "; revenue it attributes to no line included"
Track = Callable[[], Sequence[NowcastCase]]


def nowcast_draws(
    view: View,
    history: NetworkHistory,
    ticker: str,
    as_of: date,
    power: Sequence[PowerMonth] = (),
    track: Track = load_track_record,
) -> NowcastDraws | Missing:
    """The quarters after a company's last report up to the running one, drawn jointly.

    The running quarter is that of the first day the network's history does not hold. Its draws are those of
    `nowcast` for that quarter and day. Place `i` of every array stands for the same path of the company: one
    above its median stays above.

    Args:
        view: The figures; later ones than `as_of` are not looked at.
        history: The network.
        ticker: The company.
        as_of: The day.
        power: Months of the company's sites, if known.
        track: Past nowcasts with their outcomes, from which medians and intervals learn.

    Returns:
        The draws, or why the running quarter has none.
    """
    running = Quarter.containing(min(as_of, history.last_day) + timedelta(days=1))
    if (as_of - history.last_day).days > FARTHEST_DAYS:
        return not_derivable(f"the network's history ends on {history.last_day}, too long before {as_of}")
    try:
        information = (
            known_on(view, history, as_of, running, {ticker: power})
            if power
            else _known(view, history, as_of, running)
        )
    except NoData as error:
        return not_derivable(error.message)
    if ticker not in information.view.tickers():
        return not_in_ledger(f"nothing of it was known on {as_of}")
    if (gone := ceased(information, ticker, running)) is not None:
        return gone
    reported = _reported(information.view, ticker, running)
    first = max(reported + 1, running - (MOST_QUARTERS - 1)) if reported else running
    learned = learned_on(track(), as_of)
    quarters = [_quarter(information, learned, ticker, quarter) for quarter in first.through(running)]
    if quarters[-1] is None:
        return not_derivable(f"its last figures are too old, or too few, for {running}")
    level = CompanyQuarter(information, ticker, running).level
    found = tuple(quarter for quarter in quarters if quarter)
    return NowcastDraws(ticker, as_of, str(level), reported, joined(found))


@lru_cache(maxsize=2)
def _known(view: View, history: NetworkHistory, as_of: date, running: Quarter) -> Information:
    """What was known on a day: the same for all companies."""
    return known_on(view, history, as_of, running)


def _reported(view: View, ticker: str, running: Quarter) -> Quarter | None:
    """The latest quarter before the running one with a reported total."""
    totals = (
        quarter
        for quarter in reversed(list(view.quarters(ticker)))
        if quarter < running and isinstance(view.quarter_lines(ticker, quarter).total_revenue, Figure)
    )
    return next(totals, None)


def _quarter(
    information: Information, learned: Learned, ticker: str, quarter: Quarter
) -> QuarterDraws | None:
    """One quarter's draws; None if it has no nowcast."""
    context = CompanyQuarter(information, ticker, quarter)
    drawn = CompanyDraws(context, learned)
    total = drawn.total()
    if total is None:
        return None
    lines = {each.line: each.draws for each in drawn.lines}
    basis = {each.line: each.basis for each in drawn.lines}
    pay = np.broadcast_to(context.pay(context.start, context.end), total.shape)
    return QuarterDraws(quarter, *_with_rest(lines, total, basis), pay, basis)


def _with_rest(
    lines: dict[Line, Floats], total: Floats, basis: dict[Line, str]
) -> tuple[Mapping[Line, Floats], Floats]:
    """Lines that add up to the total: what belongs to none goes to the other line, sales between lines off
    all in proportion."""
    together = np.sum(list(lines.values()), axis=0)
    rest = float(np.median(total - together))
    if rest > 0:
        basis[Line.OTHER] = basis.get(Line.OTHER, "as in the last quarter") + _ATTRIBUTED
        return lines | {Line.OTHER: lines.get(Line.OTHER, 0.0) + (total - together)}, total
    if rest < 0:
        return {line: draws * (total / together) for line, draws in lines.items()}, total
    return lines, total
