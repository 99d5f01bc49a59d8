"""The workbook of a backtest: policies, months, components, shortfall, what-if cases and every interval."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from hashpivot.core import write_bytes
from hashpivot.site import Backtest, WhatIf, shortfall_by_hour, worst_days

from ..workbook import tables_workbook
from ._week_chart import drawn_by_part

_ROLLING, _BEST = "rolling_horizon", "perfect_foresight"
_MOST_ROWS = 500_000  # of the intervals: a sheet holds a million


def backtest_workbook(done: Backtest, cases: WhatIf | None = None) -> bytes:
    """Return a workbook of a backtest, a table a sheet; the same bytes each time.

    Args:
        done: The backtest.
        cases: What-if cases to show with it.
    """
    title = f"{done.hours.site.name}, {done.start} to {done.end}, {done.regime}"
    tables: dict[str, Sequence[Mapping[str, Any]]] = {
        "Policies": done.records(),
        "Months": done.to_dict()["by_month"],  # type: ignore[dict-item]
        "What if": cases.records() if cases else [],
        **dict(_losses(done)),
        "Intervals": _intervals(done),
        "Notes": [{"note": note} for note in done.notes],
    }
    return tables_workbook(title, {name: rows for name, rows in tables.items() if rows}, done.end)


def write_backtest_workbook(done: Backtest, path: str | Path, cases: WhatIf | None = None) -> Path:
    """Write the workbook to a file, whole or not at all, and return the file's path.

    Args:
        done: The backtest.
        path: The file.
        cases: What-if cases to show with it.

    Raises:
        UnwritableFile: If `path` is a folder or cannot be written; what it held before is untouched.
    """
    return write_bytes(backtest_workbook(done, cases), Path(path))


def _losses(done: Backtest) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Where the rolling horizon falls short of perfect foresight, by hour of the day and by day."""
    if not {_ROLLING, _BEST} <= set(done.pnl):
        return
    by_hour = shortfall_by_hour(done)
    yield (
        "Short by hour",
        [
            {"hour": f"{hour:02d}:00"} | {f"{kind}_usd": round(usd[hour], 2) for kind, usd in by_hour.items()}
            for hour in range(24)
        ],
    )
    names = ("day", "short_usd", "highest_rt_usd_per_mwh", "highest_da_usd_per_mwh")
    yield "Worst days", [dict(zip(names, row, strict=True)) for row in worst_days(done)]


def _intervals(done: Backtest) -> list[dict[str, Any]]:
    """What the rolling horizon did in every interval, and what it brought; none if it was not run."""
    if _ROLLING not in done.pnl or done.hours.prices.hours > _MOST_ROWS:
        return []
    pnl, prices = done.pnl[_ROLLING], done.hours.prices
    columns: dict[str, Any] = {
        "local": done.hours.clock.local.astype(str),
        "rt_usd_per_mwh": prices.rt,
        "da_usd_per_mwh": prices.da,
        **{f"{name}, MW": mw for name, mw in drawn_by_part(done, done.operations[_ROLLING]).items()},
        **{f"{name}_usd": usd.round(2) for name, usd in pnl.usd.items() if usd.any()},
        "profit_usd": pnl.profit_usd.round(2),
    }
    cells = zip(*(values.tolist() for values in columns.values()), strict=True)
    return [dict(zip(columns, row, strict=True)) for row in cells]
