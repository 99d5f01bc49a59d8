"""A company whole, and its lines of business."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hashpivot.company import CompanyProfile, absence_of
from hashpivot.core import Missing
from hashpivot.ledger import QuarterLines, Restatement
from hashpivot.season import Answer

from ..charts import Column, revenue_chart
from ..company_page import line_multiples, page_head
from ..company_words import key_text
from ..season_page.company import badge
from ..shared import Cell, absence_words, clean
from ..terminal import lines_tables, restated_table
from ._fragment import Fragment, FragmentTable, Picture

_QUARTERS = 9
"""Quarters in a cell, as many as the season's page draws."""


def company_fragment(profile: CompanyProfile) -> Fragment:
    """The company's message, key numbers, revenue by line, and its four answers."""
    head = page_head(profile)
    season = profile.season
    return Fragment(
        title=head.title,
        lede=head.lede,
        meta=head.meta,
        tiles=tuple(
            (_tile(key_text(number), absence_of(number.amount)), clean(number.caption))
            for number in profile.key_numbers
        ),
        pictured="Revenue by line, $m a quarter, on one scale; pale bars are derived",
        pictures=tuple(map(Picture, line_multiples(profile))),
        tables=() if isinstance(season, Missing) else (_answers(season.answers),),
        notes=(f"No answers: {clean(season.reason)}.",) if isinstance(season, Missing) else (),
    )


def lines_fragment(
    ticker: str, quarters: Sequence[QuarterLines], gaps: Mapping[str, Missing], notes: Sequence[str]
) -> Fragment:
    """Revenue by line as a chart, revenue and gross profit by line as tables.

    Args:
        ticker: The company.
        quarters: Its quarters, oldest first.
        gaps: Why amounts are missing, by address.
        notes: Sentences on what does not add up.
    """
    absent = absence_words(gaps.values())
    span = f", {quarters[0].quarter} to {quarters[-1].quarter}" if quarters else ""
    last = quarters[-_QUARTERS:]
    earlier = len(quarters) - len(last)
    return Fragment(
        title=f"{clean(ticker)}: lines of business{span}",
        meta=("US dollars", "* derived"),
        pictures=(Picture(revenue_chart([*map(Column.of, last)])),) if last else (),
        tables=lines_tables(clean(ticker), last),
        notes=(
            f"{earlier} earlier quarters: .to_frame()" if earlier else "",
            f"– {absent}" if absent else "",
            *map(clean, notes),
        ),
    )


def restated_fragment(ticker: str, restatements: Sequence[Restatement]) -> Fragment:
    """What later filings say otherwise: first and latest value of each amount."""
    table = restated_table(clean(ticker), restatements)
    many = f"{len(restatements)} amount{'s' if len(restatements) != 1 else ''}"
    return Fragment(
        title=f"{clean(ticker)}: {many} reported again otherwise",
        meta=("USD million",),
        tables=(replace(table, title=""),),
    )


def _tile(text: str, missing: Missing | None) -> Cell:
    return Cell(text, clean(missing.reason) if missing else "")


def _answers(answers: Sequence[Answer]) -> FragmentTable:
    rows = tuple(
        (
            answer.question.capitalize(),
            badge(answer),
            clean(answer.headline),
            f"{answer.inputs_held} of {answer.inputs_total}",
            answer.grade or "–",
        )
        for answer in answers
    )
    return FragmentTable(("", "Verdict", "Why", "Inputs", "Grade"), rows, "The four answers", left=3)
