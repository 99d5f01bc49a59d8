"""hashpivot: the earnings desk for bitcoin miners that are turning into AI and chip companies."""

__version__ = "0.1.0"
