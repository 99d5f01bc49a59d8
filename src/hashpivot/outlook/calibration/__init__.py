"""Calibration: every input of a company from its figures, with where it came from."""

from ._base import base_of
from ._calibrate import Calibration, calibrate
from ._late_starts import LATE_QUARTERS
from ._levels import DrawnLevels, drawn_levels
from ._power import with_power
from ._rents import Rents, observed_rents, rent_usd_per_kw_month

__all__ = [
    "LATE_QUARTERS",
    "Calibration",
    "DrawnLevels",
    "Rents",
    "base_of",
    "calibrate",
    "drawn_levels",
    "observed_rents",
    "rent_usd_per_kw_month",
    "with_power",
]
