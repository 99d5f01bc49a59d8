"""Walk-forward backtest: every company-quarter with an outcome, nowcast as it would have been then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Figure, Line, Missing, Quarter
from hashpivot.ledger import View

from ._nowcast import PRE_REPORT, known_on
from .company import CompanyDraws, CompanyQuarter, Information, first_view, outcome_known
from .hash_rate import EvidenceKind, mining_figure
from .parts import Estimate
from .track_record import Horizon, NowcastCase, Subject

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


def backtest(view: View, history: NetworkHistory, watch: Watch | None = None) -> list[NowcastCase]:
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
    by_day: dict[tuple[date, Quarter], Information] = {}
    cases: list[NowcastCase] = []
    for task in watch(tasks) if watch else tasks:
        key = task.as_of, task.quarter
        if key not in by_day:
            by_day = {key: known_on(view, history, *key)}
        cases += _cases(by_day[key], first, task)
    return sorted(
        cases, key=lambda c: (c.quarter, c.ticker, list(Horizon).index(c.horizon), c.subject, c.line)
    )


def _tasks(first: View, history: NetworkHistory) -> Iterator[_Task]:
    for ticker in first.tickers():
        for quarter in first.quarters(ticker):
            known = outcome_known(first, ticker, quarter)
            start, end = first.company_statements(ticker).bounds(quarter)
            if quarter < FIRST or known is None or end > history.last_day:
                continue
            days = {
                Horizon.BEFORE: start - timedelta(days=1),
                Horizon.MIDDLE: start + (end - start) / 2,
                Horizon.END: end,
                Horizon.PRE_REPORT: end + PRE_REPORT,
            }
            for horizon, day in days.items():
                yield _Task(min(day, known - timedelta(days=1)), horizon, ticker, quarter)


def _cases(information: Information, first: View, task: _Task) -> Iterator[NowcastCase]:
    if task.ticker not in information.view.tickers():
        return
    context = CompanyQuarter(information, task.ticker, task.quarter)
    not_widened = CompanyDraws(context, lambda *_: 1.0)
    outcome = first.quarter_lines(task.ticker, task.quarter)
    total, draws = outcome.total_revenue, not_widened.total()
    for drawn in not_widened.lines:
        mining = drawn.line is Line.SELF_MINING
        actual = outcome.revenue.get(drawn.line)
        if mining and context.whole:
            found = mining_figure(first, task.ticker, task.quarter)
            actual = found[1] if found and found[0] is EvidenceKind.TOTAL else None
        if actual and actual.value > 0:
            subject = Subject.MINING if mining else Subject.OTHER
            yield _case(context, task, subject, str(drawn.line), Estimate.of(drawn.draws), actual)
    if draws is not None and isinstance(total, Figure) and total.value > 0 and context.base:
        yield _case(context, task, Subject.TOTAL, "total", Estimate.of(draws), total)


def _case(
    context: CompanyQuarter, task: _Task, subject: Subject, line: str, estimate: Estimate, actual: Figure
) -> NowcastCase:
    last = _last(context, subject, line)
    year = _year_before(context, subject, line)
    return NowcastCase(
        task.ticker,
        task.quarter,
        task.horizon,
        task.as_of,
        subject,
        line,
        str(context.level),
        estimate.median_usd,
        max(1.0, estimate.p10_usd),
        estimate.p90_usd,
        float(actual.value),
        actual.known,
        float(last.value) if last else None,
        float(year.value) if year else None,
        float(last.value) * context.pay_since(last) if last else None,
        task.quarter.since(last.quarter) if last and last.quarter else None,
    )


def _last(context: CompanyQuarter, subject: Subject, line: str) -> Figure | None:
    """The last known quarter of the same thing."""
    quarters = [q for q in context.information.view.quarters(context.ticker) if q < context.quarter]
    found = (_figure(context, q, subject, line) for q in reversed(quarters))
    return next((figure for figure in found if figure), None)


def _year_before(context: CompanyQuarter, subject: Subject, line: str) -> Figure | None:
    return _figure(context, context.quarter - 4, subject, line)


def _figure(context: CompanyQuarter, quarter: Quarter, subject: Subject, line: str) -> Figure | None:
    view = context.information.view
    if subject is Subject.MINING:
        found = mining_figure(view, context.ticker, quarter)
        return found[1] if found else None
    lines = view.quarter_lines(context.ticker, quarter)
    if subject is Subject.OTHER:
        return lines.revenue.get(Line(line))
    return None if isinstance(lines.total_revenue, Missing) else lines.total_revenue
