"""One file, whole: its figures, and what its running text states."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hashpivot.core import (
    Companies,
    Company,
    FiscalCalendar,
    HashpivotError,
    InvalidInput,
    ReaderFailure,
    Source,
    TextFact,
    UnreadableFiling,
    YearEnd,
    terminal_line,
)
from hashpivot.filings import Prose, read_prose, read_release
from hashpivot.guidance import Disclosures, find_disclosures, statement_remarks
from hashpivot.ledger import debt_fact
from hashpivot.lines import READER_VERSION, Reading, read

from ..shared import DeskResult

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True, repr=False)
class Document(DeskResult):
    """What one file says in figures and in words.

    Args:
        reading: Its figures; without periods and measures if it is a text only.
        statements: Of its running text; None if that could not be read, then `reading.warnings` says why.
    """

    reading: Reading
    statements: Disclosures | None

    def __repr__(self) -> str:
        source = self.reading.source
        text = "text not read" if self.statements is None else "with its text"
        return terminal_line(f"Document({source.ticker or 'no company'}, {source.form or 'no form'}, {text})")

    def records(self) -> list[dict[str, Any]]:
        """One row a figure: measure, line, period, value, unit and where it stands."""
        return self.reading.records()

    def to_dict(self, *, statements: bool = True) -> dict[str, Any]:
        """One reading of the JSON contract of `hashpivot read`.

        Args:
            statements: All that the text states, as with `--statements`; else preliminary results alone.
        """
        answer = self.reading.to_dict()
        if self.statements is None:
            return answer
        stated = self.statements.to_dict()
        if statements:
            return answer | {"statements": stated}
        return answer | ({"preliminary": stated["preliminary"]} if stated["preliminary"] else {})

    def print(self, console: Console | None = None, *, statements: bool = True) -> None:
        """Print figures and statements as the command line does.

        Args:
            console: Where; the terminal if not given.
            statements: As `to_dict`.
        """
        from hashpivot.report import terminal_console

        self._show(console or terminal_console(), statements)

    def _show(self, console: Console, statements: bool = True) -> None:
        from hashpivot.report import print_preliminary, print_reading, print_statements, print_warnings

        print_reading(self.reading, console)
        if self.statements is not None and statements:
            print_statements(self.statements, console)
        elif self.statements is not None and self.statements.preliminary:
            print_preliminary(self.statements.preliminary, console)
        print_warnings(self.reading, console)

    def remarks(self) -> list[TextFact]:
        """Debt instruments, and the statements if the text could be read, ready for the ledger."""
        source = self.reading.source
        debt = [debt_fact(instrument, source) for instrument in self.reading.debt]
        return debt if self.statements is None else debt + statement_remarks(self.statements, source)


@contextmanager
def one_file(path: str | Path) -> Iterator[None]:
    """What is done with one file of several: whatever goes wrong is an error of that file alone.

    Raises:
        ReaderFailure: For an error nobody foresaw.
        HashpivotError, MemoryError: As they are.
    """
    try:
        yield
    except (HashpivotError, MemoryError, BrokenPipeError):
        raise
    except Exception as error:
        raise ReaderFailure(
            f"unexpected failure of the reader: {type(error).__name__}: {error}",
            where=str(path),
            hint="please report it with this file",
        ) from error


def read_document(
    path: str | Path, *, ticker: str = "", filed: date | None = None, companies: Companies | None = None
) -> Document:
    """Read a file's figures and its text. Nothing is stored.

    Args:
        path: What `hashpivot.read` takes, or, with `ticker` and `filed`, any text: a transcript, a release
            without tables.
        ticker: Whose it is, if the file does not say.
        filed: Day it became public, if the file does not say.
        companies: Known companies; the shipped table and the user's if not given.

    Raises:
        UnreadableFile: Missing, a directory, empty, too large or damaged.
        UnreadableFiling: Neither figures nor, of a known company, text; or the reader failed on it.
        UnknownCompany: If no company is called `ticker`.
        InvalidInput: If the file is another company's, or a text without its day.
    """
    known = Companies.load() if companies is None else companies
    given = known.find(ticker) if ticker else None
    with one_file(path):
        reading = _reading(path, given, filed, known)
    company = given or known.get(reading.source.ticker)
    try:
        with one_file(path):
            return Document(reading, _statements(read_prose(path), reading, company))
    except HashpivotError as error:
        told = f"its text was not read: {error.message}"
        return Document(replace(reading, warnings=(*reading.warnings, told)), None)


def read_figures(path: str | Path, *, ticker: str = "", filed: date | None = None) -> Reading:
    """The figures alone, which is faster; arguments and errors as `read_document`."""
    companies = Companies.load()
    given = companies.find(ticker) if ticker else None
    with one_file(path):
        return _reading(path, given, filed, companies)


def _reading(path: str | Path, given: Company | None, filed: date | None, companies: Companies) -> Reading:
    try:
        reading = read(path, filed=filed, companies=companies)
    except UnreadableFiling:
        if given is None:
            raise
        return _of_text(read_prose(path), given, filed, str(path))
    return _owned(reading, given, str(path)) if given else reading


def _owned(reading: Reading, company: Company, where: str) -> Reading:
    source = reading.source
    if source.ticker not in ("", company.ticker):
        raise InvalidInput(
            f"it is a filing of {source.ticker}, not of {company.ticker}", where=where, hint="omit --ticker"
        )
    named = reading.company | {"ticker": company.ticker}
    return replace(reading, source=replace(source, ticker=company.ticker), company=named)


def _of_text(prose: Prose, company: Company, filed: date | None, where: str) -> Reading:
    """The reading of a text that holds no figures."""
    if filed is None:
        raise InvalidInput(
            "it does not say when it became public", where=where, hint="add --filed with the day"
        )
    source = Source(
        prose.sha256,
        company.ticker,
        "",
        filed,
        "filed",
        "C",
        sha256=prose.sha256,
        name=prose.name,
        reader=READER_VERSION,
    )
    told = {"name": company.name, "cik": company.cik, "ticker": company.ticker}
    return Reading(source, told, None, (), (), (*prose.warnings, *_unread_tables(where)), file=where)


def _unread_tables(where: str) -> tuple[str, ...]:
    """What is to be said of the tables of a text; nothing if it has none with numbers."""
    try:
        release = read_release(where, needs_tables=False)
    except UnreadableFiling:
        return ()
    undated = f"no figures were read: of {release.undated} tables of numbers none has a column with a date"
    return (*release.warnings, *([undated] if release.undated else []))


def _statements(prose: Prose, reading: Reading, company: Company | None) -> Disclosures:
    names = company.names if company else tuple(filter(None, [reading.company.get("name", "")]))
    calendar = company.calendar if company else FiscalCalendar(YearEnd(12))
    return find_disclosures(prose, said_on=reading.source.known, calendar=calendar, names=names)
