"""Charges of the grid and the retailer, each a class with its first and last day."""

from ._coincident_peak import CoincidentPeak
from ._overlaps import overlap_notes
from ._own_peak import DemandMonths, MeteredPeak, counted_demand_mw, monthly_peaks_mw
from ._peak_rule import PeakRule, rule_peaks, span_means
from ._tariff import TARIFFS, MeteredUse, Tariff, register_tariff
from ._time_window import TimeWindow
from ._usage import BillTax, DemandCharge, EnergyCharge, PassThrough

__all__ = [
    "TARIFFS",
    "BillTax",
    "CoincidentPeak",
    "DemandCharge",
    "DemandMonths",
    "EnergyCharge",
    "MeteredPeak",
    "MeteredUse",
    "PassThrough",
    "PeakRule",
    "Tariff",
    "TimeWindow",
    "counted_demand_mw",
    "monthly_peaks_mw",
    "overlap_notes",
    "register_tariff",
    "rule_peaks",
    "span_means",
]
