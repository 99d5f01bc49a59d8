"""What changed since a moment, as a desk hands it out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from hashpivot.core import InvalidInput, LedgerPlace, Source
from hashpivot.ledger import Ledger, View
from hashpivot.sources import held_documents
from hashpivot.watch import LedgerChanges

from ..shared import DeskResult

if TYPE_CHECKING:
    from rich.console import Console

_DAY, _MINUTE = len("2026-11-20"), len("2026-11-20T09:30")


@dataclass(frozen=True, repr=False)
class DeskChanges(DeskResult):
    """What changed since a moment, and the ways to show it.

    Args:
        changes: The changes.
    """

    changes: LedgerChanges

    def __repr__(self) -> str:
        return f"DeskChanges({self.since:%Y-%m-%d %H:%M}, {len(self.changes.sources)} sources)"

    @property
    def since(self) -> datetime:
        """The moment, UTC."""
        return self.changes.since

    def records(self) -> list[dict[str, Any]]:
        """One row a source that came."""
        return self.changes.records()

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `/changes.json`."""
        return self.changes.to_dict()

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_changes

        print_changes(self.changes, console)


def read_moment(text: str | date | datetime) -> datetime:
    """Return a moment in UTC: `2026-11-20T09:30`, or the beginning of a day.

    Raises:
        InvalidInput: If it is none.
    """
    if isinstance(text, datetime):
        return text if text.tzinfo else text.replace(tzinfo=UTC)
    if isinstance(text, date):
        return datetime.combine(text, time(), UTC)
    try:
        if len(text) in (_DAY, _MINUTE):
            return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        pass
    raise InvalidInput(
        f"{text!r} is no moment", where="since", hint="write it as 2026-11-20 or 2026-11-20T09:30, in UTC"
    )


def fresh_sources(view: View, ledger: LedgerPlace | None, since: datetime) -> tuple[str, ...]:
    """Return the keys of the sources that came since a moment.

    A source of the user's ledger came when it was fetched or added, a bundled one when the public could know
    it. Where only the day is known, it came at its end, so that none is left out.

    Args:
        view: What is known.
        ledger: The user's ledger.
        since: The moment, UTC.

    Raises:
        LedgerError, DocumentStoreError: If ledger or store cannot be read.
    """
    with Ledger.open(ledger) as own:
        added = own.added_on()
    day = since.date()
    came = {key: added.get(key, source.known) for key, source in view.sources.items()}
    fetched = _fetched() if day in came.values() else {}

    def is_fresh(source: Source) -> bool:
        if came[source.key] != day:
            return came[source.key] > day
        return fetched.get(source.sha256, since) >= since

    return tuple(key for key, source in view.sources.items() if is_fresh(source))


def _fetched() -> dict[str, datetime]:
    """When each stored document was fetched, by its sha256."""
    return {document.sha256: document.fetched for document in held_documents()}
