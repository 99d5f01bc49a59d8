"""A site on the terminal: backtest, plan, price forecast, allocation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hashpivot.core import Missing
from hashpivot.site import Allocation, Backtest, Plan, PolicyResult, PriceForecast, WhatIf

from ..shared import TextTable
from ._console import print_line, print_table, print_text_table

if TYPE_CHECKING:
    from rich.console import Console

_POLICIES = (
    "Policy",
    "Profit USD",
    "Capture",
    "of flexibility",
    "Uptime",
    "Starts",
    "Hours off",
    "Tariffs USD",
    "Uplift USD",
)
_PERIODS = (
    "Period",
    "Capture",
    "of flexibility",
    "Best simple policy",
    "Uplift USD",
    "In hindsight",
    "Uplift USD",
)
_SPLITS = (
    "AI MW",
    "Mining MW",
    "of it flexible",
    "of it bought",
    "Idle MW",
    "Expected NPV USD",
    "Worst scenario USD",
    "",
)
_SCENARIOS = ("Hashprice USD/PH/day", "Probability", "Never stopping USD", "Flexible USD", "AI USD")
_PRICES = (
    "da_usd_per_mwh",
    "expected_usd_per_mwh",
    "p10_usd_per_mwh",
    "p50_usd_per_mwh",
    "p90_usd_per_mwh",
)


_CAPTURE = "Capture is profit over perfect foresight's; of flexibility: both less always on's."
_UPLIFT = "Uplift is profit above that of the simple policy that earned most over the years before."


def print_backtest(backtest: Backtest, console: Console) -> None:
    """Print what each policy earned, over all hours and by year."""
    hours = backtest.hours
    title = f"{hours.site.name}, {hours.prices.zone}, {backtest.start} to {backtest.end}, {backtest.regime}"
    rows = tuple(_policy(backtest, result) for result in backtest.results())
    print_text_table(console, TextTable(title, _POLICIES, rows).without_blank_columns())
    if "perfect_foresight" in backtest.policies:
        print_line(console, _CAPTURE)
    print_line(console, _UPLIFT)
    print_line(console, f"Best simple policy of the years before: {best_simple_words(backtest)}.")
    _print_periods(backtest, console)
    _print_notes(backtest.notes, console)


def print_what_if(found: WhatIf, console: Console) -> None:
    """Print the profit of each what-if case, and its difference to what was."""
    rows = [
        tuple(f"{cell:,.0f}" if isinstance(cell, float) else str(cell) for cell in row.values())
        for row in found.records()
    ]
    head = ("Case", "Profit USD", "Against as it was USD")
    print_table(console, f"What if, {found.policy.replace('_', ' ')}", head, rows)
    _print_notes(found.notes, console)


def print_plan(plan: Plan, console: Console) -> None:
    """Print the schedule: one row an hour and group or AI load, with the reason."""
    print_text_table(console, plan_table(plan))
    _print_notes(plan.notes, console)


def plan_table(plan: Plan) -> TextTable:
    """The schedule: one row an hour and group or AI load, with the reason."""
    hours = plan.forecast.hours
    rows: list[tuple[str, ...]] = []
    for t in range(len(plan.modes)):
        hour = plan.hour(t)
        star = "*" if hour["da_stand_in"] else ""
        prices = (f"{hour['da_usd_per_mwh']:.0f}{star}", f"{hour['p90_usd_per_mwh']:.0f}")
        plant = [(name, hour[name]) for name in ("battery", "solar") if name in hour]
        told = [(part["name"], part["reason"]) for part in (*hour["groups"], *hour["ai"])]
        for number, words in enumerate((*told, *((name, _plant_words(part)) for name, part in plant))):
            head, tail = ("", ("", "")) if number else (hour["local"], prices)
            rows.append((head, *words, *tail))
    title = f"{hours.site.name}, {hours.prices.zone}, USD/MWh"
    return TextTable(title, ("Hour", "What", "How and why", "Day-ahead", "p90"), tuple(rows), left=3)


def _plant_words(part: Mapping[str, Any]) -> str:
    """What a battery or panels do, and why."""
    if "mode" not in part:
        curtailed = f", {part['curtailed_mw']:,.4g} MW curtailed" if part["curtailed_mw"] else ""
        return f"gives {part['power_mw']:,.4g} MW as in the days before{curtailed}"
    drawn = f"{abs(part['power_mw']):,.4g} MW, then " if part["power_mw"] else ""
    return f"{part['reason']}; {drawn}{part['stored_mwh']:,.4g} MWh stored"


def print_price_forecast(forecast: PriceForecast, console: Console) -> None:
    """Print the distribution of the real-time price, and the chance of a coincident peak, hour by hour."""
    print_text_table(console, price_forecast_table(forecast))


def price_forecast_table(forecast: PriceForecast) -> TextTable:
    """The distribution of the real-time price, and the chance of a coincident peak, a row an hour."""
    answer = forecast.to_dict()
    return TextTable(
        f"{answer['zone']}, real-time price, USD/MWh; "
        f"hashprice {answer['hashprice_usd_per_ph_day']:.2f} USD per PH/s and day",
        ("Hour", "Day-ahead", "Mean", "p10", "p50", "p90", "Peak"),
        tuple(
            (str(row["local"]), *(f"{row[key]:,.1f}" for key in _PRICES), f"{row['peak_probability']:.2%}")
            for row in forecast.records()
        ),
    )


def print_allocation(allocation: Allocation, console: Console) -> None:
    """Print each split of megawatts, the scenarios, and the hashprice at which the best split flips."""
    for table in allocation_tables(allocation):
        print_text_table(console, table)


def allocation_tables(allocation: Allocation) -> tuple[TextTable, TextTable]:
    """Each split of megawatts; the scenarios, and the hashprice at which the best split flips."""
    best = allocation.best()
    rows = tuple(
        (
            *map(_mw, (split.ai_mw, split.mining_mw, split.flexible_mw, split.bought_mw, split.idle_mw)),
            f"{split.expected_usd:,.0f}",
            f"{split.worst_usd:,.0f}",
            "best" if split.ai_mw == best.ai_mw else "",
        )
        for split in allocation.splits()
    )
    title = f"{allocation.site.name}: megawatts converted to AI ({allocation.terms.kind})"
    notes = tuple(allocation.notes)
    return TextTable(title, _SPLITS, rows, left=0, notes=notes), _scenarios_table(allocation)


def _mw(megawatts: float) -> str:
    return f"{megawatts:,.1f}".removesuffix(".0")


def _flip_words(allocation: Allocation) -> str:
    flip = allocation.flip_usd_per_ph_day
    if isinstance(flip, float):
        return f"Below a hashprice of {flip:,.1f} USD per PH/s and day in the first year, AI is worth more."
    return f"No flip: {flip.reason}."


def _scenarios_table(allocation: Allocation) -> TextTable:
    scenarios = allocation.to_dict()["scenarios"]
    assert isinstance(scenarios, list)
    rows = tuple(
        (
            f"{row['hashprice_usd_per_ph_day']:g}",
            f"{row['probability']:.0%}",
            f"{row['always_on_npv_usd_per_mw']:,.0f}",
            f"{row['mining_npv_usd_per_mw']:,.0f}",
            f"{allocation.ai_npv_usd_per_mw:,.0f}",
        )
        for row in scenarios
    )
    title = "Net present value of a megawatt: mining without ever stopping, mining while it pays, AI"
    return TextTable(title, _SCENARIOS, rows, left=0, notes=(_flip_words(allocation),))


def _policy(backtest: Backtest, result: PolicyResult) -> tuple[str, ...]:
    return (
        backtest.titles[result.policy],
        f"{result.profit_usd:,.0f}",
        _share(result.capture),
        _share(result.capture_of_flexibility),
        f"{result.uptime:.1%}",
        f"{result.starts:,}",
        f"{result.hours_off:,.0f}",
        f"{result.components['tariffs']:,.0f}",
        _dollars(backtest.uplift_over_simple_usd(policy=result.policy)),
    )


def _print_periods(backtest: Backtest, console: Console) -> None:
    periods = [(str(year), backtest.in_year(year)) for year in backtest.years]
    if backtest.in_uri.any():
        periods.append(("Uri 2021", backtest.in_uri))
    if "rolling_horizon" not in backtest.policies:
        return
    print_line(console)
    rows = tuple(_period(backtest, *one) for one in periods)
    table = TextTable("The rolling horizon by year", _PERIODS, rows)
    print_text_table(console, table.without_blank_columns())


def _period(backtest: Backtest, name: str, inside: Any) -> tuple[str, ...]:
    result, best = backtest.result("rolling_horizon", inside), backtest.best_simple
    return (
        name,
        _share(result.capture),
        _share(result.capture_of_flexibility),
        _title(backtest, best.beforehand(inside)),
        _dollars(backtest.uplift_over_simple_usd(inside)),
        _title(backtest, best.in_hindsight(inside)),
        _dollars(backtest.uplift_over_simple_usd(inside, hindsight=True)),
    )


def best_simple_words(backtest: Backtest) -> str:
    """The simple policy that earned most over the years before, or why it is not known."""
    chosen = backtest.best_simple.beforehand()
    return f"not known, {chosen.reason}" if isinstance(chosen, Missing) else backtest.titles[chosen]


def _title(backtest: Backtest, policy: str | Missing) -> str:
    return "–" if isinstance(policy, Missing) else backtest.titles[policy]


def _dollars(usd: float | Missing) -> str:
    return "–" if isinstance(usd, Missing) else f"{usd:+,.0f}"


def _share(capture: object) -> str:
    return f"{capture:.2%}" if isinstance(capture, float) else "–"


def _print_notes(notes: Sequence[str], console: Console) -> None:
    for note in notes:
        print_line(console, f"Note: {note}.")
