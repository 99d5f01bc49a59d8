"""By when a company's report on a quarter is due; which quarters it owes is `Company.owes`."""

from __future__ import annotations

from datetime import date

from hashpivot.core import filing_deadline
from hashpivot.ledger import CompanyStatements, ExpectedReport


def due_day(statements: CompanyStatements, report: ExpectedReport) -> date:
    """Return the last day on which a report should have become public.

    Of two forms that may be meant the later deadline counts: late rather than early.
    """
    end = statements.bounds(report.quarter)[1]
    return max(filing_deadline(form, end) for form in report.forms)
