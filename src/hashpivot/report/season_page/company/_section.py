"""One company's section: its lines, its last quarters, its four answers and the evidence for all of them."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.core import Source
from hashpivot.ledger import QuarterLines, View
from hashpivot.season import CompanySeason

from ...charts import TargetsView, targets_view
from ...shared import Cell, Chart, EvidenceList, Node, clean
from ._absences import Absences, absences
from ._answer_section import AnswerView, ContractRow, answer_view
from ._line_rows import LineRow, TotalRow, line_rows, total_rows, why_no_lines
from ._revenue_history import History, history
from ._since_halving import SinceHalving, since_halving
from ._target_rows import target_rows


@dataclass(frozen=True, slots=True)
class CompanyView:
    """Everything the page shows of one company.

    Args:
        fiscal: What the company calls the quarter, and its days.
        basis: How many checks have what they need, the worst grade, the newest day.
        absences: What is not known.
    """

    anchor: str
    ticker: str
    name: str
    fiscal: str
    basis: str
    lines: list[LineRow]
    lines_reason: Cell
    totals: list[TotalRow]
    history: History
    since: SinceHalving
    targets: TargetsView | None
    answers: list[AnswerView]
    contracts: list[ContractRow]
    absences: Absences
    evidence: list[Node]
    sources: dict[str, Source]

    @property
    def charts(self) -> dict[str, Chart]:
        """Its drawings by name."""
        drawn = {
            "revenue": self.history.chart,
            "bridge": self.since.bridge,
            "targets": self.targets.chart if self.targets else None,
        }
        return {name: chart for name, chart in drawn.items() if chart}


def company_view(
    company: CompanySeason,
    view: View,
    quarters: list[QuarterLines],
    fiscal: str,
    anchor: str,
    evidence: EvidenceList,
) -> CompanyView:
    """Build the section.

    Args:
        company: The company.
        view: What it was read from.
        quarters: Its last quarters, oldest first.
        fiscal: What it calls the quarter.
        anchor: Identifier of the section, unique on the page.
        evidence: The company's; the section's figures are added to it.
    """
    lines = company.lines
    answers = [answer_view(answer, evidence) for answer in company.answers]
    return CompanyView(
        anchor=anchor,
        ticker=clean(company.ticker),
        name=clean(company.name),
        fiscal=f"{fiscal}, {lines.start} to {lines.end}",
        basis=_basis(company),
        lines=line_rows(lines, evidence),
        lines_reason=why_no_lines(lines),
        totals=total_rows(lines, evidence),
        answers=answers,
        contracts=[contract for answer in answers for contract in answer.contracts],
        since=since_halving(company, view, evidence),
        history=history(quarters, evidence),
        targets=targets_view(target_rows(company["growth"]), evidence),
        absences=absences(company),
        evidence=evidence.nodes(),
        sources=evidence.sources(),
    )


def _basis(company: CompanySeason) -> str:
    parts = [f"{company.checks_held} of {company.checks_total} checks"]
    parts += [f"worst grade {company.grade}"] if company.grade else []
    parts += [f"newest source {company.newest}"] if company.newest else []
    return " · ".join(parts)
