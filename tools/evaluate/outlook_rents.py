"""What rents of AI data halls are known, from which the outlook's assumptions follow.

    python -m tools write outlook-rents

Contracts of the ledger that state value, megawatts and term in one announcement, and asking rents of smaller
halls (`energy/ai_load_facts.csv` of the data folder), from which the yearly volatility is computed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from math import log, sqrt
from statistics import median

from hashpivot.core import Line
from hashpivot.ledger import View
from hashpivot.outlook import observed_rents, rent_usd_per_kw_month
from hashpivot.outlook.calibration import decided_starts, loss_record, peer_margins
from hashpivot.outlook.calibration.ai_record import gpu_hours_by_year

from ..bundle.snapshot import Snapshot
from ..parts import Made


def contracts() -> Iterator[str]:
    """The lines of the table of contracts."""
    yield "| company | announced | customer | critical MW | years | USD per kW-month |\n"
    yield "| --- | --- | --- | --- | --- | --- |\n"
    for each in View.open().announced_contracts:
        usd = rent_usd_per_kw_month(each)
        if usd:
            cells = (each.ticker, each.announced, each.counterparty, each.mw_critical_it, each.term_years)
            yield f"| {' | '.join(map(str, cells))} | {usd:.1f} |\n"


def vintages(view: View) -> Iterator[str]:
    """Rents by the year in which contracts were announced."""
    by_year: dict[int, list[float]] = {}
    for each in view.announced_contracts:
        if usd := rent_usd_per_kw_month(each):
            by_year.setdefault(each.known.year, []).append(usd)
    yield "\n| announced in | contracts | median USD per kW-month |\n| --- | --- | --- |\n"
    for year, rents in sorted(by_year.items()):
        yield f"| {year} | {len(rents)} | {median(rents):.1f} |\n"


def margins(view: View) -> Iterator[str]:
    """The margins of AI lines that companies disclose, from which those of others are drawn."""
    last = max(view.quarters(ticker)[-1] for ticker in view.tickers() if view.quarters(ticker))
    for line in (Line.AI_COLOCATION, Line.AI_CLOUD):
        peers = peer_margins(view, line, last)
        words = ", ".join(f"{ticker} {margin:.0%}" for ticker, margin in peers.items())
        yield f"\nGross margin of {line.heading} on what recurs, by company: {words}.\n"


def starts(view: View) -> Iterator[str]:
    """Announced starts that figures decide."""
    yield "\n| company | customer | announced start ends | quarters late | come |\n"
    yield "| --- | --- | --- | --- | --- |\n"
    for each in decided_starts(view, date.max):
        come = "yes" if each.come else "not yet"
        yield (
            f"| {each.contract.ticker} | {each.contract.counterparty} | {each.announced} | {each.late} "
            f"| {come} |\n"
        )


def losses(view: View) -> Iterator[str]:
    """Deals that ended, and the chance of a loss that follows; the record ends with the last contract."""
    day = max(each.known for each in view.announced_contracts)
    yield f"\n| kind | deals to {day} | contract-years | ended | yearly chance of a loss |\n"
    yield "| --- | --- | --- | --- | --- |\n"
    for found in (loss_record(view, day, "colocation"), loss_record(view, day, "cloud")):
        yield f"| {found.kind} | {found.deals} | {found.years:.1f} | {found.ended} | {found.yearly:.1%} |\n"


def gpu_hours(view: View) -> Iterator[str]:
    """Prices of GPU-hours by the year in which contracts were announced."""
    years = gpu_hours_by_year(view, date.max)
    words = ", ".join(f"{usd:.2f} USD in {year} ({cases})" for year, (usd, cases) in years.items())
    told = words or "not known, no contract tells GPUs, value and term together"
    yield f"\nPrice of a GPU-hour by year of announcement: {told}.\n"


def asking_rents(snapshot: Snapshot) -> list[tuple[float, float]]:
    """Time in years and asking rent in North America; a low and a high of one time stand for their middle."""
    rows = [row for row in snapshot.table("energy/ai_load_facts.csv") if row["topic"] == "colocation"]
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


def report(snapshot: Snapshot) -> str:
    """The section of the page."""
    rents, readings = observed_rents(View.open(), date.max), asking_rents(snapshot)
    words = ", ".join(f"{usd:.0f} in {time:.2f}" for time, usd in readings)
    made = (vintages, gpu_hours, margins, starts, losses)
    return (
        f"{''.join(contracts())}\n{rents.cases} contracts: median {rents.median:.1f} USD per kW-month, "
        f"standard deviation of logs {rents.spread:.2f}. Asking rents of halls below 1 MW: {words}; "
        f"volatility {volatility(readings):.3f} a year.\n"
        f"{''.join(part for section in made for part in section(View.open()))}"
    )


def make() -> Made:
    """The section of the page."""
    return {"outlook-rents": report(Snapshot.load())}
