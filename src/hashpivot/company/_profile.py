"""One company whole: everything the ledger and the season say of it, gathered once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from hashpivot.bitcoin import NetworkHistory, halvings
from hashpivot.core import Absence, Company, Figure, Missing, Quarter, ReportSection, Source, Tabular
from hashpivot.ledger import CompanyEvent, View
from hashpivot.season import (
    CompanySeason,
    Season,
    TrackedTarget,
    base_quarter,
    company_season,
    tracked_targets,
)

from ._absence_list import SECTIONS, AbsentGroup, absence_groups, absent_numbers
from ._amount import figures_in
from ._contract_record import ContractEntry, contract_record
from ._debt_stack import DebtStack, debt_stack
from ._key_numbers import KeyNumber, key_numbers
from ._line_history import LineTable, line_table
from ._measure_table import MeasureTable, measure_table
from ._megawatts import MegawattTimeline, megawatt_timeline
from ._message import Message, message
from ._quarters import QUARTERS_SHOWN, newest_day, newest_revenue, shown_quarters
from ._share_count import ShareCounts, share_counts
from ._words import short_name


@dataclass(frozen=True, repr=False)
class CompanyProfile(Tabular):
    """One company whole.

    Args:
        company: Its name, calendar and numbers.
        view: What it was read from; traces any figure.
        day: The day it is seen from: the view's, or that of the newest source in the ledger.
        quarters: The quarters shown, oldest first.
        newest: The newest quarter with revenue, or why there is none.
        message: What its numbers say, and the caveat that matters most.
        key_numbers: The six numbers one asks for first.
        lines: Revenue, growth, gross profit and margin by line.
        statements: Income statement, cash flow, balance sheet and notes.
        operating: Operating data.
        shares: Share counts.
        debt: What it owes.
        megawatts: Contracted, energized and to come.
        contracts: Newest first.
        events: What changed the company, newest first.
        targets: What it said it would reach, and what became of it.
        season: The four answers of the newest quarter, or why there are none.
        halvings: Days of the halvings so far.
    """

    company: Company
    view: View
    day: date
    quarters: tuple[Quarter, ...]
    newest: Quarter | Missing
    message: Message
    key_numbers: tuple[KeyNumber, ...]
    lines: LineTable
    statements: tuple[MeasureTable, ...]
    operating: MeasureTable
    shares: ShareCounts
    debt: DebtStack
    megawatts: MegawattTimeline
    contracts: tuple[ContractEntry, ...]
    events: tuple[CompanyEvent, ...]
    targets: tuple[TrackedTarget, ...]
    season: CompanySeason | Missing
    halvings: tuple[date, ...]

    def __repr__(self) -> str:
        return f"CompanyProfile({self.ticker}, {self.quarters[0]} to {self.quarters[-1]})"

    @property
    def ticker(self) -> str:
        """Its ticker."""
        return self.company.ticker

    @cached_property
    def absences(self) -> tuple[AbsentGroup, ...]:
        """What is absent, by kind, and what would end it."""
        tables = (*self.statements, self.operating)
        return absence_groups(absent_numbers(self.lines, tables, self.shares, self.debt, self.megawatts))

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every source of the figures shown, newest first."""
        sources = {s.key: s for figure in self.figures() for s in self._sources_of(figure)}
        return tuple(sorted(sources.values(), key=lambda s: (s.known, s.key), reverse=True))

    def figures(self) -> list[Figure]:
        """Return every figure shown, once."""
        return list({figure.id: figure for figure in self._figures()}.values())

    def label(self, quarter: Quarter) -> str:
        """Return what the company calls a quarter: `FQ1 2025`."""
        return self.company.calendar.label(*self.company.calendar.bounds(quarter))

    def records(self) -> list[dict[str, Any]]:
        """One row an amount of the tables: section, measure, line, quarter, value and figure."""
        return [
            {
                "measure": figure.measure,
                "line": figure.line or "total",
                "period": figure.period,
                "value": float(figure.value),
                "unit": figure.unit,
                "kind": figure.kind.value,
                "figure": figure.id,
            }
            for figure in self.figures()
        ]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot company`; see docs/json.md."""
        newest = self.newest
        return {
            "ticker": self.ticker,
            "name": self.company.name,
            "cik": self.company.cik or None,
            "day": self.day.isoformat(),
            "quarters": [
                {
                    "quarter": str(q),
                    "fiscal": self.label(q),
                    "start": start.isoformat(),
                    "end": end.isoformat(),
                }
                for q in self.quarters
                for start, end in (self.company.calendar.bounds(q),)
            ],
            "newest_quarter": None if isinstance(newest, Missing) else str(newest),
            "message": self.message.title,
            "caveat": self.message.caveat or None,
            "key_numbers": [number.to_dict() for number in self.key_numbers],
            "lines": self.lines.to_dict(),
            "statements": {table.section.value: table.to_dict() for table in self.statements},
            "operating": self.operating.to_dict(),
            "shares": self.shares.to_dict(),
            "debt": self.debt.to_dict(),
            "megawatts": self.megawatts.to_dict(),
            "contracts": [entry.to_dict() for entry in self.contracts],
            "events": [event.to_dict() for event in self.events],
            "targets": [target.to_dict() for target in self.targets],
            "answers": self._answers(),
            "absences": {
                kind.value: [group.to_dict() for group in self.absences if group.kind is kind]
                for kind in Absence
            },
            "sources": [_source(source) for source in self.sources],
        }

    def _answers(self) -> dict[str, Any]:
        if isinstance(self.season, Missing):
            return {}
        season = Season(self.season.lines.quarter, (self.season,), self.view)
        answers: dict[str, Any] = season.company_to_dict(self.season)["answers"]
        return answers

    def _figures(self) -> Iterator[Figure]:
        for row in self.lines.rows():
            for cell in row.quarters:
                for amount in cell.amounts().values():
                    yield from figures_in(amount)
        for table in (*self.statements, self.operating):
            for measure in table.rows:
                for amount in measure.amounts:
                    yield from figures_in(amount)
        for split in self.shares.splits:
            yield from (split.figure,) if split.figure else ()
        yield from (
            f
            for amount in (self.debt.total, *(p.amount for p in self.debt.parts))
            for f in figures_in(amount)
        )
        for points in self.megawatts.series().values():
            yield from (point.figure for point in points if point.figure)
        yield from (t.judged.evidence for t in self.targets if t.judged.evidence)
        if isinstance(self.season, CompanySeason):
            yield from (figure for answer in self.season.answers for figure in answer.figures)

    def _sources_of(self, figure: Figure) -> Iterator[Source]:
        for end in self.view.trace(figure.id).reported():
            if end.source:
                yield end.source


def company_profile(
    view: View, network: NetworkHistory, company: Company, count: int = QUARTERS_SHOWN
) -> CompanyProfile:
    """Gather everything known of one company.

    Args:
        view: What is known.
        network: For halvings and hashprice, as far as the view's day.
        company: The company.
        count: Quarters to show.

    Raises:
        InvalidInput: If `count` is not 1 to 40.
    """
    ticker, day = company.ticker, newest_day(view)
    quarters = shown_quarters(view, ticker, count)
    newest = newest_revenue(view, ticker)
    lines = line_table(view, ticker, quarters)
    statements = tuple(measure_table(view, ticker, section, quarters) for section in SECTIONS)
    operating = measure_table(view, ticker, ReportSection.OPERATING, quarters)
    debt = debt_stack(view, ticker, quarters[-1], day)
    targets = tracked_targets(view, ticker, day)
    megawatts = megawatt_timeline(view, ticker, day, targets)
    halved = None if isinstance(newest, Missing) else base_quarter(newest, network)
    return CompanyProfile(
        company=company,
        view=view,
        day=day,
        quarters=quarters,
        newest=newest,
        message=message(view, short_name(company.name), lines, operating, newest),
        key_numbers=key_numbers(view, lines, operating, debt, megawatts, halved),
        lines=lines,
        statements=statements,
        operating=operating,
        shares=share_counts(view, ticker, quarters),
        debt=debt,
        megawatts=megawatts,
        contracts=contract_record(view, ticker, day),
        events=view.events(ticker, day)[::-1],
        targets=targets,
        season=newest
        if isinstance(newest, Missing)
        else company_season(view, network, ticker, company.name, newest),
        halvings=_past(network, day),
    )


def _past(network: NetworkHistory, day: date) -> tuple[date, ...]:
    return tuple(h.day for h in halvings(network) if h.day and h.day <= day)


def _source(source: Source) -> dict[str, Any]:
    return {
        "title": source.title,
        "form": source.form or None,
        "grade": source.grade,
        "known": source.known.isoformat(),
        "known_basis": source.known_basis,
        "accession": source.accession or None,
        "url": source.url or None,
    }
