"""Days and periods of a tagged filing that are unlikely to be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import MAXYEAR, MINYEAR, date, timedelta
from itertools import combinations

from hashpivot.core import ReportSection
from hashpivot.filings import Fact

from ..rules import local_name
from ._measures import Reported
from ._reading import PeriodReading
from ._statement_facts import Span, StatementFacts

_FEW_DAYS = 5  # two days of one report so near each other are one day, mistaken once
_MOST_YEARS = 3  # a report compares
_STATEMENTS = frozenset({ReportSection.INCOME, ReportSection.CASH_FLOW, ReportSection.BALANCE})
_QUARTER_DAYS = 365.25 / 4
_FEWEST_ROWS = 3  # of a table that say in which order its periods stand
_QUARTERS = (1, 2, 3, 4)  # that a report is about


def day_doubts(
    statements: StatementFacts,
    periods: Iterable[PeriodReading],
    reported: Iterable[Reported],
    document_end: date | None,
) -> Iterator[str]:
    """Days that what was read begins or ends on, and that are likely one day, mistaken once; a sentence each.

    Args:
        statements: The filing's facts and its main statements.
        periods: As read.
        reported: As read.
        document_end: Last day of the period on the cover, if known.
    """
    dated = [found for found in reported if found.measure.section in _STATEMENTS]
    spans = {(period.start, period.end) for period in periods}
    flows = {(found.start, found.end) for found in dated if found.start}
    ends = {found.end for found in dated if found.measure.name != "shares_outstanding"}
    yield from _slips(spans, {start for start, _ in spans | flows}, ends | {end for _, end in spans})
    yield from _broken_lengths(spans | flows)
    yield from _beside(spans, statements)
    yield from _against_their_table(statements)
    last = max((end for _, end in spans), default=None)
    if last and document_end and 0 < abs((last - document_end).days) <= _FEW_DAYS:
        yield f"the latest period ends on {last}, the report on {document_end}: one of them may be mistaken"


def _slips(spans: set[Span], starts: set[date], ends: set[date]) -> Iterator[str]:
    """Days that other days of the report are near to, but not in another year."""
    weekly = all((end - start).days % 7 == 6 for start, end in spans)
    for word, days, on_edge in (("begin", starts, _is_first), ("end", ends, _is_last)):
        pairs = combinations(sorted(days), 2)
        odd = {day for pair in pairs if _is_slip(*pair, weekly, on_edge) for day in pair}
        if odd:
            yield f"periods {word} on {', '.join(map(str, sorted(odd)))}: one of these days may be mistaken"


def _is_slip(one: date, other: date, weekly: bool, on_edge: Callable[[date], bool]) -> bool:
    """True for days some days apart once moved to one year, which no calendar of months or weeks explains."""
    near = any(0 < abs((one - moved).days) <= _FEW_DAYS for moved in _in_other_years(other))
    by_months = on_edge(one) and on_edge(other)
    by_weeks = one.weekday() == other.weekday() and (weekly or not (on_edge(one) or on_edge(other)))
    return near and not by_months and not by_weeks


def _broken_lengths(spans: set[Span]) -> Iterator[str]:
    """Periods of about so many quarters that are neither whole months nor whole weeks."""
    for start, end in sorted(spans):
        days = (end - start).days + 1
        about = any(abs(days - count * _QUARTER_DAYS) <= _FEW_DAYS for count in _QUARTERS)
        if about and days % 7 and not (_is_first(start) or _is_last(end)):
            yield f"{start}..{end}: neither whole months nor whole weeks, a day of it may be mistaken"


def _beside(spans: set[Span], statements: StatementFacts) -> Iterator[str]:
    """Periods of parts of the income statement that are a few days off one of the whole."""
    others = {
        (fact.start, fact.end)
        for fact in statements.facts
        if fact.start and fact.context.dims and fact.table in statements.income
    }
    for start, end in sorted(others - spans):
        off = (abs((start - other).days) + abs((end - last).days) for other, last in spans)
        if any(days <= _FEW_DAYS for days in off):
            yield f"{start}..{end}: amounts of a period beside those of the statement, they are left out"


def _against_their_table(statements: StatementFacts) -> Iterator[str]:
    """Numbers of one row whose periods stand in another order than in every other row of their table."""
    tables: dict[int, dict[bool, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for one, other in _pairs(statements):
        tables[one.table][one.end > other.end].append(one)
    for orders in tables.values():
        fewer, more = sorted((orders[True], orders[False]), key=len)
        if len(fewer) == 1 and len(more) >= _FEWEST_ROWS:
            (odd,) = fewer
            yield (
                f"{local_name(odd.concept)} at {odd.locator} and the number beside it are of periods in "
                "another order than those of other rows, they may be each other's"
            )


def _pairs(statements: StatementFacts) -> Iterator[tuple[Fact, Fact]]:
    """Amounts beside each other of one concept and of periods of one length, which end on other days."""
    last: dict[tuple[object, ...], Fact] = {}
    for fact in statements.facts:
        element = fact.element
        if element is None or fact.hidden or fact.table < 0:
            continue
        if fact.unit != statements.currency or fact.in_label:
            continue
        row = next(element.iterancestors("{*}tr"), None)
        length = None if fact.start is None else round((fact.end - fact.start).days / 30)
        place = (fact.table, row, fact.concept, fact.context.dims, length)
        before = last.get(place)
        last[place] = fact
        if before is not None and before.end != fact.end and before.value != fact.value:
            yield before, fact


def _in_other_years(day: date) -> Iterator[date]:
    for year in range(max(MINYEAR, day.year - _MOST_YEARS), min(MAXYEAR, day.year + _MOST_YEARS) + 1):
        yield day.replace(year=year, day=min(day.day, 28) if day.month == 2 else day.day)


def _is_first(day: date) -> bool:
    return day.day == 1


def _is_last(day: date) -> bool:
    return day == date.max or (day + timedelta(days=1)).day == 1
