"""What the figures say about capital, dilution, customers and losses."""

from __future__ import annotations

from operator import sub

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import MEASURES, Figure, Missing, Quarter, not_applicable, not_derivable
from hashpivot.formula import Number
from hashpivot.ledger import QuarterLines, View

from ..texts import split_powers, stated_splits, tagged_splits
from ._cash_flow import operating_with_sales
from .base import (
    Formula,
    Metric,
    computed,
    growth,
    number_of,
    of_figure,
    ratio,
    runway,
    share_at_a_loss,
    sum_of,
    times_four,
)

_SHARE_METHOD = (
    "shares outstanding now / a year ago - 1, the earlier count adjusted for splits since it was reported"
)
_LEAST = (
    0.5  # judged: no listed miner has bought back a third of its shares in a year; half is a reverse split
)


def capital_metrics(view: View, network: NetworkHistory, ticker: str, quarter: Quarter) -> tuple[Metric, ...]:
    """Cash flow, liquidity, debt, dilution, customers, impairments and overhead of the quarter."""

    def amount(name: str, measure: str) -> Metric:
        return of_figure(name, view.company_measure(ticker, quarter, measure))

    whole = of_figure("total_revenue_usd", view.quarter_lines(ticker, quarter).total_revenue)
    operating = operating_with_sales(view, network, ticker, quarter)
    capex = amount("capital_expenditure_usd", "capital_expenditure")
    cash, held, debt = (
        amount("cash_usd", "cash"),
        amount("digital_assets_usd", "digital_assets_value"),
        amount("debt_usd", "debt"),
    )
    liquidity = liquidity_metric(view, ticker, quarter)
    net_debt = _net_debt(debt, liquidity)
    annual = _annual(whole)
    impairment = amount("impairment_usd", "impairment")
    overhead = amount("overhead_usd", "selling_general_administrative")
    return (
        amount("operating_cash_flow_usd", "operating_cash_flow"),
        operating,
        capex,
        ratio(
            "capex_cover_ratio",
            operating,
            capex,
            "operating cash flow with bitcoin sales / capital expenditure",
        ),
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
        _growth("overhead_growth_yoy", view, ticker, quarter, "selling_general_administrative"),
        amount("research_development_usd", "research_development"),
        _growth("research_development_growth_yoy", view, ticker, quarter, "research_development"),
        notes := amount("convertible_notes_usd", "convertible_notes"),
        ratio(
            "convertibles_to_liquidity_ratio", notes, liquidity, "convertible notes / (cash + digital assets)"
        ),
        _loss_making(view.quarter_lines(ticker, quarter)),
    )


def _annual(quarterly: Metric) -> Metric:
    if isinstance(quarterly.value, Missing):
        return Metric("annual_revenue_usd", quarterly.value, quarterly.figures)
    return computed("annual_revenue_usd", Formula(times_four, (quarterly,)), quarterly.figures, "")


def _runway(liquidity: Metric, operating: Metric, capex: Metric) -> Metric:
    """Quarters the liquidity lasts if the quarter's operating cash flow and capital expenditure go on."""
    name = "runway_quarters"
    method = "(cash + digital assets) / (capital expenditure - operating cash flow with bitcoin sales)"
    missing = next((m.value for m in (liquidity, operating, capex) if isinstance(m.value, Missing)), None)
    if missing is not None:
        return Metric(name, missing, (), method)
    figures = (*liquidity.figures, *operating.figures, *capex.figures)
    burn = number_of(capex) - number_of(operating)
    if burn <= 0:
        return Metric(name, not_applicable("operations pay for the capital expenditure"), figures, method)
    return computed(name, Formula(runway, (liquidity, operating, capex)), figures, method)


def liquidity_metric(view: View, ticker: str, quarter: Quarter) -> Metric:
    """Cash and digital assets at the quarter's end."""
    name, method = "liquidity_usd", "cash + digital assets at carrying value; cash alone if none are shown"
    cash = of_figure("cash_usd", view.company_measure(ticker, quarter, "cash"))
    assets = of_figure("digital_assets_usd", view.company_measure(ticker, quarter, "digital_assets_value"))
    if isinstance(cash.value, Missing):
        return Metric(name, cash.value, (), method)
    figures = (*cash.figures, *assets.figures)
    return computed(name, Formula(sum_of, figures), figures, method)


def _net_debt(debt: Metric, liquidity: Metric) -> Metric:
    name, method = "net_debt_usd", "debt - cash - digital assets at carrying value"
    missing = next((m.value for m in (debt, liquidity) if isinstance(m.value, Missing)), None)
    if missing is not None:
        return Metric(name, missing, (), method)
    return computed(name, Formula(sub, (debt, liquidity)), (*debt.figures, *liquidity.figures), method)


def _concentration(view: View, ticker: str, quarter: Quarter) -> Metric:
    """The largest customer's share over the shortest period reported to the quarter's end."""
    name, method = "customer_concentration_share", "largest share of revenue with one customer, as reported"
    found = [
        figure
        for figure in view.figures(ticker, "customer_concentration")
        if figure.start and Quarter.of_period_end(figure.end) == quarter
    ]
    if not found:
        return Metric(
            name, view.company_statements(ticker).absent("customer_concentration", quarter), (), method
        )
    shortest = min(found, key=lambda figure: (figure.end - (figure.start or figure.end), -figure.value))
    return of_figure(name, shortest, method)


def _share_growth(view: View, ticker: str, quarter: Quarter) -> Metric:
    """The relative change of the share count over a year.

    A count reported before a split is adjusted by its tagged ratio; where a split is only stated in words, or
    only shows in a count that fell by half, the growth is not derivable.
    """
    name = "share_count_growth_yoy"
    now, then = (view.company_measure(ticker, q, "shares_outstanding") for q in (quarter, quarter - 4))
    if isinstance(now, Missing):
        return Metric(name, now, (), _SHARE_METHOD)
    if isinstance(then, Missing):
        return Metric(name, then, (), _SHARE_METHOD)
    if not then.value or not now.value:
        why = not_applicable("there were no shares outstanding")
        return Metric(name, why, (now, then), _SHARE_METHOD)
    ratios = tagged_splits(view, ticker, then, now)
    told = stated_splits(view, ticker, then, now)
    if not ratios and told:
        shares = f"{told[0].ratio:.4f}".rstrip("0").rstrip(".")
        why = not_derivable(f"a stock split of {shares} for one lies between the counts, untagged")
        return Metric(name, why, (now, then), _SHARE_METHOD)
    formula = Formula(_Adjusted(split_powers(ratios, float(now.value / then.value))), (now, then, *ratios))
    if formula.value() + 1 < _LEAST:
        fall = f"shares fell by {-formula.value():.0%}, as in a reverse split whose ratio is not known"
        return Metric(name, not_derivable(fall), (now, then), _SHARE_METHOD)
    return computed(name, formula, (now, then, *ratios), _SHARE_METHOD)


class _Adjusted:
    """Growth from a count multiplied by ratios, each to the power 1 or -1."""

    def __init__(self, powers: tuple[int, ...]) -> None:
        self._powers = powers

    def __call__(self, now: Number, then: Number, *ratios: Number) -> Number:
        for factor, power in zip(ratios, self._powers, strict=True):
            then = then * factor if power > 0 else then / factor
        return now / then - 1


def _growth(name: str, view: View, ticker: str, quarter: Quarter, measure: str) -> Metric:
    """A measure now over a year ago, less one."""
    title = MEASURES[measure].title.lower()
    method = f"{title} now / a year ago - 1"
    now, then = (view.company_measure(ticker, q, measure) for q in (quarter, quarter - 4))
    if isinstance(now, Missing):
        return Metric(name, now, (), method)
    if isinstance(then, Missing):
        return Metric(name, then, (), method)
    if not then.value:
        return Metric(name, not_applicable(f"{title} a year ago are zero"), (now, then), method)
    return computed(name, Formula(growth, (now, then)), (now, then), method)


def _loss_making(lines: QuarterLines) -> Metric:
    """Revenue of lines with negative gross profit over the revenue of all lines with a known one."""
    name, method = (
        "loss_making_revenue_share",
        "revenue of lines with negative gross profit / of lines with a known one",
    )
    profits = {line: profit for line, profit in lines.gross_profit.items() if isinstance(profit, Figure)}
    known = {line: float(lines.revenue[line].value) for line in profits if line in lines.revenue}
    if not sum(known.values()):
        return Metric(name, not_derivable("no gross profit by line is known"), (), method)
    operands = tuple(figure for line in known for figure in (lines.revenue[line], profits[line]))
    return computed(name, Formula(share_at_a_loss, operands), (profits[line] for line in known), method)
