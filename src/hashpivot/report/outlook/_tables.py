"""Tables of an outlook: its statements by quarter, cases side by side, the way from one case to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hashpivot.core import Line
from hashpivot.outlook import CompanyResults, OutlookSummary, RevenueReconciliation, ScenarioBridge

from ..shared import TextTable
from ._message import pivot_usd

_MILLION = 1e6
_NOTHING = ("0", "n/a", "–")
"""Cells of a row that is left out if it has no others."""
_AMOUNTS = {
    "gross_profit_usd": "Gross profit",
    "adjusted_ebitda_usd": "Adjusted EBITDA",
    "depreciation_usd": "Depreciation",
    "interest_usd": "Interest",
    "pretax_income_usd": "Pre-tax income",
    "cash_usd": "Cash",
    "debt_usd": "Debt",
}
_BRIEF = (
    "Quarter", "Revenue", "Adj. EBITDA", "Cash", "Debt", "AI + chips over half from", "P(AI + chips > half)",
    "P(shortfall)", "Tight quarter", "Not funded, 90%",
)  # fmt: skip


def statements_table(summary: OutlookSummary) -> TextTable:
    """Medians by quarter, USD million, and what is likely."""
    rows, market = summary.quarters, summary.market
    table = (
        ("Revenue", *(_millions(row.revenue_usd.p50) for row in rows)),
        ("of it AI and chips", *(_millions(pivot_usd(row)) for row in rows)),
        ("of it mining", *(_millions(row.lines[Line.SELF_MINING].p50) for row in rows)),
        *((title, *(_millions(getattr(row, key).p50) for row in rows)) for key, title in _AMOUNTS.items()),
        ("Shares, million", *(_millions(row.shares.p50) for row in rows)),
        ("P(a bill unpaid)", *(f"{row.p_shortfall:.0%}" for row in rows)),
        ("P(AI + chips > half)", *(f"{row.p_ai_chips_majority:.0%}" for row in rows)),
        ("Bitcoin, USD thousand", *(_number((row.price_usd.p50 or 0.0) / 1e3) for row in market)),
        ("Hashprice", *(_number(row.hashprice_usd_ph_day.p50) for row in market)),
        ("Breakeven hashprice", *(_breakeven(row) for row in rows)),
    )
    return TextTable(
        "Statements, medians by quarter, USD million",
        ("", *(str(row.quarter) for row in rows)),
        tuple(row for row in table if any(cell not in _NOTHING for cell in row[1:])),
        notes=(
            "Lines are medians of their own and need not add up. Breakeven: hashprice at which EBITDA is "
            "zero, USD per PH/s per day; – where the other lines pay for everything.",
        ),
    )


def beside_table(summaries: Sequence[OutlookSummary]) -> TextTable:
    """Cases side by side, each a row."""
    return TextTable(
        "Side by side: medians of the last quarter, USD million",
        ("Scenario", *_BRIEF),
        tuple((_scenario(summary), *_brief(summary)) for summary in summaries),
        notes=("All cases run on the same random numbers.",) if len(summaries) > 1 else (),
    )


def outlooks_table(summaries: Sequence[OutlookSummary], names: Mapping[str, str]) -> TextTable:
    """Companies side by side, each a row.

    Args:
        summaries: Of the companies.
        names: Their names by ticker, where they are to be shown.
    """
    return TextTable(
        "Companies: medians of the last quarter, USD million",
        ("Company", *(("Name",) if names else ()), *_BRIEF),
        tuple(
            (summary.ticker, *((names[summary.ticker],) if names else ()), *_brief(summary))
            for summary in sorted(summaries, key=_revenue, reverse=True)
        ),
        left=2 if names else 1,
    )


def scenario_bridge_table(bridge: ScenarioBridge) -> TextTable:
    """The way from the base case to the scenario, line by line."""
    steps = [(Line(line).heading, usd) for line, usd in bridge.lines_usd.items() if usd]
    steps = [(bridge.before, bridge.start_usd), *steps, ("Overheads", bridge.overheads_usd)]
    rows = tuple((name, _millions(usd)) for name, usd in (*steps, (bridge.after, bridge.end_usd)))
    return TextTable(f"Bridge: {bridge.measure}", ("", "USD million"), rows)


def why_tables(why: RevenueReconciliation) -> list[TextTable]:
    """The steps from the last reported quarter to the first projected one, and the quarters between."""
    first, last = why.quarters[0], why.quarters[-1]
    ends = [(f"{end.quarter}, {_BASES[end.basis]}", end.total_usd) for end in (first, last)]
    steps = [ends[0], *((step.name, step.usd) for step in why.steps), ends[1]]
    title = f"Why it begins there: from {first.quarter} to {last.quarter}"
    names = [line for line in Line if any(line in each.lines_usd for each in why.quarters)]
    other = [("unattributed", "Unattributed")] if "unattributed" in first.lines_usd else []
    columns = [(str(line), line.heading) for line in names] + other
    rows = tuple(
        (
            f"{each.quarter}, {_BASES[each.basis]}",
            _millions(each.total_usd),
            *(_millions(each.lines_usd[key]) if key in each.lines_usd else "–" for key, _ in columns),
        )
        for each in why.quarters
    )
    return [
        TextTable(title, ("", "USD million"), tuple((name, _millions(usd)) for name, usd in steps)),
        TextTable("On the way, USD million", ("Quarter", "Total", *(name for _, name in columns)), rows),
    ]


_BASES = {"reported": "reported", "nowcast": "nowcast, median", "outlook": "outlook, median"}


def _brief(summary: OutlookSummary) -> tuple[str, ...]:
    last: CompanyResults = summary.quarters[-1]
    tight = summary.tightest
    return (
        str(last.quarter),
        *(_millions(spread.p50) for spread in (last.revenue_usd, last.adjusted_ebitda_usd, last.cash_usd)),
        _millions(last.debt_usd.p50),
        str(summary.majority or "–"),
        f"{last.p_ai_chips_majority:.0%}",
        f"{last.p_shortfall:.0%}",
        str(tight.quarter) if tight else "–",
        _millions(last.shortfall_usd.p90),
    )


def _breakeven(row: CompanyResults) -> str:
    hashprice = row.breakeven_hashprice_usd_ph_day.p50
    return "–" if hashprice is None or hashprice <= 0 else _number(hashprice)


def _scenario(summary: OutlookSummary) -> str:
    return summary.scenario.replace("+", " + ")


def _revenue(summary: OutlookSummary) -> float:
    return summary.quarters[-1].revenue_usd.p50 or 0.0


def _millions(usd: float | None) -> str:
    return "n/a" if usd is None else _number(usd / _MILLION)


def _number(value: float | None) -> str:
    if value is None:
        return "n/a"
    size = abs(value)
    written = f"{size:,.0f}" if size >= 10 or not value else f"{size:,.1f}"
    return ("−" if value < 0 and written != "0.0" else "") + written
