"""An outlook, its inputs and a sweep, as a desk hands them out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Keyed, Missing, Quarter, terminal_line, write_bytes, write_text
from hashpivot.ledger import View
from hashpivot.outlook import (
    Calibration,
    ListedContract,
    Outlook,
    OutlookCase,
    OutlookSummary,
    PastQuarter,
    RevenueReconciliation,
    RowStore,
    ScenarioBridge,
    Swings,
    Tornado,
    YearResults,
    listed_contracts,
    listed_inputs,
    past_quarters,
    peer_row,
    reconcile,
    scenario_text,
    swings,
    year_results,
)

from .shared import DeskResult

if TYPE_CHECKING:
    from rich.console import Console

    from hashpivot.report import Fragment, OutlookStudies


class OutlookInputs(NamedTuple):
    """What an outlook is computed from, and where each input came from."""

    case: OutlookCase
    calibration: Calibration

    def __repr__(self) -> str:
        return terminal_line(f"OutlookInputs({self.case.inputs.ticker}, {self.case.scenario})")

    def to_toml(self, path: str | Path) -> Path:
        """Write every input with where it came from; the file is itself a scenario.

        Raises:
            UnwritableFile: If `path` is a folder or cannot be written; what it held before is untouched.
        """

        return write_text(scenario_text(self.calibration, self.case), Path(path))


@dataclass(frozen=True, repr=False)
class OutlookResult(DeskResult):
    """The quarters ahead of a company, and the ways to show them.

    Args:
        outlook: The outlook.
        calibration: Where its inputs came from.
        view: The figures it stands on.
        network: The network up to the day it starts from.
        tornado: Which inputs move the outcome most, if that was asked for.
        bridge: From the base case to the scenario, if that was asked for.
        beside: Other cases on the same random numbers, those asked for.
        why: Print the steps from the last reported quarter to the first projected one; pages and JSON always
            have them.
    """

    row_key = "quarter"

    outlook: Outlook
    calibration: Calibration
    view: View
    network: NetworkHistory
    tornado: Tornado | None = None
    bridge: ScenarioBridge | None = None
    beside: tuple[OutlookSummary, ...] = ()
    why: bool = False

    def __repr__(self) -> str:
        return f"OutlookResult({repr(self.outlook).removeprefix('Outlook(')}"

    @property
    def case(self) -> OutlookCase:
        """What it was computed from."""
        return self.outlook.case

    @property
    def seed(self) -> int:
        """The run's seed."""
        return self.outlook.seed

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """Its quarters."""
        return self.outlook.quarters

    @property
    def rows(self) -> RowStore:
        """What it shows, on all paths: `rows.row("revenue_usd", 0)` is the first quarter's revenue."""
        return self.outlook.rows

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader must know."""
        return self.outlook.remarks

    @cached_property
    def history(self) -> tuple[PastQuarter, ...]:
        """The quarters before its first: as reported, or the nowcast of those that were not yet."""
        ticker, draws = self.case.inputs.ticker, self.calibration.nowcast
        return past_quarters(self.view, self.network, ticker, self.quarters[0], draws)

    @cached_property
    def years(self) -> tuple[YearResults, ...]:
        """Its calendar years."""
        return year_results(self.outlook, self.history)

    @cached_property
    def swings(self) -> Swings:
        """What each uncertain input does on its own; takes a few tenths of a second."""
        return swings(self.case, quarters=len(self.quarters), seed=self.seed)

    @cached_property
    def reconciliation(self) -> RevenueReconciliation | Missing:
        """The steps from the last reported quarter to the first projected one, or why there are none."""
        return reconcile(self.view, self.network, self.calibration, self.outlook)

    @cached_property
    def contracts(self) -> tuple[ListedContract, ...]:
        """Its AI contracts: as announced, and as the outlook takes them."""
        announced = self.view.contracts(self.case.inputs.ticker, self.case.start.as_of)
        return listed_contracts(announced, self.case, self.calibration.origins)

    @property
    def studies(self) -> OutlookStudies:
        """What is shown beside the outlook."""
        from hashpivot.report import OutlookStudies

        return OutlookStudies(
            history=self.history,
            years=self.years,
            swings=self.swings,
            tornado=self.tornado,
            bridge=self.bridge,
            beside=self.beside,
            why=self.reconciliation,
            contracts=self.contracts,
        )

    @property
    def input_count(self) -> tuple[int, int]:
        """How many of its inputs are assumed, and how many there are."""
        inputs = listed_inputs(self.case, self.calibration.origins)
        return sum(each.assumed for each in inputs), len(inputs)

    def records(self) -> list[dict[str, Any]]:
        """One row a quarter: 10, 50 and 90% quantiles of what moves it, and the chance of a shortfall."""
        return self.outlook.records()

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot outlook`.

        Raises:
            StoreError: If the paths, kept in a temporary file when they are many, cannot be read.
        """
        tornado = {"tornado": self.tornado.to_dict()} if self.tornado else {}
        bridge = {"bridge": self.bridge.to_dict()} if self.bridge else {}
        beside = {"beside": [case.to_dict() for case in self.beside]} if self.beside else {}
        assumed, number = self.input_count
        beyond = {
            "history": [quarter.to_dict() for quarter in self.history],
            "years": [year.to_dict() for year in self.years],
            "swings": self.swings.to_dict(),
            "inputs": {"assumed": assumed, "all": number},
            "contracts": [contract.to_dict() for contract in self.contracts],
            "why": _why(self.reconciliation),
        }
        return self.outlook.to_dict() | beyond | tornado | bridge | beside

    def to_html(self, path: str | Path) -> Path:
        """Write a page with charts and inputs.

        Raises:
            UnwritableFile: If `path` is a folder or cannot be written; what it held before is untouched.
        """
        from hashpivot.report import write_outlook

        return write_outlook(self.outlook, self.calibration, Path(path), self.studies)

    def to_excel(self, path: str | Path) -> Path:
        """Write a workbook: a live model over the inputs, the simulation's quantiles as values.

        Raises:
            UnwritableFile: As `to_html`.
        """
        from hashpivot.report import write_outlook_workbook

        return write_outlook_workbook(self.outlook, self.calibration, Path(path), self.view)

    def to_toml(self, path: str | Path) -> Path:
        """Write every input with where it came from; the file is itself a scenario.

        Raises:
            UnwritableFile: As `to_html`.
        """
        return OutlookInputs(self.case, self.calibration).to_toml(path)

    def _fragment(self) -> Fragment:
        from hashpivot.report import outlook_fragment

        return outlook_fragment(self.outlook.summary, self.studies)

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_outlook

        studies = self.studies if self.why else replace(self.studies, why=None)
        print_outlook(self.outlook.summary, studies, self.input_count, console)


def _why(found: RevenueReconciliation | Missing) -> dict[str, Any]:
    return dict(found.to_json()) if isinstance(found, Missing) else found.to_dict()


@dataclass(frozen=True, repr=False)
class OutlooksResult(DeskResult, Keyed[OutlookSummary]):
    """The outlooks of several companies under one scenario: a mapping of tickers to summaries.

    Args:
        summaries: One a company that has an outlook.
        absent: Why a company has none, by ticker.
        as_of: The day they start from.
        names: Names of the companies by ticker.
        histories: The quarters before the first one, by ticker.
    """

    row_key = "ticker"

    summaries: tuple[OutlookSummary, ...]
    absent: Mapping[str, str]
    as_of: date
    names: Mapping[str, str] = field(default_factory=dict)
    histories: Mapping[str, Sequence[PastQuarter]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"OutlooksResult({len(self)} companies)"

    def records(self) -> list[dict[str, Any]]:
        """One row a company: medians of its last quarter and of revenue on the way, and its probabilities."""
        return [summary.brief() | peer_row(summary) for summary in self.summaries]

    def to_dict(self) -> dict[str, Any]:
        """`{"companies", "absent"}`: the rows, and why a company has none."""
        absent = [{"ticker": ticker, "reason": reason} for ticker, reason in self.absent.items()]
        return {"companies": self.records(), "absent": absent}

    def to_html(self, path: str | Path) -> Path:
        """Write a page with the companies side by side.

        Raises:
            UnwritableFile: If `path` is a folder or cannot be written; what it held before is untouched.
        """
        from hashpivot.report import render_outlooks

        return write_text(
            render_outlooks(self.summaries, self.absent, self.names, self.histories), Path(path)
        )

    def to_excel(self, path: str | Path) -> Path:
        """Write a workbook: a row a company.

        Raises:
            UnwritableFile: As `to_html`.
        """
        from hashpivot.report import table_workbook

        return write_bytes(table_workbook("Outlooks", self.records(), self.as_of), Path(path))

    def _key_noun(self) -> str:
        return "company"

    def _members(self) -> Mapping[str, OutlookSummary]:
        return {summary.ticker: summary for summary in self.summaries}

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_outlooks

        print_outlooks(self.summaries, self.absent, console)


@dataclass(frozen=True, repr=False)
class SweepResult(DeskResult, Sequence[Path]):
    """The files of a sweep, one a case, in the order of its cases.

    Args:
        folder: Where they are.
        files: Parquet files, a row a quarter.
    """

    folder: Path
    files: tuple[Path, ...]

    def __repr__(self) -> str:
        return f"SweepResult({len(self)} cases in {self.folder})"

    @overload
    def __getitem__(self, index: int) -> Path: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Path, ...]: ...
    def __getitem__(self, index: int | slice) -> Path | tuple[Path, ...]:
        return self.files[index]

    def __len__(self) -> int:
        return len(self.files)

    def __iter__(self) -> Iterator[Path]:
        return iter(self.files)

    def records(self) -> list[dict[str, Any]]:
        """One row a case: its file."""
        return [{"file": str(path)} for path in self.files]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot outlook --sweep`."""
        return {"points": len(self.files), "files": [str(path) for path in self.files]}

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_line

        print_line(
            console, f"{len(self.files)} cases in {self.folder}: one Parquet file each, a row a quarter."
        )
