"""The tools about companies and their figures."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from hashpivot.core import (
    MEASURES,
    Company,
    CompanyMatch,
    Figure,
    InvalidInput,
    Line,
    Missing,
    Quarter,
    not_applicable,
)
from hashpivot.desk import CurrentDesk, Desk
from hashpivot.ledger import QuarterLines, Trace

from ._answers import (
    CompaniesFound,
    CompanyFound,
    FigureAnswer,
    LineInQuarter,
    LinesAnswer,
    QuarterOfLines,
    TracedSource,
)
from ._shown import (
    FIGURES_LIMIT,
    Grade,
    absent,
    amount_of,
    asked_company,
    not_computed,
    number,
    plain,
    words,
)
from ._values import Amount, Period

MATCHES_LIMIT = 10
QUARTERS_LIMIT = 8
NOTES_LIMIT = 10

CompanyText = Annotated[
    str,
    Field(
        description="Ticker, CIK or name, as `find_company` takes it.",
        min_length=1,
        max_length=100,
    ),
]
PeriodText = Annotated[
    str,
    Field(
        description="Calendar quarter: 2024Q4, Q4 2024, 4Q24. The company's own: FQ1 2025, Q1 FY25, FY2024, "
        "fiscal year 2024. Years, halves and months are fiscal unless they say calendar: 2024, H1 2024, "
        "9M 2024, calendar year 2024. YTD Q3 2024, December 2024, 2024-12-31, 2024-07-01..2024-12-31, "
        "latest.",
        min_length=1,
        max_length=60,
    ),
]
ThroughText = Annotated[
    str, Field(description="Last quarter, as `figure` takes a period.", min_length=1, max_length=60)
]
_LINES = ", ".join(Line)


class FigureTools:
    """Tools about companies and their figures.

    Args:
        current: Where the desk of the moment is had.
    """

    def __init__(self, current: CurrentDesk) -> None:
        self._current = current

    def find_company(
        self,
        text: Annotated[str, Field(description="Ticker, CIK or name, in part or misspelt.", max_length=100)],
    ) -> CompaniesFound:
        """Find companies by ticker, CIK, present or earlier name, in part or misspelt; at most 10.

        An empty list means that the desk does not know the company: then no other tool has numbers of it.
        """
        desk = self._current.get()
        matches = desk.find_companies(text)
        shown = [_found(desk, match) for match in matches[:MATCHES_LIMIT]]
        return CompaniesFound(matches=shown, more=max(0, len(matches) - MATCHES_LIMIT))

    def figure(
        self,
        company: CompanyText,
        measure: Annotated[
            str,
            Field(
                description="Name or usual words, with the line or without: revenue, hosting revenue, capex. "
                f"Names: {', '.join(MEASURES)}.",
                min_length=1,
                max_length=100,
            ),
        ],
        period: PeriodText,
        line: Annotated[
            str,
            Field(description=f"Line of business if `measure` does not name it: {_LINES}.", max_length=40),
        ] = "",
    ) -> FigureAnswer:
        """One number of a company in a period, with its sources; or why it is absent and what would end that.

        Of a balance (cash, debt, bitcoin_held, ...) the value at the period's end. An absent number must not
        be replaced by a guess, by zero or by that of another period.
        """
        desk = self._current.get()
        asked = desk.amounts(company, measure, period, line)
        amounts = [amount_of(desk.view, asked.company, one) for one in asked]
        first = asked.amounts[0].amount
        if len(amounts) > 1 or isinstance(first, Missing):
            return FigureAnswer(company=asked_company(asked.company), amounts=amounts)
        ends = list(desk.trace(first.id).reported())
        return FigureAnswer(
            company=asked_company(asked.company),
            amounts=amounts,
            formula=first.formula,
            operands=list(first.operands[:FIGURES_LIMIT]),
            sources=[_source(end) for end in ends[:FIGURES_LIMIT]],
            more_sources=max(0, len(ends) - FIGURES_LIMIT),
        )

    def lines(
        self,
        company: CompanyText,
        through: ThroughText = "latest",
        quarters: Annotated[int, Field(description="How many quarters.", ge=1, le=QUARTERS_LIMIT)] = 4,
        line: Annotated[str, Field(description="Only this line.", max_length=40)] = "",
    ) -> LinesAnswer:
        """Revenue, cost of revenue and gross profit of a company by line of business and quarter.

        At most 8 quarters; name one `line` or fewer quarters for less.
        """
        desk = self._current.get()
        who = desk.company_of(company)
        known = list(desk.lines(who.ticker))
        if line and line not in set(Line):
            raise InvalidInput(f"no line is called {line!r}", hint=f"lines are {_LINES}")
        held = [Quarter.parse(text) for text in known]
        when = desk.period(who.ticker, through)
        last = when.quarter or Quarter.of_period_end(when.end)
        shown = [quarter for quarter in held if quarter <= last]
        return LinesAnswer(
            company=asked_company(who),
            quarters=[_quarter(desk, who, quarter, line) for quarter in shown[-quarters:]],
            earlier=max(0, len(shown) - quarters),
            notes=[words(note) for note in desk.view.notes(who.ticker)[:NOTES_LIMIT]],
        )


def _found(desk: Desk, match: CompanyMatch) -> CompanyFound:
    company, quarters = match.company, desk.view.quarters(match.company.ticker)
    return CompanyFound(
        ticker=words(company.ticker),
        name=words(company.name),
        earlier_names=[words(name) for name in company.earlier_names],
        cik=company.cik or None,
        role=company.role,
        fiscal_year_end=company.fiscal_year_end,
        matched_by=match.by.value,
        certain=match.certain,
        first_quarter=str(quarters[0]) if quarters else None,
        last_quarter=str(quarters[-1]) if quarters else None,
    )


def _source(end: Trace) -> TracedSource:
    figure, source = end.figure, end.source
    grade: Grade = source.grade if source else ""  # type: ignore[assignment]
    return TracedSource(
        figure=figure.id,
        value=plain(figure.value),
        unit=figure.unit,
        label=words(figure.label),
        locator=words(str(figure.locator)),
        title=words(source.title if source else ""),
        form=words(source.form) if source else "",
        grade=grade,
        known=figure.known.isoformat(),
        url=words(source.url) or None if source else None,
        accession=words(source.accession) or None if source else None,
    )


def _quarter(desk: Desk, company: Company, quarter: Quarter, only: str) -> QuarterOfLines:
    lines = desk.view.quarter_lines(company.ticker, quarter)
    names = [line for line in Line if line in {*lines.revenue, *lines.cost, *lines.gross_profit}]
    period = _period(company, lines)

    def amount(measure: str, line: str, value: Figure | Missing) -> Amount:
        if isinstance(value, Figure):
            return number(desk.view, company, value)
        return absent(measure, line, value, period)

    def of(line: Line) -> LineInQuarter:
        revenue = lines.revenue.get(line) or lines.why("revenue", line)
        cost = lines.cost.get(line) or lines.why("cost_of_revenue", line)
        profit = lines.gross_profit.get(line) or not_applicable("no revenue of the line in this quarter")
        return LineInQuarter(
            line=line.value,
            revenue=amount("revenue", line, revenue),
            cost_of_revenue=amount("cost_of_revenue", line, cost),
            gross_profit=amount("gross_profit", line, profit),
        )

    return QuarterOfLines(
        quarter=str(quarter),
        fiscal=period.fiscal,
        total_revenue=amount("total_revenue", "total", lines.total_revenue),
        lines=[of(line) for line in names if only in ("", line)],
        missing=[
            not_computed(name, why) for name, why in lines.missing.items() if name != "segment_gross_profit"
        ],
    )


def _period(company: Company, lines: QuarterLines) -> Period:
    start, end = lines.start, lines.end
    fiscal = company.calendar.label(start, end)
    return Period(calendar=str(lines.quarter), fiscal=fiscal, start=start.isoformat(), end=end.isoformat())
