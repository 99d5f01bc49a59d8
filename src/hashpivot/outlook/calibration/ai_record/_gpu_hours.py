"""The price of a GPU-hour, from cloud contracts that tell GPUs, value and term."""

from __future__ import annotations

import re
from datetime import date
from statistics import median

from hashpivot.ledger import Contract, View

HOURS_PER_YEAR = 8_766
_GPUS = re.compile(r"(?<![\w.,])(\d[\d,]*)\s+(?:[\w.-]+\s+){0,3}GPUs?\b")


def gpu_hour_usd(contract: Contract) -> float | None:
    """USD per GPU-hour of a contract that tells its GPUs (`248 H100 GPUs`), value and term, else None."""
    told = _GPUS.search(contract.counterparty)
    value, years = contract.contract_value_usd, contract.term_years
    if contract.kind != "cloud" or contract.value_from or told is None or not (value and years):
        return None
    gpus = int(told[1].replace(",", ""))
    return float(value / years) / (gpus * HOURS_PER_YEAR) if gpus else None


def gpu_hours_by_year(view: View, day: date) -> dict[int, tuple[float, int]]:
    """Median price and number of contracts by the year in which they were announced; those known on a day."""
    by_year: dict[int, list[float]] = {}
    for contract in view.announced_contracts:
        if contract.known <= day and (usd := gpu_hour_usd(contract)):
            by_year.setdefault(contract.known.year, []).append(usd)
    return {year: (median(prices), len(prices)) for year, prices in sorted(by_year.items())}
