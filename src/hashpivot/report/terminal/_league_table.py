"""The season in a terminal: a league table as wide as there is room, then one line a company."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hashpivot.core import Absence, Missing
from hashpivot.season import NOT_JUDGED, CompanySeason, Metric, Season

from ..shared import QUESTIONS, added, clean, format_value, metric_of, summary, tone, verdict_words

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_STYLES = {"good": "green", "fair": "yellow", "poor": "red", "plain": "", "unknown": "dim"}
_GAP = 2

NOT_KNOWN = "n/d"


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
    """Print the league table and each company's revenue headline.

    Columns that do not fit give way, the least telling first; nothing from a filing is read as markup.
    """
    from rich.text import Text

    rows = list(season.companies)
    columns = _fitting(rows, console.width)
    console.print(Text(f"Season {season.quarter}", style="bold"))
    console.print(Text(summary(season)), "")
    console.print(_league(rows, columns), "")
    console.print(_headlines(rows), "")
    console.print(Text(_caption(columns), style="dim"))


def _columns() -> list[_Column]:
    return [
        _Column("", lambda c: (clean(c.ticker, 8), "bold"), 0, right=False),
        _Column("Revenue", lambda c: _cell(Metric("total_revenue_usd", _whole(c))), 0),
        _Column("YoY", lambda c: _cell(metric_of(c["revenue"], "revenue_growth_yoy")), 6),
        *(_share_column(group, head, rank) for group, head, rank in _SHARES),
        _Column("AI+chips\nGP", lambda c: _cell(_pivot_profit(c)), 8),
        _Column("Offset", lambda c: _cell(metric_of(c["profitability"], "offset_ratio")), 7),
        *(_verdict_column(name, rank) for rank, name in enumerate(QUESTIONS)),
    ]


_SHARES = (("mining", "Mining", 9), ("ai", "AI", 4), ("chips", "Chips", 5))


def _share_column(group: str, head: str, rank: int) -> _Column:
    return _Column(head, lambda c: _cell(Metric(f"{group}_share", c.shares[group])), rank)


def _verdict_column(question: str, rank: int) -> _Column:
    def write(company: CompanySeason) -> tuple[str, str]:
        verdict = company[question].verdict
        words = NOT_KNOWN if verdict == NOT_JUDGED else clean(verdict_words(verdict), 16)
        return words, _STYLES[tone(verdict)]

    return _Column(f"Verdict:\n{question}", write, rank, right=False)


def _cell(metric: Metric) -> tuple[str, str]:
    if isinstance(metric.value, Missing):
        return ("n/a" if metric.value.code == Absence.NOT_APPLICABLE else NOT_KNOWN), "dim"
    return format_value(metric), ""


def _whole(company: CompanySeason) -> float | Missing:
    return company.revenue if isinstance(company.revenue, Missing) else float(company.revenue.value)


def _pivot_profit(company: CompanySeason) -> Metric:
    """Gross profit of AI and chips together; missing if either is."""
    parts = [metric_of(company["profitability"], f"{group}_gross_profit_usd") for group in ("ai", "chips")]
    return added("ai_chips_gross_profit_usd", parts)


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
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, show_edge=False, padding=(0, _GAP - 1, 0, 0), pad_edge=False)
    for column in columns:
        table.add_column(
            column.head, justify="right" if column.right else "left", no_wrap=True, vertical="bottom"
        )
    for row in rows:
        table.add_row(*(Text(*column.write(row)) for column in columns))
    return table


def _headlines(rows: list[CompanySeason]) -> Table:
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, _GAP, 0, 0))
    for row in rows:
        grid.add_row(Text(clean(row.ticker, 8), "bold"), Text(clean(row["revenue"].headline)))
    return grid


def _caption(columns: list[_Column]) -> str:
    shown = {column.head for column in columns}
    gone = [column.head.replace("\n", " ") for column in _columns() if column.head not in shown]
    words = "n/d: not disclosed or not derivable; n/a: does not apply. The HTML report says why."
    return f"{words} No room for: {', '.join(gone)}." if gone else words
