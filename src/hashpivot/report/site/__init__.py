"""The page of a site's backtest."""

from ._charts import duration_chart, price_map, profit_chart, state_map
from ._page import backtest_words, policies_table, render_backtest, write_backtest

__all__ = [
    "backtest_words",
    "duration_chart",
    "policies_table",
    "price_map",
    "profit_chart",
    "render_backtest",
    "state_map",
    "write_backtest",
]
