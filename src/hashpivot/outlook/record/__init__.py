"""What companies' lines have done on record: how fleets and lines change, and how orders follow hashprice."""

from ._chip_orders import PROPORTIONAL, orders_elasticity
from ._fleets import (
    SHRINKAGE,
    FleetChange,
    FleetTrend,
    ehs_of_revenue,
    fallen,
    fleet_changes,
    fleet_noise,
    fleet_trend,
)
from ._line_noise import line_noise

__all__ = [
    "PROPORTIONAL",
    "SHRINKAGE",
    "FleetChange",
    "FleetTrend",
    "ehs_of_revenue",
    "fallen",
    "fleet_changes",
    "fleet_noise",
    "fleet_trend",
    "line_noise",
    "orders_elasticity",
]
