"""Tables of an outlook: quarters, companies and cases side by side, bridges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hashpivot.core import Line, Missing
from hashpivot.outlook import (
    PEER_HORIZONS,
    CompanyResults,
    OutlookSummary,
    RevenueReconciliation,
    ScenarioBridge,
    Spread,
    Tornado,
)

from ..charts import waterfall_chart
from ..shared import Chart, TextTable
from ._amounts import MILLION, millions, millions_of
from ._input_names import case_label, case_labels
from ._solvency import DASH, basis, chance_or_dash

_SHOWN_EFFECTS = 10
_LEAST_STEP_USD = 50_000
"""Steps below are rounding in a drawing of millions."""


def quarters_table(summary: OutlookSummary) -> TextTable:
    """One row a quarter: 10, 50 and 90% of paths of what is projected, and the chance of an unpaid bill."""
    columns = {
        "Revenue": "revenue_usd", "Gross profit": "gross_profit_usd", "Adj. EBITDA": "adjusted_ebitda_usd",
        "Cash": "cash_usd", "Debt": "debt_usd", "Not funded": "shortfall_usd",
    }  # fmt: skip
    cells = {
        head: [spread_range(getattr(row, name), MILLION) for row in summary.quarters]
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
            millions(row.mix.fit_out_usd) if row.mix.fit_out_usd else DASH for row in rows
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
    cells = [(str(row.quarter), *(spread_range(row.lines[line], MILLION) for line in used)) for row in rows]
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
        f"Bridge: {bridge.measure}", ("", "USD million"), tuple((n, millions(u)) for n, u in ends)
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
        f"All inputs vary at once: 10% to 90% of samples give {millions(tornado.low_usd)} to "
        f"{millions(tornado.high_usd)} million USD. Their ranks explain {tornado.explained:.0%} of the "
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
            millions(each.total_usd),
            *(millions(each.lines_usd[key]) if key in each.lines_usd else DASH for key, _ in columns),
        )
        for each in why.quarters
    )
    return [
        TextTable(
            title, ("", "USD million"), tuple((name, millions(usd)) for name, usd in steps), notes=notes
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
            millions_of(spread)
            for spread in (last.revenue_usd, last.adjusted_ebitda_usd, last.cash_usd, last.debt_usd)
        ),
        str(summary.majority or DASH),
        chance_or_dash(last.p_shortfall),
        str(tight.quarter) if tight else DASH,
        millions(last.shortfall_usd.p90),
    )


def _peer_cells(summary: OutlookSummary, shown: Sequence[int]) -> tuple[str, ...]:
    last: CompanyResults = summary.quarters[shown[-1] - 1]
    return (
        *(millions_of(summary.quarters[at - 1].revenue_usd) for at in shown),
        f"{last.mix.pivot_share:.0%}",
        millions_of(last.adjusted_ebitda_usd),
        chance_or_dash(last.p_shortfall),
        basis(summary),
    )


def _horizons(summaries: Sequence[OutlookSummary]) -> list[int]:
    """The quarters ahead that are shown: those of `PEER_HORIZONS`, and the last."""
    number = len(summaries[0].quarters) if summaries else 0
    return sorted({at for at in PEER_HORIZONS if at <= number} | ({number} if number else set()))


def _revenue(summary: OutlookSummary) -> float:
    return summary.quarters[-1].revenue_usd.p50 or 0.0
