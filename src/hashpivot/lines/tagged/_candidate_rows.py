"""Rows: facts that may be a part of a period's revenue or cost, grouped into breakdowns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from hashpivot.core import Line
from hashpivot.filings import Fact

from ..rules import LineRules, Role, is_generic, member_words, qualifier
from ._concepts import Place, is_decoy, kind_of, place_of
from ._statement_facts import Span, StatementFacts
from ._vocabulary import Vocabulary

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """One candidate row.

    Args:
        label: Its label as the filing shows it.
        target: Line, role, or None where no rule knows the words.
        value: Dollars; a nil row is zero.
        fact: The fact it comes from.
        members: The members that make it a part; empty for a row with a concept of its own.
        on_face: True if it stands in the income statement.
        note: What a reader must know of where it was placed, or "".
        qualifier: What part of an AI line it is, such as `rent`, or "".
    """

    label: str
    target: Line | Role | None
    value: Decimal
    fact: Fact
    members: tuple[str, ...]
    on_face: bool
    note: str = ""
    qualifier: str = ""

    def on(self, line: Line) -> CandidateRow:
        """The row as a part of a line, with the qualifier its words give it there."""
        names = (self.label, *(member_words(name) for name in self.members))
        return replace(self, target=line, qualifier=qualifier(line, names))


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Rows that break the total down the same way: by one set of axes, before or after eliminations."""

    axes: tuple[str, ...]
    gross: bool
    rows: tuple[CandidateRow, ...]


_HIGHEST = 9  # rows above a total that may be its parts
_ONLY_MINES = "the label names no line; the filing speaks of mining alone"
_WHOLE = Place((), ())
_Placed = tuple[Fact, Place]
_Distinct = dict[tuple[tuple[str, ...], Decimal], CandidateRow]


class CandidateRows:
    """All revenue, cost and gross profit facts of a filing that are a total or a part, by kind and period.

    Args:
        statements: The filing's facts.
        rules: Line rules.
        spoken: What the filing speaks of: in other industries everyday words name no line.
    """

    def __init__(self, statements: StatementFacts, rules: LineRules, spoken: Vocabulary) -> None:
        self._statements = statements
        self._rules = rules
        self._spoken = spoken
        self._placed: dict[tuple[str, Span], list[_Placed]] = defaultdict(list)
        self._all: dict[tuple[str, Span], list[Fact]] = defaultdict(list)
        wanted = set(statements.spans)
        for fact in statements.facts:
            start = fact.context.start
            if start is None or (start, fact.context.end) not in wanted or fact.unit != "USD":
                continue
            kind = kind_of(fact.concept)
            if not kind:
                continue
            self._all[kind, (start, fact.context.end)].append(fact)
            place = place_of(fact.context.dims)
            if place is not None and (not place.party or fact.table in statements.income):
                self._placed[kind, (start, fact.context.end)].append((fact, place))

    def undivided(self, kind: str, span: Span) -> list[Fact]:
        """Return the visible facts without dimensions, those of the income statement if any."""
        whole = [fact for fact, place in self._placed[kind, span] if place == _WHOLE]
        shown = [fact for fact in whole if fact.value is not None and not fact.hidden]
        return [fact for fact in shown if fact.table in self._statements.income] or shown

    def breakdowns(self, kind: str, span: Span) -> list[Breakdown]:
        """Return every breakdown of the total by product or segment among the period's facts of this kind."""
        groups: dict[tuple[tuple[str, ...], bool], _Distinct] = defaultdict(dict)
        items: _Distinct = {}
        for fact, place in self._placed[kind, span]:
            if place.axes and not place.item:
                _keep(groups[place.axes, place.gross], self._row(fact, place.members, place.party))
            elif place.item and not place.axes:
                _keep(items, self._row(fact, (place.item,)))
        return [
            Breakdown(axes, gross, (*rows.values(), *items.values()))
            for (axes, gross), rows in groups.items()
        ]

    def face(self, kind: str, span: Span, total: Fact | None) -> Breakdown:
        """Return rows of the income statement with a concept of their own, or split by related party only."""
        rows: _Distinct = {}
        for fact, place in self._placed[kind, span]:
            own = place == _WHOLE and (total is None or fact.concept != total.concept)
            by_party = place == Place((), (), place.party) != _WHOLE
            if (own or by_party) and not fact.hidden and fact.table in self._statements.income:
                _keep(rows, self._row(fact, (fact.concept,), place.party))
        return Breakdown((), False, tuple(rows.values()))

    def own_tables(self, kind: str, span: Span, total: Fact) -> list[Breakdown]:
        """Return the rows of every table that shows the total among them, whatever their axes."""
        facts = [fact for fact in self._all[kind, span] if not (fact.hidden or is_decoy(fact.context.dims))]
        whole = {fact for fact in facts if not fact.context.dims and fact.value == total.value}
        return [
            self._of_table([fact for fact in facts if fact.table == table and fact not in whole])
            for table in sorted({fact.table for fact in whole})
            if table >= 0
        ]

    def blocks_above(self, row: CandidateRow, kind: str, span: Span) -> Iterator[list[CandidateRow]]:
        """Yield the rows right above another showing of `row`, then fewer of them, down to the nearest two.

        A note or a segment's table may split what the income statement shows in one row.
        """
        facts = [
            f for f in self._all[kind, span] if f.table >= 0 and not (f.hidden or is_decoy(f.context.dims))
        ]
        for shown in facts:
            if shown.value != row.value or shown.table in self._statements.income:
                continue
            above = (f for f in facts if f.table == shown.table and shown.row - _HIGHEST <= f.row < shown.row)
            rows = [self._row(f, _members(f)) for f in sorted(above, key=lambda f: -f.row)]
            yield from (rows[:count] for count in range(len(rows), 1, -1))

    def _of_table(self, facts: list[Fact]) -> Breakdown:
        rows: _Distinct = {}
        for fact in facts:
            _keep(rows, self._row(fact, _members(fact)))
        axes = {axis for fact in facts for axis, _ in fact.context.dims}
        return Breakdown(tuple(sorted(axes)), False, tuple(rows.values()))

    def whole(self, fact: Fact) -> CandidateRow:
        """A total as the only row.

        `Total revenues and other income` names no line: all of it is not the line `other`.
        """
        row = self._row(fact, ())
        return replace(row, target=None) if row.target is Line.OTHER else row

    def of_the_only_line(self, row: CandidateRow) -> CandidateRow:
        """The row on self-mining, with a note, if its label names no line and the filing only mines."""
        if row.target is None and is_generic(row.fact.label) and self._spoken.only_mines:
            return replace(row, target=Line.SELF_MINING, note=_ONLY_MINES)
        return row

    def _row(self, fact: Fact, members: tuple[str, ...], party: str = "") -> CandidateRow:
        names = [member_words(name) for name in members or (fact.concept,)]
        words = names if is_generic(fact.label) else [fact.label, *names]
        rules = (self._rules.find(each, self._spoken.of_the_field) for each in words)
        rule = next((found for found in rules if found is not None), None)
        target = rule.target if rule else None
        value = fact.value if fact.value is not None else ZERO
        row = CandidateRow(
            label=words[0],
            target=target,
            value=-abs(value) if target is Role.ELIMINATIONS else value,
            fact=fact,
            members=(*members, party) if party else members,
            on_face=fact.table in self._statements.income,
            note=rule.note if rule else "",
        )
        return row.on(target) if isinstance(target, Line) else row


def _members(fact: Fact) -> tuple[str, ...]:
    """The members of a fact, or its concept if it has none."""
    return tuple(member for _, member in fact.context.dims) or (fact.concept,)


def _keep(rows: _Distinct, row: CandidateRow) -> None:
    """Keep one row of equal duplicates, that of the income statement; rows that differ stay apart."""
    key = (row.members, row.value)
    if key not in rows or (row.on_face and not rows[key].on_face):
        rows[key] = row
