"""What rents of AI halls are known: the generated table of docs/outlook.md, and the numbers of `_rents.py`.

    python scripts/colocation_rents.py --data ../shared/data           # write
    python scripts/colocation_rents.py --data ../shared/data --check   # fail if the page is out of date

Contracts of the ledger that tell value, megawatts and term in one announcement, and asking rents of smaller
halls (`energy/ai_load_facts.csv` of the data folder), from which the yearly volatility is worked out.
"""

from __future__ import annotations

import csv
import re
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from math import log, sqrt
from pathlib import Path

from page_part import keep

from hashpivot.ledger import View
from hashpivot.outlook import observed_rents, rent_usd_per_kw_month

PAGE = Path(__file__).resolve().parents[1] / "docs" / "outlook.md"
BEGIN, END = "<!-- generated: rents -->\n", "<!-- end rents -->\n"


def contracts() -> Iterator[str]:
    yield "| company | announced | customer | critical MW | years | USD per kW-month |\n"
    yield "| --- | --- | --- | --- | --- | --- |\n"
    for each in View.open().announced_contracts:
        usd = rent_usd_per_kw_month(each)
        if usd:
            cells = (each.ticker, each.announced, each.counterparty, each.mw_critical_it, each.term_years)
            yield f"| {' | '.join(map(str, cells))} | {usd:.1f} |\n"


def asking_rents(data: Path) -> list[tuple[float, float]]:
    """Time in years and asking rent in North America; a low and a high of one time stand for their middle."""
    with (data / "energy" / "ai_load_facts.csv").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["topic"] == "colocation"]
    found: dict[float, list[float]] = {}
    for row in rows:
        if "global" not in row["item"]:
            found.setdefault(middle(row["as_of"]), []).append(float(row["value"]))
    return sorted((time, sum(values) / len(values)) for time, values in found.items())


def middle(when: str) -> float:
    """The middle of the year or half-year a reading is of, `2022` or `2024 H2`, in years."""
    year, half = re.fullmatch(r"(\d{4})(?: H([12]))?", when).groups()  # type: ignore[union-attr]
    return int(year) + (0.5 if half is None else 0.25 if half == "1" else 0.75)


def volatility(readings: list[tuple[float, float]]) -> float:
    """Root of the sum of squared log changes over the years they took: no drift is taken off."""
    changes = [log(b[1] / a[1]) ** 2 for a, b in pairwise(readings)]
    return sqrt(sum(changes) / (readings[-1][0] - readings[0][0]))


def report(data: Path) -> str:
    rents, readings = observed_rents(View.open(), date.max), asking_rents(data)
    words = ", ".join(f"{usd:.0f} in {time:.2f}" for time, usd in readings)
    return (
        f"{''.join(contracts())}\n{rents.cases} contracts: median {rents.median:.1f} USD per kW-month, "
        f"standard deviation of logs {rents.spread:.2f}. Asking rents of halls below 1 MW: {words}; "
        f"volatility {volatility(readings):.3f} a year.\n"
    )


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--check", action="store_true")
    keep(PAGE, BEGIN, END, report(parser.parse_args().data))


if __name__ == "__main__":
    main()
