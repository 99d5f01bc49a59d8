"""What a search finds, as a desk hands it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hashpivot.search import Found, Hit, HitKind

from .shared import DeskResult

if TYPE_CHECKING:
    from rich.console import Console

MOST_HITS = 200
"""Of each kind: who wants more means another question."""


@dataclass(frozen=True, repr=False)
class DeskSearch(DeskResult):
    """What a text finds, by kind, and the ways to show it.

    Args:
        text: What was typed.
        found: What it finds.
    """

    text: str
    found: Found

    def __repr__(self) -> str:
        return f"DeskSearch({self.text!r}, {self.count:,} found)"

    def __iter__(self) -> Iterator[Hit]:
        return (hit for hits in self.groups.values() for hit in hits)

    @property
    def groups(self) -> Mapping[HitKind, tuple[Hit, ...]]:
        """Hits by kind, best first; no more of a kind than were asked for."""
        return self.found.hits

    @property
    def count(self) -> int:
        """How much is found, more than `groups` may hold."""
        return sum(self.found.counts.values())

    @property
    def company(self) -> str:
        """Ticker of the company whose ticker, CIK or whole name the text is; empty if it is none."""
        return self.found.company

    def records(self) -> list[dict[str, Any]]:
        """One row a hit."""
        return [hit.to_dict() for hit in self]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot search`."""
        return {
            "query": self.text,
            "words": list(self.found.words),
            "mended": self.found.mended,
            "every_word": self.found.every,
            "company": self.company or None,
            "counts": {kind.value: count for kind, count in self.found.counts.items()},
            "hits": self.records(),
        }

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_search

        print_search(self.text, self.found, console)
