"""What became of each file of many, and the sum of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from hashpivot.core import HashpivotError, Source, terminal_line

from ..ledger import AddedFile
from ..shared import DeskResult, counted

if TYPE_CHECKING:
    from rich.console import Console

_MOST_SAID = 2_000
"""Characters of the warnings of a file in a report; a spreadsheet's cell takes 32,767."""


class FileState(StrEnum):
    """What became of a file."""

    ADDED = "added"
    """Read, and in the ledger since now."""
    HELD = "held"
    """In the ledger already, read by this version of the reader."""
    REREAD = "reread"
    """In the ledger already, and read again by a newer reader."""
    FAILED = "failed"
    """It could not be read or written; `error` says why."""


@dataclass(frozen=True, repr=False)
class FileOutcome(DeskResult):
    """What became of one file.

    Args:
        path: The file.
        state: What became of it.
        source: What the ledger calls it; None if it failed.
        added: What it brought; None if it failed, or was held and not read for that.
        error: Why it failed.
        seconds: How long it was read; 0 if it was not.
    """

    path: str
    state: FileState
    source: Source | None = None
    added: AddedFile | None = None
    error: HashpivotError | None = None
    seconds: float = 0.0

    def __repr__(self) -> str:
        return terminal_line(f"FileOutcome({self.path}: {self.state})")

    @property
    def figures(self) -> int:
        """Figures written."""
        return self.added.figures if self.added else 0

    @property
    def statements(self) -> int:
        """Statements of its text written."""
        return sum(self.added.remarks.values()) if self.added else 0

    @property
    def warnings(self) -> tuple[str, ...]:
        """What could not be read of it, and figures that disagree with those of other sources."""
        return self.added.warnings if self.added else ()

    def records(self) -> list[dict[str, Any]]:
        """One row: the file's of the report."""
        return [self.to_dict()]

    def to_dict(self) -> dict[str, Any]:
        """The file's row of the report, by column."""
        source, error = self.source, self.error
        end = source.period_end if source else None
        said = "; ".join(self.warnings)
        return {
            "path": self.path,
            "outcome": self.state.value,
            "ticker": source.ticker if source else "",
            "form": source.form if source else "",
            "period_end": end.isoformat() if end else "",
            "known": source.known.isoformat() if source else "",
            "figures": self.figures,
            "statements": self.statements,
            "warnings": len(self.warnings),
            "seconds": round(self.seconds, 3),
            "error": error.message if error else "",
            "hint": error.hint if error else "",
            "warning_texts": said if len(said) <= _MOST_SAID else f"{said[: _MOST_SAID - 3]}...",
        }

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_line

        if self.added:
            self.added.print(console)
        elif self.source:
            print_line(console, f"{self.source.ticker}  {self.path}: already in the ledger, not read again")
        else:
            print_line(console, str(self.error))


COLUMNS = tuple(FileOutcome("", FileState.FAILED).to_dict())
"""Columns of the report."""


@dataclass(frozen=True, repr=False)
class BulkSummary(DeskResult):
    """The sum of what became of many files.

    Args:
        files: How many were to be added.
        counts: How many of them, by what became of them.
        figures: Figures written.
        statements: Statements of texts written.
        warnings: Warnings of all files.
        hidden: Files of the folder left out, as they are hidden.
        others: Files of the folder left out, as their names are none of filings.
        seconds: How long it took.
        failures: The outcomes of files that failed.
        report: Path of the report, if one was written.
    """

    files: int
    counts: dict[FileState, int]
    figures: int = 0
    statements: int = 0
    warnings: int = 0
    hidden: int = 0
    others: int = 0
    seconds: float = 0.0
    failures: tuple[FileOutcome, ...] = field(default=(), repr=False)
    report: str = ""

    @classmethod
    def of(cls, outcomes: Iterable[FileOutcome], **more: Any) -> BulkSummary:
        """Sum up outcomes of files; `more` are fields that these do not say.

        Args:
            outcomes: The outcomes; of an iterator it waits for the last.
            **more: Other fields, such as `seconds`.
        """
        counter = OutcomeCounter()
        for outcome in outcomes:
            counter.count(outcome)
        return counter.summary(**more)

    def __repr__(self) -> str:
        return f"BulkSummary({self._words()})"

    @property
    def done(self) -> int:
        """Files that were reached."""
        return sum(self.counts.values())

    @property
    def complete(self) -> bool:
        """True if every file is in the ledger."""
        return self.done == self.files and not self.counts.get(FileState.FAILED)

    def records(self) -> list[dict[str, Any]]:
        """One row a file that failed."""
        return [outcome.to_dict() for outcome in self.failures]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot add --from`."""
        return {
            "complete": self.complete,
            "totals": {
                "files": self.files,
                **{state.value: self.counts.get(state, 0) for state in FileState},
                "not_reached": self.files - self.done,
                "figures": self.figures,
                "statements": self.statements,
                "warnings": self.warnings,
                "hidden": self.hidden,
                "other_names": self.others,
                "seconds": round(self.seconds, 3),
            },
            "failures": [
                {"path": outcome.path, "error": outcome.error.to_dict()}
                for outcome in self.failures
                if outcome.error
            ],
            "report": self.report or None,
        }

    def _words(self) -> str:
        states = [f"{self.counts[state]:,} {state}" for state in FileState if self.counts.get(state)]
        left = self.files - self.done
        counts = [*states, *([f"{left:,} not reached"] if left else [])]
        return f"{counted(self.files, 'file')}: {', '.join(counts) or 'nothing to do'}"

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_line

        print_line(console, self._words())
        rate = f" ({self.done / self.seconds:,.1f} files/s)" if self.seconds and self.done else ""
        print_line(
            console,
            f"{counted(self.figures, 'figure')} and {counted(self.statements, 'statement')} written, "
            f"{counted(self.warnings, 'warning')}, in {self.seconds:,.0f} s{rate}",
        )
        if self.hidden or self.others:
            hidden = counted(self.hidden, "hidden file")
            print_line(console, f"left out: {hidden}, {self.others:,} of other names")
        if self.report:
            print_line(console, f"Report: {self.report}")


class OutcomeCounter:
    """Counts outcomes as they come."""

    def __init__(self) -> None:
        self.counts: Counter[FileState] = Counter()
        self.figures = self.statements = self.warnings = 0
        self.failures: list[FileOutcome] = []

    def count(self, outcome: FileOutcome) -> None:
        """Take in one more."""
        self.counts[outcome.state] += 1
        self.figures += outcome.figures
        self.statements += outcome.statements
        self.warnings += len(outcome.warnings)
        if outcome.error:
            self.failures.append(outcome)

    def summary(self, **more: Any) -> BulkSummary:
        """The sum; `more` as `BulkSummary.of`."""
        given: dict[str, Any] = {"files": self.counts.total()} | more
        return BulkSummary(
            counts=dict(self.counts),
            figures=self.figures,
            statements=self.statements,
            warnings=self.warnings,
            failures=tuple(self.failures),
            **given,
        )
