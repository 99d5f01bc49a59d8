"""Comparisons of a filing's figures with those held: totals that differ, and slips of scale."""

from ._disagreements import disagreements
from ._held_amounts import HeldAmounts
from ._scale_slips import ScaleSlip, scale_slips

__all__ = ["HeldAmounts", "ScaleSlip", "disagreements", "scale_slips"]
