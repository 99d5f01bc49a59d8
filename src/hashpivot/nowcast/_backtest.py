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
from .company import (
    Baselines,
    CompanyDraws,
    CompanyQuarter,
    Information,
    adjusted_ebitda,
    first_view,
    outcome_known,
    treasury_of,
)
from .hash_rate import EvidenceKind, mining_figure
from .parts import Estimate
from .track_record import Horizon, Learned, NowcastCase, Subject, learned_on

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
    """Every nowcast that could have been made, with its outcome, before past errors correct it.

    The outcome is what was reported first; a line counts if it was both nowcast and reported. A nowcast sees
    the figures, the network and the outcomes of earlier cases known on its day only. A total is the sum of
    corrected lines.

    Args:
        view: All figures.
        history: The network.
        watch: Wraps the tasks, to show progress.
    """
    first = first_view(view)
    tasks = sorted(_tasks(first, history), key=lambda t: (t.as_of, t.ticker, t.horizon))
    by_day: dict[tuple[date, Quarter], tuple[Information, Learned]] = {}
    cases: list[NowcastCase] = []
    for task in watch(tasks) if watch else tasks:
        key = task.as_of, task.quarter
        if key not in by_day:
            by_day = {key: (known_on(view, history, *key), learned_on(cases, task.as_of))}
        cases += _cases(*by_day[key], first, task)
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


def _cases(information: Information, learned: Learned, first: View, task: _Task) -> Iterator[NowcastCase]:
    if task.ticker not in information.view.tickers():
        return
    context = CompanyQuarter(information, task.ticker, task.quarter)
    drawn = CompanyDraws(context, learned)
    outcome = first.quarter_lines(task.ticker, task.quarter)
    for line in drawn.lines:
        mining = line.line is Line.SELF_MINING
        actual = outcome.revenue.get(line.line)
        if mining and context.whole:
            found = mining_figure(first, task.ticker, task.quarter)
            actual = found[1] if found and found[0] is EvidenceKind.TOTAL else None
        if actual and actual.value > 0:
            subject = Subject.MINING if mining else Subject.OTHER
            estimate, simple = Estimate.of(line.model), drawn.baselines(line)
            yield _case(context, task, subject, str(line.line), estimate, actual, simple)
    total, draws = outcome.total_revenue, drawn.sum_of_lines()
    comparable = context.levels is not None and not context.levels.turnover
    if draws is not None and isinstance(total, Figure) and total.value > 0 and comparable:
        estimate, simple = Estimate.of(draws), drawn.total_baselines
        yield _case(context, task, Subject.TOTAL, "total", estimate, total, simple)
        yield from _ebitda_case(drawn, first, task)


def _ebitda_case(drawn: CompanyDraws, first: View, task: _Task) -> Iterator[NowcastCase]:
    """Adjusted EBITDA with its last known quarter as a baseline."""
    context = drawn.context
    actual = first.company_measure(task.ticker, task.quarter, Subject.EBITDA)
    draws = adjusted_ebitda(drawn, treasury_of(context))
    if isinstance(draws, Missing) or not isinstance(actual, Figure):
        return
    last = [each for each in context.information.ebitda(task.ticker) if each.quarter < task.quarter][-1]
    simple = Baselines(last.ebitda_usd, None, None, task.quarter.since(last.quarter), None)
    yield _case(context, task, Subject.EBITDA, str(Subject.EBITDA), Estimate.of(draws), actual, simple)


def _case(
    context: CompanyQuarter,
    task: _Task,
    subject: Subject,
    line: str,
    estimate: Estimate,
    actual: Figure,
    simple: Baselines,
) -> NowcastCase:
    return NowcastCase(
        task.ticker,
        task.quarter,
        task.horizon,
        task.as_of,
        subject,
        line,
        str(context.level),
        estimate.median_usd,
        estimate.p10_usd if subject is Subject.EBITDA else max(1.0, estimate.p10_usd),
        estimate.p90_usd,
        float(actual.value),
        actual.known,
        simple.last_usd,
        simple.seasonal_usd,
        simple.scaled_usd,
        simple.quarters_since,
        simple.toward_usd,
    )
