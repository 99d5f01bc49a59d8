"""What a search finds, on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hashpivot.search import Found, Hit

from ..shared import format_figure
from ._console import add_column, add_row, new_table, print_words, show_table

if TYPE_CHECKING:
    from rich.console import Console

_LONGEST = 60  # characters of what was typed, which a title repeats


def print_search(text: str, found: Found, console: Console) -> None:
    """Print hits by kind, best first, and how many more there are.

    Args:
        text: What was typed.
        found: What it finds.
        console: Where.
    """
    print_words(console, found_words(text, found))
    for kind, hits in found.hits.items():
        count = found.counts[kind]
        shown = f", {len(hits)} of {count:,}" if len(hits) < count else ""
        table = new_table(show_header=False)
        for justify in ("left", "left", "right", "left"):
            add_column(table, "", justify=justify, overflow="fold")
        for hit in hits:
            add_row(table, (hit.ticker, _called(hit), _value(hit), hit.key if hit.figure else _day(hit)))
        show_table(console, table, f"{kind.heading}{shown}")


def found_words(text: str, found: Found) -> str:
    """Say what was found for what, in one sentence.

    Args:
        text: What was typed.
        found: What it finds.
    """
    count = sum(found.counts.values())
    if not found.words and not count:
        return "Type a company, a line of business, a measure, a customer, words of a filing or a number"
    if not count:
        return f"Nothing has {_short(' or '.join(found.words))}"
    if not found.every:
        return f"Nothing has all of {_short(', '.join(found.words))}; {count:,} have some of them"
    read_as, typed = _short(" ".join(found.words)), _short(" ".join(text.split()))
    return f"{count:,} found for {typed}" + (f", read as {read_as}" if found.mended else "")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _called(hit: Hit) -> str:
    return f"{hit.title}: {hit.text}" if hit.text and not hit.figure else hit.title


def _value(hit: Hit) -> str:
    return format_figure(hit.figure) if hit.figure else ""


def _day(hit: Hit) -> str:
    return hit.day.isoformat() if hit.day else ""
