"""The three statements of an outlook by calendar year, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from hashpivot.core import Quarter
from hashpivot.outlook import PastQuarter, YearResults

from ..shared import TextTable
from ._amounts import cents, counted, millions, millions_of
from ._first_charts import PIVOT
from ._solvency import DASH

_NOTHING = ("0", DASH)
"""Cells of a row that is left out if it has no others."""
_STATEMENTS = {
    "revenue_usd": "Revenue",
    "cost_of_revenue_usd": "Cost of revenue",
    "gross_profit_usd": "Gross profit",
    "overheads_usd": "Overheads",
    "adjusted_ebitda_usd": "Adjusted EBITDA",
    "depreciation_usd": "Depreciation",
    "stock_pay_usd": "Stock-based pay",
    "operating_income_usd": "Operating income",
    "interest_expense_usd": "Interest expense",
    "fair_value_change_usd": "Change of bitcoin's fair value",
    "pretax_income_usd": "Pre-tax income",
    "tax_usd": "Tax",
    "net_income_usd": "Net income",
    "interest_paid_usd": "Interest paid",
    "capex_usd": "Capital expenditure",
    "other_cash_usd": "Working capital, bitcoin kept",
    "free_cash_flow_usd": "Free cash flow",
    "unpaid_usd": "Bills left unpaid, change",
    "financing_usd": "Bitcoin sold, debt and shares, net",
    "cash_change_usd": "Change of cash",
}
"""Rows of flows in the order of the statements; costs and payments stand with a minus."""

_COSTS = frozenset({
    "cost_of_revenue_usd", "overheads_usd", "depreciation_usd", "stock_pay_usd", "interest_expense_usd",
    "tax_usd", "interest_paid_usd", "capex_usd",
})  # fmt: skip
_BALANCE = {
    "cash_usd": "Cash, at the end",
    "bitcoin_value_usd": "Bitcoin, at the end",
    "property_net_usd": "Property and other, net, at the end",
    "shortfall_usd": "Bills unpaid, at the end",
    "debt_usd": "Debt, at the end",
    "equity_usd": "Equity, at the end",
}
_DUE = {"debt_due_usd": "Debt falling due", "funding_gap_usd": "Funding gap"}
_COVER = {"interest_cover": "Interest cover", "dscr": "Debt service cover (DSCR)"}
_HELD = {
    "diluted_shares": ("Shares, fully diluted, million", 1e6),
    "shares": ("Shares, million", 1e6),
    "bitcoin": ("Bitcoin held, at the end", 1.0),
}
_FLEET = {
    "mining_mw": ("Mining fleet, MW, at the end", 1.0),
    "mining_revenue_per_mw_usd": ("Mining revenue per mean MW, USD thousand", 1e3),
}
_PER_SHARE = "free_cash_flow_per_share_usd"
_LEAST_NOT_MEANT = 0.005
"""Share of paths below which a percentage of them would read 0%."""


def yearly_table(years: Sequence[YearResults], history: Sequence[PastQuarter]) -> TextTable:
    """The three statements by calendar year, each total the sum of its rows; credit figures below.

    Args:
        years: The years ahead.
        history: Quarters before, for the last whole year reported.
    """
    titles = dict(_STATEMENTS)
    if any(map(_is_before_tax, years)):
        titles["free_cash_flow_usd"] += ", before tax"
    rows = [(title, *(_flow(year, name) for year in years)) for name, title in titles.items()]
    rows[1:1] = [
        ("AI and chips, share", *(_alone(year, f"{year.mix.pivot_share:.0%}") for year in years)),
        ("Fit-out, which ends", *(_alone(year, millions(year.mix.fit_out_usd)) for year in years)),
    ]
    rows += [
        (title, *(millions(year.statement.get(name)) for year in years)) for name, title in _BALANCE.items()
    ]
    rows += [
        (title, *(_alone(year, millions_of(year.amounts[name])) for year in years))
        for name, title in _DUE.items()
    ]
    rows.append(("Net debt / EBITDA", *map(_leverage, years)))
    rows += [
        (title, *(counted(year.amounts[name].p50, sign="×") for year in years))
        for name, title in _COVER.items()
    ]
    rows += [
        (title, *(counted(year.statement.get(name), unit) for year in years))
        for name, (title, unit) in _HELD.items()
    ]
    rows += [
        (title, *(counted(year.amounts[name].p50, unit) for year in years))
        for name, (title, unit) in _FLEET.items()
    ]
    per_share = (_alone(year, cents(year.statement.get(_PER_SHARE))) for year in years)
    rows.append(("Free cash flow a share, USD", *per_share))
    before = _reported_year(history, any(year.mix.fit_out_usd for year in years))
    heads = [_year_head(year, starts=year is not years[0]) for year in years]
    if before:
        heads = [f"{before[0]} reported", *heads]
        rows = [(row[0], before[1].get(row[0], DASH), *row[1:]) for row in rows]
    return TextTable(
        "Three statements by year, USD million",
        ("", *heads),
        tuple(row for row in rows if any(cell not in _NOTHING for cell in row[1:])),
        notes=(*_year_notes(years), *(_basis_note(year) for year in years if year.whole)),
    )


_YEAR_NOTE = (
    "Statements, bitcoin held, shares and free cash flow a share are means over the fifth of paths in the "
    "middle by EBITDA, so that rows add up; what falls due, the gap, ratios and megawatts are medians of all "
    "paths. Interest expense is what is paid less what is capitalised. A dash: not projected, or not "
    "reported; adjusted EBITDA as reported is of the company's own definition and is left out."
)
_GAP_NOTE = (
    "Funding gap: what is needed beyond cash above the minimum, for bills and for debt that falls due. It is "
    "met by bitcoin sold, debt refinanced or new and shares, so that there is a gap also where every bill is "
    "paid; what nobody meets stands as bills unpaid."
)
_LEVERAGE_NOTE = (
    "Net debt / EBITDA: debt and unpaid bills less cash over EBITDA of four quarters, median. “n.m.”: not "
    "meaningful, since there is net debt and no EBITDA; these paths count as the most indebted."
)
_BEFORE_TAX_NOTE = "Free cash flow is before tax: depreciation is not known, so tax is not either."


def _year_notes(years: Sequence[YearResults]) -> list[str]:
    """What the rows that are there mean, beside what holds of all."""
    notes = [_YEAR_NOTE]
    if any(year.amounts["funding_gap_usd"].p50 for year in years):
        notes.append(_GAP_NOTE)
    if any(year.p_leverage_infinite is not None for year in years):
        notes.append(_LEVERAGE_NOTE)
    if any(_is_before_tax(year) for year in years):
        notes.append(_BEFORE_TAX_NOTE)
    return notes


def _is_before_tax(year: YearResults) -> bool:
    """True if free cash flow is known and tax is not."""
    statement = year.statement
    return statement.get("free_cash_flow_usd") is not None and statement.get("tax_usd") is None


def _leverage(year: YearResults) -> str:
    """`3.4×`, `n.m. (64% of paths)`, or both where fewer paths than half are without EBITDA."""
    none, median = year.p_leverage_infinite, year.amounts["leverage"].p50
    if none is None:
        return DASH
    if median is None:
        return f"n.m. ({none:.0%} of paths)"
    said = counted(median, sign="×")
    return f"{said} (n.m. {none:.0%})" if none >= _LEAST_NOT_MEANT else said


def _basis_note(year: YearResults) -> str:
    """Of which quarters a year begun already is made."""
    parts = [
        f"{_span(quarters)} {word}"
        for quarters, word in ((year.reported, "as reported"), (year.nowcast, "nowcast"))
        if quarters
    ]
    alone = _projected(year)
    return f"{year.year}: {', '.join(parts)}, {alone} projected; rows not known in all are of {alone}."


def _span(quarters: Sequence[Quarter]) -> str:
    first, last = quarters[0].number, quarters[-1].number
    return f"Q{first}" if first == last else f"Q{first} to Q{last}"


def _projected(year: YearResults) -> str:
    """The quarters of a year begun already that are projected: its last ones."""
    return _span([Quarter(year.year, 5 - year.quarters), Quarter(year.year, 4)])


def _flow(year: YearResults, name: str) -> str:
    """A flow of a year: of all its quarters if each has one, else of those projected."""
    if name in year.whole:
        return millions(year.whole[name])
    usd = year.statement.get(name)
    return _alone(year, millions(-usd if usd and name in _COSTS else usd))


def _alone(year: YearResults, cell: str) -> str:
    """A cell of the projected quarters, named where the column is a year's that began before them."""
    return f"{cell} in {_projected(year)}" if year.whole and cell not in _NOTHING else cell


def _reported_year(history: Sequence[PastQuarter], fits_out: bool) -> tuple[int, dict[str, str]] | None:
    """The last calendar year all of whose quarters were reported, and its rows.

    A report of a company that fits out does not tell fit-out apart: the share of AI and chips then has it.
    """
    for last in reversed(history):
        year = last.quarter.year
        of = [each for each in history if each.quarter.year == year and each.kind == "reported"]
        revenue = [each.revenue_usd for each in of if each.revenue_usd is not None]
        if len(revenue) == 4:
            cash = next((each.cash_usd for each in of if each.quarter.number == 4), None)
            rows = {"Revenue": millions(sum(revenue)), "Cash, at the end": millions(cash)}
            by_line = sum(usd for each in of for usd in each.lines.values())
            if by_line > 0:
                pivot = sum(each.lines.get(line, 0.0) for each in of for line in PIVOT)
                with_it = " with fit-out" if fits_out and pivot else ""
                rows["AI and chips, share"] = f"{pivot / sum(revenue):.0%}{with_it}"
            return year, rows
    return None


def _year_head(year: YearResults, *, starts: bool) -> str:
    """`2027`, or the quarters of a part: `2026 Q4`, `2029 Q1–Q3`."""
    if year.is_whole or year.whole:
        return str(year.year)
    first = 1 if starts else 5 - year.quarters
    last = first + year.quarters - 1
    return f"{year.year} Q{first}" + (f"–Q{last}" if last > first else "")
