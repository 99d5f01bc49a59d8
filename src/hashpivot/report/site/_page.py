"""The page of a backtest: tables and pictures in one self-contained file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hashpivot.core import Missing, PowerMonth, write_text
from hashpivot.site import (
    COMPONENTS,
    SHORTFALLS,
    Backtest,
    PolicyResult,
    WhatIf,
    power_months,
    shortfall,
    worst_days,
)

from ..shared import Chart, PageBody, PageHead, TextTable, format_money, render_body, render_page
from ._charts import duration_chart, price_map, profit_chart, state_map
from ._loss_chart import loss_chart
from ._week_chart import week_chart
from ._what_if_charts import freedom_chart, sensitivity_chart

_POLICY_HEADS = (
    "Policy",
    "Profit",
    "Capture",
    "Capture of flexibility",
    "Uptime",
    "Starts",
    "Hours off",
    "Tariff avoided",
    "Against best simple policy",
)
_PERIOD_HEADS = (
    "Foresight profit",
    "Best simple policy",
    "Rolling horizon over it",
    "Rolling horizon over always on",
)
_ROLLING, _BEST = "rolling_horizon", "perfect_foresight"


def render_backtest(done: Backtest, cases: WhatIf | None = None) -> str:
    """Return the page of a backtest as text: no script, nothing loaded, the same bytes each time.

    Args:
        done: The backtest.
        cases: What-if cases to show with it.
    """
    page = _page(done, cases)
    return render_page("backtest.html.j2", _head(page), page)


def backtest_body(done: Backtest) -> PageBody:
    """Render a backtest without a frame, to be served: its message is the title.

    Args:
        done: The backtest.
    """
    page = _page(done)
    head = replace(_head(page), title=page["summary"].removesuffix("."), lede="")
    head = replace(head, meta=(page["site"], *head.meta))
    charts = dict(zip(_names(page["charts"]), page["charts"], strict=True))
    return render_body("backtest.html.j2", head, page, charts=charts)


def _names(charts: Sequence[Chart]) -> list[str]:
    """Names of the pictures: the first and the last two are the same on every page."""
    between = [f"off-{number}" for number in range(1, len(charts) - 2)]
    return ["price", *between, "duration", "profit"]


def write_backtest(done: Backtest, path: str | Path, cases: WhatIf | None = None) -> Path:
    """Write the page to a file, whole or not at all, and return the file's path.

    Args:
        done: The backtest.
        path: The file.
        cases: What-if cases to show with it.

    Raises:
        UnwritableFile: If `path` is a folder or cannot be written; what it held before is untouched.
    """
    return write_text(render_backtest(done, cases), Path(path))


def policies_table(done: Backtest) -> TextTable:
    """What each policy earned, a row a policy."""
    rows = tuple(tuple(_policy_row(done, result)) for result in done.results())
    return TextTable("Policies", _POLICY_HEADS, rows).without_blank_columns()


def _periods_table(done: Backtest, title: str, first: str, periods: Sequence[tuple[str, Any]]) -> TextTable:
    """What each policy reached of perfect foresight in some periods, a row a period."""
    compared = [title for name, title in done.titles.items() if name != _BEST]
    rows = tuple(tuple(_period_row(done, *period)) for period in periods)
    return TextTable(title, (first, *compared, *_PERIOD_HEADS), rows).without_blank_columns()


def _head(page: Mapping[str, Any]) -> PageHead:
    return PageHead(
        page="Site",
        name=f"Backtest: {page['site']}, {page['start']} to {page['end']}",
        title=page["site"],
        lede=page["summary"],
        meta=(
            f"dispatch of a power site, {page['start']} to {page['end']}",
            f"{page['zone']}, market local time",
            page["regime"].rstrip("."),
            "US dollars",
        ),
    )


def _page(done: Backtest, cases: WhatIf | None = None) -> dict[str, Any]:
    results = done.results()
    charts = [price_map(done), *(state_map(done, name) for name in (_ROLLING, _BEST) if name in done.pnl)]
    explained = _ROLLING in done.pnl and _BEST in done.pnl
    months = [(str(month), done.in_month(month)) for month in done.months]
    return {
        "site": done.hours.site.name,
        "zone": done.hours.prices.zone,
        "start": done.start,
        "end": done.end,
        "summary": backtest_words(done),
        "regime": _REGIMES[done.regime],
        "policies": policies_table(done),
        "foresight": _BEST in done.pnl,
        "components": [_component_row(name, results) for name in COMPONENTS if _counts(name, results)],
        "titles": list(done.titles.values()),
        "years": _periods_table(done, "By year", "Period", _periods(done)),
        "months": _periods_table(done, "By month", "Month", months),
        "power": [_power_row(month) for month in power_months(done)] if _ROLLING in done.pnl else [],
        "losses": _loss_rows(done) if explained else [],
        "worst": _worst_rows(done) if explained else [],
        "charts": [*charts, duration_chart(done), profit_chart(done)],
        "week": week_chart(done, _ROLLING) if {_ROLLING, "always_on"} <= set(done.pnl) else None,
        "by_hour": loss_chart(done) if explained else None,
        "what_if": [sensitivity_chart(cases), freedom_chart(cases)] if cases else [],
        "needed": cases.notes if cases else [],
        "notes": done.notes,
    }


_REGIMES = {
    "live": "An hour's real-time price is known when the hour is decided.",
    "lagged": "Only the real-time price of the hour before is known when an hour is decided.",
}


def backtest_words(done: Backtest) -> str:
    """What the rolling horizon earned beside perfect foresight and the best simple policy."""
    if _ROLLING not in done.policies:
        return f"{len(done.policies)} policies over the same hours, settled alike."
    rolling = done.result(_ROLLING)
    earned = f"The rolling horizon earned {format_money(rolling.profit_usd)}"
    if _BEST in done.policies:
        earned += f", {_share(rolling.capture)} of what perfect foresight would have"
    chosen = done.best_simple.beforehand()
    if isinstance(chosen, Missing):
        return f"{earned}. Which simple policy is best is not known beforehand: {chosen.reason}."
    over = done.uplift_usd(chosen)
    better = "more" if over >= 0 else "less"
    return (
        f"{earned}, and {format_money(abs(over))} {better} than the simple policy that earned most over the "
        f"years before ({done.titles[chosen]})."
    )


def _loss_rows(done: Backtest) -> list[tuple[str, str]]:
    return [(SHORTFALLS[name], format_money(usd)) for name, usd in shortfall(done).items()]


def _worst_rows(done: Backtest) -> list[tuple[str, ...]]:
    return [
        (day, format_money(usd), f"{high:,.0f}", f"{ahead:,.0f}")
        for day, usd, high, ahead in worst_days(done)
    ]


def _uplift(done: Backtest, policy: str, over: str, inside: Any = None) -> str:
    """Return the profit of one policy above another's, `–` if one was not run."""
    if policy not in done.pnl or over not in done.pnl:
        return "–"
    return format_money(done.uplift_usd(over, inside, policy))


def _over_simple(done: Backtest, inside: Any) -> tuple[str, str]:
    """Return the best simple policy of the years before, and the rolling horizon's uplift over it."""
    chosen = done.best_simple.beforehand(inside)
    if isinstance(chosen, Missing) or _ROLLING not in done.pnl:
        return "–", "–"
    return done.titles[chosen], format_money(done.uplift_usd(chosen, inside))


def _money(usd: float | Missing) -> str:
    return "–" if isinstance(usd, Missing) else format_money(usd)


def _share(capture: float | Missing) -> str:
    return "–" if isinstance(capture, Missing) else f"{capture:.2%}"


def _policy_row(done: Backtest, result: PolicyResult) -> list[str]:
    return [
        done.titles[result.policy],
        format_money(result.profit_usd),
        _share(result.capture),
        _share(result.capture_of_flexibility),
        f"{result.uptime:.1%}",
        f"{result.starts:,}",
        f"{result.hours_off:,.0f}",
        format_money(done.tariff_avoided_usd(result.policy)) if "always_on" in done.pnl else "–",
        _money(done.uplift_over_simple_usd(policy=result.policy)),
    ]


def _counts(component: str, results: list[PolicyResult]) -> bool:
    """Whether a component of profit is anything but nothing under some policy."""
    return any(result.components[component] for result in results)


def _component_row(name: str, results: list[PolicyResult]) -> list[str]:
    return [name, *(format_money(result.components[name]) for result in results)]


def _periods(done: Backtest) -> list[tuple[str, Any]]:
    periods: list[tuple[str, Any]] = [(str(year), done.in_year(year)) for year in done.years]
    if done.in_uri.any():
        periods.append(("Winter Storm Uri, 13 to 20 February 2021", done.in_uri))
    return periods


def _period_row(done: Backtest, name: str, inside: Any) -> list[str]:
    return [
        name,
        *(_share(result.capture) for result in done.results(inside) if result.policy != _BEST),
        format_money(done.result(_BEST, inside).profit_usd) if _BEST in done.pnl else "–",
        *_over_simple(done, inside),
        _uplift(done, _ROLLING, "always_on", inside),
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
        "–" if isinstance(net, Missing) else f"{net:,.1f}",
    ]
