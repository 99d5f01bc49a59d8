"""The tools about quarters to come: modelled numbers, never to be taken for reported ones."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from hashpivot.core import Company, Figure, InvalidInput, Missing, NoData, Quarter
from hashpivot.desk import CurrentDesk, Desk
from hashpivot.nowcast import CompanyNowcast
from hashpivot.nowcast import Estimate as NowcastEstimate
from hashpivot.outlook import SCENARIOS, CompanyResults, Spread, current_scenario

from ._answers import NowcastAnswer, OutlookAnswer, OutlookQuarter
from ._figures import CompanyText
from ._shown import asked_company, not_computed, number, words
from ._values import Estimated, EstimatedNumber, FigureNumber, NotComputed, Period

OUTLOOK_QUARTERS = 8
OUTLOOK_PATHS = 2000  # half a second; quantiles move by 2 % against the 10,000 of the command line
REMARKS_LIMIT = 10
_AMOUNTS = {
    "revenue_usd": "usd",
    "gross_profit_usd": "usd",
    "adjusted_ebitda_usd": "usd",
    "operating_income_usd": "usd",
    "interest_usd": "usd",
    "cash_usd": "usd",
    "debt_usd": "usd",
    "bitcoin": "btc",
    "shares": "shares",
    "shortfall_usd": "usd",
}


class AheadTools:
    """Tools about quarters to come.

    Args:
        current: Where the desk of the moment is had.
    """

    def __init__(self, current: CurrentDesk) -> None:
        self._current = current

    def nowcast(
        self,
        company: CompanyText,
        quarter: Annotated[
            str,
            Field(
                description="Quarter, as `figure` takes it; empty for the one about to be reported.",
                max_length=60,
            ),
        ] = "",
    ) -> NowcastAnswer:
        """What a company is about to report: revenue by line, gross profit, EBITDA, with 80% intervals.

        Of a quarter that has been reported, what could be known on the day before, beside what was reported.
        """
        desk = self._current.get()
        who = desk.company_of(company)
        when = _quarter(desk, who, quarter) if quarter.strip() else None
        result = desk.nowcast(when, [who.ticker])
        made = result.companies.get(who.ticker)
        if made is None:
            why = result.missing.get(who.ticker)
            raise NoData(f"no nowcast of {who.ticker} {result.quarter}: {why}")
        return _nowcast(desk, who, made)

    def outlook(
        self,
        company: CompanyText,
        scenarios: Annotated[
            list[str],
            Field(
                description="Shipped scenarios, applied in this order; none for the base case. "
                f"Names: {', '.join(SCENARIOS)}.",
                max_length=6,
            ),
        ] = [],  # noqa: B006  never changed
        quarters: Annotated[int, Field(description="Quarters ahead.", ge=1, le=OUTLOOK_QUARTERS)] = 4,
    ) -> OutlookAnswer:
        """The quarters ahead of a company under a scenario: quantiles of what 2000 simulated paths bring.

        At most 8 quarters.
        """
        scenarios = [current_scenario(name) for name in scenarios]
        unknown = [name for name in scenarios if name not in SCENARIOS]
        if unknown:  # a path would be read as a file of this machine
            raise InvalidInput(f"no scenario is called {unknown[0]!r}", hint=f"one of {', '.join(SCENARIOS)}")
        desk = self._current.get()
        who = desk.company_of(company)
        result = desk.outlook(who.ticker, scenarios, quarters=quarters, paths=OUTLOOK_PATHS)
        sizes = f"--quarters {quarters} --paths {OUTLOOK_PATHS} --seed {result.seed}"
        options = [f"--scenario {name}" for name in scenarios]
        command = " ".join(["hashpivot outlook", who.ticker, *options, sizes])
        known = desk.network.last_day.isoformat()
        summary = result.outlook.summary
        return OutlookAnswer(
            company=asked_company(who),
            scenario=words(summary.scenario),
            seed=result.seed,
            paths=OUTLOOK_PATHS,
            quarters=[_ahead(who, one, known, command) for one in summary.quarters],
            remarks=[words(remark) for remark in result.remarks[:REMARKS_LIMIT]],
            command=command,
        )


def _quarter(desk: Desk, company: Company, text: str) -> Quarter:
    when = desk.period(company.ticker, text)
    if when.quarter is None:
        raise InvalidInput(f"{text!r} is not a quarter", hint="write it like 2026Q3")
    return when.quarter


def _nowcast(desk: Desk, company: Company, made: CompanyNowcast) -> NowcastAnswer:
    start, end = made.start, made.end
    period = Period(
        calendar=str(made.quarter),
        fiscal=company.calendar.label(start, end),
        start=start.isoformat(),
        end=end.isoformat(),
    )
    command = f"hashpivot nowcast {made.quarter} {made.ticker} --as-of {made.as_of}"

    def estimate(name: str, value: NowcastEstimate | Missing, basis: str = "") -> Estimated:
        if isinstance(value, Missing):
            return not_computed(name, value)
        shown = value.to_dict()
        return EstimatedNumber(
            name=name,
            period=period,
            median=shown["median_usd"],
            p10=shown["p10_usd"],
            p90=shown["p90_usd"],
            unit="usd",
            known=made.as_of.isoformat(),
            basis=words(basis),
            address=command,
            trace="hashpivot://methods/nowcast",
        )

    def reported(figure: Figure | None) -> FigureNumber | None:
        return number(desk.view, company, figure) if figure else None

    return NowcastAnswer(
        company=asked_company(company),
        period=period,
        made_from_knowledge_of=made.as_of.isoformat(),
        level=made.level,
        estimates=[
            estimate("total_revenue", made.total),
            *(estimate(f"revenue/{one.line}", one.estimate, one.basis) for one in made.lines),
            estimate("gross_profit", made.total_gross_profit),
            *(estimate(f"gross_profit/{line}", value) for line, value in made.gross_profit.items()),
            estimate("adjusted_ebitda", made.adjusted_ebitda),
            estimate("fair_value_change_bitcoin", made.fair_value_change),
        ],
        last_reported=reported(made.last),
        reported=reported(made.reported),
    )


def _ahead(company: Company, results: CompanyResults, known: str, command: str) -> OutlookQuarter:
    start, end = company.calendar.bounds(results.quarter)
    period = Period(
        calendar=str(results.quarter),
        fiscal=company.calendar.label(start, end),
        start=start.isoformat(),
        end=end.isoformat(),
    )

    def estimate(name: str, spread: Spread, unit: str) -> Estimated:
        if spread.p50 is None or spread.p10 is None or spread.p90 is None:
            return NotComputed(name=name, missing="not_derivable", reason="no path has this number")
        return EstimatedNumber(
            name=name,
            period=period,
            median=spread.p50,
            p10=spread.p10,
            p90=spread.p90,
            unit=unit,
            known=known,
            address=command,
            trace="hashpivot://methods/outlook",
        )

    amounts = [estimate(name, getattr(results, name), unit) for name, unit in _AMOUNTS.items()]
    earning = [(line, spread) for line, spread in results.lines.items() if spread.p90]
    lines = [estimate(f"revenue_usd/{line}", spread, "usd") for line, spread in earning]
    return OutlookQuarter(quarter=str(results.quarter), estimates=[*amounts, *lines])
