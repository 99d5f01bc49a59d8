"""Which verdicts changed since earlier seasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hashpivot.core import Missing, Quarter
from hashpivot.season import MOVES, Comparison, Standing

from ..shared import QUESTIONS, Refs, SeasonReport, clean, verdict_words
from ._member import Member

ARROWS = {"up": "▲", "down": "▼"}
_CALLED = {1: "the quarter before", 4: "a year before"}
"""What an earlier quarter is called, by quarters back."""


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """An answer whose verdict moved up or down.

    Args:
        values: The numbers the two verdicts were given by and the threshold between them, such as
            `10.8% to 9.0%, below the 10% threshold`; empty where one of them is not a number.
        refs: Numbers of their evidence.
    """

    ticker: str
    anchor: str
    question: str
    arrow: str
    direction: str
    before: str
    now: str
    values: str
    refs: Refs


@dataclass(frozen=True, slots=True)
class VerdictChanges:
    """The verdicts that changed since one earlier quarter.

    Args:
        title: `Since 2025Q1, the quarter before`.
        words: How many answers moved which way, or why nothing can be compared.
        changes: The answers that moved, upward ones first.
    """

    title: str
    words: str
    changes: list[VerdictChange]


def verdict_changes(report: SeasonReport, members: Mapping[str, Member]) -> list[VerdictChanges]:
    """List what changed since each earlier season of a report.

    Args:
        report: The season and its comparisons.
        members: The companies by ticker; the figures behind both verdicts are added to their evidence.
    """
    return [
        _changes_since(quarter, report.season.quarter, comparison, members)
        for quarter, comparison in report.earlier.items()
    ]


def _changes_since(
    earlier: Quarter, now: Quarter, comparison: Comparison | Missing, members: Mapping[str, Member]
) -> VerdictChanges:
    back = now.since(earlier)
    title = f"Since {earlier}, {_CALLED.get(back, f'{back} quarters before')}"
    if isinstance(comparison, Missing):
        return VerdictChanges(title, f"It cannot be told: {clean(comparison.reason)}.", [])
    return VerdictChanges(title, _words(comparison), _changes(comparison, members))


def _changes(comparison: Comparison, members: Mapping[str, Member]) -> list[VerdictChange]:
    return [
        _change(members[course.ticker], question, direction, before, now)
        for direction in ARROWS
        for question in QUESTIONS
        for course in comparison.companies
        for before, now in [course.answers[question]]
        if now.move == direction
    ]


def _change(member: Member, question: str, direction: str, before: Standing, now: Standing) -> VerdictChange:
    judged = [metric for metric in (before.judged, now.judged) if metric] if now.crossing else []
    return VerdictChange(
        ticker=clean(member.company.ticker),
        anchor=member.anchor,
        question=question,
        arrow=ARROWS[direction],
        direction=direction,
        before=clean(verdict_words(before.verdict)),
        now=clean(verdict_words(now.verdict)),
        values=now.crossing,
        refs=member.evidence.refs(figure for metric in judged for figure in metric.figures),
    )


def _words(comparison: Comparison) -> str:
    """`4 answers moved up, 1 down, 20 stayed; 15 cannot be compared. New: X. No figures any more: Y.`"""
    counts = {move: sum(comparison.moves(question)[move] for question in QUESTIONS) for move in MOVES}
    words = (
        f"{counts['up']} answer{'' if counts['up'] == 1 else 's'} moved up, {counts['down']} down, "
        f"{counts['unchanged']} stayed; {counts['not_comparable']} cannot be compared, as one of the two "
        "quarters gives no verdict."
    )
    question = next(iter(QUESTIONS))
    for move, heading in (("new", "New"), ("gone", "Not in this season")):
        tickers = [clean(c.ticker) for c in comparison.companies if c.answers[question][-1].move == move]
        words += f" {heading}: {', '.join(tickers)}." if tickers else ""
    return words
