"""The outlook's HTML page: answers, fans, quarters, and every input with where it came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hashpivot.core import Line, Quarter
from hashpivot.outlook import (
    SCENARIOS,
    Calibration,
    CompanyResults,
    Outlook,
    OutlookSummary,
    ScenarioBridge,
    Spread,
    Tornado,
    input_rows,
)

from ..charts import MedianLine, ahead_chart, fan_chart, tornado_chart
from ..shared import Chart, PageBody, PageHead, TextTable, clean, render_body, render_page, write_text
from ._answers import outlook_answers
from ._message import outlook_lede, outlook_title, pivot_usd
from ._tables import beside_table, outlooks_table, scenario_bridge_table, statements_table

_MILLION = 1e6
_FANS = (
    ("revenue_usd", "Revenue"),
    ("gross_profit_usd", "Gross profit"),
    ("adjusted_ebitda_usd", "Adjusted EBITDA"),
    ("depreciation_usd", "Depreciation"),
    ("operating_income_usd", "Operating income"),
    ("interest_usd", "Interest"),
    ("pretax_income_usd", "Pre-tax income"),
    ("cash_usd", "Cash"),
    ("debt_usd", "Debt"),
    ("shortfall_usd", "Not funded"),
)
_COUNTS = (("bitcoin", "Bitcoin held", 1.0, "BTC"), ("shares", "Shares", 1e6, "million"))
_MARKET = (
    ("price_usd", "Bitcoin", 1e3, "USD thousand"),
    ("hashprice_usd_ph_day", "Hashprice", 1.0, "USD per PH/s per day"),
    ("hash_rate_ehs", "Network", 1.0, "EH/s"),
)


@dataclass(frozen=True, slots=True)
class InputView:
    """One input as the page shows it."""

    key: str
    value: str
    origin: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class OutlookPage:
    """Everything the page shows."""

    ticker: str
    scenario: str
    title: str
    lede: str
    says: list[str]
    first: list[Chart]
    tables: list[TextTable]
    answers: list[str]
    remarks: list[str]
    charts: list[Chart]
    lines: list[Chart]
    market: list[Chart]
    tornado: Chart | None
    tornado_note: str
    rows: list[Mapping[str, str]]
    inputs: list[InputView]
    assumed: int
    seed: int
    paths: str


def render_outlook(
    found: Outlook,
    calibration: Calibration,
    tornado: Tornado | None = None,
    beside: Sequence[OutlookSummary] = (),
) -> str:
    """The page of an outlook, as text; it needs no script and loads nothing.

    Args:
        found: The outlook.
        calibration: Where its inputs came from.
        tornado: Which inputs move the outcome most, if that is known.
        beside: Other cases.
    """
    page = _page(found, calibration, tornado, beside)
    return render_page("outlook.html.j2", _head(page, found), page)


def outlook_body(
    found: Outlook,
    calibration: Calibration,
    tornado: Tornado | None = None,
    beside: Sequence[OutlookSummary] = (),
    bridge: ScenarioBridge | None = None,
) -> PageBody:
    """Render an outlook without a frame, to be served.

    Args:
        found, calibration, tornado, beside: As `render_outlook`.
        bridge: From the base case to the scenario, if that is known.
    """
    page = _page(found, calibration, tornado, beside, bridge)
    names = ("revenue", "cash", "tornado" if tornado else "hashprice")
    charts = dict(zip(names, page.first, strict=True))
    return render_body("outlook.html.j2", _head(page, found), page, charts=charts)


def write_outlook(
    found: Outlook,
    calibration: Calibration,
    path: str | Path,
    tornado: Tornado | None = None,
    beside: Sequence[OutlookSummary] = (),
) -> Path:
    """Write the page, whole or not at all, and return its path; the other arguments as `render_outlook`.

    Raises:
        UnwritableFile: If it cannot be written; what `path` held before is untouched.
    """
    return write_text(render_outlook(found, calibration, tornado, beside), Path(path))


def outlooks_body(
    summaries: Sequence[OutlookSummary],
    absent: Mapping[str, str],
    names: Mapping[str, str],
    address_of: Callable[[str], str],
) -> PageBody:
    """Render the outlooks of all companies without a frame, to be served.

    Args:
        summaries: One a company.
        absent: Why a company has none, by ticker.
        names: Names of companies by ticker.
        address_of: Address of a company's outlook, by ticker.
    """
    first = summaries[0] if summaries else None
    likely = sum(summary.quarters[-1].p_ai_chips_majority > 0.5 for summary in summaries)
    last = f" by {first.quarters[-1].quarter}" if first else ""
    head = PageHead(
        page="Outlook",
        name="Outlook",
        title=f"AI and chips carry {likely} of {len(summaries)} companies{last}",
        lede=_short_of_cash(summaries),
        meta=(f"scenario {first.scenario}", f"{first.paths:,} paths", f"seed {first.seed}") if first else (),
    )
    page = {
        "tables": (outlooks_table(summaries, names),),
        "charts": [],
        "words": [f"{clean(ticker)}: {clean(reason)}" for ticker, reason in absent.items()],
        "links": {summary.ticker: address_of(summary.ticker) for summary in summaries},
    }
    return render_body("tables.html.j2", head, page)


def _short_of_cash(summaries: Sequence[OutlookSummary]) -> str:
    tight = [s for s in sorted(summaries, key=lambda s: -s.quarters[-1].p_shortfall) if s.tightest]
    said = ", ".join(f"{s.ticker} on {s.quarters[-1].p_shortfall:.0%} of paths" for s in tight[:4])
    return (
        f"A bill stays unpaid at {said}." if said else "Every company pays its bills on 95% of paths or more."
    )


def _head(page: OutlookPage, found: Outlook) -> PageHead:
    start = found.case.start.as_of
    return PageHead(
        page="Outlook",
        name=f"Outlook {page.ticker}, {page.scenario}",
        title=page.title,
        lede=page.lede,
        meta=(
            f"scenario {page.scenario.replace('+', ' + ')}",
            *page.says,
            f"{page.paths} paths",
            f"seed {page.seed}",
            f"starts {start}",
            "US dollars",
        ),
    )


def _page(
    found: Outlook,
    calibration: Calibration,
    tornado: Tornado | None,
    beside: Sequence[OutlookSummary] = (),
    bridge: ScenarioBridge | None = None,
) -> OutlookPage:
    results = found.summary
    inputs = [_input(*each) for each in input_rows(found.case, calibration.origins)]
    rows, names = results.quarters, [str(row.quarter) for row in results.quarters]
    return OutlookPage(
        ticker=clean(results.ticker),
        scenario=clean(results.scenario),
        title=clean(outlook_title(results)),
        lede=outlook_lede(results),
        first=_first_charts(results, tornado),
        tables=[
            *([beside_table((results, *beside))] if beside else []),
            *([scenario_bridge_table(bridge)] if bridge else []),
            statements_table(results),
        ],
        says=[SCENARIOS[name].brief for name in results.scenario.split("+") if name in SCENARIOS],
        answers=outlook_answers(results),
        remarks=[clean(remark) for remark in results.remarks],
        charts=_company_charts(rows, names),
        lines=_line_charts(rows, names),
        market=[
            fan_chart(title, names, [getattr(row, key) for row in results.market], unit, word)
            for key, title, unit, word in _MARKET
        ],
        tornado=tornado_chart(tornado) if tornado else None,
        tornado_note=_note(tornado) if tornado else "",
        rows=[_row(row) for row in rows],
        inputs=inputs,
        assumed=sum(each.assumed for each in inputs),
        seed=results.seed,
        paths=f"{results.paths:,}",
    )


def _first_charts(results: OutlookSummary, tornado: Tornado | None) -> list[Chart]:
    """Revenue, cash, and what decides it: the largest effects, or hashprice where they are not known."""
    rows, quarters = results.quarters, [row.quarter for row in results.quarters]
    halving = Quarter.containing(results.halving.p50) if results.halving.p50 else None
    tight = results.tightest.quarter if results.tightest else None
    mining = [row.lines[Line.SELF_MINING].p50 or 0.0 for row in rows]
    pivot = [pivot_usd(row) for row in rows]
    courses = [MedianLine("mining", "c-mining", mining), MedianLine("AI, chips", "c-pivot", pivot)]
    return [
        ahead_chart(
            "Revenue a quarter", quarters, [row.revenue_usd for row in rows], _MILLION, "USD million",
            courses=[course for course in courses if any(course.values)], halving=halving,
        ),
        ahead_chart(
            "Cash", quarters, [row.cash_usd for row in rows], _MILLION, "USD million",
            courses=[MedianLine("debt", "c-debt", [row.debt_usd.p50 or 0.0 for row in rows])], tight=tight,
        ),
        tornado_chart(tornado, 8, narrow=True) if tornado else ahead_chart(
            "Hashprice", quarters, [row.hashprice_usd_ph_day for row in results.market], 1.0,
            "USD per PH/s per day", halving=halving,
        ),
    ]  # fmt: skip


def _company_charts(rows: Sequence[CompanyResults], names: Sequence[str]) -> list[Chart]:
    """Amounts and counts that are not zero throughout."""
    wanted = [*((key, title, _MILLION, "USD million") for key, title in _FANS), *_COUNTS]
    spreads = {key: [getattr(row, key) for row in rows] for key, *_ in wanted}
    return [
        fan_chart(title, names, spreads[key], unit, word)
        for key, title, unit, word in wanted
        if any(spread.p90 or spread.p10 for spread in spreads[key])
    ]


def _line_charts(rows: Sequence[CompanyResults], names: Sequence[str]) -> list[Chart]:
    used = [line for line in Line if any(row.lines[line].p90 for row in rows)]
    return [
        fan_chart(line.heading, names, [row.lines[line] for row in rows], _MILLION, "USD million")
        for line in used
    ]


def _note(tornado: Tornado) -> str:
    return (
        f"Outcome: {tornado.outcome}; 10% to 90% of samples {tornado.low_usd / _MILLION:,.0f} to "
        f"{tornado.high_usd / _MILLION:,.0f} million USD. All inputs vary at once; their ranks explain "
        f"{tornado.explained:.0%} of the variance of its ranks, the rest is what they do together."
    )


def _row(row: CompanyResults) -> Mapping[str, str]:
    amounts = {key: _range(getattr(row, key), _MILLION) for key, _ in _FANS}
    beta = row.bitcoin_beta
    return amounts | {
        "quarter": str(row.quarter),
        "p_shortfall": f"{row.p_shortfall:.0%}",
        "p_majority": f"{row.p_ai_chips_majority:.0%}",
        "lines": _range(row.effective_lines, 1.0, 1),
        "breakeven": _range(row.breakeven_hashprice_usd_ph_day, 1.0, 1),
        "beta": "n/a" if beta is None else f"{beta:.2f}",
    }


def _range(spread: Spread, unit: float, digits: int = 0) -> str:
    values = (spread.p10, spread.p50, spread.p90)
    return " / ".join("n/a" if value is None else f"{value / unit:,.{digits}f}" for value in values)


def _input(key: str, value: Any, origin: str) -> InputView:
    shown = f"{value:,.6g}" if isinstance(value, int | float) else str(value)
    return InputView(clean(key), clean(shown), clean(origin, 400), origin.startswith("assumed"))
