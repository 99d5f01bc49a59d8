"""Sheets of an outlook's workbook that hold the simulation's results, as values: answers, lines, market."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hashpivot.core import Line
from hashpivot.formula import Term
from hashpivot.outlook import OutlookSummary, Spread

from ..outlook import outlook_answers
from ..workbook import COMPUTED, COUNT, DECIMAL, MILLIONS, SHARE, Book, Sheet

QUANTILES = ("p10", "p50", "p90", "mean")
_SHOWN = QUANTILES[:3]
_MILLIONS = "#,##0,,"
_GRID = {"visible": True, "line": {"color": "#E0E0E0"}}
_HEAD = 3
_FIRST = 2
_PRICES = (
    ("price_usd", "Bitcoin, USD", COUNT),
    ("hashprice_usd_ph_day", "Hashprice, USD per PH/s per day", DECIMAL),
    ("difficulty", "Difficulty", "0.00E+00"),
    ("hash_rate_ehs", "Network, EH/s", COUNT),
)
_AMOUNTS = (
    ("revenue_usd", "Revenue, USD million", MILLIONS),
    ("gross_profit_usd", "Gross profit, USD million", MILLIONS),
    ("adjusted_ebitda_usd", "Adjusted EBITDA, USD million", MILLIONS),
    ("cash_usd", "Cash, USD million", MILLIONS),
    ("debt_usd", "Debt, USD million", MILLIONS),
    ("effective_lines", "Effective lines", DECIMAL),
)
_CHANCES = (
    ("p_ai_chips_majority", "AI and chips more than half of revenue"),
    ("p_shortfall", "Shortfall: bills nobody pays"),
)


class QuantileTable:
    """Quantiles by quarter, a block of rows each; columns are the quarters.

    Args:
        page: The sheet.
        names: The quarters.
        first: Row of the first block.
    """

    def __init__(self, page: Sheet, names: Sequence[str], first: int) -> None:
        self.page, self.names, self._free = page, names, first
        self._places: dict[tuple[str, str], int] = {}
        self._values: dict[tuple[str, str], list[float | None]] = {}

    def add(
        self, key: str, title: str, spreads: Sequence[Spread], form: str,
        quantiles: Sequence[str] = QUANTILES,
    ) -> None:  # fmt: skip
        """Write a block: a row for each quantile."""
        for place, name in enumerate(quantiles):
            self._write(
                key, name, title if not place else "", [getattr(spread, name) for spread in spreads], form
            )

    def row(self, key: str, title: str, values: Sequence[float | None], form: str) -> None:
        """Write a single row."""
        self._write(key, "", title, values, form)

    def cell(self, key: str, name: str, step: int) -> Term:
        """A cell as other sheets refer to it; 0 where there is no number."""
        row, value = self._places[key, name], self._values[key, name][step]
        return Term(self.page.outside(row, _FIRST + step), value or 0.0)

    def fan(self, book: Book, key: str, title: str, form: str) -> Any:
        """A chart of the 10%, 50% and 90% quantiles."""
        chart, last = book.chart("line"), _FIRST + len(self.names) - 1
        for name, words, look in (
            ("p90", "90%", {"color": "#8FB3D9"}),
            ("p50", "median", {"color": "#1F4E79", "width": 2.5}),
            ("p10", "10%", {"color": "#8FB3D9"}),
        ):
            chart.add_series({
                "name": words, "line": look, "categories": self.page.span(_HEAD, _FIRST, last),
                "values": self.page.span(self._places[key, name], _FIRST, last),
            })  # fmt: skip
        chart.set_title({"name": title, "name_font": {"size": 11}, "overlay": False})
        chart.set_legend({"position": "bottom"})
        chart.set_x_axis({"num_font": {"size": 8, "rotation": -45}})
        chart.set_y_axis({"num_format": form, "num_font": {"size": 8}, "major_gridlines": _GRID})
        chart.set_size({"width": 560, "height": 290})
        return chart

    def _write(self, key: str, name: str, title: str, values: Sequence[float | None], form: str) -> None:
        row, self._free = self._free, self._free + 1
        top: dict[str, object] = {"top": 4, "top_color": "#BFBFBF"} if title else {}
        self._places[key, name], self._values[key, name] = row, list(values)
        self.page.text(row, 0, title, **top)
        self.page.text(row, 1, name, **top)
        for column, value in enumerate(values, _FIRST):
            if value is None:
                self.page.text(row, column, "n/a", align="right", **COMPUTED | top)
            else:
                self.page.number(row, column, value, form, **_look(name) | top)

    @property
    def bottom(self) -> int:
        """The row below the last one."""
        return self._free


def _look(name: str) -> dict[str, object]:
    return COMPUTED | ({"bold": True} if name == "p50" else {})


def answers_sheet(book: Book, page: Sheet, results: OutlookSummary) -> QuantileTable:
    """The answers in one screen."""
    rows = results.quarters
    table = _table(page, results, f"Outlook of {results.ticker}, scenario {results.scenario}", [30, 8])
    for key, title, form in _AMOUNTS:
        table.add(key, title, [getattr(row, key) for row in rows], form, _SHOWN)
    for key, title in _CHANCES:
        table.row(key, f"P({title})", [getattr(row, key) for row in rows], SHARE)
    sentences = (*outlook_answers(results), *results.cautions)
    for row, words in enumerate(sentences, table.bottom + 1):
        page.text(row, 0, words)
    below = table.bottom + len(sentences) + 2
    page.place(
        below,
        0,
        table.fan(book, "revenue_usd", "Revenue, USD million: 10%, median and 90% of paths", _MILLIONS),
    )
    page.place(
        below, 6, table.fan(book, "cash_usd", "Cash, USD million: 10%, median and 90% of paths", _MILLIONS)
    )
    return table


def lines_sheet(page: Sheet, results: OutlookSummary) -> None:
    """Revenue by line; lines that earn nothing on any path are left out."""
    rows = results.quarters
    table = _table(page, results, "Revenue by line, USD million", [30, 8])
    for line in Line:
        spreads = [row.lines[line] for row in rows]
        if any(spread.p90 or spread.mean for spread in spreads):
            table.add(line.value, line.heading, spreads, MILLIONS)
    table.add("revenue_usd", "All lines", [row.revenue_usd for row in rows], MILLIONS)


def market_sheet(book: Book, page: Sheet, results: OutlookSummary) -> QuantileTable:
    """Price, hashprice, difficulty and hash rate."""
    rows = results.market
    table = _table(page, results, "The market", [32, 8])
    for key, title, form in _PRICES:
        table.add(key, title, [getattr(row, key) for row in rows], form)
    for column, (key, title, form) in zip((0, 6), _PRICES, strict=False):
        page.place(table.bottom + 1, column, table.fan(book, key, title, form))
    return table


def _table(page: Sheet, results: OutlookSummary, title: str, widths: list[int]) -> QuantileTable:
    names = [str(row.quarter) for row in results.quarters]
    page.text(0, 0, title, bold=True, font_size=14)
    words = (
        f"Grey: values of {results.paths:,} simulated paths, seed {results.seed}; they do not follow "
        "changed inputs. p10, p50, p90: that share of paths lies below."
    )
    page.text(1, 0, words, font_color="#7F7F7F")
    page.band(_HEAD, ("", "", *names), _FIRST + len(names), numbers=range(_FIRST, _FIRST + len(names)))
    page.layout(widths + [11] * len(names), freeze=(_HEAD + 1, _FIRST))
    return QuantileTable(page, names, _HEAD + 1)
