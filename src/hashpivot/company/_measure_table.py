"""A statement, or the operating data, by quarter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from hashpivot.core import MEASURES, ONE_DAY, Figure, Measure, Missing, Quarter, ReportSection, short_repr
from hashpivot.ledger import View
from hashpivot.season import Formula, Metric, computed

from ._amount import Amount, absence_of, amount_json


@short_repr
@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure of the whole company by quarter.

    Args:
        measure: The measure.
        amounts: One a quarter.
    """

    measure: Measure
    amounts: tuple[Amount, ...]

    @property
    def known(self) -> bool:
        """True if any quarter has a number."""
        return any(absence_of(amount) is None for amount in self.amounts)


@short_repr
@dataclass(frozen=True, slots=True)
class MeasureTable:
    """Measures of one section of the reports by quarter.

    Args:
        section: The section.
        quarters: Oldest first.
        rows: All its measures of the whole company, in the order of the statement.
    """

    section: ReportSection
    quarters: tuple[Quarter, ...]
    rows: tuple[MeasureRow, ...]

    def known_rows(self) -> list[MeasureRow]:
        """Return the rows with any number."""
        return [row for row in self.rows if row.known]

    def newest(self, name: str) -> Amount:
        """Return a measure's amount of the last quarter."""
        return next(row.amounts[-1] for row in self.rows if row.measure.name == name)

    def to_dict(self) -> list[dict[str, Any]]:
        """Stable keys; see docs/json.md."""
        return [
            {
                "measure": row.measure.name,
                "title": row.measure.title,
                "unit": row.measure.unit,
                "quarters": [
                    {"quarter": str(quarter), **amount_json(amount)}
                    for quarter, amount in zip(self.quarters, row.amounts, strict=True)
                ],
            }
            for row in self.rows
        ]


def measure_table(
    view: View, ticker: str, section: ReportSection, quarters: Sequence[Quarter]
) -> MeasureTable:
    """Return a company's measures of a section by quarter."""
    rows = tuple(
        MeasureRow(measure, tuple(_amount(view, ticker, quarter, measure) for quarter in quarters))
        for measure in _measures(section)
    )
    return MeasureTable(section, tuple(quarters), rows)


def _measures(section: ReportSection) -> Iterator[Measure]:
    """Measures with one number a quarter; of customers and splits there are several, of a line its own."""
    for measure in MEASURES.values():
        of_lines = measure.by_line or measure.name in _BESIDE_LINES
        if measure.section is section and not of_lines and measure.unit != "pure":
            yield measure


_BESIDE_LINES = ("eliminations", "unattributed")  # they stand in the table of lines


def _amount(view: View, ticker: str, quarter: Quarter, measure: Measure) -> Amount:
    amount = view.company_measure(ticker, quarter, measure.name)
    if isinstance(amount, Missing) and measure.unit == "ehs" and measure.flow:
        return _mean_of_months(view, ticker, quarter, measure) or amount
    return amount


def _mean_of_months(view: View, ticker: str, quarter: Quarter, measure: Measure) -> Metric | None:
    """The mean of three monthly averages, weighted by days; None unless all three are known."""
    start, end = view.company_statements(ticker).bounds(quarter)
    best: dict[tuple[date, date], Figure] = {}
    for figure in view.figures(ticker, measure.name):
        if figure.start and start <= figure.start and figure.end <= end:
            best.setdefault((figure.start, figure.end), figure)
    months = [best[period] for period in sorted(best) if (period[1] - period[0]).days < 32]
    days = [_days(figure) for figure in months]
    whole = months and (months[0].start, months[-1].end) == (start, end)
    if not whole or any(b.start != a.end + ONE_DAY for a, b in pairwise(months)):
        return None
    mean = Formula(
        lambda *values: sum(v * d for v, d in zip(values, days, strict=True)) / sum(days), tuple(months)
    )
    return computed(
        f"{measure.name}_{measure.unit}", mean, months, "mean of its months' averages, weighted by days"
    )


def _days(figure: Figure) -> int:
    return (figure.end - (figure.start or figure.end)).days + 1
