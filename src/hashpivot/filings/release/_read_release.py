"""Releases: earnings tables on pages without XBRL, from an exhibit (EX-99.1), a 6-K or a full submission."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from hashpivot.core import (
    Companies,
    Company,
    FiscalCalendar,
    UnreadableFiling,
    collector_paused,
    terminal_line,
)

from ..page import PageLines
from ..source import (
    MAX_BYTES,
    MAX_TABLES,
    Notes,
    Submission,
    file_name,
    load,
    looks_like_submission,
    split_submission,
    unpack,
)
from ._document_calendar import FiscalYears, document_calendar
from ._grid_rows import GridRow, body_column, result_row, table_lines
from ._pages import may_hold_tables, parse_page
from ._period_header import period_words
from ._release_table import FORECAST, POINTS, SHIFTED, UNDATED, Surroundings, read_table
from ._types import ReleaseTable
from ._unit_note import UNKNOWN, default_currency

_UNDATED_TABLE = "tables with results left out, as no column of theirs has a date"
_REASONS = (FORECAST, POINTS, SHIFTED, UNDATED)
_HEAD_LINES = 80
_TICKER = re.compile(
    r"\((?:the “?Company”?[;,]? )?(?:NASDAQ|Nasdaq|NYSE|TSX|OTC)[\w /.,;|&\-]{0,20}:\s?([A-Z]{1,5})\b"
    r"|\b(?:NASDAQ|Nasdaq|NYSE)(?: American)?:\s?([A-Z]{1,5})\b"
)
_COMPANY = re.compile(
    r"((?:[A-Z][\w&.’'\-]*,? ){1,6}?)\((?:the “?Company”?[;,]? )?"
    r"(?:NASDAQ|Nasdaq|NYSE|TSX|OTC)[\w /.,;|&\-]{0,20}:"
)
_DATELINE = re.compile(
    r"\b([A-Z][a-z]{2,8}\.? \d{1,2}, 20\d\d)[\s)]{0,3}"
    r"(?:/(?!\d)|\(?(?:PR ?Newswire|GLOBE ?NEWSWIRE|BUSINESS WIRE)|[-–—]{1,2}\s)"
)
_FORM = re.compile(r"^(?:UNITED STATES.{0,200})?FORM\s+((?:6-K|8-K|10-Q|10-K|20-F|40-F)(?:/A)?)\b")


@dataclass(frozen=True)
class Release:
    """One release as read.

    Args:
        name: File name, or the name given.
        sha256: Of the file's bytes, unpacked if it was gzip.
        company_name: From the submission header, else as the text names it; empty if unknown, as all below.
        cik: SEC central index key without leading zeros.
        ticker: Upper case.
        form: `8-K`, `6-K`, ... from the header, else from the page.
        accession: SEC accession number.
        filed: Day it was filed, else the day in the release's dateline.
        tables: Tables with at least one dated column of the whole company, in document order.
        segment_tables: Tables with a column for each segment or product and one for the whole, likewise.
        calendar: The company's fiscal calendar, else the one the text names; None if neither is known.
        left_out: True if a statement, or columns of one, are left out with a warning.
        undated: How many tables have labelled numbers, but no column or row with a date.
        warnings: What was left out or looks wrong, one sentence each.
        submission: Header and documents if it came as (part of) a full submission, else None.
    """

    name: str
    sha256: str
    company_name: str
    cik: str
    ticker: str
    form: str
    accession: str
    filed: date | None
    tables: tuple[ReleaseTable, ...]
    warnings: tuple[str, ...]
    submission: Submission | None
    segment_tables: tuple[ReleaseTable, ...] = ()
    calendar: FiscalCalendar | None = None
    left_out: bool = False
    undated: int = 0

    @cached_property
    def period_end(self) -> date | None:
        """Last day of the latest period in its main statements, not after it was filed.

        Other tables reach into the future: maturities, lease payments, plans.
        """
        ends = [c.end for t in self.tables if t.is_main for c in t.columns]
        ends = ends or [c.end for t in self.tables for c in t.columns]
        past = [end for end in ends if self.filed is None or end <= self.filed]
        return max(past, default=None)

    @property
    def grade(self) -> str:
        """A if it came as a submission to the SEC, else B."""
        return "A" if self.submission is not None else "B"

    def __repr__(self) -> str:
        title = " ".join(word for word in (self.company_name, self.form, str(self.period_end or "")) if word)
        return terminal_line(f"<Release {title or self.name}: {len(self.tables)} tables>")


@collector_paused()
def read_release(
    source: str | Path,
    *,
    data: bytes | None = None,
    name: str = "",
    companies: Companies | None = None,
    max_bytes: int = MAX_BYTES,
    needs_tables: bool = True,
) -> Release:
    """Read the tables of a page, gzipped or not, or of the pages of an EDGAR full submission.

    Args:
        source: The file; only a name if `data` is given.
        data: Its bytes, if already at hand.
        name: Name for messages and `Release.name`; default the file's name.
        companies: Whose fiscal calendars date `Q2 FY2026` (default: the shipped table and the user's).
        max_bytes: Larger files, packed or unpacked, are refused.
        needs_tables: False to read a page without any, whose results may stand in its sentences.

    Raises:
        UnreadableFile: Missing, a directory, empty, too large, or damaged gzip.
        UnreadableFiling: Dangerous, no page, or, unless `needs_tables` is false, without a table that has a
            dated column.
    """
    path = Path(source)
    where = name or str(source)
    plain = load(path, max_bytes) if data is None else unpack(data, max_bytes, where)
    return _ReleaseReader(plain, name or file_name(path), where, companies, needs_tables).release()


def _no_tables(where: str) -> UnreadableFiling:
    """The error of a file without tables: `where` is its path."""
    return UnreadableFiling(
        "it holds neither XBRL facts nor a table of numbers with dated columns",
        where=where,
        hint="take the inline XBRL, the full submission (.txt) or the release's page (EX-99.1, 6-K)",
    )


class _ReleaseReader:
    """One run of the reader."""

    def __init__(
        self, data: bytes, name: str, where: str, companies: Companies | None, needs_tables: bool
    ) -> None:
        self._data = data
        self._needs_tables = needs_tables
        self._name = name
        self._where = where
        self._companies = companies
        self._notes = Notes()
        self._undated = 0

    def release(self) -> Release:
        submission = split_submission(self._data) if looks_like_submission(self._data) else None
        pages = [
            PageLines(root)
            for body in self._bodies(submission)
            if (root := parse_page(body, self._notes, self._where)) is not None
        ]
        head = [line for page in pages for line in page.lines[:_HEAD_LINES]]
        ticker = _first(_TICKER, head)
        cik = submission.cik if submission else ""
        company = self._company(cik, ticker)
        filed = (submission.filed if submission else None) or _dateline(head)
        tables, segments = self._tables(pages, company, filed)
        left_out = any(kind in self._notes for kind in (UNDATED, POINTS, SHIFTED))
        required = self._needs_tables or not (pages or submission)
        if not tables and not left_out and required:
            raise _no_tables(self._where)
        return Release(
            name=self._name,
            sha256=hashlib.sha256(self._data).hexdigest(),
            company_name=(submission.company if submission else "") or _first(_COMPANY, head).strip(" ,"),
            cik=cik or (company.cik if company else ""),
            ticker=company.ticker if company else ticker,
            form=(submission.form if submission else "") or _first(_FORM, head),
            accession=submission.accession if submission else "",
            filed=filed,
            tables=tables,
            warnings=tuple(self._notes.lines()),
            submission=submission,
            segment_tables=segments,
            left_out=left_out,
            undated=self._undated,
            calendar=company.calendar
            if company
            else document_calendar((line for page in pages for line in page.lines), None),
        )

    def _company(self, cik: str, ticker: str) -> Company | None:
        known = self._companies if self._companies is not None else Companies.load()
        return known.by_cik(cik) or known.get(ticker)

    def _bodies(self, submission: Submission | None) -> list[bytes]:
        if submission is None:
            return [self._data]
        return [doc.body for doc in submission.documents if may_hold_tables(doc)]

    def _tables(
        self, pages: list[PageLines], company: Company | None, filed: date | None
    ) -> tuple[tuple[ReleaseTable, ...], tuple[ReleaseTable, ...]]:
        found: list[_Tables] = []
        first = 0
        for page in pages:
            lines = self._table_lines(page, first)
            years = FiscalYears.of(page.lines, lines, company)
            currency = default_currency(" ".join(page.lines))
            read = _read_tables(page, lines, years, currency or "USD", first, filed)
            if not currency and read.named - {"USD"}:
                silent = next(iter(read.named)) if len(read.named) == 1 else UNKNOWN
                read = _read_tables(page, lines, years, silent, first, filed)
            first += len(page.tables)
            found.append(read)
            self._undated += read.undated
            for text in page.struck:
                self._notes.add("struck-out text left out", repr(text))
            for kind, detail in read.problems:
                self._notes.add(kind, detail)
        whole = tuple(table for read in found for table in read.whole)
        return whole, tuple(table for read in found for table in read.by_member)

    def _table_lines(self, page: PageLines, first: int) -> list[list[GridRow]]:
        """The rows of every table; none for those too large or too many."""
        found = []
        for place, element in enumerate(page.tables[:MAX_TABLES]):
            try:
                found.append(table_lines(element, page.visible))
                for digits in page.visible.unseen:
                    self._notes.add(
                        "digits that cannot be seen left out", f"{digits!r} in table {first + place}"
                    )
                page.visible.unseen.clear()
            except ValueError as error:
                self._notes.add("a table left out", f"{error}, table {first + place}")
                found.append([])
        for selector in page.visible.styles.sheet.not_understood:
            self._notes.add("a style rule that may hide cells is not understood", repr(selector))
        if len(page.tables) > MAX_TABLES:
            self._notes.add("more tables than any release has, the later left out", str(len(page.tables)))
        return found


@dataclass
class _Tables:
    """The dated tables of a page, what had to be left out, and the currencies its statements name."""

    whole: list[ReleaseTable] = field(default_factory=list)
    by_member: list[ReleaseTable] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    undated: int = 0


def _read_tables(
    page: PageLines,
    lines: list[list[GridRow]],
    years: FiscalYears,
    currency: str,
    first: int,
    filed: date | None,
) -> _Tables:
    """The dated tables of a page.

    Args:
        page: The page.
        lines: The rows of its tables.
        years: When its fiscal years end.
        currency: Of tables that name none.
        first: Number of its first table in the file.
        filed: Day it was published, None if unknown.
    """
    found = _Tables()
    for place, rows in enumerate(lines):
        around = Surroundings(
            page.before(place),
            years.calendar,
            years.annual,
            currency,
            found.problems,
            found.named,
            filed,
            years.off_calendar,
        )
        told = len(found.problems)
        whole, by_member = read_table(rows, first + place, around)
        known = whole or by_member or any(kind in _REASONS for kind, _ in found.problems[told:])
        found.undated += not known and body_column(rows) is not None
        result = "" if known else result_row(rows)
        if result:
            found.problems.append((_UNDATED_TABLE, f"{result!r} in table {first + place}"))
        found.whole += [whole] if whole else []
        found.by_member += [by_member] if by_member else []
    return found


def _first(pattern: re.Pattern[str], lines: list[str]) -> str:
    """What the pattern's first filled group says in the first line it is found in."""
    for line in lines:
        found = pattern.search(line)
        if found:
            return next((group for group in found.groups() if group), "")
    return ""


def _dateline(lines: list[str]) -> date | None:
    words = period_words(_first(_DATELINE, lines))
    try:
        return date(words.years[0], *words.days[0])
    except (ValueError, IndexError):
        return None
