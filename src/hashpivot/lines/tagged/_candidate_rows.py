"""Rows: facts that may be a part of a period's revenue or cost, grouped into breakdowns."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal

from hashpivot.core import Line
from hashpivot.filings import Fact

from ..rules import LineRules, Role, is_generic, member_words
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
    """

    label: str
    target: Line | Role | None
    value: Decimal
    fact: Fact
    members: tuple[str, ...]
    on_face: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Rows that break the total down the same way: by one set of axes, before or after eliminations."""

    axes: tuple[str, ...]
    gross: bool
    rows: tuple[CandidateRow, ...]


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
        """Return the facts without any dimension that the page shows, those of the income statement if any."""
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
        """Return the rows of every table that shows the total among them, whatever their axes and concepts."""
        facts = [fact for fact in self._all[kind, span] if not (fact.hidden or is_decoy(fact.context.dims))]
        whole = {fact for fact in facts if not fact.context.dims and fact.value == total.value}
        return [
            self._of_table([fact for fact in facts if fact.table == table and fact not in whole])
            for table in sorted({fact.table for fact in whole})
            if table >= 0
        ]

    def _of_table(self, facts: list[Fact]) -> Breakdown:
        rows: _Distinct = {}
        for fact in facts:
            members = tuple(member for _, member in fact.context.dims)
            _keep(rows, self._row(fact, members or (fact.concept,)))
        axes = {axis for fact in facts for axis, _ in fact.context.dims}
        return Breakdown(tuple(sorted(axes)), False, tuple(rows.values()))

    def whole(self, fact: Fact) -> CandidateRow:
        """A total as the only row."""
        return self._row(fact, ())

    def of_the_only_line(self, row: CandidateRow) -> CandidateRow:
        """The row on self-mining, with a note, if its label names no line and the filing speaks of no other."""
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
        return CandidateRow(
            label=words[0],
            target=target,
            value=-abs(value) if target is Role.ELIMINATIONS else value,
            fact=fact,
            members=(*members, party) if party else members,
            on_face=fact.table in self._statements.income,
            note=rule.note if rule else "",
        )


def _keep(rows: _Distinct, row: CandidateRow) -> None:
    """Keep one row of equal duplicates, that of the income statement; rows that differ stay apart."""
    key = (row.members, row.value)
    if key not in rows or (row.on_face and not rows[key].on_face):
        rows[key] = row
