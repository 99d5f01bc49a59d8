"""The page of a site's backtest."""

from ._charts import duration_chart, price_map, profit_chart, state_map
from ._loss_chart import loss_chart
from ._page import backtest_body, backtest_words, policies_table, render_backtest, write_backtest
from ._plan_page import plan_body, plan_chart, plan_head
from ._week_chart import week_chart
from ._what_if_charts import freedom_chart, sensitivity_chart
from ._workbook import backtest_workbook, write_backtest_workbook

__all__ = [
    "backtest_body",
    "backtest_words",
    "backtest_workbook",
    "duration_chart",
    "freedom_chart",
    "loss_chart",
    "plan_body",
    "plan_chart",
    "plan_head",
    "policies_table",
    "price_map",
    "profit_chart",
    "render_backtest",
    "sensitivity_chart",
    "state_map",
    "week_chart",
    "write_backtest",
    "write_backtest_workbook",
]
