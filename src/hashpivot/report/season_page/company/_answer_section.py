"""One of the four answers: its verdict, the numbers behind it, its contracts and notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from hashpivot.core import Missing, not_disclosed
from hashpivot.ledger import Contract
from hashpivot.season import CHECKS, NOT_JUDGED, Answer, Metric

from ...shared import (
    QUESTIONS,
    Cell,
    EvidenceList,
    Link,
    check_words,
    clean,
    format_money,
    link_to,
    metric_cell,
    metric_title,
    minus,
    plain_number,
    tone,
    verdict_words,
)
from ._risk_disclosures import Risk, risks

_CHECKS = {check.metric: check for check in CHECKS}

UNTOLD = not_disclosed("the announcement does not say")

HELPS = 3
"""Filings, and numbers of each, that a card names; coverage lists all."""


Told = TypeVar("Told")

_OF_EITHER = ("contracted_to_revenue_ratio", "implied_to_revenue_ratio")
_OF_CONTRACTS = (
    "ai_contracts",
    "contracted_value_usd",
    "contracted_critical_it_mw",
    "contracted_quarterly_revenue_usd",
    "contracts_to_begin_critical_it_mw",
    *_OF_EITHER,
)


@dataclass(frozen=True, slots=True)
class Badge:
    """A verdict as it is shown."""

    question: str
    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class MetricRow:
    """One number behind an answer.

    Args:
        title: Its name.
        cell: Its value.
        method: How it was computed.
        state: What its check says, empty if it has none.
        rule: The rule of its check.
        stands_on: The list on the page it was computed from, `contracts` or `targets`; else empty.
    """

    title: str
    cell: Cell
    method: str
    state: str = ""
    rule: str = ""
    stands_on: str = ""


@dataclass(frozen=True, slots=True)
class ContractRow:
    """One announced contract."""

    announced: str
    counterparty: str
    kind: str
    megawatts: Cell
    term: Cell
    value: Cell
    start: Cell
    link: Link


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One of the four answers as a card.

    Args:
        asked: The question.
        headline: The answer in one sentence.
        basis: Inputs held, their worst grade, the newest day: `3 of 5 inputs · grade A · 2026-02-27`.
        helps: What would let it be judged; empty if it is.
        known: The numbers behind it.
        risks: What the company's latest reports state.
    """

    question: str
    asked: str
    badge: Badge
    headline: str
    basis: str
    helps: list[str]
    known: list[MetricRow]
    contracts: list[ContractRow]
    notes: list[str]
    risks: list[Risk]


def badge(answer: Answer) -> Badge:
    """The verdict of an answer and its tone."""
    return Badge(answer.question, verdict_words(clean(answer.verdict)), tone(answer.verdict))


def answer_view(answer: Answer, evidence: EvidenceList) -> AnswerView:
    """Build the card; its figures are added to the evidence."""
    rows = [
        _metric_row(metric, answer, evidence)
        for metric in answer.metrics
        if not metric.name.startswith("check_") and not isinstance(metric.value, Missing)
    ]
    return AnswerView(
        question=answer.question,
        asked=QUESTIONS.get(answer.question, ""),
        badge=badge(answer),
        headline=clean(answer.headline),
        basis=_basis(answer),
        helps=_helps(answer),
        known=rows,
        contracts=[_contract_row(contract) for contract in answer.contracts],
        notes=[clean(note) for note in answer.notes],
        risks=risks(answer) if answer.question == "execution" else [],
    )


def _basis(answer: Answer) -> str:
    parts = [f"{answer.inputs_held} of {answer.inputs_total} inputs"]
    parts += [f"grade {answer.grade}"] if answer.grade else []
    parts += [answer.newest.isoformat()] if answer.newest else []
    return " · ".join(parts)


def _helps(answer: Answer) -> list[str]:
    """Filings that would end absences of an answer that is not judged, each with what it would give."""
    if answer.verdict != NOT_JUDGED:
        return []
    by_filing: dict[str, list[str]] = {}
    for missing in answer.absent:
        filing, _, what = clean(missing.needs).partition(": ")
        if filing:
            by_filing.setdefault(filing, []).extend([what] if what else [])
    named = [": ".join(filter(None, (filing, _some(what)))) for filing, what in by_filing.items()]
    return named[:HELPS]


def _some(names: list[str]) -> str:
    """The first names, and how many more there are."""
    more = len(names) - HELPS
    return ", ".join(names[:HELPS]) + (f" and {more} more" if more > 0 else "")


def _metric_row(metric: Metric, answer: Answer, evidence: EvidenceList) -> MetricRow:
    check = _CHECKS.get(metric.name)
    return MetricRow(
        metric_title(metric.name),
        metric_cell(metric, evidence.refs(metric.figures)),
        _method(metric, evidence),
        state=verdict_words(check.state(metric.value)) if check else "",
        rule=f"{check_words(check)}: {check.why}" if check else "",
        stands_on=_stands_on(metric, answer),
    )


def _stands_on(metric: Metric, answer: Answer) -> str:
    """The list a metric was computed from, empty if it was computed from figures only or from nothing."""
    if answer.contracts and metric.name in _OF_CONTRACTS:
        return "contracts"
    if metric.name == "contracts_and_targets_to_build_usd" and any(c.capex_usd for c in answer.contracts):
        return "contracts"
    of_targets = "targets" in metric.name or metric.name in _OF_EITHER
    return "targets" if of_targets and (answer.targets or metric.value) else ""


def _method(metric: Metric, evidence: EvidenceList) -> str:
    """How it was computed, or for a single figure whether it is reported or derived and how."""
    single = len(metric.figures) == 1 and (not metric.method or metric.method == metric.figures[0].formula)
    return evidence.basis(metric.figures[0]) if single else minus(clean(metric.method))


def _terms(contract: Contract) -> str:
    """Kind of contract, with the company's share and the cost to build where they are announced."""
    share = "" if contract.share == 1 else f", its share {contract.share:.1%}"
    cost = f", {format_money(contract.capex_usd)} to build" if contract.capex_usd else ""
    return clean(contract.kind) + share + cost


def _contract_row(contract: Contract) -> ContractRow:
    return ContractRow(
        announced=clean(contract.announced),
        counterparty=clean(contract.counterparty),
        kind=_terms(contract),
        megawatts=_told(contract.mw_critical_it, plain_number),
        term=_told(contract.term_years, plain_number),
        value=_told(contract.contract_value_usd, format_money),
        start=_told(clean(contract.start) or None, str),
        link=link_to("source", contract.url),
    )


def _told(value: Told | None, write: Callable[[Told], str]) -> Cell:
    """What an announcement says; it was read, so what it leaves out is not disclosed."""
    if value is None:
        return Cell(UNTOLD.code.words, UNTOLD.reason)
    return Cell(write(value))
