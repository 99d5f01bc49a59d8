"""The page of a search: what is found by kind, each a link to where it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hashpivot.search import Found, Hit, HitKind

from ..shared import PageBody, PageHead, clean, format_figure, render_body
from ..terminal import found_words


@dataclass(frozen=True, slots=True)
class SearchRow:
    """One hit.

    Args:
        ticker, title, text, value, day: In words.
        address: Where it leads.
    """

    ticker: str
    title: str
    text: str
    value: str
    day: str
    address: str


@dataclass(frozen=True, slots=True)
class SearchGroup:
    """The hits of one kind.

    Args:
        name: Of the kind, for ids.
        heading: What they are.
        rows: Best first.
        count: How many there are.
        all: Address that shows more of them; empty if these are all.
    """

    name: str
    heading: str
    rows: tuple[SearchRow, ...]
    count: int
    all: str


def search_body(
    text: str, found: Found, address_of: Callable[[Hit], str], more: str, examples: dict[str, str]
) -> PageBody:
    """Render a search without a frame, to be served.

    Args:
        text: What was typed.
        found: What it finds.
        address_of: Where a hit leads.
        more: Address of the same search with more hits of each kind; empty if these are the most.
        examples: Addresses by text of searches to begin with.
    """
    groups = tuple(_group(kind, found, address_of, more) for kind in found.hits)
    head = PageHead(
        page="Search",
        name=f"Search: {clean(text)}" if text.strip() else "Search",
        title=clean(found_words(text, found)),
    )
    return render_body("search.html.j2", head, {"groups": groups, "examples": examples, "words": head.title})


def _group(kind: HitKind, found: Found, address_of: Callable[[Hit], str], more: str) -> SearchGroup:
    rows = tuple(_row(hit, address_of(hit)) for hit in found.hits[kind])
    count = found.counts[kind]
    return SearchGroup(kind.value, kind.heading, rows, count, more if len(rows) < count else "")


def _row(hit: Hit, address: str) -> SearchRow:
    return SearchRow(
        hit.ticker,
        clean(hit.title),
        clean(hit.text),
        format_figure(hit.figure) if hit.figure else "",
        hit.day.isoformat() if hit.day else "",
        address,
    )
