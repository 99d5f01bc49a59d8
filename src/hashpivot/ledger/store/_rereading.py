"""What a later reading of a held file changes: the figures that come, go, and stand for others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from hashpivot.core import Figure, Line, TextFact, short_repr

Member = Figure | TextFact


@dataclass(frozen=True, slots=True)
class Change:
    """A figure or text fact that counts, or no longer counts, from a day on.

    Args:
        id: Its id.
        source: Key of its source.
        reader: Version of the reader that says so.
        added: True if it counts from that day, False if it is withdrawn on it.
        successor: Id of what stands for a withdrawn one; empty if nothing does.
        read_on: The day the file was read again.
    """

    id: str
    source: str
    reader: int
    added: bool
    successor: str
    read_on: date


@short_repr
@dataclass(frozen=True, slots=True)
class FigureChange:
    """One amount that a later reading of a file gives otherwise.

    Args:
        old: As read before; None if it was not.
        new: As read now; None if it is no longer found.
    """

    old: Figure | None
    new: Figure | None

    @property
    def figure(self) -> Figure:
        """The one there is, the new one first."""
        figure = self.new or self.old
        assert figure
        return figure

    def to_dict(self) -> dict[str, object]:
        """Stable keys; see docs/json.md."""
        figure = self.figure
        return {
            "measure": figure.measure,
            "line": figure.line or "total",
            "start": figure.start.isoformat() if figure.start else None,
            "end": figure.end.isoformat(),
            "unit": figure.unit,
            "old": float(self.old.value) if self.old else None,
            "new": float(self.new.value) if self.new else None,
        }


def out_of_force(changes: Iterable[Change], day: date | None) -> set[str]:
    """Return the ids that do not count on a day: withdrawn by then, or added later.

    Args:
        changes: In the order they were made.
        day: The day; None for all changes.
    """
    counts: dict[str, bool] = {}
    for change in changes:
        if day is None or change.read_on <= day:
            counts[change.id] = change.added
        else:
            counts.setdefault(change.id, not change.added)
    return {key for key, in_force in counts.items() if not in_force}


def changes_between(
    before: Mapping[str, Member], after: Mapping[str, Member], reader: int, read_on: date
) -> list[Change]:
    """Return the changes that lead from one reading of a source to a later one, by id.

    Args:
        before: What counts now.
        after: What the later reading gives.
        reader: Its version.
        read_on: Its day.
    """
    gone = {key: member for key, member in before.items() if key not in after}
    come = {key: member for key, member in after.items() if key not in before}
    successors = {old.id: new.id for old, new in _pairs(_figures(gone), _figures(come)) if old and new}
    withdrawn = [
        Change(key, member.source, reader, False, successors.get(key, ""), read_on)
        for key, member in gone.items()
    ]
    return withdrawn + [Change(key, member.source, reader, True, "", read_on) for key, member in come.items()]


def figure_changes(before: Mapping[str, Member], after: Mapping[str, Member]) -> list[FigureChange]:
    """Return the amounts that differ between two readings; a place or label that changed is none."""
    gone = _figures({key: member for key, member in before.items() if key not in after})
    come = _figures({key: member for key, member in after.items() if key not in before})
    pairs = _pairs(gone, come)
    return [FigureChange(old, new) for old, new in pairs if not (old and new and old.value == new.value)]


def _figures(members: Mapping[str, Member]) -> list[Figure]:
    return [member for member in members.values() if isinstance(member, Figure)]


_Question = tuple[str, str, Line | None, date | None, date]


def _pairs(gone: Iterable[Figure], come: Iterable[Figure]) -> list[tuple[Figure | None, Figure | None]]:
    """Each figure with the one of the same question that stands for it: of its label, then of its value."""
    waiting: dict[_Question, list[Figure]] = defaultdict(list)
    for figure in come:
        waiting[_question(figure)].append(figure)
    pairs: list[tuple[Figure | None, Figure | None]] = []
    for old in gone:
        options = waiting[_question(old)]
        new = max(options, key=lambda f: (f.label == old.label, f.value == old.value), default=None)
        if new:
            options.remove(new)
        pairs.append((old, new))
    return pairs + [(None, new) for options in waiting.values() for new in options]


def _question(figure: Figure) -> _Question:
    return figure.ticker, figure.measure, figure.line, figure.start, figure.end
