"""The newest report of a company in the ledger, and the one that should come next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from hashpivot.core import Company, Quarter, Source, short_repr
from hashpivot.ledger import ExpectedReport, View

from ._needs import REVENUE
from ._owed import due_day


@short_repr
@dataclass(frozen=True, slots=True)
class NewestReport:
    """How far a company's reports in the ledger reach.

    Args:
        ticker: The company.
        quarter: The newest quarter whose revenue is held; None if none is.
        source: What gives it; None if the quarter is derived, or none is held.
        expected: The report on the next quarter it owes; None if it owes none any more.
        due: Last day on which that should become public.
        overdue: True if that day has passed.
    """

    ticker: str
    quarter: Quarter | None
    source: Source | None
    expected: ExpectedReport | None
    due: date | None
    overdue: bool

    def __str__(self) -> str:
        held = self.quarter and f"no report of {self.ticker} later than {self.quarter} is in the ledger"
        return f"{held or f'no report of {self.ticker} with revenue is in the ledger'}{self._next()}"

    def _next(self) -> str:
        if not self.expected:
            return ""
        due = f"was due {self.due}" if self.overdue else f"due {self.due}"
        return f"; next: {self.expected.form} for {self.expected.quarter}, {due}"

    def to_dict(self) -> dict[str, Any]:
        """The JSON; see docs/json.md."""
        return {
            "quarter": str(self.quarter) if self.quarter else None,
            "source": self.source.title if self.source else None,
            "known": self.source.known.isoformat() if self.source else None,
            "read": bool(self.source and self.source.sha256),
            "next": None
            if not self.expected or not self.due
            else {
                "form": self.expected.form,
                "quarter": str(self.expected.quarter),
                "due": self.due.isoformat(),
                "overdue": self.overdue,
            },
        }


def newest_quarter(view: View, ticker: str) -> Quarter | None:
    """Return the newest quarter in which a company has revenue, in total or by line; None if none has."""
    statements = view.company_statements(ticker)
    held = (q for q in reversed(statements.quarters) if any(statements.quarter(m, q) for m in REVENUE))
    return next(held, None)


def newest_report(view: View, company: Company, day: date) -> NewestReport:
    """Return how far a company's reports reach.

    Args:
        view: What is known.
        company: The company.
        day: The day by which a report may be overdue.
    """
    ticker, statements = company.ticker, view.company_statements(company.ticker)
    newest = newest_quarter(view, ticker)
    expected = statements.expected(newest + 1) if newest and company.owes(newest + 1) else None
    due = due_day(statements, expected) if expected else None
    source = _source(view, ticker, newest) if newest else None
    return NewestReport(ticker, newest, source, expected, due, bool(due and due < day))


def _source(view: View, ticker: str, quarter: Quarter) -> Source | None:
    """The source of the quarter's revenue: one that was read before one transcribed, then the latest."""
    figures = (f for measure in REVENUE for f in view.figures(ticker, measure) if f.quarter == quarter)
    sources = {f.source: view.sources[f.source] for f in figures if f.source in view.sources}
    return max(sources.values(), key=lambda s: (bool(s.sha256), s.known, s.key), default=None)
