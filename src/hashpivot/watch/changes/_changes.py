"""What a filing changed: the ledger's answers with it against those without it.

Both sides are computed from the ledger, so that the answer is the same before and after a restart. Only the
filing's company is looked at, and of it only recent quarters: the rest of the season is left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Company, Figure, Missing, Quarter, json_number
from hashpivot.ledger import Figures, QuarterLines, View
from hashpivot.season import (
    NOT_JUDGED,
    REPORTED_WITHIN,
    company_season,
    group_revenue,
    verdict_move,
)

from ._surprise import RevenueSurprise, revenue_surprise

_MOST_QUARTERS = 12
"""The three years an annual report shows side by side; older quarters are not compared."""
Amount = float | int | None


@dataclass(frozen=True, slots=True)
class HeadlineChange:
    """An amount of a quarter that a filing changed.

    Args:
        quarter: The quarter.
        measure: `total_revenue` or `ai_revenue`.
        before_usd: Without the filing; None if it was not known.
        after_usd: With it; None if it is no longer known.
    """

    quarter: Quarter
    measure: str
    before_usd: Amount
    after_usd: Amount

    def to_dict(self) -> dict[str, Any]:
        """`{"quarter", "measure", "before_usd", "after_usd"}`."""
        return {
            "quarter": str(self.quarter),
            "measure": self.measure,
            "before_usd": self.before_usd,
            "after_usd": self.after_usd,
        }


@dataclass(frozen=True, slots=True)
class VerdictMove:
    """A verdict that a filing changed.

    Args:
        quarter: The quarter.
        question: `revenue`, `profitability`, `growth` or `execution`.
        before: Without the filing; empty if the quarter had no answers.
        after: With it.
        move: One of `hashpivot.season.MOVES`.
    """

    quarter: Quarter
    question: str
    before: str
    after: str
    move: str

    def to_dict(self) -> dict[str, Any]:
        """`{"quarter", "question", "before", "after", "move"}`."""
        return {
            "quarter": str(self.quarter),
            "question": self.question,
            "before": self.before or None,
            "after": self.after or None,
            "move": self.move,
        }


@dataclass(frozen=True, slots=True)
class FilingChanges:
    """What a filing changed.

    Args:
        figures: How many figures it gives.
        new: How many of them answer a question that no figure answered before.
        restated: How many of them differ from every figure that did.
        measures: What they measure.
        text_facts: How many statements of its text are kept: targets, contracts, risk disclosures, debt.
        headlines: Total and AI revenue of quarters, newest first.
        verdicts: Newest quarter first.
        surprise: None if it is not the first to give a quarter's total revenue.
        ticker: Whose it is, as it was read.
    """

    figures: int
    new: int = 0
    restated: int = 0
    measures: tuple[str, ...] = ()
    text_facts: int = 0
    headlines: tuple[HeadlineChange, ...] = ()
    verdicts: tuple[VerdictMove, ...] = ()
    surprise: RevenueSurprise | None = None
    ticker: str = ""

    def to_dict(self) -> dict[str, Any]:
        """`changes` of the JSON contract of `hashpivot watch`."""
        return {
            "figures": self.figures,
            "new": self.new,
            "restated": self.restated,
            "measures": list(self.measures),
            "text_facts": self.text_facts,
            "headlines": [change.to_dict() for change in self.headlines],
            "verdicts": [change.to_dict() for change in self.verdicts],
            "surprise": self.surprise.to_dict() if self.surprise else None,
        }


def filing_changes(
    shipped: Figures, own: Figures, source: str, network: NetworkHistory, companies: Mapping[str, Company]
) -> FilingChanges | None:
    """What one source of the user's ledger changed.

    Args:
        shipped: The bundled figures; what they hold was known before.
        own: All that is in the user's ledger.
        source: Key of the source.
        network: The network's history.
        companies: By ticker.

    Returns:
        None if the user's ledger has no such source.
    """
    if source not in own.sources:
        return None
    figures = shipped | own
    after = View(figures, companies=companies)
    before = View(shipped | without(own, source), companies=companies)
    held = after.sources[source]
    given = [figure for figure in figures.figures if figure.source == source]
    facts = sum(fact.source == source for fact in figures.remarks)
    told_in = Quarter.containing(held.known - REPORTED_WITHIN)
    quarters = changed_quarters(before, after, held.ticker, given, told_in)
    company = companies.get(held.ticker)
    name = company.name if company else held.ticker
    new, restated = new_and_restated(given, known_values(before, held.ticker))
    return FilingChanges(
        len(given),
        new,
        restated,
        tuple(sorted({figure.measure for figure in given})),
        facts,
        tuple(headline_changes(before, after, held.ticker, quarters)),
        tuple(verdict_moves(before, after, network, held.ticker, name, quarters)),
        revenue_surprise(before, after, network, held.ticker, quarters, held.known),
        held.ticker,
    )


def without(figures: Figures, *gone_sources: str) -> Figures:
    """The same figures and text facts as if sources had never been added.

    Figures that are computed from one of their figures go too.
    """
    aside = set(gone_sources)
    gone = {figure.id for figure in figures.figures if figure.source in aside}
    derived = [figure for figure in figures.figures if figure.operands]
    while more := {f.id for f in derived if gone.intersection(f.operands)} - gone:
        gone |= more
    sources = {key: held for key, held in figures.sources.items() if key not in aside}
    return replace(
        figures,
        sources=sources,
        figures=tuple(
            f for f in figures.figures if f.source not in aside and not (f.operands and f.id in gone)
        ),
        remarks=tuple(fact for fact in figures.remarks if fact.source not in aside),
        changes=tuple(change for change in figures.changes if change.source not in aside),
    )


def known_values(before: View, ticker: str) -> dict[tuple[object, ...], set[Decimal]]:
    """The values a company's figures had, by question."""
    known: dict[tuple[object, ...], set[Decimal]] = defaultdict(set)
    for figure in before.figures(ticker):
        known[question_of(figure)].add(figure.value)
    return dict(known)


def new_and_restated(
    given: Iterable[Figure], known: Mapping[tuple[object, ...], Collection[Decimal]]
) -> tuple[int, int]:
    """Count the figures that answer what none did before, and those that differ from every one that did."""
    pairs = [(figure.value, known.get(question_of(figure))) for figure in given]
    return (
        sum(values is None for _, values in pairs),
        sum(values is not None and value not in values for value, values in pairs),
    )


def question_of(figure: Figure) -> tuple[object, ...]:
    """What a figure answers, whatever its value and source."""
    return figure.measure, figure.line, figure.qualifier, figure.start, figure.end, figure.unit


def changed_quarters(
    before: View, after: View, ticker: str, given: Iterable[Figure], told_in: Quarter
) -> list[Quarter]:
    """The quarters whose answers a filing can have changed, newest first.

    From the oldest it gives figures for, and from the quarter whose season it was told in: what a text states
    counts for every season that is still open on its day.
    """
    oldest = min((Quarter.of_period_end(figure.end) for figure in given), default=told_in)
    held = {*before.quarters(ticker), *after.quarters(ticker)}
    recent = sorted((quarter for quarter in held if quarter >= min(oldest, told_in)), reverse=True)
    return recent[:_MOST_QUARTERS]


def headline_changes(
    before: View, after: View, ticker: str, quarters: Iterable[Quarter]
) -> Iterator[HeadlineChange]:
    """Total and AI revenue of quarters, where they differ."""
    for quarter in quarters:
        old, new = (_headline(view.quarter_lines(ticker, quarter)) for view in (before, after))
        for measure, amount in new.items():
            if amount != old[measure]:
                yield HeadlineChange(quarter, measure, old[measure], amount)


def _headline(lines: QuarterLines) -> dict[str, Amount]:
    total, ai = lines.total_revenue, group_revenue(lines, "ai").value
    return {
        "total_revenue": None if isinstance(total, Missing) else json_number(total.value),
        "ai_revenue": json_number(Decimal(ai)) if isinstance(ai, (int, float)) else None,
    }


def verdict_moves(
    before: View, after: View, network: NetworkHistory, ticker: str, name: str, quarters: Iterable[Quarter]
) -> Iterator[VerdictMove]:
    """Verdicts of quarters, where they differ."""
    for quarter in quarters:
        old, new = (_answers(view, network, ticker, name, quarter) for view in (before, after))
        for question in new or old:
            verdicts = old.get(question, ""), new.get(question, "")
            if verdicts[0] != verdicts[1] and set(verdicts) != {"", NOT_JUDGED}:
                yield VerdictMove(quarter, question, *verdicts, verdict_move(*verdicts, question))


def _answers(view: View, network: NetworkHistory, ticker: str, name: str, quarter: Quarter) -> dict[str, str]:
    if quarter not in view.quarters(ticker):
        return {}
    answers = company_season(view, network, ticker, name, quarter).answers
    return {answer.question: answer.verdict for answer in answers}
