"""A nowcast and its track record, as a desk hands them out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from hashpivot.core import Keyed, Missing, Quarter
from hashpivot.ledger import View
from hashpivot.nowcast import CompanyNowcast, Nowcast, NowcastCase, ScoreSummary, summary

from .shared import DeskResult

if TYPE_CHECKING:
    from rich.console import Console

    from hashpivot.report import Fragment


@dataclass(frozen=True, repr=False)
class NowcastResult(DeskResult, Keyed[CompanyNowcast]):
    """What companies are about to report, and the ways to show it: a mapping of tickers to companies.

    Args:
        nowcast: The nowcast.
        view: The figures it was made from.
        notes: What months given of companies' sites could not say, one sentence each.
    """

    row_key = "ticker"

    nowcast: Nowcast
    view: View
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"NowcastResult({self.quarter}, as of {self.as_of}, {len(self.companies)} companies)"

    @property
    def quarter(self) -> Quarter:
        """The quarter."""
        return self.nowcast.quarter

    @property
    def as_of(self) -> date:
        """The day; nothing known later was used."""
        return self.nowcast.as_of

    @property
    def companies(self) -> Mapping[str, CompanyNowcast]:
        """Companies by ticker."""
        return self.nowcast.companies

    @property
    def missing(self) -> Mapping[str, Missing]:
        """Why a company has no nowcast, by ticker."""
        return self.nowcast.missing

    def records(self) -> list[dict[str, Any]]:
        """One row a company: total revenue with its 80% interval, and what was reported."""
        return self.nowcast.records()

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot nowcast`."""
        return self.nowcast.to_dict()

    def to_html(self, path: str | Path) -> Path:
        """Write a page: the intervals, and of each company its lines, the way from its last report, inputs.

        Raises:
            UnwritableFile: If `path` is a folder or cannot be written; what it held before is untouched.
        """
        from hashpivot.report import write_nowcast

        return write_nowcast(self.nowcast, Path(path), self.notes)

    def to_excel(self, path: str | Path) -> Path:
        """Write a workbook: companies, lines, steps from the last report, and inputs with their sources.

        Raises:
            UnwritableFile: As `to_html`.
        """
        from hashpivot.report import write_nowcast_workbook

        return write_nowcast_workbook(self.nowcast, self.view, Path(path))

    def to_chart(self, path: str | Path) -> Path:
        """Write a chart: of one company the way from its last report, of several their intervals.

        Args:
            path: An `.svg`, or a `.png` (extra `png`).

        Raises:
            MissingLibrary: If a `.png` cannot be drawn.
            UnwritableFile: If `path` is a folder or cannot be written; what it held before is untouched.
        """
        from hashpivot.report import nowcast_bridge_chart, nowcast_chart

        companies = list(self.companies.values())
        bridge = nowcast_bridge_chart(companies[0]) if len(companies) == 1 else None
        return (bridge or nowcast_chart(self.nowcast)).save(Path(path))

    def _members(self) -> Nowcast:
        return self.nowcast

    def __getitem__(self, key: str) -> CompanyNowcast:
        return self.nowcast[key]

    def _fragment(self) -> Fragment:
        from hashpivot.report import nowcast_fragment

        return nowcast_fragment(self.nowcast, self.notes)

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_nowcast

        alone = len(self.companies) + len(self.missing) == 1
        print_nowcast(self.nowcast, console, detailed=alone)


@dataclass(frozen=True, repr=False)
class NowcastBacktest(DeskResult, Sequence[NowcastCase]):
    """Every past nowcast that could have been made, with its outcome.

    Args:
        cases: One a company, quarter, moment and subject.
    """

    cases: tuple[NowcastCase, ...]

    def __repr__(self) -> str:
        return f"NowcastBacktest({len(self):,} cases)"

    @overload
    def __getitem__(self, index: int) -> NowcastCase: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[NowcastCase, ...]: ...
    def __getitem__(self, index: int | slice) -> NowcastCase | tuple[NowcastCase, ...]:
        return self.cases[index]

    def __len__(self) -> int:
        return len(self.cases)

    def __iter__(self) -> Iterator[NowcastCase]:
        return iter(self.cases)

    @cached_property
    def summary(self) -> ScoreSummary:
        """Scores by moment, by what was known, by company and by year."""
        return summary(list(self.cases))

    def records(self) -> list[dict[str, Any]]:
        """One row a score of mining revenue: what was known, the moment, errors and interval coverage."""
        return [
            {key: value for key, value in row.items() if not isinstance(value, dict)}
            for row in (row.to_dict() for row in self.summary.by_level)
        ]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot nowcast --backtest`."""
        return self.summary.to_dict()

    def _fragment(self) -> Fragment:
        from hashpivot.report import track_record_fragment

        return track_record_fragment(self.summary)

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_track_record

        print_track_record(self.summary, console)


def unused_power(nowcast: Nowcast, ticker: str) -> tuple[str, ...]:
    """What the months given of a company's sites could not say, one sentence each.

    Args:
        nowcast: Made with these months.
        ticker: The company.
    """
    company = nowcast.get(ticker)
    names = [] if company is None else [given.name for given in company.inputs]
    notes = []
    if not any(name.startswith("site_uptime_") for name in names):
        notes.append("--power holds no month of the quarter that was over by then.")
    if "site_power_dearer_usd" not in names:
        why = "--power does not hold all months of the quarter and of the last known one, with power used"
        notes.append(f"the cost of power is left as it was: {why}.")
    return tuple(notes)
