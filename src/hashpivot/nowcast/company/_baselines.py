"""Simple forecasts a nowcast is held against and drawn toward: the last quarter, and a year before."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.core import Figure, Line, Missing, Quarter

from ..hash_rate import mining_figure
from ..track_record import Subject
from ._context import CompanyQuarter


@dataclass(frozen=True, slots=True)
class Baselines:
    """Simple forecasts of one thing; None where the quarter they need is not known.

    Args:
        last_usd: The last known quarter.
        seasonal_usd: The same quarter a year before.
        scaled_usd: The last known quarter times the change in network revenue per hash.
        quarters_since: Quarters from the last known one.
        toward_usd: The one a nowcast is drawn toward: the last quarter, mining scaled, other lines as a later
            total leaves them.
    """

    last_usd: float | None
    seasonal_usd: float | None
    scaled_usd: float | None
    quarters_since: int | None
    toward_usd: float | None


def baselines(context: CompanyQuarter, subject: Subject, line: str) -> Baselines:
    """The simple forecasts of a line or the total of a company's quarter."""
    last = _last(context, subject, line)
    year = _figure(context, context.quarter - 4, subject, line)
    last_usd = float(last.value) if last else None
    scaled_usd = last_usd * context.pay_since(last) if last and last_usd else None
    if subject is Subject.TOTAL:
        toward_usd = _total_toward(context)
    else:
        toward_usd = scaled_usd if subject is Subject.MINING else _line_toward(context, line) or last_usd
    return Baselines(
        last_usd,
        float(year.value) if year else None,
        scaled_usd,
        context.quarter.since(last.quarter) if last and last.quarter else None,
        toward_usd,
    )


def _total_toward(context: CompanyQuarter) -> float | None:
    """The last total, its mining times the change in network revenue per hash."""
    levels = context.levels
    if levels is None or levels.total is None:
        return None
    total, mining = float(levels.total.value), levels.lines.get(Line.SELF_MINING)
    mined = total if context.whole else mining.usd if mining else 0.0
    return max(0.0, total + mined * (context.pay_since(levels.total) - 1)) or None


def _line_toward(context: CompanyQuarter, line: str) -> float | None:
    """A line other than mining as the latest total leaves it; None if none does."""
    levels = context.levels
    if context.whole or levels is None or levels.total is None:
        return None
    level = levels.lines.get(Line(line))
    return level.usd if level else None


def _last(context: CompanyQuarter, subject: Subject, line: str) -> Figure | None:
    """The last known quarter of the same thing."""
    quarters = [q for q in context.information.view.quarters(context.ticker) if q < context.quarter]
    found = (_figure(context, q, subject, line) for q in reversed(quarters))
    return next((figure for figure in found if figure), None)


def _figure(context: CompanyQuarter, quarter: Quarter, subject: Subject, line: str) -> Figure | None:
    view = context.information.view
    if subject is Subject.MINING:
        found = mining_figure(view, context.ticker, quarter)
        return found[1] if found else None
    lines = view.quarter_lines(context.ticker, quarter)
    if subject is Subject.OTHER:
        return lines.revenue.get(Line(line))
    return None if isinstance(lines.total_revenue, Missing) else lines.total_revenue
