"""Seasons side by side, for a terminal and for a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hashpivot.core import Figure, Missing
from hashpivot.season import Comparison, Course, Standing

from ..shared import QUESTIONS, clean, format_value, tone, verdict_words
from ._console import add_column, add_row, new_table, print_words, show_table, styled

if TYPE_CHECKING:
    from rich.console import Console

_ARROWS = {"up": "▲", "down": "▼", "unchanged": "=", "new": "new"}
_STYLES = {"good": "green", "fair": "yellow", "poor": "red", "plain": "", "unknown": "dim"}


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """One answer in one quarter as it is shown.

    Args:
        verdict: In words; a dash if the company has no figures.
        value: The key metric, empty if there is none.
        reason: Why there is none.
        move: An arrow, `=`, `new` or empty.
        tone: `good`, `fair`, `poor`, `unknown` or `plain`.
        figures: What the key metric was computed from.
    """

    verdict: str
    value: str
    reason: str
    move: str
    tone: str
    figures: tuple[Figure, ...] = ()

    def __str__(self) -> str:
        return " ".join(part for part in (self.verdict, self.value, self.move) if part)


@dataclass(frozen=True, slots=True)
class ComparedTable:
    """One question for all companies.

    Args:
        question: Its name.
        title: The question in words.
        heads: The quarters.
        rows: Ticker, then a cell a quarter, then the overall move in words.
        summary: How many moved which way.
    """

    question: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[ComparedCell, ...], str], ...]
    summary: str


def comparison_tables(comparison: Comparison) -> list[ComparedTable]:
    """The four tables of a comparison, ready to be shown anywhere; all text is cleaned, none is markup."""
    return [_table(comparison, question, title) for question, title in QUESTIONS.items()]


def print_comparison(comparison: Comparison, console: Console) -> None:
    """Print one table a question: verdict, key metric and move by quarter."""
    for shown in comparison_tables(comparison):
        table = new_table()
        for head in ("", *shown.heads, "Overall"):
            add_column(table, head, no_wrap=not head)
        for ticker, cells, overall in shown.rows:
            texts = (styled(str(cell), _STYLES[cell.tone]) for cell in cells)
            add_row(table, (styled(ticker, "bold"), *texts, overall))
        show_table(console, table, shown.title)
        print_words(console, shown.summary, "dim")


def _table(comparison: Comparison, question: str, title: str) -> ComparedTable:
    rows = tuple(
        (
            clean(course.ticker, 8),
            tuple(_cell(standing) for standing in course.answers[question]),
            _overall(course, question),
        )
        for course in comparison.companies
    )
    heads = tuple(map(str, comparison.quarters))
    counts = (f"{count} {verdict_words(move)}" for move, count in comparison.moves(question).items() if count)
    return ComparedTable(question, title, heads, rows, f"Up to {heads[-1]}: {', '.join(counts)}.")


def _overall(course: Course, question: str) -> str:
    since = course.since[question]
    words = verdict_words(course.overall[question])
    return f"{words} since {since}" if since else words


def _cell(standing: Standing) -> ComparedCell:
    if not standing.present:
        return ComparedCell("–", "", _reason(standing), "", "unknown")
    missing = isinstance(standing.metric.value, Missing)
    return ComparedCell(
        clean(verdict_words(standing.verdict)),
        "" if missing else _value(standing),
        _reason(standing),
        _ARROWS.get(standing.move, ""),
        tone(standing.verdict),
        standing.metric.figures,
    )


def _value(standing: Standing) -> str:
    said = format_value(standing.metric)
    return f"{said} failing" if standing.metric.name == "failing_checks" else said


def _reason(standing: Standing) -> str:
    value = standing.metric.value
    return clean(value.reason) if isinstance(value, Missing) else ""
