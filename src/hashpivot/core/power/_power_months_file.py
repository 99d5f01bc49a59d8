"""Read the months of power sites from the JSON that `hashpivot site backtest` prints."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ..base import InvalidInput, UnreadableFile, read_text
from ._power_month import PowerMonth

_KEY = "power_by_month"
_LARGEST_BYTES = 50_000_000  # a hundred years of a site's answer is under 1 MB
_AMOUNTS = (
    "curtailment_credits_usd",
    "demand_response_credits_usd",
    "power_cost_usd",
    "drawn_mwh",
    "capacity_mwh",
)
_NUMBERS = ("uptime", *_AMOUNTS)


def read_power_months(*paths: Path) -> tuple[PowerMonth, ...]:
    """Read the months of sites, oldest first.

    A file is what `hashpivot site backtest SITE --json` prints, or a list of such months. Several sites add
    up; every one must have the same months.

    Raises:
        UnreadableFile: If it cannot be read or is not JSON.
        InvalidInput: Naming the month and key that is missing, no number, out of range or there twice, or a
            file given twice.
    """
    resolved = [path.resolve() for path in paths]
    repeated = next((path for path in paths if resolved.count(path.resolve()) > 1), None)
    if repeated:
        raise InvalidInput("this site is given twice", where=str(repeated), hint="give each site once")
    sites = [_read(path) for path in paths]
    odd = next((p for p, site in zip(paths, sites, strict=True) if site.keys() != sites[0].keys()), None)
    if odd:
        hint = "backtest both from the same --start to the same --end"
        raise InvalidInput(f"its months are not those of {paths[0]}", where=str(odd), hint=hint)
    return tuple(_sum_of_sites([site[day] for site in sites]) for day in sorted(sites[0]))


def _sum_of_sites(sites: Sequence[PowerMonth]) -> PowerMonth:
    """Add up one month of several sites; uptime is weighted by capacity."""
    capacity = sum(site.capacity_mwh for site in sites)
    sums = {name: sum(getattr(site, name) for site in sites) for name in _AMOUNTS}
    weights = [site.capacity_mwh / capacity if capacity else 1 / len(sites) for site in sites]
    uptime = sum(weight * site.uptime for weight, site in zip(weights, sites, strict=True))
    return PowerMonth(month=sites[0].month, uptime=uptime, **sums)


def _read(path: Path) -> dict[date, PowerMonth]:
    answer = _json(path)
    rows = answer.get(_KEY) if isinstance(answer, dict) else answer
    if not isinstance(rows, list) or not rows:
        hint = "give what hashpivot site backtest SITE --json prints"
        raise InvalidInput(f"no months of power ({_KEY}) in it", where=str(path), hint=hint)
    months: dict[date, PowerMonth] = {}
    for number, row in enumerate(rows, 1):
        month = _month(row, f"{path}: month {number}")
        if month.first_day in months:
            raise InvalidInput(f"{month.month} stands twice", where=str(path))
        months[month.first_day] = month
    return months


def _json(path: Path) -> Any:
    try:
        return json.loads(read_text(path, _LARGEST_BYTES))
    except OSError as error:
        raise UnreadableFile(f"cannot be read: {error.strerror}", where=str(path)) from None
    except (UnicodeDecodeError, ValueError, RecursionError):
        hint = "give what hashpivot site backtest SITE --json prints"
        raise UnreadableFile("not JSON", where=str(path), hint=hint) from None


def _month(row: Any, where: str) -> PowerMonth:
    if not isinstance(row, Mapping):
        raise InvalidInput("a month must be an object", where=where)
    missing = next((name for name in ("month", *_NUMBERS) if name not in row), None)
    if missing:
        hint = f"a month has {', '.join(('month', *_NUMBERS))}"
        raise InvalidInput(f"{missing} is missing", where=where, hint=hint)
    wrong = next((name for name in _NUMBERS if not _is_number(row[name])), None)
    if wrong:
        raise InvalidInput(f"{wrong} = {row[wrong]!r} is no number", where=where)
    try:
        return PowerMonth(str(row["month"]), **{name: float(row[name]) for name in _NUMBERS})
    except InvalidInput as error:
        raise InvalidInput(error.message, where=where) from None
    except OverflowError:
        raise InvalidInput("a number is too large", where=where) from None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
