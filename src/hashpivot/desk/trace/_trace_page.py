"""The page of one figure's trace, as a desk hands it out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hashpivot.core import Company, Source, UnknownFigure, UnwritableFile, write_bytes, write_text
from hashpivot.ledger import Trace, View
from hashpivot.report import (
    BoxedPlace,
    Succession,
    TracedLeaf,
    TraceView,
    fetch_command,
    is_transcribed,
    quote_of,
    render_trace,
    trace_view,
)

from ..shared import DeskResult
from ._stored_pages import StoredPages, stored_file

if TYPE_CHECKING:
    from rich.console import Console

    from hashpivot.report import Fragment

_LATER = "This figure has been restated or read otherwise since; it stands as it was."
_GONE = "Nothing gives the figure asked for any more; the trace is of what answers its question now."


@dataclass(frozen=True, repr=False)
class TracePage(DeskResult):
    """Where numbers come from, down to the boxed place on the page of each stored filing.

    Filings are read when the page is shown, not when it is asked for.

    Args:
        traces: The trace of a figure, or of several that a number rests on.
        company: Whose they are, None if unknown.
        succession: What became of the first address, None if it names today's answer.
        sources: Those of the desk, where copies of a report are looked for.
    """

    row_key = "figure"

    traces: tuple[Trace, ...]
    company: Company | None
    succession: Succession | None
    sources: Iterable[Source]

    def __repr__(self) -> str:
        return f"TracePage({', '.join(trace.figure.id for trace in self.traces)})"

    @cached_property
    def view(self) -> TraceView:
        """The traces, and what is known of their ends.

        Raises:
            DocumentStoreError: If the store cannot be read.
        """
        stand = _Standing(StoredPages(self.sources)).of
        return trace_view(self.traces, stand, self.company, self.succession)

    @property
    def quote(self) -> str:
        """The value of the first figure with its source in one line, to copy."""
        return quote_of(self.traces[0], self.company)

    def records(self) -> list[dict[str, Any]]:
        """One row a reported figure at the ends."""
        return [record for trace in self.traces for record in trace.records()]

    def to_dict(self) -> dict[str, Any]:
        """The trace, and for each end where it stands or how to get it."""
        return self.view.to_dict()

    def html(self, *, chosen: int = 0) -> str:
        """The page as a web face serves it; its frame shows `/doc/SHA256/NUMBER`.

        Args:
            chosen: Number of the end whose filing is shown first.
        """
        return render_trace(self.view, chosen=chosen)

    def document(self, place: BoxedPlace, colour: int = 0) -> bytes:
        """The page of a stored filing with a place of it boxed; serve it with `SHOWN_POLICY`.

        Raises:
            NoData: If the file has left the store.
        """
        return stored_file(place.sha256).documents[place.document].page(place.anchors, colour)

    def to_html(self, path: str | Path) -> Path:
        """Write the page, and beside it in a folder of its name the filings' pages that it frames.

        Raises:
            UnwritableFile: If they cannot be written.
            NoData: If a file has left the store.
        """
        target = Path(path)
        folder = target.with_name(f"{target.stem}-filings")
        names: dict[tuple[BoxedPlace, int], str] = {}
        for leaf in self.view.leaves:
            for place in dict.fromkeys((*([leaf.place] if leaf.place else []), *leaf.occurrences)):
                names[place, leaf.colour] = f"{place.sha256[:12]}-{place.document}-{len(names)}.html"
        if names:
            _make(folder)
        for (place, colour), name in names.items():
            write_bytes(self.document(place, colour), folder / name)

        def beside(place: BoxedPlace, colour: int) -> str:
            return f"{folder.name}/{names[place, colour]}#{place.anchors[0]}"

        return write_text(render_trace(self.view, beside, frames="'self' file:"), target)

    def _fragment(self) -> Fragment:
        from hashpivot.report import trace_fragment

        return trace_fragment(self.view.trace)

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_line

        for text in str(self.view.trace).split("\n"):
            print_line(console, text)
        for leaf in self.view.leaves:
            print_line(console, f"  {leaf.figure.id}: {leaf.standing}")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UnwritableFile(
            f"cannot be made: {error.strerror or error}",
            where=str(folder),
            hint="choose a folder that exists and may be written to",
        ) from None


def trace_page(
    view: View, first: Callable[[], View], asked: str, beside: Iterable[str], company: Company | None
) -> TracePage:
    """The page of a figure.

    Args:
        view: Where it is looked for.
        first: Opens the same figures as first reported, where an id may still be found.
        asked: Its address or id.
        beside: Those of further figures.
        company: Whose they are.

    Raises:
        UnknownFigure: If nothing answers the question of an address.
    """
    trace, succession = _found(view, first, asked)
    others = (_found(view, first, other)[0] for other in beside)
    return TracePage((trace, *others), company, succession, view.sources.values())


def _found(view: View, first: Callable[[], View], asked: str) -> tuple[Trace, Succession | None]:
    """The trace of an id for as long as anything gives that figure, and what answers its question today."""
    question, exact, _ = asked.partition("@")
    if not exact:
        return view.trace(asked), None
    try:
        trace = view.trace(asked)
    except UnknownFigure:
        try:
            trace = first().trace(asked)
        except UnknownFigure:
            trace = view.trace(question)
            return trace, Succession(asked, trace.figure, _GONE)
    try:
        current = view.trace(trace.figure.address).figure
    except UnknownFigure:
        return trace, None
    same = (current.value, current.unit) == (trace.figure.value, trace.figure.unit)
    return trace, None if same else Succession(asked, current, _LATER)


class _Standing:
    """What is known of each end of traces."""

    def __init__(self, pages: StoredPages) -> None:
        self._pages = pages

    def of(self, trace: Trace, colour: int) -> TracedLeaf:
        """Where an end stands."""
        figure, source = trace.figure, trace.source
        fetch = fetch_command(source, figure)
        stored = self._pages.stored(source) if source else None
        if stored and not is_transcribed(source):
            shown = self._pages.pages(stored)
            place, same = self._pages.places(shown, figure.locator) if shown else (None, ())
            standing = "boxed" if place else "stored"
            return TracedLeaf(trace, colour, standing, place, same, stored.sha256, fetch)
        standing = "transcribed" if is_transcribed(source) else "absent"
        return TracedLeaf(trace, colour, standing, stored=stored.sha256 if stored else "", fetch=fetch)
