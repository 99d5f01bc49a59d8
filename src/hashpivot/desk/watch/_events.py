"""What a watch tells, as results that show themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from hashpivot.core import HashpivotError
from hashpivot.ledger import ExpectedReport
from hashpivot.watch import FilingNews, WatchProblem

from ..shared import DeskResult

if TYPE_CHECKING:
    from rich.console import Console

_MOST_SHOWN = 5  # overdue reports that are named


@dataclass(frozen=True, repr=False)
class WatchEvent(DeskResult):
    """One thing that happened: a filing with what it changed, or a problem.

    Args:
        step: Of the watch.
    """

    step: FilingNews | WatchProblem

    def __repr__(self) -> str:
        return f"WatchEvent({self.title})"

    @property
    def is_filing(self) -> bool:
        """True for a filing, False for a problem or its end."""
        return isinstance(self.step, FilingNews)

    @property
    def is_problem(self) -> bool:
        """True for a problem, not for its end."""
        return isinstance(self.step, WatchProblem) and self.step.error is not None

    @property
    def title(self) -> str:
        """One line."""
        return self.step.title if isinstance(self.step, FilingNews) else self.step.lines[0]

    def records(self) -> list[dict[str, Any]]:
        """One row."""
        return [self.to_dict()]

    def to_dict(self) -> dict[str, Any]:
        """One event of the JSON contract of `hashpivot watch`."""
        return self.step.to_dict()

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_line

        if isinstance(self.step, FilingNews):
            print_line(console, self.step.title, *(f"  {line}" for line in self.step.lines))
        else:
            print_line(console, *self.step.lines)


@dataclass(frozen=True, repr=False)
class WatchStarted(DeskResult):
    """A watch begins, or goes on.

    Args:
        tickers: The companies that are watched.
        since: From which moment, UTC; the earliest if it differs.
        channels: Where messages are sent besides here.
        lost: Companies that are not watched, with the reason.
        overdue: Reports that should be in the ledger by now.
    """

    tickers: tuple[str, ...]
    since: datetime
    channels: tuple[str, ...]
    lost: Mapping[str, HashpivotError]
    overdue: tuple[ExpectedReport, ...]

    def __repr__(self) -> str:
        return f"WatchStarted({len(self.tickers)} companies since {self.since:%Y-%m-%d %H:%M} UTC)"

    def records(self) -> list[dict[str, Any]]:
        """One row."""
        return [self.to_dict()]

    def to_dict(self) -> dict[str, Any]:
        """The first event of the JSON contract of `hashpivot watch`."""
        return {
            "event": "started",
            "tickers": list(self.tickers),
            "since": self.since.isoformat(),
            "channels": list(self.channels),
            "lost": [{"ticker": ticker, "error": error.to_dict()} for ticker, error in self.lost.items()],
            "overdue": [
                {"ticker": report.ticker, "form": report.form, "quarter": str(report.quarter)}
                for report in self.overdue
            ],
        }

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_line

        sent = f"; messages also go to: {', '.join(self.channels)}" if self.channels else ""
        since = f"{self.since:%Y-%m-%d %H:%M} UTC"
        whose = f"{len(self.tickers)} companies" if len(self.tickers) > 1 else "".join(self.tickers)
        print_line(console, f"watching the filings of {whose} since {since}{sent}")
        for ticker, error in self.lost.items():
            print_line(console, f"{ticker}  is not watched: {error.message}")
        if self.overdue:
            named = [f"{report.ticker} {report.form} {report.quarter}" for report in self.overdue]
            more = f" and {len(named) - _MOST_SHOWN} more" if len(named) > _MOST_SHOWN else ""
            print_line(
                console,
                f"the ledger is behind: it lacks {', '.join(named[:_MOST_SHOWN])}{more}",
                "  hint: run hashpivot fetch --missing first; changes are then told against a full ledger",
            )
