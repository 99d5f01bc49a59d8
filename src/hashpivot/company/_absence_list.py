"""What is absent of a company, by kind, and what would end it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hashpivot.core import Absence, Missing, Quarter, ReportSection, short_repr

from ._amount import absence_of
from ._debt_stack import DebtStack
from ._line_history import LineTable
from ._measure_table import MeasureTable
from ._megawatts import MegawattTimeline
from ._share_count import ShareCounts


@dataclass(frozen=True, slots=True)
class AbsentNumber:
    """One number that is not there.

    Args:
        subject: What it is: `Cost of revenue`, `Self-mining: gross profit`.
        quarter: Of which quarter; None if of no single one.
        why: The absence.
    """

    subject: str
    quarter: Quarter | None
    why: Missing


@short_repr
@dataclass(frozen=True, slots=True)
class AbsentGroup:
    """Numbers that are absent for one cause.

    Args:
        kind: The kind of absence.
        ends: The report that would end it, `10-Q for 2024Q1 (FQ1 2024) of RIOT`; empty if nothing that can be
            got would.
        reason: Why, in one sentence; that of the newest of them.
        subjects: What is absent, each with its quarters, oldest first.
    """

    kind: Absence
    ends: str
    reason: str
    subjects: Mapping[str, tuple[Quarter, ...]]

    @property
    def count(self) -> int:
        """How many numbers are absent."""
        return sum(max(1, len(quarters)) for quarters in self.subjects.values())

    def to_dict(self) -> dict[str, Any]:
        """Stable keys; see docs/json.md."""
        return {
            "missing": self.kind.value,
            "needs": self.ends or None,
            "reason": self.reason,
            "count": self.count,
            "numbers": {what: list(map(str, quarters)) for what, quarters in self.subjects.items()},
        }


def absent_numbers(
    lines: LineTable,
    tables: Iterable[MeasureTable],
    shares: ShareCounts,
    debt: DebtStack,
    megawatts: MegawattTimeline,
) -> Iterator[AbsentNumber]:
    """Yield every amount the tables lack; growth and margins, which follow from them, are not repeated."""
    yield from _of_lines(lines)
    for table in tables:
        for row in table.rows:
            for quarter, amount in zip(table.quarters, row.amounts, strict=True):
                if (why := absence_of(amount)) is not None:
                    yield AbsentNumber(row.measure.title, quarter, why)
    for quarter, adjusted in zip(shares.quarters, shares.adjusted, strict=True):
        if isinstance(adjusted.value, Missing) and adjusted.figures:
            yield AbsentNumber("Shares outstanding, adjusted for splits", quarter, adjusted.value)
    if isinstance(debt.instruments, Missing):
        yield AbsentNumber("Debt by instrument", debt.quarter, debt.instruments)
    for name, why in megawatts.absent().items():
        yield AbsentNumber(f"AI megawatts {name}", None, why)


def absence_groups(numbers: Iterable[AbsentNumber]) -> tuple[AbsentGroup, ...]:
    """Group what is absent by kind and cause: the report that would end it, or that was read and is silent.

    Within a kind those that a report would end come first, the newest quarter before others.
    """
    groups: dict[tuple[Absence, str, str], list[AbsentNumber]] = defaultdict(list)
    for number in numbers:
        ends = number.why.needs.partition(": ")[0]
        groups[number.why.code, ends, "" if ends else _cause(number)].append(number)
    made = [_group(kind, ends, numbers) for (kind, ends, _), numbers in groups.items()]
    order = list(Absence)
    return tuple(sorted(made, key=lambda g: (order.index(g.kind), not g.ends, _age(g), -g.count, g.ends)))


_SILENT = " and gives no "
"""In a reason, between the report that was read and what it does not give."""


def _cause(number: AbsentNumber) -> str:
    """What numbers absent for one cause share, where no report would end it."""
    report, silent, _ = number.why.reason.partition(_SILENT)
    return report if silent else number.subject


def _of_lines(table: LineTable) -> Iterator[AbsentNumber]:
    for at, lines in enumerate(table.quarters):
        if isinstance(lines.total_revenue, Missing):
            yield AbsentNumber("Total revenue", lines.quarter, lines.total_revenue)
        whole = {"revenue": "Revenue by line", "cost_of_revenue": "Cost of revenue by line"}
        for measure, subject in whole.items():
            if measure in lines.missing and not (measure == "cost_of_revenue" and lines.segment):
                yield AbsentNumber(subject, lines.quarter, lines.missing[measure])
        for row in table.lines:
            yield from _of_line(row.title, lines.quarter, row.quarters[at].gross_profit, lines.missing)


def _of_line(
    title: str, quarter: Quarter, profit: Any, told: Mapping[str, Missing]
) -> Iterator[AbsentNumber]:
    """A line's gross profit, unless nothing by line is known, which is said once for all of them."""
    why = absence_of(profit)
    if why is not None and not {"revenue", "cost_of_revenue"} & told.keys():
        yield AbsentNumber(f"{title}: gross profit", quarter, why)


def _group(kind: Absence, ends: str, numbers: list[AbsentNumber]) -> AbsentGroup:
    subjects: dict[str, list[Quarter]] = {}
    for number in numbers:
        quarters = subjects.setdefault(number.subject, [])
        if number.quarter:
            quarters.append(number.quarter)
    last = numbers[-1].why.reason
    reason = (
        f"{last.partition(_SILENT)[0]} and gives none of these" if len(subjects) > 1 and not ends else last
    )
    return AbsentGroup(kind, ends, reason, {s: tuple(sorted(set(q))) for s, q in subjects.items()})


def _age(group: AbsentGroup) -> int:
    newest = max((q for quarters in group.subjects.values() for q in quarters), default=None)
    return -(newest.year * 4 + newest.number) if newest else -(10**5)


SECTIONS = (ReportSection.INCOME, ReportSection.CASH_FLOW, ReportSection.BALANCE, ReportSection.NOTES)
"""The statements of a company, in the order of a report."""
