"""Which of a company's reports were read, and hence which kind of absence a missing number is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from hashpivot.core import (
    MEASURES,
    Figure,
    FiscalCalendar,
    Line,
    Missing,
    Quarter,
    ReportSection,
    Source,
    not_disclosed,
    not_in_ledger,
)

_DOMESTIC = ("10-K", "10-Q")
_FOREIGN = ("20-F", "40-F", "6-K")
_CURRENT = "8-K"  # only domestic filers file it; foreign ones file 6-K
_PERIODIC = (*_DOMESTIC, "20-F", "40-F")
_ANY_YEAR, _ANY_QUARTER, _UPDATE = "10-K or 20-F", "10-Q or 6-K", "operating update"


@dataclass(frozen=True, slots=True)
class ExpectedReport:
    """The report that would hold a company's quarter.

    Args:
        ticker: The company.
        form: `10-Q`, `10-K`, `6-K`, `20-F` or `40-F`; two of them joined by `or` if the kind of filer is not
            known; `operating update` for monthly production.
        quarter: The calendar quarter.
        fiscal: What the company calls it: `FQ1 2025`, for a fiscal year's last quarter `FY2025`.
    """

    ticker: str
    form: str
    quarter: Quarter
    fiscal: str

    @property
    def forms(self) -> tuple[str, ...]:
        """The form, or the two of which one is meant."""
        return tuple(self.form.split(" or "))

    def __str__(self) -> str:
        return f"{self.form} for {self.quarter} ({self.fiscal}) of {self.ticker}"


class ReportsRead:
    """The reports of one company that hashpivot's own reader read.

    A transcribed row says nothing about what its report does not give, so only files that were read count. A
    report (10-K, 10-Q, 20-F, 40-F, 6-K) counts for the statements from which it gave at least one figure of
    the quarter, and then, unless it is a 6-K, for its notes too. A release (8-K) leaves details to the report
    that follows. No report is bound to give operating data, so silence on them proves nothing.

    Args:
        ticker: The company.
        figures: Its figures by measure.
        sources: Sources by key; those of other companies are ignored.
        calendar: Its fiscal calendar.
    """

    def __init__(
        self,
        ticker: str,
        figures: Mapping[str, Sequence[Figure]],
        sources: Mapping[str, Source],
        calendar: FiscalCalendar,
    ) -> None:
        self.ticker = ticker
        self._figures = figures
        self._sources = sources
        self._calendar = calendar
        self._expected: dict[tuple[Quarter, bool], ExpectedReport] = {}

    def absent(self, measure: str, quarter: Quarter, subject: str = "") -> Missing:
        """Return why a quarter has no number: its report was not read, or was and does not give it.

        Args:
            measure: A name from `MEASURES`.
            quarter: The calendar quarter.
            subject: What is missing, in words; the measure's title if not given.
        """
        what = subject or title_of(measure)
        report = self.read(measure, quarter)
        if report:
            return not_disclosed(f"{report.title} was read and gives no {what}")
        expected = self.to_get(measure, quarter)
        reason = f"no report on {quarter} that would give {what} is in the ledger"
        return not_in_ledger(reason, f"{expected}: {what}")

    def read(self, measure: str, quarter: Quarter) -> Source | None:
        """Return the report on a quarter that was read and would hold a measure; None if none was."""
        section = MEASURES[measure].section
        keys = self._sections.get((section, quarter), set())
        if section is ReportSection.NOTES:
            keys = keys | self._sections.get((ReportSection.INCOME, quarter), set())
        reports = [self._sources[key] for key in sorted(keys) if _would_hold(section, self._sources[key])]
        return reports[0] if reports else None

    def to_get(self, measure: str, quarter: Quarter) -> ExpectedReport | None:
        """Return the report on a quarter that would hold a measure; None if it was read already."""
        return None if self.read(measure, quarter) else self.expected(quarter, MEASURES[measure].section)

    def expected(self, quarter: Quarter, section: ReportSection = ReportSection.INCOME) -> ExpectedReport:
        """Return the report that would hold a quarter, in the form the company files about that time."""
        key = quarter, section is ReportSection.OPERATING
        if key not in self._expected:
            self._expected[key] = self._report_on(quarter, section)
        return self._expected[key]

    def bounds(self, quarter: Quarter) -> tuple[date, date]:
        """Return the first and last day of the fiscal quarter that belongs to a calendar quarter."""
        return self._calendar.bounds(quarter)

    def _report_on(self, quarter: Quarter, section: ReportSection) -> ExpectedReport:
        start, end = self.bounds(quarter)
        if section is ReportSection.OPERATING:
            return ExpectedReport(self.ticker, _UPDATE, quarter, self._calendar.label(start, end))
        year = self._calendar.year_of(end)
        year_end = year[1] == end
        fiscal = self._calendar.label(*(year if year_end else (start, end)))
        return ExpectedReport(self.ticker, self._form(quarter, year_end=year_end), quarter, fiscal)

    def _form(self, quarter: Quarter, *, year_end: bool) -> str:
        """The form of the nearest report in time; both where no report says what the company files."""
        nearest = min(self._forms, key=lambda one: (abs((one[0] - quarter.end).days), one), default=None)
        if not nearest:
            return _ANY_YEAR if year_end else _ANY_QUARTER
        if nearest[1].startswith((*_DOMESTIC, _CURRENT)):
            return "10-K" if year_end else "10-Q"
        annual = "40-F" if any(form.startswith("40-F") for _, form in self._forms) else "20-F"
        return annual if year_end else "6-K"

    @cached_property
    def _forms(self) -> list[tuple[date, str]]:
        """Period ends and forms of the company's reports in the ledger, read or transcribed."""
        keys = {figure.source for figure in self._every_figure()}
        sources = (self._sources[key] for key in keys if key in self._sources)
        forms = (*_DOMESTIC, _CURRENT, *_FOREIGN)
        return [(s.period_end, s.form) for s in sources if s.period_end and s.form.startswith(forms)]

    @cached_property
    def _sections(self) -> dict[tuple[ReportSection, Quarter], set[str]]:
        """Sources read, by the section and quarter they give at least one figure of."""
        sections: dict[tuple[ReportSection, Quarter], set[str]] = defaultdict(set)
        columns = {(measure, f.source, f.end) for measure, group in self._figures.items() for f in group}
        for measure, key, end in columns:
            source = self._sources.get(key)
            if source and source.sha256 and _own_period(source, end):
                sections[MEASURES[measure].section, Quarter.of_period_end(end)].add(key)
        return sections

    def _every_figure(self) -> Iterable[Figure]:
        return (figure for group in self._figures.values() for figure in group)


def title_of(measure: str, line: Line | None = None) -> str:
    """A measure in words: `cost of revenue by line`, or `cost of revenue of hosting`."""
    title = MEASURES[measure].title
    words = title if title[1:2].isupper() else title[:1].lower() + title[1:]
    if line:
        return f"{words} of {line.heading.lower()}"
    return f"{words} by line" if MEASURES[measure].by_line else words


def _would_hold(section: ReportSection, source: Source) -> bool:
    if section is ReportSection.OPERATING:
        return False
    return source.form.startswith(_PERIODIC if section is ReportSection.NOTES else (*_PERIODIC, "6-K"))


def _own_period(source: Source, end: date) -> bool:
    """True if a source reports on the period that ends on a day, and does not show it for comparison."""
    return source.period_end is None or abs((end - source.period_end).days) <= 45
