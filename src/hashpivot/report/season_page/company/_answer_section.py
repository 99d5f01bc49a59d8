"""One of the four answers: its verdict, the numbers behind it, its contracts and notes."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.core import not_disclosed
from hashpivot.ledger import Contract
from hashpivot.season import CHECKS, Answer, Metric

from ...shared import (
    QUESTIONS,
    SYMBOLS,
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
    value_cell,
    verdict_words,
)
from ._risk_disclosures import Risk, risks

_CHECKS = {check.metric: check for check in CHECKS}


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
    symbol: str


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
class Gap:
    """Numbers that have no value, for one reason."""

    titles: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class ContractRow:
    """One announced contract."""

    announced: str
    counterparty: str
    kind: str
    megawatts: Cell
    term: Cell
    value: Cell
    start: str
    link: Link


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One of the four answers."""

    question: str
    asked: str
    badge: Badge
    headline: str
    known: list[MetricRow]
    gaps: list[Gap]
    unknown: int
    contracts: list[ContractRow]
    notes: list[str]
    risks: list[Risk]


def badge(answer: Answer) -> Badge:
    """The verdict of an answer: word, tone and symbol."""
    strength = tone(answer.verdict)
    return Badge(answer.question, verdict_words(clean(answer.verdict)), strength, SYMBOLS[strength])


def answer_view(answer: Answer, evidence: EvidenceList) -> AnswerView:
    """Build the answer; its figures are added to the evidence."""
    rows = [
        _metric_row(metric, answer, evidence)
        for metric in answer.metrics
        if not metric.name.startswith("check_")
    ]
    return AnswerView(
        question=answer.question,
        asked=QUESTIONS.get(answer.question, ""),
        badge=badge(answer),
        headline=clean(answer.headline),
        known=[row for row in rows if not row.cell.missing],
        gaps=_gaps(rows),
        unknown=sum(row.cell.missing for row in rows),
        contracts=[_contract_row(contract) for contract in answer.contracts],
        notes=[clean(note) for note in answer.notes],
        risks=risks(answer) if answer.question == "execution" else [],
    )


def _gaps(rows: list[MetricRow]) -> list[Gap]:
    """The rows without a value, those of one reason together."""
    titles: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if row.cell.missing:
            titles.setdefault((row.cell.text, row.cell.reason), []).append(row.title)
    return [Gap("; ".join(names), text, reason) for (text, reason), names in titles.items()]


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
    untold = not_disclosed("the announcement does not say")
    return ContractRow(
        announced=clean(contract.announced),
        counterparty=clean(contract.counterparty),
        kind=_terms(contract),
        megawatts=value_cell(
            untold if contract.mw_critical_it is None else contract.mw_critical_it, plain_number
        ),
        term=value_cell(untold if contract.term_years is None else contract.term_years, plain_number),
        value=value_cell(
            untold if contract.contract_value_usd is None else contract.contract_value_usd, format_money
        ),
        start=clean(contract.start) or "not disclosed",
        link=link_to("source", contract.url),
    )
