"""The outlook's HTML page: answers, fans, quarters, and every input with where it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hashpivot.core import Line
from hashpivot.outlook import SCENARIOS, Calibration, CompanyResults, Outlook, Spread, Tornado, input_rows

from ..charts import fan_chart, tornado_chart
from ..shared import Chart, PageHead, clean, render_page, write_text
from ._answers import outlook_answers

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
    says: list[str]
    answers: list[str]
    remarks: list[str]
    charts: list[Chart]
    lines: list[Chart]
    market: list[Chart]
    tornado: Chart | None
    tornado_note: str
    rows: list[Mapping[str, str]]
    inputs: list[InputView]
    seed: int
    paths: str


def render_outlook(found: Outlook, calibration: Calibration, tornado: Tornado | None = None) -> str:
    """The page of an outlook, as text; it needs no script and loads nothing."""
    page = _page(found, calibration, tornado)
    return render_page("outlook.html.j2", _head(page), page)


def write_outlook(
    found: Outlook, calibration: Calibration, path: str | Path, tornado: Tornado | None = None
) -> Path:
    """Write the page, whole or not at all, and return its path.

    Raises:
        UnwritableFile: If it cannot be written; what `path` held before is untouched.
    """
    return write_text(render_outlook(found, calibration, tornado), Path(path))


def _head(page: OutlookPage) -> PageHead:
    return PageHead(
        page="Outlook",
        name=f"Outlook {page.ticker}, {page.scenario}",
        title=f"Outlook {page.ticker}",
        lede=" ".join([f"Scenario {page.scenario}.", *page.says]),
        meta=(f"{page.paths} paths", f"seed {page.seed}", "US dollars"),
    )


def _page(found: Outlook, calibration: Calibration, tornado: Tornado | None) -> OutlookPage:
    results = found.summary
    rows, names = results.quarters, [str(row.quarter) for row in results.quarters]
    return OutlookPage(
        ticker=clean(results.ticker),
        scenario=clean(results.scenario),
        says=[SCENARIOS[name].title for name in results.scenario.split("+") if name in SCENARIOS],
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
        inputs=[_input(*each) for each in input_rows(found.case, calibration.origins)],
        seed=results.seed,
        paths=f"{results.paths:,}",
    )


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
