"""Targets: which number is a target, of what, by when and how firmly."""

from ._find import find_targets, find_withdrawals
from ._scope import TOTAL, is_scope
from ._target import METRICS, Stance, Target

__all__ = ["METRICS", "TOTAL", "Stance", "Target", "find_targets", "find_withdrawals", "is_scope"]
