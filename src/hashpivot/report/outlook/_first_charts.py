"""Charts of an outlook: revenue by line, cash, the market, cases side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hashpivot.core import Line
from hashpivot.outlook import CompanyResults, OutlookSummary, PastQuarter, RevenueKind, Spread

from ..charts import MedianLine, PastBar, ahead_chart, ahead_reach, part_class, part_title, wall_chart
from ..shared import UNSPLIT, Chart
from ._input_names import case_labels

PIVOT = (Line.AI_CLOUD, Line.AI_COLOCATION, Line.CHIPS)
_MILLION = 1e6
_UNIT = "USD million"
_PARTS: Mapping[RevenueKind, tuple[str, str]] = {
    "mining": (part_class(Line.SELF_MINING), ""),
    "hosting": (part_class(Line.HOSTING), ""),
    "gpu_time": (part_class(Line.AI_CLOUD), ""),
    "rent": (part_class(Line.AI_COLOCATION), ""),
    "fit_out": ("g-fitout", "fit-out, which ends"),
    "chips": (part_class(Line.CHIPS), ""),
    "other": (part_class(Line.OTHER), ""),
}
"""Kinds of revenue ahead, from the bottom up: style class, and a name where it is no line's."""
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
    "ebitda": ("Adjusted EBITDA; bars by the company's own definition", lambda row: row.adjusted_ebitda_usd),
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
    pivot = MedianLine(_pivot_name(rows), "c-pivot", [_pivot_usd(row) for row in rows])
    courses = [course for course in (mining, pivot) if any(course.values)]
    past = [revenue_bar(each) for each in history]
    drawn = dict.fromkeys(kind for each in past for kind in each.parts)
    return ahead_chart(
        "Revenue by line, a quarter", [row.quarter for row in rows], [row.revenue_usd for row in rows],
        _MILLION, _UNIT, past=past, courses=courses, halving=summary.halving.p50,
        key={kind: _names()[kind] for kind in drawn},
    )  # fmt: skip


def revenue_multiples(
    summaries: Sequence[OutlookSummary], histories: Mapping[str, Sequence[PastQuarter]]
) -> list[tuple[str, Chart]]:
    """Revenue of several companies, a small chart each, all on one scale.

    Ahead the median is split by the mean share of each kind of revenue.

    Args:
        summaries: One a company.
        histories: The quarters before, by ticker.
    """
    past = {s.ticker: [revenue_bar(each) for each in histories.get(s.ticker, ())] for s in summaries}
    reaches = [
        ahead_reach([[row.revenue_usd for row in s.quarters]], _MILLION, past[s.ticker]) for s in summaries
    ]
    reach = min(low for low, _ in reaches), max(high for _, high in reaches)
    return [(s.ticker, _stacked_revenue(s, past[s.ticker], reach)) for s in summaries]


def _stacked_revenue(summary: OutlookSummary, past: Sequence[PastBar], reach: tuple[float, float]) -> Chart:
    rows = summary.quarters
    stack = {
        kind: [row.mix.share.get(part, 0.0) * (row.revenue_usd.p50 or 0.0) for row in rows]
        for part, (kind, _) in _PARTS.items()
        if any(row.mix.share.get(part) for row in rows)
    }
    names = _names() | {kind: title for kind, title in _PARTS.values() if title}
    drawn = dict.fromkeys((*(kind for each in past for kind in each.parts), *stack))
    return ahead_chart(
        f"Revenue of {summary.ticker}, a quarter", [row.quarter for row in rows],
        [row.revenue_usd for row in rows], _MILLION, _UNIT, past=past, halving=summary.halving.p50,
        reach=reach, stack=stack, key={kind: names[kind] for kind in drawn},
    )  # fmt: skip


def _pivot_name(rows: Sequence[CompanyResults]) -> str:
    """`AI`, `chips` or both, as far as they bring anything."""
    chips, ai = (
        any(row.lines[line].p50 for row in rows for line in PIVOT if line.group == group)
        for group in ("chips", "ai")
    )
    return "AI, chips" if ai and chips else "chips" if chips else "AI"


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
    behind = _behind(history)
    rows, labels = [], case_labels([case.scenario for case in cases])
    for name, (title, of) in _OUTPUTS.items():
        bands = [[of(row) for row in case.quarters] for case in cases]
        if not any(spread.p90 for spreads in bands for spread in spreads):
            continue
        past = behind.get(name, ())
        reach = ahead_reach(bands, _MILLION, past)
        panels = tuple(
            (
                label,
                ahead_chart(
                    f"{title}, {label}", [row.quarter for row in case.quarters],
                    spreads, _MILLION, _UNIT, past=past, reach=reach, halving=case.halving.p50,
                ),
            )
            for case, label, spreads in zip(cases, labels, bands, strict=True)
        )  # fmt: skip
        rows.append(CaseRow(f"{title}, {_UNIT} a quarter", panels))
    return rows


def cases_together(cases: Sequence[OutlookSummary], history: Sequence[PastQuarter]) -> CaseRow:
    """Medians of all cases in one chart an output; the band is the first case's."""
    labels = case_labels([case.scenario for case in cases])
    kinds = ["mid", *(f"c-case-{number}" for number in range(1, len(cases)))]
    panels = []
    for name, (title, of) in _OUTPUTS.items():
        first = [of(row) for row in cases[0].quarters]
        if not any(spread.p90 for spread in first):
            continue
        courses = [
            MedianLine("", kind, [of(row).p50 for row in case.quarters])
            for kind, case in zip(kinds[1:], cases[1:], strict=True)
        ]
        chart = ahead_chart(
            f"{title}, all cases", [row.quarter for row in cases[0].quarters], first, _MILLION, _UNIT,
            past=_behind(history).get(name, ()), courses=courses, halving=cases[0].halving.p50,
            key=dict(zip(kinds, labels, strict=True)),
        )  # fmt: skip
        panels.append((title, chart))
    return CaseRow(f"Cases together: medians, {_UNIT} a quarter", tuple(panels))


def _behind(history: Sequence[PastQuarter]) -> dict[str, list[PastBar]]:
    """What was, by output."""
    return {
        "revenue": [revenue_bar(each) for each in history],
        "ebitda": _bars(history, "adjusted_ebitda_usd"),
        "cash": _bars(history, "cash_usd"),
    }


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
