"""A season and a comparison of seasons, as a desk hands them out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hashpivot.core import Keyed, NoData, Quarter
from hashpivot.ledger import Trace, View
from hashpivot.season import Answer, CompanySeason, Comparison, Course, QuarterCounts, Season

from .shared import DeskResult

if TYPE_CHECKING:
    from rich.console import Console

    from hashpivot.report import Fragment, SeasonReport


@dataclass(frozen=True, repr=False)
class SeasonResult(DeskResult, Keyed[CompanySeason]):
    """A season's four answers by company, and the ways to show them: a mapping of tickers to companies.

    Args:
        season: The season.
        make_report: Sets it against earlier seasons and its nowcast; called when a page is first asked for.
    """

    row_key = "ticker"

    season: Season
    make_report: Callable[[Season], SeasonReport]

    def __repr__(self) -> str:
        return f"SeasonResult({self.quarter}, {len(self.companies)} companies)"

    @property
    def quarter(self) -> Quarter:
        """The quarter."""
        return self.season.quarter

    @property
    def companies(self) -> tuple[CompanySeason, ...]:
        """All companies, largest revenue first."""
        return self.season.companies

    @property
    def newer(self) -> tuple[QuarterCounts, ...]:
        """Later quarters in which any company has revenue, in order, and how much of each is known."""
        return self.season.newer

    @property
    def view(self) -> View:
        """What the answers were read from; traces any figure."""
        return self.season.view

    @cached_property
    def report(self) -> SeasonReport:
        """The season set against the quarter before, a year before and its nowcast."""
        return self.make_report(self.season)

    def traces(self, answer: Answer) -> list[Trace]:
        """Where each figure behind an answer comes from."""
        return self.season.traces(answer)

    def records(self) -> list[dict[str, Any]]:
        """One row a company: revenue, shares and verdicts."""
        return self.season.records()

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot season`."""
        return self.season.to_dict()

    def to_html(self, path: str | Path) -> Path:
        """Write the season's page.

        Raises:
            UnwritableFile: If `path` is a folder or cannot be written; what it held before is untouched.
        """
        from hashpivot.report import write_html

        return write_html(self.report, path)

    def to_excel(self, path: str | Path) -> Path:
        """Write a workbook: reported numbers with their sources, live formulas over them.

        Raises:
            UnwritableFile: As `to_html`.
        """
        from hashpivot.report import write_season_workbook

        return write_season_workbook(self.season, Path(path))

    def _members(self) -> Season:
        return self.season

    def __getitem__(self, key: str) -> CompanySeason:
        return self.season[key]

    def _fragment(self) -> Fragment:
        from hashpivot.report import season_fragment

        return season_fragment(self.season)

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_season

        print_season(self.season, console)


@dataclass(frozen=True, repr=False)
class ComparisonResult(DeskResult, Keyed[Course]):
    """Several seasons side by side, and the ways to show them: a mapping of tickers to courses.

    Args:
        comparison: The comparison.
    """

    row_key = "ticker"

    comparison: Comparison

    def __repr__(self) -> str:
        return f"ComparisonResult({' '.join(map(str, self.quarters))}, {len(self.companies)} companies)"

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """The quarters, oldest first."""
        return self.comparison.quarters

    @property
    def companies(self) -> tuple[Course, ...]:
        """All companies, those of the latest season first."""
        return self.comparison.companies

    def moves(self, question: str) -> dict[str, int]:
        """How many companies moved which way up to the last quarter."""
        return self.comparison.moves(question)

    def records(self) -> list[dict[str, Any]]:
        """One row a company and question: the verdict of each quarter and the move up to the last."""
        return self.comparison.records()

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot season --compare`."""
        return self.comparison.to_dict()

    def _members(self) -> Comparison:
        return self.comparison

    def __getitem__(self, key: str) -> Course:
        return self.comparison[key]

    def _fragment(self) -> Fragment:
        from hashpivot.report import comparison_fragment

        return comparison_fragment(self.comparison)

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_comparison

        print_comparison(self.comparison, console)


def season_of(season: Season, tickers: Sequence[str]) -> Season:
    """Return a season of some of its companies.

    Args:
        season: The season.
        tickers: The companies.

    Raises:
        NoData: If it has none of them.
    """
    companies = tuple(company for company in season.companies if company.ticker in tickers)
    if not companies:
        raise NoData(
            f"none of {', '.join(tickers)} has figures in {season.quarter}",
            hint=f"it has {', '.join(season)}",
        )
    return replace(season, companies=companies, chosen=True)
