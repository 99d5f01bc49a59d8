"""The season in a terminal: its message, a league table as wide as there is room, three findings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hashpivot.core import Missing
from hashpivot.season import NOT_JUDGED, CompanySeason, Metric, Season

from ..shared import (
    QUESTIONS,
    absence_words,
    clean,
    format_value,
    league_order,
    metric_of,
    newer_words,
    pivot_of,
    plain,
    season_message,
    tone,
    verdict_words,
)
from ._console import DASH, add_column, add_row, new_table, print_line, print_words, show_table, styled

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_STYLES = {"good": "green", "fair": "yellow", "poor": "red", "plain": "", "unknown": "dim"}
_GAP = 2


@dataclass(frozen=True, slots=True)
class _Column:
    """One column: its head, what it says of a company, and the order in which columns give way.

    `rank` 0 stays; of the others the highest goes first.
    """

    head: str
    write: Callable[[CompanySeason], tuple[str, str]]
    rank: int
    right: bool = True


def print_season(season: Season, console: Console) -> None:
    """Print the season's message, the league table and its findings.

    Columns that do not fit give way, the least telling first; nothing from a filing is read as markup.
    """
    rows = _ordered(season)
    columns = _fitting(rows, console.width)
    message = season_message(season)
    print_words(console, f"{season.quarter}: {message.title}.", "bold")
    print_words(console, plain(message.caveat))
    show_table(console, _league(rows, columns))
    print_line(console)
    for finding in message.findings:
        print_words(console, plain(finding))
    if season.newer:
        print_words(console, f"{newer_words(season.newer)}.")
    print_line(console)
    print_words(console, _caption(rows, columns), "dim")


def _ordered(season: Season) -> list[CompanySeason]:
    """The companies that have turned furthest first."""
    pairs = [(company, pivot_of(company, season.view)) for company in season.companies]
    return [company for company, _ in sorted(pairs, key=league_order)]


def _columns() -> list[_Column]:
    return [
        _Column("", lambda c: (clean(c.ticker, 8), "bold"), 0, right=False),
        _Column("Revenue", lambda c: _cell(_whole(c)), 0),
        _Column("YoY", lambda c: _cell(metric_of(c["revenue"], "revenue_growth_yoy")), 5),
        _Column("AI+chips", lambda c: _cell(metric_of(c["revenue"], "ai_chips_share")), 0),
        _Column("Mining\nmargin", lambda c: _cell(_margin(c)), 9),
        _Column("Offset", _offset, 7),
        _Column("Contracted\n/ revenue", lambda c: _cell(_cover(c)), 6),
        _Column("Checks", lambda c: (f"{c.checks_held}/{c.checks_total}", ""), 8),
        _Column("", lambda c: (c.grade or DASH, "dim"), 8),
        *(_verdict_column(name, rank) for rank, name in enumerate(QUESTIONS, 1)),
    ]


def _verdict_column(question: str, rank: int) -> _Column:
    def write(company: CompanySeason) -> tuple[str, str]:
        verdict = company[question].verdict
        return _verdict(verdict), _STYLES[tone(verdict)]

    return _Column(f"Verdict:\n{question}", write, rank, right=False)


def _verdict(verdict: str) -> str:
    return DASH if verdict == NOT_JUDGED else clean(verdict_words(verdict), 16)


def _cell(metric: Metric) -> tuple[str, str]:
    return (DASH, "dim") if isinstance(metric.value, Missing) else (format_value(metric), "")


def _whole(company: CompanySeason) -> Metric:
    return metric_of(company["revenue"], "total_revenue_usd")


def _margin(company: CompanySeason) -> Metric:
    return metric_of(company["profitability"], "mining_gross_margin_share")


def _cover(company: CompanySeason) -> Metric:
    return metric_of(company["growth"], "contracted_to_revenue_ratio")


def _offset(company: CompanySeason) -> tuple[str, str]:
    """The offset ratio; `none` where there is no loss to offset."""
    if company["profitability"].verdict == "not_squeezed":
        return "no loss", ""
    return _cell(metric_of(company["profitability"], "offset_ratio"))


def _fitting(rows: list[CompanySeason], width: int) -> list[_Column]:
    """The columns that fit side by side."""
    columns = _columns()
    while sum(_width(column, rows) + _GAP for column in columns) - _GAP > width:
        last = max(columns, key=lambda column: column.rank)
        if not last.rank:
            break
        columns.remove(last)
    return columns


def _width(column: _Column, rows: list[CompanySeason]) -> int:
    from rich.cells import cell_len

    texts = (*column.head.split("\n"), *(column.write(row)[0] for row in rows))
    return max(map(cell_len, texts))


def _league(rows: list[CompanySeason], columns: list[_Column]) -> Table:
    table = new_table(show_edge=False, padding=(0, _GAP - 1, 0, 0))
    for column in columns:
        side = "right" if column.right else "left"
        add_column(table, column.head, justify=side, no_wrap=True, vertical="bottom")
    for row in rows:
        add_row(table, (styled(*column.write(row)) for column in columns))
    return table


def _caption(rows: list[CompanySeason], columns: list[_Column]) -> str:
    """How many of the values shown are absent, by kind; and which columns had no room."""
    shown = {column.head for column in columns}
    gone = [column.head.replace("\n", " ") for column in _columns() if column.head not in shown]
    absent = absence_words(missing for row in rows for missing in _absences(row))
    words = [f"{DASH} {absent}; hashpivot coverage lists the filings."] if absent else []
    words += [f"No room for: {', '.join(gone)}."] if gone else []
    return " ".join([*words, "The HTML report says why."] if absent else words)


def _absences(company: CompanySeason) -> list[Missing]:
    """Why numbers of the table are not there."""
    metrics = (
        _whole(company),
        metric_of(company["revenue"], "revenue_growth_yoy"),
        metric_of(company["revenue"], "ai_chips_share"),
        _margin(company),
        metric_of(company["profitability"], "offset_ratio"),
        _cover(company),
    )
    return [metric.value for metric in metrics if isinstance(metric.value, Missing)]
