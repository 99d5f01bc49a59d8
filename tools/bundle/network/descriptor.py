"""The Frictionless Data Package (version 1) of the network table: columns, sources, licence."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from ..licences import FACTS_ONLY, LICENSES, sources

FIELDS: list[dict[str, Any]] = [
    {
        "name": "date",
        "type": "date",
        "description": "UTC day of the blocks' median time past (not of the header time)",
        "constraints": {"required": True, "unique": True},
    },
    {
        "name": "price_usd",
        "type": "integer",
        "description": "Whole US dollars per bitcoin at the end of the UTC day; blank before the first close",
        "constraints": {"minimum": 1},
    },
    {
        "name": "price_flag",
        "type": "string",
        "description": "close: of BTCUSDT, a tether taken as a dollar; observed: noted by others for the end "
        "of the day, within three hours; estimated: geometric mean of the days around; missing: blank",
        "constraints": {"required": True, "enum": ["close", "observed", "estimated", "missing"]},
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
        "name": "blocks_flag",
        "type": "string",
        "description": "counted, or interpolated between blocks of known time: epochs' ends, halvings",
        "constraints": {"required": True, "enum": ["counted", "interpolated"]},
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
        "description": "exact: block by block; approx: recovered from a hashprice observed over 144 blocks; "
        "estimated: the mean of the month; missing: blank",
        "constraints": {"required": True, "enum": ["exact", "approx", "estimated", "missing"]},
    },
    {
        "name": "height_end",
        "type": "integer",
        "description": "Height of the day's last block",
        "constraints": {"required": True, "unique": True, "minimum": 0},
    },
]

_SOURCES = (
    (
        "Targets of epochs 0 to 473: electrum/chains/mainnet/checkpoints.json, commit 923578010e56",
        "spesmilo/electrum",
        "MIT",
    ),
    (
        "Header times of blocks 66,528 and 68,543: src/test/pow_tests.cpp, commit 01a06a19ac70",
        "bitcoin/bitcoin",
        "MIT",
    ),
    (
        "Time, median time and fees of 65,118 blocks (Bitcoin Core getblockstats), commit 34548a531d04",
        "m-marqx/BTC-RPC-Data",
        "MIT",
    ),
    (
        "Closes of Binance BTCUSDT, 2017-08-17 to 2026-07-03: data/btc_daily.csv, commit 9094f81d01a1",
        "btctree/btc-power",
        FACTS_ONLY,
    ),
    (
        "Difficulty of epochs 474 to 481, prices from 2026-07-04, approximate fees: data/network.csv, "
        "observed at mempool.space and Coinbase, commits 5f3abb423d85 and 03f03fe9ea32",
        "xddai1688-svg/btc-mining-monitor",
        FACTS_ONLY,
    ),
)
_DESCRIPTION = (
    "Heights, blocks and difficulty follow from the protocol's targets and from blocks of known time; the "
    "protocol gives subsidies, which are not in the table. Prices are whole dollars of an exchange's own "
    "closes. Fees of days not known block by block are the mean of their month: the total its blocks paid, a "
    "fact of the public chain that any node gives, read as one number a month from a daily series "
    "(docs/data.md says which). See docs/methods/bitcoin.md."
)


def descriptor(content: bytes, last: date) -> dict[str, Any]:
    """The package of the table, given its bytes and last day."""
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
        "title": f"Bitcoin network by day to {last}",
        "description": _DESCRIPTION,
        "version": f"{last:%Y.%m.%d}",
        "licenses": LICENSES,
        "sources": sources(*_SOURCES),
        "resources": [resource],
    }
