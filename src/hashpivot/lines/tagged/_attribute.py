"""Attribution: from candidate breakdowns to the revenue and cost of every line in one period."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from hashpivot.core import Line, short_repr
from hashpivot.filings import Fact, scale_slip

from ..rules import Role, is_generic, normal
from ._candidate_rows import ZERO, Breakdown, CandidateRow, CandidateRows
from ._reconcile import Partition, partition
from ._statement_facts import Span, StatementFacts

# A company that earns at least this share of a period's revenue with one line is taken to spend its undivided
# cost of revenue on that line too.
DOMINANT = Decimal("0.95")
_EXCLUDES = re.compile(r"exclu(sive|ding|des) of depreciation|exclu(des|ding) depreciation")


@short_repr
@dataclass(frozen=True, slots=True)
class Parts:
    """One total and its parts.

    Args:
        total: The reported total; None if none is reported (cost of revenue often has none).
        rows: Rows placed on a line.
        unplaced: Rows of the partition no rule could place.
        eliminated: Elimination rows, negative.
        repeated: Rows left out although they name a line of their own, because they repeat others.
        residual: What neither rows nor eliminations explain.
        unit: The reporting unit in dollars.
        axes: Dimensions of the rows.
        denied: Rows of the income statement on a line that say another amount, where the total alone counts.
    """

    total: CandidateRow | None
    rows: tuple[CandidateRow, ...] = ()
    unplaced: tuple[CandidateRow, ...] = ()
    eliminated: tuple[CandidateRow, ...] = ()
    repeated: tuple[CandidateRow, ...] = ()
    residual: Decimal = ZERO
    unit: Decimal = Decimal(1)
    axes: tuple[str, ...] = ()
    denied: tuple[CandidateRow, ...] = ()

    @property
    def eliminations(self) -> Decimal:
        """Dollars eliminated between segments, negative."""
        return _sum(self.eliminated)

    @property
    def ties(self) -> bool:
        """True if the lines and eliminations explain the total to within one reporting unit."""
        return abs(self.unattributed) <= self.unit

    @property
    def unattributed(self) -> Decimal:
        """Dollars of the total that no line explains."""
        return self.residual + _sum(self.unplaced)

    def by_line(self) -> dict[Line, Decimal]:
        """Dollars by line."""
        sums: dict[Line, Decimal] = {}
        for row in self.rows:
            assert isinstance(row.target, Line)
            sums[row.target] = sums.get(row.target, ZERO) + row.value
        return sums


def revenue_parts(table: CandidateRows, span: Span, total: Fact) -> Parts:
    """Return the total revenue of the period by line."""
    breakdowns = _with_face(table.breakdowns("revenue", span), table.face("revenue", span, total))
    whole = table.whole(total)
    best = _best(breakdowns, table.own_tables("revenue", span, total), whole)
    if best.unplaced == (whole,):
        best = replace(
            _alone(table.of_the_only_line(whole)), denied=tuple(dict.fromkeys(_denied(breakdowns, whole)))
        )
    return replace(
        best, rows=tuple(part for row in best.rows for part in _split(table, span, row, best.unit))
    )


def _denied(breakdowns: Iterable[Breakdown], total: CandidateRow) -> Iterable[CandidateRow]:
    """Rows of a line that are negative, more than the total, or add up to a thousandth of it."""
    for breakdown in breakdowns:
        lines = [row for row in breakdown.rows if row.on_face and isinstance(row.target, Line)]
        slipped = scale_slip(_sum(lines), total.value) and _sum(lines) < total.value
        for row in lines if not breakdown.gross else ():
            beyond = row.value < 0 or row.value > total.value + _unit(total.fact)
            if beyond or (slipped and row.value):
                yield row


def _split(table: CandidateRows, span: Span, row: CandidateRow, unit: Decimal) -> list[CandidateRow]:
    """The qualified parts of an AI line's row, where another table adds them up to it; else the row."""
    assert isinstance(row.target, Line)
    if row.target.group != "ai" or not row.value:
        return [row]
    for block in table.blocks_above(row, "revenue", span):
        found = partition([part.value for part in block], row.value, unit)
        if found is not None and len(found.kept) > 1:
            parts = [block[i].on(row.target) for i in found.kept if block[i].value]
            if any(part.qualifier for part in parts):
                return parts[::-1]
    return [row]


def cost_parts(table: CandidateRows, span: Span, total: Fact | None, revenue: Parts) -> Parts | None:
    """Return cost of revenue of the period by line; None if none is reported.

    The breakdown of `revenue` is tried first.

    A cost is attributed only to a line that has revenue: rows by nature (energy, hosting fees paid to others)
    would otherwise be taken for lines of business.
    """
    breakdowns = sorted(
        table.breakdowns("cost", span),
        key=lambda breakdown: (breakdown.axes != revenue.axes, not _on_face(breakdown)),
    )
    lines = set(revenue.by_line())
    if total is not None and is_generic(total.label):
        found = _best(
            _with_face(breakdowns, table.face("cost", span, total)),
            table.own_tables("cost", span, total),
            table.whole(total),
        )
        return _dominant(_only_on(lines, found), revenue)
    tried = [
        breakdown
        for breakdown in (*breakdowns, table.face("cost", span, None))
        if breakdown.rows and not breakdown.gross
    ]
    for breakdown in tried:
        rows = tuple(row for row in breakdown.rows if isinstance(row.target, Line))
        if rows and {row.target for row in rows} <= lines:
            return Parts(None, rows, unit=_unit(rows[0].fact), axes=breakdown.axes)
    return Parts(None, unplaced=tried[0].rows) if tried else None


def _with_face(breakdowns: list[Breakdown], face: Breakdown) -> list[Breakdown]:
    """The breakdowns, the rows of the income statement with concepts of their own, and both together."""
    if not face.rows:
        return breakdowns
    both = [
        Breakdown(breakdown.axes, breakdown.gross, (*breakdown.rows, *face.rows))
        for breakdown in breakdowns
        if not breakdown.gross
    ]
    return [*breakdowns, face, *both]


def _only_on(lines: set[Line], cost: Parts) -> Parts:
    """Cost rows on other lines than these become unplaced."""
    stays = tuple(row for row in cost.rows if row.target in lines)
    goes = tuple(row for row in cost.rows if row.target not in lines)
    return replace(cost, rows=stays, unplaced=(*cost.unplaced, *goes))


def segment_profit(table: CandidateRows, span: Span) -> tuple[CandidateRow, ...]:
    """Gross profit by segment as the company reports it, before or after its own eliminations."""
    breakdowns = table.breakdowns("gross_profit", span)
    rows = max((breakdown.rows for breakdown in breakdowns), key=len, default=())
    return tuple(row for row in rows if isinstance(row.target, Line) and row.fact.value is not None)


def depreciation_note(statements: StatementFacts, rows: tuple[CandidateRow, ...]) -> str:
    """`excludes depreciation`, `includes depreciation` or "" as the income statement tells.

    It excludes depreciation if a label says so or depreciation has a row of its own among the expenses.
    """
    if any(_EXCLUDES.search(normal(row.fact.label)) for row in rows):
        return "excludes depreciation"
    names = ("DepreciationAndAmortization", "DepreciationDepletionAndAmortization", "Depreciation")
    own_row = any(
        f.table in statements.income
        for name in names
        for f in statements.by_name.get(name, ())
        if not f.context.dims
    )
    return "excludes depreciation" if own_row else "includes depreciation"


def _best(breakdowns: list[Breakdown], own_tables: list[Breakdown], total: CandidateRow) -> Parts:
    """The breakdown that explains the total best, or the total as its only row.

    Rows of a table that shows the total count only if they add up to it.
    """
    tried = [parts for breakdown in breakdowns if (parts := _fit(breakdown, total)) is not None]
    tables = [parts for breakdown in own_tables if (parts := _fit(breakdown, total)) is not None]
    whole = [parts for parts in tables if abs(parts.residual) <= parts.unit]
    return max([*tried, *whole, _alone(total)], key=_merit)


def _merit(parts: Parts) -> tuple[bool, bool, bool, Decimal, bool, int, bool]:
    assert parts.total is not None
    whole = abs(parts.total.value) or Decimal(1)
    placed = sum((abs(row.value) for row in parts.rows), ZERO)
    return (
        parts.ties,
        not parts.repeated,
        not parts.eliminated,
        round(min(placed / whole, Decimal(1)), 2),
        abs(parts.residual) <= parts.unit,
        len({row.target for row in parts.rows}),
        any(row.on_face for row in parts.rows),
    )


def _fit(breakdown: Breakdown, total: CandidateRow) -> Parts | None:
    """How a breakdown explains the total; None if it has no rows or says more than the total.

    Rows of the income statement (and empty ones) are tried before those of the notes, which may split them.
    """
    unit = _unit(total.fact)
    rows = [row for row in breakdown.rows if row.target is not Role.SUBTOTAL]
    parts = [row for row in rows if row.target is not Role.ELIMINATIONS]
    for candidates in ([row for row in parts if row.on_face or not row.value], parts, rows):
        found = partition([row.value for row in candidates], total.value, unit)
        if found and any(candidates[i].value for i in found.kept):
            kept, repeated = _parents(candidates, found)
            return _parts(total, kept, unit, breakdown.axes, repeated)
    if not breakdown.gross and ZERO < _sum(parts) < total.value:
        return _parts(total, parts, unit, breakdown.axes)
    return None


def _parents(
    rows: list[CandidateRow], found: Partition
) -> tuple[list[CandidateRow], tuple[CandidateRow, ...]]:
    """The rows to show, with a subtotal that names a line in the place of parts that name others.

    Colocation revenue may be made of license fees, maintenance and power passed through: all is colocation.
    Parts on lines of the subtotal's own group, such as the colocation and the cloud below `Total HPC`, stay.
    """
    kept = {i: rows[i] for i in found.kept}
    repeated = []
    for parent, parts in found.repeats.items():
        target = rows[parent].target
        named = isinstance(target, Line) and target is not Line.OTHER
        if not named:
            continue
        assert isinstance(target, Line)
        if all(_is_akin(rows[i].target, target) for i in parts):
            continue
        if len(parts) > 1 and set(parts) <= kept.keys():
            split = {i: kept[i].on(target) for i in parts}
            if any(part.qualifier for part in split.values()):
                kept |= split
            else:
                kept = {i: row for i, row in kept.items() if i not in parts} | {parent: rows[parent]}
        else:
            repeated.append(rows[parent])
    return [row for _, row in sorted(kept.items())], tuple(repeated)


def _is_akin(target: Line | Role | None, line: Line) -> bool:
    """True for the line itself and, in a group of lines that are one business, its neighbours."""
    return target is line or (isinstance(target, Line) and target.group == line.group != "other")


def _parts(
    total: CandidateRow,
    rows: list[CandidateRow],
    unit: Decimal,
    axes: tuple[str, ...],
    repeated: tuple[CandidateRow, ...] = (),
) -> Parts:
    return Parts(
        total,
        rows=tuple(row for row in rows if isinstance(row.target, Line)),
        unplaced=tuple(row for row in rows if row.target is None),
        eliminated=tuple(row for row in rows if row.target is Role.ELIMINATIONS),
        repeated=repeated,
        residual=total.value - _sum(rows),
        unit=unit,
        axes=axes,
    )


def _alone(total: CandidateRow) -> Parts:
    rows = (total,)
    placed = rows if isinstance(total.target, Line) else ()
    return Parts(total, placed, () if placed else rows, unit=_unit(total.fact))


def _dominant(cost: Parts, revenue: Parts) -> Parts:
    """Undivided cost goes to the line that earns nearly everything."""
    if cost.rows or cost.total is None or revenue.total is None:
        return cost
    line, most = max(revenue.by_line().items(), key=lambda item: item[1], default=(None, ZERO))
    if line is None or most < DOMINANT * revenue.total.value:
        return cost
    whole = cost.total
    return Parts(
        whole, (CandidateRow(whole.label, line, whole.value, whole.fact, (), whole.on_face),), unit=cost.unit
    )


def _on_face(breakdown: Breakdown) -> bool:
    return any(row.on_face for row in breakdown.rows)


def _sum(rows: Iterable[CandidateRow]) -> Decimal:
    return sum((row.value for row in rows), ZERO)


def _unit(fact: Fact) -> Decimal:
    return (
        Decimal(1).scaleb(-fact.decimals) if fact.decimals is not None and fact.decimals < 0 else Decimal(1)
    )
