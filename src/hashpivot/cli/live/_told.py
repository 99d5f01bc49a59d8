"""What a user who waits for a fetch is told: what matters, once, and what to do next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..shared import echo

if TYPE_CHECKING:
    from hashpivot.desk import FetchEvent, FetchSummary


class Waits:
    """Tells once what is waited for, and again only after something else has happened."""

    def __init__(self) -> None:
        self._told = ""

    def __call__(self, words: str) -> None:
        """Print the words to standard error, unless they differ from the last ones in numbers alone."""
        without_numbers = re.sub(r"\d+", "", words)
        if without_numbers != self._told:
            echo(words, err=True)
        self._told = without_numbers

    def over(self) -> None:
        """Note that something happened."""
        self._told = ""


def is_shown(event: FetchEvent, *, verbose: bool) -> bool:
    """True if an event has a line of its own: single filings only if they failed, or all are wanted."""
    from hashpivot.desk import DocumentFetched, FilerLost

    if isinstance(event, DocumentFetched):
        return verbose or (event.state.failed and not event.not_asked)
    return not (isinstance(event, FilerLost) and event.not_asked)


def next_steps(summary: FetchSummary, season: str | None, *, dry_run: bool) -> list[str]:
    """What to do now, as lines."""
    if dry_run:
        return (
            ["nothing was fetched: the same command without --dry-run does it"] if summary.documents else []
        )
    if not summary.complete:
        return ["not everything wanted is in the ledger; the same command tries what is missing again"]
    if not summary.documents:
        return []
    tickers = list(dict.fromkeys(document.ticker for document in summary.documents))
    show = f"season {season}" if season else f"company {tickers[0]}" if len(tickers) == 1 else "season"
    return [f"see it: hashpivot {show}; what is still missing: hashpivot coverage --missing"]
