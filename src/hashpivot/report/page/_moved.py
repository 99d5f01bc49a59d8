"""How the answers stand, and which moved since the quarter before and a year before."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import NoData
from hashpivot.season import MOVES, Comparison, Season, compare
from hashpivot.season import season as make_season

from ..shared import QUESTIONS, clean, verdict_words

ARROWS = {"up": "▲", "down": "▼"}
EARLIER = {1: "the quarter before", 4: "a year before"}
"""Quarters back, and how they are called."""


@dataclass(frozen=True, slots=True)
class Move:
    """An answer that moved."""

    ticker: str
    anchor: str
    question: str
    arrow: str
    direction: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved since an earlier quarter.

    Args:
        title: `Since 2025Q1, the quarter before`.
        words: How many answers moved which way, or why nothing can be said.
        moves: The answers that moved, upward ones first.
    """

    title: str
    words: str
    moves: list[Move]


def moved(season: Season, anchors: dict[str, str]) -> list[Moved]:
    """What moved since the quarter before and since the one a year before.

    The earlier seasons are made from the same view and the bundled network history.

    Args:
        season: The season.
        anchors: Section of each company by ticker.
    """
    return [_moved(season, back, called, anchors) for back, called in EARLIER.items()]


def _moved(season: Season, back: int, called: str, anchors: dict[str, str]) -> Moved:
    earlier = season.quarter - back
    title = f"Since {earlier}, {called}"
    names = {company.ticker: company.name for company in season.companies}
    try:
        before = make_season(season.view, NetworkHistory.load(), names, earlier)
    except NoData as error:
        return Moved(title, f"It cannot be told: {clean(error.message)}.", [])
    comparison = compare([before, season])
    return Moved(title, _words(comparison), _moves(comparison, anchors))


def _moves(comparison: Comparison, anchors: dict[str, str]) -> list[Move]:
    return [
        Move(
            ticker=clean(course.ticker),
            anchor=anchors[course.ticker],
            question=question,
            arrow=arrow,
            direction=direction,
            before=clean(verdict_words(before.verdict)),
            now=clean(verdict_words(now.verdict)),
        )
        for direction, arrow in ARROWS.items()
        for question in QUESTIONS
        for course in comparison.companies
        for before, now in [course.answers[question]]
        if now.move == direction
    ]


def _words(comparison: Comparison) -> str:
    """`4 answers moved up, 1 down, 20 stayed; 15 cannot be compared. New: X. No figures any more: Y.`"""
    counts = {move: sum(comparison.moves(question)[move] for question in QUESTIONS) for move in MOVES}
    told = (
        f"{counts['up']} answer{'' if counts['up'] == 1 else 's'} moved up, {counts['down']} down, "
        f"{counts['unchanged']} stayed; {counts['not_comparable']} cannot be compared, as one of the two "
        "quarters gives no verdict."
    )
    question = next(iter(QUESTIONS))
    for move, words in (("new", "New"), ("gone", "Not in this season")):
        tickers = [clean(c.ticker) for c in comparison.companies if c.answers[question][-1].move == move]
        told += f" {words}: {', '.join(tickers)}." if tickers else ""
    return told
