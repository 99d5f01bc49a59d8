"""Question 4, as far as tagged facts go: how are capital, dilution and customers handled?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hashpivot.core import Figure, Missing, Quarter
from hashpivot.ledger import View

from ._answer import NOT_DISCLOSED, Answer, Metric, of_figure, ratio, scaled

FEWEST_CHECKS = 3
"""Checks that must be possible before a verdict is given."""


@dataclass(frozen=True, slots=True)
class Check:
    """One rule.

    Args:
        metric: The metric it judges.
        watch: Value from which it says `watch`.
        fail: Value from which it says `fail`.
        rising: True if larger is worse, False if smaller is.
        why: What the threshold stands for.
    """

    metric: str
    watch: float
    fail: float
    rising: bool
    why: str

    def state(self, value: object) -> str:
        """`pass`, `watch`, `fail` or `not_disclosed`."""
        if not isinstance(value, (int, float)):
            return NOT_DISCLOSED
        beyond: Callable[[float], bool] = (
            (lambda mark: value >= mark) if self.rising else (lambda mark: value <= mark)
        )
        return "fail" if beyond(self.fail) else "watch" if beyond(self.watch) else "pass"


CHECKS = (
    Check("runway_quarters", 4, 2, False, "a year of cash and digital assets at the quarter's burn"),
    Check(
        "net_debt_to_revenue_ratio",
        1,
        2,
        True,
        "net debt after cash and digital assets over four quarters' revenue",
    ),
    Check(
        "share_count_growth_yoy",
        0.25,
        0.75,
        True,
        "a quarter more shares in a year dilutes owners by a fifth",
    ),
    Check(
        "customer_concentration_share",
        0.5,
        0.9,
        True,
        "one customer; ASC 280-10-50-42 asks for those from 10%",
    ),
    Check("impairment_to_revenue_ratio", 0.1, 0.5, True, "assets written down against the quarter's revenue"),
    Check("overhead_to_revenue_ratio", 0.4, 0.8, True, "selling, general and administrative over revenue"),
)
"""The rules of the execution answer; docs/season.md is generated from them."""


def execution_answer(view: View, ticker: str, quarter: Quarter) -> Answer:
    """Checks of capital, dilution, customers, impairments and overhead."""
    metrics = _metrics(view, ticker, quarter)
    values = {metric.name: metric.value for metric in metrics}
    states = {check.metric: check.state(values[check.metric]) for check in CHECKS}
    verdict = execution_verdict(list(states.values()))
    checks = tuple(Metric(f"check_{name}", state) for name, state in states.items())
    return Answer("execution", verdict, _headline(verdict, states), (*metrics, *checks))


def execution_verdict(states: list[str]) -> str:
    """`strained` if any check fails, `watch` if any says so, `steady` otherwise; needs three known checks."""
    known = [state for state in states if state != NOT_DISCLOSED]
    if len(known) < FEWEST_CHECKS:
        return NOT_DISCLOSED
    return "strained" if "fail" in known else "watch" if "watch" in known else "steady"


def _metrics(view: View, ticker: str, quarter: Quarter) -> tuple[Metric, ...]:
    def amount(name: str, measure: str) -> Metric:
        return of_figure(name, view.company_measure(ticker, quarter, measure))

    whole = of_figure("total_revenue_usd", view.quarter_lines(ticker, quarter).total_revenue)
    operating = amount("operating_cash_flow_usd", "operating_cash_flow")
    capex = amount("capital_expenditure_usd", "capital_expenditure")
    cash, held, debt = (
        amount("cash_usd", "cash"),
        amount("digital_assets_usd", "digital_assets_value"),
        amount("debt_usd", "debt"),
    )
    liquidity = _liquidity(cash, held)
    net_debt = _net_debt(debt, liquidity)
    annual = Metric("annual_revenue_usd", scaled(whole.value, 4), whole.figures)
    impairment = amount("impairment_usd", "impairment")
    overhead = amount("overhead_usd", "selling_general_administrative")
    return (
        operating,
        capex,
        ratio("capex_cover_ratio", operating, capex, "operating cash flow / capital expenditure"),
        cash,
        held,
        liquidity,
        _runway(liquidity, operating, capex),
        debt,
        net_debt,
        ratio("net_debt_to_revenue_ratio", net_debt, annual, "net debt / four times the quarter's revenue"),
        _share_growth(view, ticker, quarter),
        _concentration(view, ticker, quarter),
        ratio("impairment_to_revenue_ratio", impairment, whole, "impairments / revenue"),
        ratio("overhead_to_revenue_ratio", overhead, whole, "selling, general and administrative / revenue"),
        amount("research_development_usd", "research_development"),
    )


def _runway(liquidity: Metric, operating: Metric, capex: Metric) -> Metric:
    """Quarters the liquidity lasts if the quarter's operating cash flow and capital expenditure go on."""
    name, method = "runway_quarters", "(cash + digital assets) / (capital expenditure - operating cash flow)"
    missing = next((m.value for m in (liquidity, operating, capex) if isinstance(m.value, Missing)), None)
    if missing is not None:
        return Metric(name, missing, (), method)
    figures = (*liquidity.figures, *operating.figures, *capex.figures)
    burn = _number(capex) - _number(operating)
    if burn <= 0:
        return Metric(
            name, Missing("operations pay for the capital expenditure", "not_applicable"), figures, method
        )
    return Metric(name, _number(liquidity) / burn, figures, method)


def _liquidity(cash: Metric, assets: Metric) -> Metric:
    name, method = "liquidity_usd", "cash + digital assets at carrying value; cash alone if none are shown"
    if isinstance(cash.value, Missing):
        return Metric(name, cash.value, (), method)
    held = 0.0 if isinstance(assets.value, Missing) else _number(assets)
    return Metric(name, _number(cash) + held, (*cash.figures, *assets.figures), method)


def _net_debt(debt: Metric, liquidity: Metric) -> Metric:
    name, method = "net_debt_usd", "debt - cash - digital assets at carrying value"
    missing = next((m.value for m in (debt, liquidity) if isinstance(m.value, Missing)), None)
    if missing is not None:
        return Metric(name, missing, (), method)
    return Metric(name, _number(debt) - _number(liquidity), (*debt.figures, *liquidity.figures), method)


def _concentration(view: View, ticker: str, quarter: Quarter) -> Metric:
    """The largest customer's share over the shortest period reported to the quarter's end."""
    name, method = "customer_concentration_share", "largest share of revenue with one customer, as reported"
    found = [
        figure
        for figure in view.figures(ticker, "customer_concentration")
        if figure.start and Quarter.of_period_end(figure.end) == quarter
    ]
    if not found:
        return Metric(name, Missing("no share of revenue with one customer is reported"), (), method)
    shortest = min(found, key=lambda figure: (figure.end - (figure.start or figure.end), -figure.value))
    return Metric(name, float(shortest.value), (shortest,), method)


def _number(metric: Metric) -> float:
    assert isinstance(metric.value, (int, float))
    return float(metric.value)


def _share_growth(view: View, ticker: str, quarter: Quarter) -> Metric:
    name, method = "share_count_growth_yoy", "shares outstanding now / a year ago - 1"
    now, then = (view.company_measure(ticker, q, "shares_outstanding") for q in (quarter, quarter - 4))
    if isinstance(now, Figure) and isinstance(then, Figure) and then.value:
        return Metric(name, float(now.value / then.value) - 1, (now, then), method)
    missing = now if isinstance(now, Missing) else then
    return Metric(
        name, missing if isinstance(missing, Missing) else Missing("no shares a year ago"), (), method
    )


def _headline(verdict: str, states: dict[str, str]) -> str:
    if verdict == NOT_DISCLOSED:
        known = sum(state != NOT_DISCLOSED for state in states.values())
        return f"Not disclosed: {known} of {len(states)} checks have the figures they need."
    named = [
        name.rpartition("_")[0].replace("_", " ")
        for name, state in states.items()
        if state in ("fail", "watch")
    ]
    return (
        f"{verdict.capitalize()}: {', '.join(named)}."
        if named
        else "Steady: every check with figures passes."
    )
