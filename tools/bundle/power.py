"""Write the tables of the site room: ERCOT hours of one load zone, and mining machines by model.

    python -m tools write power

Reads `energy/` (whole) and `network/asic_models.csv` (as far as the snapshot takes it in). Needs pandas and
pyarrow. Nothing is written if an hour is missing, stands twice or has no value.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pandas as pd

from ..parts import Made
from ..places import DATA, tables
from .licences import FACTS_ONLY, LICENSES, sources
from .machine_rows import MACHINE_SOURCES, machine_rows
from .snapshot import Row, Snapshot

ZONE = "lz_west"
COMPLETE = ["rt_usd_per_mwh", "da_usd_per_mwh", "load_mw", "rt_flag", "da_flag"]
FLAGS = "0 as published, 1 repeated autumn hour (one averaged value), 2 gap of 1 to 3 hours interpolated, "
FLAGS += "3 longer gap, mean of the same hour 7 days before and after"


def _number(name: str, words: str) -> dict[str, Any]:
    return {"name": name, "type": "number", "description": words}


HOURS: list[dict[str, Any]] = [
    {"name": "ts_utc", "type": "string", "description": "Start of the hour, UTC, like 2017-01-01T06"},
    _number("rt_usd_per_mwh", "Real-time settlement point price of LZ_WEST, mean of four 15-minute values"),
    _number("da_usd_per_mwh", "Day-ahead settlement point price of LZ_WEST"),
    _number("load_mw", "Native load of ERCOT, to 0.1 MW as published: the month's highest sets the peak"),
    _number("wind_mw", "Wind generation of ERCOT, to 10 MW"),
    _number("solar_mw", "Solar generation of ERCOT, to 10 MW"),
    *(
        _number(f"as_{name}", f"Day-ahead clearing price of {words}, USD per MW and hour; blank where none")
        for name, words in (
            ("regup", "regulation up"),
            ("regdn", "regulation down"),
            ("rrs", "responsive reserve"),
            ("nspin", "non-spinning reserve"),
            ("ecrs", "contingency reserve, from 2023-06-10"),
        )
    ),
    {"name": "rt_flag", "type": "integer", "description": f"Of the real-time price: {FLAGS}"},
    {"name": "da_flag", "type": "integer", "description": f"Of the day-ahead price: {FLAGS}"},
]
ASICS: list[dict[str, Any]] = [
    {"name": "vendor", "type": "string", "description": "Maker"},
    {"name": "model", "type": "string", "description": "Model"},
    _number("ths", "Nominal hash rate, TH/s"),
    _number("watts", "Nominal power, W"),
    {
        "name": "confidence",
        "type": "string",
        "description": "A: F2Pool or ASICMinerValue values; B: retail lists; C: unverified",
    },
    {"name": "source", "type": "string", "description": "Repository and file the row was read from"},
]
SOURCES = (
    (
        "ERCOT real-time prices 2017-2023, day-ahead prices 2017-2020, ancillary prices 2017-2021, fuel mix",
        "Amina1991/ercot_paper",
        FACTS_ONLY,
    ),
    ("ERCOT real-time prices from 2023-12-25", "lanxindeng8/ercot", FACTS_ONLY),
    ("ERCOT day-ahead prices 2021 and 2022 (NP4-180-ER)", "TAMUparametric/energiapy", "MIT"),
    ("ERCOT day-ahead prices 2023 and 2024 (NP4-180-ER)", "chrisruiz01/ercot-power-risk-engine", FACTS_ONLY),
    ("ERCOT ancillary prices 2022-2024 (MCPC)", "cfogerty-hub/BESS_ISC_ERCOT", FACTS_ONLY),
    ("ERCOT native load", "brianketchens/ercot-predictive-modelling", FACTS_ONLY),
    *MACHINE_SOURCES,
)
REMARK = (
    "Prices, load and generation are from reports that ERCOT posts publicly under its protocols, "
    "read from the copies named as sources; facts, rounded. Real-time prices of 2017-2023 are from before "
    "later price corrections in a few hours. Machines are makers' nominal values, one row a model."
)


def hours(folder: Path) -> pd.DataFrame:
    """The hours of the zone, checked to be consecutive."""
    prices, system, reserves = (
        pd.read_parquet(folder / f"ercot_{name}_hourly.parquet").set_index("ts_utc")
        for name in ("prices", "system", "ancillary")
    )
    table = pd.DataFrame(
        {
            "rt_usd_per_mwh": prices[f"rt_{ZONE}"].astype(float).round(2),
            "da_usd_per_mwh": prices[f"da_{ZONE}"].astype(float).round(2),
            "load_mw": system["load_mw"].astype(float).round(1),
            **{name: (system[name].astype(float) / 10).round() * 10 for name in ("wind_mw", "solar_mw")},
            **{
                f["name"]: reserves[f["name"]].astype(float).round(2)
                for f in HOURS
                if f["name"].startswith("as_")
            },
            "rt_flag": prices["rt_lz_flag"],
            "da_flag": prices["da_flag"],
        }
    )
    steps = table.index.to_series().diff().dropna()
    if not (steps == pd.Timedelta(hours=1)).all() or table[COMPLETE].isna().any().any():
        raise ValueError("an hour is missing, stands twice, or has no value")
    table.index = table.index.strftime("%Y-%m-%dT%H")
    return table


def hours_csv(table: pd.DataFrame) -> bytes:
    """The hours as CSV text."""
    text = table.reset_index().to_csv(index=False, lineterminator="\n", float_format=_brief)
    return text.encode()


def _brief(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def asics_csv(rows: list[Row]) -> bytes:
    """Machines sold to industry, by vendor and model."""
    kept = [row for row in rows if row["segment"] == "industrial" and row["power_w"] and row["ths"]]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(field["name"] for field in ASICS)
    seen: set[str] = set()
    for row in sorted(kept, key=lambda row: (row["vendor"], row["model"].casefold())):
        if row["model"].casefold() not in seen:
            seen.add(row["model"].casefold())
            keys = ("vendor", "model", "ths", "power_w", "confidence", "source")
            writer.writerow([row[key] for key in keys])
    return text.getvalue().encode()


def resource(name: str, path: str, content: bytes, fields: list[dict[str, Any]]) -> dict[str, Any]:
    """One table of the Frictionless Data Package."""
    return {
        "name": name,
        "profile": "tabular-data-resource",
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {"fields": fields, "primaryKey": fields[0 if name == "ercot-lz-west" else 1]["name"]},
    }


def make() -> Made:
    """The tables and their descriptor."""
    table, folder = hours(DATA / "energy"), tables("site")
    packed = gzip.compress(hours_csv(table), 9, mtime=0)
    machines = asics_csv(machine_rows(Snapshot.load()))
    package = {
        "profile": "tabular-data-package",
        "name": "hashpivot-site",
        "title": f"ERCOT LZ_WEST by hour, {table.index[0]} to {table.index[-1]} UTC, and mining machines",
        "description": REMARK,
        "licenses": LICENSES,
        "sources": sources(*SOURCES),
        "resources": [
            {**resource("ercot-lz-west", "ercot_lz_west.csv.gz", packed, HOURS), "compression": "gz"},
            resource("asics", "asics.csv", machines, ASICS),
        ],
    }
    return {
        folder / "ercot_lz_west.csv.gz": packed,
        folder / "asics.csv": machines.decode(),
        folder / "datapackage.json": json.dumps(package, indent=2, ensure_ascii=False) + "\n",
    }
