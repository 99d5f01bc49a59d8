"""A company's lines of business, and what was restated of them, as a desk hands them out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from hashpivot.core import Figure, Keyed, Missing, optional_library
from hashpivot.ledger import QuarterLines, Restatement, View

from .shared import DeskResult

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from hashpivot.report import Fragment


@dataclass(frozen=True, repr=False)
class CompanyLines(DeskResult, Keyed[QuarterLines]):
    """A company's revenue, cost and gross profit by line: a mapping of quarters, such as `2024Q4`.

    Args:
        ticker: The company.
        quarters: By quarter, oldest first; none if no quarter of what is reported can be derived.
        view: What they were read from; traces any figure.
    """

    ticker: str
    quarters: tuple[QuarterLines, ...]
    view: View

    def __repr__(self) -> str:
        if not self.quarters:
            return f"CompanyLines({self.ticker}, no quarter)"
        first, last = self.quarters[0].quarter, self.quarters[-1].quarter
        return f"CompanyLines({self.ticker}, {len(self.quarters)} quarters, {first} to {last})"

    def figures(self) -> list[Figure]:
        """Total revenue and amounts by line of every quarter."""
        return [figure for lines in self.quarters for figure in (*_total(lines), *lines.figures())]

    def records(self) -> list[dict[str, Any]]:
        """One row an amount: quarter, measure, line, value, kind, formula, figure, sources and note."""
        return [self._row(figure) for figure in self.figures()]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot lines`."""
        gaps = self.view.gaps(self.ticker).items()
        return {
            "ticker": self.ticker,
            "rows": self.records(),
            "missing": [{"figure": address, **why.to_json()} for address, why in gaps],
            "notes": self.view.notes(self.ticker),
        }

    def to_frame(self) -> pd.DataFrame:
        """Amounts in dollars: one row a quarter, columns `(measure, line)`.

        Raises:
            MissingLibrary: If pandas is not installed (extra `frames`).
        """
        pandas = optional_library("pandas", "to_frame", "frames")
        rows = [(str(f.quarter), f.measure, f.line or "total", float(f.value)) for f in self.figures()]
        table: pd.DataFrame = pandas.DataFrame(rows, columns=["quarter", "measure", "line", "value_usd"])
        return table.pivot(index="quarter", columns=["measure", "line"], values="value_usd")

    def to_excel(self, path: str | Path) -> Path:
        """Write a workbook: reported numbers with their sources, live formulas over them.

        Raises:
            UnwritableFile: If `path` is a folder or cannot be written; what it held before is untouched.
        """
        from hashpivot.report import write_lines_workbook

        return write_lines_workbook(self.quarters, self.view, Path(path))

    def _members(self) -> dict[str, QuarterLines]:
        return {str(lines.quarter): lines for lines in self.quarters}

    def _key_noun(self) -> str:
        return f"quarter of {self.ticker} is called"

    def _fragment(self) -> Fragment:
        from hashpivot.report import lines_fragment

        gaps, notes = self.view.gaps(self.ticker), self.view.notes(self.ticker)
        return lines_fragment(self.ticker, self.quarters, gaps, notes)

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_lines

        gaps, notes = self.view.gaps(self.ticker), self.view.notes(self.ticker)
        print_lines(self.ticker, self.quarters, console, gaps, notes)

    def _row(self, figure: Figure) -> dict[str, Any]:
        sources = {end.source.key: end.source for end in self.view.trace(figure.id).reported() if end.source}
        return {
            "quarter": str(figure.quarter),
            "measure": figure.measure,
            "line": figure.line or "total",
            "value_usd": int(figure.value) if figure.value == int(figure.value) else float(figure.value),
            "kind": figure.kind.value,
            "formula": figure.formula or None,
            "figure": figure.id,
            "sources": [source.url or source.accession or source.title for source in sources.values()],
            "note": figure.note or None,
        }


@dataclass(frozen=True, repr=False)
class RestatedLines(DeskResult, Sequence[Restatement]):
    """Quarterly amounts of a company whose best known value differs from the first reported one.

    Args:
        ticker: The company.
        restatements: First and latest value of each amount.
    """

    ticker: str
    restatements: tuple[Restatement, ...]

    def __repr__(self) -> str:
        return f"RestatedLines({self.ticker}, {len(self)} amounts)"

    @overload
    def __getitem__(self, index: int) -> Restatement: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Restatement, ...]: ...
    def __getitem__(self, index: int | slice) -> Restatement | tuple[Restatement, ...]:
        return self.restatements[index]

    def __len__(self) -> int:
        return len(self.restatements)

    def __iter__(self) -> Iterator[Restatement]:
        return iter(self.restatements)

    def records(self) -> list[dict[str, Any]]:
        """One row an amount: first and latest value, each with its day and figure."""
        return [restatement.to_dict() for restatement in self.restatements]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot lines --restated`."""
        return {"ticker": self.ticker, "restated": self.records()}

    def _fragment(self) -> Fragment:
        from hashpivot.report import restated_fragment

        return restated_fragment(self.ticker, self.restatements)

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_restated

        print_restated(self.ticker, self.restatements, console)


def _total(lines: QuarterLines) -> tuple[Figure, ...]:
    return () if isinstance(lines.total_revenue, Missing) else (lines.total_revenue,)
