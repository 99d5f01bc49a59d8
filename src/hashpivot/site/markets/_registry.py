"""The markets described here, one TOML file each."""

from __future__ import annotations

import tomllib
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

from hashpivot.core import UnknownKey, near_keys

from ._power_market import (
    EARLIEST,
    Ancillary,
    DayAheadAuction,
    LoadResource,
    PowerMarket,
    PriceCap,
    TariffFamily,
)

_FOLDER = Path(__file__).parent


@cache
def market_names() -> tuple[str, ...]:
    """Return the names a site's key `market` may have."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@cache
def load_market(name: str) -> PowerMarket:
    """Return a market by name.

    Raises:
        UnknownKey: If no such market is described.
    """
    if name not in market_names():
        raise UnknownKey(f"no market {name!r} is described", hint=near_keys(name, market_names()))
    table = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    real_time = table["real_time"]
    return PowerMarket(
        key=name,
        name=table["name"],
        timezone=table["timezone"],
        currency=table["currency"],
        real_time_minutes=real_time["minutes"],
        real_time_source=real_time["source"],
        day_ahead=tuple(DayAheadAuction(**_auction(row)) for row in _dated(table, "day_ahead")),
        price_caps=tuple(PriceCap(**row) for row in _dated(table, "price_caps")),
        ancillary=tuple(Ancillary(**_with_products(row)) for row in _dated(table, "ancillary")),
        load_resources=tuple(LoadResource(**_with_products(row)) for row in _dated(table, "load_resources")),
        tariffs=tuple(TariffFamily(**row) for row in table.get("tariffs", [])),
    )


@cache
def reserve_products() -> tuple[str, ...]:
    """Return the reserve products of all markets, ERCOT's first."""
    markets = sorted(market_names(), key=lambda name: name != "ercot")
    named = [product for name in markets for rule in load_market(name).ancillary for product in rule.products]
    return tuple(dict.fromkeys(named))


def _dated(table: dict[str, Any], key: str) -> list[dict[str, Any]]:
    rows = [{"start": EARLIEST, **row} for row in table.get(key, [])]
    return sorted(rows, key=lambda row: row["start"])


def _with_products(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "products": tuple(row["products"])}


def _auction(row: dict[str, Any]) -> dict[str, Any]:
    """Return keyword arguments of a `DayAheadAuction`: clock times as minutes of the day."""
    rest = {key: value for key, value in row.items() if key not in ("gate", "published")}
    return {**rest, "gate_minute": _minute(row["gate"]), "published_minute": _minute(row["published"])}


def _minute(clock: str) -> int:
    moment = time.fromisoformat(clock)
    return moment.hour * 60 + moment.minute
