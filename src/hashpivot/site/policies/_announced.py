"""What an interruption of AI load is decided by: the price of the hour, or of the day ahead with notice."""

from __future__ import annotations

from ..economics import HourlyEconomics
from ..model import Floats, Load
from ..solvers import power_cost


def interruption_cost(hours: HourlyEconomics, load: Load, price: Floats, peak: Floats) -> Floats:
    """Return the cost of power that a load's interruptions are decided by, shape (T,).

    Args:
        hours: The hours.
        load: The load; one that needs notice is decided by day-ahead prices, and by no peak.
        price: Real-time price as known or expected when the hour begins, shape (T,).
        peak: Probability, as the hour begins, that it sets the month's peak, shape (T,).
    """
    if getattr(load, "notice_minutes", 0.0) > 0:
        return power_cost(hours, hours.prices.da, 0.0 * peak)
    return power_cost(hours, price, peak)
