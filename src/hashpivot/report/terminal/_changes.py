"""What changed since a moment, in words, and on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from hashpivot.core import MEASURES
from hashpivot.ledger import Restatement
from hashpivot.watch import CompanyChanges, HeadlineChange, LedgerChanges, SourceChanges, VerdictMove

from ..shared import clean, format_money, verdict_words
from ._console import print_line

if TYPE_CHECKING:
    from rich.console import Console

Number: TypeAlias = float | int | Decimal
_NAMES = {"total_revenue": "revenue", "ai_revenue": "AI revenue"}


def print_changes(changes: LedgerChanges, console: Console) -> None:
    """Print what changed, company by company.

    Args:
        changes: The changes.
        console: Where.
    """
    print_line(console, changes_words(changes))
    for company in changes.companies:
        print_line(console, f"{company.ticker}  {company.name}")
        print_line(console, *(f"  {words}" for words in (*_sources(company), *company_words(company))))


def changes_words(changes: LedgerChanges) -> str:
    """Say how much changed, in one sentence."""
    since = f"{changes.since:%Y-%m-%d %H:%M} UTC".replace(" 00:00 UTC", "")
    if not changes.companies:
        return f"Nothing new since {since}"
    figures = sum(source.figures for source in changes.sources)
    counts = {
        "source": len(changes.sources),
        "figure": figures,
        "contract": sum(len(company.contracts) for company in changes.companies),
        "restated amount": changes.restated,
        "verdict changed": changes.verdicts,
    }
    said = ", ".join(_counted(count, what) for what, count in counts.items() if count)
    return f"Since {since}: {said}"


def source_words(source: SourceChanges) -> str:
    """`23 figures, 18 new, 5 other than before, 4 from its text`."""
    counts = {
        "figure" if source.figures == 1 else "figures": source.figures,
        "new": source.new,
        "other than before": source.restated,
        "from its text": source.text_facts,
    }
    return ", ".join(f"{count:,} {what}" for what, count in counts.items() if count) or "no figures"


def company_words(company: CompanyChanges) -> list[str]:
    """What changed of a company, one sentence each: revenue, restatements, verdicts, contracts."""
    told = {(restated.quarter, restated.latest.measure) for restated in company.restated}
    return [
        *(headline_words(c) for c in company.headlines if (c.quarter, c.measure) not in told),
        *map(_restated, company.restated),
        *map(move_words, company.verdicts),
        *(f"contract announced {c.announced}: {clean(c.counterparty)}" for c in company.contracts),
    ]


def headline_words(change: HeadlineChange) -> str:
    """`2026Q2 AI revenue $31.9m`, or from what to what."""
    name = f"{change.quarter} {_NAMES[change.measure]}"
    if change.before_usd is None and change.after_usd is not None:
        return f"{name} {format_money(change.after_usd)}"
    return f"{name} {_from_to(change.before_usd, change.after_usd)}"


def move_words(move: VerdictMove) -> str:
    """`2026Q2 growth verdict: transforming`, or from what to what."""
    name, after = f"{move.quarter} {move.question} verdict", verdict_words(move.after) or "no figures"
    return f"{name} from {verdict_words(move.before)} to {after}" if move.before else f"{name}: {after}"


def _sources(company: CompanyChanges) -> Iterator[str]:
    for source in company.sources:
        yield f"{source.source.title}: {source_words(source)}"


def _restated(change: Restatement) -> str:
    figure = change.latest
    line = f" of {figure.line.heading}" if figure.line else ""
    amounts = _from_to(change.first.value, figure.value)
    return f"{figure.period} {MEASURES[figure.measure].title.lower()}{line} restated {amounts}"


def _from_to(before: Number | None, after: Number | None) -> str:
    """`from $71.0m to $74.9m`; to the dollar where that is the same."""
    first, last = (None if usd is None else format_money(usd) for usd in (before, after))
    if first == last and before is not None and after is not None:
        first, last = format_money(before, exact=True), format_money(after, exact=True)
    return f"from {first or 'not known'} to {last or 'not known'}"


def _counted(count: int, what: str) -> str:
    one, _, rest = what.partition(" ")
    if what == "restated amount":
        return f"{count:,} {what}" + ("s" if count != 1 else "")
    return f"{count:,} {one}" + ("s" if count != 1 else "") + (f" {rest}" if rest else "")
