"""Information: what an operator knows in each hour, and the forecasts issued to them."""

from ._forecaster import BasisForecaster, Forecaster
from ._issues import Daily, Lattice, Learned
from ._known import REGIMES, Knowledge, knowledge
from ._look_ahead import Seen, look_ahead
from ._outlook import Outlook, hours_ahead

__all__ = [
    "REGIMES",
    "BasisForecaster",
    "Daily",
    "Forecaster",
    "Knowledge",
    "Lattice",
    "Learned",
    "Outlook",
    "Seen",
    "hours_ahead",
    "knowledge",
    "look_ahead",
]
