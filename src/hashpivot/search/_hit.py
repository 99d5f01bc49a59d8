"""What a search finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from hashpivot.core import Figure, json_number, short_repr


class HitKind(StrEnum):
    """What kind of thing is found, in the order in which a result lists them."""

    COMPANY = "company"
    LINE = "line"
    FIGURE = "figure"
    CONTRACT = "contract"
    EVENT = "event"
    TARGET = "target"
    RISK = "risk"
    SOURCE = "source"

    @property
    def heading(self) -> str:
        """How a page names several of them."""
        return _HEADINGS[self]


_HEADINGS = {
    HitKind.COMPANY: "Companies",
    HitKind.LINE: "Lines of business",
    HitKind.FIGURE: "Figures",
    HitKind.CONTRACT: "Contracts",
    HitKind.EVENT: "Events",
    HitKind.TARGET: "Targets",
    HitKind.RISK: "Risk disclosures",
    HitKind.SOURCE: "Sources",
}


@short_repr
@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that is found.

    Args:
        kind: What it is.
        ticker: Whose; empty for a source of no one company.
        title: What it is called, such as `Revenue, AI colocation, 2024Q4`.
        text: Its label or sentence, or what else tells it from others.
        key: What names it: a ticker, `TICKER/LINE`, a figure's address (its id where the ledger's answer to
            it is absent), the place of a sentence, a source's key.
        day: Since when it is known; None for a company.
        figure: The figure, if it is one.
    """

    kind: HitKind
    ticker: str
    title: str
    text: str
    key: str
    day: date | None = None
    figure: Figure | None = None

    def to_dict(self) -> dict[str, Any]:
        """One of `hits` in the JSON contract of `hashpivot search`."""
        return {
            "kind": self.kind.value,
            "ticker": self.ticker,
            "title": self.title,
            "text": self.text,
            "key": self.key,
            "known": self.day.isoformat() if self.day else None,
            "value": json_number(self.figure.value) if self.figure else None,
            "unit": self.figure.unit if self.figure else None,
        }
