"""Results of a site: a finished result of the room `site`, and the ways to show it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import hashpivot.report as report
from hashpivot.core import PowerMonth, write_text
from hashpivot.site import (
    FACTORS,
    Allocation,
    Backtest,
    Bill,
    Plan,
    PriceForecast,
    WhatIf,
    power_months,
    what_if,
)

from ..shared import DeskResult

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True, repr=False)
class _SiteResult(DeskResult):
    """A result of the room `site`, the one field of a subclass, with what it says of itself."""

    printer: ClassVar[str]
    fragment: ClassVar[str]

    @property
    def _finished(self) -> Any:
        return getattr(self, fields(self)[0].name)

    def __repr__(self) -> str:
        return f"Site{self._finished!r}"

    def records(self) -> list[dict[str, Any]]:
        """The rows of the result's table."""
        rows: list[dict[str, Any]] = self._finished.records()
        return rows

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of the `hashpivot site` command that shows it."""
        shown: dict[str, Any] = self._finished.to_dict()
        return shown

    def _fragment(self) -> report.Fragment:
        shown: report.Fragment = getattr(report, self.fragment)(self._finished)
        return shown

    def _show(self, console: Console) -> None:
        getattr(report, self.printer)(self._finished, console)


@dataclass(frozen=True, repr=False)
class SiteBacktest(_SiteResult):
    """What policies would have earned at a site, and the ways to show it.

    Args:
        backtest: The backtest.
        cases: What-if cases shown with it, if they were run.
    """

    printer = "print_backtest"
    fragment = "backtest_fragment"
    row_key = "policy"

    backtest: Backtest
    cases: WhatIf | None = None

    def with_what_if(
        self,
        factors: Sequence[float] = FACTORS,
        progress: Callable[[int, int], None] | None = None,
    ) -> SiteBacktest:
        """The backtest with what-if cases: other prices, hashprice and charges, and without each freedom.

        Args:
            factors: What each input is multiplied by, above 0.
            progress: Called with the number of cases done and of all cases.

        Raises:
            InvalidInput: If a factor is not above 0.
        """
        return replace(self, cases=what_if(self.backtest, factors=factors, progress=progress))

    @cached_property
    def power_months(self) -> list[PowerMonth]:
        """Uptime, power price and credits by month under the rolling horizon: what nowcasts take."""
        return power_months(self.backtest)

    def bill(self, policy: str = "rolling_horizon") -> Bill:
        """What a policy is charged for power and by tariffs, a row a month and charge.

        Raises:
            UnknownKey: If no such policy was run.
        """
        return self.backtest.bill(policy)

    @property
    def notes(self) -> list[str]:
        """What was switched off or filled in, in words."""
        return self.backtest.notes

    def _show(self, console: Console) -> None:
        super()._show(console)
        if self.cases:
            report.print_what_if(self.cases, console)

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot site backtest`."""
        months = [month.to_dict() for month in self.power_months]
        cases = {"what_if": self.cases.to_dict()} if self.cases else {}
        return {**super().to_dict(), "power_by_month": months, **cases}

    def to_html(self, path: str | Path) -> Path:
        """Write a page with charts.

        Raises:
            UnwritableFile: If `path` is a folder or cannot be written; what it held before is untouched.
        """
        return report.write_backtest(self.backtest, path, self.cases)

    def to_excel(self, path: str | Path) -> Path:
        """Write a workbook: policies, months, shortfall, what-if cases and every interval.

        Raises:
            UnwritableFile: As `to_html`.
        """
        return report.write_backtest_workbook(self.backtest, path, self.cases)


@dataclass(frozen=True, repr=False)
class SitePlan(_SiteResult):
    """A schedule of a site's next hours, and the ways to show it.

    Args:
        plan: The schedule.
    """

    printer = "print_plan"
    fragment = "plan_fragment"

    plan: Plan

    def csv(self) -> str:
        """The table as CSV text, with a header."""
        rows, text = self.records(), io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return text.getvalue()

    def to_csv(self, path: str | Path) -> Path:
        """Write the table as CSV.

        Raises:
            UnwritableFile: If `path` is a folder or cannot be written; what it held before is untouched.
        """
        return write_text(self.csv(), Path(path))


@dataclass(frozen=True, repr=False)
class SiteForecast(_SiteResult):
    """The price of a site's next hours as a distribution, and the ways to show it.

    Args:
        forecast: The forecast.
    """

    printer = "print_price_forecast"
    fragment = "forecast_fragment"
    row_key = "ts_utc"

    forecast: PriceForecast


@dataclass(frozen=True, repr=False)
class SiteAllocation(_SiteResult):
    """How to split a site's megawatts, and the ways to show it.

    Args:
        allocation: The allocation.
    """

    printer = "print_allocation"
    fragment = "allocation_fragment"
    row_key = "ai_mw"

    allocation: Allocation
