"""Recording by hand: figures and text facts join the ledger one by one, and later ones supersede."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from hashpivot.core import Figure, Source, short_repr

from ..disclosures import (
    EVENT,
    FILING_DATE,
    RECORDED_CONTRACT,
    event_of,
    recorded_contract,
    recorded_filing_date,
    target_of,
)
from ._filing_dates import filing_day, filing_days
from ._record_keys import record_base, record_revision
from ._rereading import Change, Member, out_of_force
from ._row_faults import RowFault, RowFaults

_ALWAYS = date.min
"""Day from which a correction counts: the source has said so since it became known."""

Question = tuple[object, ...]


@short_repr
@dataclass(frozen=True, slots=True)
class Entry:
    """One figure or text fact to be recorded.

    Args:
        line: Where it was written, for faults.
        source: Where it was read; its key is `record_key` and has no revision yet.
        member: The figure or text fact; its `source` is that key.
        supersedes: Id of an earlier record that this one stands for; empty for the one, if any, that
            answers the same question from the same source.
    """

    line: int
    source: Source
    member: Member
    supersedes: str = ""

    @property
    def question(self) -> Question:
        """What it answers; of two entries with one question the later counts."""
        return _question(self.member, self.source.key)


@short_repr
@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one entry.

    Args:
        line: That of the entry.
        member: As the ledger holds it.
        source: Likewise.
        new: False if the ledger held exactly this already.
        supersedes: Id of the record it stands for now; empty if for none.
    """

    line: int
    member: Member
    source: Source
    new: bool
    supersedes: str = ""


class Shelf(Protocol):
    """What is written to: the open transaction of a ledger."""

    def insert_source(self, source: Source) -> None:
        """Write a source."""

    def insert_member(self, member: Member) -> None:
        """Write a figure or text fact."""

    def insert_reading(self, source: str, number: int, day: date) -> None:
        """Write that a source was recorded from."""

    def insert_change(self, change: Change) -> None:
        """Write that a member counts, or no longer counts."""


def record_entries(
    shelf: Shelf, held: Iterable[Member], sources: Iterable[Source], changes: Iterable[Change],
    entries: Iterable[Entry], recorded_on: date, last_batch: int,
) -> list[Recorded]:  # fmt: skip
    """Write entries, all or none: the caller's transaction is rolled back if this raises.

    Args:
        shelf: Where they are written.
        held: All figures and text facts recorded by hand so far.
        sources: Their sources, in the order they were written.
        changes: What superseded what, in that order.
        entries: Entries, in the order they were written.
        recorded_on: The day.
        last_batch: Number of the last recording.

    Raises:
        RowFaults: If an entry contradicts what is held: its source has another day, or what it
            supersedes is not there.
    """
    waiting = list(entries)
    batch = _Batch(shelf, list(held), list(sources), list(changes), recorded_on, last_batch + 1)
    batch.pending.update(entry.question for entry in waiting)
    outcomes = [outcome for entry in waiting if (outcome := batch.record(entry))]
    if batch.faults:
        raise RowFaults(batch.faults)
    return list(map(batch.settled, outcomes))


@dataclass
class _Batch:
    """One recording under way: what is held, by source and question, and what it has touched."""

    shelf: Shelf
    held: list[Member]
    sources: list[Source]
    changes: list[Change]
    recorded_on: date
    number: int
    faults: list[RowFault] = field(default_factory=list)
    pending: set[Question] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._stored: dict[str, Member] = {member.id: member for member in self.held}
        self._sources = {source.key: source for source in self.sources}
        self._latest: dict[str, Source] = {record_base(source.key): source for source in self.sources}
        aside = out_of_force(self.changes, None)
        current = [member for member in self.held if member.id not in aside]
        self._filed = filing_days(current)
        self._counting: dict[Question, Member] = {self._of(member): member for member in current}
        self._moved: dict[str, str] = {}
        self._changed: set[str] = set()
        self._read: set[tuple[str, int]] = set()

    def record(self, entry: Entry) -> Recorded | None:
        """Write one entry; None if it is at fault."""
        self.pending.discard(entry.question)
        source = self._source(entry)
        if isinstance(source, RowFault):
            self.faults.append(source)
            return None
        member = self._placed(entry.member, source)
        current = self._counting.get(entry.question)
        if current == member and self._succeeds(member, entry.supersedes):
            return Recorded(entry.line, member, source, False)
        named = self._named(entry)
        if isinstance(named, RowFault):
            self.faults.append(named)
            return None
        if self._stored.get(member.id, member) != member:  # an id holds no note: the source is written anew
            source = self._revise(source, entry.question)
            member = self._placed(entry.member, source)
            named = named and self._counting[self._of(named)]
        if current != member:
            self._put(member)
        ended = [old for old in (current, named) if old and old != member]
        for old in dict.fromkeys(ended):
            self._withdraw(old, member)
        self._counting[entry.question] = member
        if [self._without_revision(old) for old in ended] == [self._without_revision(member)]:
            return Recorded(entry.line, member, source, False)
        return Recorded(entry.line, member, source, True, ended[-1].id if ended else "")

    def settled(self, outcome: Recorded) -> Recorded:
        """What became of an entry after all others: a later one may have moved it with its source."""
        member = outcome.member
        while member.id in self._moved:
            member = self._stored[self._moved[member.id]]
        return replace(outcome, member=member, source=self._latest[record_base(member.source)])

    def _without_revision(self, member: Member) -> tuple[Member, Source]:
        """What a member and its source say, whatever the revision of the source is."""
        source, base = self._sources[member.source], record_base(member.source)
        return replace(member, source=base), replace(source, key=base)

    def _succeeds(self, member: Member, named: str) -> bool:
        """True if a member stands for the record that an entry names, or the entry names none."""
        found, fresh = {""}, {member.id}
        while named not in found and fresh:
            fresh = {c.id for c in self.changes if c.successor in fresh and not c.added} - found
            found |= fresh
        return named in found

    def _named(self, entry: Entry) -> Member | RowFault | None:
        """The record that an entry names as superseded; None if it names none."""
        if not entry.supersedes:
            return None
        moved = self._moved.get(entry.supersedes, entry.supersedes)
        old = next((m for m in self._counting.values() if m.id == moved), None)
        if old is None:
            later = next((c.successor for c in self.changes if c.id == entry.supersedes and c.successor), "")
            what = f"was superseded by {later}" if later else "is no record of this ledger"
            hint = f"write {later}" if later else "only what was recorded by hand can be superseded"
            return RowFault(entry.line, "supersedes", f"{entry.supersedes} {what}", hint)
        if (_kind(old), old.ticker) != (_kind(entry.member), entry.member.ticker):
            what = "is of another company or kind"
            return RowFault(entry.line, "supersedes", f"{entry.supersedes} {what}", "name one of this kind")
        return old

    def _source(self, entry: Entry) -> Source | RowFault:
        """The source of an entry as the ledger holds it from now on."""
        base = entry.source.key
        held = self._latest.get(base)
        if held is None:
            return self._insert(replace(entry.source, key=f"{base}/1"))
        known = entry.source.known
        if _is_filing_date(entry.member):
            known = held.known
        elif known not in (held.known, filing_day(self._filed, held)):
            return RowFault(
                entry.line, "known", f"this source is known since {held.known}, not {known}",
                "give another document another title; correct a day with hashpivot record filing-dates",
            )  # fmt: skip
        wanted = replace(entry.source, key=held.key, known=held.known, reader=held.reader)
        return held if wanted == held else self._revise(wanted, entry.question)

    def _revise(self, source: Source, question: Question) -> Source:
        """Write a source anew; what is held of it moves along, so that its rows stay together.

        Answers that this recording gives anew stay behind, until it does.
        """
        base = record_base(source.key)
        moved = self._insert(replace(source, key=f"{base}/{record_revision(source.key) + 1}"))
        for asked, member in list(self._counting.items()):
            if record_base(member.source) == base and asked != question and asked not in self.pending:
                copy = self._placed(member, moved)
                self._put(copy)
                self._withdraw(member, copy)
                self._counting[asked] = copy
                self._moved[member.id] = copy.id
        return moved

    def _insert(self, source: Source) -> Source:
        self.shelf.insert_source(source)
        self._sources[source.key] = source
        self._latest[record_base(source.key)] = source
        return source

    def _put(self, member: Member) -> None:
        """Write a member, or let one count again that was withdrawn."""
        if member.id in self._stored:
            self._change(Change(member.id, member.source, 0, True, "", _ALWAYS))
        else:
            self.shelf.insert_member(member)
            self._stored[member.id] = member
            self._reading(member.source)

    def _withdraw(self, old: Member, new: Member) -> None:
        """End what a member says: from the beginning, or from the day a later document said otherwise."""
        since = new.known if new.known > old.known and not _is_filing_date(old) else _ALWAYS
        self._change(Change(old.id, old.source, 0, False, new.id, since))
        self._counting.pop(self._of(old), None)

    def _change(self, change: Change) -> None:
        if change.id in self._changed:  # one id changes once in a recording
            self.number += 1
            self._changed.clear()
        self._changed.add(change.id)
        self._reading(change.source)
        self.shelf.insert_change(replace(change, reader=self.number))

    def _reading(self, source: str) -> None:
        if (source, self.number) not in self._read:
            self._read.add((source, self.number))
            self.shelf.insert_reading(source, self.number, self.recorded_on)

    def _placed(self, member: Member, source: Source) -> Member:
        known = member.known if _is_filing_date(member) else source.known
        return replace(member, source=source.key, known=known)

    def _of(self, member: Member) -> Question:
        return _question(member, record_base(member.source))


def _is_filing_date(member: Member) -> bool:
    return not isinstance(member, Figure) and member.kind == FILING_DATE


def _kind(member: Member) -> str:
    """What may stand for what: a figure for a figure, a target or its withdrawal for either."""
    if isinstance(member, Figure):
        return "figure"
    return "target" if member.kind == "withdrawal" else member.kind


def _question(member: Member, base: str) -> Question:
    """What a member answers: its address and source, or what its words are about."""
    if isinstance(member, Figure):
        return base, member.address
    if member.kind == FILING_DATE:  # a source is filed once, whoever says so
        return FILING_DATE, recorded_filing_date(member).source
    if member.kind == RECORDED_CONTRACT:
        contract = recorded_contract(member)
        return base, RECORDED_CONTRACT, contract.ticker, contract.announced, contract.counterparty
    if member.kind == EVENT:
        event = event_of(member)
        return base, EVENT, event.ticker, event.kind, event.line, event.effective, event.counterparty
    target = target_of(member)
    return base, member.kind, target.metric, target.scope, target.due, target.due_text, target.added
