"""Information: what an operator knows in each hour, and the forecasts issued to them."""

from ._basis_forecaster import BasisForecaster
from ._daily_forecasts import DailyForecasts, scaled
from ._forecast_schedule import FEWEST_HOURS, LONGEST_AHEAD, ForecastSchedule, hours_ahead
from ._forecaster import Forecaster
from ._gate_forecasts import GateForecasts, hours_at_gate
from ._hashprices import Hashprices
from ._information_set import InformationSet, first_planned, information_set
from ._knowledge import REGIMES, Knowledge, knowledge_of
from ._price_ranks import PriceLattice, RankModel

__all__ = [
    "FEWEST_HOURS",
    "LONGEST_AHEAD",
    "REGIMES",
    "BasisForecaster",
    "DailyForecasts",
    "ForecastSchedule",
    "Forecaster",
    "GateForecasts",
    "Hashprices",
    "InformationSet",
    "Knowledge",
    "PriceLattice",
    "RankModel",
    "first_planned",
    "hours_ahead",
    "hours_at_gate",
    "information_set",
    "knowledge_of",
    "scaled",
]
