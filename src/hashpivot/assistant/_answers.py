"""What each tool answers with."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ._values import (
    Amount,
    Asked,
    Estimated,
    FigureNumber,
    Grade,
    Metric,
    NotComputed,
    Number,
    Period,
    Value,
)


class CompanyFound(Value):
    """A company that the words may mean."""

    ticker: str
    name: str
    earlier_names: list[str]
    cik: str | None
    role: str
    """miner, neocloud (sells AI capacity, never mined for a living) or decoy."""
    fiscal_year_end: str
    matched_by: Literal["ticker", "cik", "name", "earlier_name", "part_of_name", "near"]
    """near: a slip of the pen is likely."""
    certain: bool
    """True if the words mean no other company: every tool then takes them."""
    first_quarter: str | None
    """First calendar quarter with revenue; null if none is held."""
    last_quarter: str | None


class CompaniesFound(Value):
    """Companies, surest first."""

    matches: list[CompanyFound]
    more: int = 0
    """Left out; ask with more of the name."""


class TracedSource(Value):
    """A reported figure at the end of a trace, and where it stands."""

    figure: str
    value: Number
    unit: str
    label: str
    """Row label as reported; a quotation."""
    locator: str
    title: str
    form: str
    grade: Grade
    known: str
    url: str | None
    accession: str | None


class FigureAnswer(Value):
    """One amount, or one a line where the words may mean several lines."""

    company: Asked
    amounts: list[Amount]
    formula: str = ""
    """Of a derived number; {0}, {1}, ... are its `operands`."""
    operands: list[str] = Field(default_factory=list)
    """Permanent ids, at most 8."""
    sources: list[TracedSource] = Field(default_factory=list)
    """Reported figures it stands on, at most 8; none if there are several amounts."""
    more_sources: int = 0
    """Left out; the resource `trace` has all."""


class LineInQuarter(Value):
    """One line of business in one quarter."""

    line: str
    revenue: Amount
    cost_of_revenue: Amount
    gross_profit: Amount


class QuarterOfLines(Value):
    """One quarter by line."""

    quarter: str
    fiscal: str
    total_revenue: Amount
    lines: list[LineInQuarter]
    missing: list[NotComputed] = Field(default_factory=list)
    """Why nothing by line is held, where that is so."""


class LinesAnswer(Value):
    """Revenue, cost and gross profit by line of business, oldest quarter first."""

    company: Asked
    quarters: list[QuarterOfLines]
    earlier: int = 0
    """Earlier quarters held; ask with `through` for those."""
    notes: list[str] = Field(default_factory=list)


class VerdictGiven(Value):
    """The answer to one of the four questions."""

    question: Literal["revenue", "profitability", "growth", "execution"]
    verdict: str
    headline: str
    inputs_held: int
    inputs_total: int
    grade: Grade
    metrics: list[Metric] = Field(default_factory=list)
    """The numbers behind it; only if one company was asked for."""
    notes: list[str] = Field(default_factory=list)


class CompanyVerdicts(Value):
    """The four answers of one company in one quarter."""

    company: Asked
    revenue: Amount
    answers: list[VerdictGiven]


class SeasonAnswer(Value):
    """The four answers, largest company first."""

    quarter: str
    companies: list[CompanyVerdicts]
    more: int = 0
    """Companies left out; name one with `company`."""


class StatedNumber(Value):
    """A number that an announcement gives, or why there is none."""

    name: str
    value: Number | None
    unit: str
    missing: str = ""
    """not_disclosed, if the announcement does not give it."""


class ContractFound(Value):
    """An AI contract as announced."""

    counterparty: str
    kind: Literal["colocation", "cloud"]
    state: Literal["in_force", "superseded", "ended"]
    announced: str
    known: str
    grade: Grade
    start: str
    """As announced; empty if it is not disclosed."""
    numbers: list[StatedNumber]
    share: float
    """The company's share of it."""
    url: str | None


class TargetFound(Value):
    """What a company said it would reach, and what became of it."""

    metric: str
    low: Number | None
    high: Number | None
    unit: str
    due: str | None
    stance: str
    said_on: str
    state: str
    reason: str
    evidence: FigureNumber | None
    """The figure that decided."""
    excerpt: str
    """The sentence; a quotation."""
    source: str
    grade: Grade
    url: str | None
    locator: str


class ContractsAnswer(Value):
    """AI contracts and stated targets, newest first."""

    company: Asked
    day: str
    """The day they are seen from."""
    contracts: list[ContractFound]
    targets: list[TargetFound]
    more_contracts: int = 0
    more_targets: int = 0
    """Left out; ask with a larger `limit`, at most 40."""


class PartHeld(Value):
    """What is held of one part of a quarter."""

    part: str
    held: int
    of: int
    worst_grade: Grade
    known: str | None


class QuarterHeld(Value):
    """What is held of one quarter."""

    quarter: str
    fiscal: str
    form: str
    owed: bool
    parts: list[PartHeld]


class CompanyHeld(Value):
    """What is held of one company."""

    company: Asked
    newest_quarter: str | None
    newest_source: str | None
    next_report: str
    quarters: list[QuarterHeld] = Field(default_factory=list)
    """Only if one company was asked for."""


class ReportToGet(Value):
    """A report that is not held."""

    ticker: str
    form: str
    quarter: str
    fiscal: str
    due: str
    gives: list[str]
    unlocks: int
    """Verdicts that it alone would make possible."""


class CoverageAnswer(Value):
    """What is held, and the reports to get."""

    day: str
    first_quarter: str
    last_quarter: str
    companies: list[CompanyHeld]
    missing: list[ReportToGet]
    more_missing: int = 0
    """Left out; ask for one company."""


class NowcastAnswer(Value):
    """What a company is about to report, or what it was about to report."""

    company: Asked
    period: Period
    made_from_knowledge_of: str
    level: str
    """What of the quarter was known: production, hash_rate, network, ..."""
    estimates: list[Estimated]
    last_reported: FigureNumber | None
    reported: FigureNumber | None
    """What was reported in the end, if it has been."""


class OutlookQuarter(Value):
    """One quarter ahead."""

    quarter: str
    estimates: list[Estimated]


class OutlookAnswer(Value):
    """The quarters ahead under a scenario."""

    company: Asked
    scenario: str
    seed: int
    paths: int
    quarters: list[OutlookQuarter]
    remarks: list[str]
    command: str
    """Makes it again."""
