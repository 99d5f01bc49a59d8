"""One company whole, as a desk hands it out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hashpivot.company import CompanyProfile

from .shared import DeskResult

if TYPE_CHECKING:
    from rich.console import Console

    from hashpivot.report import Fragment


@dataclass(frozen=True, repr=False)
class CompanyResult(DeskResult):
    """One company whole, and the ways to show it.

    Args:
        profile: Everything known of it.
    """

    row_key = "figure"

    profile: CompanyProfile

    def __repr__(self) -> str:
        first, last = self.profile.quarters[0], self.profile.quarters[-1]
        return f"CompanyResult({self.ticker}, {first} to {last})"

    @property
    def ticker(self) -> str:
        """Its ticker."""
        return self.profile.ticker

    def records(self) -> list[dict[str, Any]]:
        """One row a figure shown: measure, line, period, value, unit, kind and id."""
        return self.profile.records()

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot company`."""
        return self.profile.to_dict()

    def to_html(self, path: str | Path) -> Path:
        """Write the company's page.

        Raises:
            UnwritableFile: If `path` is a folder or cannot be written; what it held before is untouched.
        """
        from hashpivot.report import write_company

        return write_company(self.profile, path)

    def to_excel(self, path: str | Path) -> Path:
        """Write a workbook: reported numbers with their sources, live formulas over them.

        Raises:
            UnwritableFile: As `to_html`.
        """
        from hashpivot.report import write_company_workbook

        return write_company_workbook(self.profile, Path(path))

    def _fragment(self) -> Fragment:
        from hashpivot.report import company_fragment

        return company_fragment(self.profile)

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_company

        print_company(self.profile, console)
