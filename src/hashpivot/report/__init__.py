"""Tables, charts, the season's HTML page and its workbook."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ._chart import Chart
from ._charts import company_charts
from ._comparison import ComparedCell, ComparedTable, comparison_tables, print_comparison
from ._format import format_money, format_share, format_value
from ._targets import TargetRow, target_chart
from ._terminal import print_season
from ._workbook import lines_workbook, season_workbook, write_lines_workbook, write_season_workbook
from ._write import UnwritableFile, write_text

if TYPE_CHECKING:
    from ._html import render_html, write_html
    from ._nowcast_chart import nowcast_bridge_chart, nowcast_chart, step_words, surprise_words
    from ._outlook_answers import outlook_answers
    from ._outlook_chart import fan_chart, tornado_chart
    from ._outlook_page import render_outlook, write_outlook
    from ._outlook_workbook import outlook_workbook, write_outlook_workbook
    from ._site_page import render_backtest, write_backtest

__all__ = [
    "Chart",
    "ComparedCell",
    "ComparedTable",
    "TargetRow",
    "UnwritableFile",
    "company_charts",
    "comparison_tables",
    "fan_chart",
    "format_money",
    "format_share",
    "format_value",
    "lines_workbook",
    "nowcast_bridge_chart",
    "nowcast_chart",
    "outlook_answers",
    "outlook_workbook",
    "print_comparison",
    "print_season",
    "render_backtest",
    "render_html",
    "render_outlook",
    "season_workbook",
    "step_words",
    "surprise_words",
    "target_chart",
    "tornado_chart",
    "write_backtest",
    "write_html",
    "write_lines_workbook",
    "write_outlook",
    "write_outlook_workbook",
    "write_season_workbook",
    "write_text",
]

_LATER = {
    "_html": ("render_html", "write_html"),
    "_nowcast_chart": ("nowcast_bridge_chart", "nowcast_chart", "step_words", "surprise_words"),
    "_outlook_answers": ("outlook_answers",),
    "_outlook_chart": ("fan_chart", "tornado_chart"),
    "_outlook_page": ("render_outlook", "write_outlook"),
    "_outlook_workbook": ("outlook_workbook", "write_outlook_workbook"),
    "_site_page": ("render_backtest", "write_backtest"),
}
_HOMES = {name: module for module, names in _LATER.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import what stands on nowcast, outlook and site, and so on NumPy, when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
