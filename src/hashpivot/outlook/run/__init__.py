"""Runs: paths of market and company, stored, summarised, here or on a cluster."""

from ._carrier import Carrier, CarrierQuarter, FitOutEnd
from ._outlook import DEFAULT_PATHS, DEFAULT_QUARTERS, DEFAULT_SEED, Outlook, OutlookCase, outlook
from ._outputs import AMOUNTS, LINE_ROWS, YEAR_EBITDA, YEAR_PROFITS, constants
from ._periods import RATIOS, amount_over, ratio_over
from ._revenue_mix import Once, RevenueKind, RevenueMix, fit_out_ahead, revenue_mix
from ._store import RowStore, StoreError
from ._summary import CompanyResults, HalvingDates, MarketResults, OutlookSummary, Spread, infinite_share
from ._valuation import Valuation
from ._window import WorkerLost, results

__all__ = [
    "AMOUNTS",
    "DEFAULT_PATHS",
    "DEFAULT_QUARTERS",
    "DEFAULT_SEED",
    "LINE_ROWS",
    "RATIOS",
    "YEAR_EBITDA",
    "YEAR_PROFITS",
    "Carrier",
    "CarrierQuarter",
    "CompanyResults",
    "FitOutEnd",
    "HalvingDates",
    "MarketResults",
    "Once",
    "Outlook",
    "OutlookCase",
    "OutlookSummary",
    "RevenueKind",
    "RevenueMix",
    "RowStore",
    "Spread",
    "StoreError",
    "Valuation",
    "WorkerLost",
    "amount_over",
    "constants",
    "fit_out_ahead",
    "infinite_share",
    "outlook",
    "ratio_over",
    "results",
    "revenue_mix",
]
