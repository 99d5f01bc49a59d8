"""The league table: one dense row a company, those that have turned furthest first."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.ledger import QuarterLines
from hashpivot.season import CompanySeason, Metric

from ..charts import spark_bars
from ..shared import Cell, EvidenceList, Pivot, clean, metric_cell, metric_of, number
from .company import Badge, badge


@dataclass(frozen=True, slots=True)
class LeagueRow:
    """A company's row.

    Args:
        anchor: Identifier of its section.
        fiscal: What the company calls the quarter.
        direction: `up` or `down` from a year ago; empty if that is not known.
        bars: Revenue of the last quarters, as an SVG element.
        recurring: Share without fit-out and resale; missing where nothing is known to be either.
        signed_at: The list its contracted revenue was computed from, `contracts` or `targets`; else empty.
        checks: How many of the execution checks have what they need.
        newest: The last day on which anything behind the answers became known; empty if nothing did.
    """

    anchor: str
    ticker: str
    name: str
    fiscal: str
    revenue: Cell
    year: Cell
    direction: str
    bars: str
    share: Cell
    recurring: Cell
    verdict: Badge
    margin: Cell
    offset: Cell
    signed: Cell
    signed_at: str
    checks: str
    grade: str
    newest: str


def league_row(
    company: CompanySeason,
    pivot: Pivot,
    quarters: list[QuarterLines],
    fiscal: str,
    anchor: str,
    evidence: EvidenceList,
) -> LeagueRow:
    """Build a row; its figures are added to the evidence.

    Args:
        company: The company.
        pivot: Its numbers that the season compares.
        quarters: Its last quarters, oldest first.
        fiscal: What it calls the quarter.
        anchor: Identifier of its section.
        evidence: The company's.
    """

    def cell(metric: Metric) -> Cell:
        return metric_cell(metric, evidence.refs(metric.figures))

    growth = company["growth"]
    year = metric_of(company["revenue"], "revenue_growth_yoy")
    return LeagueRow(
        anchor=anchor,
        ticker=clean(company.ticker),
        name=clean(company.name, 40),
        fiscal=fiscal,
        revenue=cell(metric_of(company["revenue"], "total_revenue_usd")),
        year=cell(year),
        direction=_direction(number(year)),
        bars=spark_bars(quarters, pivot.base),
        share=cell(pivot.share),
        recurring=cell(pivot.recurring),
        verdict=badge(company["revenue"]),
        margin=cell(pivot.margin),
        offset=_offset(company, pivot, evidence),
        signed=cell(pivot.cover),
        signed_at="contracts" if growth.contracts else "targets" if growth.targets else "",
        checks=f"{company.checks_held} of {company.checks_total}",
        grade=company.grade,
        newest=company.newest.isoformat() if company.newest else "",
    )


def _direction(change: float | None) -> str:
    return "" if not change else "up" if change > 0 else "down"


def _offset(company: CompanySeason, pivot: Pivot, evidence: EvidenceList) -> Cell:
    """The offset ratio, or that there is no loss to offset."""
    if company["profitability"].verdict == "not_squeezed":
        return Cell("not squeezed", "", evidence.refs(pivot.mining_change.figures))
    return metric_cell(pivot.offset, evidence.refs(pivot.offset.figures))
