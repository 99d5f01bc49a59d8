"""Figures, contracts, targets, splits, events and filing dates put into the ledger by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hashpivot.core import Companies, Company, Figure, LedgerPlace
from hashpivot.ledger import Figures, Ledger, bundled, disagreements
from hashpivot.ledger.records import (
    check_rows,
    record_base,
    record_kind,
    record_rows,
    rows_of_file,
    rows_of_mappings,
    scene_of,
)

from ..shared import DeskResult

if TYPE_CHECKING:
    from rich.console import Console

    from hashpivot.ledger import Recorded

_LISTED = 20
"""Rows up to which each is named on the terminal; of more only those that supersede one."""


@dataclass(frozen=True, repr=False)
class Recording(DeskResult):
    """What was recorded by hand.

    Args:
        kind: `figures`, `contracts`, `targets`, `splits`, `events` or `filing-dates`.
        rows: What became of each row, in the order of the table.
        file: The table; empty if rows were given.
        warnings: Figures that disagree with those of other sources.
    """

    kind: str
    rows: tuple[Recorded, ...]
    file: str = ""
    warnings: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Recording({self.kind}: {self._done()})"

    def records(self) -> list[dict[str, Any]]:
        """One row each: where it stood, its id, what became of it, its source."""
        return [
            {
                "line": row.line or None,
                "id": row.member.id,
                "status": _status(row),
                "supersedes": row.supersedes or None,
                "ticker": row.member.ticker,
                "known": row.member.known.isoformat(),
                "known_basis": row.source.known_basis,
                "source": row.source.key,
                "locator": str(row.member.locator),
            }
            for row in self.rows
        ]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot record`."""
        return {
            "kind": self.kind,
            "file": self.file or None,
            **self.counts,
            "rows": self.records(),
            "warnings": list(self.warnings),
        }

    @property
    def counts(self) -> dict[str, int]:
        """How many rows were `new`, `superseding` an earlier record, and `held` already."""
        states = [_status(row) for row in self.rows]
        return {state: states.count(state) for state in ("new", "superseding", "held")}

    def _done(self) -> str:
        new, superseding, held = self.counts.values()
        if held == len(self.rows):
            return f"{held} already in the ledger, nothing changed"
        words = {"recorded": new, "supersede earlier records": superseding, "already in the ledger": held}
        return ", ".join(f"{count} {what}" for what, count in words.items() if count)

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_line

        for row in self.rows:
            if row.supersedes or len(self.rows) <= _LISTED:
                instead = f", supersedes {row.supersedes}" if row.supersedes else ""
                print_line(console, f"{row.member.id}  {_status(row)}{instead}")
        print_line(console, f"{self.kind}: {self._done()}")
        for warning in self.warnings:
            print_line(console, f"  warning: {warning}")


def record_table(
    kind: str,
    rows: str | Path | Mapping[str, object] | Iterable[Mapping[str, object]],
    ledger: str | LedgerPlace | None = None,
    *,
    companies: Mapping[str, Company] | None = None,
    recorded_on: date | None = None,
    check_only: bool = False,
) -> Recording:
    """Record a table by hand, whole or not at all.

    Args:
        kind: `figures`, `contracts`, `targets`, `splits`, `events` or `filing-dates`.
        rows: A CSV file, one row, or several; `docs/how-to/record-a-number.md` lists the columns.
        ledger: As `Desk.open`.
        companies: The companies that are known; those of `Companies.load()` if not given.
        recorded_on: Day of the recording, after which nothing can have become known; today if not given.
        check_only: Check the rows, also against each other, and write nothing; the result is empty.

    Raises:
        InvalidInput: If there is no such kind, or a column is unknown or missing.
        RowFaults: If any row is wrong, an InvalidInput with all faults; nothing is recorded then.
        UnreadableFile, NoData: If the file cannot be read or holds no row.
        LedgerError: If the ledger cannot be written; nothing is recorded then.
    """
    what = record_kind(kind)
    named = isinstance(rows, (str, Path))
    texts = rows_of_file(rows, what) if isinstance(rows, (str, Path)) else rows_of_mappings(rows, what)
    where = str(rows) if named else ""
    known = Companies.load() if companies is None else companies
    with Ledger.open(ledger) as opened:
        held = (bundled() | opened.read()).dated()
        scene = scene_of(held, known, recorded_on or date.today())
        if check_only:
            check_rows(what, texts, scene, where=where)
            return Recording(what.name, (), where)
        recorded = tuple(record_rows(opened, what, texts, scene, where=where))
    return Recording(what.name, recorded, where, tuple(_warnings(held, recorded)))


def _warnings(held: Figures, rows: Iterable[Recorded]) -> list[str]:
    """Where new figures disagree with those of other sources, company by company."""
    fresh: dict[str, list[Figure]] = {}
    for row in rows:
        if row.new and isinstance(row.member, Figure):
            fresh.setdefault(row.member.ticker, []).append(row.member)
    return [
        f"{ticker} {warning}"
        for ticker, figures in fresh.items()
        for warning in disagreements(_others(held, ticker, figures), figures)
    ]


def _others(held: Figures, ticker: str, figures: Iterable[Figure]) -> Figures:
    """A company's figures of other sources than those just recorded from."""
    sources = {record_base(figure.source) for figure in figures}
    kept = (f for f in held.current().figures if f.ticker == ticker)
    return Figures(held.sources, tuple(f for f in kept if record_base(f.source) not in sources))


def _status(row: Recorded) -> str:
    if not row.new:
        return "held"
    return "superseding" if row.supersedes else "new"
