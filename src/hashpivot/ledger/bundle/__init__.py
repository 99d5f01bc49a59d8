"""The tables shipped with the package: reported figures, their sources, what texts state, contracts."""

from ._tables import bundled

__all__ = ["bundled"]
