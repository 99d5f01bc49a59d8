"""Series by interval: their moments in UTC, what is complete, and why a day has no data."""

from ._day_state import DayState
from ._market_clock import MarketClock
from ._power_day import PowerDay, local_days
from ._power_series import PowerSeries

__all__ = ["DayState", "MarketClock", "PowerDay", "PowerSeries", "local_days"]
