"""Months of power sites in the terms miners report."""

from ._power_month import PowerMean, PowerMonth, power_mean, whole_quarters
from ._power_months_file import read_power_months

__all__ = [
    "PowerMean",
    "PowerMonth",
    "power_mean",
    "read_power_months",
    "whole_quarters",
]
