"""How far a company has turned: its AI and chip numbers now and before the halving."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.core import Missing, Quarter, not_applicable
from hashpivot.ledger import View
from hashpivot.season import Answer, CompanySeason, Metric, group_share

from ._cell import metric_of


@dataclass(frozen=True, slots=True)
class Pivot:
    """The numbers of one company that a season compares.

    Args:
        base: Last whole quarter before the latest halving; None if the ledger holds none.
        share: AI and chips in revenue.
        share_before: The same in the base quarter.
        recurring: The same without fit-out, resale and costs passed on; not applicable where no row says so.
        mining_change: Mining gross profit since the base quarter, USD.
        pivot_change: Gross profit of AI and chips since then, USD.
        offset: What the second makes up for of the first.
        margin: Mining gross margin.
        signed: Contracted AI revenue a quarter, USD.
        cover: The same over the quarter's revenue.
    """

    base: Quarter | None
    share: Metric
    share_before: Metric
    recurring: Metric
    mining_change: Metric
    pivot_change: Metric
    offset: Metric
    margin: Metric
    signed: Metric
    cover: Metric


def pivot_of(company: CompanySeason, view: View) -> Pivot:
    """Read the numbers from a company's answers, and its share before the halving from the ledger."""
    revenue, profit, growth = (company[question] for question in ("revenue", "profitability", "growth"))
    base = base_of(company)
    return Pivot(
        base=base,
        share=metric_of(revenue, "ai_chips_share"),
        share_before=_share_in(base, company, view),
        recurring=_recurring(revenue),
        mining_change=metric_of(profit, "mining_gross_profit_change_usd"),
        pivot_change=metric_of(profit, "ai_chips_gross_profit_change_usd"),
        offset=metric_of(profit, "offset_ratio"),
        margin=metric_of(profit, "mining_gross_margin_share"),
        signed=_signed(growth_parts := [metric_of(growth, name) for name in _SIGNED], growth_parts[0]),
        cover=metric_of(growth, "contracted_to_revenue_ratio"),
    )


def base_of(company: CompanySeason) -> Quarter | None:
    """The last whole quarter before the latest halving, if the ledger holds it."""
    base = metric_of(company["profitability"], "base_quarter").value
    return None if isinstance(base, Missing) else Quarter.parse(str(base))


def fiscal_name(company: CompanySeason, view: View) -> str:
    """What a company calls the quarter, such as `FQ1 2025`."""
    lines, known = company.lines, view.companies.get(company.ticker)
    return known.calendar.label(lines.start, lines.end) if known else str(lines.quarter)


def number(metric: Metric) -> float | None:
    """A metric's value as a number; None if it has none."""
    return float(metric.value) if isinstance(metric.value, int | float) else None


def league_order(row: tuple[CompanySeason, Pivot]) -> tuple[bool, float, float, str]:
    """By share of AI and chips, highest first; those without after them, by revenue."""
    company, pivot = row
    share = number(pivot.share)
    revenue = 0.0 if isinstance(company.revenue, Missing) else float(company.revenue.value)
    return share is None, -(share or 0.0), -revenue, company.ticker


_SIGNED = ("contracted_quarterly_revenue_usd", "targets_contracted_quarterly_revenue_usd")


def _share_in(base: Quarter | None, company: CompanySeason, view: View) -> Metric:
    if base is None:
        return Metric("ai_chips_share", not_applicable("no quarter before the halving is compared with"))
    return group_share(view.quarter_lines(company.ticker, base), "ai", "chips")


def _recurring(revenue: Answer) -> Metric:
    """The share that recurs, where some of it is known not to."""
    name = "ai_chips_recurring_share"
    one_off = next((m.value for m in revenue.metrics if m.name == "ai_not_recurring_revenue_usd"), 0)
    if isinstance(one_off, int | float) and one_off:
        return metric_of(revenue, name)
    return Metric(name, not_applicable("no row of its revenue is known not to recur"))


def _signed(parts: list[Metric], contracts: Metric) -> Metric:
    """Contracts and what targets call contracted on top of them."""
    amounts = [amount for part in parts if (amount := number(part)) is not None]
    return Metric(contracts.name, sum(amounts), (), contracts.method) if amounts else contracts
