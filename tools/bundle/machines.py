"""Write the outlook's table of machines from the collected model list, and what asking prices come to.

    python -m tools write machines

One row a year: models released in it, and the median J/TH of those with a known year.
The payback of machine prices is the asking price per TH of machines of 20 to 31 J/TH over the day's hashprice
per TH; the outlook takes its median for its machine prices.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from statistics import median

from hashpivot.bitcoin import NetworkHistory

from ..parts import Made
from ..places import tables
from .descriptor import field_of, resource
from .licences import LICENSES, sources
from .machine_rows import MACHINE_SOURCES, machine_rows
from .snapshot import Snapshot

FIRST_YEAR = 2016
_HINDCAST_FIELDS = {
    "quarters_ahead": field_of("integer", "Quarters from the outlook's start", required=True),
    "cases": field_of("integer", "Outlooks with an outcome", required=True),
    "covered": field_of("number", "Share of outcomes within the 80% band", required=True),
    "above": field_of("number", "Share of outcomes above it", required=True),
}


def make() -> Made:
    """The table of machines, and the paybacks."""
    snapshot, folder = Snapshot.load(), tables("outlook")
    return {
        folder / "machines.csv": machines(snapshot),
        folder / "datapackage.json": json.dumps(descriptor(), indent=2, ensure_ascii=False) + "\n",
        "machines": "".join(f"{line}\n" for line in payback_lines(snapshot)),
    }


def descriptor() -> dict[str, object]:
    """The Frictionless Data Package (version 1) of the table."""
    fields = {
        "year": field_of("integer", "Year of release", required=True),
        "models": field_of("integer", "Models of the year in the list", required=True),
        "j_per_th": field_of("number", "Their median energy per hash, J/TH", required=True),
    }
    return {
        "profile": "tabular-data-package",
        "name": "hashpivot-machines",
        "title": "Efficiency of mining machines by year of release, and hindcasts of AI lines",
        "description": "Medians of makers' nominal values, one row a model. How many of the outlook's bands "
        "for AI lines held what came: measured by us (python -m tools write outlook-companies).",
        "licenses": LICENSES,
        "sources": sources(*MACHINE_SOURCES),
        "resources": [
            resource("machines", fields, "year", []),
            resource("ai_hindcast", _HINDCAST_FIELDS, "quarters_ahead", []),
        ],
    }


def machines(snapshot: Snapshot) -> str:
    """Models released and their median J/TH, one row a year."""
    by_year: dict[int, list[float]] = defaultdict(list)
    for row in machine_rows(snapshot):
        if row["release_year"] and row["j_per_th"]:
            by_year[int(row["release_year"])].append(float(row["j_per_th"]))
    years = (
        f"{year},{len(values)},{median(values):.2f}"
        for year, values in sorted(by_year.items())
        if year >= FIRST_YEAR
    )
    return "\n".join(("year,models,j_per_th", *years)) + "\n"


def paybacks(snapshot: Snapshot) -> dict[str, list[float]]:
    """Days of hashprice that each asking price of a month comes to."""
    history, by_month = NetworkHistory.load(), defaultdict(list)
    for row in snapshot.table("network/asic_listings_2021_2022.csv"):
        if 20 <= float(row["j_per_th"]) <= 31:
            hashprice = history.hashprice_usd_per_ph_day(date.fromisoformat(row["date"]))
            by_month[row["date"][:7]].append(float(row["usd_per_th"]) / (hashprice / 1_000))
    return by_month


def payback_lines(snapshot: Snapshot) -> list[str]:
    """The paybacks by month and over all months, as a Markdown table."""
    by_month = paybacks(snapshot)
    everything = [days for month in by_month.values() for days in month]
    return [
        "| month | asking prices | median payback, days of hashprice |",
        "| --- | ---: | ---: |",
        *(f"| {month} | {len(days)} | {median(days):.0f} |" for month, days in sorted(by_month.items())),
        f"| all | {len(everything)} | {median(everything):.0f} |",
    ]
