"""Walk-forward backtest: every company-quarter with an outcome, nowcast as it would have been then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Figure, Line, Missing, Quarter
from hashpivot.ledger import View

from ._nowcast import EVE, known_on
from .company import CompanyDraws, CompanyQuarter, Known, first_view, outcome_known
from .hash_rate import Kind, mining_figure
from .parts import Estimate
from .record import Case, Horizon, Subject

FIRST = Quarter(2022, 4)
"""First quarter backtested; before it the ledger holds next to no quarters."""
Watch = Callable[[list[Any]], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class _Task:
    """One nowcast to make."""

    as_of: date
    horizon: Horizon
    ticker: str
    quarter: Quarter


def backtest(view: View, history: NetworkHistory, watch: Watch | None = None) -> list[Case]:
    """Every nowcast that could have been made, with its outcome, intervals not widened.

    The outcome is what was reported first; a line counts if it was both nowcast and reported. A nowcast sees
    the figures and the network known on its day only.

    Args:
        view: All figures.
        history: The network.
        watch: Wraps the tasks, to show progress.
    """
    first = first_view(view)
    tasks = sorted(_tasks(first, history), key=lambda t: (t.as_of, t.ticker, t.horizon))
    held: dict[tuple[date, Quarter], Known] = {}
    cases: list[Case] = []
    for task in watch(tasks) if watch else tasks:
        key = task.as_of, task.quarter
        if key not in held:
            held = {key: known_on(view, history, *key)}
        cases += _cases(held[key], first, task)
    return sorted(
        cases, key=lambda c: (c.quarter, c.ticker, list(Horizon).index(c.horizon), c.subject, c.line)
    )


def _tasks(first: View, history: NetworkHistory) -> Iterator[_Task]:
    for ticker in first.tickers():
        for quarter in first.quarters(ticker):
            known = outcome_known(first, ticker, quarter)
            start, end = first.book(ticker).bounds(quarter)
            if quarter < FIRST or known is None or end > history.last_day:
                continue
            days = {
                Horizon.BEFORE: start - timedelta(days=1),
                Horizon.MIDDLE: start + (end - start) / 2,
                Horizon.END: end,
                Horizon.EVE: end + EVE,
            }
            for horizon, day in days.items():
                yield _Task(min(day, known - timedelta(days=1)), horizon, ticker, quarter)


def _cases(known: Known, first: View, task: _Task) -> Iterator[Case]:
    if task.ticker not in known.view.tickers():
        return
    held = CompanyQuarter(known, task.ticker, task.quarter)
    not_widened = CompanyDraws(held, lambda *_: 1.0)
    outcome = first.quarter_lines(task.ticker, task.quarter)
    total, draws = outcome.total_revenue, not_widened.total()
    for drawn in not_widened.lines:
        mining = drawn.line is Line.SELF_MINING
        actual = outcome.revenue.get(drawn.line)
        if mining and held.whole:
            found = mining_figure(first, task.ticker, task.quarter)
            actual = found[1] if found and found[0] is Kind.TOTAL else None
        if actual and actual.value > 0:
            subject = Subject.MINING if mining else Subject.OTHER
            yield _case(held, task, subject, str(drawn.line), Estimate.of(drawn.draws), actual)
    if draws is not None and isinstance(total, Figure) and total.value > 0 and held.base:
        yield _case(held, task, Subject.TOTAL, "total", Estimate.of(draws), total)


def _case(
    held: CompanyQuarter, task: _Task, subject: Subject, line: str, estimate: Estimate, actual: Figure
) -> Case:
    last = _last(held, subject, line)
    year = _year_before(held, subject, line)
    return Case(
        task.ticker,
        task.quarter,
        task.horizon,
        task.as_of,
        subject,
        line,
        str(held.level),
        estimate.median_usd,
        max(1.0, estimate.p10_usd),
        estimate.p90_usd,
        float(actual.value),
        actual.known,
        float(last.value) if last else None,
        float(year.value) if year else None,
        float(last.value) * held.pay_since(last) if last else None,
        task.quarter.since(last.quarter) if last and last.quarter else None,
    )


def _last(held: CompanyQuarter, subject: Subject, line: str) -> Figure | None:
    """The last known quarter of the same thing."""
    quarters = [q for q in held.known.view.quarters(held.ticker) if q < held.quarter]
    found = (_figure(held, q, subject, line) for q in reversed(quarters))
    return next((figure for figure in found if figure), None)


def _year_before(held: CompanyQuarter, subject: Subject, line: str) -> Figure | None:
    return _figure(held, held.quarter - 4, subject, line)


def _figure(held: CompanyQuarter, quarter: Quarter, subject: Subject, line: str) -> Figure | None:
    view = held.known.view
    if subject is Subject.MINING:
        found = mining_figure(view, held.ticker, quarter)
        return found[1] if found else None
    lines = view.quarter_lines(held.ticker, quarter)
    if subject is Subject.OTHER:
        return lines.revenue.get(Line(line))
    return None if isinstance(lines.total_revenue, Missing) else lines.total_revenue
