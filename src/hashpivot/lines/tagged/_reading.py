"""A reading: what one filing says, by line and period."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from hashpivot.core import (
    DebtInstrument,
    Figure,
    Line,
    Quarter,
    Source,
    Tabular,
    joined,
    json_number,
    months_in,
    short_repr,
    terminal_line,
)

from ._attribute import Parts
from ._candidate_rows import CandidateRow
from ._measures import Reported


@short_repr
@dataclass(frozen=True)
class PeriodReading:
    """One period of the income statement.

    Args:
        start: First day.
        end: Last day, inclusive.
        revenue: Total revenue and its lines.
        cost: Cost of revenue and its lines; None if the filing gives none.
        segment_profit: Gross profit rows as the company reports them by segment.
        depreciation: Whether cost of revenue includes depreciation, in words, or "".
    """

    start: date
    end: date
    revenue: Parts
    cost: Parts | None
    segment_profit: tuple[CandidateRow, ...]
    depreciation: str

    @property
    def months(self) -> int:
        """Length in whole months."""
        return months_in(self.start, self.end)

    @property
    def quarter(self) -> Quarter | None:
        """Calendar quarter of a three-month period, else None."""
        return Quarter.of_period(self.start, self.end)

    @property
    def total_revenue(self) -> Decimal:
        """Dollars."""
        assert self.revenue.total is not None
        return self.revenue.total.value

    def to_dict(self) -> dict[str, Any]:
        """The `periods` entry of the JSON contract."""
        cost = self.cost
        return {
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "months": self.months,
            "quarter": str(self.quarter) if self.quarter else None,
            "total_revenue_usd": json_number(self.total_revenue),
            "revenue": [_row(row) for row in self.revenue.rows],
            "cost_of_revenue": [
                _row(row) | {"depreciation": self.depreciation} for row in (cost.rows if cost else ())
            ],
            "segment_gross_profit": [_row(row) for row in self.segment_profit],
            "eliminations_usd": json_number(self.revenue.eliminations),
            "unattributed_usd": json_number(self.revenue.unattributed),
            "unattributed": [_row(row) for row in self.revenue.unplaced],
            "ties": self.revenue.ties,
        }


@dataclass(frozen=True, repr=False)
class Reading(Tabular):
    """What one filing says.

    Args:
        source: The filing as a source.
        company: `{"name", "cik", "ticker"}` as far as known.
        document_period_end: Last day the document reports on, if stated.
        periods: The periods of the income statement.
        reported: Company and operating measures.
        warnings: What could not be read or does not agree.
        debt: Loans, notes and credit lines owed at the period end, as tagged.
        file: Path or name of the file read.
    """

    source: Source
    company: dict[str, str]
    document_period_end: date | None
    periods: tuple[PeriodReading, ...]
    reported: tuple[Reported, ...]
    warnings: tuple[str, ...] = ()
    debt: tuple[DebtInstrument, ...] = ()
    file: str = field(default="", compare=False)

    def __repr__(self) -> str:
        name, form = self.company.get("name") or self.file, self.source.form or "no form"
        return terminal_line(
            f"Reading({name}, {form}, {len(self.periods)} periods, {len(self.reported)} measures)"
        )

    def records(self) -> list[dict[str, Any]]:
        """One row a figure: measure, line, period, value, unit and where it stands."""
        return [
            {
                "measure": figure.measure,
                "line": figure.line or "total",
                "start": figure.start.isoformat() if figure.start else None,
                "end": figure.end.isoformat(),
                "value": float(figure.value),
                "unit": figure.unit,
                "locator": str(figure.locator),
            }
            for figure in self.figures()
        ]

    def to_dict(self) -> dict[str, Any]:
        """The `readings` entry of the JSON contract of `hashpivot read`."""
        source, end = self.source, self.document_period_end
        return {
            "source": {
                "file": self.file,
                "sha256": source.sha256,
                "form": source.form or None,
                "accession": source.accession or None,
            },
            "company": {key: self.company.get(key) or None for key in ("name", "cik", "ticker")},
            "document_period_end": end.isoformat() if end else None,
            "periods": [period.to_dict() for period in self.periods],
            "operating": [_measure(found) for found in self.reported if found.operating],
            "measures": [_measure(found) for found in self.reported if not found.operating],
            "debt": [instrument.to_dict() for instrument in self.debt],
            "warnings": list(self.warnings),
        }

    def figures(self) -> tuple[Figure, ...]:
        """Every number of the reading as a figure of its source, ready for the ledger."""
        by_line = [figure for period in self.periods for figure in self._of_period(period)]
        company = [self._of_measure(found) for found in self.reported]
        return tuple(dict.fromkeys((*by_line, *company)))

    def _of_period(self, period: PeriodReading) -> list[Figure]:
        revenue, cost = period.revenue, period.cost
        assert revenue.total is not None
        figures = [self._figure(period, "total_revenue", None, revenue.total)]
        figures += [self._figure(period, "revenue", row.target, row, "main") for row in revenue.rows]
        figures += [self._figure(period, "unattributed", None, row) for row in revenue.unplaced if row.value]
        if revenue.eliminated:
            figures.append(self._eliminations(period))
        if cost is not None:
            note = period.depreciation
            figures += [
                self._figure(period, "cost_of_revenue", row.target, row, "main", note) for row in cost.rows
            ]
            if cost.total is not None:
                figures.append(self._figure(period, "total_cost_of_revenue", None, cost.total, note=note))
        figures += [
            self._figure(period, "segment_gross_profit", row.target, row, "segment")
            for row in period.segment_profit
        ]
        return figures

    def _figure(
        self,
        period: PeriodReading,
        measure: str,
        line: object,
        row: CandidateRow,
        breakdown: str = "",
        note: str = "",
    ) -> Figure:
        return Figure(
            ticker=self.source.ticker,
            measure=measure,
            line=line if isinstance(line, Line) else None,
            start=period.start,
            end=period.end,
            value=row.value,
            unit="usd",
            label=row.label,
            source=self.source.key,
            locator=row.fact.locator,
            known=self.source.known,
            decimals=row.fact.decimals,
            breakdown=breakdown,
            note="; ".join(text for text in (row.note, note) if text),
            qualifier=row.qualifier,
        )

    def _eliminations(self, period: PeriodReading) -> Figure:
        rows = period.revenue.eliminated
        first = self._figure(period, "eliminations", None, rows[0])
        locator = joined(tuple(row.fact.locator for row in rows))
        label = " + ".join(row.label for row in rows)
        return replace(first, value=period.revenue.eliminations, locator=locator, label=label)

    def _of_measure(self, found: Reported) -> Figure:
        decimals = [fact.decimals for fact in found.facts if fact.decimals is not None]
        summed = f"sum of {len(found.facts)} rows" if len(found.facts) > 1 else ""
        return Figure(
            ticker=self.source.ticker,
            measure=found.measure.name,
            line=None,
            start=found.start,
            end=found.end,
            value=found.value,
            unit=found.measure.unit,
            label=found.label,
            source=self.source.key,
            locator=found.locator,
            known=self.source.known,
            decimals=min(decimals, default=None),
            note="; ".join(filter(None, (summed, found.note, *(fact.note for fact in found.facts)))),
        )


def _row(row: CandidateRow) -> dict[str, Any]:
    line = row.target.value if isinstance(row.target, Line) else None
    return {
        "line": line,
        "label": row.label,
        "value_usd": json_number(row.value),
        "locator": str(row.fact.locator),
        **({"qualifier": row.qualifier} if row.qualifier else {}),
    }


def _measure(found: Reported) -> dict[str, Any]:
    return {
        "measure": found.measure.name,
        "start": found.start.isoformat() if found.start else None,
        "end": found.end.isoformat(),
        "value": json_number(found.value),
        "unit": found.measure.unit,
        "locator": str(found.locator),
        "label": found.label,
    }
