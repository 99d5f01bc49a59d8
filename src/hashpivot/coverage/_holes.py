"""Reports that were not read, ranked by the answers each would unlock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from hashpivot.core import Quarter, short_repr
from hashpivot.ledger import ExpectedReport
from hashpivot.season import FEWEST_CHECKS

from ._holding import CompanyHoldings
from ._needs import NEEDS, REVENUE, Need, NeededNumber
from ._owed import due_day

VERDICT = "verdict"
"""Stands for the name of a metric where the verdict of a question is meant."""


@short_repr
@dataclass(frozen=True, slots=True)
class Unlock:
    """An answer a report is needed for.

    Args:
        quarter: The season.
        question: The question.
        metric: The metric, or `verdict`.
        alone: True if no other report is needed for it.
        at_base: True if the report is of the base quarter, before the season's.
    """

    quarter: Quarter
    question: str
    metric: str
    alone: bool
    at_base: bool = False

    @property
    def verdict(self) -> bool:
        """True if it is a question's verdict."""
        return self.metric == VERDICT

    def to_dict(self) -> dict[str, Any]:
        """`{"quarter", "question", "metric", "alone"}`."""
        return {
            "quarter": str(self.quarter),
            "question": self.question,
            "metric": self.metric,
            "alone": self.alone,
        }


@short_repr
@dataclass(frozen=True, slots=True)
class Hole:
    """A report to get.

    Args:
        report: Which.
        role: What the company is: `miner`, ...
        due: Last day on which it should have become public.
        measures: What the answers need of it, by measure.
        unlocks: The answers it is needed for, newest season first.
    """

    report: ExpectedReport
    role: str
    due: date
    measures: tuple[str, ...]
    unlocks: tuple[Unlock, ...]

    @property
    def fetch(self) -> str:
        """The words `fetch` takes: `CORZ 10-Q 2024Q1`; of two forms one of which is meant, `10-K,20-F`."""
        return f"{self.report.ticker} {','.join(self.report.forms)} {self.report.quarter}"

    def count(self, *, verdicts: bool, alone: bool | None = None) -> int:
        """Count the verdicts, or the metrics, it is needed for; those it alone unlocks, or the others."""
        return sum(u.verdict == verdicts and alone in (None, u.alone) for u in self.unlocks)

    def to_dict(self) -> dict[str, Any]:
        """The JSON of a hole; see docs/json.md."""
        return {
            "fetch": self.fetch,
            "ticker": self.report.ticker,
            "role": self.role,
            "form": self.report.form,
            "quarter": str(self.report.quarter),
            "fiscal": self.report.fiscal,
            "due": self.due.isoformat(),
            "measures": list(self.measures),
            "verdicts": self.count(verdicts=True, alone=True),
            "metrics": self.count(verdicts=False, alone=True),
            "verdicts_with_others": self.count(verdicts=True, alone=False),
            "metrics_with_others": self.count(verdicts=False, alone=False),
            "unlocks": [unlock.to_dict() for unlock in self.unlocks],
        }

    @property
    def rank(self) -> tuple[object, ...]:
        """Sorts the report that alone unlocks most verdicts first, then metrics, then those with others."""
        counts = (self.count(verdicts=v, alone=a) for a in (True, False) for v in (True, False))
        return (self.role != "miner", *(-count for count in counts), self.report.ticker, self.report.quarter)


def company_holes(
    holdings: CompanyHoldings, role: str, seasons: Iterable[tuple[Quarter, Quarter | None]], day: date
) -> list[Hole]:
    """Return the reports to get of one company, in no order.

    Args:
        holdings: What is held of it.
        role: Its role.
        seasons: The quarters it owes, each with its base quarter.
        day: Reports due later are left out.
    """
    search = _ReportSearch(holdings)
    unlocks: dict[ExpectedReport, list[Unlock]] = defaultdict(list)
    for quarter, base in sorted(seasons, reverse=True):
        for report, unlock in _unlocks(search, quarter, base):
            unlocks[report].append(unlock)
    due = {report: due_day(holdings.statements, report) for report in unlocks}
    return [
        Hole(report, role, due[report], tuple(sorted(search.measures[report])), tuple(found))
        for report, found in unlocks.items()
        if due[report] <= day
    ]


class _ReportSearch:
    """Looks up which report gives a number that is not held, once a number."""

    def __init__(self, holdings: CompanyHoldings) -> None:
        self._holdings = holdings
        self._reports: dict[NeededNumber, ExpectedReport | None] = {}
        self.measures: dict[ExpectedReport, set[str]] = defaultdict(set)

    def held(self, operand: NeededNumber) -> bool:
        """Tell whether a number is held."""
        return self._holdings.number(operand.measure, operand.quarter) is not None

    def answer(self, need: Need, quarter: Quarter, base: Quarter | None) -> frozenset[ExpectedReport] | None:
        """Return the reports that a metric of a season lacks; None if no report would give it.

        A company without revenue in the quarter is not in the season: every answer needs that report first.
        """
        operands = need.operands(quarter, base)
        if operands is None:
            return None
        revenue = [NeededNumber(measure, quarter) for measure in REVENUE]
        present = any(map(self.held, revenue))
        return self.reports(operands if present else (*operands, revenue[0]))

    def reports(self, operands: Iterable[NeededNumber]) -> frozenset[ExpectedReport] | None:
        """Return the reports that give those of the operands that are not held; None if no report would."""
        reports = [self._report(operand) for operand in operands if not self.held(operand)]
        known = frozenset(report for report in reports if report)
        return None if None in reports else known

    def _report(self, operand: NeededNumber) -> ExpectedReport | None:
        if operand not in self._reports:
            report = self._holdings.statements.to_get(operand.measure, operand.quarter)
            self._reports[operand] = report
            if report:
                self.measures[report].add(operand.measure)
        return self._reports[operand]


def _unlocks(
    search: _ReportSearch, quarter: Quarter, base: Quarter | None
) -> Iterator[tuple[ExpectedReport, Unlock]]:
    """Each report a season's answers of a company lack, with each answer it is needed for."""
    checks: list[frozenset[ExpectedReport] | None] = []
    for need in NEEDS:
        reports = search.answer(need, quarter, base)
        if need.question == "execution" and not need.doubtful:
            checks.append(reports)
        for report in reports or ():
            at_base = report.quarter == base != quarter
            alone = reports == frozenset({report})
            yield report, Unlock(quarter, need.question, need.metric, alone, at_base)
            if need.decides:
                yield report, Unlock(quarter, need.question, VERDICT, alone, at_base)
    yield from _execution_verdict(quarter, checks)


def _execution_verdict(
    quarter: Quarter, checks: Iterable[frozenset[ExpectedReport] | None]
) -> Iterator[tuple[ExpectedReport, Unlock]]:
    """The execution verdict, if too few checks have inputs: a report alone gives it if its checks suffice."""
    possible = [reports for reports in checks if reports is not None]
    held = sum(not reports for reports in possible)
    if held >= FEWEST_CHECKS:
        return
    for report in sorted(frozenset().union(*possible), key=str):
        alone = held + sum(reports == frozenset({report}) for reports in possible) >= FEWEST_CHECKS
        yield report, Unlock(quarter, "execution", VERDICT, alone)
