"""Coverage, as a desk hands it out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hashpivot.core import Keyed, Quarter
from hashpivot.coverage import CompanyCoverage, Coverage, Hole

from .shared import DeskResult

if TYPE_CHECKING:
    from rich.console import Console

    from hashpivot.report import Fragment


@dataclass(frozen=True, repr=False)
class CoverageResult(DeskResult, Keyed[CompanyCoverage]):
    """What the ledger holds by company and quarter, and the ways to show it: a mapping of tickers.

    Args:
        coverage: The coverage.
    """

    coverage: Coverage

    def __repr__(self) -> str:
        return f"CoverageResult({self.window[0]} to {self.window[-1]}, {len(self.companies)} companies)"

    @property
    def window(self) -> tuple[Quarter, ...]:
        """The quarters, oldest first."""
        return self.coverage.window

    @property
    def companies(self) -> tuple[CompanyCoverage, ...]:
        """The companies, miners first."""
        return self.coverage.companies

    @property
    def holes(self) -> tuple[Hole, ...]:
        """Reports to get, those that unlock most answers first."""
        return self.coverage.holes

    def records(self) -> list[dict[str, Any]]:
        """One row a company and quarter: whether it is owed, and the worst grade of every part held."""
        return self.coverage.records()

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot coverage`."""
        return self.coverage.to_dict()

    def missing_text(self) -> str:
        """The reports to get, one a line, as `hashpivot fetch` will take them."""
        from hashpivot.report import missing_text

        return missing_text(self.holes)

    def to_html(self, path: str | Path) -> Path:
        """Write the page of the coverage.

        Raises:
            UnwritableFile: If `path` is a folder or cannot be written; what it held before is untouched.
        """
        from hashpivot.report import write_coverage

        return write_coverage(self.coverage, path)

    def _members(self) -> Coverage:
        return self.coverage

    def __getitem__(self, key: str) -> CompanyCoverage:
        return self.coverage[key]

    def _fragment(self) -> Fragment:
        from hashpivot.report import coverage_fragment

        return coverage_fragment(self.coverage)

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_coverage

        print_coverage(self.coverage, console)
