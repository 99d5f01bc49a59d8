"""Charts of an outlook: revenue by line, cash, the market, cases side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hashpivot.core import Line
from hashpivot.outlook import CompanyResults, OutlookSummary, PastQuarter, Spread, scenario_label

from ..charts import MedianLine, PastBar, ahead_chart, ahead_reach, part_class, part_title, wall_chart
from ..shared import UNSPLIT, Chart

PIVOT = (Line.AI_CLOUD, Line.AI_COLOCATION, Line.CHIPS)
_MILLION = 1e6
_UNIT = "USD million"
_LEAST_REST = {"reported": 0.005, "nowcast": 0.05}
"""Share of revenue below which what stands on no line is rounding, or of medians that need not add up."""
MARKET = (
    ("price_usd", "Bitcoin", 1e3, "USD thousand"),
    ("hashprice_usd_ph_day", "Hashprice", 1.0, "USD per PH/s per day"),
    ("hash_rate_ehs", "Network", 1.0, "EH/s"),
)
_Output = Callable[[CompanyResults], Spread]
_OUTPUTS: Mapping[str, tuple[str, _Output]] = {
    "revenue": ("Revenue", lambda row: row.revenue_usd),
    "ebitda": ("Adjusted EBITDA", lambda row: row.adjusted_ebitda_usd),
    "cash": ("Cash", lambda row: row.cash_usd),
    "debt": ("Debt", lambda row: row.debt_usd),
}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One output of several cases, on one scale.

    Args:
        title: The output.
        panels: A case's name and its chart.
    """

    title: str
    panels: tuple[tuple[str, Chart], ...]


def revenue_ahead(summary: OutlookSummary, history: Sequence[PastQuarter]) -> Chart:
    """Revenue by line: bars behind, ahead the band of the total and medians of the two groups."""
    rows = summary.quarters
    mining = MedianLine("mining", "c-mining", [row.lines[Line.SELF_MINING].p50 for row in rows])
    pivot = MedianLine("AI, chips", "c-pivot", [_pivot_usd(row) for row in rows])
    courses = [course for course in (mining, pivot) if any(course.values)]
    past = [revenue_bar(each) for each in history]
    drawn = dict.fromkeys(kind for each in past for kind in each.parts)
    return ahead_chart(
        "Revenue by line, a quarter", [row.quarter for row in rows], [row.revenue_usd for row in rows],
        _MILLION, _UNIT, past=past, courses=courses, halving=summary.halving.p50,
        key={kind: _names()[kind] for kind in drawn},
    )  # fmt: skip


def _pivot_usd(row: CompanyResults) -> float:
    """Median revenue of AI and chips, line by line, fit-out included."""
    return sum(row.lines[line].p50 or 0.0 for line in PIVOT)


def revenue_bar(past: PastQuarter) -> PastBar:
    """A quarter's revenue by line, what stands on no line at the top."""
    parts = {part_class(line): past.lines[line] for line in Line if past.lines.get(line, 0.0) > 0}
    if past.revenue_usd is not None:
        rest = past.revenue_usd - sum(past.lines.values())
        if rest > _LEAST_REST[past.kind] * past.revenue_usd:
            parts[part_class(UNSPLIT)] = rest
    return PastBar(past.quarter, parts, past.kind == "nowcast", _names())


def cash_ahead(summary: OutlookSummary, history: Sequence[PastQuarter]) -> Chart | None:
    """Cash with its band, debt beside it; None where cash is not projected."""
    rows = summary.quarters
    if all(row.cash_usd.p50 is None for row in rows):
        return None
    debt = MedianLine("debt", "c-debt", [row.debt_usd.p50 for row in rows])
    return ahead_chart(
        "Cash and debt", [row.quarter for row in rows], [row.cash_usd for row in rows], _MILLION, _UNIT,
        past=_bars(history, "cash_usd"), courses=[debt] if any(debt.values) else [],
        tight=summary.tightest.quarter if summary.tightest else None, halving=summary.halving.p50,
    )  # fmt: skip


def maturities_ahead(summary: OutlookSummary) -> Chart | None:
    """What of the debt falls due by year; None where no maturity is told."""
    wall = summary.maturities
    return wall_chart(wall) if wall and wall.by_year else None


def maturity_words(summary: OutlookSummary) -> str:
    """What is rolled over because no instrument tells when it falls due; empty if there is none."""
    wall = summary.maturities
    if wall is None or wall.without_usd < _MILLION / 2:
        return ""
    return (
        f"No report in the ledger tells when {wall.without_usd / _MILLION:,.0f} million USD of debt "
        "falls due; it is rolled over."
    )


def market_charts(summary: OutlookSummary, history: Sequence[PastQuarter]) -> list[Chart]:
    """Price, hashprice and hash rate: what they were, and their bands."""
    return [
        ahead_chart(
            title, [row.quarter for row in summary.market], [getattr(row, name) for row in summary.market],
            unit, word, past=_bars(history, name), halving=summary.halving.p50,
        )
        for name, title, unit, word in MARKET
    ]  # fmt: skip


def case_rows(cases: Sequence[OutlookSummary], history: Sequence[PastQuarter]) -> list[CaseRow]:
    """Cases side by side: a row an output, a chart a case, all of a row on one scale."""
    behind = {
        "revenue": [revenue_bar(each) for each in history],
        "ebitda": _bars(history, "adjusted_ebitda_usd"),
        "cash": _bars(history, "cash_usd"),
    }
    rows = []
    for name, (title, of) in _OUTPUTS.items():
        bands = [[of(row) for row in case.quarters] for case in cases]
        if not any(spread.p90 for spreads in bands for spread in spreads):
            continue
        past = behind.get(name, ())
        reach = ahead_reach(bands, _MILLION, past)
        panels = tuple(
            (
                scenario_label(case.scenario),
                ahead_chart(
                    f"{title}, {scenario_label(case.scenario)}", [row.quarter for row in case.quarters],
                    spreads, _MILLION, _UNIT, past=past, reach=reach, halving=case.halving.p50,
                ),
            )
            for case, spreads in zip(cases, bands, strict=True)
        )  # fmt: skip
        rows.append(CaseRow(f"{title}, {_UNIT} a quarter", panels))
    return rows


def _bars(history: Sequence[PastQuarter], name: str) -> list[PastBar]:
    """Bars of one amount, a place a quarter, empty where it is not known."""
    amounts = [(each, getattr(each, name)) for each in history]
    return [
        PastBar(
            each.quarter, {} if usd is None else {"g-past": usd}, each.kind == "nowcast" and usd is not None
        )
        for each, usd in amounts
    ]


def _names() -> dict[str, str]:
    return {part_class(part): part_title(part) for part in (*Line, UNSPLIT)}
