"""Question 3: what growth is contracted, guided or hoped for, and did earlier targets come true?"""

from __future__ import annotations

from datetime import date

from hashpivot.core import Missing, Quarter
from hashpivot.ledger import Contract, View, contracts_in_force

from ._answer import NOT_DISCLOSED, Answer, Metric, of_figure, ratio
from ._promises import promise_metrics, promises
from ._rubric import judge


def growth_answer(view: View, ticker: str, quarter: Quarter, day: date) -> Answer:
    """Remaining performance obligation, lease payments, AI contracts and targets announced by `day`."""
    whole = of_figure("total_revenue_usd", view.quarter_lines(ticker, quarter).total_revenue)
    obligation = of_figure(
        "remaining_performance_obligation_usd",
        view.company_measure(ticker, quarter, "remaining_performance_obligation"),
    )
    leases = of_figure(
        "lease_payments_receivable_usd", view.company_measure(ticker, quarter, "lease_payments_receivable")
    )
    contracts = tuple(c for c in contracts_in_force(day) if c.ticker == ticker)
    implied = _implied_quarterly(contracts)
    cover = ratio(
        "contracted_to_revenue_ratio", implied, whole, "contracted quarterly revenue / the quarter's revenue"
    )
    backlog = ratio(
        "obligation_to_revenue_ratio",
        obligation,
        whole,
        "remaining performance obligation / the quarter's revenue",
    )
    made = promises(view, ticker, day)
    metrics = (obligation, backlog, leases, *_contracted(contracts), implied, cover, *promise_metrics(made))
    verdict = growth_verdict(cover, backlog, contracts)
    return Answer(
        "growth",
        verdict,
        _headline(verdict, cover, backlog, contracts),
        metrics,
        contracts,
        _notes(day, contracts),
        made,
    )


def growth_verdict(cover: Metric, backlog: Metric, contracts: tuple[Contract, ...]) -> str:
    """By contracted quarterly AI revenue over the quarter's revenue.

    `transforming` from 1, `substantial` from 0.25, `modest` below; `modest` also where only a remaining
    performance obligation or contracts without a value are known; `not_disclosed` where nothing is.
    """
    if isinstance(cover.value, (int, float)):
        return judge("growth", cover.value, "modest")
    known = contracts or isinstance(backlog.value, (int, float))
    return "modest" if known else NOT_DISCLOSED


def _contracted(contracts: tuple[Contract, ...]) -> list[Metric]:
    none = Missing("no AI contract is known")
    value = sum(float(c.attributable_value_usd) for c in contracts if c.attributable_value_usd)
    megawatts = sum(float(c.attributable_mw_critical_it) for c in contracts if c.attributable_mw_critical_it)
    counted = "contracts announced, those restated by a later one left out"
    return [
        Metric("ai_contracts", len(contracts), (), counted),
        Metric("contracted_value_usd", value or none, (), "sum of announced values, the company's share"),
        Metric("contracted_critical_it_mw", megawatts or none, (), "sum of announced critical IT, its share"),
    ]


def _implied_quarterly(contracts: tuple[Contract, ...]) -> Metric:
    """The company's share of announced value spread evenly over the announced term."""
    name, method = "contracted_quarterly_revenue_usd", "sum of contract value / (4 x term in years)"
    terms = [
        float(c.attributable_value_usd) / (4 * float(c.term_years))
        for c in contracts
        if c.attributable_value_usd and c.term_years
    ]
    if not terms:
        return Metric(name, Missing("no contract with both value and term is known"), (), method)
    return Metric(name, sum(terms), (), method)


def _headline(verdict: str, cover: Metric, backlog: Metric, contracts: tuple[Contract, ...]) -> str:
    if isinstance(cover.value, (int, float)):
        many = "1 AI contract implies" if len(contracts) == 1 else f"{len(contracts)} AI contracts imply"
        return f"{many} {cover.value:.1f} times the quarter's revenue: {verdict}."
    if isinstance(backlog.value, (int, float)):
        return f"Remaining performance obligation is {backlog.value:.1f} times the quarter's revenue."
    if contracts:
        return f"AI contracts announced: {len(contracts)}, none with both value and term."
    return "Not disclosed: neither a remaining performance obligation nor an AI contract is known."


def _notes(day: date, contracts: tuple[Contract, ...]) -> tuple[str, ...]:
    notes = [f"contracts announced by {day}"]
    if any(not (c.contract_value_usd and c.term_years) for c in contracts):
        notes.append("contracts without value or term are not in the implied revenue")
    notes += [
        f"{c.counterparty}: value known from {c.value_from}, before the deal was restated without one"
        for c in contracts
        if c.value_from
    ]
    notes += [f"{c.counterparty}: counted at the company's {c.share:.1%}" for c in contracts if c.share != 1]
    if contracts:
        notes.append("values are spread evenly over the term; ramps and pass-through power are not known")
    return tuple(notes)
