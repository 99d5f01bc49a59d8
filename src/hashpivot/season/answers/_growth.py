"""Question 3: what growth is contracted, guided or hoped for, what pays for it, and did targets come true?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Quarter, not_in_ledger
from hashpivot.guidance import Stance, Target
from hashpivot.ledger import Contract, View

from ..texts import KnownContracts, begins_after, known_contracts
from ._buildout_funding import build_metrics
from ._implied_revenue import fresh_targets, implied_quarterly, on_top, open_targets, summed
from ._target_track_record import track_record_metrics, tracked_targets
from .base import (
    NOT_JUDGED,
    Answer,
    ContractAmount,
    ContractCount,
    Formula,
    Inputs,
    Metric,
    computed,
    input_of,
    inputs_of,
    itself,
    judge,
    not_judged_headline,
    of_figure,
    ratio,
    sum_of,
)


def growth_answer(view: View, network: NetworkHistory, ticker: str, quarter: Quarter, day: date) -> Answer:
    """What is contracted, guided and hoped for by `day`, what must be built for it, what pays for that."""
    whole = of_figure("total_revenue_usd", view.quarter_lines(ticker, quarter).total_revenue)
    obligation = of_figure(
        "remaining_performance_obligation_usd",
        view.company_measure(ticker, quarter, "remaining_performance_obligation"),
    )
    leases = of_figure(
        "lease_payments_receivable_usd", view.company_measure(ticker, quarter, "lease_payments_receivable")
    )
    known = known_contracts(view, ticker, day)
    made = tracked_targets(view, ticker, day)
    said = fresh_targets(view, ticker, day)
    targets = open_targets(said, day, made)
    implied = implied_quarterly(known.contracts)
    beyond = on_top(implied, targets)
    firm, every = _sums(implied, beyond)
    cover = ratio("contracted_to_revenue_ratio", firm, whole, f"{firm.method} / the quarter's revenue")
    cover = replace(cover, at_least=bool(_without_amount(known.contracts, targets)))
    backlog = ratio(
        "obligation_to_revenue_ratio",
        obligation,
        whole,
        "remaining performance obligation / the quarter's revenue",
    )
    metrics = (
        *(obligation, backlog, leases, *_contracted(known.contracts), implied, *beyond, cover),
        ratio("implied_to_revenue_ratio", every, whole, f"{every.method} / the quarter's revenue"),
        *build_metrics(view, network, ticker, quarter, known.contracts, said),
        *track_record_metrics(made),
    )
    valued = tuple(contract for contract in known.contracts if contract.quarterly_usd)
    sides = (input_of(whole), input_of(obligation), input_of(implied, valued), input_of(beyond[0]))
    inputs = inputs_of(view, "growth", sides)
    verdict = growth_verdict(cover, backlog)
    return Answer(
        "growth",
        verdict,
        _headline(verdict, cover, backlog, known.contracts, inputs),
        metrics,
        known.contracts,
        _notes(day, known, targets),
        made,
        inputs=inputs,
        judged=cover,
    )


def _sums(implied: Metric, beyond: tuple[Metric, ...]) -> tuple[Metric, Metric]:
    """Contracted quarterly revenue, and with it what is guided and hoped for."""
    firm = summed("contracted", (implied, beyond[0]), "contracted quarterly revenue, targets included")
    every = summed("implied", (implied, *beyond), "contracted, guided and aspired quarterly revenue")
    return firm, every


def growth_verdict(cover: Metric, backlog: Metric) -> str:
    """By contracted quarterly AI revenue over the quarter's revenue.

    `transforming` from 1, `substantial` from 0.25, `modest` below; `modest` also where only a remaining
    performance obligation is known; `not_judged` where nothing contracted has an amount, or revenue is not
    known, or where the ratio is a lower bound that reaches no threshold.
    """
    if isinstance(cover.value, (int, float)):
        return judge("growth", cover.value, NOT_JUDGED if cover.at_least else "modest")
    return "modest" if isinstance(backlog.value, (int, float)) else NOT_JUDGED


def _without_amount(contracts: tuple[Contract, ...], targets: list[Target]) -> list[str]:
    """What is contracted and leaves open how much a quarter: no value, or no term."""
    open_contracts = [c.counterparty for c in contracts if not c.extends and not c.quarterly_usd]
    undated = [t.metric for t in targets if t.stance is Stance.CONTRACTED and _undated_value(t)]
    return open_contracts + undated


def _undated_value(target: Target) -> bool:
    return target.metric == "contract_value" and target.due is None


def _contracted(contracts: tuple[Contract, ...]) -> list[Metric]:
    counted = "contracts announced, those restated by a later one left out"
    count = Formula(itself, (ContractCount(contracts),)) if contracts else None
    return [
        Metric("ai_contracts", len(contracts), (), counted, count),
        _announced(
            "contracted_value_usd",
            contracts,
            "attributable_value_usd",
            "sum of announced values, the company's share",
        ),
        _announced(
            "contracted_critical_it_mw",
            contracts,
            "attributable_mw_critical_it",
            "sum of announced critical IT, its share",
        ),
    ]


def _announced(name: str, contracts: tuple[Contract, ...], field: str, method: str) -> Metric:
    """What the announcements of contracts add up to, those that give no such number left out."""
    amounts = tuple(amount for c in contracts if (amount := ContractAmount(c, field)).value)
    if not amounts:
        return Metric(name, not_in_ledger("no AI contract is known"), (), method)
    return computed(name, Formula(sum_of, amounts), (), method)


def _headline(
    verdict: str, cover: Metric, backlog: Metric, contracts: tuple[Contract, ...], inputs: Inputs
) -> str:
    if isinstance(cover.value, (int, float)):
        what = (
            "Amounts that its filings call contracted imply"
            if not contracts
            else "1 AI contract implies"
            if len(contracts) == 1
            else f"{len(contracts)} AI contracts imply"
        )
        times = f"{cover.value:.{1 if cover.value >= 1 else 2}f}"
        least = "at least " if cover.at_least else ""
        if verdict == NOT_JUDGED:
            said = what[:1].lower() + what[1:]
            return f"Not judged: {said} {least}{times} times the quarter's revenue, others give no amount."
        return f"{what} {least}{times} times the quarter's revenue: {verdict}."
    if isinstance(backlog.value, (int, float)):
        return f"Remaining performance obligation is {backlog.value:.1f} times the quarter's revenue."
    valued = any(contract.quarterly_usd for contract in contracts)
    unvalued = f"AI contracts announced: {len(contracts)}, none with both value and term"
    return not_judged_headline(inputs, because=unvalued if contracts and not valued else "")


def _notes(day: date, known: KnownContracts, targets: list[Target]) -> tuple[str, ...]:
    contracts = known.contracts
    notes = [f"contracts announced by {day}"]
    if any(not (c.contract_value_usd and c.term_years) for c in contracts):
        notes.append("contracts without value or term are not in the implied revenue")
    notes += [
        f"{c.counterparty}: value known from {c.value_from}, before the deal was restated without one"
        for c in contracts
        if c.value_from
    ]
    notes += [f"{c.counterparty}: counted at the company's {c.share:.1%}" for c in contracts if c.share != 1]
    notes += [f"{name}: told in an added text, taken for a contract known" for name in known.repeated]
    if contracts:
        notes.append("values are spread evenly over the term; ramps and pass-through power are not known")
    if any(map(_undated_value, targets)):
        notes.append("targets of contract value without a term are not in the implied revenue")
    if any(c.mw_critical_it and begins_after(c, day) is None for c in contracts):
        notes.append("contracts without an announced start are not in the megawatts to build")
    return tuple(notes)
