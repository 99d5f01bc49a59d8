"""What a battery is run by: the worth of stored energy, and caps on the site's own peaks."""

from ._grid_caps import GridCaps, within_caps
from ._peak_shift import PastMonth, machines_that_pay_mwh
from ._stored_energy import stored_values

__all__ = ["GridCaps", "PastMonth", "machines_that_pay_mwh", "stored_values", "within_caps"]
