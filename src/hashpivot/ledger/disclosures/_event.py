"""Events that change what a company is: halls converted, sites sold or bought, mergers, lines ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from hashpivot.core import Line, Locator, TextFact, short_repr

from ._text_facts import restore_fact

EVENT = "event"
"""Kind of the text fact that holds a company event."""
_AMOUNTS = ("scale", "ehs", "mw")


class EventKind(StrEnum):
    """What happened."""

    HALLS_CONVERTED = "halls_converted"
    SITE_SOLD = "site_sold"
    SITE_BOUGHT = "site_bought"
    MERGER = "merger"
    MERGER_ENDED = "merger_ended"
    SPIN_OFF = "spin_off"
    LINE_ENDED = "line_ended"
    ACQUIRED = "acquired"

    @property
    def words(self) -> str:
        """How a page writes it."""
        return _WORDS[self]


_WORDS = {
    EventKind.HALLS_CONVERTED: "halls converted",
    EventKind.SITE_SOLD: "site sold",
    EventKind.SITE_BOUGHT: "site or capacity bought",
    EventKind.MERGER: "merger or acquisition",
    EventKind.MERGER_ENDED: "merger agreement terminated",
    EventKind.SPIN_OFF: "spin-off",
    EventKind.LINE_ENDED: "line of business ended",
    EventKind.ACQUIRED: "acquired; no report of its own follows",
}


@short_repr
@dataclass(frozen=True, slots=True)
class CompanyEvent:
    """One event after which a company's earlier figures no longer say what its next ones will be.

    Args:
        ticker: The company.
        kind: What happened.
        effective: Day it took effect, or is due to.
        known: Day from which the public could know it.
        line: The line of business it changes; None for the whole company.
        scale: Share of the line's revenue or capacity left after it, more than 1 for additions; None if not
            disclosed.
        ehs: Exahashes a second bought, sold or converted, if disclosed.
        mw: Megawatts bought, sold or converted, if disclosed.
        counterparty: Who else is party to it, or the site; empty if nobody is named.
        note: What happened, in our own words.
        source: Key of the source.
        locator: Where in the source.
    """

    ticker: str
    kind: EventKind
    effective: date
    known: date
    line: Line | None
    scale: Decimal | None
    ehs: Decimal | None
    mw: Decimal | None
    counterparty: str
    note: str
    source: str
    locator: Locator

    def to_dict(self) -> dict[str, Any]:
        """Stable keys; see docs/json.md. What is not disclosed is null."""
        amounts = {name: getattr(self, name) for name in _AMOUNTS}
        return {
            "kind": self.kind.value,
            "effective": self.effective.isoformat(),
            "known": self.known.isoformat(),
            "line": self.line.value if self.line else None,
            **{name: None if amount is None else float(amount) for name, amount in amounts.items()},
            "counterparty": self.counterparty or None,
            "note": self.note or None,
            "source": self.source,
            "locator": str(self.locator),
        }


def event_data(event: CompanyEvent) -> dict[str, Any]:
    """Return an event as the data of a text fact; company, day, source and place stand in the fact itself."""
    amounts = {name: getattr(event, name) for name in _AMOUNTS}
    return {
        "event": event.kind.value,
        "effective": event.effective.isoformat(),
        "line": event.line.value if event.line else None,
        **{name: None if amount is None else f"{amount:f}" for name, amount in amounts.items()},
        "counterparty": event.counterparty,
        "note": event.note,
    }


@lru_cache(4096)
def event_of(fact: TextFact) -> CompanyEvent:
    """Return the event of a fact of the kind `event`.

    Raises:
        LedgerError: If the fact is no such one.
    """
    return restore_fact(fact, (EVENT,), _event)


def _event(fact: TextFact, data: dict[str, Any]) -> CompanyEvent:
    scale, ehs, mw = (None if data[name] is None else Decimal(data[name]) for name in _AMOUNTS)
    return CompanyEvent(
        fact.ticker,
        EventKind(data["event"]),
        date.fromisoformat(data["effective"]),
        fact.known,
        Line(data["line"]) if data["line"] else None,
        scale,
        ehs,
        mw,
        str(data["counterparty"]),
        str(data["note"]),
        fact.source,
        fact.locator,
    )
