"""The page of a site's backtest."""

from ._charts import duration_chart, price_map, profit_chart, state_map
from ._page import backtest_body, backtest_words, policies_table, render_backtest, write_backtest
from ._plan_page import plan_body, plan_chart, plan_head

__all__ = [
    "backtest_body",
    "backtest_words",
    "duration_chart",
    "plan_body",
    "plan_chart",
    "plan_head",
    "policies_table",
    "price_map",
    "profit_chart",
    "render_backtest",
    "state_map",
    "write_backtest",
]
