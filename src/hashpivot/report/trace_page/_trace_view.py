"""Traces with what is known of each end: where it stands in a stored file, or how to get the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from hashpivot.core import (
    CellLocator,
    Company,
    FactLocator,
    Figure,
    JoinedLocator,
    LabelLocator,
    Locator,
    Quarter,
    SentenceLocator,
    Source,
)
from hashpivot.ledger import Trace

from ..shared import clean, spelled
from ._quote import fiscal_period, quote_of

_EDGAR_FORMS = ("10-K", "10-Q", "8-K", "6-K", "20-F", "40-F")


@dataclass(frozen=True, slots=True)
class BoxedPlace:
    """A place on a page of a stored file.

    Args:
        sha256: Of the file.
        document: Number of the document in it, from 0.
        name: The document's file name.
        type: `10-Q`, `EX-99.1`, ...; empty for a page by itself.
        anchors: Ids of the elements to box; the first is scrolled to.
        texts: What stands in each.
    """

    sha256: str
    document: int
    name: str
    type: str
    anchors: tuple[str, ...]
    texts: tuple[str, ...]

    def address(self, colour: int, root: str = "/doc") -> str:
        """Where a web face serves the page: `/doc/SHA256/0?colour=1&at=at-f-1#at-f-1`."""
        more = "".join(f"&at={quote(anchor)}" for anchor in self.anchors)
        return f"{root}/{self.sha256}/{self.document}?colour={colour}{more}#{quote(self.anchors[0])}"

    def to_dict(self) -> dict[str, Any]:
        """The place with stable keys."""
        return {
            "sha256": self.sha256,
            "document": self.document,
            "name": self.name,
            "type": self.type or None,
            "anchors": list(self.anchors),
            "texts": list(self.texts),
        }


@dataclass(frozen=True, slots=True)
class TracedLeaf:
    """A reported figure at an end of a trace.

    Args:
        trace: The figure and its source.
        colour: Number of its colour, from 0.
        standing: `boxed` on a page of the store; `stored` without a place that can be boxed; `absent` from
            the store; `transcribed`, a row of the tables shipped or recorded by hand.
        place: Where it is boxed, None unless `boxed`.
        occurrences: Every place of the same fact, that one included, in the order of the file.
        stored: sha256 of the stored file, empty if it is not in the store.
        fetch: The command that fetches its source, empty if none does.
    """

    trace: Trace
    colour: int
    standing: str
    place: BoxedPlace | None = None
    occurrences: tuple[BoxedPlace, ...] = ()
    stored: str = ""
    fetch: str = ""

    @property
    def figure(self) -> Figure:
        """The figure."""
        return self.trace.figure

    @property
    def source(self) -> Source | None:
        """Where it was read."""
        return self.trace.source

    @property
    def at(self) -> int:
        """Which of the occurrences it was read from, from 1; 0 if it has no place."""
        return self.occurrences.index(self.place) + 1 if self.place in self.occurrences else 0

    def to_dict(self) -> dict[str, Any]:
        """The leaf with stable keys; the figure itself stands in the trace."""
        return {
            "figure": self.figure.id,
            "colour": self.colour,
            "standing": self.standing,
            "locator_words": locator_words(self.figure.locator),
            "place": self.place.to_dict() if self.place else None,
            "occurrences": [place.to_dict() for place in self.occurrences],
            "stored": self.stored or None,
            "fetch": self.fetch or None,
        }


@dataclass(frozen=True, slots=True)
class Succession:
    """What became of an address, where the figure it names is no longer the answer.

    Args:
        asked: The id asked for.
        current: The figure that answers the question today.
        reason: Why, in one sentence.
    """

    asked: str
    current: Figure
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """The succession with stable keys."""
        return {
            "asked": self.asked,
            "current": self.current.id,
            "value": self.current.text,
            "unit": self.current.unit,
            "reason": self.reason,
        }


@dataclass(frozen=True)
class TraceView:
    """The trace of a figure, or of several that a number rests on, ready to show.

    Args:
        traces: The trees, one a figure.
        leaves: The reported figures at their ends, each once, in order.
        company: Whose figures they are, None if unknown.
        succession: What became of the first address asked for, None if it names today's answer.
    """

    traces: tuple[Trace, ...]
    leaves: tuple[TracedLeaf, ...]
    company: Company | None = None
    succession: Succession | None = None

    @property
    def trace(self) -> Trace:
        """The tree of the first figure."""
        return self.traces[0]

    @property
    def fiscal(self) -> str:
        """How the company calls the period: `FQ4 2024`; empty if unknown or an instant."""
        return fiscal_period(self.trace.figure, self.company)

    @property
    def quote(self) -> str:
        """The value of the first figure with its source in one line, to copy."""
        return quote_of(self.trace, self.company)

    def leaf(self, figure: Figure) -> TracedLeaf | None:
        """The leaf of a figure."""
        return next((leaf for leaf in self.leaves if leaf.figure.id == figure.id), None)

    def to_dict(self) -> dict[str, Any]:
        """The page's JSON."""
        return {
            "trace": self.trace.to_dict(),
            "beside": [trace.to_dict() for trace in self.traces[1:]],
            "fiscal": self.fiscal or None,
            "formula": spelled(self.trace) or None,
            "quote": self.quote,
            "succession": self.succession.to_dict() if self.succession else None,
            "leaves": [leaf.to_dict() for leaf in self.leaves],
        }


Stand = Callable[[Trace, int], TracedLeaf]
"""From an end of a trace and its colour to what is known of it."""


def trace_view(
    traces: Sequence[Trace],
    stand: Stand,
    company: Company | None = None,
    succession: Succession | None = None,
) -> TraceView:
    """Traces with what is known of each end.

    Args:
        traces: One a figure, at least one.
        stand: Finds out what is known of an end.
        company: Whose figures they are.
        succession: What became of the address asked for.
    """
    ends = {end.figure.id: end for trace in traces for end in trace.reported()}
    leaves = tuple(stand(end, colour) for colour, end in enumerate(ends.values()))
    return TraceView(tuple(traces), leaves, company, succession)


def fetch_command(source: Source | None, figure: Figure) -> str:
    """The command that fetches the filing of a source from the SEC; empty if it is none."""
    if source is None or not figure.ticker:
        return ""
    if not (source.accession or source.form.removesuffix("/A") in _EDGAR_FORMS):
        return ""
    season = Quarter.containing(source.period_end or figure.end)
    return f"hashpivot fetch {figure.ticker} --season {season}"


def is_transcribed(source: Source | None) -> bool:
    """True for a row that somebody wrote down: of the tables shipped, or recorded by hand."""
    return source is None or not source.sha256


def locator_words(locator: Locator) -> str:
    """A place in words: `table 25, row 6, column 15`."""
    if isinstance(locator, JoinedLocator):
        return f"{len(locator.parts)} places added up: " + "; ".join(map(locator_words, locator.parts))
    if isinstance(locator, FactLocator):
        return f"tagged fact {clean(locator.id)}"
    if isinstance(locator, CellLocator):
        return f"table {locator.table}, row {locator.row}, column {locator.column} (counted from 0)"
    if isinstance(locator, SentenceLocator):
        return f"paragraph {locator.paragraph}, sentence {locator.sentence}"
    if isinstance(locator, LabelLocator):
        return f"row “{clean(locator.label)}”"
    return clean(str(locator)) or "no place given"
