"""The page: the formula on the left, the stored filing on the right; works without script."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hashpivot.core import LabelLocator, Line, Source
from hashpivot.ledger import Trace

from ..shared import (
    PageBody,
    PageHead,
    clean,
    figure_title,
    format_figure,
    render_body,
    render_page,
    source_link,
    spelled,
)
from ._quote import fiscal_period, words_between
from ._trace_view import BoxedPlace, TracedLeaf, TraceView, locator_words

ROOT = "/doc"
"""Where a web face serves the pages of stored files."""

_LONGEST_REASON = 600  # characters of why a filing could not be fetched, and what to do

Address = Callable[[BoxedPlace, int], str]
"""From a place and its colour to the address of its page."""

_BASES = {
    "filed": "day of filing",
    "signed": "day it was signed",
    "dated": "as the page is dated",
    "url": "day in its address",
    "deadline": "assumed from the filing deadline",
    "added": "day it was added",
    "recorded": "recorded by hand",
}


@dataclass(frozen=True, slots=True)
class _Node:
    """A figure of the tree as it is shown."""

    before: str
    title: str
    value: str
    period: str
    kind: str
    note: str
    formula: str
    figure: str
    colour: int
    leaf: dict[str, Any] | None
    operands: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class ServedTrace:
    """What a page of a trace leads to where it is served.

    Args:
        figure: From an id or address of a figure to the page of its trace.
        fetch: Where the form is sent that has a filing fetched: fields `figure` and `page`.
        failed: Why the filing of a figure could not be fetched, by the figure's id.
    """

    figure: Callable[[str], str]
    fetch: str
    failed: Mapping[str, str] = field(default_factory=dict)


def render_trace(
    view: TraceView, address: Address | None = None, *, chosen: int = 0, frames: str = "'self'"
) -> str:
    """Render the page as text: no script; its frame shows the page of a stored filing.

    Args:
        view: The traces.
        address: Of a place's page; `/doc/SHA256/NUMBER?...` if not given.
        chosen: Which leaf's page the frame shows first.
        frames: What the page may frame, as in a Content-Security-Policy.
    """
    page = _page(view, address or _on_server, chosen, frames)
    return render_page("trace.html.j2", _head(view), page, style="trace.css")


def trace_body(view: TraceView, served: ServedTrace, *, chosen: int = 0) -> PageBody:
    """Render what `render_trace` does without its frame, to be served.

    Args:
        view: The traces.
        served: What it leads to.
        chosen: Which leaf's page the frame shows first.
    """
    page = _page(view, _on_server, chosen, "'self'", served)
    return render_body("trace.html.j2", _head(view), page, style="trace.css")


def _on_server(place: BoxedPlace, colour: int) -> str:
    return place.address(colour, ROOT)


def _head(view: TraceView) -> PageHead:
    figure = view.trace.figure
    who = clean(view.company.name) if view.company else clean(figure.ticker)
    if len(view.traces) > 1:
        title = f"{len(view.traces)} figures behind one number"
        return PageHead("", f"{figure.ticker}: {title}", title, f"{who}: the number is computed from these.")
    what = figure_title(figure)
    return PageHead(
        page="",
        name=f"{format_figure(figure)}: {figure.ticker} {figure.period} {what}",
        title=format_figure(figure),
        lede=f"{who}, {what}, {_period(view)}: {figure.kind}.",
        meta=tuple(
            filter(
                None, (clean(figure.ticker), figure.period, view.fiscal, figure.measure, _line(figure.line))
            )
        ),
    )


def _line(line: Line | None) -> str:
    return line.heading if line else "whole company"


def _period(view: TraceView) -> str:
    figure = view.trace.figure
    if figure.start is None:
        return f"on {figure.end.isoformat()}"
    days = f"{figure.start.isoformat()} to {figure.end.isoformat()}"
    return f"{days} ({view.fiscal})" if view.fiscal else days


def _page(
    view: TraceView, to: Address, chosen: int, frames: str, served: ServedTrace | None = None
) -> dict[str, Any]:
    figure = view.trace.figure
    leaves = [_leaf(leaf, view, to, served) for leaf in view.leaves]
    tabs = [leaf for leaf in leaves if leaf["address"]]
    first = next((leaf for leaf in tabs if leaf["number"] == chosen), tabs[0] if tabs else None)
    return {
        "trees": [_node(trace, "", view, leaves) for trace in view.traces],
        "served": served,
        "tabs": tabs,
        "first": first,
        "leaves": leaves,
        "known": figure.known.isoformat(),
        "note": clean(figure.note),
        "breakdown": clean(figure.breakdown),
        "quote": view.quote,
        "id": clean(figure.id),
        "frames": frames,
        "aliases": [(clean(alias.id), clean(alias.reason)) for alias in view.trace.aliases],
        "succession": _succession(view),
    }


def _succession(view: TraceView) -> dict[str, str] | None:
    found = view.succession
    if found is None:
        return None
    return {
        "asked": clean(found.asked),
        "current": clean(found.current.id),
        "value": format_figure(found.current),
        "known": found.current.known.isoformat(),
        "reason": found.reason,
    }


def _node(trace: Trace, before: str, view: TraceView, leaves: list[dict[str, Any]]) -> _Node:
    figure = trace.figure
    words = words_between(figure.formula, len(trace.operands))
    leaf = None if trace.operands else next((one for one in leaves if one["id"] == figure.id), None)
    return _Node(
        before=before,
        title=figure_title(figure),
        value=format_figure(figure),
        period=" · ".join(filter(None, (figure.period, fiscal_period(figure, view.company)))),
        kind=str(figure.kind),
        note=clean(figure.note),
        formula=spelled(trace),
        figure=clean(figure.id),
        colour=leaf["number"] if leaf else -1,
        leaf=leaf,
        operands=tuple(
            _node(operand, word, view, leaves) for operand, word in zip(trace.operands, words, strict=True)
        ),
    )


def _leaf(leaf: TracedLeaf, view: TraceView, to: Address, served: ServedTrace | None) -> dict[str, Any]:
    figure, source = leaf.figure, leaf.source
    link = source_link(source, figure.locator) if source else None
    return {
        "number": leaf.colour,
        "id": figure.id,
        "title": _source_title(source),
        "url": link.url if link else "",
        "where": link.text if link else "no source",
        "grade": source.grade if source else "",
        "known": _known(source),
        "label": "" if isinstance(figure.locator, LabelLocator) else clean(figure.label),
        "locator": locator_words(figure.locator),
        "recorded": f"{figure.value:,f} {figure.unit}",
        "address": to(leaf.place, leaf.colour) if leaf.place else "",
        "document": _document_title(leaf.place),
        "texts": " · ".join(clean(text) for text in leaf.place.texts) if leaf.place else "",
        "sha": leaf.stored[:8],
        "standing": leaf.standing,
        "whole": f"{ROOT}/{leaf.stored}" if leaf.stored and served else "",
        "fetch": leaf.fetch,
        "failed": clean(served.failed.get(figure.id, ""), _LONGEST_REASON) if served else "",
        "at": leaf.at,
        "places": [
            (number, to(place, leaf.colour), number == leaf.at)
            for number, place in enumerate(leaf.occurrences, 1)
        ],
        "row": _row(leaf, view),
    }


def _row(leaf: TracedLeaf, view: TraceView) -> list[tuple[str, str]]:
    """A transcribed row, column by column."""
    figure, source = leaf.figure, leaf.source
    if leaf.standing != "transcribed":
        return []
    columns = {
        "company": figure.ticker,
        "start": figure.start.isoformat() if figure.start else "",
        "end": figure.end.isoformat(),
        "fiscal": fiscal_period(figure, view.company),
        "measure": figure.measure,
        "line": str(figure.line or "total"),
        "label": clean(figure.label),
        "value": figure.text,
        "unit": figure.unit,
        "source": clean(source.key) if source else "",
        "grade": source.grade if source else "",
        "note": clean(figure.note),
    }
    return [(name, value) for name, value in columns.items() if value]


def _source_title(source: Source | None) -> str:
    return clean(source.title) if source else "no source"


def _document_title(place: BoxedPlace | None) -> str:
    return clean(place.type or place.name) if place else ""


def _known(source: Source | None) -> str:
    if source is None:
        return ""
    basis = _BASES.get(source.known_basis, clean(source.known_basis))
    return f"{source.known.isoformat()}, {basis}"
