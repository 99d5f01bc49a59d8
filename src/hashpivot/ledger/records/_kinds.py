"""What can be recorded: each kind with its table's columns and how a row is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hashpivot.core import InvalidInput, near_keys, short_repr

from ..store import Entry
from ._cells import Cells
from ._columns import RecordColumn
from ._contract import CONTRACT_ROW, contract_entry
from ._event import EVENT_ROW, event_entry
from ._figure import FIGURE_ROW, figure_entry
from ._filing_date import FILING_DATE_ROW, filing_date_entry
from ._split import SPLIT_ROW, split_entry
from ._target import TARGET_ROW, target_entry


@short_repr
@dataclass(frozen=True, slots=True)
class RecordKind:
    """One kind of record.

    Args:
        name: As commands call it, `figures`.
        singular: One of them, `figure`.
        columns: Of its table, in the order of the template.
        read: Returns what a row says; None if it is at fault.
        exported: Further columns of an export, which `record` passes over.
    """

    name: str
    singular: str
    columns: tuple[RecordColumn, ...]
    read: Callable[[Cells], Entry | None]
    exported: tuple[str, ...] = ()

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns that a table must have."""
        return tuple(column.name for column in self.columns if column.required)


_ALL = (
    RecordKind(
        "figures", "figure", FIGURE_ROW, figure_entry, ("id", "start", "end", "kind", "source", "known_basis")
    ),
    RecordKind("contracts", "contract", CONTRACT_ROW, contract_entry, ("id",)),
    RecordKind("targets", "target", TARGET_ROW, target_entry, ("id", "source")),
    RecordKind("splits", "split", SPLIT_ROW, split_entry, ("id", "source", "known_basis")),
    RecordKind("events", "event", EVENT_ROW, event_entry, ("id",)),
    RecordKind("filing-dates", "filing-date", FILING_DATE_ROW, filing_date_entry),
)

RECORD_KINDS: dict[str, RecordKind] = {kind.name: kind for kind in _ALL}
"""By name: figures, contracts, targets, splits, events, filing-dates."""


def record_kind(name: str) -> RecordKind:
    """Return a kind by its name or its singular.

    Raises:
        InvalidInput: If there is none, with the nearest as a hint.
    """
    flat = name.lower().replace("_", "-")
    kind = next((kind for kind in _ALL if flat in (kind.name, kind.singular)), None)
    if kind is None:
        raise InvalidInput(f"{name!r} is nothing one records", hint=near_keys(name, RECORD_KINDS))
    return kind
