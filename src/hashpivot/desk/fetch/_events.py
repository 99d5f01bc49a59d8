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

from ..shared import DeskResult

if TYPE_CHECKING:
    from rich.console import Console


class FetchState(StrEnum):
    """What became of a wanted document."""

    NEW = "new"
    """Read, and in the ledger since now."""
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
            print_line(
                console, f"{self.ticker}  files as {self.name}, CIK {self.cik} (the SEC's list of tickers)"
            )
        for words in self.absent:
            print_line(console, f"{self.ticker}  {words}: the SEC lists no such filing")


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

    def _show(self, console: Console) -> None:
        print_line(console, f"{self.ticker}  its filings are unreachable: {self.error.message}")
        if self.error.hint:
            print_line(console, f"  hint: {self.error.hint}")


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
        print_line(console, f"{self.documents} documents wanted, {self.stored} of them in the store")


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
        reason: Why nothing was, or what the reader warned of.
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
        }

    def _show(self, console: Console) -> None:
        state = self.state.value.replace("_", " ")
        what = f"{self.ticker:<5} {self.form:<8} {self.filed}  {self.accession}  {state}"
        count = f", {self.figures} figures" if self.state is FetchState.NEW else ""
        print_line(console, what + count)
        if self.state.failed:
            print_line(console, f"  {self.reason}")
            if self.path:
                print_line(console, f"  kept as {self.path}")


@dataclass(frozen=True, repr=False)
class FetchSummary(DeskResult):
    """The sum of what happened.

    Args:
        filers: Companies whose lists were read.
        lost: Those whose lists could not be had.
        documents: Every wanted document.
    """

    filers: tuple[FilerFound, ...] = ()
    lost: tuple[FilerLost, ...] = ()
    documents: tuple[DocumentFetched, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, events: Iterable[FetchEvent]) -> FetchSummary:
        """Sum up events; of a generator it waits for the last."""
        held = list(events)
        return cls(
            tuple(event for event in held if isinstance(event, FilerFound)),
            tuple(event for event in held if isinstance(event, FilerLost)),
            tuple(event for event in held if isinstance(event, DocumentFetched)),
        )

    def __repr__(self) -> str:
        return f"FetchSummary({self._words()})"

    @property
    def counts(self) -> dict[FetchState, int]:
        """Documents by state."""
        found = Counter(document.state for document in self.documents)
        return {state: found[state] for state in FetchState if found[state] or state != FetchState.WANTED}

    @property
    def complete(self) -> bool:
        """True if every wanted document and report was had and read, or would be in a dry run."""
        absent = any(filer.absent for filer in self.filers)
        return not self.lost and not absent and not any(document.state.failed for document in self.documents)

    def records(self) -> list[dict[str, Any]]:
        """One row a document."""
        return [document.to_dict() for document in self.documents]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot fetch`."""
        counts = {state.value: count for state, count in self.counts.items()}
        return {
            "complete": self.complete,
            "counts": {"found": len(self.documents), **counts},
            "downloaded": sum(document.downloaded for document in self.documents),
            "figures": sum(document.figures for document in self.documents),
            "filers": [filer.to_dict() for filer in self.filers],
            "lost": [lost.to_dict() for lost in self.lost],
            "documents": [document.to_dict() for document in self.documents],
        }

    def _words(self) -> str:
        counts = (f"{count} {state.value.replace('_', ' ')}" for state, count in self.counts.items())
        return f"{len(self.documents)} found: {', '.join(counts)}"

    def _show(self, console: Console) -> None:
        print_line(console, self._words())
        if self.lost:
            print_line(console, f"filings unreachable of {', '.join(lost.ticker for lost in self.lost)}")
