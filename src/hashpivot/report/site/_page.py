"""The page of a backtest: tables and pictures in one self-contained file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hashpivot.core import Missing, PowerMonth
from hashpivot.site import (
    COMPONENTS,
    SHORTFALLS,
    TITLES,
    Backtest,
    Result,
    power_months,
    shortfall,
    worst_days,
)

from ..charts import duration_chart, price_map, profit_chart, state_map
from ..shared import format_money, page_style, template, write_text


def render_backtest(done: Backtest) -> str:
    """The page of a backtest, as text; no script, nothing loaded, the same to the last byte each time."""
    return template("backtest.html.j2").render(page=_page(done), css=page_style())


def write_backtest(done: Backtest, path: str | Path) -> Path:
    """Write the page to a file, whole or not at all, and return the file's path.

    Raises:
        UnwritableFile: If `path` is a folder or cannot be written; what it held before is untouched.
    """
    return write_text(render_backtest(done), Path(path))


def _page(done: Backtest) -> dict[str, Any]:
    results = done.results()
    charts = [price_map(done), state_map(done, "ours"), state_map(done, "perfect_foresight")]
    return {
        "site": done.hours.site.name,
        "zone": done.hours.table.zone,
        "start": done.start,
        "end": done.end,
        "summary": _summary(done),
        "regime": _REGIMES[done.regime],
        "policies": [_policy_row(done, result) for result in results],
        "components": [_component_row(name, results) for name in COMPONENTS],
        "titles": list(TITLES.values()),
        "years": [_period_row(done, name, inside) for name, inside in _periods(done)],
        "months": [_period_row(done, str(month), done.in_month(month)) for month in done.months],
        "power": [_power_row(month) for month in power_months(done)],
        "losses": [(SHORTFALLS[name], format_money(usd)) for name, usd in shortfall(done).items()],
        "worst": [
            (day, format_money(usd), f"{high:,.0f}", f"{ahead:,.0f}")
            for day, usd, high, ahead in worst_days(done)
        ],
        "charts": [*charts, duration_chart(done), profit_chart(done)],
        "notes": done.notes,
    }


_REGIMES = {
    "live": "An hour's real-time price is known when the hour is decided.",
    "lagged": "Only the real-time price of the hour before is known when an hour is decided.",
}


def _summary(done: Backtest) -> str:
    ours, over = done.result("ours"), done.uplift_usd("threshold")
    better = "more" if over >= 0 else "less"
    return (
        f"Our policy earned {format_money(ours.profit_usd)}, {_share(ours)} of what perfect "
        f"foresight would have, and {format_money(abs(over))} {better} than a breakeven threshold."
    )


def _share(result: Result) -> str:
    return "n/d" if isinstance(result.capture, Missing) else f"{result.capture:.2%}"


def _policy_row(done: Backtest, result: Result) -> list[str]:
    return [
        TITLES[result.policy],
        format_money(result.profit_usd),
        _share(result),
        f"{result.uptime:.1%}",
        f"{result.starts:,}",
        f"{result.hours_off:,.0f}",
        format_money(done.tariff_avoided_usd(result.policy)),
        format_money(result.profit_usd - done.result("threshold").profit_usd),
    ]


def _component_row(name: str, results: list[Result]) -> list[str]:
    return [name, *(format_money(result.components[name]) for result in results)]


def _periods(done: Backtest) -> list[tuple[str, Any]]:
    periods: list[tuple[str, Any]] = [(str(year), done.in_year(year)) for year in done.years]
    if done.in_uri.any():
        periods.append(("Winter Storm Uri, 13 to 20 February 2021", done.in_uri))
    return periods


def _period_row(done: Backtest, name: str, inside: Any) -> list[str]:
    results = done.results(inside)
    return [
        name,
        *(_share(result) for result in results[:-1]),
        format_money(results[-1].profit_usd),
        format_money(done.uplift_usd("threshold", inside)),
        format_money(done.uplift_usd("always_on", inside)),
    ]


def _power_row(month: PowerMonth) -> list[str]:
    net = month.net_power_usd_per_mwh
    return [
        month.month,
        f"{month.uptime:.1%}",
        format_money(month.curtailment_credits_usd),
        format_money(month.demand_response_credits_usd),
        format_money(month.power_cost_usd),
        f"{month.drawn_mwh:,.0f}",
        "n/d" if isinstance(net, Missing) else f"{net:,.1f}",
    ]
