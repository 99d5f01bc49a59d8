"""Write the outlook's table of machines from the collected model list and asking prices.

    python scripts/bundle_machines.py [--data ../shared/data] [--check]

One row a year: models released in it, the median J/TH of those with a known year (preferred rows only). The
last lines on standard output are the payback of machine prices: asking price per TH of machines of 20 to 31
J/TH over the day's hashprice per TH, by month of 2022, and their median, which the outlook takes for its
machine prices.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median

from hashpivot.bitcoin import NetworkHistory

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "src" / "hashpivot" / "outlook" / "data" / "machines.csv"
FIRST_YEAR = 2016


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def machines(folder: Path) -> str:
    by_year: dict[int, list[float]] = defaultdict(list)
    for row in rows(folder / "asic_models.csv"):
        if row["preferred"] == "True" and row["release_best"] and row["j_per_th"]:
            by_year[int(row["release_best"][:4])].append(float(row["j_per_th"]))
    found = (
        f"{year},{len(values)},{median(values):.2f}"
        for year, values in sorted(by_year.items())
        if year >= FIRST_YEAR
    )
    return "\n".join(("year,models,j_per_th", *found)) + "\n"


def paybacks(folder: Path) -> dict[str, list[float]]:
    history, by_month = NetworkHistory.load(), defaultdict(list)
    for row in rows(folder / "asic_listings_2021_2022.csv"):
        if 20 <= float(row["j_per_th"]) <= 31:
            hashprice = history.hashprice_usd_per_ph_day(date.fromisoformat(row["date"]))
            by_month[row["date"][:7]].append(float(row["usd_per_th"]) / (hashprice / 1_000))
    return by_month


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    folder = options.data / "network"
    text = machines(folder)
    if not options.check:
        TABLE.write_text(text, encoding="utf-8")
    elif TABLE.read_text(encoding="utf-8") != text:
        sys.exit(f"{TABLE.name} is out of date: run python scripts/bundle_machines.py")
    found = paybacks(folder)
    for month, days in sorted(found.items()):
        print(f"{month}: {len(days)} asking prices, median {median(days):.0f} days of hashprice")
    print(f"all: median {median(day for days in found.values() for day in days):.0f} days of hashprice")


if __name__ == "__main__":
    main()
