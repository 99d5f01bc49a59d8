"""The collected network table, which is not shipped: for checks, and for hindcasts that need more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hashpivot.bitcoin import NetworkDay, NetworkHistory

from .snapshot import Row, Snapshot

_FLAG = "close"


def history_of(rows: Sequence[Row]) -> NetworkHistory:
    """The history in the collected rows; its prices are not rounded."""
    return NetworkHistory([_day(row) for row in rows])


def collected_history() -> NetworkHistory:
    """The history in the collected table, as far as the snapshot takes it in."""
    return history_of(Snapshot.load().table("network/network_daily.csv"))


def long_history() -> NetworkHistory:
    """The bundled history with the prices of the collected one before the first bundled price."""
    return NetworkHistory.load().extended_by(collected_history(), "the collected table")


def _day(row: Row) -> NetworkDay:
    return NetworkDay(
        day=date.fromisoformat(row["date"]),
        close_usd=float(row["price_usd"]),
        difficulty=float(row["difficulty"]),
        blocks=int(row["blocks"]),
        issuance_btc=float(row["issuance_btc"]),
        fees_btc=float(row["fees_btc"]) if row["fees_btc"] else None,
        fees_flag=row["fees_flag"],
        height_end=int(row["height_end"]),
        price_flag=_FLAG,
    )
