"""Charts: one small picture each, for pages, notebooks and files."""

from ._gross_profit_bridge import GrossProfitBridge, bridge, bridge_chart
from ._maturity_wall import wall_chart
from ._mining_offset import offset_chart
from ._quarters_ahead import MedianLine, PastBar, ahead_chart, ahead_reach
from ._revenue_by_line import Column, part_class, part_title, revenue_chart
from ._revenue_nowcast import nowcast_bridge_chart, nowcast_chart, step_words, surprise_words
from ._swings import decides_words, swings_chart
from ._target_timeline import STATES, TargetRow, TargetsView, target_chart, targets_view
from ._waterfall import waterfall_chart
from .season import PaidRow, SignedRow, TurnedRow, paid_chart, signed_chart, spark_bars, turned_chart

__all__ = [
    "STATES",
    "Column",
    "GrossProfitBridge",
    "MedianLine",
    "PaidRow",
    "PastBar",
    "SignedRow",
    "TargetRow",
    "TargetsView",
    "TurnedRow",
    "ahead_chart",
    "ahead_reach",
    "bridge",
    "bridge_chart",
    "decides_words",
    "nowcast_bridge_chart",
    "nowcast_chart",
    "offset_chart",
    "paid_chart",
    "part_class",
    "part_title",
    "revenue_chart",
    "signed_chart",
    "spark_bars",
    "step_words",
    "surprise_words",
    "swings_chart",
    "target_chart",
    "targets_view",
    "turned_chart",
    "wall_chart",
    "waterfall_chart",
]
