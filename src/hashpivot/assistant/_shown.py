"""From the desk's objects to the values tools answer with; text of filings stays text."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Literal, cast

from hashpivot.core import Company, Figure, Missing, terminal_line
from hashpivot.desk import AskedAmount
from hashpivot.ledger import Trace, View
from hashpivot.season import Metric as SeasonMetric

from ._values import Absent, Amount, Asked, Computed, FigureNumber, Metric, NotComputed, Period

TEXT_LIMIT = 300
"""Characters of any text that comes from a filing."""
FIGURES_LIMIT = 8
"""Figures listed behind a computed number."""

Grade = Literal["A", "B", "C", ""]
_UNITS = {
    "usd": "usd", "share": "pure", "shares": "shares", "ratio": "pure", "yoy": "pure", "qoq": "pure",
    "mw": "mw", "quarters": "quarters", "count": "count", "margin": "pure", "days": "days", "years": "years",
}  # fmt: skip


def words(text: str) -> str:
    """Text from outside on one line, without characters that act or hide, and no longer than the limit."""
    line = terminal_line(text)
    return line if len(line) <= TEXT_LIMIT else f"{line[: TEXT_LIMIT - 1]}…"


def plain(number: Decimal | float | int) -> int | float:
    """A number as JSON has it: whole where it is whole."""
    return int(number) if number == int(number) else float(number)


def asked_company(company: Company) -> Asked:
    """A company's ticker and name."""
    return Asked(ticker=words(company.ticker), name=words(company.name))


def trace_link(figure: str) -> str:
    """The resource that traces a figure."""
    return f"hashpivot://trace/{figure}"


def amount_of(view: View, company: Company, asked: AskedAmount) -> Amount:
    """What was asked for: the figure, or why there is none."""
    reading = asked.period.reading
    if isinstance(asked.amount, Missing):
        when = asked.period
        start = None if when.instant else when.start.isoformat()
        period = Period(
            calendar=when.label, fiscal=when.fiscal, start=start, end=when.end.isoformat(), reading=reading
        )
        return absent(asked.measure.name, str(asked.line or "total"), asked.amount, period)
    return number(view, company, asked.amount, reading)


def absent(measure: str, line: str, why: Missing, period: Period | None = None) -> Absent:
    """An absence with its reason and what would end it."""
    return Absent(
        measure=measure,
        line=line,
        period=period,
        missing=why.code.value,
        reason=words(why.reason),
        needs=words(why.needs),
    )


def figure_period(company: Company, figure: Figure, reading: str = "") -> Period:
    """A figure's period."""
    calendar, quarter = company.calendar, figure.quarter
    if figure.start:
        fiscal = calendar.label(figure.start, figure.end)
    else:
        fiscal = calendar.label(*calendar.bounds(quarter)) if quarter else ""
    start = figure.start.isoformat() if figure.start else None
    return Period(
        calendar=figure.period, fiscal=fiscal, start=start, end=figure.end.isoformat(), reading=reading
    )


def number(view: View, company: Company, figure: Figure, reading: str = "") -> FigureNumber:
    """A figure with what stands behind it."""
    return FigureNumber(
        measure=figure.measure,
        line=str(figure.line or "total"),
        period=figure_period(company, figure, reading),
        value=plain(figure.value),
        unit=figure.unit,
        kind=figure.kind.value,
        grade=cast(Grade, view.trace(figure.id).grade),
        known=figure.known.isoformat(),
        address=figure.address,
        figure=figure.id,
        trace=trace_link(figure.id),
        page=f"/figure/{figure.address}",
        note=words(figure.note),
    )


def metric(view: View, period: Period, of: SeasonMetric) -> Metric:
    """A number of a season's answer, or why there is none."""
    if isinstance(of.value, Missing):
        return not_computed(of.name, of.value)
    assert not isinstance(of.value, str)
    traces = [view.trace(figure.id) for figure in of.figures]
    ids = list(dict.fromkeys(figure.id for figure in of.figures))[:FIGURES_LIMIT]
    return Computed(
        name=of.name,
        period=period,
        value=plain(of.value),
        unit=_UNITS.get(of.name.rpartition("_")[2], "count"),
        kind="derived",
        grade=worst_grade(traces),
        known=max((figure.known.isoformat() for figure in of.figures), default=None),
        method=words(of.method),
        at_least=of.at_least,
        figures=ids,
    )


def not_computed(name: str, why: Missing) -> NotComputed:
    """Why a computed number is not there."""
    return NotComputed(name=name, missing=why.code.value, reason=words(why.reason), needs=words(why.needs))


def worst_grade(traces: Iterable[Trace]) -> Grade:
    """The worst grade among the sources at the ends of several traces."""
    return cast(Grade, max((trace.grade for trace in traces), default=""))


def missing_in(said: dict[str, Any]) -> Missing | None:
    """The absence in a JSON value of the desk, if it is one."""
    from hashpivot.core import Absence

    if "missing" not in said or not isinstance(said["missing"], str):
        return None
    return Missing(said["reason"], Absence(said["missing"]), said.get("needs", ""))
