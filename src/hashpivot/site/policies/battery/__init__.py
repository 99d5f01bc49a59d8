"""What a battery is run by: the worth of stored energy, and caps on the site's own peaks."""

from ._grid_caps import GridCaps, within_caps
from ._peak_shift import PastMonth
from ._stored_energy import stored_values

__all__ = ["GridCaps", "PastMonth", "stored_values", "within_caps"]
