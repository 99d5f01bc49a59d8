"""Economics: what each hour offers a site, and what an operation comes to."""

from ._bill import Bill, bill
from ._coincident_peaks import CoincidentPeaks, counted_hours, peak_hours
from ._hourly import HourlyEconomics, in_modes
from ._minimum_demand import marginal, parts_mw
from ._own_peak_charges import OwnPeakCharge
from ._plant import PlantSchedule
from ._profit_and_loss import COMPONENTS, Operation, ProfitAndLoss, committed_reserve_usd, settle_pnl
from ._reserve_calls import CalledPower, most_with_calls
from ._reserve_prices import ReserveCalls, income_usd
from ._site_prices import at_site
from ._supply_curve import GridStep, SupplyCurve, supply_curve

__all__ = [
    "COMPONENTS",
    "Bill",
    "CalledPower",
    "CoincidentPeaks",
    "GridStep",
    "HourlyEconomics",
    "Operation",
    "OwnPeakCharge",
    "PlantSchedule",
    "ProfitAndLoss",
    "ReserveCalls",
    "SupplyCurve",
    "at_site",
    "bill",
    "committed_reserve_usd",
    "counted_hours",
    "in_modes",
    "income_usd",
    "marginal",
    "most_with_calls",
    "parts_mw",
    "peak_hours",
    "settle_pnl",
    "supply_curve",
]
