"""A ledger of its own, and rows that can be recorded."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from hashpivot.core import Companies
from hashpivot.ledger import Figures, Ledger, Recorded, View, bundled
from hashpivot.ledger.records import record_kind, record_rows, rows_of_mappings, scene_of

TODAY = date(2026, 11, 1)
SOURCE = {"title": "Results", "grade": "B", "locator": "table 1"}
FIGURE = {
    "ticker": "RIOT", "measure": "total_revenue", "period": "2026Q3", "value": "180000000", "unit": "usd",
    "known": "2026-10-29", **SOURCE,
}  # fmt: skip
LINE = FIGURE | {"measure": "revenue", "line": "self_mining", "value": "160000000"}
CONTRACT = {
    "ticker": "RIOT", "announced": "2026-05", "known": "2026-05-20", "counterparty": "Example AI",
    "kind": "colocation", "mw_critical_it": "100", "term_years": "10", "contract_value_usd": "2000000000",
    "start": "2027-H1", **SOURCE,
}  # fmt: skip
TARGET = {
    "ticker": "RIOT", "said_on": "2026-05-20", "metric": "hash_rate", "low": "50", "high": "50",
    "unit": "ehs", "due": "2026Q4", "stance": "guided", **SOURCE,
}  # fmt: skip
SPLIT = {"ticker": "RIOT", "day": "2026-06-01", "ratio": "1-for-10", "known": "2026-06-01", **SOURCE}
EVENT = {
    "ticker": "RIOT", "kind": "halls_converted", "effective": "2026-06-30", "known": "2026-06-01",
    "line": "self_mining", "scale": "0.6", "mw": "200", "counterparty": "Example hall", **SOURCE,
}  # fmt: skip
FILING_DATE = {"of": "0001558370-24-010495", "filed": "2024-08-05", **SOURCE}
ROWS = {
    "figures": FIGURE,
    "contracts": CONTRACT,
    "targets": TARGET,
    "splits": SPLIT,
    "events": EVENT,
    "filing-dates": FILING_DATE,
}


class Book:
    """A ledger one records into."""

    def __init__(self, path: str | Path) -> None:
        self.path = path

    def record(self, *rows: dict[str, Any], kind: str = "figures", today: date = TODAY) -> list[Recorded]:
        what = record_kind(kind)
        with Ledger.open(self.path) as ledger:
            scene = scene_of((bundled() | ledger.read()).dated(), Companies.load(), today)
            recorded = record_rows(ledger, what, rows_of_mappings(rows, what), scene)
            ledger.check()
        return recorded

    def view(self, as_of: date | None = None) -> View:
        return View.open(self.path, as_of=as_of)

    def held(self) -> Figures:
        with Ledger.open(self.path) as ledger:
            return ledger.read()

    def rows(self) -> int:
        """Everything that is stored, whether it counts or not."""
        held = self.held()
        return len(held.sources) + len(held.figures) + len(held.remarks) + len(held.changes)
