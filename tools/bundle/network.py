"""Write the bundled daily network table and its descriptor from the collected one.

    python -m tools write network

The output depends on `network/network_daily.csv` alone, as far as the snapshot takes it in. Nothing is
written if a day is missing, heights do not add up, or issuance is not the protocol's.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hashpivot.bitcoin import SATOSHI_PER_BTC, issuance_sat

from ..parts import Made
from ..places import tables
from .snapshot import Snapshot

WHOLE_DOLLARS_FROM = 100

FIELDS: list[dict[str, Any]] = [
    {
        "name": "date",
        "type": "date",
        "description": "UTC day of the blocks' median time past (not of the header time)",
        "constraints": {"required": True, "unique": True},
    },
    {
        "name": "price_usd",
        "type": "number",
        "description": "US dollars per bitcoin at the end of the UTC day: whole dollars from 100 up, "
        "three significant digits below",
        "constraints": {"required": True, "minimum": 0.01},
    },
    {
        "name": "difficulty",
        "type": "number",
        "description": "Mean difficulty of the day's blocks",
        "constraints": {"required": True, "minimum": 1},
    },
    {
        "name": "blocks",
        "type": "integer",
        "description": "Blocks of the day",
        "constraints": {"required": True, "minimum": 1},
    },
    {
        "name": "issuance_btc",
        "type": "number",
        "description": "Bitcoin created by the day's blocks, fees not included",
        "constraints": {"required": True, "minimum": 0},
    },
    {
        "name": "fees_btc",
        "type": "number",
        "description": "Transaction fees of the day's blocks; blank where not known",
        "constraints": {"minimum": 0},
    },
    {
        "name": "fees_flag",
        "type": "string",
        "description": "exact; approx: recovered from a hashprice published over 144 blocks; missing: blank",
        "constraints": {"required": True, "enum": ["exact", "approx", "missing"]},
    },
    {
        "name": "height_end",
        "type": "integer",
        "description": "Height of the day's last block",
        "constraints": {"required": True, "unique": True, "minimum": 0},
    },
]

SOURCES = [
    {
        "title": "Coin Metrics community daily metrics to 2026-03-22, copy in GitHub chrisshao0/APS1052, "
        "data/raw/coinmetrics_btc.csv, commit 13c566a489cf",
        "path": "https://github.com/chrisshao0/APS1052",
    },
    {
        "title": "Coin Metrics community daily metrics 2026-03-23 to 2026-06-01, copy in GitHub "
        "GabrielMazzali/onchain-vs-price, data/raw/coinmetrics_btc.csv, commit 07062f86523d",
        "path": "https://github.com/GabrielMazzali/onchain-vs-price",
    },
    {
        "title": "Coin Metrics community daily metrics 2026-06-02 to 2026-10-06, copy in GitHub "
        "North7/btc-top-dashboard, data/raw/coinmetrics.csv, commit 05bd198aa624",
        "path": "https://github.com/North7/btc-top-dashboard",
    },
    {
        "title": "Coin Metrics community daily metrics from 2026-10-07, copy in GitHub OzVii/bitcoin-cycle, "
        "data/coinmetrics.csv, commit 967fe622ab39",
        "path": "https://github.com/OzVii/bitcoin-cycle",
    },
    {
        "title": "Fees flagged approx: recovered from live hashprice rows in GitHub "
        "xddai1688-svg/btc-mining-monitor, data/network.csv, commits 5f3abb423d85 and 03f03fe9ea32",
        "path": "https://github.com/xddai1688-svg/btc-mining-monitor",
    },
]

LICENCE_REMARK = (
    "Difficulty, blocks, issuance, fees and heights are facts of the public chain, checked against the "
    "protocol and against unrelated sources (Electrum checkpoints, Bitcoin Core block statistics); prices "
    "are facts, rounded. They were read from copies of Coin Metrics' community data, a compilation "
    "published under CC BY-NC 4.0 (non-commercial): whoever redistributes this table commercially should "
    "clear that with Coin Metrics or rebuild it from a node and a price source of their own. The "
    "repositories of the copies grant no licence in the data beyond that."
)


def rounded_price(text: str) -> str:
    """Whole dollars from 100 USD up, else three significant digits: never more than half a percent off."""
    price = Decimal(text)
    digits = 0 if price >= WHOLE_DOLLARS_FROM else max(0, 2 - price.adjusted())
    return format(price.quantize(Decimal(1).scaleb(-digits)), "f")


def bundled_row(row: dict[str, str]) -> list[str]:
    """One line of the bundled table."""
    kept = {field["name"]: row[field["name"]] for field in FIELDS}
    return list((kept | {"price_usd": rounded_price(row["price_usd"])}).values())


def check(rows: list[dict[str, str]]) -> None:
    """Days without gaps, heights that add up, issuance as the protocol allows it, flags that fit."""
    before: tuple[date, int] | None = None
    for row in rows:
        day, height, blocks = date.fromisoformat(row["date"]), int(row["height_end"]), int(row["blocks"])
        if before and (day - before[0] != timedelta(days=1) or height - before[1] != blocks):
            raise ValueError(f"{day}: the day or its heights do not follow on {before[0]}")
        created = Decimal(row["issuance_btc"]) * SATOSHI_PER_BTC
        if created != issuance_sat(height - blocks + 1, height):
            raise ValueError(f"{day}: issuance {row['issuance_btc']} is not what the protocol allows")
        if (row["fees_flag"] == "missing") != (row["fees_btc"] == ""):
            raise ValueError(f"{day}: fees {row['fees_btc']!r} do not fit the flag {row['fees_flag']}")
        before = day, height


def table(rows: list[dict[str, str]]) -> bytes:
    """The bundled table as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(field["name"] for field in FIELDS)
    writer.writerows(map(bundled_row, rows))
    return text.getvalue().encode()


def descriptor(content: bytes, rows: list[dict[str, str]]) -> dict[str, Any]:
    """The Frictionless Data Package (version 1) of the table."""
    resource = {
        "name": "network-daily",
        "profile": "tabular-data-resource",
        "path": "network_daily.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {"fields": FIELDS, "primaryKey": "date", "missingValues": [""]},
    }
    return {
        "profile": "tabular-data-package",
        "name": "hashpivot-bitcoin-network",
        "title": f"Bitcoin network by day, {rows[0]['date']} to {rows[-1]['date']}",
        "description": LICENCE_REMARK,
        "version": rows[-1]["date"].replace("-", "."),
        "sources": SOURCES,
        "resources": [resource],
    }


def make() -> Made:
    """The table and its descriptor."""
    return build(Snapshot.load().table("network/network_daily.csv"))


def build(rows: list[dict[str, str]]) -> Made:
    """The table and its descriptor from the collected rows.

    Raises:
        ValueError: The rows do not follow on each other, or their issuance is not the protocol's.
    """
    check(rows)
    content, folder = table(rows), tables("bitcoin")
    package = json.dumps(descriptor(content, rows), indent=2, ensure_ascii=False) + "\n"
    return {folder / "network_daily.csv": content.decode(), folder / "datapackage.json": package}
