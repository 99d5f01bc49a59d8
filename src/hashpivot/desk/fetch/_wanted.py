"""Which filings are wanted of a company's list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from hashpivot.core import Company, Quarter
from hashpivot.sources.sec import CURRENT, PERIODIC, FilingEntry, base_form, chosen

_ANNUAL_LATEST = timedelta(days=150)  # a 20-F is due four months after the year, and can be late by a month
_UPDATE_LATEST = timedelta(days=45)  # months of production are told in the weeks after
_REPORT_LATEST = timedelta(days=100)  # quarters in 6-K, which have no deadline of their own: 60 days, or late
_UPDATE = "operating update"


@dataclass(frozen=True, slots=True)
class MissingReport:
    """A report that coverage lists as missing.

    Args:
        forms: The form, or those of which one is meant; `operating update` for monthly production.
        quarter: The calendar quarter.
    """

    forms: tuple[str, ...]
    quarter: Quarter


def since(entries: Iterable[FilingEntry], forms: Iterable[str], first: date) -> list[FilingEntry]:
    """The filings of chosen forms from a day on."""
    return [entry for entry in entries if entry.filed >= first and chosen(entry.form, forms)]


def of_season(
    entries: Iterable[FilingEntry], forms: Iterable[str], company: Company, quarter: Quarter
) -> list[FilingEntry]:
    """A season's filings: the reports on the quarter, and what else was filed from its first day on.

    Reports are told by the period they are on. Everything else counts if filed between the fiscal quarter's
    first day and the latest day on which a report on it comes.
    """
    start, end = company.calendar.bounds(quarter)
    return [
        entry
        for entry in entries
        if chosen(entry.form, forms)
        and (
            _on(entry, quarter)
            if base_form(entry.form) in PERIODIC and entry.period
            else start <= entry.filed <= end + _ANNUAL_LATEST
        )
    ]


def of_missing(entries: Iterable[FilingEntry], company: Company, report: MissingReport) -> list[FilingEntry]:
    """The filings that can be a missing report, amendments included."""
    start, end = company.calendar.bounds(report.quarter)
    if report.forms == (_UPDATE,):
        return [e for e in entries if chosen(e.form, CURRENT) and start <= e.filed <= end + _UPDATE_LATEST]
    return [
        entry
        for entry in entries
        if chosen(entry.form, report.forms)
        and (
            _on(entry, report.quarter)
            if base_form(entry.form) in PERIODIC
            else end < entry.filed <= end + _REPORT_LATEST
        )
    ]


def earliest(company: Company, quarter: Quarter) -> date:
    """First day on which a filing of a season can have been filed."""
    return company.calendar.bounds(quarter)[0]


def _on(entry: FilingEntry, quarter: Quarter) -> bool:
    return entry.period is not None and Quarter.of_period_end(entry.period) == quarter
