"""What happens while filings are fetched, one event after another, and the sum of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from hashpivot.core import HashpivotError
from hashpivot.report import print_line
from hashpivot.sources.sec import FORMS, base_form

from ..shared import DeskResult, counted
from ._patience import NOT_ASKED

if TYPE_CHECKING:
    from rich.console import Console


class FetchState(StrEnum):
    """What became of a wanted document."""

    NEW = "new"
    """Read, and in the ledger since now, or read again with other amounts by a newer reader."""
    UNCHANGED = "unchanged"
    """It was in the ledger already, read by this version of the reader."""
    NOT_DISCLOSED = "not_disclosed"
    """Read: it gives nothing that belongs into the ledger."""
    UNREADABLE = "unreadable"
    """It came and is kept, and our reader cannot read it."""
    UNREACHABLE = "unreachable"
    """It did not come."""
    WANTED = "wanted"
    """Of a dry run: it would be fetched."""

    @property
    def words(self) -> str:
        """As people write it."""
        return self.value.replace("_", " ")

    @property
    def failed(self) -> bool:
        """True if the ledger may lack something for it."""
        return self in (FetchState.UNREADABLE, FetchState.UNREACHABLE)


class FetchEvent(DeskResult):
    """One thing that happened."""

    event: str

    def records(self) -> list[dict[str, Any]]:
        """One row."""
        return [self.to_dict()]


@dataclass(frozen=True, repr=False)
class FilerFound(FetchEvent):
    """A company's list of filings was read.

    Args:
        ticker: The company.
        cik: Under which it files.
        name: As EDGAR has it.
        looked_up: True if the CIK was looked up by ticker in EDGAR's list.
        wanted: How many filings are wanted.
        absent: Missing reports for which EDGAR lists no filing, in words.
    """

    ticker: str
    cik: str
    name: str
    looked_up: bool
    wanted: int
    absent: tuple[str, ...] = ()
    event = "filer"

    def __repr__(self) -> str:
        return f"FilerFound({self.ticker}, {self.wanted} wanted)"

    def to_dict(self) -> dict[str, Any]:
        """One event of the JSON contract of `hashpivot fetch`."""
        return {
            "event": self.event,
            "ticker": self.ticker,
            "cik": self.cik,
            "name": self.name,
            "looked_up": self.looked_up,
            "wanted": self.wanted,
            "absent": list(self.absent),
        }

    def _show(self, console: Console) -> None:
        if self.looked_up:
            _print(console, self.ticker, f"files as {self.name}, CIK {self.cik} (the SEC's list of tickers)")
        if self.absent:
            _print(console, self.ticker, f"the SEC lists no {', no '.join(self.absent)}")
        if not self.wanted and not self.absent:
            _print(console, self.ticker, "the SEC lists nothing that is asked for")


@dataclass(frozen=True, repr=False)
class FilerLost(FetchEvent):
    """A company's list of filings could not be had.

    Args:
        ticker: The company.
        error: Why.
    """

    ticker: str
    error: HashpivotError
    event = "filer_lost"

    def __repr__(self) -> str:
        return f"FilerLost({self.ticker})"

    def to_dict(self) -> dict[str, Any]:
        """One event of the JSON contract of `hashpivot fetch`."""
        return {"event": self.event, "ticker": self.ticker, "error": self.error.to_dict()}

    @property
    def not_asked(self) -> bool:
        """True if nobody asked for it, because the service did not answer for those before it."""
        return self.error.message == NOT_ASKED

    def _show(self, console: Console) -> None:
        _print(console, self.ticker, f"no list of its filings: {self.error.message}")
        if self.error.hint:
            _print(console, "", f"hint: {self.error.hint}")


@dataclass(frozen=True, repr=False)
class FetchPlanned(FetchEvent):
    """All lists were read.

    Args:
        documents: How many documents are wanted.
        stored: How many of them are in the store already.
    """

    documents: int
    stored: int
    event = "planned"

    def __repr__(self) -> str:
        return f"FetchPlanned({self.documents} documents, {self.stored} in the store)"

    def to_dict(self) -> dict[str, Any]:
        """One event of the JSON contract of `hashpivot fetch`."""
        return {"event": self.event, "documents": self.documents, "stored": self.stored}

    def _show(self, console: Console) -> None:
        print_line(
            console, f"{_filings(self.documents)} wanted, {self.stored:,} of them in the store already"
        )


@dataclass(frozen=True, repr=False)
class DocumentFetched(FetchEvent):
    """What became of one wanted document.

    Args:
        ticker: The company.
        form: As EDGAR lists it.
        accession: Its number.
        filed: Day of filing.
        period: Of its report, None if none.
        url: EDGAR's address.
        state: What became of it.
        downloaded: True if it came now, False if it was in the store or did not come.
        path: The file, empty if it did not come.
        figures: How many figures were written now.
        reason: Why nothing was.
        warnings: What the reader warned of.
    """

    ticker: str
    form: str
    accession: str
    filed: date
    period: date | None
    url: str
    state: FetchState
    downloaded: bool = False
    path: str = ""
    figures: int = 0
    reason: str = ""
    warnings: tuple[str, ...] = ()
    event = "document"

    def __repr__(self) -> str:
        return f"DocumentFetched({self.ticker} {self.form} {self.accession}: {self.state})"

    def to_dict(self) -> dict[str, Any]:
        """One event of the JSON contract of `hashpivot fetch`."""
        return {
            "event": self.event,
            "ticker": self.ticker,
            "form": self.form,
            "accession": self.accession,
            "filed": self.filed.isoformat(),
            "period": self.period.isoformat() if self.period else None,
            "url": self.url,
            "state": self.state.value,
            "downloaded": self.downloaded,
            "path": self.path or None,
            "figures": self.figures,
            "reason": self.reason,
            "warnings": list(self.warnings),
        }

    @property
    def not_asked(self) -> bool:
        """True if nobody asked for it, because the service did not answer for those before it."""
        return self.reason == NOT_ASKED

    def _show(self, console: Console) -> None:
        count = f", {self.figures} figures" if self.state is FetchState.NEW else ""
        what = f"{self.form} of {self.filed}, {self.accession}: {self.state.words}{count}"
        _print(console, self.ticker, what)
        further = [self.reason, *(f"warning: {text}" for text in self.warnings)]
        kept = [f"kept as {self.path}"] if self.state is FetchState.UNREADABLE else []
        for line in filter(None, (*further, *kept)):
            _print(console, "", line)


@dataclass(frozen=True, repr=False)
class FilerFetched(FetchEvent):
    """All wanted documents of a company are done.

    Args:
        ticker: The company.
        documents: What became of each.
    """

    ticker: str
    documents: tuple[DocumentFetched, ...]
    event = "filer_done"

    def __repr__(self) -> str:
        return f"FilerFetched({self.ticker}, {self._states()})"

    def to_dict(self) -> dict[str, Any]:
        """The company and its counts; the documents have been told before."""
        counts = Counter(document.state.value for document in self.documents)
        return {"event": self.event, "ticker": self.ticker, "counts": dict(counts), "figures": self._figures}

    @property
    def _figures(self) -> int:
        return sum(document.figures for document in self.documents)

    def _forms(self) -> str:
        """`10-Q, 4 8-K`: the forms and how many of each, reports first."""
        counts = Counter(document.form for document in self.documents)
        order = {form: place for place, form in enumerate(FORMS)}
        forms = sorted(counts, key=lambda form: (order.get(base_form(form), len(order)), form))
        return ", ".join(f"{counts[form]} {form}" if counts[form] > 1 else form for form in forms)

    def _states(self) -> str:
        counts = Counter(document.state for document in self.documents)
        words = {state: f"{counts[state]} {state.words}" for state in FetchState if counts[state]}
        if FetchState.NEW in words:
            words[FetchState.NEW] += f" ({self._figures:,} figures)"
        return ", ".join(words.values())

    def _show(self, console: Console) -> None:
        _print(console, self.ticker, f"{self._forms()}: {self._states()}")


@dataclass(frozen=True, repr=False)
class FetchSummary(DeskResult):
    """The sum of what happened.

    Args:
        filers: Companies whose lists were read.
        lost: Those whose lists could not be had.
        documents: Every wanted document that was reached.
        planned: How many documents are wanted, if all lists were read.
    """

    filers: tuple[FilerFound, ...] = ()
    lost: tuple[FilerLost, ...] = ()
    documents: tuple[DocumentFetched, ...] = field(default=(), repr=False)
    planned: int = 0

    @classmethod
    def of(cls, events: Iterable[FetchEvent]) -> FetchSummary:
        """Sum up events; of a generator it waits for the last."""
        held = list(events)
        return cls(
            tuple(event for event in held if isinstance(event, FilerFound)),
            tuple(event for event in held if isinstance(event, FilerLost)),
            tuple(event for event in held if isinstance(event, DocumentFetched)),
            sum(event.documents for event in held if isinstance(event, FetchPlanned)),
        )

    def __repr__(self) -> str:
        return f"FetchSummary({self._words()})"

    @property
    def counts(self) -> dict[FetchState, int]:
        """Documents by state."""
        found = Counter(document.state for document in self.documents)
        return {state: found[state] for state in FetchState if found[state] or state != FetchState.WANTED}

    @property
    def found(self) -> int:
        """How many documents are wanted."""
        return max(self.planned, len(self.documents))

    @property
    def complete(self) -> bool:
        """True if every wanted document and report was had and read, or would be in a dry run."""
        absent = any(filer.absent for filer in self.filers)
        failed = any(document.state.failed for document in self.documents)
        return not (self.lost or absent or failed or self.found > len(self.documents))

    def records(self) -> list[dict[str, Any]]:
        """One row a document."""
        return [document.to_dict() for document in self.documents]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot fetch`."""
        counts = {state.value: count for state, count in self.counts.items()}
        return {
            "complete": self.complete,
            "counts": {"found": self.found, **counts},
            "downloaded": sum(document.downloaded for document in self.documents),
            "figures": sum(document.figures for document in self.documents),
            "filers": [filer.to_dict() for filer in self.filers],
            "lost": [lost.to_dict() for lost in self.lost],
            "documents": [document.to_dict() for document in self.documents],
        }

    def _words(self) -> str:
        counted = self.counts
        states = [FetchState.WANTED] if counted.get(FetchState.WANTED) else list(counted)
        counts = [f"{counted[state]:,} {state.words}" for state in states]
        left = self.found - len(self.documents)
        return f"{self.found:,} found: {', '.join([*counts, *([f'{left:,} not done'] if left else [])])}"

    def _show(self, console: Console) -> None:
        print_line(console, self._words())
        if self.lost:
            tickers = ", ".join(lost.ticker for lost in self.lost)
            print_line(console, f"no list of filings of {tickers}")
        not_asked = sum(document.not_asked for document in self.documents)
        if not_asked:
            print_line(console, f"{_filings(not_asked)} {NOT_ASKED}")
        new = (document for document in self.documents if document.state is FetchState.NEW)
        warnings = sum(len(document.warnings) for document in new)
        if warnings:
            gave = f"the reader gave {counted(warnings, 'warning')}"
            print_line(console, f"{gave}: the same command with --verbose shows them")


def _print(console: Console, ticker: str, words: str) -> None:
    """A line about a company; one without ticker continues the last."""
    print_line(console, f"{ticker:<6} {words}")


def _filings(count: int) -> str:
    return counted(count, "filing")
