"""Charts: one small picture each, for pages, notebooks and files."""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

from ._gross_profit_bridge import GrossProfitBridge, bridge, bridge_chart
from ._mining_offset import offset_chart
from ._outlook import fan_chart, tornado_chart
from ._revenue_by_line import Column, revenue_chart
from ._revenue_nowcast import nowcast_bridge_chart, nowcast_chart, step_words, surprise_words
from ._revenue_shares import share_bar, share_words
from ._target_timeline import STATES, TargetRow, TargetsView, target_chart, targets_view

if TYPE_CHECKING:
    from ._site import duration_chart, price_map, profit_chart, state_map

__all__ = [
    "STATES",
    "Column",
    "GrossProfitBridge",
    "TargetRow",
    "TargetsView",
    "bridge",
    "bridge_chart",
    "fan_chart",
    "nowcast_bridge_chart",
    "nowcast_chart",
    "offset_chart",
    "revenue_chart",
    "share_bar",
    "share_words",
    "step_words",
    "surprise_words",
    "target_chart",
    "targets_view",
    "tornado_chart",
]

__getattr__, __dir__ = lazy_names(  # they need the room `site`, and so NumPy
    __name__, {"._site": ("duration_chart", "price_map", "profit_chart", "state_map")}
)
