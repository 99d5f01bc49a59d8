"""What came of one product, day and point, as it is kept in the store."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from hashpivot.core import DocumentStoreError, parse_json

from ...store import Store
from ._product import MarketProduct
from ._report_table import ReportTable, folded


@dataclass(frozen=True, slots=True)
class DayDocument:
    """The rows of one day, each part as one posting gave them.

    Args:
        product: Name of the product.
        day: Local day.
        point: Settlement point, empty where the product has none.
        parts: The tables.
        fault: Why nothing of it can be used, empty if it can; such a day is not stored.
    """

    product: str
    day: date
    point: str
    parts: tuple[ReportTable, ...]
    fault: str = ""

    def to_bytes(self) -> bytes:
        """As it is stored; cells are those that came."""
        parts = [
            {
                "where": part.where,
                "posted": part.posted.isoformat() if part.posted else None,
                "headings": part.headings,
                "rows": part.rows,
            }
            for part in self.parts
        ]
        whose = {"product": self.product, "day": self.day.isoformat(), "point": self.point}
        return json.dumps({**whose, "parts": parts}).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> DayDocument:
        """Undo `to_bytes`.

        Raises:
            ValueError, KeyError, TypeError: If it is none.
        """
        held = parse_json(data)
        parts = tuple(
            ReportTable.of(
                part["where"],
                part["headings"],
                part["rows"],
                datetime.fromisoformat(part["posted"]) if part["posted"] else None,
            )
            for part in held["parts"]
        )
        return cls(held["product"], date.fromisoformat(held["day"]), held["point"], parts)


def day_key(product: MarketProduct, day: date, point: str) -> str:
    """Key of a day in the store."""
    name = f"{folded(product.name)}-{point}" if point else folded(product.name)
    return f"ercot/{product.emil_id}/{day:%Y-%m}/{day}/{name}.json"


def stored_day(store: Store, product: MarketProduct, day: date, point: str) -> DayDocument | None:
    """The day as the store has it; None if it does not, or what it has is damaged."""
    document = store.get(day_key(product, day, point))
    if document is None:
        return None
    try:
        return DayDocument.from_bytes(document.read())
    except (DocumentStoreError, ValueError, KeyError, TypeError):
        return None  # fetched again


def store_day(store: Store, product: MarketProduct, day: DayDocument) -> None:
    """Keep a complete day.

    Raises:
        DocumentStoreError: If it cannot be stored.
    """
    url = day.parts[0].where if day.parts else ""
    store.put(day_key(product, day.day, day.point), day.to_bytes(), url=url)
