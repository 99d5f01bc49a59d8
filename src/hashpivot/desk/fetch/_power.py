"""Power prices, ancillary services, load and forecasts fetched into hourly tables for `hashpivot site`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from hashpivot.core import InvalidInput
from hashpivot.sources import Settings, Store
from hashpivot.sources.power import (
    ERCOT_CLOCK,
    GRIDS,
    DayState,
    OtherGrid,
    PowerDay,
    PowerSeries,
    chosen_products,
)

from ..shared import DeskResult
from ._power_asked import PowerAsked, days_asked, ercot_days, other_grid_days, points_asked
from ._power_file import PowerFile, power_path, write_hours

if TYPE_CHECKING:
    from rich.console import Console

_LISTED = 5
"""Days of one kind named in a terminal; JSON names all."""


@dataclass(frozen=True, repr=False)
class PowerFetch(DeskResult):
    """What came of a power market.

    Args:
        market: `ercot`, or another grid.
        start: First local day asked for.
        end: Last local day.
        source: The way: `public API`, `keyless reports`, `gridstatus`; empty for a dry run.
        dry_run: True if nothing was asked for and written.
        days: Every day of every product and point.
        files: The tables.
        requests: How many requests were sent.
    """

    market: str
    start: date
    end: date
    source: str = ""
    dry_run: bool = False
    days: tuple[PowerDay, ...] = field(default=(), repr=False)
    files: tuple[PowerFile, ...] = ()
    requests: int = 0

    def __repr__(self) -> str:
        return f"PowerFetch({self.market} {self.start} to {self.end}, {len(self.files)} files)"

    @property
    def complete(self) -> bool:
        """True if everything that should be there by now is there, or would be asked for in a dry run."""
        return not any(day.state.failed for day in self.days)

    @property
    def counts(self) -> Mapping[DayState, int]:
        """Days by state, over all products and points."""
        found = Counter(day.state for day in self.days)
        return {state: found[state] for state in DayState if found[state]}

    def of(self, state: DayState) -> tuple[PowerDay, ...]:
        """The days of a state."""
        return tuple(day for day in self.days if day.state == state)

    def records(self) -> list[dict[str, Any]]:
        """One row a day, product and point."""
        return [
            {
                "product": day.product,
                "point": day.point,
                "day": day.day.isoformat(),
                "state": day.state.value,
                "intervals": sum(len(series.values) for series in day.series.values()),
                "fetched": day.fetched,
                "reason": day.reason,
                "notes": list(day.notes),
            }
            for day in self.days
        ]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot fetch power`."""
        return {
            "market": self.market,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "source": self.source,
            "dry_run": self.dry_run,
            "complete": self.complete,
            "requests": self.requests,
            "counts": {state.value: count for state, count in self.counts.items()},
            "files": [file.to_dict() for file in self.files],
            "days": self.records(),
        }

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_line

        way = f", {self.source}" if self.source else ""
        print_line(console, f"{self.market}, {self.start} to {self.end}{way} ({self.requests} requests)")
        for product, point in dict.fromkeys((day.product, day.point) for day in self.days):
            counts = Counter(day.state for day in self.days if (day.product, day.point) == (product, point))
            shown = ", ".join(f"{counts[state]} {_words(state)}" for state in DayState if counts[state])
            print_line(console, f"  {f'{product} {point}'.strip()}: days {shown}")
        if not self.dry_run:
            print_line(console, *self._trouble())
        for file in self.files:
            counted = f"{file.new:,} values new, {file.changed:,} changed, {file.unchanged:,} unchanged"
            print_line(console, f"  {file.path}: {counted}; {file.hours:,} hours")

    def _trouble(self) -> Sequence[str]:
        """Days that failed, those of one product and reason together, and what was odd."""
        together: dict[tuple[str, str, DayState, str], list[date]] = {}
        for day in self.days:
            if day.state.failed:
                together.setdefault((day.product, day.point, day.state, day.reason), []).append(day.day)
        failed = [
            f"  {f'{product} {point}'.strip()} {_words(state)} {_days(days)}{': ' if reason else ''}{reason}"
            for (product, point, state, reason), days in together.items()
        ]
        notes = dict.fromkeys((day.product, note) for day in self.days for note in day.notes)
        return [*failed, *(f"  {product}: {note}" for product, note in notes)] or ["  nothing is missing"]


def fetch_power(
    market: str,
    *,
    start: str | date,
    end: str | date | None = None,
    products: Iterable[str] = (),
    points: Iterable[str] = (),
    base_url: str = "",
    dry_run: bool = False,
    on_wait: Callable[[str], None] | None = None,
    settings: Settings | None = None,
    now: datetime | None = None,
) -> PowerFetch:
    """Fetch days of a power market and put them into hourly tables, one for each point.

    Complete days are kept in the store: run again, only what was not there is fetched. A table stands in
    `power` in the user's home folder, in the form `hashpivot site --prices` reads.

    Args:
        market: `ercot`, or one of `GRIDS` where gridstatus is installed.
        start: First local day.
        end: Last local day; today if not given.
        products: Names of products; the prices of energy and of ancillary services if none is given.
        points: Settlement points; ERCOT's west load zone if none is given.
        base_url: Of a stand-in for ERCOT.
        dry_run: Ask for nothing; tell what would be.
        on_wait: Told what is waited for.
        settings: The user's, read from their home folder if not given.
        now: Aware moment; the clock's if not given.

    Raises:
        InvalidInput: If market, days, products, points, settings or keys are wrong.
        MissingLibrary: For another grid, if gridstatus is not installed.
        UnreadableFile: If a table cannot be read or written; it is then as it was.
        DocumentStoreError: If the store cannot be read or written.
    """
    name, moment = market.strip().lower(), now or datetime.now(UTC)
    if name != "ercot" and name not in GRIDS:
        hint = f"there are: ercot, {', '.join(GRIDS)}; prices in a CSV go to hashpivot site --prices FILE"
        raise InvalidInput(f"no power market is called {market!r}", hint=hint)
    grid = None if name == "ercot" else OtherGrid(name)
    clock = grid.clock if grid else ERCOT_CLOCK
    wanted = tuple(products) if grid else tuple(one.name for one in chosen_products(products))
    days, where = days_asked(start, end, clock, moment), points_asked(points, name)
    asked = PowerAsked(name, days, wanted, where, moment, base_url, dry_run, on_wait)
    with Store() as store:
        came = list(
            other_grid_days(asked, grid, store)
            if grid
            else ercot_days(asked, settings or Settings.load(), store)
        )
    sources = [source for source, _, _ in came]
    return PowerFetch(
        name,
        days[0],
        days[-1],
        sources[-1] if sources and not dry_run else "",
        dry_run,
        tuple(day for _, _, day in came),
        () if dry_run else _files(name, [day for _, _, day in came]),
        max((requests for _, requests, _ in came), default=0),
    )


def _files(market: str, days: Sequence[PowerDay]) -> tuple[PowerFile, ...]:
    """Write the tables: series of the whole market stand in the table of each point."""
    points = list(dict.fromkeys(day.point for day in days if day.point)) or [""]
    return tuple(write_hours(power_path(market, point), point, _series(days, point)) for point in points)


def _series(days: Sequence[PowerDay], point: str) -> list[PowerSeries]:
    parts: dict[str, list[PowerSeries]] = {}
    for day in days:
        if day.point in ("", point):
            for name, series in day.series.items():
                parts.setdefault(name, []).append(series)
    return [PowerSeries.joined(series) for series in parts.values()]


def _words(state: DayState) -> str:
    return state.value.replace("_", " ")


def _days(days: Sequence[date]) -> str:
    more = f" and {len(days) - _LISTED} more" if len(days) > _LISTED else ""
    return ", ".join(map(str, days[:_LISTED])) + more
