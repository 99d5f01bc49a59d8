"""A power site's months in the terms miners report: `site` computes them, others take them in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any

from ._errors import InvalidInput, NoData, UnreadableFile
from ._figure import Missing
from ._quarter import ONE_DAY, Quarter

KEY = "power_by_month"
_LARGEST_BYTES = 50_000_000
_MOST_USD, _MOST_MWH = 1e11, 1e9
_MONTHS_A_QUARTER, _LAST_YEAR = 3, 2100


@dataclass(frozen=True, slots=True)
class PowerMonth:
    """One month of a site under one way of running it.

    Args:
        month: `2023-08`.
        uptime: Share of the machines' normal megawatt hours that was on.
        curtailment_credits_usd: Power bought ahead and sold again.
        demand_response_credits_usd: Reserve sold and curtailment credits.
        power_cost_usd: All power bought, tariffs included, credits not taken off.
        drawn_mwh: Energy used.
        capacity_mwh: What machines in their normal mode and AI loads would use, never stopped.

    Raises:
        InvalidInput: Naming the key and its range.
    """

    month: str
    uptime: float
    curtailment_credits_usd: float
    demand_response_credits_usd: float
    power_cost_usd: float
    drawn_mwh: float
    capacity_mwh: float

    def __post_init__(self) -> None:
        if not 1 <= self.first_day.year <= _LAST_YEAR:
            raise InvalidInput(f"{self.month!r} lies too far ahead")
        _check(self.month, "uptime", self.uptime, 0.0, 1.0)
        for name in ("drawn_mwh", "capacity_mwh"):
            _check(self.month, name, getattr(self, name), 0.0, _MOST_MWH)
        for name in ("curtailment_credits_usd", "demand_response_credits_usd", "power_cost_usd"):
            _check(self.month, name, getattr(self, name), -_MOST_USD, _MOST_USD)

    @property
    def first_day(self) -> date:
        """First day of the month.

        Raises:
            InvalidInput: If `month` is none.
        """
        try:
            return date.fromisoformat(f"{self.month}-01")
        except ValueError:
            raise InvalidInput(f"{self.month!r} is no month", hint="write 2023-08") from None

    @property
    def last_day(self) -> date:
        """Last day of the month."""
        first = self.first_day
        return date(first.year + first.month // 12, first.month % 12 + 1, 1) - ONE_DAY

    @property
    def credits_usd(self) -> float:
        """Both credits."""
        return self.curtailment_credits_usd + self.demand_response_credits_usd

    @property
    def net_power_usd_per_mwh(self) -> float | Missing:
        """Power cost less credits for each MWh used, what miners call all-in power cost."""
        if self.drawn_mwh <= 0:
            return Missing("no power was used", "not_applicable")
        return (self.power_cost_usd - self.credits_usd) / self.drawn_mwh

    def to_dict(self) -> dict[str, object]:
        """Plain values; a cost that says nothing is null and says why."""
        net = self.net_power_usd_per_mwh
        missing = {"net_power_missing": net.reason} if isinstance(net, Missing) else {}
        return {
            "month": self.month,
            "uptime": round(self.uptime, 6),
            "curtailment_credits_usd": round(self.curtailment_credits_usd, 2),
            "demand_response_credits_usd": round(self.demand_response_credits_usd, 2),
            "power_cost_usd": round(self.power_cost_usd, 2),
            "drawn_mwh": round(self.drawn_mwh, 2),
            "capacity_mwh": round(self.capacity_mwh, 2),
            "net_power_usd_per_mwh": None if isinstance(net, Missing) else round(net, 4),
            **missing,
        }


@dataclass(frozen=True, slots=True)
class PowerMean:
    """What several months of a site come to.

    Args:
        uptime: Mean share of the machines' normal megawatt hours that was on.
        power_usd_per_mwh: Power cost, credits not taken off, for each MWh used.
        credits_usd_per_mwh: Credits for each MWh used.
        credits_usd_per_mw_hour: Credits for each megawatt of capacity and hour, used or not.
    """

    uptime: float
    power_usd_per_mwh: float
    credits_usd_per_mwh: float
    credits_usd_per_mw_hour: float


def power_mean(months: Sequence[PowerMonth]) -> PowerMean:
    """The mean of at least one month; amounts over energy, uptime weighed by capacity.

    Raises:
        NoData: If no power was used, or there is no capacity.
    """
    capacity = sum(month.capacity_mwh for month in months)
    drawn, credited = sum(m.drawn_mwh for m in months), sum(m.credits_usd for m in months)
    if drawn <= 0 or capacity <= 0:
        raise NoData("no power was used", where=f"{months[0].month} to {months[-1].month}")
    return PowerMean(
        uptime=sum(m.capacity_mwh * m.uptime for m in months) / capacity,
        power_usd_per_mwh=sum(m.power_cost_usd for m in months) / drawn,
        credits_usd_per_mwh=credited / drawn,
        credits_usd_per_mw_hour=credited / capacity,
    )


def whole_quarters(months: Iterable[PowerMonth]) -> dict[Quarter, list[PowerMonth]]:
    """The calendar quarters all of whose months are there, with them, oldest first."""
    held: dict[Quarter, list[PowerMonth]] = {}
    for month in sorted(months, key=lambda each: each.first_day):
        held.setdefault(Quarter.containing(month.first_day), []).append(month)
    return {quarter: each for quarter, each in held.items() if len(each) == _MONTHS_A_QUARTER}


def read_power_months(*paths: Path) -> tuple[PowerMonth, ...]:
    """The months of sites, oldest first.

    A file is what `hashpivot site backtest SITE --json` prints, or a list of such months. Several sites add
    up; every one must have the same months.

    Raises:
        UnreadableFile: If it cannot be read or is not JSON.
        InvalidInput: Naming the month and key that is missing, no number, out of range or there twice, or a
            file given twice.
    """
    held = [path.resolve() for path in paths]
    again = next((path for path in paths if held.count(path.resolve()) > 1), None)
    if again:
        raise InvalidInput("this site is given twice", where=str(again), hint="give each site once")
    sites = [_read(path) for path in paths]
    odd = next((p for p, site in zip(paths, sites, strict=True) if site.keys() != sites[0].keys()), None)
    if odd:
        hint = "backtest both from the same --start to the same --end"
        raise InvalidInput(f"its months are not those of {paths[0]}", where=str(odd), hint=hint)
    return tuple(_together([site[day] for site in sites]) for day in sorted(sites[0]))


def _together(sites: Sequence[PowerMonth]) -> PowerMonth:
    """A month of several sites."""
    capacity = sum(site.capacity_mwh for site in sites)
    sums = {
        name: sum(getattr(site, name) for site in sites)
        for name in (
            "curtailment_credits_usd",
            "demand_response_credits_usd",
            "power_cost_usd",
            "drawn_mwh",
            "capacity_mwh",
        )
    }
    weights = [site.capacity_mwh / capacity if capacity else 1 / len(sites) for site in sites]
    uptime = sum(weight * site.uptime for weight, site in zip(weights, sites, strict=True))
    return PowerMonth(month=sites[0].month, uptime=uptime, **sums)


def _read(path: Path) -> dict[date, PowerMonth]:
    answer = _json(path)
    rows = answer.get(KEY) if isinstance(answer, dict) else answer
    if not isinstance(rows, list) or not rows:
        hint = "give what hashpivot site backtest SITE --json prints"
        raise InvalidInput(f"no months of power ({KEY}) in it", where=str(path), hint=hint)
    found: dict[date, PowerMonth] = {}
    for number, row in enumerate(rows, 1):
        month = _month(row, f"{path}: month {number}")
        if month.first_day in found:
            raise InvalidInput(f"{month.month} stands twice", where=str(path))
        found[month.first_day] = month
    return found


def _json(path: Path) -> Any:
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise UnreadableFile("too large for the months of a site", where=str(path))
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableFile(f"cannot be read: {error.strerror}", where=str(path)) from None
    except (UnicodeDecodeError, ValueError, RecursionError):
        hint = "give what hashpivot site backtest SITE --json prints"
        raise UnreadableFile("not JSON", where=str(path), hint=hint) from None


def _month(row: Any, where: str) -> PowerMonth:
    if not isinstance(row, Mapping):
        raise InvalidInput("a month must be an object", where=where)
    names = [each.name for each in fields(PowerMonth)]
    missing = next((name for name in names if name not in row), None)
    if missing:
        raise InvalidInput(f"{missing} is missing", where=where, hint=f"a month has {', '.join(names)}")
    stray = next((name for name in names[1:] if not _is_number(row[name])), None)
    if stray:
        raise InvalidInput(f"{stray} = {row[stray]!r} is no number", where=where)
    try:
        return PowerMonth(str(row["month"]), *(float(row[name]) for name in names[1:]))
    except (InvalidInput, OverflowError) as error:
        told = error.message if isinstance(error, InvalidInput) else "a number is too large"
        raise InvalidInput(told, where=where) from None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _check(month: str, name: str, value: float, low: float, high: float) -> None:
    if not isfinite(value) or not low <= value <= high:
        raise InvalidInput(f"{name} = {value!r}", where=month, hint=f"allowed is {low:g} to {high:g}")
