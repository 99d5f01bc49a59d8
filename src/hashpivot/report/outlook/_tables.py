"""Tables of an outlook: three statements by year, quarters, companies and cases side by side, bridges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hashpivot.core import Line, Missing, Quarter
from hashpivot.outlook import (
    PEER_HORIZONS,
    CompanyResults,
    OutlookSummary,
    PastQuarter,
    RevenueReconciliation,
    ScenarioBridge,
    Spread,
    Tornado,
    YearResults,
)

from ..charts import waterfall_chart
from ..shared import Chart, TextTable
from ._first_charts import PIVOT
from ._input_names import case_label, case_labels
from ._solvency import DASH, basis, chance_or_dash

_MILLION = 1e6
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
_SHOWN_EFFECTS = 10
_LEAST_STEP_USD = 50_000
"""Steps below are rounding in a drawing of millions."""


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
        ("Fit-out, which ends", *(_alone(year, _millions(year.mix.fit_out_usd)) for year in years)),
    ]
    rows += [
        (title, *(_millions(year.statement.get(name)) for year in years)) for name, title in _BALANCE.items()
    ]
    rows += [
        (title, *(_alone(year, _spread(year.amounts[name])) for year in years))
        for name, title in _DUE.items()
    ]
    rows.append(("Net debt / EBITDA", *map(_leverage, years)))
    rows += [
        (title, *(_count(year.amounts[name].p50, sign="×") for year in years))
        for name, title in _COVER.items()
    ]
    rows += [
        (title, *(_count(year.statement.get(name), unit) for year in years))
        for name, (title, unit) in _HELD.items()
    ]
    rows += [
        (title, *(_count(year.amounts[name].p50, unit) for year in years))
        for name, (title, unit) in _FLEET.items()
    ]
    per_share = (_alone(year, _cents(year.statement.get(_PER_SHARE))) for year in years)
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
    said = _count(median, sign="×")
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
        return _millions(year.whole[name])
    usd = year.statement.get(name)
    return _alone(year, _millions(-usd if usd and name in _COSTS else usd))


def _alone(year: YearResults, cell: str) -> str:
    """A cell of the projected quarters, named where the column is a year's that began before them."""
    return f"{cell} in {_projected(year)}" if year.whole and cell not in _NOTHING else cell


def quarters_table(summary: OutlookSummary) -> TextTable:
    """One row a quarter: 10, 50 and 90% of paths of what is projected, and the chance of an unpaid bill."""
    columns = {
        "Revenue": "revenue_usd", "Gross profit": "gross_profit_usd", "Adj. EBITDA": "adjusted_ebitda_usd",
        "Cash": "cash_usd", "Debt": "debt_usd", "Not funded": "shortfall_usd",
    }  # fmt: skip
    cells = {
        head: [spread_range(getattr(row, name), _MILLION) for row in summary.quarters]
        for head, name in columns.items()
    }
    cells["P(bill unpaid)"] = [chance_or_dash(row.p_shortfall) for row in summary.quarters]
    left_out = [head for head, of in cells.items() if set(of) == {DASH}]
    notes = (f"Not known, and left out: {', '.join(left_out)}.",) if left_out else ()
    return _known_columns("Quarters: USD million, 10 / 50 / 90% of paths", summary, cells, notes)


def leaning_table(summary: OutlookSummary) -> TextTable:
    """One row a quarter: what revenue leans on; what is known of no quarter is left out."""
    rows = summary.quarters
    cells = {
        "P(AI + chips > half)": [f"{row.p_ai_chips_majority:.0%}" for row in rows],
        "Fit-out, USD million": [
            _millions(row.mix.fit_out_usd) if row.mix.fit_out_usd else DASH for row in rows
        ],
        "Effective lines": [spread_range(row.effective_lines, 1.0, 1) for row in rows],
        "Breakeven": [breakeven_range(row.breakeven_hashprice_usd_ph_day) for row in rows],
        "Beta": [DASH if row.bitcoin_beta is None else f"{row.bitcoin_beta:.2f}" for row in rows],
    }
    note = (
        "P(AI + chips > half) does not count fit-out, of which the median is shown. Breakeven: hashprice at "
        "which EBITDA is zero, USD per PH/s per day; “any”: below zero, the other lines pay for everything. "
        "Effective lines: as concentrated as so many lines of equal size. Beta: percent by which revenue "
        "moves with one percent of bitcoin's price."
    )
    return _known_columns("Quarters: what revenue leans on", summary, cells, (note,))


def _known_columns(
    title: str, summary: OutlookSummary, cells: Mapping[str, Sequence[str]], notes: tuple[str, ...] = ()
) -> TextTable:
    """A row a quarter, without the columns of which nothing is known."""
    known = {head: of for head, of in cells.items() if set(of) != {DASH}}
    rows = zip((str(row.quarter) for row in summary.quarters), *known.values(), strict=True)
    return TextTable(title, ("Quarter", *known), tuple(rows), notes=notes)


def breakeven_range(spread: Spread) -> str:
    """`any / 26.9 / 41.0`: the quantiles of a breakeven; below zero mining pays at any hashprice."""
    values = (spread.p10, spread.p50, spread.p90)
    if all(value is None for value in values):
        return DASH
    return " / ".join(DASH if v is None else "any" if v < 0 else f"{v:,.1f}" for v in values)


def lines_table(summary: OutlookSummary) -> TextTable:
    """Revenue by line and quarter, 10, 50 and 90% of paths."""
    rows = summary.quarters
    used = [line for line in Line if any(row.lines[line].p90 for row in rows)]
    cells = [(str(row.quarter), *(spread_range(row.lines[line], _MILLION) for line in used)) for row in rows]
    return TextTable(
        "Revenue by line, USD million", ("Quarter", *(_line_head(line, summary) for line in used)),
        tuple(cells), notes=tuple(filter(None, (summary.ai_band,))),
    )  # fmt: skip


def _line_head(line: Line, summary: OutlookSummary) -> str:
    """A line's heading; what a report gives to no line counts as other, and a line that mixes says so."""
    if line is Line.SELF_MINING and summary.mining_mixes:
        return summary.mining_mixes[0].upper() + summary.mining_mixes[1:]
    return "Other, or of no line" if line is Line.OTHER else line.heading


def beside_table(summaries: Sequence[OutlookSummary]) -> TextTable:
    """Cases side by side, each a row: medians of the last quarter."""
    last = summaries[0].quarters[-1].quarter
    labels = case_labels([summary.scenario for summary in summaries])
    heads = (
        "Case", "Revenue", "Adj. EBITDA", "Cash", "Debt", "AI + chips over half from", "Bill unpaid",
        "Tight quarter", "Not funded, 90%",
    )  # fmt: skip
    return TextTable(
        f"Cases side by side: medians of {last}, USD million",
        heads,
        tuple((label, *_case_cells(summary)) for label, summary in zip(labels, summaries, strict=True)),
        notes=(_TIGHT_NOTE, *(("All cases run on the same random numbers.",) if len(summaries) > 1 else ())),
    )


_TIGHT_NOTE = (
    "Tight quarter: the first at whose end a bill is unpaid on more than half of paths; if none is, the one "
    "where it is on most."
)


def outlooks_table(summaries: Sequence[OutlookSummary], names: Mapping[str, str]) -> TextTable:
    """Companies side by side, each a row.

    Args:
        summaries: Of the companies.
        names: Their names by ticker, where they are to be shown.
    """
    shown = _horizons(summaries)
    quarters = [str(summaries[0].quarters[at - 1].quarter) for at in shown] if summaries else []
    last = quarters[-1] if quarters else ""
    return TextTable(
        "Companies: median revenue a quarter and what carries it, USD million",
        (
            "Company", *(("Name",) if names else ()), *quarters, f"AI + chips\n{last}",
            f"Adj. EBITDA\n{last}", f"Bill unpaid\n{last}", "Balance sheet",
        ),
        tuple(
            (summary.ticker, *((names[summary.ticker],) if names else ()), *_peer_cells(summary, shown))
            for summary in sorted(summaries, key=_revenue, reverse=True)
        ),
        left=2 if names else 1,
        notes=(_PEER_NOTE,) if summaries else (),
    )  # fmt: skip


_PEER_NOTE = (
    "Balance sheet: facts, assumed by you, or absent; where it is absent, no chance of an unpaid bill is "
    "given. AI + chips: mean share of revenue, fit-out not counted."
)


def scenario_bridge_table(bridge: ScenarioBridge) -> TextTable:
    """The way from the base case to the scenario, line by line."""
    steps = [(Line(line).heading, usd) for line, usd in bridge.lines_usd.items() if usd]
    steps = [(case_label(bridge.before), bridge.start_usd), *steps, ("Overheads", bridge.overheads_usd)]
    ends = (*steps, (case_label(bridge.after), bridge.end_usd))
    return TextTable(
        f"Bridge: {bridge.measure}", ("", "USD million"), tuple((n, _millions(u)) for n, u in ends)
    )


def tornado_table(tornado: Tornado) -> TextTable:
    """What inputs explain when all of them vary at once."""
    rows = tuple(
        (
            each.factor.title,
            f"{each.factor.low:,.4g} to {each.factor.high:,.4g}",
            "raises it" if each.coefficient > 0 else "lowers it",
            f"{each.share:.0%}",
        )
        for each in tornado.effects[:_SHOWN_EFFECTS]
    )
    note = (
        f"All inputs vary at once: 10% to 90% of samples give {_millions(tornado.low_usd)} to "
        f"{_millions(tornado.high_usd)} million USD. Their ranks explain {tornado.explained:.0%} of the "
        "variance of its ranks; the rest is what they do together."
    )
    heads = ("Input", "Range", "More of it", "Share of variance")
    return TextTable(f"All inputs at once: {tornado.outcome}", heads, rows, notes=(note,))


def why_chart(why: RevenueReconciliation | Missing | None) -> Chart | None:
    """The steps from the last reported quarter to the first projected one, drawn; None without them."""
    if why is None or isinstance(why, Missing):
        return None
    first, last = why.quarters[0], why.quarters[-1]
    start, end = ((f"{each.quarter}, {_BASES[each.basis]}", each.total_usd) for each in (first, last))
    steps = [(step.name, step.usd) for step in why.steps if abs(step.usd) >= _LEAST_STEP_USD]
    title = f"Revenue from {first.quarter}, the last report, to {last.quarter}, the first projected"
    return waterfall_chart(title, start, steps, end)


def why_tables(why: RevenueReconciliation | Missing | None) -> list[TextTable]:
    """The steps from the last reported quarter to the first projected one, and the quarters between."""
    if why is None or isinstance(why, Missing):
        said = f"Why it begins there cannot be shown: {why.reason}." if why is not None else ""
        return [TextTable("Why it begins there", (), (), notes=(said,))] if said else []
    first, last = why.quarters[0], why.quarters[-1]
    ends = [(f"{end.quarter}, {_BASES[end.basis]}", end.total_usd) for end in (first, last)]
    steps = [ends[0], *((step.name, step.usd) for step in why.steps), ends[1]]
    title = f"Why it begins there: from {first.quarter} to {last.quarter}"
    notes: tuple[str, ...] = (_MIDDLE_NOTE,)
    if why.split_by:
        notes += (
            f"The report of {first.quarter} does not name all lines: what it gives to none counts as the "
            f"lines it leaves out, in the proportions of {why.split_by}.",
        )
    names = [line for line in Line if any(line in each.lines_usd for each in why.quarters)]
    other = [("unattributed", "Unattributed")] if "unattributed" in first.lines_usd else []
    columns = [(str(line), line.heading) for line in names] + other
    rows = tuple(
        (
            f"{each.quarter}, {_BASES[each.basis]}",
            _millions(each.total_usd),
            *(_millions(each.lines_usd[key]) if key in each.lines_usd else DASH for key, _ in columns),
        )
        for each in why.quarters
    )
    return [
        TextTable(
            title, ("", "USD million"), tuple((name, _millions(usd)) for name, usd in steps), notes=notes
        ),
        TextTable("On the way, USD million", ("Quarter", "Total", *(name for _, name in columns)), rows),
    ]


_MIDDLE_NOTE = (
    "Lines of quarters not reported are means over the twentieth of the paths whose total is nearest the "
    "median, so that they add up."
)
_BASES = {"reported": "reported", "nowcast": "nowcast", "outlook": "outlook"}


def spread_range(spread: Spread, unit: float, digits: int = 0) -> str:
    """`100 / 120 / 150`: the quantiles; a dash where there are none."""
    values = (spread.p10, spread.p50, spread.p90)
    if all(value is None for value in values):
        return DASH
    return " / ".join(DASH if value is None else f"{value / unit:,.{digits}f}" for value in values)


def _case_cells(summary: OutlookSummary) -> tuple[str, ...]:
    last, tight = summary.quarters[-1], summary.tightest
    return (
        *(
            _spread(spread)
            for spread in (last.revenue_usd, last.adjusted_ebitda_usd, last.cash_usd, last.debt_usd)
        ),
        str(summary.majority or DASH),
        chance_or_dash(last.p_shortfall),
        str(tight.quarter) if tight else DASH,
        _millions(last.shortfall_usd.p90),
    )


def _peer_cells(summary: OutlookSummary, shown: Sequence[int]) -> tuple[str, ...]:
    last: CompanyResults = summary.quarters[shown[-1] - 1]
    return (
        *(_spread(summary.quarters[at - 1].revenue_usd) for at in shown),
        f"{last.mix.pivot_share:.0%}",
        _spread(last.adjusted_ebitda_usd),
        chance_or_dash(last.p_shortfall),
        basis(summary),
    )


def _horizons(summaries: Sequence[OutlookSummary]) -> list[int]:
    """The quarters ahead that are shown: those of `PEER_HORIZONS`, and the last."""
    number = len(summaries[0].quarters) if summaries else 0
    return sorted({at for at in PEER_HORIZONS if at <= number} | ({number} if number else set()))


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
            rows = {"Revenue": _millions(sum(revenue)), "Cash, at the end": _millions(cash)}
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


def _count(value: float | None, unit: float = 1.0, sign: str = "") -> str:
    return DASH if value is None else _number(value / unit) + sign


def _cents(usd: float | None) -> str:
    """Dollars with two decimals."""
    return DASH if usd is None else f"{usd:,.2f}".replace("-", "−")


def _revenue(summary: OutlookSummary) -> float:
    return summary.quarters[-1].revenue_usd.p50 or 0.0


def _spread(spread: Spread) -> str:
    return _millions(spread.p50)


def _millions(usd: float | None) -> str:
    return DASH if usd is None else _number(usd / _MILLION)


def _number(value: float) -> str:
    size = abs(value)
    written = f"{size:,.0f}" if size >= 10 or not value else f"{size:,.1f}"
    return ("−" if value < 0 and written != "0.0" else "") + written
