"""The desk: the object a user opens. Ledger, network history and companies in one place.

Rooms are imported by the methods that need them: a trace waits for neither NumPy nor the words of guidance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hashpivot.bitcoin import NetworkHistory, halvings, next_halving
from hashpivot.core import (
    Companies,
    Company,
    InvalidInput,
    LedgerPlace,
    NoData,
    PowerMonth,
    Quarter,
    TextFact,
    ledger_place,
)
from hashpivot.ledger import Ledger, View, Vintage, restatements

from ._lines import CompanyLines, RestatedLines

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager
    from datetime import datetime

    from hashpivot.core import AskedPeriod, CompanyMatch
    from hashpivot.discover import ScanProgress
    from hashpivot.ledger import Added, ExpectedReport
    from hashpivot.lines import Reading
    from hashpivot.outlook import Outlook, OutlookCase
    from hashpivot.report import SeasonReport
    from hashpivot.search import SearchIndex
    from hashpivot.season import HalvingImpact, Season
    from hashpivot.sources import Client
    from hashpivot.watch import LedgerChanges

    from ._asked import AskedAmounts
    from ._company import CompanyResult
    from ._coverage import CoverageResult
    from ._halving import HalvingResult
    from ._nowcast import NowcastBacktest, NowcastResult
    from ._outlook import OutlookInputs, OutlookResult, OutlooksResult, SweepResult
    from ._search import DeskSearch
    from ._season import ComparisonResult, SeasonResult
    from .bulk import BulkAdd
    from .discover import DiscoverResult
    from .fetch import DocumentFetched, FetchEvent, NetworkFetch, PowerFetch
    from .health import HealthResult, SourcesResult
    from .ledger import AddedFile, Document, LedgerTable, Recording
    from .site import SiteDesk, SiteExamples, SiteMarkets, SiteReplay
    from .trace import TracePage, TraceResult
    from .watch import DeskChanges, DeskWatch, WatchEvent, WatchStarted


_LAST_YEAR = 2199  # far enough that a quarter or a decade later is a date too


class Desk:
    """Ledger, network history and companies. Open one with `Desk.open()`.

    Every result has `to_dict` (the JSON of the command line), `to_frame`, `print`, and where there is a page
    or a workbook `to_html` and `to_excel`.

    Args:
        view: The figures and what of them is known.
        network: The bitcoin network's history; that of `NetworkHistory.load()` if None, when it is needed.
        companies: The companies.
        ledger: The user's own ledger, where `add` writes.
    """

    def __init__(
        self,
        view: View,
        network: NetworkHistory | None,
        companies: Companies,
        ledger: LedgerPlace | None = None,
    ) -> None:
        self.view = view
        self._network = network
        self.companies = companies
        self._ledger = ledger
        self._changes: dict[tuple[tuple[str, ...], date], LedgerChanges] = {}

    @classmethod
    def open(
        cls,
        ledger: str | LedgerPlace | None = None,
        *,
        as_of: date | None = None,
        vintage: Vintage = "latest",
    ) -> Desk:
        """The bundled figures and the user's own ledger together.

        Args:
            ledger: The user's ledger; the one HASHPIVOT_LEDGER names if not given, or else `ledger.sqlite3`
                in the user's home folder.
            as_of: Only what was known on that day.
            vintage: `latest` known or `first` reported figures.

        Raises:
            InvalidInput: If `as_of` is centuries away.
            LedgerError: If the user's ledger cannot be read.
        """
        if as_of and as_of.year > _LAST_YEAR:
            raise InvalidInput(
                f"{as_of} is too far ahead", where="as_of", hint=f"give a day before {_LAST_YEAR + 1}"
            )
        place = ledger_place(ledger) if ledger else None
        return cls(View.open(place, as_of=as_of, vintage=vintage), None, Companies.load(), place)

    def renewed(self) -> Desk:
        """The same desk of the ledger as it is now; companies of which nothing changed are not read again.

        Raises:
            LedgerError: If the user's ledger cannot be read.
        """
        return Desk(self.view.renewed(), self._network, self.companies, self._ledger)

    def __repr__(self) -> str:
        return f"Desk({len(self.view.tickers())} companies, network to {self.network.last_day})"

    @cached_property
    def network(self) -> NetworkHistory:
        """The bitcoin network's history."""
        return self._network or NetworkHistory.load()

    # Files

    @staticmethod
    def read(
        path: str | Path, *, statements: bool = True, ticker: str = "", filed: date | None = None
    ) -> Document:
        """Read what one file says. Nothing is stored, and no desk need be open.

        Args:
            path: What `hashpivot.read` takes, or, with `ticker` and `filed`, any text.
            statements: Read its running text too; a file without an income statement is always read whole.
            ticker: Whose it is, if the file does not say.
            filed: Day it became public, if the file does not say.

        Raises:
            UnreadableFile, UnreadableFiling, UnknownCompany, InvalidInput: As `read_document`.
        """
        from .ledger import Document, read_document, read_figures

        if not statements:
            reading = read_figures(path, ticker=ticker, filed=filed)
            if reading.periods:
                return Document(reading, None)
        return read_document(path, ticker=ticker, filed=filed)

    def add(self, reading: Reading, remarks: Iterable[TextFact] = ()) -> Added:
        """Put a reading into the user's ledger; adding the same filing twice changes nothing.

        The desk goes on showing what it knew when it was opened.

        Args:
            reading: The figures.
            remarks: What the text states, `Document.remarks()`.

        Raises:
            InvalidInput: If it is no reading, but the name of a file.
            LedgerError: If the ledger cannot be written; nothing is written then.
        """
        if isinstance(reading, str | Path):
            raise InvalidInput(
                "this is a file, not a reading", where=str(reading), hint="use add_file, or read it first"
            )
        with Ledger.open(self._ledger) as ledger:
            return ledger.add(reading.source, reading.figures(), remarks)

    def add_file(self, path: str | Path, *, ticker: str = "", filed: date | None = None) -> AddedFile:
        """Read a file and put its figures and statements into the user's ledger, whole or not at all.

        The desk goes on showing what it knew when it was opened.

        Args:
            path: What `read` takes.
            ticker: Whose it is, if the file does not say.
            filed: Day it became public, if the file does not say.

        Raises:
            UnreadableFile, UnreadableFiling, UnknownCompany, InvalidInput: As `read`.
            NoData: If it holds neither figures nor statements.
            LedgerError: If the ledger cannot be written; nothing is written then.
        """
        from .ledger import add_file

        return add_file(path, self._ledger, ticker=ticker, filed=filed)

    def add_from(
        self,
        source: str | Path,
        *,
        ticker: str = "",
        filed: date | None = None,
        workers: int | None = None,
        cluster: str = "",
        report: str | Path | None = None,
        time_limit: float = 120.0,
    ) -> BulkAdd:
        """Put the files of a folder or a list into the user's ledger, read by several processes or a cluster.

        Nothing happens until the result is iterated: each outcome comes once its file is written, in the
        order of the list. A file that cannot be read costs its own outcome. Stopped at any moment, the next
        call goes on from there. In a script, call it below `if __name__ == "__main__":`, as processes that
        read import the script.

        Args:
            source: A folder, those below it included; a list of files, or `-` for one from standard input.
            ticker: Of files that neither say whose they are nor are listed with it.
            filed: Of files that neither say when they became public nor are listed with it.
            workers: Processes; as many as there are processors if not given.
            cluster: Address of a Dask scheduler, such as `tcp://10.0.0.1:8786`, instead of processes here.
                The files are sent to it. Whoever runs it can run code on this machine.
            report: Where to write a CSV file with a row for each file.
            time_limit: Seconds one file may take.

        Raises:
            UnreadableFile, InvalidInput: If there is no such folder or list, or an option is out of bounds.
        """
        from .bulk import BulkAdd, list_files

        files = list_files(source, ticker=ticker, filed=filed)
        return BulkAdd(
            files, self._ledger, workers=workers, cluster=cluster, report=report, time_limit=time_limit
        )

    def fetch(
        self,
        tickers: Iterable[str] | None = None,
        *,
        season: str | Quarter | None = None,
        since: str | date | None = None,
        forms: Iterable[str] = (),
        missing: bool | Iterable[ExpectedReport] = False,
        dry_run: bool = False,
        base_url: str = "",
        on_wait: Callable[[str], None] | None = None,
    ) -> Iterator[FetchEvent]:
        """Fetch filings from the SEC into the user's ledger, and tell what happens, event by event.

        A filing is fetched once, read and added whole; stopped at any moment, the next call goes on from
        there. `FetchSummary.of(events)` sums up. The desk goes on showing what it knew when it was opened.

        Args:
            tickers: Companies by ticker, name or CIK; with `season` or `missing` all if not given.
            season: The reports on a quarter, and what else was filed about that time.
            since: First day of filing, or a quarter for its first day; without `season` the quarter before
                the last halving if not given.
            forms: Forms, amendments included; all we can use if none is given.
            missing: The reports that `coverage` lists as missing, or those given.
            dry_run: Read the lists only, and tell what would be fetched.
            base_url: Of a stand-in for the SEC.
            on_wait: Told when a pause or a block is waited out.

        Raises:
            InvalidInput: If nothing is asked for, or it is not known who asks.
            UnknownCompany: If there is no such company.
            RefusedBySource: If the SEC refuses the identification.
            LedgerError, DocumentStoreError: If ledger or store cannot be written.
        """
        from hashpivot.sources import Settings, Store

        from .fetch import fetch_filings, filings_asked, first_day, open_sec

        quarter = _quarter(season)
        asked = filings_asked(
            self.companies,
            tickers,
            season=quarter,
            since=first_day(since) or (None if quarter or missing else self._before_halving),
            forms=forms,
            reports=self._missing_reports(missing, quarter),
            today=date.today(),
            dry_run=dry_run,
        )
        with open_sec(Settings.load(), base_url, on_wait) as client, Store() as store:
            yield from fetch_filings(asked, client, store, self._ledger)

    @staticmethod
    def fetch_power(
        market: str,
        *,
        start: str | date,
        end: str | date | None = None,
        products: Iterable[str] = (),
        points: Iterable[str] = (),
        base_url: str = "",
        dry_run: bool = False,
        on_wait: Callable[[str], None] | None = None,
    ) -> PowerFetch:
        """Fetch days of a power market into hourly tables for `site`; no desk need be open.

        Complete days are kept in the store, so only what is new is fetched.

        Args:
            market: `ercot`, or another grid that gridstatus knows, where it is installed.
            start: First local day.
            end: Last local day; today if not given.
            products: `day-ahead`, `real-time`, `load`, ...; prices if none is given.
            points: Settlement points; ERCOT's west load zone if none is given.
            base_url: Of a stand-in for ERCOT.
            dry_run: Ask for nothing; tell what would be.
            on_wait: Told when a pause or a block is waited out.

        Raises:
            InvalidInput: If market, days, products, points, settings or keys are wrong.
            MissingLibrary: For another grid, if gridstatus is not installed.
            UnreadableFile, DocumentStoreError: If a table or the store cannot be read or written.
        """
        from .fetch import fetch_power

        return fetch_power(
            market,
            start=start,
            end=end,
            products=products,
            points=points,
            base_url=base_url,
            dry_run=dry_run,
            on_wait=on_wait,
        )

    @property
    def _before_halving(self) -> date:
        """First day of the quarter before the last halving."""
        past = (halving.day for halving in halvings(self._network_then) if not halving.estimated)
        return (Quarter.containing(max(past)) - 1).start

    def _missing_reports(
        self, missing: bool | Iterable[ExpectedReport], quarter: Quarter | None
    ) -> Iterable[ExpectedReport] | None:
        if isinstance(missing, bool):
            if not missing:
                return None
            holes = self.coverage(None, [quarter] if quarter else None).holes
            return [hole.report for hole in holes]
        return missing

    def watch(
        self,
        tickers: Iterable[str] | None = None,
        *,
        every: float = 60.0,
        since: str | date | None = None,
        once: bool = False,
        base_url: str = "",
        on_wait: Callable[[str], None] | None = None,
    ) -> Iterator[WatchStarted | WatchEvent]:
        """Watch for new filings, read each into the user's ledger, and tell what it changed.

        Runs until the caller ends it. What was told is written down: the next watch goes on from there, and
        tells nothing twice. A filing counts as told when the next event is asked for; a caller that ends
        before is told of it again.

        Args:
            tickers: Companies by ticker, name or CIK; all that are listed if not given.
            every: Seconds from one look to the next, 10 or more.
            since: First day of filing, or a quarter for its first day; if not given, companies that were
                watched before go on where they were, others begin now.
            once: Look once.
            base_url: Of a stand-in for the SEC.
            on_wait: Told when a pause or a block is waited out.

        Raises:
            InvalidInput: If it is not known who asks, or `every`, `since` or an address of the settings is
                wrong.
            UnknownCompany: If there is no such company.
            RefusedBySource: If the SEC refuses the identification.
            JournalError: If another process watches, or the journal cannot be written.
            LedgerError, DocumentStoreError: If ledger or store cannot be written.
        """
        from .watch import watch_events

        with self.watcher(tickers, since=since, base_url=base_url, on_wait=on_wait) as watch:
            yield from watch_events(watch, self.view, every=every, once=once)

    def watcher(
        self,
        tickers: Iterable[str] | None = None,
        *,
        since: str | date | None = None,
        base_url: str = "",
        on_wait: Callable[[str], None] | None = None,
        client: Client | None = None,
        now: datetime | None = None,
    ) -> AbstractContextManager[DeskWatch]:
        """Open a watch to be polled by the caller: `with desk.watcher() as watch: watch.poll()`.

        Args:
            tickers: As `watch`.
            since: As `watch`.
            base_url: As `watch`.
            on_wait: As `watch`.
            client: Of EDGAR, instead of one of its own; it is closed with the watch.
            now: The moment a new watch begins; that of the machine if not given.

        Raises:
            InvalidInput, UnknownCompany, JournalError: As `watch`, when it is entered.
        """
        from .fetch import first_day
        from .watch import open_watch

        return open_watch(
            self.companies, tickers, self.network, self._ledger,
            since=first_day(since), base_url=base_url, on_wait=on_wait, client=client, now=now,
        )  # fmt: skip

    def record(
        self,
        kind: str,
        rows: str | Path | Mapping[str, object] | Iterable[Mapping[str, object]],
        *,
        recorded_on: date | None = None,
        check_only: bool = False,
    ) -> Recording:
        """Put figures, contracts, targets, splits, events or filing dates into the user's ledger by hand.

        All rows are recorded, or none. The desk goes on showing what it knew when it was opened.

        Args:
            kind: `figures`, `contracts`, `targets`, `splits`, `events` or `filing-dates`.
            rows: A CSV file, one row, or several, each by column.
            recorded_on: Day of the recording; today if not given.
            check_only: Check the rows and write nothing.

        Raises:
            InvalidInput, UnreadableFile, NoData, LedgerError: As `record_table`; nothing is recorded then.
        """
        from .ledger import record_table

        return record_table(
            kind, rows, self._ledger,
            companies=self.companies, recorded_on=recorded_on, check_only=check_only,
        )  # fmt: skip

    @staticmethod
    def fetch_network(
        *,
        since: date | None = None,
        base_url: str = "",
        dry_run: bool = False,
        on_wait: Callable[[str], None] | None = None,
    ) -> NetworkFetch:
        """Fetch network days and prices through yesterday into `network.csv`; no desk need be open.

        Days that stand are compared and never replaced. An open desk goes on showing what it knew.

        Args:
            since: Compare what stands from this day on too.
            base_url: Address of a stand-in for all services.
            dry_run: Ask and compare, and write nothing.
            on_wait: Told each day that is counted, and what is waited for.

        Raises:
            InvalidInput, UnreadableFile: As `fetch.fetch_network`; sources that fail are in the result.
        """
        from .fetch import fetch_network

        return fetch_network(since=since, base_url=base_url, dry_run=dry_run, on_wait=on_wait)

    def export(self, table: str, tickers: Iterable[str] = (), measures: Iterable[str] = ()) -> LedgerTable:
        """A table of the ledger as the desk knows it, to write as CSV or Parquet.

        Args:
            table: `figures`, `sources`, `contracts`, `targets`, `splits` or `events`.
            tickers: Companies by ticker, name or CIK; all if none is given.
            measures: Measures of figures; all if none is given.

        Raises:
            UnknownCompany: If there is no such company.
            InvalidInput: If there is no such table or measure.
        """
        from .ledger import ledger_table

        return ledger_table(self.view, table, map(self.ticker_of, tickers), measures)

    # Figures

    def lines(self, ticker: str) -> CompanyLines:
        """Revenue, cost and gross profit of a company by line and quarter.

        Raises:
            UnknownCompany: If there is no such company.
            NoData: If no revenue of it is known, not even of a longer period.
        """
        name = self.ticker_of(ticker)
        quarters = tuple(self.view.quarter_lines(name, quarter) for quarter in self.view.quarters(name))
        if not quarters and not self.view.gaps(name):
            when = f" as of {self.view.as_of}" if self.view.as_of else ""
            raise NoData(f"no revenue of {name} is known{when}", hint="add a filing with hashpivot add FILE")
        return CompanyLines(name, quarters, self.view)

    def company(self, ticker: str, *, quarters: int = 9) -> CompanyResult:
        """One company whole: lines, statements, operating data, contracts, targets, answers, absences.

        A company without any figure has a page too: it says what would end that.

        Args:
            ticker: Its ticker, name or CIK.
            quarters: How many to show, up to the newest with figures; 1 to 40.

        Raises:
            UnknownCompany: If there is no such company.
            InvalidInput: If `quarters` is out of range.
        """
        from hashpivot.company import company_profile

        from ._company import CompanyResult

        name = self.ticker_of(ticker)
        company = self.companies.get(name) or Company(name, name)
        return CompanyResult(company_profile(self.view, self._network_then, company, quarters))

    def restated(self, ticker: str) -> RestatedLines:
        """Quarterly amounts whose best known value differs from the first reported one.

        Raises:
            UnknownCompany: If there is no such company.
        """
        name = self.ticker_of(ticker)
        first = self.view.of_vintage("first")
        return RestatedLines(name, tuple(restatements(first, self.view, name)))

    def trace(self, address: str) -> TraceResult:
        """Where a number comes from, down to the cell.

        Args:
            address: Such as `RIOT/2024Q4/revenue/self_mining`, or a full figure id with `@`.

        Raises:
            UnknownFigure: With near matches as a hint.
        """
        from .trace import TraceResult

        trace = self.view.trace(address)
        return TraceResult(trace.figure, trace.source, trace.operands, trace.aliases)

    def amounts(self, ticker: str, measure: str, period: str, line: str = "") -> AskedAmounts:
        """What people ask for in their own words: a measure of a company in a period, or why it is not there.

        Args:
            ticker: The company, as `company_of` takes it.
            measure: A measure's name or what people call it, with its line or without: `hosting revenue`.
            period: `2024Q4`, `Q4 2024`, `FQ1 2025`, `fiscal year 2024`, `year to date`, `latest`, ...
            line: The line of business, where `measure` does not name it.

        Raises:
            UnknownCompany, InvalidInput: If one of them cannot be read, with what is near.
        """
        from ._asked import asked_amounts

        return asked_amounts(self.view, self.company_of(ticker), measure, period, line)

    def period(self, ticker: str, text: str) -> AskedPeriod:
        """The period that a text means for a company; see `hashpivot.core.read_period`.

        Raises:
            UnknownCompany, InvalidInput: If one of them cannot be read, with what is near.
        """
        from ._asked import asked_period

        return asked_period(self.view, self.company_of(ticker), text)

    def find_companies(self, text: str) -> tuple[CompanyMatch, ...]:
        """The companies that a ticker, CIK or name may mean, in part or misspelt, surest first."""
        from hashpivot.core import search_companies

        return search_companies(self.companies, text)

    def company_of(self, text: str) -> Company:
        """The company that a text means beyond doubt: its ticker, CIK, name, or a part that no other has.

        Raises:
            UnknownCompany: If it means none or may mean several, with those it may mean.
        """
        from ._asked import certain_company

        ticker = text.strip().upper()
        if self.view.has(ticker):
            return self.companies.get(ticker) or Company(ticker, ticker)
        return certain_company(self.companies, text)

    def trace_page(self, address: str, *, beside: Iterable[str] = ()) -> TracePage:
        """Where a number comes from, with each end boxed on the page of the stored filing.

        An id goes on resolving when the figure is restated or read otherwise; the page then says so.

        Args:
            address: As `trace`.
            beside: Addresses of further figures, of a number that rests on several, such as a ratio.

        Raises:
            UnknownFigure: With near matches as a hint.
        """
        from .trace import trace_page

        def first() -> View:
            return self.view.of_vintage("first")

        company = self.companies.get(address.strip().partition("/")[0].upper())
        return trace_page(self.view, first, address, beside, company)

    def fetch_filing(self, address: str, *, base_url: str = "") -> tuple[DocumentFetched, ...]:
        """Fetch the filing that a reported figure was read from, into the store and the user's ledger.

        Args:
            address: As `trace`.
            base_url: Of a stand-in for the SEC.

        Returns:
            What became of it; where the source has no accession, of each report of its form and quarter.

        Raises:
            UnknownFigure: With near matches as a hint.
            InvalidInput: If its source is no filing, or it is not known who asks.
            UnknownCompany: If the company's CIK is not known.
            SourceError, NoData: If it does not come, or the SEC does not list it.
            LedgerError, DocumentStoreError: If ledger or store cannot be written.
        """
        from hashpivot.sources import Settings, Store

        from .fetch import open_sec
        from .trace import fetch_filing_of

        page = self.trace_page(address)
        (trace, *_) = page.traces
        company = page.company or self.companies.find(trace.figure.ticker)
        with open_sec(Settings.load(), base_url, None) as client, Store() as store:
            return fetch_filing_of(trace, company, client, store, self._ledger)

    @staticmethod
    def stored_page(
        sha256: str, document: int | None = None, *, anchors: Iterable[str] = (), colour: int = 0
    ) -> bytes:
        """A document of a stored filing as a page that is safe to show, UTF-8; no desk need be open.

        Args:
            sha256: Of the stored file.
            document: Its number in the file, from 0; the first that can be shown if not given.
            anchors: Ids of the places to box, beside the one the address names.
            colour: Number of the operand, which gives the colour of boxes.

        Raises:
            NoData: If the store has no such file, or the file no such document.
            InvalidInput: If it has no page that can be shown.
            DocumentStoreError: If the store cannot be read.
        """
        from .trace import stored_file

        documents = stored_file(sha256).documents
        page = documents.get(min(documents) if document is None else document)
        if page is None:
            raise NoData(f"the file has no document {document} that can be shown", where=sha256)
        return page.page(tuple(anchors), colour)

    def ticker_of(self, text: str) -> str:
        """The ticker of a company given by ticker, CIK, name, or a part of its name that no other has.

        Raises:
            UnknownCompany: As `company_of`.
        """
        return self.company_of(text).ticker

    def search(self, text: str, *, limit: int = 10) -> DeskSearch:
        """Companies, lines of business, figures, contracts, targets, risk disclosures and sources by words.

        Every word must be there, or begin a word that is; a slip is taken for the word most like it. The
        index is made when something is first looked for, and kept with the desk.

        Args:
            text: What people type, such as `ai colocation CORZ 2024Q4`, `CoreWeave`, `8-K 2025`.
            limit: Hits of each kind, 1 to 200.

        Raises:
            InvalidInput: If `limit` is out of range; no text is wrong.
        """
        from ._search import MOST_HITS, DeskSearch

        if not 1 <= limit <= MOST_HITS:
            raise InvalidInput(f"{limit} hits are not from 1 to {MOST_HITS}", where="limit")
        return DeskSearch(text, self._search_index.find(text, limit))

    @cached_property
    def _search_index(self) -> SearchIndex:
        from hashpivot.search import SearchIndex

        return SearchIndex(self.view, self.companies)

    def coverage(
        self, tickers: Iterable[str] | None = None, quarters: Iterable[str | Quarter] | None = None
    ) -> CoverageResult:
        """What the ledger holds by company and quarter, and the reports that would fill the holes.

        Args:
            tickers: The companies; all if not given.
            quarters: The quarters; nine through the newest with figures if not given.

        Raises:
            UnknownCompany: If there is no such company.
            InvalidInput: If one is no quarter, or there are none or too many.
            NoData: If no quarters are given and no company has revenue.
        """
        from hashpivot.coverage import coverage

        from ._coverage import CoverageResult

        names = None if tickers is None else list(dict.fromkeys(map(self.ticker_of, tickers)))
        window = None if quarters is None else [q for text in quarters if (q := _quarter(text))]
        return CoverageResult(coverage(self.view, self._network_then, self.companies, names, window))

    def discover(
        self,
        paths: Iterable[str | Path] | None = None,
        *,
        fetch: str = "",
        since: str | Quarter | None = None,
        named: Iterable[str] = (),
        line: str = "",
        new: bool = False,
        every: bool = False,
        top: int | None = None,
        memory_mb: int = 1024,
        base_url: str = "",
        on_progress: Callable[[ScanProgress], None] | None = None,
    ) -> DiscoverResult:
        """Filers with mining, AI-hosting or chip revenue in the SEC's data sets, best evidence first.

        Args:
            paths: Archives, folders of archives or of unpacked tables; those in the store if not given.
            fetch: Quarter or month whose data sets are fetched into the store first.
            since: Only filers whose AI or chips (else mining) began in that quarter or later.
            named: Only these filers, by CIK, or by ticker if followed.
            line: Only filers with this line, such as `ai_cloud`.
            new: Only filers that nobody lists.
            every: AI hosting without mining and mining as a side line, too.
            top: How many at most.
            memory_mb: Bound of DuckDB's memory.
            base_url: Of a stand-in for the SEC.
            on_progress: Called after every piece of a table.

        Raises:
            InvalidInput: If an argument cannot be understood, or there is no data set.
            UnreadableFile: If a data set is damaged.
            MissingLibrary: If DuckDB is not installed.
            UnknownCompany: If a ticker is not followed.
            UnwritableFile, ScanFailure: If disk or memory do not suffice.
            SourceError, DocumentStoreError: If an archive cannot be fetched or kept.
        """
        from .discover import discovered, fetch_data_sets, held_data_sets

        fetched = fetch_data_sets(fetch, base_url=base_url) if fetch else ()
        chosen = held_data_sets() if paths is None else (*paths, *fetched)
        if not chosen:
            raise InvalidInput(
                "no data set is named, and the store holds none",
                hint="name archives or folders, or fetch some: hashpivot discover --fetch 2025Q2",
            )
        return discovered(
            chosen,
            self.companies,
            since=since,
            named=named,
            line=line,
            new=new,
            every=every,
            top=top,
            memory_mb=memory_mb,
            on_progress=on_progress,
        )

    def changes(self, since: str | date | datetime) -> DeskChanges:
        """What changed since a moment: sources that came, revenue, restatements, verdicts and contracts.

        A source of the user's ledger came when it was fetched or added, a bundled one when the public could
        know it. Verdicts and headlines are compared for a company's four newest quarters.

        Args:
            since: The moment, UTC: `2026-11-20T09:30`, or a day from its beginning.

        Raises:
            InvalidInput: If it is no moment.
            LedgerError, DocumentStoreError: If ledger or store cannot be read.
        """
        from hashpivot.watch import ledger_changes

        from .watch import DeskChanges, fresh_sources, read_moment

        moment = read_moment(since)
        fresh = fresh_sources(self.view, self._ledger, moment)
        asked = fresh, moment.date()  # what else a moment changes is its own name
        if asked not in self._changes:
            self._changes[asked] = ledger_changes(
                self.view, fresh, moment, self._network_then, self.companies
            )
        return DeskChanges(replace(self._changes[asked], since=moment))

    def health(self) -> HealthResult:
        """Where the figures stand, how many they are, what was fetched last, and versions.

        Raises:
            DocumentStoreError: If the store of fetched documents cannot be read.
        """
        from .health import desk_health

        return desk_health(self.view, self.network.last_day, ledger_place(self._ledger))

    def sources(self) -> SourcesResult:
        """The sources of the ledger; what was fetched and when, what failed and why, how fast may be asked.

        Raises:
            DocumentStoreError, JournalError: If store or journal cannot be read.
        """
        from .health import desk_sources

        return desk_sources(self.view)

    # Seasons and halvings

    def season(
        self, quarter: str | Quarter | None = None, tickers: Iterable[str] | None = None
    ) -> SeasonResult:
        """The four answers for every company in a quarter, by default the latest with five companies.

        Args:
            quarter: The quarter.
            tickers: Only these companies, by ticker, name or CIK; those without figures in it are left out.

        Raises:
            InvalidInput: If `quarter` is not a quarter.
            UnknownCompany: If there is no such company.
            NoData: If no company, or none of these, has figures in it.
        """
        from ._season import SeasonResult, season_of

        season = self._season(quarter)
        chosen = season if tickers is None else season_of(season, [self.ticker_of(name) for name in tickers])
        return SeasonResult(chosen, self.season_report)

    def compare(self, quarters: Iterable[str | Quarter]) -> ComparisonResult:
        """How the answers moved over two or more seasons.

        Raises:
            InvalidInput: If there are fewer than two quarters, one twice, or one that is no quarter.
            NoData: If no company has figures in one of them.
        """
        from hashpivot.season import compare

        from ._season import ComparisonResult

        return ComparisonResult(compare([self._season(quarter) for quarter in quarters]))

    def season_report(
        self, quarter: str | Quarter | Season | SeasonResult | None = None, *, nowcast: bool = True
    ) -> SeasonReport:
        """A season set against the quarter before, a year before and its nowcast: what its page shows.

        Args:
            quarter: As `season`, or a season of this desk.
            nowcast: Make the nowcast too, which takes longer than all the rest.

        Raises:
            InvalidInput, NoData: As `season`.
        """
        from hashpivot.season import Season

        from ._season import SeasonResult
        from ._season_report import season_report

        if isinstance(quarter, SeasonResult):
            quarter = quarter.season
        reported = quarter if isinstance(quarter, Season) else self._season(quarter)
        return season_report(reported, self._network_then, self._names, nowcast=nowcast)

    def halving(self, number: int | None = None) -> HalvingResult:
        """The schedule of halvings, the next one, and what a past one (by default the latest) did.

        Raises:
            InvalidInput: If halving `number` has not happened yet.
        """
        from hashpivot.season import halving_impacts, past_halving

        from ._halving import HalvingResult

        past = past_halving(self.network, number)
        hit = tuple(halving_impacts(self.view, self.network, past))
        quarters = [hit[0].before.quarter, hit[0].after.quarter] if hit else []
        return HalvingResult(
            halvings(self.network),
            next_halving(history=self.network),
            past,
            hit,
            {str(q): self.network.quarter(q).mean_hashprice_usd_per_ph_day for q in quarters},
        )

    def squeeze(self, halving: int | None = None) -> list[HalvingImpact]:
        """What a halving (by default the latest) did to each company.

        Raises:
            InvalidInput: If it has not happened yet.
        """
        from hashpivot.season import halving_impacts, past_halving

        return halving_impacts(self.view, self.network, past_halving(self.network, halving))

    # Quarters to come

    def nowcast(
        self,
        quarter: str | Quarter | None = None,
        tickers: Iterable[str] | None = None,
        as_of: date | None = None,
        power: Mapping[str, Sequence[PowerMonth]] | None = None,
    ) -> NowcastResult:
        """What companies are about to report, by default of the quarter due; see `hashpivot.nowcast`.

        Args:
            quarter: The quarter.
            tickers: Companies; all if not given.
            as_of: Nothing known later is used; the desk's own day, or today.
            power: Months of companies' sites, by ticker: `hashpivot.site.power_months`, or their own books.

        Raises:
            InvalidInput: If `quarter` is not a quarter or too far ahead.
            UnknownCompany: If there is no such company.
            NoData: If nothing was known of the network on that day.
        """
        from hashpivot.nowcast import nowcast

        from ._nowcast import NowcastResult, unused_power

        names = None if tickers is None else [self.ticker_of(ticker) for ticker in tickers]
        months = {self.ticker_of(ticker): given for ticker, given in (power or {}).items()}
        made = nowcast(self.view, self.network, _quarter(quarter), names, as_of, months or None)
        return NowcastResult(
            made, self.view, tuple(note for name in months for note in unused_power(made, name))
        )

    def backtest(self, watch: Callable[[list[Any]], Iterable[Any]] | None = None) -> NowcastBacktest:
        """Every past nowcast that could have been made, with its outcome; takes about half a minute.

        Args:
            watch: Wraps the list of tasks, to show progress.
        """
        from hashpivot.nowcast import backtest

        from ._nowcast import NowcastBacktest

        return NowcastBacktest(tuple(backtest(self.view, self.network, watch)))

    def outlook(
        self,
        ticker: str,
        scenarios: Sequence[str] = (),
        power: Sequence[PowerMonth] = (),
        *,
        quarters: int = 12,
        paths: int = 10_000,
        seed: int = 1,
        executor: Executor | None = None,
        tornado: bool = False,
        bridge: bool = False,
        why: bool = False,
        inputs: Mapping[str, float] | None = None,
        beside: Sequence[str] = (),
        progress: Callable[[int, int], None] | None = None,
        assume: Mapping[str, float] | None = None,
    ) -> OutlookResult:
        """The quarters ahead of a company; see `hashpivot.outlook`.

        Args:
            ticker: The company.
            scenarios: Names of shipped scenarios and scenario files, applied in this order.
            power: Past months of the company's sites: `hashpivot.site.power_months`, or their own books.
            quarters: Quarters ahead, the present one included.
            paths: Simulated paths.
            seed: Of the random numbers.
            executor: Where the paths are computed; here if not given.
            tornado: Compute which inputs move the outcome most, all varied at once.
            bridge: Compute the steps from the base case to the scenario, line by line.
            why: Print the steps from the last reported quarter to the first projected one; pages and JSON
                always have them.
            inputs: Values of single inputs by key, in all cases: `{"market.price.start_factor": 0.5}`.
            beside: Other cases on the same random numbers: names of shipped scenarios, or `KEY=VALUE` for the
                scenario with one input changed.
            progress: Called with the number of the tornado's samples done and of all samples.
            assume: Values of the balance sheet that no filing in the ledger gives, in all cases:
                `{"finance.cash_usd": 120e6}`; results say that they are assumed.

        Raises:
            UnknownCompany: If there is no such company.
            NoData: If no quarter of it is known by line.
            InvalidInput: For an unknown scenario, a wrong value in a file, or sizes out of range.
            UnreadableFile: If a scenario file cannot be read.
            StoreError: If there is no room for many paths.
        """
        from hashpivot.outlook import bridge as bridge_between
        from hashpivot.outlook import outlook
        from hashpivot.outlook import tornado as effects_of

        from ._outlook import OutlookResult

        case, calibration = self.outlook_case(ticker, scenarios, power, inputs, assume)
        base = self.outlook_case(ticker, (), power, None, assume).case if bridge else None

        def run(of: OutlookCase, remarks: Sequence[str] = ()) -> Outlook:
            sizes = {"quarters": quarters, "paths": paths, "seed": seed}
            return outlook(of, **sizes, executor=executor, remarks=remarks)

        made = run(case, calibration.remarks)
        return OutlookResult(
            made,
            calibration,
            self.view,
            self._network_then,
            effects_of(case, quarters=quarters, seed=seed, progress=progress) if tornado else None,
            bridge_between(run(base), made) if base else None,
            tuple(
                run(self._case_beside(text, ticker, scenarios, power, inputs or {}, assume)).summary
                for text in beside
            ),
            why,
        )

    def outlooks(
        self,
        scenarios: Sequence[str] = (),
        tickers: Iterable[str] | None = None,
        *,
        quarters: int = 12,
        paths: int = 10_000,
        seed: int = 1,
        executor: Executor | None = None,
        inputs: Mapping[str, float] | None = None,
    ) -> OutlooksResult:
        """The outlooks of several companies under one scenario, side by side, each as `outlook` gives it.

        Args:
            scenarios, quarters, paths, seed, executor, inputs: As `outlook`.
            tickers: Companies, in this order; all if not given.

        Raises:
            UnknownCompany, InvalidInput, UnreadableFile: As `outlook`.
        """
        from hashpivot.outlook import outlook, past_quarters

        from ._outlook import OutlooksResult

        summaries, absent, histories = [], {}, {}
        wanted = self.view.tickers() if tickers is None else map(self.ticker_of, tickers)
        for ticker in dict.fromkeys(wanted):
            try:
                case, calibration = self.outlook_case(ticker, scenarios, (), inputs)
            except NoData as error:
                absent[ticker] = str(error.message)
            else:
                made = outlook(case, quarters=quarters, paths=paths, seed=seed, executor=executor)
                summaries.append(made.summary)
                histories[ticker] = past_quarters(
                    self.view, self._network_then, ticker, made.quarters[0], calibration.nowcast
                )
        names = {ticker: self.company_of(ticker).name for ticker in (*(s.ticker for s in summaries), *absent)}
        return OutlooksResult(tuple(summaries), absent, self._network_then.last_day, names, histories)

    def outlook_case(
        self,
        ticker: str,
        scenarios: Sequence[str] = (),
        power: Sequence[PowerMonth] = (),
        inputs: Mapping[str, float] | None = None,
        assume: Mapping[str, float] | None = None,
    ) -> OutlookInputs:
        """What an outlook is computed from, and where each input came from, as known on the desk's day.

        Args:
            ticker: The company.
            scenarios: As in `outlook`.
            power: As in `outlook`.
            inputs: As in `outlook`.
            assume: As in `outlook`.

        Raises:
            UnknownCompany, NoData, InvalidInput, UnreadableFile: As `outlook`.
        """
        from hashpivot.nowcast import nowcast_draws
        from hashpivot.outlook import GUIDED, build_case

        from ._guided_growth import guided_growth
        from ._outlook import OutlookInputs

        name, network = self.ticker_of(ticker), self._network_then
        growth = guided_growth(self.view, name, network.last_day) if GUIDED in scenarios else None
        drawn = nowcast_draws(self.view, network, name, self.view.as_of or date.today(), power)
        return OutlookInputs(
            *build_case(self.view, network, name, scenarios, power, growth, inputs, drawn, assume)
        )

    def _case_beside(
        self,
        text: str,
        ticker: str,
        scenarios: Sequence[str],
        power: Sequence[PowerMonth],
        inputs: Mapping[str, float],
        assume: Mapping[str, float] | None,
    ) -> OutlookCase:
        """A case beside another: another scenario, or the same one with one input changed."""
        from hashpivot.outlook import parse_inputs

        if "=" in text:
            return self.outlook_case(
                ticker, scenarios, power, {**inputs, **parse_inputs([text])}, assume
            ).case
        return self.outlook_case(ticker, (text,), power, inputs, assume).case

    def sweep(
        self,
        ticker: str,
        file: str | Path,
        folder: str | Path,
        scenarios: Sequence[str] = (),
        *,
        quarters: int = 12,
        paths: int = 10_000,
        seed: int = 1,
        executor: Executor | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> SweepResult:
        """Run an outlook for every case of a sweep file; stopped and started again, it goes on.

        Args:
            ticker: The company, if the file names none.
            file: A `.toml` with `[grid]` or `[hypercube]`.
            folder: Where each case's result is kept as soon as it is there.
            scenarios, quarters, paths, seed, executor: As in `outlook`.
            progress: Called with the number of cases done and of all cases.

        Raises:
            UnknownCompany, NoData, InvalidInput, UnreadableFile: As `outlook`.
            MissingLibrary: If pyarrow is not installed.
        """
        from hashpivot.outlook import read_sweep_file, run_sweep, sweep_points

        from ._outlook import SweepResult

        case = self.outlook_case(ticker, scenarios).case
        tickers, values = read_sweep_file(Path(file), seed)
        cases = [self.outlook_case(name, scenarios).case for name in tickers] or [case]
        points = sweep_points(cases, values, quarters=quarters, paths=paths, seed=seed)
        return SweepResult(Path(folder), tuple(run_sweep(points, Path(folder), executor, progress)))

    # Sites

    def sites(self) -> SiteExamples:
        """The example sites, by name."""
        from .site import SiteExamples

        return SiteExamples()

    def site_markets(self) -> SiteMarkets:
        """The power markets a site can be in: gates, publication times, caps and reserve rules, by date."""
        from .site import SiteMarkets

        return SiteMarkets()

    def site(
        self,
        site: str | Path,
        *,
        zone: str | None = None,
        prices: str | Path | Sequence[str | Path] | None = None,
        fill_gaps: bool = False,
        columns: Mapping[str, str] | None = None,
        hour_ending: bool = False,
        usd_rate: float | None = None,
        live: bool = False,
    ) -> SiteDesk:
        """A power site with its prices, to backtest, plan, forecast, allocate and run.

        Args:
            site, zone, prices, fill_gaps, columns, hour_ending, usd_rate, live: As `SiteDesk`.

        Raises:
            UnreadableFile, InvalidSite, InvalidInput: As `SiteDesk`.
        """
        from .site import SiteDesk

        return SiteDesk(
            site,
            zone=zone,
            prices=prices,
            fill_gaps=fill_gaps,
            columns=columns,
            hour_ending=hour_ending,
            usd_rate=usd_rate,
            network=self._network_then,
            live=live,
        )

    def site_replay(self, log: str | Path) -> SiteReplay:
        """The log of a site's run decided again: the same decisions, or the first that differs.

        Args:
            log: The log `SiteDesk.run` wrote.

        Raises:
            RunLogError: If it cannot be read, or is no log of a run.
        """
        from .site import replay_run

        return replay_run(log)

    def _season(self, quarter: str | Quarter | None) -> Season:
        from hashpivot.season import season

        return season(self.view, self._network_then, self._names, _quarter(quarter))

    @cached_property
    def _network_then(self) -> NetworkHistory:
        """The network as known on the desk's day."""
        day = self.view.as_of
        return self.network.until(day) if day and day < self.network.last_day else self.network

    @cached_property
    def _names(self) -> dict[str, str]:
        return {ticker: company.name for ticker, company in self.companies.items()}


def _quarter(text: str | Quarter | None) -> Quarter | None:
    return Quarter.parse(text) if isinstance(text, str) else text
