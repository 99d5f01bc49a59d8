"""The tools about seasons, contracts, targets and coverage."""

from __future__ import annotations

from typing import Annotated, cast

from pydantic import Field

from hashpivot.company import ContractEntry
from hashpivot.core import Company, Figure, Quarter
from hashpivot.coverage import CompanyCoverage, Holding, Hole, Part
from hashpivot.desk import CurrentDesk, Desk
from hashpivot.ledger import View
from hashpivot.season import Answer, CompanySeason, TrackedTarget, contract_grade

from ._answers import (
    CompanyHeld,
    CompanyVerdicts,
    ContractFound,
    ContractsAnswer,
    CoverageAnswer,
    PartHeld,
    QuarterHeld,
    ReportToGet,
    SeasonAnswer,
    StatedNumber,
    TargetFound,
    VerdictGiven,
)
from ._figures import CompanyText, ThroughText
from ._shown import Grade, absent, asked_company, metric, number, plain, words
from ._values import Period

COMPANIES_LIMIT = 40
CONTRACTS_LIMIT = 40
REPORTS_LIMIT = 20
NOTES_LIMIT = 10
COVERED_QUARTERS = 9

_OneOrAll = Annotated[
    str, Field(description="Ticker, CIK or name of one company; empty for all of them.", max_length=100)
]


class SeasonTools:
    """Tools about seasons, contracts, targets and coverage.

    Args:
        current: Where the desk of the moment is had.
    """

    def __init__(self, current: CurrentDesk) -> None:
        self._current = current

    def season_answers(
        self,
        quarter: Annotated[
            str,
            Field(description="Quarter, as `figure` takes it; empty for the latest season.", max_length=60),
        ] = "",
        company: _OneOrAll = "",
    ) -> SeasonAnswer:
        """The four answers of a season: is AI and chip revenue meaningful, profitable, growing, on schedule?

        Verdict and headline of every miner, at most 40 companies; with `company` also the numbers behind them
        (shares, growth, margins, run rates), each with its figures.
        """
        desk = self._current.get()
        who = desk.company_of(company) if company.strip() else None
        season = self._current.season(_quarter(desk, quarter, who))
        chosen = [season[who.ticker]] if who else list(season.companies)
        return SeasonAnswer(
            quarter=str(season.quarter),
            companies=[_verdicts(desk, one, whole=bool(who)) for one in chosen[:COMPANIES_LIMIT]],
            more=max(0, len(chosen) - COMPANIES_LIMIT),
        )

    def contracts_and_targets(
        self,
        company: CompanyText,
        limit: Annotated[
            int, Field(description="Most contracts, and most targets.", ge=1, le=CONTRACTS_LIMIT)
        ] = 15,
    ) -> ContractsAnswer:
        """AI contracts of a company and where they stand; what it said it would reach and what became of it.

        Newest first; at most 40 of each.
        """
        desk = self._current.get()
        profile = desk.company(desk.company_of(company).ticker).profile
        targets = sorted(profile.targets, key=lambda one: one.judged.target.said_on, reverse=True)
        return ContractsAnswer(
            company=asked_company(profile.company),
            day=profile.day.isoformat(),
            contracts=[_contract(desk.view, entry) for entry in profile.contracts[:limit]],
            targets=[_target(desk.view, profile.company, one) for one in targets[:limit]],
            more_contracts=max(0, len(profile.contracts) - limit),
            more_targets=max(0, len(targets) - limit),
        )

    def coverage(
        self,
        company: _OneOrAll = "",
        through: ThroughText = "latest",
    ) -> CoverageAnswer:
        """What the ledger holds, and which reports are missing that would give what is not held.

        With `company` nine quarters by part of the report; without, how far each company's reports reach. At
        most 20 reports to get, those that would make most answers possible first.
        """
        desk = self._current.get()
        who = desk.company_of(company) if company.strip() else None
        window = None
        if through != "latest":
            last = _quarter(desk, through, who)
            window = None if last is None else [last - back for back in reversed(range(COVERED_QUARTERS))]
        covered = desk.coverage([who.ticker] if who else None, window)
        return CoverageAnswer(
            day=covered.coverage.day.isoformat(),
            first_quarter=str(covered.window[0]),
            last_quarter=str(covered.window[-1]),
            companies=[_held(one, whole=bool(who)) for one in covered.companies[:COMPANIES_LIMIT]],
            missing=[_report(hole) for hole in covered.holes[:REPORTS_LIMIT]],
            more_missing=max(0, len(covered.holes) - REPORTS_LIMIT),
        )


def _quarter(desk: Desk, text: str, company: Company | None) -> Quarter | None:
    """The quarter a text means; None for the latest season."""
    if not text.strip() or text.strip().casefold() == "latest":
        return None
    if company is None:
        return Quarter.parse(text)
    when = desk.period(company.ticker, text)
    return when.quarter or Quarter.of_period_end(when.end)


def _verdicts(desk: Desk, one: CompanySeason, *, whole: bool) -> CompanyVerdicts:
    company = desk.companies.get(one.ticker) or Company(one.ticker, one.name)
    quarter = one.lines.quarter
    start, end = company.calendar.bounds(quarter)
    period = Period(
        calendar=str(quarter),
        fiscal=company.calendar.label(start, end),
        start=start.isoformat(),
        end=end.isoformat(),
    )
    revenue = one.revenue
    return CompanyVerdicts(
        company=asked_company(company),
        revenue=number(desk.view, company, revenue)
        if isinstance(revenue, Figure)
        else absent("total_revenue", "total", revenue, period),
        answers=[_answer(desk.view, period, answer, whole=whole) for answer in one.answers],
    )


def _answer(view: View, period: Period, answer: Answer, *, whole: bool) -> VerdictGiven:
    numbers = [one for one in answer.metrics if not isinstance(one.value, str)] if whole else []
    return VerdictGiven(
        question=answer.question,  # type: ignore[arg-type]  # one of four words
        verdict=answer.verdict,
        headline=words(answer.headline),
        inputs_held=answer.inputs_held,
        inputs_total=answer.inputs_total,
        grade=cast(Grade, answer.grade),
        metrics=[metric(view, period, one) for one in numbers],
        notes=[words(note) for note in answer.notes[:NOTES_LIMIT]] if whole else [],
    )


def _contract(view: View, entry: ContractEntry) -> ContractFound:
    contract = entry.contract
    numbers = {
        ("critical_it", "mw"): contract.mw_critical_it,
        ("gross", "mw"): contract.mw_gross,
        ("term", "years"): contract.term_years,
        ("value", "usd"): contract.contract_value_usd,
        ("capex", "usd"): contract.capex_usd,
    }
    return ContractFound(
        counterparty=words(contract.counterparty),
        kind=contract.kind,  # type: ignore[arg-type]  # one of two words
        state=entry.state.value,
        announced=contract.announced,
        known=contract.known.isoformat(),
        grade=cast(Grade, contract_grade(view, contract)),
        start=contract.start,
        numbers=[
            StatedNumber(
                name=name,
                value=None if value is None else plain(value),
                unit=unit,
                missing="not_disclosed" if value is None else "",
            )
            for (name, unit), value in numbers.items()
        ],
        share=float(contract.share),
        url=words(contract.url) or None,
    )


def _target(view: View, company: Company, tracked: TrackedTarget) -> TargetFound:
    judged, target, source = tracked.judged, tracked.judged.target, tracked.source
    return TargetFound(
        metric=target.metric,
        low=None if target.low is None else plain(target.low),
        high=None if target.high is None else plain(target.high),
        unit=target.unit,
        due=target.due.isoformat() if target.due else None,
        stance=target.stance.value,
        said_on=target.said_on.isoformat(),
        state=judged.verdict.value,
        reason=words(judged.reason),
        evidence=number(view, company, judged.evidence) if judged.evidence else None,
        excerpt=words(target.excerpt),
        source=words(source.title if source else target.source),
        grade=cast(Grade, source.grade if source else ""),
        url=words(source.url) or None if source else None,
        locator=words(str(target.locator)),
    )


def _held(one: CompanyCoverage, *, whole: bool) -> CompanyHeld:
    newest = one.newest
    quarters = [
        QuarterHeld(
            quarter=str(quarter.quarter),
            fiscal=quarter.fiscal,
            form=quarter.form,
            owed=quarter.owed,
            parts=[_part(part, quarter.holdings[part]) for part in quarter.holdings],
        )
        for quarter in (one.quarters if whole else ())
    ]
    return CompanyHeld(
        company=asked_company(Company(one.ticker, one.name)),
        newest_quarter=str(newest.quarter) if newest.quarter else None,
        newest_source=words(newest.source.title) if newest.source else None,
        next_report=words(str(newest)),
        quarters=quarters,
    )


def _part(part: Part, holding: Holding) -> PartHeld:
    return PartHeld(
        part=part.value,
        held=holding.held,
        of=holding.of,
        worst_grade=cast(Grade, holding.worst),
        known=holding.known.isoformat() if holding.known else None,
    )


def _report(hole: Hole) -> ReportToGet:
    report = hole.report
    return ReportToGet(
        ticker=words(report.ticker),
        form=report.form,
        quarter=str(report.quarter),
        fiscal=report.fiscal,
        due=hole.due.isoformat(),
        gives=list(hole.measures),
        unlocks=hole.count(verdicts=True, alone=True),
    )
