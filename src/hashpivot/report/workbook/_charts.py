"""The workbook's native charts: their look, and revenue by line beside a company's table."""

from __future__ import annotations

from typing import Any

from hashpivot.core import Line

from ..shared import palette
from ._book import Book
from ._company_sheet import CompanyPage
from ._quarter_table import FIRST_COLUMN

_OWN_COLOUR = (Line.HOSTING, Line.AI_COLOCATION, Line.ENGINEERING, Line.POWER)
"""Lines with a colour of their own on the page; the others have their group's."""


def revenue_chart(book: Book, made: CompanyPage) -> None:
    """Revenue by line, stacked, to the right of a company's table; nothing where no line is known."""
    last = FIRST_COLUMN + len(made.table.quarters) - 1
    rows = [(line, at) for line in Line if (at := made.table.row_of(("revenue", line))) is not None]
    if not rows:
        return
    chart = book.chart("column", "stacked")
    for line, at in rows:
        chart.add_series(
            {
                "name": line.heading,
                "categories": made.page.span(made.table.top - 1, FIRST_COLUMN, last),
                "values": made.page.span(at, FIRST_COLUMN, last),
                "fill": {"color": palette()[line.value if line in _OWN_COLOUR else line.group]},
            }
        )
    ticker = made.table.quarters[0].ticker
    style_chart(chart, f"{ticker}: revenue by line, USD a quarter", dollars=True)
    made.page.place(made.table.top, last + 2, chart)


def style_chart(chart: Any, title: str, *, dollars: bool) -> None:
    """Give a chart its title, legend, axes (dollars in millions) and size."""
    grid = {"visible": True, "line": {"color": "#D9D9D9"}}
    chart.set_title({"name": title, "name_font": {"size": 11}, "overlay": False})
    chart.set_legend({"position": "bottom"})
    chart.set_x_axis({"num_font": {"size": 8}, "label_position": "low"})
    form = '#,##0,,"m"' if dollars else "#,##0"
    chart.set_y_axis({"num_font": {"size": 8}, "num_format": form, "major_gridlines": grid})
    chart.set_size({"width": 620, "height": 300})


def style_bars(chart: Any, title: str, form: str, rows: int) -> None:
    """Give a chart of horizontal bars its title, axes (first row on top) and a height for its rows."""
    chart.set_title({"name": title, "name_font": {"size": 11}, "overlay": False})
    chart.set_legend({"position": "bottom"})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 8}, "label_position": "low"})
    grid = {"visible": True, "line": {"color": "#E3DED4"}}
    chart.set_x_axis({"num_font": {"size": 8}, "num_format": form, "major_gridlines": grid})
    chart.set_size({"width": 470, "height": 110 + 24 * rows})
