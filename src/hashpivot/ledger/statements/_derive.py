"""Derive quarters that nobody reported from longer and neighbouring periods of the same breakdown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from hashpivot.core import ONE_DAY, Figure

from ._combine import combine
from ._derived_split import derived_split
from ._ranking import Rank
from ._revisions import Revision, Vintages, restated_since, separated, vintages
from ._standing import SourceStanding
from ._statement import Slot, Statement
from ._tie_status import TieStatus

MAX_EDGES = 4  # of the quarters derived from the bundle 45 take two, 4 take three, 2 take four
_REACH = timedelta(days=1100)  # three years either way bound the search
# Beyond the 1 that every edge costs: a secondary source, or lines that fall short, cost more than a detour
# over one more sound statement.
_GRADE_COST = {"A": 0.0, "B": 0.5, "C": 2.0}
_TIE_COST = {TieStatus.TIES: 0.0, TieStatus.NEAR: 0.25, TieStatus.UNKNOWN: 0.5, TieStatus.SHORT: 2.0}
_SUPERSEDED_COST = 0.5  # judged: less than one edge more, so that two old reports go before three new ones
_ROUNDED = Decimal(10_000)  # a step this coarse comes from a release in tenths of a million


@dataclass(frozen=True, slots=True)
class Edge:
    """A statement walked forward (sign +1: its period is added) or backward (-1: subtracted)."""

    sign: int
    to: date
    statement: Statement
    cost: float


Path = tuple[Edge, ...]


class Derivation:
    """Derives periods of one measure by adding and subtracting statements of others.

    Every statement is an edge between its first day and the day after its last; the wanted period is a
    path between the same two kinds of day. Of all paths of at most four edges whose statements pairwise
    use the same breakdown and have no restatement between them, the cheapest is taken: few edges first,
    then better grades, statements that tie with their totals, exact numbers, and those not superseded.

    Args:
        statements: The statements.
        order: The view's preference.
    """

    def __init__(self, statements: Iterable[Statement], order: Rank) -> None:
        self.statements = list(statements)
        self._order = order

    def of(self, start: date, end: date) -> Statement | None:
        """Return the statement for `start`..`end`; None if no path leads there."""
        near = [s for s in self._sound if _near(s, start, end)]
        if not _leads(near, start, end + ONE_DAY):
            return None
        best = [s for s in self._vintages.best if _near(s, start, end)]
        superseded = [s for s in self._vintages.superseded if _near(s, start, end)]
        revisions = [r for r in self._vintages.revisions if _near(r, start, end)]
        every = (*best, *superseded)
        ids = set(map(id, every))
        recast = {id(s) for s, whole, part in self._recast if {id(s), id(whole), id(part)} <= ids}
        graph = _graph((s for s in every if id(s) not in recast), self._prices)
        path = _cheapest(graph, start, end + ONE_DAY, revisions)
        derived = _walk(path, start, end, revisions) if path else None
        return derived if derived and derived.figures else None

    @cached_property
    def _sound(self) -> list[Statement]:
        """Those that may be operands: neither lines that exceed their total, nor proxy statements.

        Net income of a proxy statement may be in another scale or definition.
        """
        sound = (s for s in self.statements if s.tie_status != TieStatus.OVER)
        return [s for s in sound if s.standing != SourceStanding.PROXY]

    @cached_property
    def _vintages(self) -> Vintages:
        """Of all of them: those of a period are compared with one another alone."""
        return vintages(self._sound, self._order)

    @cached_property
    def _prices(self) -> dict[int, float]:
        best = {id(s): cost(s) for s in self._vintages.best}
        return best | {id(s): cost(s) + _SUPERSEDED_COST for s in self._vintages.superseded}

    @cached_property
    def _recast(self) -> list[tuple[Statement, Statement, Statement]]:
        return list(_recast((*self._vintages.best, *self._vintages.superseded)))


def _leads(statements: Iterable[Statement], start: date, goal: date) -> bool:
    """True if periods lead from one day to another, whatever their figures: most quarters end here."""
    beside: dict[date, set[date]] = defaultdict(set)
    for statement in statements:
        after = statement.end + ONE_DAY
        beside[statement.start].add(after)
        beside[after].add(statement.start)
    seen = front = {start}
    for _ in range(MAX_EDGES):
        front = {to for day in front for to in beside.get(day, ())} - seen
        if goal in front:
            return True
        seen = seen | front
    return False


def _near(one: Statement | Revision, start: date, end: date) -> bool:
    """True for a period near the wanted one, and not that period itself."""
    near = start - _REACH <= one.start and one.end <= end + _REACH
    return near and (one.start, one.end) != (start, end)


def cost(statement: Statement) -> float:
    """Return what an edge costs: one, more for a worse grade, a bad tie and rounded numbers."""
    rounded = 1.0 if statement.step >= _ROUNDED else 0.0
    return 1.0 + _GRADE_COST.get(statement.grade, 2.0) + _TIE_COST[statement.tie_status] + rounded


def _recast(statements: Sequence[Statement]) -> Iterator[tuple[Statement, Statement, Statement]]:
    """Statements that contradict what a later source implies for their period, with that source's two.

    A half year and its second quarter in one filing imply the first quarter; if the first quarter was
    reported earlier with other numbers in the same lines, the company has moved amounts between them.
    """
    by_period: dict[tuple[date, date], list[Statement]] = defaultdict(list)
    by_source: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_period[statement.start, statement.end].append(statement)
        by_source[statement.source].append(statement)
    for group in by_source.values():
        for whole in group:
            for part in group:
                if part.start > whole.start and part.end == whole.end and whole.same_breakdown(part):
                    rest = by_period.get((whole.start, part.start - ONE_DAY), ())
                    for one in rest:
                        if one.known < whole.known and _contradicts(one, whole, part):
                            yield one, whole, part


def _contradicts(statement: Statement, whole: Statement, part: Statement) -> bool:
    if not statement.same_breakdown(whole):
        return False
    slots = whole.signature | part.signature | statement.signature
    rounding = (whole.step + part.step + statement.step) / 2
    return any(abs(whole.amount(s) - part.amount(s) - statement.amount(s)) > rounding for s in slots)


def _graph(statements: Iterable[Statement], prices: Mapping[int, float]) -> dict[date, list[Edge]]:
    graph: dict[date, list[Edge]] = defaultdict(list)
    for statement in statements:
        after, price = statement.end + ONE_DAY, prices[id(statement)]
        graph[statement.start].append(Edge(1, after, statement, price))
        graph[after].append(Edge(-1, statement.start, statement, price))
    for edges in graph.values():
        edges.sort(key=lambda edge: edge.cost)
    return graph


def _hops(graph: dict[date, list[Edge]], goal: date) -> dict[date, int]:
    """Fewest edges from each day to the goal, up to the most allowed."""
    hops, front = {goal: 0}, [goal]
    for distance in range(1, MAX_EDGES + 1):
        front = [edge.to for day in front for edge in graph.get(day, ()) if edge.to not in hops]
        hops |= dict.fromkeys(front, distance)
    return hops


def _cheapest(
    graph: dict[date, list[Edge]], start: date, goal: date, revisions: Sequence[Revision]
) -> Path | None:
    """Depth-first with the best price so far as bound; every edge costs at least one."""
    hops = _hops(graph, goal)
    best: Path | None = None
    limit = float("inf")

    def visit(day: date, path: Path, paid: float) -> None:
        nonlocal best, limit
        if day == goal:
            best, limit = path, paid
            return
        for edge in graph.get(day, ()):
            ahead = hops.get(edge.to, MAX_EDGES + 1)
            if len(path) + 1 + ahead > MAX_EDGES or paid + edge.cost + ahead >= limit:
                continue
            if edge.to != start and _fits(edge, path, revisions):
                visit(edge.to, (*path, edge), paid + edge.cost)

    visit(start, (), 0.0)
    return best


def _fits(edge: Edge, path: Path, revisions: Sequence[Revision]) -> bool:
    return all(
        edge.to != step.to
        and edge.statement is not step.statement
        and edge.statement.same_breakdown(step.statement)
        and not separated(revisions, edge.statement, step.statement)
        for step in path
    )


def _walk(path: Path, start: date, end: date, revisions: Sequence[Revision]) -> Statement:
    """The statement at the end of a path; a line not shown in an edge is zero there."""
    first = path[0].statement
    edges = sorted(path, key=lambda edge: (-edge.sign, edge.statement.start))
    unknown = {slot for edge in edges for slot in edge.statement.apart - edge.statement.figures.keys()}
    slots = sorted({slot for edge in edges for slot in edge.statement.figures} - unknown, key=str)
    note = restated_since(revisions, [edge.statement for edge in edges])
    figures: dict[Slot, Figure] = {}
    for slot in slots:
        terms = [(e.sign, e.statement.figures[slot]) for e in edges if slot in e.statement.figures]
        figures[slot] = combine(terms, replace(terms[0][1], start=start, end=end), note)
    grade = max(edge.statement.grade for edge in path)
    parts = tuple((edge.sign, edge.statement) for edge in edges)
    worst = max(edge.statement.standing for edge in path)
    return Statement(
        first.ticker,
        first.measure,
        start,
        end,
        figures,
        "",
        grade,
        worst,
        parts=parts,
        split=derived_split(parts, slots, start, end),
        basis=first.basis,
    )
